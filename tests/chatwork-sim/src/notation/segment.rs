//! Segments of a parsed message.

use serde::Serialize;

use crate::{AccountId, MessageId, RoomId};

/// One segment of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "the variants document the notation, and the field names are plain"
)]
pub enum Segment {
    /// Plain text, line breaks included.
    Text { text: String },
    /// `[To:12]`: mentions a person.
    To { account: AccountId },
    /// `[toall]`: mentions everybody in the room.
    ToAll,
    /// `[rp aid=12 to=345-678]`: replies to a message.
    Reply {
        account: AccountId,
        #[serde(skip_serializing_if = "Option::is_none")]
        room: Option<RoomId>,
        /// A string, because JavaScript numbers cannot hold 19 digits.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "digits")]
        message: Option<MessageId>,
    },
    /// `[qt][qtmeta aid=12 time=345]…[/qt]`: a quotation.
    Quote {
        account: Option<AccountId>,
        time: Option<u64>,
        inside: Vec<Segment>,
    },
    /// `[info]…[/info]`: a box.
    Info { inside: Vec<Segment> },
    /// `[title]…[/title]`: the heading of a box.
    Title { inside: Vec<Segment> },
    /// `[hr]`: a horizontal rule.
    Rule,
    /// `[picon:12]`: a person's picture.
    Picture { account: AccountId },
    /// `[pname:12]`: a person's name.
    Name { account: AccountId },
    /// `[piconname:12]`: a person's picture and name.
    PictureName { account: AccountId },
    /// `[code]…[/code]`: text that is not parsed.
    Code { text: String },
    /// `(bow)`, `:)`: the source text and its emoji.
    Emoticon { source: String, emoji: &'static str },
    /// A URL.
    Link { url: String },
    /// `[task aid=12,34 st=open lt=1700000000 ltype=date]…[/task]`: a task in a message of Chatwork itself.
    Task {
        accounts: Vec<AccountId>,
        done: bool,
        /// Due time in Unix seconds; 0 without one.
        limit: u64,
        inside: Vec<Segment>,
    },
    /// `[dtext:task_added]`: a phrase that Chatwork shows in the reader's language.
    Phrase { key: &'static str },
    /// `[deleted]`: the body of a deleted message.
    Deleted,
}

#[allow(
    clippy::ref_option,
    reason = "serde calls it with a reference to the field"
)]
fn digits<S: serde::Serializer>(id: &Option<MessageId>, to: S) -> Result<S::Ok, S::Error> {
    match id {
        Some(id) => to.collect_str(id),
        None => to.serialize_none(),
    }
}
