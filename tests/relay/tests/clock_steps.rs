//! Wrong clocks of tablets, and clock steps of the relay.

use std::time::Duration;

use chatwork_sim::Effect;
use relay_tests::{
    CallDraft, LOBBY, ROOM, Tablet, TestApp, eventually, fault_on_posts, refusal, status,
};
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::model::delivery::CallState;
use yobirin_relay::Clock;

const MINUTE: Millis = 60_000;
const DAY: Duration = Duration::from_secs(24 * 3600);
const DAY_MILLIS: Millis = 24 * 60 * MINUTE;

/// An app whose clock can be set independently of Chatwork's.
async fn start_paired() -> (TestApp, Tablet) {
    let app = TestApp::start_with(|options| options.clock = Clock::system()).await;
    let tablet = app.tablet(LOBBY).await;
    (app, tablet)
}

#[tokio::test]
async fn a_tablet_whose_clock_is_a_day_off_can_call() {
    let (app, tablet) = start_paired().await;
    let now = app.clock.now();
    for shows in [now - DAY_MILLIS, now + DAY_MILLIS] {
        let draft = CallDraft::at(shows).to_room(ROOM);
        assert_eq!(
            status(tablet.hand_over_request_at(&draft, shows)).await,
            202
        );
        // Handed over again later, by the tablet's clock, it is the same call.
        let later = tablet.hand_over_request_at(&draft, shows + MINUTE);
        assert_eq!(status(later).await, 202);
        assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
        assert_eq!(app.message_count(ROOM, &draft), 1);

        let expired = CallDraft::at(shows - 16 * MINUTE).to_room(ROOM);
        let late = tablet.hand_over_request_at(&expired, shows);
        let code = refusal(late).await;
        assert_eq!(
            code,
            ErrorCode::BadDeadline,
            "a deadline is at most 15 minutes after the tap"
        );
    }
    let nonsense = tablet.hand_over_request(&CallDraft::now().to_room(ROOM));
    let nonsense = nonsense.header("x-tablet-time", "noon");
    assert_eq!(refusal(nonsense).await, ErrorCode::Malformed);
    app.close().await;
}

#[tokio::test]
async fn a_backward_clock_step_does_not_postpone_a_retry() {
    let (app, tablet) = start_paired().await;
    let fault = app
        .sim
        .inject(fault_on_posts(Effect::ServerError { status: 503 }));
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("the first attempt has failed", async || {
        (!app.attempt_outcomes(&draft).await.is_empty()).then_some(())
    })
    .await;
    app.clock.set_back(DAY);
    app.sim.remove_fault(fault);
    // Minutes may pass before the retry, but not a day, which would exceed the deadline.
    let state = app.final_state_with_fast_clock(&tablet, &draft).await;
    assert_eq!(state, CallState::Notified);
    assert_eq!(app.message_count(ROOM, &draft), 1);
    app.close().await;
}

#[tokio::test]
async fn a_backward_clock_step_does_not_prevent_reconciling_an_unknown_outcome() {
    let (app, tablet) = start_paired().await;
    app.sim.inject(fault_on_posts(Effect::Hang).once());
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("the post hangs", async || {
        app.sim.faults().is_empty().then_some(())
    })
    .await;
    app.clock.set_back(DAY);
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    assert_eq!(app.message_count(ROOM, &draft), 1);
    app.close().await;
}

#[tokio::test]
async fn a_backward_clock_step_does_not_extend_deadlines() {
    let (mut app, tablet) = start_paired().await;
    // Without a connection to Chatwork the call cannot be sent, so it waits for its deadline.
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    // The clock steps while the relay is stopped, so that the relay cannot observe the step.
    app.stop().await;
    app.clock.set_back(DAY);
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    assert_eq!(tablet.status(&draft).await.state, CallState::Sending);
    app.clock.advance(Duration::from_secs(15 * 60));
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Expired);
    assert_eq!(app.message_count(ROOM, &draft), 0);
    app.close().await;
}

#[tokio::test]
async fn a_forward_clock_step_expires_waiting_calls_and_accepts_new_ones() {
    let (app, tablet) = start_paired().await;
    let fault = app
        .sim
        .inject(fault_on_posts(Effect::ServerError { status: 503 }));
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    app.clock.advance(DAY);
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Expired);
    app.sim.remove_fault(fault);
    let next = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&next).await;
    assert_eq!(tablet.final_status(&next).await.state, CallState::Notified);
    assert_eq!(
        app.message_count(ROOM, &draft),
        0,
        "an expired call is not sent"
    );
    app.close().await;
}
