//! Answers (応答): messages in which hosts answer a call in Chatwork. Decides which messages are answers, to which call,
//! and which words a tablet shows. Everything else in a room is talk among colleagues: it must not leave the relay and is
//! never stored.
//!
//! # Rules (our decision)
//!
//! A message is an answer when its author is not the bot, it is later than a post of the call by the bot, and
//! 1. it replies to one of the bot's posts (`[rp aid=BOT to=ROOM-MESSAGE]`): it answers the call of that post; or
//! 2. it stands in the private chat of a notified host while exactly one call is open there; or
//! 3. it stands in a group room with `[To:BOT]` while exactly one call is open there.
//!
//! A cancelled call is open for replies only, once its retraction stands in the chat.
//!
//! A message that replies to another post of the bot, or to posts of several calls, is no answer. Tags in quotes and in
//! code do not count. The message that Chatwork posts when somebody gives or finishes a task is no answer either.
//!
//! The relay matches messages with [`AnswerChat`] and [`AnswerLog`], and schedules its readings of the rooms with
//! [`listening`]. The app uses [`AnswerAuthor`] and the headings.

mod author;
mod emoticon;
pub mod listening;
mod log;
mod matching;
mod notation;
mod open_rooms;
mod post_edit;
#[cfg(test)]
mod properties;
mod request_log;
mod result;
mod room_memory;
mod rooms_for_leader;
#[cfg(test)]
mod tests;
mod words;

pub use author::AnswerAuthor;
pub use log::{Answer, AnswerChange, AnswerLog, latest_standing, shown_answer};
pub use matching::{AnswerChat, Bot, ChatKind, OpenCall, ReceivedMessage};
pub use open_rooms::{
    AnswerableCall, CallPost, OpenRoom, REMEMBERED_MILLIS, calls_to_read, open_rooms,
};
pub use post_edit::{
    MAX_HEADING_CHARS, Post, PostOutcome, answered_heading, edited_post, fill_heading, fill_time,
    post_text, unanswered_heading,
};
pub use request_log::RequestLog;
pub use result::{AnswerResult, AnswerWait, median};
pub use room_memory::{ClockTimes, Reading, RoomCounters, RoomMemories, RoomMessages};
pub use rooms_for_leader::{LeaderRequest, RoomsForLeader};
pub use words::{MAX_WORDS_CHARS, words};
