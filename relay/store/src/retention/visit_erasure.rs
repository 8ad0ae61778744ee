//! Erasure of one visit: of all its words, as soon as they are not needed any more. The rule is
//! `domain::retention::VisitState::words_need`.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use yobirin_api::Millis;
use yobirin_domain::model::id::CallId;
use yobirin_domain::retention::{RetentionKind, VisitState};

use crate::transaction::RunStatement as _;
use crate::{StoreError, Transaction, read_number, read_optional, to_bigint};

impl Transaction {
    /// Marks a call of which an admin wants all words to be erased; false when there is none.
    pub async fn request_erasure(&mut self, call: CallId, now: Millis) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE calls SET erase_requested_at = COALESCE(erase_requested_at, $2) WHERE id = $1",
        )
        .bind(call.to_string())
        .bind(to_bigint(now))
        .changes(self)
        .await
    }

    /// Erases all words of the marked calls that do not need them any more; returns the others, which wait.
    pub async fn erase_requested(&mut self, now: Millis) -> Result<Vec<String>, StoreError> {
        let marked = sqlx::query(
            "SELECT c.id, c.expires_at, c.asks_for_answer, c.missed_check_at, x.cancelled_at, c.revoked_at, \
                (SELECT COUNT(*) FROM deliveries d WHERE d.call_id = c.id AND d.state LIKE '%\"delivered\"%') \
                    AS arrived_deliveries, \
                (SELECT COUNT(*) FROM deliveries d WHERE d.call_id = c.id AND d.is_open = 1) AS open_deliveries, \
                (SELECT COUNT(*) FROM post_edits e JOIN deliveries d ON d.number = e.delivery \
                    WHERE d.call_id = c.id AND e.is_open = 1) AS open_edits, \
                (SELECT COUNT(*) FROM answers a WHERE a.call_id = c.id AND a.withdrawn_at IS NULL) AS answers \
             FROM calls c LEFT JOIN cancellations x ON x.call_id = c.id AND x.device_id = c.device_id \
             WHERE c.erase_requested_at IS NOT NULL AND \
                (c.visitor_erased_at IS NULL OR c.messages_erased_at IS NULL OR c.answers_erased_at IS NULL)",
        )
        .fetch_all(self.connection())
        .await?;
        let mut waiting = Vec::new();
        for row in &marked {
            let call: String = row.try_get("id")?;
            if read_state(row)?.words_need(now).is_some() {
                waiting.push(call);
                continue;
            }
            for kind in RetentionKind::WORDS {
                self.erase(kind, &call, now).await?;
            }
            // The events of the tablet hold the words of answers.
            sqlx::query(
                "DELETE FROM events WHERE device_id = (SELECT device_id FROM calls WHERE id = $1) \
                 AND event LIKE '{\"answer\":{\"call\":\"' || $1 || '%'",
            )
            .bind(call)
            .run(self)
            .await?;
        }
        Ok(waiting)
    }
}

fn read_state(row: &AnyRow) -> Result<VisitState, sqlx::Error> {
    Ok(VisitState {
        expires: read_number(row, "expires_at")?,
        asks_for_answer: read_number(row, "asks_for_answer")? > 0,
        has_arrived: read_number(row, "arrived_deliveries")? > 0,
        has_open_delivery: read_number(row, "open_deliveries")? > 0,
        has_open_edit: read_number(row, "open_edits")? > 0,
        has_open_task: read_optional(row, "missed_check_at")?.is_some(),
        is_answered: read_number(row, "answers")? > 0,
        cancelled: read_optional(row, "cancelled_at")?,
        is_revoked: read_optional(row, "revoked_at")?.is_some(),
    })
}
