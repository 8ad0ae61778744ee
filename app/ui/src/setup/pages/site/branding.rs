//! Branding: accent color and logo.

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
use crate::setup::shared::page_frame::Section;

#[component]
pub(crate) fn Branding(site: Binding<Site>) -> impl IntoView {
    let texts = &words().site;
    view! {
        <Section title=texts.branding name="look">
            <Logo site=site />
            <Accent site=site />
        </Section>
    }
}

/// Name of a color in the language of the words.
type ColorName = fn(&Words) -> &'static str;

/// Preset colors, readable in both color schemes.
const PRESET_COLORS: [(&str, ColorName); 8] = [
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
    let texts = &words.site;
    let accent = site.text(|site| site.accent.clone());
    let swatch = move |(color, name): (&'static str, ColorName)| {
        let name = name(words);
        view! {
            <button
                type="button"
                class="swatch-choice"
                data-color=color
                aria-label=name
                title=name
                aria-pressed=move || accent.with(|accent| accent == color).to_string()
                style:background-color=color
                on:click=move |_| site.edit(|site| site.accent = color.to_owned())
            ></button>
        }
    };
    view! {
        <fieldset class="stack">
            <legend>{texts.accent}</legend>
            <div class="swatches">{PRESET_COLORS.map(swatch).into_iter().collect_view()}</div>
            <div class="accent">
                <input
                    type="color"
                    class="swatch"
                    name="site-accent-picker"
                    aria-label=texts.accent_pick
                    prop:value=move || accent.get()
                    on:input=move |event| {
                        let color = event_target_value(&event);
                        site.edit(|site| site.accent = color);
                    }
                />
                <TextField
                    name="site-accent"
                    label=texts.accent_code
                    hint=texts.accent_hint
                    value=accent
                    on_input=site.set(|site, text| site.accent = text)
                    problem=site.problem("accent")
                />
            </div>
            <ContrastReport site=site accent=accent />
        </fieldset>
    }
}

/// Contrast of the color on light and dark screens, and for a color that is hard to read a button for a better one.
#[component]
fn ContrastReport(site: Binding<Site>, accent: Signal<String>) -> impl IntoView {
    let texts = &words().site;
    let color = Memo::new(move |_| accent.with(|accent| accent.parse::<Rgb>().ok()));
    let line = move |screens: &'static str, key: &'static str, ratio: f64| {
        let is_enough = ratio >= MIN_CONTRAST;
        let (sign, sentence) = if is_enough {
            (Sign::DONE, texts.contrast_enough)
        } else {
            (Sign::WARNING, texts.contrast_too_low)
        };
        let ratio = format!("{ratio:.1}");
        view! {
            <li data-contrast=key data-enough=is_enough.to_string()>
                <Icon sign=sign />{fill(sentence, &[("where", screens), ("ratio", &ratio)])}
            </li>
        }
    };
    let lines = move || {
        let contrast = Contrast::of(color.get()?);
        Some(view! {
            <ul class="contrast" role="list">
                {line(texts.light_screens, "light", contrast.light)}
                {line(texts.dark_screens, "dark", contrast.dark)}
            </ul>
        })
    };
    let better_color = move || {
        let color = color.get()?;
        if Contrast::of(color).is_readable() {
            return None;
        }
        let readable = nearest_readable(color)?.to_string();
        let sentence = fill(texts.accent_suggestion, &[("colour", &readable)]);
        Some(view! {
            <p>
                <button
                    type="button"
                    class="button small"
                    data-action="better-accent"
                    on:click=move |_| site.edit(|site| site.accent.clone_from(&readable))
                >
                    {sentence}
                </button>
            </p>
        })
    };
    view! { <div role="status">{lines}{better_color}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_color_that_is_offered_can_be_read() {
        for (color, _) in PRESET_COLORS {
            let contrast = Contrast::of(color.parse().unwrap());
            assert!(contrast.is_readable(), "{color}: {contrast:?}");
        }
    }
}
