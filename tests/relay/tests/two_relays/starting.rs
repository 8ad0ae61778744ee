//! Starts of relays on a shared database.

use relay_tests::{TestApp, database_of, execute, has_postgres};
use yobirin_relay::{StartError, StoreError};

use super::start_relay;
use crate::program::start_sim;

#[tokio::test]
async fn relays_starting_concurrently_on_an_empty_database_both_run() {
    if !has_postgres("two relays start at once") {
        return;
    }
    let sim = start_sim().await;
    let one_data = tempfile::tempdir().unwrap();
    let other_data = tempfile::tempdir().unwrap();
    let database = database_of(one_data.path()).await.unwrap();
    let mut one = start_relay(one_data.path(), &database, &sim).await;
    let mut other = start_relay(other_data.path(), &database, &sim).await;
    one.line("listening on ").await;
    other.line("listening on ").await;
    assert_eq!(one.terminate().await, Some(0));
    assert_eq!(other.terminate().await, Some(0));
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_with_a_reason() {
    if !has_postgres("a newer database is refused") {
        return;
    }
    let app = TestApp::unconfigured().await;
    execute(
        app.data(),
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'from the future', TRUE, '', 0)",
    )
    .await;
    let mut options = app.options().clone();
    let other = tempfile::tempdir().unwrap();
    options.data = other.path().to_owned();
    let refusal = yobirin_relay::start(options).await.unwrap_err();
    assert!(matches!(refusal, StartError::Store(StoreError::Newer)));
    assert!(refusal.to_string().contains("newer Yobirin"), "{refusal}");
    app.close().await;
}
