//! Placeholders `{name}` of a text, and their values.

/// Replaces the placeholders `{name}` of a text by their values. A placeholder without a value stays as it is.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((start, end)) = next_placeholder(rest) {
        text.push_str(&rest[..start]);
        let name = &rest[start + 1..end];
        match values.iter().find(|(placeholder, _)| *placeholder == name) {
            Some((_, value)) => text.push_str(value),
            None => text.push_str(&rest[start..=end]),
        }
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    text
}

/// Names of the placeholders that [`fill`] looks up, in order.
pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let (start, end) = next_placeholder(rest)?;
        let name = &rest[start + 1..end];
        rest = &rest[end + 1..];
        Some(name)
    })
}

/// Indices of the braces of the first placeholder. A brace without its partner is ordinary text.
fn next_placeholder(text: &str) -> Option<(usize, usize)> {
    let first = text.find('{')?;
    let end = first + text[first..].find('}')?;
    let start = text[..end].rfind('{')?;
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn placeholders_are_replaced_and_the_rest_is_kept() {
        assert_eq!(
            fill("{who}さんに{what}", &[("who", "佐藤"), ("what", "通知")]),
            "佐藤さんに通知"
        );
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
        assert_eq!(fill("{ } {{a}", &[("a", "x")]), "{ } {x");
        // A value may contain a placeholder's name.
        assert_eq!(fill("{a}", &[("a", "{b}"), ("b", "x")]), "{b}");
    }

    #[test]
    fn names_are_listed_in_order() {
        let names: Vec<&str> = placeholders("{a} } {b}{} {c").collect();
        assert_eq!(names, ["a", "b", ""]);
    }

    proptest! {
        #[test]
        fn a_text_without_known_placeholders_stays_as_it_is(text in "[a{} あ]{0,24}") {
            prop_assert_eq!(fill(&text, &[("known", "x")]), text);
        }

        #[test]
        fn every_listed_name_is_filled(text in "[ab{}]{0,24}") {
            let names: Vec<&str> = placeholders(&text).collect();
            let values: Vec<(&str, &str)> = names.iter().map(|name| (*name, "あ")).collect();
            let filled = fill(&text, &values);
            prop_assert_eq!(filled.matches('あ').count(), names.len(), "{}", filled);
        }
    }
}
