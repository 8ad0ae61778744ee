use std::sync::Arc;

use tempfile::TempDir;
use yobirin_api::call::{Call, Outgoing};
use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::id::CallId;
use yobirin_domain::routing::Target;

use super::*;
use crate::{CommitListener, NewCall};

/// Deadline of a call by the relay's clock, later than all times of these tests.
const EXPIRES_AT: Millis = 1_000_000;
/// Number of rooms that the lobby calls: many, because the number of heads is not limited.
const ROOMS: u64 = 300;
/// Room that only the side door calls.
const SIDE_DOOR_ROOM: u64 = 999;

async fn empty_store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("yobirin.db");
    let store = Store::open_file(&file, "test", CommitListener::default());
    let store = store.await.unwrap();
    (folder, store)
}

fn call(device: &str, room: u64) -> NewCall {
    let id = CallId::new(1, &rand::random());
    let to = Destination::Room(room.try_into().unwrap());
    let call = Call {
        button: "reception".parse().unwrap(),
        target: Target::Group("soumu".parse().unwrap()),
        visitor: Visitor::default(),
        notice: None,
        // The tablet's clock, which the store only keeps: its own deadline is `expires_at`.
        tapped: 1,
        deadline: 2,
        deliveries: vec![Outgoing {
            to,
            text: id.reference().to_string(),
            retraction: None,
            answered: None,
        }],
        fallback: None,
        later: Vec::new(),
        missed: None,
        trace: Vec::new(),
    };
    NewCall {
        id,
        device: device.parse().unwrap(),
        request: serde_json::to_string(&call).unwrap(),
        call: Arc::new(call),
        expires_at: EXPIRES_AT,
        now: 1,
    }
}

async fn accept_all(store: &Store, calls: &[NewCall]) {
    for call in calls {
        store.accept(call).await.unwrap();
    }
}

#[tokio::test]
async fn every_queue_has_a_head_however_many_there_are() {
    let (_folder, store) = empty_store().await;
    let mut calls: Vec<_> = (1..=ROOMS).map(|room| call("lobby", room)).collect();
    calls.push(call("lobby", 1));
    calls.push(call("side-door", 1));
    calls.push(call("side-door", SIDE_DOOR_ROOM));
    accept_all(&store, &calls).await;
    let heads = store.heads(1).await.unwrap();
    let heads_of = |device| heads.iter().filter(|head| head.device == device).count() as u64;
    assert_eq!((heads_of("lobby"), heads_of("side-door")), (ROOMS, 2));
    let first = heads
        .iter()
        .find(|head| head.device == "lobby" && head.to == calls[0].call.deliveries[0].to);
    assert_eq!(
        first.unwrap().number,
        1,
        "the head is the older delivery of the queue"
    );
}

#[tokio::test]
async fn a_delivery_that_is_leased_or_waits_for_a_retry_blocks_none_behind_it() {
    let (_folder, store) = empty_store().await;
    let calls = [call("lobby", 1), call("lobby", 1)];
    accept_all(&store, &calls).await;
    let head = async |now| store.heads(now).await.unwrap()[0].number;
    assert_eq!(head(10).await, 1);

    let mut transaction = store.begin().await.unwrap();
    let first = &store.heads(10).await.unwrap()[0];
    let delivery = transaction
        .lease(first, 500, 10)
        .await
        .unwrap()
        .expect("leased");
    transaction.commit().await.unwrap();
    assert_eq!(head(10).await, 2, "the first is leased");
    assert_eq!(store.next_due(10).await.unwrap(), Some(500));

    let mut transaction = store.begin().await.unwrap();
    let retry = DeliveryUpdate::again(DeliveryState::Waiting, 900, 1);
    assert!(
        transaction
            .record_result(&delivery, None, retry, 20)
            .await
            .unwrap()
    );
    transaction.commit().await.unwrap();
    assert_eq!(head(20).await, 2, "the first waits for its retry");
    assert_eq!(store.next_due(20).await.unwrap(), Some(900));
    assert_eq!(
        head(900).await,
        1,
        "its retry is due, and it is the oldest again"
    );
    assert_eq!(
        store.next_due(900).await.unwrap(),
        None,
        "nothing is due later than now"
    );
}
