//! Statement timeout for PostgreSQL, so that a network partition cannot hang the relay. A connection that
//! timed out is not used again. SQLite has no timeout: a file answers, however slow its disk is.

use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use sqlx::any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Describe, Either, Error, Execute, Executor, SqlStr};
use tokio::time;

/// Timeout of one statement: longer than the lock timeout, which the server enforces itself.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);

type QueryStep = Result<Either<AnyQueryResult, AnyRow>, Error>;

/// Timeout of a statement; `None` waits without limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatementTimeout(Option<Duration>);

impl StatementTimeout {
    /// Returns the timeout of a server, or none for a file.
    pub(super) fn with(is_server: bool) -> Self {
        Self(is_server.then_some(STATEMENT_TIMEOUT))
    }

    /// Awaits the answer. A timeout is reported as [`Error::PoolTimedOut`].
    pub(super) async fn wait<T>(
        self,
        answer: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        match self.0 {
            None => answer.await,
            Some(limit) => time::timeout(limit, answer)
                .await
                .unwrap_or(Err(Error::PoolTimedOut)),
        }
    }
}

/// Connection whose statements have the timeout.
#[derive(Debug)]
pub(super) struct TimedConnection<'c> {
    connection: &'c mut AnyConnection,
    timeout: StatementTimeout,
}

impl<'c> TimedConnection<'c> {
    pub(super) fn new(connection: &'c mut AnyConnection, timeout: StatementTimeout) -> Self {
        Self {
            connection,
            timeout,
        }
    }
}

impl<'c> Executor<'c> for TimedConnection<'c> {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, QueryStep>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let Self {
            connection,
            timeout,
        } = self;
        let steps = async move { Ok(connection.fetch_many(query).collect().await) };
        stream_of(timeout.wait(steps))
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<AnyRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        Box::pin(self.timeout.wait(self.connection.fetch_optional(query)))
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, Result<AnyStatement, Error>>
    where
        'c: 'e,
    {
        Box::pin(
            self.timeout
                .wait(self.connection.prepare_with(sql, parameters)),
        )
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Any>, Error>>
    where
        'c: 'e,
    {
        Box::pin(self.timeout.wait(self.connection.describe(sql)))
    }
}

/// Pool of read connections whose statements have the timeout.
#[derive(Clone, Debug)]
pub(super) struct ReadPool {
    pool: AnyPool,
    timeout: StatementTimeout,
}

impl ReadPool {
    pub(super) fn new(pool: AnyPool, timeout: StatementTimeout) -> Self {
        Self { pool, timeout }
    }

    /// Acquires a connection.
    #[cfg(test)]
    pub(super) async fn acquire(&self) -> Result<PoolConnection<Any>, Error> {
        self.pool.acquire().await
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// Closes a connection that timed out, instead of returning it to its pool.
fn close_if_timed_out<T>(mut connection: PoolConnection<Any>, answer: &Result<T, Error>) {
    if matches!(answer, Err(Error::PoolTimedOut)) {
        connection.close_on_drop();
    }
}

impl<'p> Executor<'p> for &'p ReadPool {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, QueryStep>
    where
        'p: 'e,
        E: 'q + Execute<'q, Any>,
    {
        stream_of(async move {
            let mut connection = self.pool.acquire().await?;
            let steps = async { Ok(connection.fetch_many(query).collect().await) };
            let answer = self.timeout.wait(steps).await;
            close_if_timed_out(connection, &answer);
            answer
        })
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<AnyRow>, Error>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Any>,
    {
        Box::pin(async move {
            let mut connection = self.pool.acquire().await?;
            let answer = self.timeout.wait(connection.fetch_optional(query)).await;
            close_if_timed_out(connection, &answer);
            answer
        })
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, Result<AnyStatement, Error>>
    where
        'p: 'e,
    {
        Box::pin(async move {
            let mut connection = self.pool.acquire().await?;
            let answer = self
                .timeout
                .wait(connection.prepare_with(sql, parameters))
                .await;
            close_if_timed_out(connection, &answer);
            answer
        })
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Any>, Error>>
    where
        'p: 'e,
    {
        Box::pin(async move { self.pool.acquire().await?.describe(sql).await })
    }
}

fn stream_of<'e>(
    steps: impl Future<Output = Result<Vec<QueryStep>, Error>> + Send + 'e,
) -> BoxStream<'e, QueryStep> {
    let steps = stream::once(steps);
    let steps =
        steps.flat_map(|steps| stream::iter(steps.unwrap_or_else(|error| vec![Err(error)])));
    steps.boxed()
}
