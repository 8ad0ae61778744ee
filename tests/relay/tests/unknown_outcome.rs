//! Deliveries whose outcome cannot be reconciled: they delay no others, and the default room gets one notice.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{CallDraft, LOBBY, ROOM, Tablet, TestApp, eventually, fault_on_posts, status};
use yobirin_domain::model::delivery::{CallState, DeliveryState};

const DEFAULT_ROOM: u64 = Office::SAMPLE_DEFAULT_ROOM;

async fn start_paired() -> (TestApp, Tablet) {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    (app, tablet)
}

/// Hands over a call whose message is stored without a response, while reads of the room have the effect `reading`.
async fn call_with_unknown_outcome(app: &TestApp, tablet: &Tablet, reading: Effect) -> CallDraft {
    app.sim
        .inject(Fault::new(reading).on(RequestFilter::reads_of(ROOM)));
    app.sim
        .inject(fault_on_posts(Effect::ConnectionResetAfterStoring).once());
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("the delivery is unknown", async || {
        let unknown = tablet.status(&draft).await.deliveries == [DeliveryState::Unknown];
        unknown.then_some(())
    })
    .await;
    draft
}

/// Number of notices about unknown outcomes in the default room.
fn unknown_outcome_notices(app: &TestApp) -> usize {
    let messages = app.sim.messages(DEFAULT_ROOM);
    let is_notice = |body: &str| body.contains("届いたか確認できない");
    messages
        .iter()
        .filter(|message| is_notice(&message.body))
        .count()
}

#[tokio::test]
async fn an_unreadable_room_does_not_delay_later_calls() {
    for reading in [
        Effect::RoomRefused,
        Effect::ServerError { status: 500 },
        Effect::Hang,
    ] {
        let (app, tablet) = start_paired().await;
        let first = call_with_unknown_outcome(&app, &tablet, reading.clone()).await;
        // The clock is not advanced, so a delivery here means that the call did not wait.
        for _ in 0..3 {
            let later = CallDraft::now().to_room(ROOM);
            tablet.hand_over(&later).await;
            let state = tablet.final_status(&later).await.state;
            assert_eq!(state, CallState::Notified, "{reading:?}");
        }
        let deliveries = tablet.status(&first).await.deliveries;
        assert_eq!(deliveries, [DeliveryState::Unknown], "{reading:?}");
        app.sim.clear_faults();
        assert_eq!(
            app.final_state_with_fast_clock(&tablet, &first).await,
            CallState::Notified
        );
        assert_eq!(app.message_count(ROOM, &first), 1, "{reading:?}");
        app.close().await;
    }
}

#[tokio::test]
async fn an_unknown_outcome_is_reported_to_the_default_room_once_across_restarts() {
    let (mut app, tablet) = start_paired().await;
    let draft = call_with_unknown_outcome(&app, &tablet, Effect::RoomRefused).await;
    eventually("the default room gets a notice", async || {
        app.clock.advance(Duration::from_secs(1));
        (unknown_outcome_notices(&app) == 1).then_some(())
    })
    .await;
    app.stop().await;
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    let state = app.final_state_with_fast_clock(&tablet, &draft).await;
    assert_eq!(
        state,
        CallState::Expired,
        "the outcome cannot be determined"
    );
    assert_eq!(unknown_outcome_notices(&app), 1);
    assert_eq!(
        app.message_count(ROOM, &draft),
        1,
        "nothing is sent again while its outcome is unknown"
    );
    let record = app.history().await.calls.remove(0);
    assert!(record.doubted.is_some(), "the history says so: {record:?}");
    assert!(record.deliveries[0].is_in_doubt(), "{record:?}");
    app.close().await;
}

#[tokio::test]
async fn a_reconciled_or_cancelled_call_is_not_reported_as_unknown() {
    let (app, tablet) = start_paired().await;
    let found = call_with_unknown_outcome(&app, &tablet, Effect::RoomRefused).await;
    app.sim.clear_faults();
    assert_eq!(
        app.final_state_with_fast_clock(&tablet, &found).await,
        CallState::Notified
    );
    let cancelled = call_with_unknown_outcome(&app, &tablet, Effect::RoomRefused).await;
    assert_eq!(status(tablet.browser.delete(&cancelled.path())).await, 202);
    let state = app.final_state_with_fast_clock(&tablet, &cancelled).await;
    assert_eq!(state, CallState::Expired);
    assert_eq!(unknown_outcome_notices(&app), 0);
    app.close().await;
}
