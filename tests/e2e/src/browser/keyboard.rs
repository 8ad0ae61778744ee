//! Keys for typing, with the differences between the drivers.

use thirtyfour::Key;

use crate::engine::Engine;

/// Characters that an American keyboard types with Shift.
fn needs_shift(character: char) -> bool {
    character.is_ascii_uppercase() || r#"~!@#$%^&*()_+{}|:"<>?"#.contains(character)
}

/// The keys that type this text in an element. WebKit's driver presses the key of each character, without Shift, so
/// that `A` becomes `a`.
pub(super) fn keys_for(engine: Engine, text: &str) -> String {
    if engine != Engine::WebKit {
        return text.to_owned();
    }
    let shift = char::from(Key::Shift);
    let mut keys = String::new();
    for character in text.chars() {
        if needs_shift(character) {
            // The second press of a modifier releases it.
            keys.extend([shift, character, shift]);
        } else {
            keys.push(character);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_webkit_holds_shift() {
        assert_eq!(keys_for(Engine::Chromium, "Aa"), "Aa");
        assert_eq!(
            keys_for(Engine::WebKit, "山A1!"),
            "山\u{e008}A\u{e008}1\u{e008}!\u{e008}"
        );
    }
}
