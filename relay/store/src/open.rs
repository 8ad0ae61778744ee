//! Opens the database: durable connections, and the schema migrated.

use std::path::Path;
use std::sync::{Arc, Once};
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool, Connection as _, Executor as _, SqlSafeStr as _};
use tokio::sync::{Mutex, Notify};

use super::availability::WriteHealth;
use super::database::DatabaseUrl;
use super::postgres::cluster::{self, Cluster};
use super::postgres::statement_timeout::{StatementTimeout, TimedConnection};
use super::writer::{CONNECT_TIMEOUT, Writer};
use super::{Store, StoreError, postgres};
use crate::CommitListener;

/// Settings of every SQLite connection. `synchronous = FULL`: an acknowledged commit survives a power cut.
/// `secure_delete`, and temporary files in memory: erased data does not stay on the disk.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON; \
    PRAGMA temp_store = MEMORY;";

/// Number of connections for reading.
const READ_CONNECTIONS: u32 = 4;
/// Idle time after which a pooled connection is pinged before use.
const PING_AFTER_IDLE: Duration = Duration::from_secs(1);

impl Store {
    /// Opens a database file, creating it if needed.
    pub async fn open_file(
        file: &Path,
        relay_name: &str,
        listener: CommitListener,
    ) -> Result<Self, StoreError> {
        Self::open(&file_url(file)?, PRAGMAS, relay_name, listener, None).await
    }

    /// Opens a PostgreSQL that other relays may use as well.
    pub async fn open_postgres(
        url: &DatabaseUrl,
        relay_name: &str,
        listener: CommitListener,
    ) -> Result<Self, StoreError> {
        postgres::preflight::connect_once(url).await?;
        let cluster = Cluster {
            url: url.clone(),
            own_commits: Arc::new(Notify::new()),
        };
        Self::open(
            url.reveal(),
            cluster::SESSION_SETTINGS,
            relay_name,
            listener,
            Some(cluster),
        )
        .await
    }

    async fn open(
        url: &str,
        session: &'static str,
        relay_name: &str,
        listener: CommitListener,
        cluster: Option<Cluster>,
    ) -> Result<Self, StoreError> {
        install_drivers();
        let timeout = StatementTimeout::with(cluster.is_some());
        let mut writer = Writer::new(url.parse()?, session, timeout);
        let mut connection = writer.connect().await?;
        migrations()
            .run(&mut connection)
            .await
            .map_err(|error| match error {
                MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
                    StoreError::Newer
                }
                other => StoreError::Migration(other),
            })?;
        writer.keep(connection);
        let reads = connect(url, session, READ_CONNECTIONS).await?;
        Ok(Self {
            reads,
            writer: Arc::new(Mutex::new(writer)),
            listener,
            outbox_wakeup: Arc::new(Notify::new()),
            write_health: WriteHealth::default(),
            relay_name: relay_name.into(),
            cluster,
        })
    }

    /// Acquires a connection for one reading statement.
    pub(super) async fn read(&self) -> Result<TimedConnection<PoolConnection<Any>>, sqlx::Error> {
        let timeout = StatementTimeout::with(self.is_cluster());
        Ok(TimedConnection::new(self.reads.acquire().await?, timeout))
    }

    /// Closes all connections once their statements have finished.
    pub async fn close(&self) {
        self.reads.close().await;
        self.writer.lock().await.close().await;
    }
}

/// Returns the migrations that lead to the present schema.
fn migrations() -> Migrator {
    let files = [(
        1,
        "schema",
        include_str!("../migrations/0001_schema.sql").into_sql_str(),
    )];
    let migrations = files.map(|(version, name, sql)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.into())
}

/// Opens one connection to a database file that a relay may be using.
pub(super) async fn file_pool(file: &Path) -> Result<AnyPool, StoreError> {
    Ok(connect(&file_url(file)?, PRAGMAS, 1).await?)
}

/// Opens one connection to a database file without a journal beside it.
pub(super) async fn standalone_file_pool(file: &Path) -> Result<AnyPool, StoreError> {
    Ok(connect(&file_url(file)?, "PRAGMA synchronous = FULL", 1).await?)
}

/// Returns the URL of a database file; an error for an empty path.
fn file_url(file: &Path) -> Result<String, StoreError> {
    let mut url = url::Url::from_file_path(std::path::absolute(file).unwrap_or_default())
        .map_err(|()| sqlx::Error::Configuration("the database needs a path".into()))?;
    url.set_query(Some("mode=rwc"));
    Ok(url.as_str().replacen("file://", "sqlite://", 1))
}

async fn connect(
    url: &str,
    session: &'static str,
    max_connections: u32,
) -> Result<AnyPool, sqlx::Error> {
    install_drivers();
    AnyPoolOptions::new()
        .max_connections(max_connections)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(CONNECT_TIMEOUT)
        // Recently used connections are not pinged.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > PING_AFTER_IDLE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(move |connection, _| {
            Box::pin(async move { connection.execute(session).await.map(|_| ()) })
        })
        .connect(url)
        .await
}

fn install_drivers() {
    static DRIVERS: Once = Once::new();
    DRIVERS.call_once(sqlx::any::install_default_drivers);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_migrations_is_run() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let files = std::fs::read_dir(folder).unwrap().count();
        assert_eq!(migrations().iter().count(), files);
    }

    #[tokio::test]
    async fn a_database_of_a_newer_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("yobirin.db");
        let store = Store::open_file(&file, "test", CommitListener::default())
            .await
            .unwrap();
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES (9999, 'from the future', TRUE, x'00', 0)",
        )
        .execute(store.read().await.unwrap())
        .await
        .unwrap();
        store.close().await;
        let refusal = Store::open_file(&file, "test", CommitListener::default())
            .await
            .unwrap_err();
        assert!(refusal.to_string().contains("newer Yobirin"), "{refusal}");
    }

    #[tokio::test]
    async fn connections_are_durable() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_file(
            &folder.path().join("yobirin.db"),
            "test",
            CommitListener::default(),
        )
        .await
        .unwrap();
        let read = store.reads.acquire().await.unwrap().detach();
        let write = store.writer.lock().await.connect().await.unwrap();
        for mut connection in [read, write] {
            let full: i64 = sqlx::query_scalar("PRAGMA synchronous")
                .fetch_one(&mut connection)
                .await
                .unwrap();
            let keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys")
                .fetch_one(&mut connection)
                .await
                .unwrap();
            assert_eq!(
                (full, keys),
                (2, 1),
                "synchronous = FULL, foreign_keys = ON"
            );
        }
    }
}
