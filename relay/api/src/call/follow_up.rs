//! Answers to a call, the later messages while nobody answers, and the task for a missed visit.

use serde::{Deserialize, Serialize};
use yobirin_domain::admission::{self, Message};
use yobirin_domain::answer::AnswerAuthor;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::delivery::{DeliveryState, MISSED_TASK_INDEX};
use yobirin_domain::model::hours::TimeOfDay;
use yobirin_domain::model::id::{AccountId, MessageId, RoomId};
use yobirin_domain::routing::Destination;

use crate::Millis;

/// Message of an escalation step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LaterMessage {
    /// Time from the arrival of the call's first message, in seconds.
    pub after_seconds: u16,
    /// Destination. One call sends at most [`yobirin_domain::escalation::MAX_MESSAGES_PER_DESTINATION`] messages to
    /// it.
    pub to: Destination,
    /// Text in Chatwork's notation, with the call's reference.
    pub text: String,
    /// Text of the retraction, as for [`super::Outgoing`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retraction: Option<String>,
    /// Heading of an answered message, as for [`super::Outgoing`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<String>,
}

impl LaterMessage {
    pub(super) fn message(&self) -> admission::LaterMessage<'_> {
        admission::LaterMessage {
            after_seconds: self.after_seconds,
            message: Message {
                to: self.to,
                text: &self.text,
                retraction: self.retraction.as_deref(),
                answered: self.answered.as_deref(),
            },
        }
    }
}

/// Task for a call that nobody has answered by the deadline, in the room that was notified first. A message is posted
/// there when nobody can be given the task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MissedVisit {
    /// Accounts that get the task: see [`yobirin_domain::missed_visit::assignees_in`].
    pub assignees: Vec<AccountId>,
    /// Text of the task or of the message, with the call's reference.
    pub text: String,
    /// Heading that is put on top of the posts of the call, with `{time}`:
    /// [`yobirin_domain::answer::fill_time`] and [`yobirin_domain::answer::edited_post`].
    pub unanswered: String,
    /// Due time of the task.
    pub due: DueTime,
}

/// Date and time in the office's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DueTime {
    /// Date.
    pub day: Date,
    /// Time of that day; `24:00` is its end.
    pub time: TimeOfDay,
}

impl MissedVisit {
    pub(super) fn as_submitted(&self) -> admission::MissedVisit<'_> {
        admission::MissedVisit {
            assignees: &self.assignees,
            text: &self.text,
            unanswered: &self.unanswered,
        }
    }
}

/// Answer to a call, as a tablet shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownAnswer {
    /// Author of the answer.
    pub who: AnswerAuthor,
    /// Words, one line of at most [`yobirin_domain::answer::MAX_WORDS_CHARS`] characters; missing when the settings
    /// show none, or nothing is left of the message.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Time of sending, by Chatwork's clock.
    pub at: Millis,
}

/// Answer of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerRecord {
    /// Message of the answer.
    pub message: MessageId,
    /// Author of the answer.
    pub who: AnswerAuthor,
    /// True once its words were erased by retention or at an admin's request.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_erased: bool,
    /// Words; missing when nothing is left of the message, and once it was deleted in Chatwork.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Time of sending, by Chatwork's clock.
    pub at: Millis,
    /// Time of the last edit, by Chatwork's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<Millis>,
    /// Time at which the relay saw that the message was deleted in Chatwork.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Millis>,
}

/// Missed visit of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissedRecord {
    /// Time at which the call was missed.
    pub at: Millis,
    /// Result; `None` while the task is on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<MissedOutcome>,
}

impl MissedRecord {
    /// Describes a visit that was missed at `at`, from the delivery of its task or of the message in its place.
    /// `None` when that was withdrawn, because somebody answered, the visitor cancelled or the tablet was revoked
    /// first.
    #[must_use]
    pub fn of(at: Millis, index: usize, state: &DeliveryState) -> Option<Self> {
        let outcome = match state {
            DeliveryState::Delivered { message, room, .. } if index == MISSED_TASK_INDEX => {
                Some(MissedOutcome::Task {
                    // The relay stores the number of a task as the message id, so it can always be parsed.
                    task: message.as_str().parse().unwrap_or_default(),
                    room: *room,
                })
            }
            DeliveryState::Delivered { message, room, .. } => Some(MissedOutcome::Posted {
                message: message.clone(),
                room: *room,
            }),
            DeliveryState::Withdrawn => return None,
            state => state.is_final().then_some(MissedOutcome::Refused),
        };
        Some(Self { at, outcome })
    }
}

/// Result of the task for a missed visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MissedOutcome {
    /// Chatwork made the task.
    Task {
        /// Chatwork's id of the task.
        task: u64,
        /// Room of the task.
        room: RoomId,
    },
    /// Nobody could be given a task, so a message was posted.
    Posted {
        /// The message.
        message: MessageId,
        /// Room of the message.
        room: RoomId,
    },
    /// Chatwork refused both the task and the message, or accepted none in time.
    Refused,
}
