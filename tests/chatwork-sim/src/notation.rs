//! Parser of Chatwork's message notation. The page renders the resulting tree.
//!
//! Parsing never fails: an unknown or unclosed tag is plain text. Emoticons and links are recognised
//! everywhere except in `[code]`.

mod emoticon;
mod link;
mod parse;
mod segment;
mod tag;

pub use parse::parse;
pub use segment::Segment;

use crate::AccountId;

/// The accounts that a message's text mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Account ids of `[To:]` and `[rp]` tags, in order, without duplicates.
    pub accounts: Vec<AccountId>,
    /// True when the text has a `[toall]` tag.
    pub has_to_all: bool,
}

/// The mentions of a message. Tags inside a quotation or a task do not count.
#[must_use]
pub fn mentions(segments: &[Segment]) -> Mentions {
    let mut found = Mentions::default();
    collect(segments, &mut found);
    found
}

fn collect(segments: &[Segment], found: &mut Mentions) {
    for segment in segments {
        match segment {
            Segment::To { account } | Segment::Reply { account, .. } => {
                if !found.accounts.contains(account) {
                    found.accounts.push(*account);
                }
            }
            Segment::ToAll => found.has_to_all = true,
            Segment::Info { inside } | Segment::Title { inside } => collect(inside, found),
            Segment::Text { .. }
            | Segment::Quote { .. }
            | Segment::Rule
            | Segment::Picture { .. }
            | Segment::Name { .. }
            | Segment::PictureName { .. }
            | Segment::Code { .. }
            | Segment::Emoticon { .. }
            | Segment::Link { .. }
            | Segment::Task { .. }
            | Segment::Phrase { .. }
            | Segment::Deleted => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_the_tags_that_notify_in_chatwork() {
        let cases: [(&str, &[AccountId], bool); 10] = [
            ("[To:12]佐藤さん", &[12], false),
            ("[To:12][To:34][To:12]", &[12, 34], false),
            (
                "[info][title][To:12][/title]hello [To:34][/info]",
                &[12, 34],
                false,
            ),
            ("[rp aid=12 to=5-99]はい", &[12], false),
            ("[toall]みなさん", &[], true),
            ("[qt][qtmeta aid=12 time=0][To:34][/qt]", &[], false),
            ("[code][To:12][/code]", &[], false),
            ("[task aid=12 st=open lt=0][To:34][/task]", &[], false),
            ("［To:12］", &[], false),
            ("To:12", &[], false),
        ];
        for (body, accounts, has_to_all) in cases {
            let found = mentions(&parse(body));
            assert_eq!(found.accounts, accounts, "{body}");
            assert_eq!(found.has_to_all, has_to_all, "{body}");
        }
    }
}
