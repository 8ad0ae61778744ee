//! Options of a command line (`--listen`) inside a sentence, each kept in one line.

use leptos::prelude::*;

/// Parts of a sentence; true for an option, which browsers would break after its hyphens.
fn split_options(text: &str) -> Vec<(bool, &str)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("--") {
        let (before, option) = rest.split_at(start);
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '=');
        let end = option
            .find(|letter| !is_part(letter))
            .unwrap_or(option.len());
        let (option, after) = option.split_at(end);
        parts.extend([(false, before), (true, option)]);
        rest = after;
    }
    parts.push((false, rest));
    parts
}

/// The sentence, with its options unbroken.
pub fn command_options(text: &str) -> Vec<AnyView> {
    let part = |(is_option, part): (bool, &str)| {
        let part = part.to_owned();
        if is_option {
            view! { <span class="unbroken">{part}</span> }.into_any()
        } else {
            part.into_any()
        }
    };
    split_options(text).into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_told_from_the_sentence_around_them() {
        assert_eq!(
            split_options("chromium --kiosk --app=（この URL）で開く。"),
            [
                (false, "chromium "),
                (true, "--kiosk"),
                (false, " "),
                (true, "--app="),
                (false, "（この URL）で開く。"),
            ]
        );
        assert_eq!(
            split_options("see --listen and --public-url."),
            [
                (false, "see "),
                (true, "--listen"),
                (false, " and "),
                (true, "--public-url"),
                (false, "."),
            ]
        );
        assert_eq!(split_options("F11"), [(false, "F11")]);
    }
}
