//! The connection to Chatwork: the sealed token and whose it is.

use yobirin_api::Millis;
use yobirin_api::chatwork::Bot;

use super::{Store, StoreError, Write, millis, sql};

/// A connection as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct KeptConnection {
    /// The token, encrypted; see `seal`.
    pub sealed_token: String,
    /// Whose it is.
    pub bot: Bot,
    /// Connected since.
    pub since: Millis,
    /// Refused since, when Chatwork no longer takes the token.
    pub refused: Option<Millis>,
}

impl Store {
    /// The connection, if there is one.
    pub(crate) async fn connection(&self) -> Result<Option<KeptConnection>, StoreError> {
        let row: Option<(String, String, i64, Option<i64>)> =
            sqlx::query_as("SELECT sealed_token, bot, since, refused_since FROM connection")
                .fetch_optional(&self.reads)
                .await?;
        row.map(|(sealed_token, bot, since, refused)| {
            Ok(KeptConnection {
                sealed_token,
                bot: serde_json::from_str(&bot)?,
                since: millis(since),
                refused: refused.map(millis),
            })
        })
        .transpose()
    }
}

impl Write {
    /// Keeps a connection in place of the one before.
    pub(crate) async fn set_connection(&mut self, new: &KeptConnection) -> Result<(), StoreError> {
        self.forget_connection().await?;
        sqlx::query(
            "INSERT INTO connection (id, sealed_token, bot, since, refused_since) \
             VALUES (1, $1, $2, $3, $4)",
        )
        .bind(new.sealed_token.as_str())
        .bind(serde_json::to_string(&new.bot)?)
        .bind(sql(new.since))
        .bind(new.refused.map(sql))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Notes that Chatwork refuses the token that was connected then; a newer one is not meant.
    pub(crate) async fn connection_refused(
        &mut self,
        since: Millis,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE connection SET refused_since = $1 WHERE since = $2")
            .bind(sql(now))
            .bind(sql(since))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Forgets the token.
    pub(crate) async fn forget_connection(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM connection")
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
