//! The app's words, per language.
//!
//! One mechanism: a face's words are a struct of `&'static str` with one `static` per language, so a
//! missing translation does not compile. A sentence with a gap holds `{name}` and is completed by
//! [`fill`]. Kiosk words exist in every language of the kiosk, set-up words in Japanese and English.

pub mod kiosk;
pub mod setup;

/// Completes a sentence: each `{name}` becomes its value.
#[must_use]
pub fn fill(sentence: &str, gaps: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        text.push_str(before);
        let Some(end) = from.find('}') else {
            rest = from;
            break;
        };
        let name = &from[1..end];
        match gaps.iter().find(|(gap, _)| *gap == name) {
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
    fn a_sentence_takes_its_gaps_and_keeps_the_rest() {
        assert_eq!(
            fill("{who}さんに{what}", &[("who", "佐藤"), ("what", "通知")]),
            "佐藤さんに通知"
        );
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
        // A value is never read as a gap again.
        assert_eq!(fill("{a}", &[("a", "{b}"), ("b", "x")]), "{b}");
    }
}
