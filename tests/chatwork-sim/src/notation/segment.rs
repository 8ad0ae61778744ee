//! The parts a message is made of.

use serde::Serialize;

use crate::{AccountId, MessageId, RoomId};

/// One part of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "the fields say what they are; the variants say the notation"
)]
pub enum Segment {
    /// Words as they are, line breaks included.
    Text { text: String },
    /// `[To:12]`: calls a person.
    To { account: AccountId },
    /// `[toall]`: calls everybody in the room.
    ToAll,
    /// `[rp aid=12 to=345-678]`: answers a message.
    Reply {
        account: AccountId,
        #[serde(skip_serializing_if = "Option::is_none")]
        room: Option<RoomId>,
        /// A string, since no browser can hold 19 digits in a number.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "digits")]
        message: Option<MessageId>,
    },
    /// `[qt][qtmeta aid=12 time=345]…[/qt]`: what somebody said.
    Quote {
        account: Option<AccountId>,
        time: Option<u64>,
        inside: Vec<Segment>,
    },
    /// `[info]…[/info]`: a box.
    Info { inside: Vec<Segment> },
    /// `[title]…[/title]`: the head of a box.
    Title { inside: Vec<Segment> },
    /// `[hr]`: a line.
    Rule,
    /// `[picon:12]`: a person's picture.
    Picture { account: AccountId },
    /// `[pname:12]`: a person's name.
    Name { account: AccountId },
    /// `[piconname:12]`: both.
    PictureName { account: AccountId },
    /// `[code]…[/code]`: words that are read no further.
    Code { text: String },
    /// `(bow)`, `:)`: what was written and the picture it turns into.
    Emoticon { source: String, emoji: &'static str },
    /// A web address.
    Link { url: String },
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
