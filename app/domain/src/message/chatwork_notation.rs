//! Chatwork's message notation, as far as notifications use it: mentions, boxes, titles and rules.
//!
//! Source: <https://developer.chatwork.com/docs/message-notation>. A tag that is unknown, malformed or
//! not closed is plain text, as Chatwork shows it.

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessagePart {
    /// Plain text.
    Text(String),
    /// `[To:…]`: a mention. The mentioned person's name follows in the next [`MessagePart::Text`].
    Mention,
    /// `[info]…[/info]`: a box. Boxes nest.
    Box(Vec<MessagePart>),
    /// `[title]…[/title]`: the title of a box.
    Title(String),
    /// `[hr]`: a horizontal rule.
    Rule,
}

/// Splits a message into its parts.
#[must_use]
pub fn parse(text: &str) -> Vec<MessagePart> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some((part, after)) = parse_tag(rest) {
            let is_block = part != MessagePart::Mention;
            if !plain.is_empty() {
                parts.push(MessagePart::Text(std::mem::take(&mut plain)));
            }
            parts.push(part);
            // A line break after a block belongs to the block.
            rest = match after.strip_prefix('\n') {
                Some(next) if is_block => next,
                _ => after,
            };
        } else {
            plain.push('[');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(MessagePart::Text(plain));
    }
    parts
}

/// The tag at the beginning of a text, and the text after it; `None` when the text does not begin with a complete
/// tag.
fn parse_tag(text: &str) -> Option<(MessagePart, &str)> {
    if let Some(after) = text.strip_prefix("[hr]") {
        return Some((MessagePart::Rule, after));
    }
    if let Some(after) = text.strip_prefix("[title]") {
        let (title, after) = after.split_once("[/title]")?;
        return Some((MessagePart::Title(title.to_owned()), after));
    }
    if let Some(after) = text.strip_prefix("[info]") {
        let end = end_of_box(after)?;
        let (inside, after) = after.split_at(end);
        return Some((MessagePart::Box(parse(inside)), &after["[/info]".len()..]));
    }
    let (account, after) = text.strip_prefix("[To:")?.split_once(']')?;
    let is_number = !account.is_empty() && account.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some((MessagePart::Mention, after))
}

/// Position of the `[/info]` that closes a box whose content begins the text.
fn end_of_box(content: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (start, _) in content.match_indices('[') {
        if content[start..].starts_with("[info]") {
            depth += 1;
        } else if content[start..].starts_with("[/info]") {
            if depth == 0 {
                return Some(start);
            }
            depth -= 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> MessagePart {
        MessagePart::Text(text.to_owned())
    }

    #[test]
    fn mentions_boxes_titles_and_rules_are_recognized() {
        let message =
            "[To:12]佐藤さん\n[info][title]来訪[/title]お客様：山田\n[hr]受付番号[/info]\nend";
        let inside = vec![
            MessagePart::Title("来訪".to_owned()),
            text("お客様：山田\n"),
            MessagePart::Rule,
            text("受付番号"),
        ];
        let expected = [
            MessagePart::Mention,
            text("佐藤さん\n"),
            MessagePart::Box(inside),
            text("end"),
        ];
        assert_eq!(parse(message), expected);
        let inner = MessagePart::Box(vec![text("b")]);
        let nested = MessagePart::Box(vec![text("a"), inner, text("c")]);
        assert_eq!(parse("[info]a[info]b[/info]c[/info]"), [nested]);
    }

    #[test]
    fn unknown_malformed_and_unclosed_tags_are_text() {
        for message in [
            "[info]a",
            "[title]b[info]",
            "[To:x]",
            "［To:1］",
            "[code]",
            "a[",
            "",
        ] {
            let expected: Vec<MessagePart> = (!message.is_empty())
                .then(|| text(message))
                .into_iter()
                .collect();
            assert_eq!(parse(message), expected, "{message}");
        }
    }
}
