//! Row of the connection to Chatwork.

use yobirin_api::Millis;
use yobirin_api::chatwork::{Bot, Outage};

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, to_bigint};

type Columns = (String, String, i64, Option<i64>, Option<i64>, Option<i64>);

/// Connection to a Chatwork account.
#[derive(Clone, Debug)]
pub struct ConnectionRow {
    /// Encrypted token.
    pub encrypted_token: String,
    /// Account that the token belongs to.
    pub bot: Bot,
    /// Time of connecting, which identifies the connection.
    pub connected_at: Millis,
    /// Start of Chatwork's refusal of the token; `None` while Chatwork accepts it.
    pub refused_since: Option<Millis>,
    /// Latest outage: a time in which Chatwork refused the token, until it accepted it again.
    pub outage: Option<Outage>,
}

impl Store {
    /// Returns the connection.
    pub async fn connection(&self) -> Result<Option<ConnectionRow>, StoreError> {
        let row: Option<Columns> = sqlx::query_as(
            "SELECT encrypted_token, bot, connected_at, refused_since, outage_since, outage_until \
             FROM chatwork_connection",
        )
        .fetch_optional(self.read().await?)
        .await?;
        row.map(|(encrypted_token, bot, connected, refused, from, until)| {
            let outage = from.zip(until).map(|(from, until)| Outage {
                since: from_bigint(from),
                until: from_bigint(until),
            });
            Ok(ConnectionRow {
                encrypted_token,
                bot: serde_json::from_str(&bot)?,
                connected_at: from_bigint(connected),
                refused_since: refused.map(from_bigint),
                outage,
            })
        })
        .transpose()
    }
}

impl Transaction {
    /// Replaces the connection.
    pub async fn set_connection(
        &mut self,
        encrypted_token: &str,
        bot: &Bot,
        connected_at: Millis,
    ) -> Result<(), StoreError> {
        self.delete_connection().await?;
        sqlx::query(
            "INSERT INTO chatwork_connection (id, encrypted_token, bot, connected_at) \
             VALUES (1, $1, $2, $3)",
        )
        .bind(encrypted_token)
        .bind(serde_json::to_string(bot)?)
        .bind(to_bigint(connected_at))
        .run(self)
        .await
    }

    /// Records that Chatwork refuses the token that was connected at `connected_at`. A newer token is not affected.
    pub async fn mark_token_refused(
        &mut self,
        connected_at: Millis,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE chatwork_connection SET refused_since = $1 WHERE connected_at = $2")
            .bind(to_bigint(now))
            .bind(to_bigint(connected_at))
            .run(self)
            .await
    }

    /// Claims the next probe of the token that was connected at `connected_at`: true for one relay per `interval`,
    /// while Chatwork refuses the token.
    pub async fn claim_probe(
        &mut self,
        connected_at: Millis,
        interval: Millis,
        now: Millis,
    ) -> Result<bool, StoreError> {
        // A time in the future is from before the clock was set back.
        sqlx::query(
            "UPDATE chatwork_connection SET probed_at = $1 WHERE connected_at = $2 AND refused_since IS NOT NULL \
             AND (probed_at IS NULL OR probed_at <= $3 OR probed_at > $1)",
        )
        .bind(to_bigint(now))
        .bind(to_bigint(connected_at))
        .bind(to_bigint(now.saturating_sub(interval)))
        .changes(self)
        .await
    }

    /// Records that Chatwork accepts the token that was connected at `connected_at` again. False when the
    /// store has recorded that already.
    pub async fn mark_token_accepted(
        &mut self,
        connected_at: Millis,
        outage: Outage,
    ) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE chatwork_connection SET refused_since = NULL, outage_since = $2, outage_until = $3 \
             WHERE connected_at = $1 AND refused_since IS NOT NULL",
        )
        .bind(to_bigint(connected_at))
        .bind(to_bigint(outage.since))
        .bind(to_bigint(outage.until))
        .changes(self)
        .await
    }

    /// Deletes the connection.
    pub async fn delete_connection(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM chatwork_connection")
            .run(self)
            .await
    }
}
