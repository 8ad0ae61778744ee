//! Posts of calls that are to be edited in place, so that they show the outcome of the call. An edit is not a message:
//! repeating it changes nothing.

use yobirin_api::Millis;
use yobirin_api::call::{Answer, Call};
use yobirin_domain::model::delivery::{DeliveryState, MISSED_TASK_INDEX};
use yobirin_domain::model::id::{CallId, MessageId, RoomId};

use super::transaction::RunStatement as _;
use super::{
    Store, StoreError, Transaction, answers, deliveries, from_bigint, readable, to_bigint,
};

/// Edit to do.
#[derive(Clone, Debug)]
pub struct PostEdit {
    /// The delivery whose post is edited.
    delivery: i64,
    /// Version of the outcome.
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
    /// Heading of an answered call, with placeholders, as the tablet sent it.
    pub answered: Option<String>,
    /// Answer that the post shall show.
    pub answer: Option<Answer>,
    /// Heading of a missed visit, with its placeholder, and the time at which it was missed.
    pub missed: Option<(String, Millis)>,
}

/// Delivery, version, failed attempts, call, index, text and state of the delivery, request of the call.
type Row = (i64, i64, i64, String, i64, String, String, String);

impl Store {
    /// Returns the next edit that is due.
    pub async fn next_post_edit(&self, now: Millis) -> Result<Option<PostEdit>, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT e.delivery, e.version, e.attempt_count, c.id, d.delivery_index, d.body, d.state, c.request \
             FROM post_edits e JOIN deliveries d ON d.number = e.delivery JOIN calls c ON c.id = d.call_id \
             WHERE e.is_open = 1 AND e.due_at <= $1 ORDER BY e.due_at, e.delivery LIMIT 1",
        )
        .bind(to_bigint(now))
        .fetch_optional(self.read().await?)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let post = readable(self.edited_post(&row).await)?.flatten();
        Ok(Some(PostEdit {
            delivery: row.0,
            version: row.1,
            attempt_count: from_bigint(row.2),
            post,
        }))
    }

    async fn edited_post(&self, row: &Row) -> Result<Option<EditedPost>, StoreError> {
        let (.., call, index, posted, state, request) = row;
        let (call, request) = (
            super::parse_id(call)?,
            serde_json::from_str::<Call>(request)?,
        );
        let DeliveryState::Delivered { message, room, .. } = serde_json::from_str(state)? else {
            return Ok(None);
        };
        let sent = request.message_of(deliveries::index(*index));
        let answers = self.answers_of(call).await?;
        Ok(Some(EditedPost {
            call,
            room,
            message,
            posted: posted.clone(),
            answered: sent.and_then(|sent| sent.answered.map(str::to_owned)),
            answer: answers::to_show(call, &answers),
            missed: self
                .missed_at(call)
                .await?
                .and_then(|at| Some((request.missed?.unanswered, at))),
        }))
    }

    /// Returns the time at which the next edit is due.
    pub async fn next_post_edit_due(&self) -> Result<Option<Millis>, StoreError> {
        let due: Option<i64> =
            sqlx::query_scalar("SELECT MIN(due_at) FROM post_edits WHERE is_open = 1")
                .fetch_one(self.read().await?)
                .await?;
        Ok(due.map(from_bigint))
    }
}

impl Transaction {
    /// Plans to edit every post of a call, because its outcome has changed.
    pub async fn plan_post_edits(&mut self, call: CallId) -> Result<(), StoreError> {
        for delivery in self.deliveries_of(call).await? {
            let is_missed_visit = delivery.index >= MISSED_TASK_INDEX;
            if is_missed_visit || !matches!(delivery.state, DeliveryState::Delivered { .. }) {
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

    /// Records that an edit was done or given up. An edit that was planned anew meanwhile stays open.
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
