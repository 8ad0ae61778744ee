//! Site: name, time zone, branding, languages, opening hours, contact, default room, exit PIN.

mod branding;
mod closed_days;
mod contrast;
mod exit_pin;
mod languages;
mod logo;
mod names;
mod opening_hours;
mod time_zone;

use leptos::prelude::*;

use crate::components::TextField;

use super::chatwork::DefaultRoom;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::contact_fields::ContactFields;
use crate::setup::shared::page_frame::{PageFrame, Section};
use branding::Branding;
use exit_pin::ExitPin;
use languages::Languages;
use names::{ContactByLanguage, NamesByLanguage};
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
            <Section title=texts.contact lead=texts.contact_lead name="contact">
                <ContactFields site=site />
                <ContactByLanguage site=site />
            </Section>
            <DefaultRoom />
            <ExitPin site=site />
        </PageFrame>
    }
}
