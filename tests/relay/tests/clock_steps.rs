//! Clocks that are wrong, and clocks that are put right.

use std::time::Duration;

use chatwork_sim::Effect;
use relay_tests::{CallDraft, Desk, LOBBY, ROOM, Tablet, eventually, posts, refusal, status};
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::model::delivery::CallState;
use yobirin_relay::Clock;

const MINUTE: Millis = 60_000;
const DAY: Duration = Duration::from_secs(24 * 3600);
const DAY_MILLIS: Millis = 24 * 60 * MINUTE;

/// A relay whose clock can be set without that of Chatwork.
async fn opened() -> (Desk, Tablet) {
    let desk = Desk::open_with(|options| options.clock = Clock::system()).await;
    let tablet = desk.tablet(LOBBY).await;
    (desk, tablet)
}

#[tokio::test]
async fn a_tablet_whose_clock_is_a_day_off_can_call() {
    let (desk, tablet) = opened().await;
    let now = desk.clock.now();
    for shows in [now - DAY_MILLIS, now + DAY_MILLIS] {
        let draft = CallDraft::at(shows).to_room(ROOM);
        assert_eq!(status(tablet.handing_over_at(&draft, shows)).await, 202);
        // Again, a while later by its clock: the same call.
        let later = tablet.handing_over_at(&draft, shows + MINUTE);
        assert_eq!(status(later).await, 202);
        assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
        assert_eq!(desk.told(ROOM, &draft), 1);

        let queued = CallDraft::at(shows - 16 * MINUTE).to_room(ROOM);
        let late = tablet.handing_over_at(&queued, shows);
        assert_eq!(refusal(late).await, ErrorCode::BadDeadline, "too late");
    }
    let nonsense = tablet.handing_over(&CallDraft::now().to_room(ROOM));
    let nonsense = nonsense.header("x-tablet-time", "noon");
    assert_eq!(refusal(nonsense).await, ErrorCode::Malformed);
    desk.close().await;
}

#[tokio::test]
async fn a_call_that_waits_for_its_next_try_does_not_wait_a_day_longer() {
    let (desk, tablet) = opened().await;
    let fault = desk.sim.inject(posts(Effect::ServerError { status: 503 }));
    let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("a first try failed", async || {
        (!desk.outcomes(&draft).await.is_empty()).then_some(())
    })
    .await;
    desk.clock.set_back(DAY);
    desk.sim.remove_fault(fault);
    // Minutes may pass until its turn, a day may not: its deadline would be over.
    let state = desk.settled_in_time(&tablet, &draft).await;
    assert_eq!(state, CallState::Notified);
    assert_eq!(desk.told(ROOM, &draft), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_message_in_doubt_is_settled_though_the_clock_was_set_back() {
    let (desk, tablet) = opened().await;
    desk.sim.inject(posts(Effect::Hang).once());
    let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("the post hangs", async || {
        desk.sim.faults().is_empty().then_some(())
    })
    .await;
    desk.clock.set_back(DAY);
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    assert_eq!(desk.told(ROOM, &draft), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_gives_no_call_another_day_to_live() {
    let (mut desk, tablet) = opened().await;
    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    // While the relay was off, so that it cannot have noticed.
    desk.stop().await;
    desk.clock.set_back(DAY);
    desk.start_again().await;
    let tablet = desk.follow(&tablet);
    assert_eq!(tablet.status(&draft).await.state, CallState::Sending);
    desk.clock.advance(Duration::from_secs(15 * 60));
    assert_eq!(tablet.settled(&draft).await.state, CallState::Expired);
    assert_eq!(desk.told(ROOM, &draft), 0);
    desk.close().await;
}

#[tokio::test]
async fn a_clock_that_is_set_ahead_expires_what_waits_and_takes_the_next() {
    let (desk, tablet) = opened().await;
    let fault = desk.sim.inject(posts(Effect::ServerError { status: 503 }));
    let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    desk.clock.advance(DAY);
    assert_eq!(tablet.settled(&draft).await.state, CallState::Expired);
    desk.sim.remove_fault(fault);
    let next = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&next).await;
    assert_eq!(tablet.settled(&next).await.state, CallState::Notified);
    assert_eq!(desk.told(ROOM, &draft), 0, "hours late it would do harm");
    desk.close().await;
}
