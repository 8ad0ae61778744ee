//! Options of a command line (`--listen`) inside a sentence: each is kept on one line.

use leptos::prelude::*;

/// Part of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'a> {
    Text(&'a str),
    /// An option of a command line, which browsers would break after its hyphens.
    CommandOption(&'a str),
}

/// Splits a sentence into its options and the text around them.
fn split_options(sentence: &str) -> Vec<Part<'_>> {
    let is_of_option = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '=');
    let mut parts = Vec::new();
    let mut remaining = sentence;
    while let Some(start) = remaining.find("--") {
        let (before, from_option) = remaining.split_at(start);
        let end = from_option.find(|c| !is_of_option(c));
        let (option, after) = from_option.split_at(end.unwrap_or(from_option.len()));
        parts.extend([Part::Text(before), Part::CommandOption(option)]);
        remaining = after;
    }
    parts.push(Part::Text(remaining));
    parts
}

/// Renders the sentence with its options unbroken.
pub fn command_options(text: &str) -> Vec<AnyView> {
    let render = |part: Part<'_>| match part {
        Part::Text(text) => text.to_owned().into_any(),
        Part::CommandOption(option) => {
            view! { <span class="unbroken">{option.to_owned()}</span> }.into_any()
        }
    };
    split_options(text).into_iter().map(render).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_separated_from_the_text_around_them() {
        assert_eq!(
            split_options("chromium --kiosk --app=（この URL）で開く。"),
            [
                Part::Text("chromium "),
                Part::CommandOption("--kiosk"),
                Part::Text(" "),
                Part::CommandOption("--app="),
                Part::Text("（この URL）で開く。"),
            ]
        );
        assert_eq!(
            split_options("see --listen and --public-url."),
            [
                Part::Text("see "),
                Part::CommandOption("--listen"),
                Part::Text(" and "),
                Part::CommandOption("--public-url"),
                Part::Text("."),
            ]
        );
        assert_eq!(split_options("F11"), [Part::Text("F11")]);
    }
}
