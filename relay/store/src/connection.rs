//! The connection to Chatwork: the sealed token and whose it is.

use yobirin_api::Millis;
use yobirin_api::chatwork::{Bot, Outage};

use super::{Store, StoreError, Transaction, millis, sql};

type Columns = (String, String, i64, Option<i64>, Option<i64>, Option<i64>);

/// A connection as it is kept.
#[derive(Clone, Debug)]
pub struct ConnectionRow {
    /// The token, encrypted; see `seal`.
    pub encrypted_token: String,
    /// Whose it is.
    pub bot: Bot,
    /// Connected since.
    pub since: Millis,
    /// Refused since, when Chatwork no longer takes the token.
    pub refused: Option<Millis>,
    /// The last time in which Chatwork refused the token and then took it again.
    pub outage: Option<Outage>,
}

impl Store {
    /// The connection, if there is one.
    pub async fn connection(&self) -> Result<Option<ConnectionRow>, StoreError> {
        let row: Option<Columns> = sqlx::query_as(
            "SELECT encrypted_token, bot, connected_at, refused_since, outage_since, outage_until \
             FROM chatwork_connection",
        )
        .fetch_optional(&self.reads)
        .await?;
        row.map(|(encrypted_token, bot, since, refused, from, until)| {
            let outage = from.zip(until).map(|(since, until)| Outage {
                since: millis(since),
                until: millis(until),
            });
            Ok(ConnectionRow {
                encrypted_token,
                bot: serde_json::from_str(&bot)?,
                since: millis(since),
                refused: refused.map(millis),
                outage,
            })
        })
        .transpose()
    }
}

impl Transaction {
    /// Keeps a connection in place of the one before.
    pub async fn set_connection(&mut self, new: &ConnectionRow) -> Result<(), StoreError> {
        self.delete_connection().await?;
        sqlx::query(
            "INSERT INTO chatwork_connection (id, encrypted_token, bot, connected_at, refused_since) \
             VALUES (1, $1, $2, $3, $4)",
        )
        .bind(new.encrypted_token.as_str())
        .bind(serde_json::to_string(&new.bot)?)
        .bind(sql(new.since))
        .bind(new.refused.map(sql))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Notes that Chatwork refuses the token that was connected then; a newer one is not meant.
    pub async fn mark_token_refused(
        &mut self,
        since: Millis,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE chatwork_connection SET refused_since = $1 WHERE connected_at = $2")
            .bind(sql(now))
            .bind(sql(since))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Claims the next probe of the token that was connected then: true for one relay in each
    /// `interval`, while Chatwork refuses the token.
    pub async fn claim_probe(
        &mut self,
        since: Millis,
        interval: Millis,
        now: Millis,
    ) -> Result<bool, StoreError> {
        // A time ahead is of a clock that was set back.
        let done = sqlx::query(
            "UPDATE chatwork_connection SET probed_at = $1 WHERE connected_at = $2 AND refused_since IS NOT NULL \
             AND (probed_at IS NULL OR probed_at <= $3 OR probed_at > $1)",
        )
        .bind(sql(now))
        .bind(sql(since))
        .bind(sql(now.saturating_sub(interval)))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes that Chatwork takes the token that was connected then again. False when that is no news.
    pub async fn mark_token_accepted(
        &mut self,
        since: Millis,
        outage: Outage,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE chatwork_connection SET refused_since = NULL, outage_since = $2, outage_until = $3 \
             WHERE connected_at = $1 AND refused_since IS NOT NULL",
        )
        .bind(sql(since))
        .bind(sql(outage.since))
        .bind(sql(outage.until))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Forgets the token.
    pub async fn delete_connection(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM chatwork_connection")
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
