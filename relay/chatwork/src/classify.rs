//! What an answer of Chatwork means for a message: the one table for posting and the one for
//! settling. Pure; Chatwork's documentation and what clients report are the source
//! (`chatwork-api.md`, sections 1 and 2).

use yobirin_api::Millis;
use yobirin_domain::model::delivery::RejectReason;
use yobirin_domain::model::id::{AccountId, MessageId, Reference};

use super::transport::{HttpReply, TransportError};
use super::wire::{self, WireList, WireMessage};

/// Longest wait that a reset header may ask for: Chatwork's window.
const MAX_LIMIT_WAIT_MS: Millis = 5 * 60 * 1000;
/// The wait after the room limit, which has no header of its own.
const ROOM_LIMIT_WAIT_MS: Millis = 10 * 1000;
/// How far Chatwork's clock may be from ours when a page of messages is judged.
const MAX_CLOCK_SKEW_MS: Millis = 60 * 1000;
/// Messages Chatwork returns at most.
const MAX_LISTED_MESSAGES: usize = 100;

/// What became of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostOutcome {
    /// Stored; here is the proof.
    Delivered(MessageId),
    /// Surely not stored; try again on the schedule.
    Retry,
    /// Not stored: too many requests. Nothing may be sent until then.
    Limited(Millis),
    /// Not stored: too many posts in this room. Nothing may be posted there until then.
    RoomLimited(Millis),
    /// Refused for good.
    Rejected(RejectReason),
    /// Perhaps stored.
    Unknown,
    /// The token is not taken any more.
    TokenRefused,
}

/// What became of a post, by its answer.
pub(crate) fn classify_post(reply: Result<&HttpReply, TransportError>, now: Millis) -> PostOutcome {
    let reply = match reply {
        Ok(reply) => reply,
        Err(TransportError::NotSent) => return PostOutcome::Retry,
        Err(TransportError::NoAnswer) => return PostOutcome::Unknown,
    };
    match reply.status {
        // A success without a message id proves nothing: captive portals answer 200 too.
        200..=299 => {
            wire::message_id(&reply.body).map_or(PostOutcome::Unknown, PostOutcome::Delivered)
        }
        // A proxy or a Wi-Fi portal on the way refuses: nothing is known of token, room or message.
        400..=499 if !is_chatwork_error(reply) => PostOutcome::Retry,
        401 => PostOutcome::TokenRefused,
        403 | 404 => PostOutcome::Rejected(RejectReason::NoSuchRoom),
        429 if wire::is_room_limit(&reply.body) => {
            PostOutcome::RoomLimited(now + ROOM_LIMIT_WAIT_MS)
        }
        429 => PostOutcome::Limited(limit_ends_at(reply, now)),
        // Says itself that nothing was done; so do time-outs of the request's own upload.
        408 | 425 | 503 => PostOutcome::Retry,
        // A proxy's 502 or 504, or a crash half-way: the message may be stored all the same.
        500..=599 => PostOutcome::Unknown,
        // Somebody else than Chatwork answers; there is nothing of ours behind it.
        400..=499 => PostOutcome::Rejected(RejectReason::BadMessage),
        _ => PostOutcome::Retry,
    }
}

/// True when an error comes from Chatwork itself: by the form of its body or, for its request limit, whose
/// text nobody documents, by the headers that go with it.
pub(super) fn is_chatwork_error(reply: &HttpReply) -> bool {
    wire::is_chatwork_error(&reply.body)
        || reply.status == 429 && (reply.reset.is_some() || reply.remaining.is_some())
}

/// When the general limit ends: what the header says, as far as that makes sense.
pub(crate) fn limit_ends_at(reply: &HttpReply, now: Millis) -> Millis {
    let header = reply.reset.and_then(|seconds| seconds.checked_mul(1000));
    match header {
        Some(then) if then > now => then.min(now + MAX_LIMIT_WAIT_MS),
        // No header, a bad one, or one that lies in the past: wait a while, do not hammer.
        _ => now + 30 * 1000,
    }
}

/// Whether a message is among a room's recent ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecentLookup {
    /// It is: stored after all.
    Found(MessageId),
    /// It is not, and would be if it were stored.
    Absent,
    /// Nobody can tell: so much was said since that it may have scrolled away, an entry that carries the
    /// reference cannot be read, or Chatwork's plan hides the messages.
    Unclear,
}

/// Looks for a message of the bot that carries the reference, sent `since` or later. A retraction is
/// looked for past the message that it takes back (`except`).
pub(super) fn find_message(
    messages: &WireList<WireMessage>,
    bot: AccountId,
    reference: Reference,
    since: Millis,
    except: Option<&MessageId>,
) -> RecentLookup {
    let reference = reference.to_string();
    let found = messages
        .entries
        .iter()
        .filter(|m| except != Some(&m.message_id))
        .find(|m| m.account.account_id == bot && m.body.contains(&reference));
    if let Some(message) = found {
        return RecentLookup::Found(message.message_id.clone());
    }
    let is_before = |seconds: u64| {
        let millis = seconds.saturating_mul(1000);
        millis.saturating_add(MAX_CLOCK_SKEW_MS) < since
    };
    let reaches_back = messages.entries.len() + messages.unreadable.len() < MAX_LISTED_MESSAGES
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

#[cfg(test)]
mod tests;
