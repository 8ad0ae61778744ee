//! A message drawn as Chatwork shows it: who it is to, titled boxes, rules; and folded below, the
//! text as it is sent. Knows only the tags that notifications may carry.

use leptos::prelude::*;

use crate::setup::nav::words;

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Plain words.
    Words(String),
    /// `[To:…]`: a mention; the name follows as words.
    To,
    /// `[info]…[/info]`.
    Boxed(Vec<Part>),
    /// `[title]…[/title]`.
    Title(String),
    /// `[hr]`.
    Rule,
}

/// Reads a message. What is not closed stays words.
fn read(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((part, after)) = tag(rest) {
            let is_block = part != Part::To;
            if !words.is_empty() {
                parts.push(Part::Words(std::mem::take(&mut words)));
            }
            parts.push(part);
            // The line break after a block is the block's own.
            rest = match after.strip_prefix('\n') {
                Some(next) if is_block => next,
                _ => after,
            };
        } else {
            words.push('[');
            rest = &rest[1..];
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        parts.push(Part::Words(words));
    }
    parts
}

/// The tag that begins here, and what follows it.
fn tag(rest: &str) -> Option<(Part, &str)> {
    if let Some(after) = rest.strip_prefix("[hr]") {
        return Some((Part::Rule, after));
    }
    if let Some(after) = rest.strip_prefix("[title]") {
        let (title, after) = after.split_once("[/title]")?;
        return Some((Part::Title(title.to_owned()), after));
    }
    if let Some(after) = rest.strip_prefix("[info]") {
        let end = end_of_box(after)?;
        let (inside, after) = after.split_at(end);
        return Some((Part::Boxed(read(inside)), &after["[/info]".len()..]));
    }
    let (account, after) = rest.strip_prefix("[To:")?.split_once(']')?;
    let is_number = !account.is_empty() && account.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some((Part::To, after))
}

/// Where the box ends whose inside begins here: boxes may stand in boxes.
fn end_of_box(inside: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, _) in inside.match_indices('[') {
        if inside[at..].starts_with("[info]") {
            depth += 1;
        } else if inside[at..].starts_with("[/info]") {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}

/// The message.
#[component]
pub(crate) fn MessageView(
    /// In Chatwork's notation.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let w = &words().preview;
    view! {
        <div class="message drawn" data-drawn>{move || text.with(|text| draw(read(text)))}</div>
        <details class="raw">
            <summary>{w.raw}</summary>
            <pre class="message">{text}</pre>
        </details>
    }
}

fn draw(parts: Vec<Part>) -> AnyView {
    let one = |part| match part {
        Part::Words(words) => words.into_any(),
        Part::To => view! { <span class="drawn-to">"TO"</span> }.into_any(),
        Part::Title(title) => view! { <p class="drawn-title">{title}</p> }.into_any(),
        Part::Rule => view! { <hr /> }.into_any(),
        Part::Boxed(parts) => view! { <div class="drawn-box">{draw(parts)}</div> }.into_any(),
    };
    parts.into_iter().map(one).collect_view().into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Part {
        Part::Words(text.to_owned())
    }

    #[test]
    fn mentions_boxes_titles_and_rules_are_told_from_words() {
        let text =
            "[To:12]佐藤さん\n[info][title]来訪[/title]お客様：山田\n[hr]受付番号[/info]\nend";
        let inside = vec![
            Part::Title("来訪".to_owned()),
            words("お客様：山田\n"),
            Part::Rule,
            words("受付番号"),
        ];
        let all = [
            Part::To,
            words("佐藤さん\n"),
            Part::Boxed(inside),
            words("end"),
        ];
        assert_eq!(read(text), all);
        let nested = Part::Boxed(vec![words("a"), Part::Boxed(vec![words("b")]), words("c")]);
        assert_eq!(read("[info]a[info]b[/info]c[/info]"), [nested]);
    }

    #[test]
    fn what_is_no_tag_or_not_closed_stays_words() {
        for text in [
            "[info]a",
            "[title]b[info]",
            "[To:x]",
            "［To:1］",
            "[code]",
            "a[",
            "",
        ] {
            let expected: Vec<Part> = (!text.is_empty())
                .then(|| words(text))
                .into_iter()
                .collect();
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
