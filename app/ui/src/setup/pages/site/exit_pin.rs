//! Exit PIN, which staff enter to leave the kiosk.

use leptos::prelude::*;
use yobirin_domain::model::settings::Site;

use crate::components::TextField;

use crate::setup::draft_store::Binding;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

/// PIN of an input's text, with full-width digits as ASCII digits; `None` for a blank text.
fn parse_pin(text: &str) -> Option<String> {
    let to_ascii = |c: char| match c {
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        c => c,
    };
    let pin: String = text.trim().chars().map(to_ascii).collect();
    (!pin.is_empty()).then_some(pin)
}

#[component]
pub(crate) fn ExitPin(site: Binding<Site>) -> impl IntoView {
    let texts = &words().site;
    view! {
        <Section title=texts.kiosk_exit lead=texts.kiosk_exit_lead name="leave">
            <div class="fields">
                <TextField
                    name="exit-pin"
                    label=texts.pin
                    hint=texts.pin_hint
                    value=site.text(|site| site.exit_pin.clone().unwrap_or_default())
                    on_input=site.set(|site, text: String| site.exit_pin = parse_pin(&text))
                    problem=site.problem("exit_pin")
                />
            </div>
        </Section>
    }
}

#[cfg(test)]
mod tests {
    use super::parse_pin;

    #[test]
    fn a_pin_typed_in_full_width_is_the_same_pin() {
        assert_eq!(parse_pin("１２３４").as_deref(), Some("1234"));
        assert_eq!(parse_pin(" 0000 ").as_deref(), Some("0000"));
        assert_eq!(parse_pin("　"), None);
        assert_eq!(
            parse_pin("12a").as_deref(),
            Some("12a"),
            "a PIN with a letter is kept as typed, so that its problem is shown"
        );
    }
}
