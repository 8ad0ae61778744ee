//! A PostgreSQL that says nothing at all, behind a network that has come apart: nobody waits for a
//! statement of theirs for longer than this, and the connection is not used again. A file answers in
//! its own time, however slow the disk is.

use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use sqlx::any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Describe, Either, Error, Execute, Executor, SqlStr};
use tokio::time;

/// For one statement: longer than it may wait for another relay, which the server counts itself.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);

type QueryStep = Result<Either<AnyQueryResult, AnyRow>, Error>;

/// How long to wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatementTimeout(Option<Duration>);

impl StatementTimeout {
    /// With a server, or with a file.
    pub(super) fn with(is_server: bool) -> Self {
        Self(is_server.then_some(STATEMENT_TIMEOUT))
    }

    /// The answer, unless it takes too long.
    pub(super) async fn wait<T>(
        self,
        answer: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        match self.0 {
            None => answer.await,
            // What a pool says that has no connection in time.
            Some(limit) => time::timeout(limit, answer)
                .await
                .unwrap_or(Err(Error::PoolTimedOut)),
        }
    }
}

/// A connection whose every statement is waited for with patience.
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

/// The connections through which is read.
#[derive(Clone, Debug)]
pub(super) struct ReadPool {
    pool: AnyPool,
    timeout: StatementTimeout,
}

impl ReadPool {
    pub(super) fn new(pool: AnyPool, timeout: StatementTimeout) -> Self {
        Self { pool, timeout }
    }

    /// A connection to look at.
    #[cfg(test)]
    pub(super) async fn acquire(&self) -> Result<PoolConnection<Any>, Error> {
        self.pool.acquire().await
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// One that did not answer in time is closed instead of going back to its pool.
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
