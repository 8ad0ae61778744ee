//! URLs in text.

/// Length in bytes of the URL at the start of `rest`; `None` when there is none.
pub(super) fn at_start(rest: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        rest.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let end = rest.find(|c: char| !is_url_char(c)).unwrap_or(rest.len());
    // Trailing punctuation belongs to the sentence, not to the URL.
    let address = rest[..end].trim_end_matches(['.', ',', ')', '\'', ';', ':', '!', '?']);
    (address.len() > scheme.len()).then_some(address.len())
}

/// URL characters (RFC 3986) except the brackets, which delimit tags.
fn is_url_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_ends_before_trailing_punctuation_and_tags() {
        let cases = [
            (
                "https://example.com/a?b=1#c 次",
                Some("https://example.com/a?b=1#c"),
            ),
            ("http://example.com。", Some("http://example.com")),
            ("https://example.com).", Some("https://example.com")),
            ("https://example.com[hr]", Some("https://example.com")),
            ("HTTPS://EXAMPLE.COM/", Some("HTTPS://EXAMPLE.COM/")),
            ("https://", None),
            ("https://。", None),
            ("javascript:alert(1)", None),
            ("ftp://example.com", None),
        ];
        for (text, address) in cases {
            assert_eq!(at_start(text).map(|end| &text[..end]), address, "{text}");
        }
    }
}
