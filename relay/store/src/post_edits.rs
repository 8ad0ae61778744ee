//! Planned edits of a call's posts, which then show the outcome of the call. Unlike a message, an edit may be repeated
//! without harm.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use yobirin_api::Millis;
use yobirin_api::call::{Call, ShownAnswer};
use yobirin_domain::model::delivery::{DeliveryState, MISSED_TASK_INDEX};
use yobirin_domain::model::id::{CallId, MessageId, RoomId};

use super::transaction::RunStatement as _;
use super::{
    Store, StoreError, Transaction, answers, deliveries, parse_id, read_number, read_optional,
    skip_unreadable, to_bigint,
};

/// Planned edit of one post.
#[derive(Clone, Debug)]
pub struct PostEdit {
    /// The delivery whose post is edited.
    delivery: i64,
    /// Version of the outcome; grows whenever the edit is planned again.
    version: i64,
    /// Number of failed attempts.
    pub attempt_count: u64,
    /// The post; `None` when its call cannot be read.
    pub post: Option<EditedPost>,
}

/// Post to edit, with the outcome that it shall show.
#[derive(Clone, Debug)]
pub struct EditedPost {
    /// The call.
    pub call: CallId,
    /// Room of the post.
    pub room: RoomId,
    /// The post.
    pub message: MessageId,
    /// Text as it was posted.
    pub posted: String,
    /// True for a message of an escalation step.
    pub is_reminder: bool,
    /// Heading for an answered call, with placeholders, as the tablet sent it.
    pub answered_heading: Option<String>,
    /// Answer that the post shall show.
    pub answer: Option<ShownAnswer>,
    /// Heading for a missed visit, with its placeholder, and the time at which the visit was missed; `None` unless the
    /// call is a missed visit.
    pub missed_heading: Option<(String, Millis)>,
}

impl Store {
    /// Returns the next edit that is due.
    pub async fn next_post_edit(&self, now: Millis) -> Result<Option<PostEdit>, StoreError> {
        let row = sqlx::query(
            "SELECT e.delivery, e.version, e.attempt_count, c.id, d.delivery_index, d.after_seconds, d.body, \
                d.state, c.request, CASE WHEN EXISTS (SELECT 1 FROM deliveries m WHERE m.call_id = c.id AND m.delivery_index >= $2) \
                THEN c.expires_at END AS missed_at \
             FROM post_edits e JOIN deliveries d ON d.number = e.delivery JOIN calls c ON c.id = d.call_id \
             WHERE e.is_open = 1 AND e.due_at <= $1 ORDER BY e.due_at, e.delivery LIMIT 1",
        )
        .bind(to_bigint(now))
        .bind(to_bigint(MISSED_TASK_INDEX as u64))
        .fetch_optional(self.read().await?)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let post = skip_unreadable(self.edited_post(&row).await)?.flatten();
        Ok(Some(PostEdit {
            delivery: row.try_get("delivery")?,
            version: row.try_get("version")?,
            attempt_count: read_number(&row, "attempt_count")?,
            post,
        }))
    }

    /// Reads the post of an edit; `None` when the message has not arrived.
    async fn edited_post(&self, row: &AnyRow) -> Result<Option<EditedPost>, StoreError> {
        let call = parse_id(row.try_get("id")?)?;
        let request: Call = serde_json::from_str(row.try_get("request")?)?;
        let state = serde_json::from_str(row.try_get("state")?)?;
        let DeliveryState::Delivered { message, room, .. } = state else {
            return Ok(None);
        };
        let sent = request.message_of(deliveries::parse_index(row.try_get("delivery_index")?));
        let answers = self.answers_of(call).await?;
        Ok(Some(EditedPost {
            call,
            room,
            message,
            posted: row.try_get("body")?,
            is_reminder: read_optional(row, "after_seconds")?.is_some(),
            answered_heading: sent.and_then(|sent| sent.answered.map(str::to_owned)),
            answer: answers::find_shown_answer(&answers),
            missed_heading: request
                .missed
                .map(|missed| missed.unanswered)
                .zip(read_optional(row, "missed_at")?),
        }))
    }
}

impl Transaction {
    /// Plans to edit every post of a call, because its outcome has changed.
    pub async fn plan_post_edits(&mut self, call: CallId) -> Result<(), StoreError> {
        for delivery in self.deliveries_of(call).await? {
            // Task and message about a missed visit state the outcome themselves.
            let is_about_missed_visit = delivery.index >= MISSED_TASK_INDEX;
            if is_about_missed_visit || !matches!(delivery.state, DeliveryState::Delivered { .. }) {
                continue;
            }
            sqlx::query(
                "INSERT INTO post_edits (delivery, version, is_open, due_at, attempt_count) \
                 VALUES ($1, 1, 1, 0, 0) ON CONFLICT (delivery) DO UPDATE \
                 SET version = post_edits.version + 1, is_open = 1, due_at = 0, attempt_count = 0",
            )
            .bind(to_bigint(delivery.number))
            .run(self)
            .await?;
        }
        Ok(())
    }

    /// Records that an edit was done or given up. An edit that was planned again meanwhile stays open.
    pub async fn end_post_edit(&mut self, edit: &PostEdit) -> Result<(), StoreError> {
        sqlx::query("UPDATE post_edits SET is_open = 0 WHERE delivery = $1 AND version = $2")
            .bind(edit.delivery)
            .bind(edit.version)
            .run(self)
            .await
    }

    /// Records that an edit failed and is tried again at `due`.
    pub async fn retry_post_edit(
        &mut self,
        edit: &PostEdit,
        due: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE post_edits SET due_at = $3, attempt_count = attempt_count + 1 \
             WHERE delivery = $1 AND version = $2",
        )
        .bind(edit.delivery)
        .bind(edit.version)
        .bind(to_bigint(due))
        .run(self)
        .await
    }
}
