//! Branding: accent colour and logo.

use leptos::prelude::*;
use yobirin_domain::model::settings::Site;

use crate::browser::Rgb;
use crate::components::{Icon, Sign, TextField};
use crate::i18n::fill;
use crate::i18n::setup::Words;

use super::contrast::{Contrast, MIN_CONTRAST, nearest_readable};
use super::logo::Logo;
use crate::setup::draft_store::Binding;
use crate::setup::nav::words;
use crate::setup::shared::widgets::Section;

#[component]
pub(crate) fn Branding(site: Binding<Site>) -> impl IntoView {
    let w = &words().site;
    view! {
        <Section title=w.branding name="look">
            <Logo site=site />
            <Accent site=site />
        </Section>
    }
}

/// Selects a text in the reader's language.
type Translation = fn(&Words) -> &'static str;

/// Preset colours, readable in both colour schemes.
const PRESET_COLOURS: [(&str, Translation); 8] = [
    ("#0b6bcb", |words| words.site.blue),
    ("#0f766e", |words| words.site.teal),
    ("#15803d", |words| words.site.green),
    ("#a16207", |words| words.site.ochre),
    ("#c2410c", |words| words.site.orange),
    ("#be123c", |words| words.site.red),
    ("#7e22ce", |words| words.site.purple),
    ("#475569", |words| words.site.slate),
];

#[component]
fn Accent(site: Binding<Site>) -> impl IntoView {
    let words = words();
    let w = &words.site;
    let accent = site.text(|site| site.accent.clone());
    let swatch = move |(colour, name): (&'static str, Translation)| {
        let name = name(words);
        view! {
            <button
                type="button"
                class="swatch-choice"
                data-colour=colour
                aria-label=name
                title=name
                aria-pressed=move || accent.with(|accent| accent == colour).to_string()
                style:background-color=colour
                on:click=move |_| site.edit(|site| site.accent = colour.to_owned())
            ></button>
        }
    };
    view! {
        <fieldset class="stack">
            <legend>{w.accent}</legend>
            <div class="swatches">{PRESET_COLOURS.map(swatch).into_iter().collect_view()}</div>
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
                    label=w.accent_code
                    hint=w.accent_hint
                    value=accent
                    on_input=site.set(|site, text| site.accent = text)
                    problem=site.problem("accent")
                />
            </div>
            <ContrastReport site=site accent=accent />
        </fieldset>
    }
}

/// Contrast of the colour, and a better one.
#[component]
fn ContrastReport(site: Binding<Site>, accent: Signal<String>) -> impl IntoView {
    let w = &words().site;
    let colour = Memo::new(move |_| accent.with(|accent| accent.parse::<Rgb>().ok()));
    let line = move |where_: &'static str, key: &'static str, ratio: f64| {
        let enough = ratio >= MIN_CONTRAST;
        let (sign, sentence) = if enough {
            (Sign::DONE, w.contrast_enough)
        } else {
            (Sign::WARNING, w.contrast_too_low)
        };
        let ratio = format!("{ratio:.1}");
        view! {
            <li data-contrast=key data-enough=enough.to_string()>
                <Icon sign=sign />{fill(sentence, &[("where", where_), ("ratio", &ratio)])}
            </li>
        }
    };
    let lines = move || {
        let contrast = Contrast::of(colour.get()?);
        Some(view! {
            <ul class="contrast" role="list">
                {line(w.light_screens, "light", contrast.light)}
                {line(w.dark_screens, "dark", contrast.dark)}
            </ul>
        })
    };
    let better = move || {
        let colour = colour
            .get()
            .filter(|colour| !Contrast::of(*colour).is_readable())?;
        let near = nearest_readable(colour)?.to_string();
        let sentence = fill(w.accent_suggestion, &[("colour", &near)]);
        Some(view! {
            <p>
                <button
                    type="button"
                    class="button small"
                    data-action="better-accent"
                    on:click=move |_| site.edit(|site| site.accent.clone_from(&near))
                >
                    {sentence}
                </button>
            </p>
        })
    };
    view! { <div role="status">{lines}{better}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_that_is_offered_can_be_read() {
        for (colour, _) in PRESET_COLOURS {
            let contrast = Contrast::of(colour.parse().unwrap());
            assert!(contrast.is_readable(), "{colour}: {contrast:?}");
        }
    }
}
