//! Connection for writing. It stays open between transactions: acquiring it from a pool, and returning it,
//! takes longer than a small transaction.

use std::time::Duration;

use sqlx::any::AnyConnectOptions;
use sqlx::error::DatabaseError;
use sqlx::{AnyConnection, ConnectOptions as _, Connection as _, Executor as _, Row as _};
use tokio::time::timeout;

use super::postgres::statement_timeout::StatementTimeout;
use super::{StoreError, from_bigint};

/// Timeout of connecting.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Connection for transactions, one at a time.
pub(super) struct Writer {
    options: AnyConnectOptions,
    /// Statements that set a new connection up.
    session: &'static str,
    statement_timeout: StatementTimeout,
    connection: Option<AnyConnection>,
}

impl Writer {
    pub(super) fn new(
        options: AnyConnectOptions,
        session: &'static str,
        statement_timeout: StatementTimeout,
    ) -> Self {
        Self {
            options,
            session,
            statement_timeout,
            connection: None,
        }
    }

    /// Begins a transaction. Returns its connection and the counter, which `begin` selects. A lost connection
    /// is replaced.
    pub(super) async fn begin(
        &mut self,
        begin: &'static str,
    ) -> Result<(AnyConnection, u64), StoreError> {
        if let Some(mut kept) = self.connection.take() {
            match self
                .statement_timeout
                .wait(begin_and_read_counter(&mut kept, begin))
                .await
            {
                Ok(number) => return Ok((kept, number)),
                // Another relay holds the lock. A new connection would wait as long.
                Err(error) if is_lock_timeout(&error) => return Err(error.into()),
                Err(error) => tracing::debug!(%error, "write connection lost; reconnecting"),
            }
        }
        let mut new = self.connect().await?;
        let number = self
            .statement_timeout
            .wait(begin_and_read_counter(&mut new, begin))
            .await?;
        Ok((new, number))
    }

    /// Opens a connection.
    pub(super) async fn connect(&mut self) -> Result<AnyConnection, StoreError> {
        let connecting = async {
            let mut connection = self.options.connect().await?;
            connection.execute(self.session).await?;
            Ok(connection)
        };
        timeout(CONNECT_TIMEOUT, connecting)
            .await
            .unwrap_or(Err(sqlx::Error::PoolTimedOut))
            .map_err(StoreError::from)
    }

    pub(super) fn statement_timeout(&self) -> StatementTimeout {
        self.statement_timeout
    }

    /// Keeps the connection of a committed transaction for the next one.
    pub(super) fn keep(&mut self, connection: AnyConnection) {
        self.connection = Some(connection);
    }

    /// Closes the connection.
    pub(super) async fn close(&mut self) {
        if let Some(connection) = self.connection.take() {
            // The connection is not used again, so a failure changes nothing.
            let _ = connection.close().await;
        }
    }
}

async fn begin_and_read_counter(
    connection: &mut AnyConnection,
    begin: &'static str,
) -> Result<u64, sqlx::Error> {
    let rows = connection.fetch_all(begin).await?;
    let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
    Ok(from_bigint(row.try_get(0)?))
}

/// True for PostgreSQL's `lock_not_available`.
fn is_lock_timeout(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.as_deref() == Some("55P03")
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer")
    }
}
