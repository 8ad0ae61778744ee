//! Posts about incidents: those that are to be made, and edits of those that are in the room.
//!
//! When the office chooses another room for alarms, the incidents that last are posted there; their posts in the
//! earlier room are edited a last time, to say so.

use super::state::{AlarmState, Incident, MovedPost, PostState};
use super::{AlarmFacts, POST_RETRY_MILLIS, text};
use crate::bot_message::BotMessage;
use crate::model::call::DEADLINE_MILLIS;
use crate::model::id::{CallId, MessageId, RoomId};
use crate::model::settings::Settings;
use crate::routing::Destination;

/// Edit of a post. Repeating it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostEdit {
    /// Room of the post.
    pub room: RoomId,
    /// Chatwork's message id.
    pub message: MessageId,
    /// Text that the post shall have.
    pub text: String,
}

impl AlarmState {
    /// Marks the posts that are due as handed to the outbox, and returns them. The caller stores the posts and this
    /// alarm state in one transaction, or neither.
    pub fn take_posts(
        &mut self,
        settings: &Settings,
        facts: &AlarmFacts<'_>,
        new_id: &mut dyn FnMut() -> CallId,
    ) -> Vec<BotMessage> {
        let Some(room) = settings.site().alarms.room else {
            return Vec::new();
        };
        if !facts.may_post() || !facts.is_open(settings, facts.now) {
            return Vec::new();
        }
        let mut posts = Vec::new();
        for incident in &mut self.incidents {
            if !is_due(incident, room, settings, facts) {
                continue;
            }
            self.moved.extend(moved_post(incident, settings, facts));
            let (id, at) = (new_id(), facts.now);
            let text = text::post(settings, incident, id.reference(), at, facts.local);
            incident.post = PostState::InOutbox {
                id,
                text: text.clone(),
                at,
                room,
                is_doubtful: false,
            };
            posts.push(BotMessage {
                id,
                to: Destination::Room(room),
                text,
                expires: at + DEADLINE_MILLIS,
            });
        }
        posts
    }

    /// Returns the edits of posts whose text is not up to date.
    #[must_use]
    pub fn edits(&self, settings: &Settings, facts: &AlarmFacts<'_>) -> Vec<PostEdit> {
        let edit = |incident: &Incident| {
            let PostState::Posted {
                id,
                text,
                at,
                room,
                message,
            } = &incident.post
            else {
                return None;
            };
            let current_text = text::post(settings, incident, id.reference(), *at, facts.local);
            (current_text != *text).then(|| PostEdit {
                room: *room,
                message: message.clone(),
                text: current_text,
            })
        };
        let moved = self.moved.iter().map(|post| PostEdit {
            room: post.room,
            message: post.message.clone(),
            text: post.text.clone(),
        });
        moved
            .chain(self.incidents.iter().filter_map(edit))
            .collect()
    }

    /// Records that an edit was made, or is of no use because the post was deleted.
    pub fn record_edit(&mut self, edit: &PostEdit) {
        self.moved.retain(|post| post.message != edit.message);
        for incident in &mut self.incidents {
            if let PostState::Posted { text, message, .. } = &mut incident.post
                && *message == edit.message
            {
                edit.text.clone_into(text);
            }
        }
    }
}

/// Last edit of the incident's post in an earlier room; `None` without such a post.
fn moved_post(
    incident: &Incident,
    settings: &Settings,
    facts: &AlarmFacts<'_>,
) -> Option<MovedPost> {
    let PostState::Posted {
        id,
        at,
        room,
        message,
        ..
    } = &incident.post
    else {
        return None;
    };
    Some(MovedPost {
        room: *room,
        message: message.clone(),
        text: text::moved_post(settings, incident, id.reference(), *at, facts.local),
        at: facts.now,
    })
}

/// True when an incident is to be posted now and has no post in this room. An incident that ended before it could be
/// posted is posted nevertheless if it was noticed during opening hours; but if it has a post in an earlier room, it
/// is not posted again in this one.
fn is_due(incident: &Incident, room: RoomId, settings: &Settings, facts: &AlarmFacts<'_>) -> bool {
    let is_wanted = incident.ended.is_none() || facts.is_open(settings, incident.noticed);
    let is_unposted = match incident.post {
        PostState::None => true,
        PostState::Failed {
            room: failed_room,
            at,
            is_doubtful,
        } => failed_room != room || !is_doubtful && facts.now >= at + POST_RETRY_MILLIS,
        PostState::Posted {
            room: posted_room, ..
        } => incident.ended.is_none() && posted_room != room,
        PostState::InOutbox { .. } => false,
    };
    incident.condition.can_be_posted() && is_wanted && is_unposted
}
