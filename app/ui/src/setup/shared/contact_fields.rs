//! Name and telephone number of the contact for visitors.

use leptos::prelude::*;
use yobirin_domain::model::settings::Site;

use crate::components::TextField;
use crate::setup::draft_store::Binding;
use crate::setup::nav::words;

/// Fields of the contact for visitors when Chatwork cannot be reached.
#[component]
pub(crate) fn ContactFields(site: Binding<Site>) -> impl IntoView {
    let texts = &words().site;
    view! {
        <div class="fields">
            <TextField
                name="contact-name"
                label=texts.contact_name
                hint=texts.contact_name_hint
                value=site.text(|site| site.contact.name.clone())
                on_input=site.set(|site, text| {
                    // Visitors see this text in the main language, so no other one may hide it.
                    let main_language = site.office_language();
                    site.contact.names.set(main_language, "");
                    site.contact.name = text;
                })
                problem=site.problem("contact.name")
            />
            <TextField
                name="contact-phone"
                kind="tel"
                label=texts.contact_phone
                hint=texts.contact_phone_hint
                value=site.text(|site| site.contact.phone.clone())
                on_input=site.set(|site, text| {
                    let main_language = site.office_language();
                    site.contact.phones.set(main_language, "");
                    site.contact.phone = text;
                })
                problem=site.problem("contact.phone")
            />
        </div>
    }
}
