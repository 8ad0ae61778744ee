//! Database of a test: SQLite, or a separate PostgreSQL database when `YOBIRIN_TEST_POSTGRES` names a
//! server, as in the second run of `make test`.

use std::path::Path;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};

/// Variable with the server's URL, without a database.
const SERVER_VARIABLE: &str = "YOBIRIN_TEST_POSTGRES";
/// Variable that makes tests fail when there is no server.
const REQUIRED_VARIABLE: &str = "YOBIRIN_REQUIRE_POSTGRES";

/// URL of this data folder's database, created on first use; `None` on SQLite.
pub async fn database_of(folder: &Path) -> Option<String> {
    let server = std::env::var(SERVER_VARIABLE).ok()?;
    let name = database_name(folder);
    let created = run_sql(&server, format!("CREATE DATABASE {name}")).await;
    if let Err(error) = created {
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        assert_eq!(
            code.as_deref(),
            Some("42P04"),
            "no error but that the database exists: {error}"
        );
    }
    Some(format!("{server}/{name}"))
}

/// Drops the database of [`database_of`].
pub(crate) async fn drop_database_of(folder: &Path) {
    if let Ok(server) = std::env::var(SERVER_VARIABLE) {
        let drop = format!(
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            database_name(folder)
        );
        run_sql(&server, drop).await.unwrap();
    }
}

/// Runs SQL on the PostgreSQL database of this data folder, beside the relay.
pub async fn execute(folder: &Path, sql: &str) {
    let address = database_of(folder).await.expect("a PostgreSQL server");
    let mut connection = PgConnection::connect(&address).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut connection)
        .await
        .unwrap();
}

/// True when there is a PostgreSQL server. Without one, prints that the test `what` is skipped, or fails if a server is
/// required.
#[must_use]
pub fn has_postgres(what: &str) -> bool {
    let is_configured = std::env::var(SERVER_VARIABLE).is_ok();
    if !is_configured {
        assert!(
            std::env::var(REQUIRED_VARIABLE).as_deref() != Ok("1"),
            "{what}: {SERVER_VARIABLE} names no server"
        );
        eprintln!("skipped, needs PostgreSQL ({SERVER_VARIABLE}): {what}");
    }
    is_configured
}

/// Runs SQL on the server's database `postgres`.
async fn run_sql(server: &str, sql: String) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(&format!("{server}/postgres")).await?;
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await?;
    connection.close().await
}

/// Database name of a data folder; needs no quoting in SQL.
fn database_name(folder: &Path) -> String {
    let path = folder.as_os_str().as_encoded_bytes();
    // PostgreSQL cuts names to 63 bytes; the end of a temporary folder's path is its random part.
    let tail = path.len().saturating_sub(20);
    let hex = path[tail..].iter().map(|byte| format!("{byte:02x}"));
    format!("test_{}", hex.collect::<String>())
}
