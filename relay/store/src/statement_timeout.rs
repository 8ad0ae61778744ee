//! A PostgreSQL that says nothing at all, behind a network that has come apart: nobody waits for a
//! statement of theirs for longer than this, and the connection is not used again. A file answers in
//! its own time, however slow the disk is.

use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use sqlx::any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Describe, Either, Error, Execute, Executor, SqlStr};
use tokio::time::timeout;

/// For one statement: longer than it may wait for another relay, which the server counts itself.
const ANSWER: Duration = Duration::from_secs(10);

type Step = Result<Either<AnyQueryResult, AnyRow>, Error>;

/// How long to wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatementTimeout(Option<Duration>);

impl StatementTimeout {
    /// With a server, or with a file.
    pub(super) fn with(is_server: bool) -> Self {
        Self(is_server.then_some(ANSWER))
    }

    /// The answer, unless it takes too long.
    pub(super) async fn wait<T>(
        self,
        answer: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        match self.0 {
            None => answer.await,
            // What a pool says that has no connection in time.
            Some(most) => timeout(most, answer)
                .await
                .unwrap_or(Err(Error::PoolTimedOut)),
        }
    }
}

/// A connection whose every statement is waited for with patience.
#[derive(Debug)]
pub(super) struct TimedConnection<'c> {
    connection: &'c mut AnyConnection,
    patience: StatementTimeout,
}

impl<'c> TimedConnection<'c> {
    pub(super) fn new(connection: &'c mut AnyConnection, patience: StatementTimeout) -> Self {
        Self {
            connection,
            patience,
        }
    }
}

impl<'c> Executor<'c> for TimedConnection<'c> {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Step>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let Self {
            connection,
            patience,
        } = self;
        let steps = async move { Ok(connection.fetch_many(query).collect().await) };
        one_by_one(patience.wait(steps))
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<AnyRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        Box::pin(self.patience.wait(self.connection.fetch_optional(query)))
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
            self.patience
                .wait(self.connection.prepare_with(sql, parameters)),
        )
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Any>, Error>>
    where
        'c: 'e,
    {
        Box::pin(self.patience.wait(self.connection.describe(sql)))
    }
}

/// The connections through which is read.
#[derive(Clone, Debug)]
pub(super) struct ReadPool {
    pool: AnyPool,
    patience: StatementTimeout,
}

impl ReadPool {
    pub(super) fn new(pool: AnyPool, patience: StatementTimeout) -> Self {
        Self { pool, patience }
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
fn give_back<T>(mut lent: PoolConnection<Any>, answer: &Result<T, Error>) {
    if matches!(answer, Err(Error::PoolTimedOut)) {
        lent.close_on_drop();
    }
}

impl<'p> Executor<'p> for &'p ReadPool {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Step>
    where
        'p: 'e,
        E: 'q + Execute<'q, Any>,
    {
        one_by_one(async move {
            let mut lent = self.pool.acquire().await?;
            let steps = async { Ok(lent.fetch_many(query).collect().await) };
            let answer = self.patience.wait(steps).await;
            give_back(lent, &answer);
            answer
        })
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<AnyRow>, Error>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Any>,
    {
        Box::pin(async move {
            let mut lent = self.pool.acquire().await?;
            let answer = self.patience.wait(lent.fetch_optional(query)).await;
            give_back(lent, &answer);
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
            let mut lent = self.pool.acquire().await?;
            let answer = self.patience.wait(lent.prepare_with(sql, parameters)).await;
            give_back(lent, &answer);
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

fn one_by_one<'e>(
    steps: impl Future<Output = Result<Vec<Step>, Error>> + Send + 'e,
) -> BoxStream<'e, Step> {
    let steps = stream::once(steps);
    let steps =
        steps.flat_map(|steps| stream::iter(steps.unwrap_or_else(|error| vec![Err(error)])));
    steps.boxed()
}
