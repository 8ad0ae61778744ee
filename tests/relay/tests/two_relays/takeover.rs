//! Takeover of the leader lease from a relay that was killed.

use relay_tests::{CallDraft, ROOM, Tablet, database_of, eventually, has_postgres};
use sqlx::Connection as _;
use sqlx::postgres::PgConnection;
use yobirin_domain::model::delivery::CallState;

use super::start_relay;
use crate::program::{set_up_program, start_sim};

#[tokio::test]
async fn a_relay_counts_the_former_leaders_attempts_before_it_leads() {
    if !has_postgres("a takeover counts attempts first") {
        return;
    }
    let sim = start_sim().await;
    let one_data = tempfile::tempdir().unwrap();
    let other_data = tempfile::tempdir().unwrap();
    let address = database_of(one_data.path()).await.unwrap();
    let mut one = start_relay(one_data.path(), &address, &sim).await;
    let tablet = set_up_program(&mut one).await;
    let delivered = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&delivered).await;
    tablet.final_status(&delivered).await;
    let mut other = start_relay(other_data.path(), &address, &sim).await;
    let tablet_at_second = Tablet {
        browser: tablet.browser.moved_to(&other.line("listening on ").await),
    };

    let mut observer = PgConnection::connect(&address).await.unwrap();
    let former_leader = leader(&mut observer).await;
    // While this transaction is open, no relay can read the attempts.
    let mut locker = PgConnection::connect(&address).await.unwrap();
    let mut lock = locker.begin().await.unwrap();
    sqlx::raw_sql("LOCK TABLE attempts IN ACCESS EXCLUSIVE MODE")
        .execute(&mut *lock)
        .await
        .unwrap();
    one.kill().await;
    let waiting = CallDraft::now().to_room(ROOM);
    tablet_at_second.hand_over(&waiting).await;
    eventually("the second relay waits for the attempts", async || {
        let mut reader = PgConnection::connect(&address).await.unwrap();
        (blocked_readers_of_attempts(&mut reader).await > 0).then_some(())
    })
    .await;
    assert_eq!(leader(&mut observer).await, former_leader);

    lock.rollback().await.unwrap();
    assert_eq!(
        tablet_at_second.final_status(&waiting).await.state,
        CallState::Notified
    );
    assert_ne!(leader(&mut observer).await, former_leader);
    assert_eq!(other.terminate().await, Some(0));
}

/// Holder of the leader lease that other connections see.
async fn leader(database: &mut PgConnection) -> String {
    sqlx::query_scalar("SELECT holder FROM leader_lease")
        .fetch_one(database)
        .await
        .unwrap()
}

/// Number of connections that wait for the lock on the table of attempts.
async fn blocked_readers_of_attempts(database: &mut PgConnection) -> i64 {
    let blocked =
        "SELECT COUNT(*) FROM pg_locks WHERE relation = 'attempts'::regclass AND NOT granted";
    sqlx::query_scalar(blocked)
        .fetch_one(database)
        .await
        .unwrap()
}
