//! Classification of Chatwork's responses: one table for posting, one for reading a room. Pure. The facts, with
//! their sources, are in the [crate's documentation](crate).

use yobirin_api::Millis;
use yobirin_domain::model::delivery::RejectReason;
use yobirin_domain::model::id::{AccountId, MessageId, Reference};

use super::transport::{HttpReply, TransportError};
use super::wire::{self, WireList, WireMessage, WireTask};

/// Longest wait that a reset header may ask for: Chatwork's window.
const MAX_LIMIT_WAIT_MS: Millis = 5 * 60 * 1000;
/// Wait after the general limit, when the response has no usable reset header.
const DEFAULT_LIMIT_WAIT_MS: Millis = 30 * 1000;
/// Wait after the room limit, whose response has no reset header.
pub(super) const ROOM_LIMIT_WAIT_MS: Millis = 10 * 1000;
/// Maximum difference between Chatwork's clock and ours when a page of messages is judged.
const MAX_CLOCK_SKEW_MS: Millis = 60 * 1000;
/// Maximum number of messages, or of tasks, that Chatwork lists.
const MAX_LISTED_ENTRIES: usize = 100;

/// Outcome of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostOutcome {
    /// Stored, with the message id as proof.
    Delivered(MessageId),
    /// Not stored. To be retried after the backoff delay.
    Retry,
    /// Not stored: the general limit is reached. Nothing may be sent for this time.
    Limited(Millis),
    /// Not stored: the room's limit is reached. Nothing may be posted there for this time.
    RoomLimited(Millis),
    /// Not stored, because Chatwork refuses the message. A retry would be refused as well.
    Rejected(RejectReason),
    /// Unknown whether the message is stored.
    Unknown,
    /// Not stored: Chatwork refuses the token.
    TokenRefused,
}

/// Classifies the response to a post.
pub(crate) fn classify_post(reply: Result<&HttpReply, TransportError>, now: Millis) -> PostOutcome {
    let reply = match reply {
        Ok(reply) => reply,
        Err(TransportError::NotSent) => return PostOutcome::Retry,
        Err(TransportError::NoResponse) => return PostOutcome::Unknown,
    };
    match reply.status {
        // A success without a message id proves nothing: captive portals answer 200 as well.
        200..=299 => {
            wire::message_id(&reply.body).map_or(PostOutcome::Unknown, PostOutcome::Delivered)
        }
        // The refusal of a proxy or a Wi-Fi portal, which is not about token, room or message.
        400..=499 if !is_chatwork_error(reply) => PostOutcome::Retry,
        401 => PostOutcome::TokenRefused,
        403 | 404 => PostOutcome::Rejected(RejectReason::NoSuchRoom),
        429 if wire::is_room_limit(&reply.body) => PostOutcome::RoomLimited(ROOM_LIMIT_WAIT_MS),
        429 => PostOutcome::Limited(limit_wait(reply, now)),
        // Chatwork has not processed the request; 408 and 425 are about its upload.
        408 | 425 | 503 => PostOutcome::Retry,
        // A proxy's 502 or 504, or a crash half-way: the message may be stored nevertheless.
        500..=599 => PostOutcome::Unknown,
        // Chatwork's own error about the message, such as a missing or too long body.
        400..=499 => PostOutcome::Rejected(RejectReason::BadMessage),
        _ => PostOutcome::Retry,
    }
}

/// True when an error comes from Chatwork itself: by the form of its body or, for the general limit, whose
/// text is undocumented, by its headers.
pub(super) fn is_chatwork_error(reply: &HttpReply) -> bool {
    wire::is_chatwork_error(&reply.body)
        || reply.status == 429 && (reply.reset.is_some() || reply.remaining.is_some())
}

/// Returns how long the general limit lasts: as the reset header says, within [`MAX_LIMIT_WAIT_MS`].
pub(crate) fn limit_wait(reply: &HttpReply, now: Millis) -> Millis {
    let reset = reply.reset.and_then(|seconds| seconds.checked_mul(1000));
    match reset.and_then(|reset| reset.checked_sub(now)) {
        // The header is missing, invalid or in the past.
        None | Some(0) => DEFAULT_LIMIT_WAIT_MS,
        Some(wait) => wait.min(MAX_LIMIT_WAIT_MS),
    }
}

/// Result of looking for a message among a room's recent ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecentLookup {
    /// The message is stored.
    Found(MessageId),
    /// The message is not stored.
    Absent,
    /// Not decidable: newer messages may have pushed it off the page, an unreadable entry carries the
    /// reference, or Chatwork's plan hides the messages.
    Unclear,
}

/// Looks for a message of the bot that carries the reference and was sent at `since` or later. The `known` messages
/// are those of other deliveries of the call, which carry the same reference.
pub(super) fn find_message(
    messages: &WireList<WireMessage>,
    bot: AccountId,
    reference: Reference,
    since: Millis,
    known: &[MessageId],
) -> RecentLookup {
    let reference = reference.to_string();
    let found = messages
        .entries
        .iter()
        .filter(|m| !known.contains(&m.message_id))
        .find(|m| m.account.account_id == bot && m.body.contains(&reference));
    if let Some(message) = found {
        return RecentLookup::Found(message.message_id.clone());
    }
    let is_before = |seconds: u64| {
        let millis = seconds.saturating_mul(1000);
        millis.saturating_add(MAX_CLOCK_SKEW_MS) < since
    };
    // True when the list has all messages since `since`.
    let reaches_back = messages.entries.len() + messages.unreadable.len() < MAX_LISTED_ENTRIES
        || messages
            .entries
            .iter()
            .any(|m| m.send_time.is_some_and(is_before));
    let is_referenced = messages
        .unreadable
        .iter()
        .any(|entry| entry.contains(&reference));
    match reaches_back && !is_referenced {
        true => RecentLookup::Absent,
        false => RecentLookup::Unclear,
    }
}

/// Looks for a task with the reference among the open ones that the bot gave in a room.
pub(super) fn find_task(tasks: &WireList<WireTask>, reference: Reference) -> RecentLookup {
    let reference = reference.to_string();
    let mut entries = tasks.entries.iter();
    if let Some(task) = entries.find(|task| task.body.contains(&reference)) {
        return RecentLookup::Found(task.task_id.clone());
    }
    let is_full = tasks.entries.len() + tasks.unreadable.len() >= MAX_LISTED_ENTRIES;
    let mut unreadable = tasks.unreadable.iter();
    match is_full || unreadable.any(|entry| entry.contains(&reference)) {
        true => RecentLookup::Unclear,
        false => RecentLookup::Absent,
    }
}

#[cfg(test)]
mod tests;
