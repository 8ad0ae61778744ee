//! Chatwork's message notation, read as Chatwork reads it: into a tree that the page only draws.
//!
//! Reading is lenient and never fails. A tag that is not understood, and one that is never closed,
//! is plain text. Words turn into emoticons and links unless they stand in `[code]`.

mod emoticon;
mod link;
mod parse;
mod segment;
mod tag;

pub use parse::parse;
pub use segment::Segment;

use crate::AccountId;

/// Whom a message calls, as far as its text tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Account ids of `[To:]` and `[rp]` tags in order, each once.
    pub accounts: Vec<AccountId>,
    /// Whether `[toall]` is among the tags.
    pub all: bool,
}

/// The mentions of a message. A quotation does not call again those whom it quotes.
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
            Segment::ToAll => found.all = true,
            Segment::Info { inside } | Segment::Title { inside } => collect(inside, found),
            Segment::Text { .. }
            | Segment::Quote { .. }
            | Segment::Rule
            | Segment::Picture { .. }
            | Segment::Name { .. }
            | Segment::PictureName { .. }
            | Segment::Code { .. }
            | Segment::Emoticon { .. }
            | Segment::Link { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_found_where_chatwork_would_ring() {
        let cases: [(&str, &[AccountId], bool); 9] = [
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
            ("［To:12］", &[], false),
            ("To:12", &[], false),
        ];
        for (body, accounts, all) in cases {
            let found = mentions(&parse(body));
            assert_eq!(found.accounts, accounts, "{body}");
            assert_eq!(found.all, all, "{body}");
        }
    }
}
