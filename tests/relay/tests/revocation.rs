//! Revoking a tablet withdraws its unsent calls.

use std::time::Duration;

use chatwork_sim::{Effect, Office};
use relay_tests::{
    CallDraft, LOBBY, ROOM, SIDE_DOOR, Tablet, TestApp, eventually, fault_on_posts, settings,
    status,
};
use yobirin_api::call::CallRecord;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::{CallState, DeliveryState};

/// Calls waiting when the tablet is revoked.
const WAITING_CALLS: usize = 30;

async fn revoke(app: &TestApp) {
    let request = app.admin.delete("/api/devices/lobby/pairing");
    assert_eq!(status(request).await, 204);
}

async fn remove(app: &TestApp) {
    let mut without_lobby = settings();
    without_lobby
        .devices
        .retain(|device| device.id.as_str() != LOBBY);
    app.save(&without_lobby).await;
}

async fn record(app: &TestApp, draft: &CallDraft) -> CallRecord {
    let calls = app.history().await.calls;
    let record = calls.into_iter().find(|call| call.id == draft.id);
    record.expect("the call is in the history")
}

/// Waits until the call of a revoked tablet has its final state. The history shows it, because the tablet may ask no
/// more.
async fn final_record(app: &TestApp, draft: &CallDraft) -> CallRecord {
    eventually("the call has its final state", async || {
        app.clock.advance(Duration::from_secs(1));
        let record = record(app, draft).await;
        let is_final = record
            .deliveries
            .iter()
            .all(|delivery| delivery.state.is_final());
        is_final.then_some(record)
    })
    .await
}

/// Starts an app with one delivered call and many waiting ones, then disconnects Chatwork.
async fn start_with_waiting_calls() -> (TestApp, Tablet, CallDraft, Vec<CallDraft>) {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let delivered = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&delivered).await;
    assert_eq!(
        tablet.final_status(&delivered).await.state,
        CallState::Notified
    );
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let mut waiting_calls = Vec::new();
    for _ in 0..WAITING_CALLS {
        let draft = CallDraft::now().to_room(ROOM).or_default_room();
        tablet.hand_over(&draft).await;
        waiting_calls.push(draft);
    }
    (app, tablet, delivered, waiting_calls)
}

#[tokio::test]
async fn revoking_or_removing_a_tablet_withdraws_its_unsent_calls() {
    for is_removed in [false, true] {
        let (app, tablet, delivered, waiting_calls) = start_with_waiting_calls().await;
        let mut events = tablet.events().await;
        match is_removed {
            true => remove(&app).await,
            false => revoke(&app).await,
        }
        // The end of the pairing may arrive before other events, because an unpaired tablet drops its calls.
        while let Some((_, event)) = events.next().await {
            if let Event::Delivery { to, .. } = event {
                assert_eq!(to, DeliveryState::Withdrawn);
            }
        }
        assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
        let other = app.tablet(SIDE_DOOR).await;
        let next = CallDraft::now().to_room(ROOM);
        other.hand_over(&next).await;
        assert_eq!(other.final_status(&next).await.state, CallState::Notified);
        assert_eq!(
            app.sim.messages(ROOM).len(),
            2,
            "the delivered call and the other tablet's call; waiting calls were withdrawn"
        );
        for draft in &waiting_calls {
            let record = record(&app, draft).await;
            assert_eq!(record.state, CallState::Withdrawn);
            let revoked_and_cancelled = (record.revoked.is_some(), record.cancelled);
            assert_eq!(
                revoked_and_cancelled,
                (true, None),
                "the record names the revocation of the tablet as the reason"
            );
        }
        let delivered = record(&app, &delivered).await;
        assert_eq!(
            (delivered.state, delivered.revoked),
            (CallState::Notified, None)
        );
        assert!(
            delivered.retractions.is_empty(),
            "a delivered call is not retracted"
        );
        app.close().await;
    }
}

#[tokio::test]
async fn a_browser_paired_in_place_of_a_tablet_inherits_its_calls() {
    let (app, _, _, waiting_calls) = start_with_waiting_calls().await;
    let successor = app.tablet(LOBBY).await;
    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
    for draft in &waiting_calls {
        let state = app.final_state_with_fast_clock(&successor, draft).await;
        assert_eq!(state, CallState::Notified);
    }
    app.close().await;
}

#[tokio::test]
async fn deliveries_in_flight_when_a_tablet_is_revoked_end_without_retry() {
    // Time in which the tablet is revoked.
    let late = Effect::Delay { ms: 1_200 };
    let retried = Effect::ServerError { status: 503 };
    let cases = [
        (None, CallState::Notified, 1),
        (Some(retried), CallState::Withdrawn, 0),
        (Some(Effect::ConnectionReset), CallState::Withdrawn, 0),
        (
            Some(Effect::ConnectionResetAfterStoring),
            CallState::Notified,
            1,
        ),
        // The fallback to the default room is not sent.
        (Some(Effect::RoomRefused), CallState::Failed, 0),
    ];
    for (effect, state, delivered) in cases {
        let app =
            TestApp::start_with(|options| options.timeouts.total = Duration::from_secs(10)).await;
        let tablet = app.tablet(LOBBY).await;
        app.sim.inject(fault_on_posts(late.clone()).once());
        if let Some(effect) = effect.clone() {
            app.sim.inject(fault_on_posts(effect).once());
        }
        let draft = CallDraft::now().to_room(ROOM).or_default_room();
        tablet.hand_over(&draft).await;
        eventually("the delivery is in flight", async || {
            app.sim.faults().is_empty().then_some(())
        })
        .await;
        revoke(&app).await;
        let record = final_record(&app, &draft).await;
        assert_eq!(record.state, state, "{effect:?}");
        assert_eq!(app.message_count(ROOM, &draft), delivered, "{effect:?}");
        let default_room_count = app.message_count(Office::SAMPLE_DEFAULT_ROOM, &draft);
        assert_eq!(default_room_count, 0, "{effect:?}");
        app.close().await;
    }
}
