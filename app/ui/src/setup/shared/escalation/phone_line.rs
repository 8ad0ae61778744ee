//! Line of the timeline about the telephone number that the tablet shows with the last step.

use leptos::prelude::*;

use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};

/// Line below the last step: the contact, or a link to where a missing number is entered.
#[component]
pub(super) fn PhoneLine() -> impl IntoView {
    let texts = &words().escalation;
    let store = expect_context::<DraftStore>();
    let contact = store.memo(|document| document.site.contact.clone());
    move || {
        let contact = contact.get();
        let phone = contact.phone.trim();
        if phone.is_empty() {
            view! {
                <p class="timeline-phone" data-phone="missing">
                    <Icon sign=Sign::PHONE />
                    <span>{texts.phone_missing} " " <Link to=SetupPage::Site focus="[name=contact-phone]">{texts.phone_link}</Link></span>
                </p>
            }
            .into_any()
        } else {
            let contact = format!("{} {phone}", contact.name.trim());
            let text = fill(texts.phone, &[("contact", contact.trim())]);
            view! { <p class="timeline-phone" data-phone="shown"><Icon sign=Sign::PHONE /><span>{text}</span></p> }
                .into_any()
        }
    }
}
