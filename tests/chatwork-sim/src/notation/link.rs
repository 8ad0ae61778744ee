//! Web addresses in running text.

/// How many bytes of `rest` are a web address that begins there; `None` when none does.
pub(super) fn at_start(rest: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        rest.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let end = rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
    // What ends a sentence does not belong to the address before it.
    let address = rest[..end].trim_end_matches(['.', ',', ')', '\'', ';', ':', '!', '?']);
    (address.len() > scheme.len()).then_some(address.len())
}

/// Characters an address may hold (RFC 3986), without the brackets that tags are made of.
fn belongs(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_a_reader_would_end_it() {
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
