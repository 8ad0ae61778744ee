//! Preflight for PostgreSQL: its errors name the reason, the server and the next step, without the password.

use sqlx::error::DatabaseError;
use sqlx::postgres::PgConnection;
use sqlx::{Connection as _, Error};

use crate::StoreError;
use crate::database::DatabaseUrl;
use crate::writer::CONNECT_TIMEOUT;

/// Event name in the log: PostgreSQL is reached without TLS, or without checking its certificate.
pub const DATABASE_EXPOSED: &str = "database_exposed";

/// Connects once, and warns in the log of an exposed connection.
pub(crate) async fn connect_once(url: &DatabaseUrl) -> Result<(), StoreError> {
    let connecting = PgConnection::connect(url.reveal());
    let failure = match tokio::time::timeout(CONNECT_TIMEOUT, connecting).await {
        Ok(Ok(mut connection)) => {
            // The server knows: without `sslmode` the connection may be encrypted or not.
            let is_encrypted: (bool,) =
                sqlx::query_as("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                    .fetch_one(&mut connection)
                    .await?;
            if let Some(reason) = url.exposure(is_encrypted.0) {
                tracing::warn!(
                    event = DATABASE_EXPOSED,
                    location = url.location(),
                    "{reason}"
                );
            }
            // Harmless: the connection is not used again.
            let _ = connection.close().await;
            return Ok(());
        }
        Ok(Err(error)) => Some(error),
        Err(_) => None,
    };
    let reason = describe(failure.as_ref());
    Err(StoreError::Unreachable(format!(
        "PostgreSQL at {} {reason}",
        url.location()
    )))
}

/// Describes a failure and the next step; `None` is a timeout.
fn describe(error: Option<&Error>) -> String {
    const CHECK_ADDRESS: &str =
        "check that it runs and that YOBIRIN_DATABASE names its host and port";
    let Some(error) = error else {
        let seconds = CONNECT_TIMEOUT.as_secs();
        return format!("does not answer within {seconds} seconds: {CHECK_ADDRESS}");
    };
    let code = error.as_database_error().and_then(DatabaseError::code);
    let next_step = match (code.as_deref(), error) {
        (Some("28P01" | "28000"), _) => "check the user and password in YOBIRIN_DATABASE",
        (Some("3D000"), _) => "create that database, or name another in YOBIRIN_DATABASE",
        (Some("53300"), _) => "it has no connection to spare: raise max_connections there",
        (Some("57P03"), _) => "it is starting or stopping: start the relay again in a moment",
        (None, Error::Tls(_)) => "check its certificate, and sslmode in YOBIRIN_DATABASE",
        _ => CHECK_ADDRESS,
    };
    format!("cannot be used ({error}): {next_step}")
}
