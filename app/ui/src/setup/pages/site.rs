//! Site: name, time zone, branding, languages, opening hours, contact, default room, exit PIN.

mod branding;
mod contrast;
mod exit_pin;
mod languages;
mod logo;
mod names;
mod opening_hours;
mod time_zone;

use leptos::prelude::*;
use yobirin_domain::model::settings::Site;

use crate::components::TextField;

use super::chatwork::DefaultRoom;
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;
use crate::setup::shared::widgets::{PageFrame, Section};
use branding::Branding;
use exit_pin::ExitPin;
use languages::Languages;
use names::NamesByLanguage;
use opening_hours::SiteOpeningHours;
use time_zone::TimeZone;

#[component]
pub(crate) fn SitePage() -> impl IntoView {
    let texts = &words().site;
    let site = expect_context::<DraftStore>().site();
    view! {
        <PageFrame name="site" title=texts.title lead=texts.lead>
            <Section title=texts.office name="office">
                <div class="fields">
                    <TextField
                        name="site-name"
                        label=texts.name
                        hint=texts.name_hint
                        value=site.text(|site| site.name.clone())
                        on_input=site.set(|site, text| site.name = text)
                        problem=site.problem("name")
                    />
                    <TimeZone site=site />
                </div>
                <NamesByLanguage site=site />
            </Section>
            <Branding site=site />
            <Languages site=site />
            <SiteOpeningHours site=site />
            <ContactFields site=site />
            <DefaultRoom />
            <ExitPin site=site />
        </PageFrame>
    }
}

/// Contact for visitors when Chatwork cannot be reached.
#[component]
fn ContactFields(site: Binding<Site>) -> impl IntoView {
    let texts = &words().site;
    view! {
        <Section title=texts.contact lead=texts.contact_lead name="contact">
            <div class="fields">
                <TextField
                    name="contact-name"
                    label=texts.contact_name
                    hint=texts.contact_name_hint
                    value=site.text(|site| site.contact.name.clone())
                    on_input=site.set(|site, text| site.contact.name = text)
                    problem=site.problem("contact.name")
                />
                <TextField
                    name="contact-phone"
                    kind="tel"
                    label=texts.contact_phone
                    hint=texts.contact_phone_hint
                    value=site.text(|site| site.contact.phone.clone())
                    on_input=site.set(|site, text| site.contact.phone = text)
                    problem=site.problem("contact.phone")
                />
            </div>
        </Section>
    }
}
