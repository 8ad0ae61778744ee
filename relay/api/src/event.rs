//! Events of a tablet's stream, `GET /api/events` (server-sent events).
//!
//! `data:` holds one [`Event`] as JSON; stored events also have an `id:`, their growing sequence number. A
//! client that reconnects sends `Last-Event-ID`, or `?after=` on its first connection, and gets the events
//! since; without either, it gets new events only. Every stream begins with [`Event::Chatwork`], and sends an
//! event named [`ALIVE`] while nothing happens.

use serde::{Deserialize, Serialize};
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::CallId;

use crate::call::ShownAnswer;

/// Name of the events that are sent at least every half minute while nothing happens. Their data is the name again,
/// because browsers drop events without data.
pub const ALIVE: &str = "alive";

/// Event for a tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The state of a delivery changed.
    Delivery {
        /// Call of the delivery.
        call: CallId,
        /// Index of the delivery in the call.
        delivery: usize,
        /// New state.
        to: DeliveryState,
    },
    /// A call was answered, or the shown answer changed: a later answer, an edit, or an earlier one again because the
    /// later one was deleted. Replaces the answer that the tablet shows.
    Answer {
        /// The call.
        call: CallId,
        /// Answer to show.
        answer: ShownAnswer,
    },
    /// The only answer of a call was deleted in Chatwork, so the tablet waits for an answer again.
    AnswerWithdrawn {
        /// The call.
        call: CallId,
    },
    /// The settings changed: fetch them again. Not stored: a client that missed it compares ETags.
    Settings,
    /// The connection to Chatwork was lost (`false`) or works again (`true`). Not stored.
    Chatwork {
        /// True while calls are delivered.
        delivering: bool,
    },
    /// An admin asks the tablet to reload the app. Not stored.
    Reload,
    /// The pairing was revoked. The stream ends after this event.
    Revoked,
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use yobirin_domain::answer::AnswerAuthor;

    use super::*;

    #[test]
    fn answers_have_these_json_forms() {
        const SENT: u64 = 1_800_000_000_000;
        let id = "0192e4a0-0000-7000-8000-00ffffffffff";
        let call: CallId = id.parse().unwrap();
        let answer = |who, words: &str| Event::Answer {
            call,
            answer: ShownAnswer {
                who,
                words: words.to_owned(),
                at: SENT,
            },
        };
        for (event, form) in [
            (
                answer(AnswerAuthor::Host("佐藤".to_owned()), "すぐ行きます"),
                json!({ "answer": { "call": id, "answer": { "who": { "host": "佐藤" },
                        "words": "すぐ行きます", "at": SENT } } }),
            ),
            (
                answer(AnswerAuthor::Colleague, ""),
                json!({ "answer": { "call": id, "answer": { "who": "colleague",
                        "at": SENT } } }),
            ),
            (
                Event::AnswerWithdrawn { call },
                json!({ "answer_withdrawn": { "call": id } }),
            ),
        ] {
            assert_eq!(serde_json::to_value(&event).unwrap(), form);
            assert_eq!(serde_json::from_value::<Event>(form).unwrap(), event);
        }
    }
}
