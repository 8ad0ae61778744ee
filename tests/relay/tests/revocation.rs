//! Revoking a tablet: what it has not sent yet is withdrawn with it.

use std::time::Duration;

use chatwork_sim::{Effect, Office};
use relay_tests::{
    CallDraft, Desk, LOBBY, ROOM, SIDE_DOOR, Tablet, eventually, posts, settings, status,
};
use yobirin_api::call::CallRecord;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::{CallState, DeliveryState};

/// Calls that wait when the tablet is revoked.
const MANY: usize = 30;

async fn revoke(desk: &Desk) {
    let revoking = desk.admin.delete("/api/devices/lobby/pairing");
    assert_eq!(status(revoking).await, 204);
}

async fn remove(desk: &Desk) {
    let mut fewer = settings();
    fewer.devices.retain(|device| device.id.as_str() != LOBBY);
    desk.save(&fewer).await;
}

async fn record(desk: &Desk, draft: &CallDraft) -> CallRecord {
    let calls = desk.history().await.calls;
    let found = calls.into_iter().find(|call| call.id == draft.id);
    found.expect("the call is in the history")
}

/// Waits until a revoked tablet's call is settled; only the history shows it.
async fn settled(desk: &Desk, draft: &CallDraft) -> CallRecord {
    eventually("the call is settled", async || {
        desk.clock.advance(Duration::from_secs(1));
        let record = record(desk, draft).await;
        let is_final = record.deliveries.iter().all(|one| one.state.is_final());
        is_final.then_some(record)
    })
    .await
}

/// A desk without Chatwork, where one call is told and many wait.
async fn full() -> (Desk, Tablet, CallDraft, Vec<CallDraft>) {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let told = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&told).await;
    assert_eq!(tablet.settled(&told).await.state, CallState::Notified);
    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    let mut waiting = Vec::new();
    for _ in 0..MANY {
        let draft = CallDraft::now().to_room(ROOM).or_default_room();
        tablet.hand_over(&draft).await;
        waiting.push(draft);
    }
    (desk, tablet, told, waiting)
}

#[tokio::test]
async fn what_a_revoked_or_removed_tablet_has_not_sent_is_withdrawn() {
    for is_removed in [false, true] {
        let (desk, tablet, told, waiting) = full().await;
        let mut events = tablet.events().await;
        match is_removed {
            true => remove(&desk).await,
            false => revoke(&desk).await,
        }
        // The end of the pairing may overtake the other events: a tablet that is none forgets its calls.
        while let Some((_, event)) = events.next().await {
            if let Event::Delivery { to, .. } = event {
                assert_eq!(to, DeliveryState::Withdrawn);
            }
        }
        assert_eq!(status(desk.connecting(Office::SAMPLE_TOKEN)).await, 200);
        let other = desk.tablet(SIDE_DOOR).await;
        let next = CallDraft::now().to_room(ROOM);
        other.hand_over(&next).await;
        assert_eq!(other.settled(&next).await.state, CallState::Notified);
        assert_eq!(desk.sim.messages(ROOM).len(), 2, "before and after");
        for draft in &waiting {
            let record = record(&desk, draft).await;
            assert_eq!(record.state, CallState::Withdrawn);
            let because = (record.revoked.is_some(), record.cancelled);
            assert_eq!(because, (true, None), "because the tablet was revoked");
        }
        let told = record(&desk, &told).await;
        assert_eq!((told.state, told.revoked), (CallState::Notified, None));
        assert!(told.retractions.is_empty(), "what was told is left alone");
        desk.close().await;
    }
}

#[tokio::test]
async fn a_browser_that_takes_a_tablets_place_takes_its_visitors_too() {
    let (desk, _, _, waiting) = full().await;
    let new = desk.tablet(LOBBY).await;
    assert_eq!(status(desk.connecting(Office::SAMPLE_TOKEN)).await, 200);
    for draft in &waiting {
        let state = desk.settled_in_time(&new, draft).await;
        assert_eq!(state, CallState::Notified);
    }
    desk.close().await;
}

#[tokio::test]
async fn what_is_under_way_when_a_tablet_is_revoked_is_settled_and_not_tried_again() {
    let late = Effect::Delay { ms: 400 };
    let retried = Effect::ServerError { status: 503 };
    let cases = [
        (None, CallState::Notified, 1),
        (Some(retried), CallState::Withdrawn, 0),
        (Some(Effect::Reset), CallState::Withdrawn, 0),
        (Some(Effect::ResetAfterStoring), CallState::Notified, 1),
        // Not even in the default room.
        (Some(Effect::RoomRefused), CallState::Failed, 0),
    ];
    for (effect, state, told) in cases {
        let desk = Desk::open().await;
        let tablet = desk.tablet(LOBBY).await;
        desk.sim.inject(posts(late.clone()).once());
        if let Some(effect) = effect.clone() {
            desk.sim.inject(posts(effect).once());
        }
        let draft = CallDraft::now().to_room(ROOM).or_default_room();
        tablet.hand_over(&draft).await;
        eventually("it is under way", async || {
            desk.sim.faults().is_empty().then_some(())
        })
        .await;
        revoke(&desk).await;
        let record = settled(&desk, &draft).await;
        assert_eq!(record.state, state, "{effect:?}");
        assert_eq!(desk.told(ROOM, &draft), told, "{effect:?}");
        let instead = desk.told(Office::SAMPLE_ACALL_ROOM, &draft);
        assert_eq!(instead, 0, "{effect:?}");
        desk.close().await;
    }
}
