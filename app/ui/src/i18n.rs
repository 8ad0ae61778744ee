//! Translations of the app's texts. A translation is a struct of `&'static str` with one `static` per language, so a
//! missing one does not compile. Placeholders `{name}` in a text are replaced by [`fill`]. The kiosk has five
//! languages, whose texts are data that tablets load; set-up has Japanese and English, side by side in Rust.

pub mod kiosk;
pub mod setup;

/// Replaces the placeholders `{name}` of a text by their values.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        text.push_str(before);
        let Some(end) = from.find('}') else {
            rest = from;
            break;
        };
        let name = &from[1..end];
        match values.iter().find(|(placeholder, _)| *placeholder == name) {
            Some((_, value)) => text.push_str(value),
            None => text.push_str(&from[..=end]),
        }
        rest = &from[end + 1..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn placeholders_are_replaced_and_the_rest_is_kept() {
        assert_eq!(
            fill("{who}さんに{what}", &[("who", "佐藤"), ("what", "通知")]),
            "佐藤さんに通知"
        );
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
        // A value may contain a placeholder's name.
        assert_eq!(fill("{a}", &[("a", "{b}"), ("b", "x")]), "{b}");
    }
}
