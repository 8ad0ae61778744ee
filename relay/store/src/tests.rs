//! Unreadable rows leave the others readable, and rows that tablets cause are bounded.

mod retention;

use std::sync::Arc;

use yobirin_api::Millis;
use yobirin_api::call::{Call, Outgoing};
use yobirin_domain::caller_limits::TABLET_EARLY_CANCELLATIONS;
use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::delivery::{DeliveryState, DeliveryUpdate};
use yobirin_domain::model::id::{CallId, DeviceId};
use yobirin_domain::model::retention::Retention;
use yobirin_domain::model::settings::{Settings, SettingsDocument};
use yobirin_domain::retention::RetentionKind;
use yobirin_domain::routing::{Destination, Target};

use super::*;

const NOW: Millis = 1_800_000_000_000;

fn lobby() -> DeviceId {
    "lobby".parse().unwrap()
}

fn id_of(number: u8) -> CallId {
    CallId::new(NOW, &[number; 10])
}

/// Creates a call to one room.
fn call(number: u8) -> NewCall {
    let call = Call {
        button: "reception".parse().unwrap(),
        target: Target::Group("soumu".parse().unwrap()),
        visitor: Visitor::default(),
        notice: None,
        tapped: NOW,
        deadline: NOW + 1_000,
        deliveries: vec![Outgoing {
            to: Destination::Room(7.try_into().unwrap()),
            text: "お客様です".to_owned(),
            retraction: Some("取り消し".to_owned()),
            answered: None,
        }],
        fallback: None,
        later: Vec::new(),
        missed: None,
        trace: Vec::new(),
    };
    NewCall {
        id: id_of(number),
        device: lobby(),
        request: serde_json::to_string(&call).unwrap(),
        call: Arc::new(call),
        expires_at: NOW + 1_000,
        now: NOW,
    }
}

/// Result of a delivery that has arrived in the room of [`call`].
fn delivered() -> DeliveryUpdate {
    DeliveryUpdate::end(DeliveryState::Delivered {
        message: "1".to_owned().try_into().unwrap(),
        room: 7.try_into().unwrap(),
        at: NOW,
    })
}

async fn store(folder: &std::path::Path) -> Store {
    let file = folder.join("yobirin.db");
    let store = Store::open_file(&file, "test", CommitListener::default())
        .await
        .unwrap();
    for number in [1, 2, 3] {
        store.accept(&call(number)).await.unwrap();
    }
    store
}

/// Runs a statement that must change a row, as another program would.
async fn run_sql(store: &Store, sql: &'static str) {
    let mut transaction = store.begin().await.unwrap();
    let done = sqlx::query(sql)
        .execute(transaction.connection())
        .await
        .unwrap();
    assert!(done.rows_affected() > 0, "{sql}");
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn an_unreadable_record_hides_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let settings = yobirin_domain::validate::validate(SettingsDocument::default()).unwrap();
    let history = async |settings: &Settings| {
        let page = store
            .history(None, 50, &HistoryFilter::default(), settings)
            .await;
        let calls = page.unwrap().calls.into_iter();
        calls.map(|call| call.id).collect::<Vec<_>>()
    };
    assert_eq!(history(&settings).await.len(), 3);
    run_sql(
        &store,
        "UPDATE calls SET request = '{}' WHERE id LIKE '%020202'",
    )
    .await;
    assert_eq!(history(&settings).await, [id_of(3), id_of(1)]);
    run_sql(&store, "UPDATE events SET event = '{}' WHERE number = 2").await;
    let events = store.events_after(&lobby(), 0).await.unwrap();
    assert_eq!(events.len(), 2);
    let mut transaction = store.begin().await.unwrap();
    let erased = transaction
        .erase_expired(RetentionKind::Visitors, NOW + 1, NOW + 3_600_000)
        .await;
    assert_eq!(erased.unwrap(), 0, "no call has ended");
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn an_unreadable_delivery_blocks_no_room() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    run_sql(&store, "UPDATE deliveries SET state = '?' WHERE number < 3").await;
    let mut leased = Vec::new();
    for _ in 0..3 {
        let head = store.heads(NOW).await.unwrap().remove(0);
        let mut transaction = store.begin().await.unwrap();
        let delivery = transaction.lease(&head, NOW + 10, NOW).await.unwrap();
        transaction.commit().await.unwrap();
        leased.push(delivery.map(|delivery| delivery.id));
    }
    assert_eq!(leased, [None, None, Some(id_of(3))]);
    run_sql(
        &store,
        "UPDATE deliveries SET destination = '?', is_open = 1, leased_until = 0 WHERE number = 1",
    )
    .await;
    let heads = store.heads(NOW).await.unwrap();
    let is_left_out = heads.iter().all(|head| head.number != 1);
    assert!(is_left_out, "the unreadable delivery is no head");
    let mut transaction = store.begin().await.unwrap();
    let expired = transaction
        .expire_overdue(NOW + 5_000, NOW + 5_000, &[])
        .await;
    assert_eq!(expired.unwrap(), 1, "only the readable delivery counts");
    transaction.commit().await.unwrap();
    assert_eq!(
        store.next_deadline().await.unwrap(),
        None,
        "the unreadable deliveries are closed"
    );
}

#[tokio::test]
async fn an_unreadable_retraction_is_left_out_and_the_delivery_is_final() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let head = store.heads(NOW).await.unwrap().remove(0);
    let mut transaction = store.begin().await.unwrap();
    let delivery = transaction
        .lease(&head, NOW + 10, NOW)
        .await
        .unwrap()
        .expect("leased");
    let attempt = transaction.begin_attempt(&delivery, NOW).await.unwrap();
    transaction.commit().await.unwrap();
    run_sql(&store, "UPDATE calls SET request = '{}'").await;
    let mut transaction = store.begin().await.unwrap();
    assert!(
        transaction
            .cancel(delivery.id, &lobby(), NOW)
            .await
            .unwrap()
    );
    let update = delivered();
    let attempt = (attempt, yobirin_api::call::Outcome::Delivered);
    assert!(
        transaction
            .record_result(&delivery, Some(attempt), update, NOW)
            .await
            .unwrap()
    );
    transaction.commit().await.unwrap();
    let status = store
        .call_status(delivery.id, &lobby())
        .await
        .unwrap()
        .unwrap();
    assert!(status.deliveries[0].is_final() && status.retractions.is_empty());
}

#[tokio::test]
async fn a_retraction_waits_since_the_cancellation_and_not_since_the_call() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("yobirin.db");
    let store = Store::open_file(&file, "test", CommitListener::default())
        .await
        .unwrap();
    store.accept(&call(1)).await.unwrap();
    let head = store.heads(NOW).await.unwrap().remove(0);
    let mut transaction = store.begin().await.unwrap();
    let delivery = transaction.lease(&head, NOW + 10, NOW).await.unwrap();
    let delivery = delivery.expect("leased");
    let update = delivered();
    let recorded = transaction.record_result(&delivery, None, update, NOW);
    assert!(recorded.await.unwrap());
    let device = lobby();
    let cancelled = transaction.cancel(delivery.id, &device, NOW + 500);
    assert!(cancelled.await.unwrap());
    transaction.commit().await.unwrap();
    let queue = store.queue_stats().await.unwrap();
    assert_eq!((queue.deliveries, queue.oldest), (1, Some(NOW + 500)));
}

#[tokio::test]
async fn early_cancellations_are_bounded_and_expire() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let stored_cancellations = async || {
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM cancellations");
        let count: i64 = count.fetch_one(store.read().await.unwrap()).await.unwrap();
        usize::try_from(count).unwrap()
    };
    let mut transaction = store.begin().await.unwrap();
    assert!(transaction.cancel(id_of(1), &lobby(), NOW).await.unwrap());
    for number in 0..TABLET_EARLY_CANCELLATIONS as u64 + 20 {
        let mut random = [9; 10];
        random[2..].copy_from_slice(&number.to_be_bytes());
        let call = CallId::new(NOW, &random);
        assert!(
            transaction
                .cancel(call, &lobby(), NOW + number)
                .await
                .unwrap()
        );
    }
    transaction.commit().await.unwrap();
    assert_eq!(stored_cancellations().await, 1 + TABLET_EARLY_CANCELLATIONS);
    let mut transaction = store.begin().await.unwrap();
    transaction
        .delete_expired_rows(&Retention::default(), NOW + 2 * 3_600_000)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(
        stored_cancellations().await,
        1,
        "the cancellation of a stored call is kept"
    );
}
