//! Cancelled calls: withdrawn before they are sent if possible, otherwise retracted where they were delivered.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{
    CallDraft, HOST, LOBBY, ROOM, SIDE_DOOR, Tablet, TestApp, eventually, fault_on_posts, json,
    status,
};
use yobirin_api::call::{CallPage, CallStatus};
use yobirin_domain::model::delivery::{CallState, DeliveryState};

async fn start_paired() -> (TestApp, Tablet) {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    (app, tablet)
}

async fn cancel(tablet: &Tablet, draft: &CallDraft) -> CallStatus {
    json(tablet.browser.delete(&draft.path())).await
}

/// Waits until a call and its retractions have their final states.
async fn final_status_with_retractions(
    app: &TestApp,
    tablet: &Tablet,
    draft: &CallDraft,
) -> CallStatus {
    eventually("the call has its final state", async || {
        app.clock.advance(Duration::from_millis(200));
        let status = tablet.status(draft).await;
        let mut all = status.deliveries.iter().chain(&status.retractions);
        all.all(DeliveryState::is_final).then_some(status)
    })
    .await
}

/// Bodies of a call's messages in a room, oldest first.
fn bodies_about(app: &TestApp, room: u64, draft: &CallDraft) -> Vec<String> {
    let messages = app.sim.messages(room).into_iter();
    let ours = messages.filter(|message| message.body.contains(&draft.reference()));
    ours.map(|message| message.body).collect()
}

#[tokio::test]
async fn a_call_cancelled_before_it_is_sent_is_never_sent() {
    let (app, tablet) = start_paired().await;
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let draft = CallDraft::now().to_room(ROOM).to_account(HOST);
    tablet.hand_over(&draft).await;
    let mut events = tablet.events().await;

    let response = cancel(&tablet, &draft).await;
    assert_eq!(response.state, CallState::Withdrawn);
    assert_eq!(response.deliveries, vec![DeliveryState::Withdrawn; 2]);
    assert!(
        response.cancelled && response.retractions.is_empty(),
        "{response:?}"
    );
    assert_eq!(events.next_delivery().await.1, DeliveryState::Withdrawn);

    let _: serde_json::Value = json(app.connect_request(Office::SAMPLE_TOKEN)).await;
    let next = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&next).await;
    assert_eq!(
        final_status_with_retractions(&app, &tablet, &next)
            .await
            .state,
        CallState::Notified
    );
    assert!(bodies_about(&app, ROOM, &draft).is_empty());
    let record = app.history().await.calls.pop().unwrap();
    assert_eq!(record.state, CallState::Withdrawn);
    assert!(record.cancelled.is_some() && record.retractions.is_empty());
    app.close().await;
}

#[tokio::test]
async fn every_notified_destination_gets_one_retraction() {
    let (app, tablet) = start_paired().await;
    let draft = CallDraft::now().to_room(ROOM).to_account(HOST);
    tablet.hand_over(&draft).await;
    assert_eq!(
        final_status_with_retractions(&app, &tablet, &draft)
            .await
            .state,
        CallState::Notified
    );

    for _ in 0..3 {
        assert!(
            cancel(&tablet, &draft).await.cancelled,
            "a repeated cancellation succeeds"
        );
    }
    let status = final_status_with_retractions(&app, &tablet, &draft).await;
    assert_eq!(
        status.state,
        CallState::Notified,
        "the delivery stays notified"
    );
    assert_eq!(status.retractions.len(), 2);
    let direct = app.sim.direct_room(Office::SAMPLE_BOT, HOST).unwrap();
    for room in [ROOM, direct] {
        let bodies = bodies_about(&app, room, &draft);
        assert_eq!(bodies.len(), 2, "{bodies:?}");
        assert!(bodies[1].starts_with("取り消されました"), "{bodies:?}");
    }
    let record = app.history().await.calls.pop().unwrap();
    assert_eq!((record.deliveries.len(), record.retractions.len()), (2, 2));
    assert_eq!(record.retractions[0].attempts.len(), 1);
    for (outcome, count) in [("withdrawn", 1), ("notified", 0)] {
        let page: CallPage = json(app.admin.get(&format!("/api/calls?outcome={outcome}"))).await;
        assert_eq!(page.calls.len(), count, "listed as {outcome}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_cancellation_that_arrives_before_its_call_withdraws_the_call() {
    let (app, tablet) = start_paired().await;
    let draft = CallDraft::now().to_room(ROOM);
    let early = cancel(&tablet, &draft).await;
    assert_eq!(
        (early.state, early.deliveries.len()),
        (CallState::Withdrawn, 0)
    );

    let late = tablet.hand_over(&draft).await;
    assert_eq!(late.deliveries, [DeliveryState::Withdrawn]);
    assert!(late.cancelled);
    app.clock.advance(Duration::from_secs(60));
    assert!(bodies_about(&app, ROOM, &draft).is_empty());
    app.close().await;
}

#[tokio::test]
async fn cancelling_a_delivery_of_unknown_outcome_sends_a_retraction_if_it_was_stored() {
    for effect in [
        Effect::HangAfterStoring,
        Effect::ConnectionResetAfterStoring,
    ] {
        let (app, tablet) = start_paired().await;
        let mut events = tablet.events().await;
        let unread = RequestFilter::to("GET", &format!("/rooms/{ROOM}/messages"));
        app.sim.inject(fault_on_posts(effect.clone()).once());
        let blind = Fault::new(Effect::ServerError { status: 500 })
            .on(unread)
            .once();
        app.sim.inject(blind);
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        while events.next_delivery().await.1 != DeliveryState::Unknown {}

        let open = cancel(&tablet, &draft).await;
        assert_eq!(
            open.state,
            CallState::Sending,
            "the delivery is not withdrawn, because Chatwork may have stored its message"
        );
        let final_status = final_status_with_retractions(&app, &tablet, &draft).await;
        assert_eq!(final_status.state, CallState::Notified, "{effect:?}");
        let retraction = eventually("the retraction is stored", async || {
            app.clock.advance(Duration::from_millis(200));
            Some(bodies_about(&app, ROOM, &draft)).filter(|bodies| bodies.len() == 2)
        })
        .await;
        assert!(
            retraction[1].starts_with("取り消されました"),
            "{retraction:?}"
        );
        app.close().await;
    }
}

#[tokio::test]
async fn cancelling_a_delivery_of_unknown_outcome_prevents_a_retry_if_it_was_not_stored() {
    let (app, tablet) = start_paired().await;
    let mut events = tablet.events().await;
    app.sim
        .inject(fault_on_posts(Effect::ConnectionReset).once());
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    while events.next_delivery().await.1 != DeliveryState::Unknown {}

    cancel(&tablet, &draft).await;
    let final_status = final_status_with_retractions(&app, &tablet, &draft).await;
    assert_eq!(final_status.deliveries, [DeliveryState::Withdrawn]);
    assert!(bodies_about(&app, ROOM, &draft).is_empty());
    app.close().await;
}

#[tokio::test]
async fn an_unacknowledged_retraction_is_not_mistaken_for_the_message_it_retracts() {
    for (effect, stored) in [
        (Effect::ConnectionReset, false),
        (Effect::ConnectionResetAfterStoring, true),
    ] {
        let (app, tablet) = start_paired().await;
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        final_status_with_retractions(&app, &tablet, &draft).await;

        app.sim.inject(fault_on_posts(effect).once());
        cancel(&tablet, &draft).await;
        let final_status = final_status_with_retractions(&app, &tablet, &draft).await;
        let (
            DeliveryState::Delivered { message: first, .. },
            DeliveryState::Delivered { message, .. },
        ) = (&final_status.deliveries[0], &final_status.retractions[0])
        else {
            panic!("{final_status:?}")
        };
        assert_ne!(
            first, message,
            "identified by its id, stored at once: {stored}"
        );
        assert_eq!(
            bodies_about(&app, ROOM, &draft).len(),
            2,
            "stored at once: {stored}"
        );
        app.close().await;
    }
}

#[tokio::test]
async fn a_tablet_can_cancel_only_its_own_calls() {
    let (app, tablet) = start_paired().await;
    let other = app.tablet(SIDE_DOOR).await;
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    final_status_with_retractions(&app, &tablet, &draft).await;
    assert_eq!(status(other.browser.delete(&draft.path())).await, 404);

    let never = CallDraft::now();
    cancel(&tablet, &never).await;
    assert_eq!(status(other.browser.delete(&never.path())).await, 404);
    assert!(!tablet.status(&draft).await.cancelled);
    assert_eq!(bodies_about(&app, ROOM, &draft).len(), 1);
    app.close().await;
}

#[tokio::test]
async fn a_call_with_a_retraction_outside_the_outbound_policy_is_refused() {
    let (app, tablet) = start_paired().await;
    let mut draft = CallDraft::now().to_room(ROOM);
    draft.call.deliveries[0].retraction = Some(format!("[toall] {}", draft.reference()));
    assert_eq!(status(tablet.hand_over_request(&draft)).await, 422);
    app.close().await;
}
