//! Alarm state: incidents that are open or ended lately, with the posts and notices about them. The relay stores it
//! together with each post, so that nothing is posted twice after a restart.

use serde::{Deserialize, Serialize};

use super::AlarmCondition;
use crate::model::id::{CallId, MessageId, RoomId};

/// Open and recent incidents, with the posts and notices about them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AlarmState {
    /// Incidents, oldest first.
    pub incidents: Vec<Incident>,
    /// Number of the last event of a failed call that was taken up.
    pub failed_calls_seen: u64,
    /// Posts in earlier rooms, of incidents that are posted in another room now.
    pub moved: Vec<MovedPost>,
}

/// Post in an earlier room whose last edit says that its incident is posted in another room now. Kept until that edit
/// is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedPost {
    /// Room of the post.
    pub room: RoomId,
    /// Chatwork's message id.
    pub message: MessageId,
    /// Text that the post shall have.
    pub text: String,
    /// Time at which the incident moved to another room.
    pub at: u64,
}

/// One incident, from its beginning until it is forgotten. Times are milliseconds since 1970 by the relay's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Id, which the notices to the alarm webhook carry.
    pub id: CallId,
    /// Kind, with figures.
    pub condition: AlarmCondition,
    /// Time at which the incident began.
    pub since: u64,
    /// Time at which it was noticed.
    pub noticed: u64,
    /// Time at which it ended; `None` while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<u64>,
    /// Post in Chatwork.
    #[serde(default)]
    pub post: PostState,
    /// State of the notices to the alarm webhook.
    #[serde(default)]
    pub webhook: WebhookState,
}

/// Post of an incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PostState {
    /// Nothing was posted.
    #[default]
    None,
    /// The post is in the outbox.
    InOutbox {
        /// Id of the bot message.
        id: CallId,
        /// Text.
        text: String,
        /// Time at which the outbox got it.
        at: u64,
        /// Destination.
        room: RoomId,
        /// True after an attempt without a known result.
        is_doubtful: bool,
    },
    /// Chatwork stored the post.
    Posted {
        /// Id of the bot message, whose reference is in the text.
        id: CallId,
        /// Text that the post has.
        text: String,
        /// Time at which the outbox got it.
        at: u64,
        /// Room of the post.
        room: RoomId,
        /// Chatwork's message id.
        message: MessageId,
    },
    /// Chatwork rejected the post, or did not take it in time.
    Failed {
        /// Destination.
        room: RoomId,
        /// Time.
        at: u64,
        /// True when the post may be in the room nevertheless: it is not made again.
        is_doubtful: bool,
    },
}

/// Notices about an incident to the alarm webhook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WebhookState {
    /// State in the last notice that the webhook accepted or that was given up; `None` before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_state: Option<NoticeState>,
    /// Number of failed attempts to send the next notice.
    pub failures: usize,
    /// Time of the next attempt.
    pub due: u64,
}

/// State of an incident, in a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// The incident lasts.
    Open,
    /// The incident ended.
    Ended,
    /// No incident: an admin tests the webhook.
    Test,
}

impl AlarmState {
    /// Incidents that last, oldest first.
    pub fn open(&self) -> impl Iterator<Item = &Incident> {
        self.incidents
            .iter()
            .filter(|incident| incident.ended.is_none())
    }

    /// Ids of the posts that are in the outbox.
    pub fn posts_in_outbox(&self) -> impl Iterator<Item = CallId> {
        self.incidents
            .iter()
            .filter_map(|incident| match incident.post {
                PostState::InOutbox { id, .. } => Some(id),
                _ => None,
            })
    }

    pub(super) fn incident(&mut self, id: CallId) -> Option<&mut Incident> {
        self.incidents.iter_mut().find(|incident| incident.id == id)
    }
}

impl Incident {
    pub(super) fn new(id: CallId, condition: AlarmCondition, since: u64, now: u64) -> Self {
        Self {
            id,
            condition,
            since,
            noticed: now,
            ended: None,
            post: PostState::None,
            webhook: WebhookState::default(),
        }
    }

    /// True when the incident's current post is stored in Chatwork.
    #[must_use]
    pub fn is_posted(&self) -> bool {
        matches!(self.post, PostState::Posted { .. })
    }

    /// True when it lasts, or ended so lately that the same incident would open it again.
    pub(super) fn is_recent(&self, now: u64) -> bool {
        self.ended
            .is_none_or(|ended| now < ended + super::REOPEN_MILLIS)
    }
}
