//! Erasure of one visit: of all its words, as soon as they are not needed any more. The rule is
//! `domain::retention::VisitFacts::words_need`.

use yobirin_api::Millis;
use yobirin_domain::model::id::CallId;
use yobirin_domain::retention::{RetentionKind, VisitFacts};

use crate::transaction::RunStatement as _;
use crate::{StoreError, Transaction, from_bigint, to_bigint};

/// Id and deadline of a call; whether it asks for an answer; the number of its arrived and of its open deliveries, of its
/// open edits, and of its answers that stand; the times of the decision about a missed visit, of the cancellation and of
/// the revocation.
type Row = (
    String,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
);

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
        let marked: Vec<Row> = sqlx::query_as(
            "SELECT c.id, c.expires_at, c.asks_for_answer, \
                (SELECT COUNT(*) FROM deliveries d WHERE d.call_id = c.id AND d.state LIKE '%\"delivered\"%'), \
                (SELECT COUNT(*) FROM deliveries d WHERE d.call_id = c.id AND d.is_open = 1), \
                (SELECT COUNT(*) FROM post_edits e JOIN deliveries d ON d.number = e.delivery \
                    WHERE d.call_id = c.id AND e.is_open = 1), \
                (SELECT COUNT(*) FROM answers a WHERE a.call_id = c.id AND a.withdrawn_at IS NULL), \
                c.missed_check_at, x.cancelled_at, c.revoked_at \
             FROM calls c LEFT JOIN cancellations x ON x.call_id = c.id AND x.device_id = c.device_id \
             WHERE c.erase_requested_at IS NOT NULL AND \
                (c.visitor_erased_at IS NULL OR c.messages_erased_at IS NULL OR c.answers_erased_at IS NULL)",
        )
        .fetch_all(self.connection())
        .await?;
        let mut waiting = Vec::new();
        for row in marked {
            if facts(&row).words_need(now).is_some() {
                waiting.push(row.0);
                continue;
            }
            for kind in RetentionKind::WORDS {
                self.erase(kind, &row.0, now).await?;
            }
            // The events of the tablet hold the words of answers.
            sqlx::query(
                "DELETE FROM events WHERE device_id = (SELECT device_id FROM calls WHERE id = $1) \
                 AND event LIKE '{\"answer\":{\"call\":\"' || $1 || '%'",
            )
            .bind(row.0)
            .run(self)
            .await?;
        }
        Ok(waiting)
    }
}

fn facts(row: &Row) -> VisitFacts {
    let (_, expires, asks, arrived, open, edits, answers, decision, cancelled, revoked) = *row;
    VisitFacts {
        expires: from_bigint(expires),
        asks_for_answer: asks > 0,
        has_arrived: arrived > 0,
        has_open_delivery: open > 0,
        has_open_edit: edits > 0,
        has_open_task: decision.is_some(),
        is_answered: answers > 0,
        cancelled: cancelled.map(from_bigint),
        is_revoked: revoked.is_some(),
    }
}
