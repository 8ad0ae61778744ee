//! Retention: erases the words of visitors and hosts, and deletes expired rows. Calls, deliveries and attempts stay, so
//! that they can be counted.

use yobirin_api::Millis;
use yobirin_api::call::Call;
use yobirin_domain::model::call::Visitor;

use super::transaction::RunStatement as _;
use super::{StoreError, Transaction, to_bigint};

/// Calls that are erased in one transaction.
const ERASE_BATCH_SIZE: i64 = 500;

impl Transaction {
    /// Erases visitors' words, the messages and the answers of calls accepted before `before`. Number of people and
    /// language stay. Returns the number of calls; more may be left after a full batch.
    pub async fn erase_personal_data(
        &mut self,
        before: Millis,
        now: Millis,
    ) -> Result<usize, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT c.id, c.request FROM calls c \
             WHERE c.erased_at IS NULL AND c.accepted_at < $1 \
               AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.call_id = c.id AND d.is_open = 1) \
             ORDER BY c.accepted_at LIMIT $2",
        )
        .bind(to_bigint(before))
        .bind(ERASE_BATCH_SIZE)
        .fetch_all(self.connection())
        .await?;
        for (id, request) in &rows {
            let erased = match serde_json::from_str(request) {
                Ok(call) => serde_json::to_string(&without_personal_data(call))?,
                // An unreadable call is erased whole.
                Err(_) => "{}".to_owned(),
            };
            sqlx::query("UPDATE calls SET request = $2, erased_at = $3 WHERE id = $1")
                .bind(id.as_str())
                .bind(erased)
                .bind(to_bigint(now))
                .run(self)
                .await?;
            for statement in [
                "UPDATE deliveries SET body = '' WHERE call_id = $1",
                "UPDATE answers SET author = 0, shown_author = '\"colleague\"', words = '' WHERE call_id = $1",
            ] {
                sqlx::query(statement).bind(id.as_str()).run(self).await?;
            }
        }
        Ok(rows.len())
    }

    /// Deletes events and notices from before `before`: streams resume after minutes, not after days.
    pub async fn prune_events(&mut self, before: Millis) -> Result<(), StoreError> {
        for statement in [
            "DELETE FROM events WHERE created_at < $1",
            "DELETE FROM cluster_notices WHERE created_at < $1",
        ] {
            sqlx::query(statement)
                .bind(to_bigint(before))
                .run(self)
                .await?;
        }
        Ok(())
    }

    /// Deletes expired pairing codes and requests.
    pub async fn prune_pairing_codes(&mut self, now: Millis) -> Result<(), StoreError> {
        for statement in [
            "DELETE FROM pairing_codes WHERE expires_at <= $1",
            "DELETE FROM pairing_requests WHERE expires_at <= $1",
        ] {
            sqlx::query(statement)
                .bind(to_bigint(now))
                .run(self)
                .await?;
        }
        Ok(())
    }
}

fn without_personal_data(mut call: Call) -> Call {
    call.visitor = Visitor {
        people: call.visitor.people,
        language: call.visitor.language,
        ..Visitor::default()
    };
    for outgoing in call.deliveries.iter_mut().chain(&mut call.fallback) {
        outgoing.text.clear();
        outgoing.retraction = None;
    }
    for later in &mut call.later {
        later.text.clear();
        later.retraction = None;
    }
    if let Some(missed) = &mut call.missed {
        missed.text.clear();
    }
    call
}
