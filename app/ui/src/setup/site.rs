//! The office: name, languages, contact, colour, time zone.

use leptos::prelude::*;
use yobirin_domain::lang::Lang;
use yobirin_domain::settings::Site;

use crate::components::{Check, Opt, SelectField, TextField, fresh_id};

use super::nav::words;
use super::parts::{PageFrame, Section};
use super::store::{Entry, Store};

/// Time zones that are suggested; any other can be typed.
const ZONES: [&str; 10] = [
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Ho_Chi_Minh",
    "Asia/Bangkok",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
];

/// The page.
#[component]
pub(super) fn SitePage() -> impl IntoView {
    let w = &words().site;
    let site = expect_context::<Store>().site();
    let zones = fresh_id();
    view! {
        <PageFrame name="site" title=w.title lead=w.lead>
            <Section title=w.office name="office">
                <div class="fields">
                    <TextField
                        name="site-name"
                        label=w.name
                        hint=w.name_hint
                        value=site.text(|site| site.name.clone())
                        on_input=site.set(|site, text| site.name = text)
                        problem=site.problem("name")
                    />
                    <TextField
                        name="site-time-zone"
                        label=w.time_zone
                        hint=w.time_zone_hint
                        list=zones.clone()
                        value=site.text(|site| site.time_zone.clone())
                        on_input=site.set(|site, text| site.time_zone = text)
                        problem=site.problem("time_zone")
                    />
                    <datalist id=zones.clone()>
                        {ZONES.map(|zone| view! { <option value=zone></option> }).collect_view()}
                    </datalist>
                </div>
            </Section>
            <Languages site=site />
            <Section title=w.contact lead=w.contact_lead name="contact">
                <div class="fields">
                    <TextField
                        name="contact-name"
                        label=w.contact_name
                        hint=w.contact_name_hint
                        value=site.text(|site| site.contact.name.clone())
                        on_input=site.set(|site, text| site.contact.name = text)
                        problem=site.problem("contact.name")
                    />
                    <TextField
                        name="contact-phone"
                        kind="tel"
                        label=w.contact_phone
                        hint=w.contact_phone_hint
                        value=site.text(|site| site.contact.phone.clone())
                        on_input=site.set(|site, text| site.contact.phone = text)
                        problem=site.problem("contact.phone")
                    />
                </div>
            </Section>
            <Section title=w.look name="look">
                <Accent site=site />
            </Section>
        </PageFrame>
    }
}

/// The languages of visitors; the first is the office's own.
#[component]
fn Languages(site: Entry<Site>) -> impl IntoView {
    let w = &words().site;
    let languages = site.read(|site| site.languages.clone());
    let options = Signal::derive(move || {
        let option = |lang: &Lang| Opt::new(lang.tag(), lang.own_name());
        languages.with(|languages| languages.iter().map(option).collect::<Vec<_>>())
    });
    let own = site.text(|site| site.own_language().tag().to_owned());
    let choose_own = move |tag: String| {
        if let Some(lang) = Lang::from_tag(&tag) {
            site.edit(|site| put_first(&mut site.languages, lang));
        }
    };
    let offered = move |lang: Lang| {
        view! {
            <Check
                name=format!("language-{}", lang.tag())
                label=lang.own_name()
                value=Signal::derive(move || languages.with(|languages| languages.contains(&lang)))
                on_change=move |on: bool| site.edit(|site| offer(&mut site.languages, lang, on))
            />
        }
    };
    let problem = site.problem("languages");
    view! {
        <Section title=w.languages_title lead=w.languages_lead name="languages">
            <SelectField
                name="site-language"
                label=w.own
                hint=w.own_hint
                value=own
                options=options
                on_change=choose_own
                problem=problem
            />
            <fieldset class="stack">
                <legend>{w.offered}</legend>
                <div class="checks-row">{Lang::ALL.map(offered).collect_view()}</div>
            </fieldset>
        </Section>
    }
}

/// Makes a language the office's own.
fn put_first(languages: &mut Vec<Lang>, lang: Lang) {
    languages.retain(|other| *other != lang);
    languages.insert(0, lang);
}

/// Offers a language or not; the others keep their order.
fn offer(languages: &mut Vec<Lang>, lang: Lang, on: bool) {
    languages.retain(|other| *other != lang);
    if on {
        languages.push(lang);
    }
}

#[component]
fn Accent(site: Entry<Site>) -> impl IntoView {
    let w = &words().site;
    let accent = site.text(|site| site.accent.clone());
    view! {
        <div class="accent">
            <input
                type="color"
                class="swatch"
                name="site-accent-picker"
                aria-label=w.accent_pick
                prop:value=move || accent.get()
                on:input=move |event| {
                    let colour = event_target_value(&event);
                    site.edit(|site| site.accent = colour);
                }
            />
            <TextField
                name="site-accent"
                label=w.accent
                hint=w.accent_hint
                value=accent
                on_input=site.set(|site, text| site.accent = text)
                problem=site.problem("accent")
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_language_comes_first_and_the_others_keep_their_order() {
        let mut languages = vec![Lang::Ja, Lang::En, Lang::Ko];
        put_first(&mut languages, Lang::Ko);
        assert_eq!(languages, [Lang::Ko, Lang::Ja, Lang::En]);
        offer(&mut languages, Lang::Ja, false);
        offer(&mut languages, Lang::Vi, true);
        assert_eq!(languages, [Lang::Ko, Lang::En, Lang::Vi]);
    }
}
