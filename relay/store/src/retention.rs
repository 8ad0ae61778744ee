//! Retention: erases words by kind, once each, and deletes calls. A call that is being delivered, answered or cancelled is
//! erased after it has ended. The rules are those of `domain::retention`.

mod visit_erasure;

use yobirin_api::Millis;
use yobirin_api::call::Call;
use yobirin_domain::model::retention::Retention;
use yobirin_domain::retention::{LAST_ANSWER_MILLIS, RetentionKind, cutoff};

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, to_bigint};

/// Selects a batch of calls that meet a condition, whose retention began at `$2` or earlier, and that have ended: nothing
/// of them is open, and `$1`, the time [`LAST_ANSWER_MILLIS`] ago, is not before their deadline. A batch is small, because
/// new calls wait for the transaction that erases it.
macro_rules! select_expired {
    ($condition:literal) => {
        concat!(
            "SELECT c.id FROM calls c WHERE ",
            $condition,
            "c.kept_from <= $2 AND c.expires_at <= $1 AND c.missed_check_at IS NULL \
             AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.call_id = c.id AND d.is_open = 1) \
             ORDER BY c.kept_from LIMIT 100"
        )
    };
}

/// Statements that count the records of each kind, in the order of [`RetentionKind::ALL`], whose retention began at `$1`
/// or earlier.
const COUNTS: [&str; 4] = [
    "SELECT COUNT(*) FROM calls WHERE visitor_erased_at IS NULL AND kept_from <= $1",
    "SELECT COUNT(*) FROM deliveries d JOIN calls c ON c.id = d.call_id \
     WHERE c.messages_erased_at IS NULL AND c.kept_from <= $1",
    "SELECT COUNT(*) FROM answers a JOIN calls c ON c.id = a.call_id \
     WHERE c.answers_erased_at IS NULL AND c.kept_from <= $1",
    "SELECT COUNT(*) FROM calls WHERE kept_from <= $1",
];

impl Store {
    /// Counts the records of each kind that this retention, as applied, would erase at `now`, or as soon as their call has
    /// ended.
    pub async fn count_expired(
        &self,
        applied: &Retention,
        now: Millis,
    ) -> Result<[u64; 4], StoreError> {
        let mut counted = [0; 4];
        for ((kind, count), found) in RetentionKind::ALL.into_iter().zip(COUNTS).zip(&mut counted) {
            let until = to_bigint(cutoff(applied, kind, now));
            let query = sqlx::query_scalar(count).bind(until);
            *found = from_bigint(query.fetch_one(self.read().await?).await?);
        }
        Ok(counted)
    }

    /// Writes SQLite's log into the database and empties it. Otherwise erased words stay in it for a while.
    pub async fn empty_log(&self) -> Result<(), StoreError> {
        if !self.is_cluster() {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .fetch_all(self.read().await?)
                .await?;
        }
        Ok(())
    }
}

impl Transaction {
    /// Erases the records of one kind for a batch of calls whose retention began at `until` or earlier. Returns the number
    /// of calls; more may be left.
    pub async fn erase_expired(
        &mut self,
        kind: RetentionKind,
        until: Millis,
        now: Millis,
    ) -> Result<usize, StoreError> {
        let expired = match kind {
            RetentionKind::Visitors => select_expired!("c.visitor_erased_at IS NULL AND "),
            RetentionKind::Messages => select_expired!("c.messages_erased_at IS NULL AND "),
            RetentionKind::Answers => select_expired!("c.answers_erased_at IS NULL AND "),
            RetentionKind::Counts => select_expired!(""),
        };
        let calls: Vec<String> = sqlx::query_scalar(expired)
            .bind(to_bigint(now.saturating_sub(LAST_ANSWER_MILLIS)))
            .bind(to_bigint(until))
            .fetch_all(self.connection())
            .await?;
        for call in &calls {
            self.erase(kind, call, now).await?;
        }
        Ok(calls.len())
    }

    /// Corrects the times from which retention counts after the clock was set: a time ahead of the clock counts as `now`
    /// until the clock has passed it.
    pub async fn repair_kept_from(&mut self, now: Millis) -> Result<(), StoreError> {
        for statement in [
            "UPDATE calls SET kept_from = kept_from_ahead, kept_from_ahead = NULL WHERE kept_from_ahead <= $1",
            "UPDATE calls SET kept_from_ahead = COALESCE(kept_from_ahead, kept_from), kept_from = $1 \
             WHERE kept_from > $1",
        ] {
            sqlx::query(statement)
                .bind(to_bigint(now))
                .run(self)
                .await?;
        }
        Ok(())
    }

    async fn erase(
        &mut self,
        kind: RetentionKind,
        call: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        if matches!(kind, RetentionKind::Visitors | RetentionKind::Messages) {
            let request: String = sqlx::query_scalar("SELECT request FROM calls WHERE id = $1")
                .bind(call)
                .fetch_one(self.connection())
                .await?;
            let request = match serde_json::from_str::<Call>(&request) {
                Ok(mut call) => {
                    call.erase_words(kind);
                    serde_json::to_string(&call)?
                }
                // An unreadable call is erased whole.
                Err(_) => "{}".to_owned(),
            };
            sqlx::query("UPDATE calls SET request = $2 WHERE id = $1")
                .bind(call)
                .bind(request)
                .run(self)
                .await?;
        }
        let statements: &[&'static str] = match kind {
            RetentionKind::Visitors => &[],
            RetentionKind::Messages => &["UPDATE deliveries SET body = '' WHERE call_id = $1"],
            RetentionKind::Answers => &[
                "UPDATE answers SET author = 0, shown_author = '\"erased\"', words = '' WHERE call_id = $1",
            ],
            // The other rows of a call, such as its deliveries, are deleted with it.
            RetentionKind::Counts => &[
                "DELETE FROM cancellations WHERE call_id = $1",
                "DELETE FROM calls WHERE id = $1",
            ],
        };
        for statement in statements {
            sqlx::query(*statement).bind(call).run(self).await?;
        }
        let mark = match kind {
            RetentionKind::Visitors => "UPDATE calls SET visitor_erased_at = $2 WHERE id = $1",
            RetentionKind::Messages => "UPDATE calls SET messages_erased_at = $2 WHERE id = $1",
            RetentionKind::Answers => "UPDATE calls SET answers_erased_at = $2 WHERE id = $1",
            RetentionKind::Counts => return Ok(()),
        };
        sqlx::query(mark)
            .bind(call)
            .bind(to_bigint(now))
            .run(self)
            .await
    }
}
