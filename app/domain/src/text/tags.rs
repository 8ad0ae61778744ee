//! Removal of HTML tags from texts that were copied from web pages.

/// Tags after which the text continues on a new line, without brackets.
const LINE_ENDS: [&str; 5] = ["br", "/p", "/div", "/li", "/tr"];

/// Removes HTML tags. A tag that ends a line becomes a line break, unless one follows. A `<` that begins no tag
/// stays.
pub(crate) fn strip_tags(text: &str) -> String {
    let mut text = text.to_owned();
    // Removing a tag may join the halves of another.
    while let Some(stripped) = strip_once(&text) {
        text = stripped;
    }
    text
}

/// Removes the tags once; `None` when the text has no tag.
fn strip_once(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut has_tag = false;
    while let Some(start) = rest.find('<') {
        let (before, from_bracket) = rest.split_at(start);
        plain.push_str(before);
        let Some(end) = tag_end(from_bracket) else {
            plain.push('<');
            rest = &from_bracket[1..];
            continue;
        };
        has_tag = true;
        rest = &from_bracket[end + 1..];
        let name = from_bracket[1..end].trim_end_matches('/').trim_end();
        let is_line_end = LINE_ENDS.iter().any(|tag| name.eq_ignore_ascii_case(tag));
        if is_line_end && !rest.starts_with(['\n', '\r']) {
            plain.push('\n');
        }
    }
    plain.push_str(rest);
    has_tag.then_some(plain)
}

/// Index of the `>` of the tag that a text begins with: `<name …>`, `</name>` or `<!…>`. `None` when its `<` begins
/// no tag.
fn tag_end(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    let inside = &text[1..end];
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let name = name
        .split([' ', '\t', '\n', '\r', '/'])
        .next()
        .unwrap_or(name);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (!inside.contains('<') && (is_name || inside.starts_with('!'))).then_some(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_go_and_words_stay() {
        for (text, plain) in [
            ("<p>一<br/>二</p>三", "一\n二\n三"),
            ("<BR>\n一", "\n一"),
            ("<b class=\"x\">太</b>字<!-- no -->", "太字"),
            ("<<b>script>x", "x"),
            ("1 < 2 > 1 <3", "1 < 2 > 1 <3"),
            ("<a@example.com> <山田> < b>", "<a@example.com> <山田> < b>"),
            ("<b", "<b"),
        ] {
            assert_eq!(strip_tags(text), plain, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_stripped_text_has_no_tag(text in "[<>/!b a\"\n]{0,24}") {
            let once = strip_tags(&text);
            prop_assert_eq!(strip_tags(&once), once);
        }
    }
}
