//! What an answer of Chatwork means for a message: the one table for posting and the one for
//! settling. Pure; Chatwork's documentation and what clients report are the source
//! (`chatwork-api.md`, sections 1 and 2).

use yobirin_api::Millis;
use yobirin_domain::delivery::Reason;
use yobirin_domain::id::{AccountId, MessageId, Reference};

use super::answer::{self, WireMessage};
use super::client::{Reply, Silence};

/// Longest wait that a reset header may ask for: Chatwork's window.
const LONGEST_WAIT: Millis = 5 * 60 * 1000;
/// The wait after the room limit, which has no header of its own.
const ROOM_WAIT: Millis = 10 * 1000;
/// How far Chatwork's clock may be from ours when a page of messages is judged.
const CLOCKS_APART: Millis = 60 * 1000;
/// Messages Chatwork returns at most.
const PAGE: usize = 100;

/// What became of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PostOutcome {
    /// Stored; here is the proof.
    Delivered(MessageId),
    /// Surely not stored; try again on the schedule.
    Retry,
    /// Not stored: too many requests. Nothing may be sent until then.
    Limited(Millis),
    /// Not stored: too many posts in this room. Nothing may be posted there until then.
    RoomLimited(Millis),
    /// Refused for good.
    Rejected(Reason),
    /// Perhaps stored.
    Unknown,
    /// The token is not taken any more.
    TokenRefused,
}

/// What became of a post, by its answer.
pub(crate) fn of_post(reply: Result<&Reply, Silence>, now: Millis) -> PostOutcome {
    let reply = match reply {
        Ok(reply) => reply,
        Err(Silence::NotSent) => return PostOutcome::Retry,
        Err(Silence::NoAnswer) => return PostOutcome::Unknown,
    };
    match reply.status {
        // A success without a message id proves nothing: captive portals answer 200 too.
        200..=299 => {
            answer::message_id(&reply.body).map_or(PostOutcome::Unknown, PostOutcome::Delivered)
        }
        // Somebody on the way refuses, an inspecting proxy say: nothing is known of token or room.
        401 | 403 | 404 if !answer::is_chatworks_own(&reply.body) => PostOutcome::Retry,
        401 => PostOutcome::TokenRefused,
        403 | 404 => PostOutcome::Rejected(Reason::NoSuchRoom),
        429 if answer::is_room_limit(&reply.body) => PostOutcome::RoomLimited(now + ROOM_WAIT),
        429 => PostOutcome::Limited(limit_ends(reply, now)),
        // Says itself that nothing was done; so do time-outs of the request's own upload.
        408 | 425 | 503 => PostOutcome::Retry,
        // A proxy's 502 or 504, or a crash half-way: the message may be stored all the same.
        500..=599 => PostOutcome::Unknown,
        // Somebody else than Chatwork answers; there is nothing of ours behind it.
        100..=399 => PostOutcome::Retry,
        _ => PostOutcome::Rejected(Reason::BadMessage),
    }
}

/// When the general limit ends: what the header says, as far as that makes sense.
pub(crate) fn limit_ends(reply: &Reply, now: Millis) -> Millis {
    let said = reply.reset.and_then(|seconds| seconds.checked_mul(1000));
    match said {
        Some(then) if then > now => then.min(now + LONGEST_WAIT),
        // No header, a bad one, or one that lies in the past: wait a while, do not hammer.
        _ => now + 30 * 1000,
    }
}

/// Whether a message is among a room's recent ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Recent {
    /// It is: stored after all.
    Found(MessageId),
    /// It is not, and would be if it were stored.
    Absent,
    /// It is not, but so much has been said since that it may have scrolled away.
    Unclear,
}

/// Looks for a message of the bot that carries the reference, sent `since` or later. A retraction is
/// looked for past the message that it takes back (`except`).
pub(crate) fn look_for(
    messages: Vec<WireMessage>,
    bot: AccountId,
    reference: Reference,
    since: Millis,
    except: Option<&MessageId>,
) -> Recent {
    let reference = reference.to_string();
    let is_whole = messages.len() < PAGE
        || messages.iter().any(|m| {
            m.send_time
                .saturating_mul(1000)
                .saturating_add(CLOCKS_APART)
                < since
        });
    let found = messages
        .into_iter()
        .filter(|m| except != Some(&m.message_id))
        .find(|m| m.account.account_id == bot && m.body.contains(&reference));
    match found {
        Some(message) => Recent::Found(message.message_id),
        None if is_whole => Recent::Absent,
        None => Recent::Unclear,
    }
}

#[cfg(test)]
mod tests;
