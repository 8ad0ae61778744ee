//! Statement timeout for PostgreSQL, so that a network partition cannot hang the relay. A connection that
//! timed out is not used again. SQLite has no timeout: a file answers, however slow its disk is.

use std::fmt::Debug;
use std::ops::DerefMut;
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use sqlx::any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, Either, Error, Execute, Executor, SqlStr};
use tokio::time;

/// Timeout of one statement: longer than the lock timeout, which the server enforces itself.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);

type QueryStep = Result<Either<AnyQueryResult, AnyRow>, Error>;

/// Timeout of a statement; `None` waits without limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StatementTimeout(Option<Duration>);

impl StatementTimeout {
    /// Returns the timeout of a server, or none for a file.
    pub(crate) fn with(is_server: bool) -> Self {
        Self(is_server.then_some(STATEMENT_TIMEOUT))
    }

    /// Awaits the result. A timeout is reported as [`Error::PoolTimedOut`].
    pub(crate) async fn wait<T>(
        self,
        result: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        match self.0 {
            None => result.await,
            Some(limit) => time::timeout(limit, result)
                .await
                .unwrap_or(Err(Error::PoolTimedOut)),
        }
    }
}

/// Connection for one statement, which is given up after the timeout.
#[derive(Debug)]
pub(crate) struct TimedConnection<C> {
    connection: C,
    timeout: StatementTimeout,
}

impl<C> TimedConnection<C> {
    pub(crate) fn new(connection: C, timeout: StatementTimeout) -> Self {
        Self {
            connection,
            timeout,
        }
    }
}

/// Connection whose result may be given up.
pub(crate) trait Discard: DerefMut<Target = AnyConnection> + Debug + Send {
    /// Closes the connection instead of using it again.
    fn discard(&mut self);
}

impl Discard for PoolConnection<Any> {
    fn discard(&mut self) {
        self.close_on_drop();
    }
}

impl Discard for &mut AnyConnection {
    /// Does nothing: a transaction closes its connection unless it is committed.
    fn discard(&mut self) {}
}

fn discard_if_timed_out<T>(connection: &mut impl Discard, result: &Result<T, Error>) {
    if matches!(result, Err(Error::PoolTimedOut)) {
        connection.discard();
    }
}

impl<'c, C: Discard + 'c> Executor<'c> for TimedConnection<C> {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(mut self, query: E) -> BoxStream<'e, QueryStep>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let result = async move {
            let steps = async { Ok(self.connection.fetch_many(query).collect::<Vec<_>>().await) };
            let result = self.timeout.wait(steps).await;
            discard_if_timed_out(&mut self.connection, &result);
            result
        };
        let steps = stream::once(result);
        let steps =
            steps.flat_map(|steps| stream::iter(steps.unwrap_or_else(|error| vec![Err(error)])));
        steps.boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(
        mut self,
        query: E,
    ) -> BoxFuture<'e, Result<Option<AnyRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        Box::pin(async move {
            let row = self.connection.fetch_optional(query);
            let result = self.timeout.wait(row).await;
            discard_if_timed_out(&mut self.connection, &result);
            result
        })
    }

    // The store prepares no statement by itself.
    fn prepare_with<'e>(
        mut self,
        sql: SqlStr,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, Result<AnyStatement, Error>>
    where
        'c: 'e,
    {
        Box::pin(async move { self.connection.prepare_with(sql, parameters).await })
    }
}
