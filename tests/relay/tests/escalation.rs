//! Steps of escalations: sent at their time while nobody answers, one after the other, never twice.

mod unknown_outcome;

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{
    CallDraft, HOST, ROOM, Tablet, TestApp, eventually, fault_on_posts, json,
    settings_with_answers, status,
};
use yobirin_api::Millis;
use yobirin_api::call::CallStatus;
use yobirin_domain::escalation::MAX_DOUBT_WAIT_MILLIS;
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::delivery::{CallState, DeliveryState};
use yobirin_relay::Clock;

const DEFAULT_ROOM: u64 = Office::SAMPLE_DEFAULT_ROOM;

/// Seconds from the first delivery to the first step and to the second step.
const STEP_SECONDS: [u16; 2] = [60, 150];
/// The same in milliseconds.
const STEP_MILLIS: [Millis; 2] = [60_000, 150_000];
/// Time from the first step to the second step.
const BETWEEN_STEPS: Millis = STEP_MILLIS[1] - STEP_MILLIS[0];

/// A call to a room, with a first step to the same room and a second one to the default room.
fn escalating(app: &TestApp) -> CallDraft {
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    draft
        .escalate_to_room(STEP_SECONDS[0], ROOM)
        .escalate_to_room(STEP_SECONDS[1], DEFAULT_ROOM)
}

async fn delivered(tablet: &Tablet, draft: CallDraft) -> CallDraft {
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    draft
}

async fn start_escalating() -> (TestApp, Tablet, CallDraft) {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = delivered(&tablet, escalating(&app)).await;
    (app, tablet, draft)
}

/// Time at which a delivery was stored in Chatwork, if it was.
fn delivery_time(state: &DeliveryState) -> Option<Millis> {
    match state {
        DeliveryState::Delivered { at, .. } => Some(*at),
        _ => None,
    }
}

/// Waits until the step at this position is final.
async fn until_final(app: &TestApp, tablet: &Tablet, draft: &CallDraft, step: usize) -> CallStatus {
    app.eventually_with_fast_clock("the step is final", async || {
        let status = tablet.status(draft).await;
        status.later[step].is_final().then_some(status)
    })
    .await
}

/// Numbers of the call's messages in the room and in the default room.
fn message_counts(app: &TestApp, draft: &CallDraft) -> (usize, usize) {
    (
        app.message_count(ROOM, draft),
        app.message_count(DEFAULT_ROOM, draft),
    )
}

#[tokio::test]
async fn steps_are_sent_at_their_time_after_the_first_delivery() {
    let (app, tablet, draft) = start_escalating().await;
    let status = tablet.status(&draft).await;
    assert_eq!(
        status.later,
        [DeliveryState::Waiting, DeliveryState::Waiting]
    );
    let first = delivery_time(&status.deliveries[0]).unwrap();
    let status = until_final(&app, &tablet, &draft, 1).await;
    for (step, after) in status.later.iter().zip(STEP_MILLIS) {
        let sent = delivery_time(step).expect("delivered");
        assert!(
            (first + after..first + after + 60_000).contains(&sent),
            "{sent} after {first}"
        );
    }
    assert_eq!(message_counts(&app, &draft), (2, 1));
    let record = app.history().await.calls.remove(0);
    assert_eq!((record.deliveries.len(), record.later.len()), (1, 2));
    app.close().await;
}

#[tokio::test]
async fn an_answer_withdraws_every_step_that_waits() {
    let (app, tablet, draft) = start_escalating().await;
    let post = &app.posts_of(ROOM, &draft)[0];
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "行きます")
        .unwrap();
    app.shown_answer(&tablet, &draft, |_| true).await;
    let status = tablet.status(&draft).await;
    assert_eq!(
        status.later,
        [DeliveryState::Withdrawn, DeliveryState::Withdrawn]
    );
    app.clock.advance(Duration::from_secs(300));
    app.wait_for_polls(ROOM, 2).await;
    assert_eq!(message_counts(&app, &draft), (1, 0));
    app.close().await;
}

#[tokio::test]
async fn steps_that_wait_are_withdrawn_when_answers_are_switched_off() {
    let (app, tablet, draft) = start_escalating().await;
    let mut document = settings_with_answers();
    document.site.answers = AnswerDisplay::Off;
    app.save(&document).await;
    assert_eq!(
        tablet.status(&draft).await.later,
        [DeliveryState::Withdrawn, DeliveryState::Withdrawn]
    );
    app.clock.advance(Duration::from_secs(300));
    let next = delivered(&tablet, CallDraft::at(app.clock.now()).to_room(ROOM)).await;
    assert_eq!(app.message_count(ROOM, &next), 1);
    assert_eq!(message_counts(&app, &draft), (1, 0));
    app.close().await;
}

#[tokio::test]
async fn an_answer_in_the_second_in_which_a_step_is_due_leaves_it_sent_or_withdrawn() {
    for early in [0, 1, 2, 40, 300] {
        let (app, tablet, draft) = start_escalating().await;
        let status = tablet.status(&draft).await;
        let due = delivery_time(&status.deliveries[0]).unwrap() + STEP_MILLIS[0];
        app.clock
            .advance(Duration::from_millis(due - early - app.clock.now()));
        let post = &app.posts_of(ROOM, &draft)[0];
        app.sim
            .reply_as(ROOM, HOST, post.message_id, "行きます")
            .unwrap();
        app.shown_answer(&tablet, &draft, |_| true).await;
        let status = until_final(&app, &tablet, &draft, 0).await;
        let sent = usize::from(delivery_time(&status.later[0]).is_some());
        assert_eq!(status.later[1], DeliveryState::Withdrawn);
        app.clock.advance(Duration::from_secs(120));
        app.wait_for_polls(ROOM, 2).await;
        assert_eq!(message_counts(&app, &draft), (1 + sent, 0));
        app.close().await;
    }
}

#[tokio::test]
async fn the_time_of_a_step_does_not_count_during_an_outage_before_the_first_delivery() {
    let (app, tablet) = TestApp::start_listening().await;
    let outage = app
        .sim
        .inject(fault_on_posts(Effect::ServerError { status: 503 }));
    let draft = escalating(&app);
    tablet.hand_over(&draft).await;
    app.clock.advance(Duration::from_secs(200));
    assert_eq!(tablet.status(&draft).await.later[0], DeliveryState::Waiting);
    app.sim.remove_fault(outage);
    let status = until_final(&app, &tablet, &draft, 0).await;
    let first = delivery_time(&status.deliveries[0]).unwrap();
    assert!(delivery_time(&status.later[0]).unwrap() >= first + STEP_MILLIS[0]);
    cancel(&tablet, &draft).await;
    app.close().await;
}

async fn cancel(tablet: &Tablet, draft: &CallDraft) -> CallStatus {
    json(tablet.browser.delete(&draft.path())).await
}

#[tokio::test]
async fn steps_that_a_stopped_relay_missed_are_sent_with_the_same_time_between_them() {
    let (mut app, tablet, draft) = start_escalating().await;
    app.stop().await;
    app.clock.advance(Duration::from_secs(200));
    let restarted = app.clock.now();
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    let first = eventually("the first step is sent at once", async || {
        delivery_time(&tablet.status(&draft).await.later[0])
    })
    .await;
    assert!(first < restarted + 60_000, "{first} after {restarted}");
    let status = until_final(&app, &tablet, &draft, 1).await;
    let second = delivery_time(&status.later[1]).unwrap();
    assert!(second >= first + BETWEEN_STEPS, "{second} after {first}");
    assert_eq!(message_counts(&app, &draft), (2, 1));
    app.close().await;
}

#[tokio::test]
async fn a_step_whose_room_fails_holds_no_later_one_up() {
    for (effect, latest) in [
        (Effect::ServerError { status: 503 }, STEP_MILLIS[1]),
        (Effect::RoomLimit, STEP_MILLIS[1]),
        // Nobody knows whether this step was delivered, so the next one waits for its reconciliation, but not for ever.
        (Effect::Hang, STEP_MILLIS[1] + MAX_DOUBT_WAIT_MILLIS),
    ] {
        let (app, tablet) = TestApp::start_listening().await;
        let draft = CallDraft::at(app.clock.now()).to_account(HOST);
        let draft = draft
            .escalate_to_room(STEP_SECONDS[0], ROOM)
            .escalate_to_room(STEP_SECONDS[1], DEFAULT_ROOM);
        let draft = delivered(&tablet, draft).await;
        let posts = RequestFilter::posts_to(ROOM);
        let fault = app.sim.inject(Fault::new(effect.clone()).on(posts));
        let status = until_final(&app, &tablet, &draft, 1).await;
        assert!(!status.later[0].is_final(), "{effect:?}: its room fails");
        let first = delivery_time(&status.deliveries[0]).unwrap();
        let after = delivery_time(&status.later[1]).unwrap() - first;
        let allowed = STEP_MILLIS[1]..latest + 120_000;
        assert!(allowed.contains(&after), "{effect:?}: after {after} ms");
        app.sim.remove_fault(fault);
        let status = until_final(&app, &tablet, &draft, 0).await;
        assert!(delivery_time(&status.later[0]).is_some(), "{effect:?}");
        assert_eq!(message_counts(&app, &draft), (1, 1), "{effect:?}");
        app.close().await;
    }
}

#[tokio::test]
async fn a_step_whose_room_is_gone_is_not_replaced_and_the_next_one_follows() {
    let (app, tablet, draft) = start_escalating().await;
    app.sim.delete_room(ROOM).unwrap();
    let status = until_final(&app, &tablet, &draft, 1).await;
    assert!(
        matches!(status.later[0], DeliveryState::Rejected { .. }),
        "{status:?}"
    );
    assert!(delivery_time(&status.later[1]).is_some(), "{status:?}");
    assert_eq!(status.fallback, None);
    app.close().await;
}

#[tokio::test]
async fn a_cancellation_withdraws_the_steps_that_wait_and_is_told_once_in_a_room_with_a_reminder() {
    let (app, tablet, draft) = start_escalating().await;
    until_final(&app, &tablet, &draft, 0).await;
    cancel(&tablet, &draft).await;
    let status = app
        .eventually_with_fast_clock("the cancellation is told", async || {
            let status = tablet.status(&draft).await;
            let are_final = status.retractions.iter().all(DeliveryState::is_final);
            (!status.retractions.is_empty() && are_final).then_some(status)
        })
        .await;
    assert_eq!(status.later[1], DeliveryState::Withdrawn);
    app.clock.advance(Duration::from_secs(300));
    assert_eq!(
        tablet.status(&draft).await.later[1],
        DeliveryState::Withdrawn
    );
    assert_eq!(message_counts(&app, &draft), (3, 0), "one retraction");
    app.close().await;
}

#[tokio::test]
async fn revoking_the_tablet_withdraws_its_steps() {
    let (app, _, draft) = start_escalating().await;
    assert_eq!(
        status(app.admin.delete("/api/devices/lobby/pairing")).await,
        204
    );
    let record = app.history().await.calls.remove(0);
    let states: Vec<_> = record.later.iter().map(|later| &later.state).collect();
    assert_eq!(states, [&DeliveryState::Withdrawn; 2]);
    app.clock.advance(Duration::from_secs(300));
    app.wait_for_polls(ROOM, 2).await;
    assert_eq!(message_counts(&app, &draft), (1, 0));
    app.close().await;
}

#[tokio::test]
async fn no_step_is_sent_after_the_deadline() {
    let (mut app, tablet, draft) = start_escalating().await;
    app.stop().await;
    app.clock.advance(Duration::from_secs(16 * 60));
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    let status = until_final(&app, &tablet, &draft, 1).await;
    assert_eq!(
        status.later,
        [DeliveryState::Expired, DeliveryState::Expired]
    );
    assert_eq!(status.state, CallState::Notified);
    assert_eq!(message_counts(&app, &draft), (1, 0));
    app.close().await;
}

/// Starts an escalating call on a relay whose clock the test can set without Chatwork's clock.
async fn start_with_own_clock() -> (TestApp, Tablet, CallDraft) {
    let app = TestApp::start_with(|options| options.clock = Clock::system()).await;
    app.save(&settings_with_answers()).await;
    let tablet = app.tablet(relay_tests::LOBBY).await;
    let draft = delivered(&tablet, escalating(&app)).await;
    (app, tablet, draft)
}

#[tokio::test]
async fn a_backward_clock_step_neither_loses_nor_hurries_a_step() {
    let (app, tablet, draft) = start_with_own_clock().await;
    app.clock.advance(Duration::from_secs(30));
    app.clock.set_back(Duration::from_secs(24 * 3600));
    let set_back = app.clock.now();
    // Wakes the outbox, which sleeps until the step was due by the old clock.
    delivered(&tablet, CallDraft::at(set_back).to_account(HOST)).await;
    let status = until_final(&app, &tablet, &draft, 1).await;
    let sent: Vec<_> = status
        .later
        .iter()
        .map(|step| delivery_time(step).unwrap())
        .collect();
    assert!(
        sent[0] >= set_back + STEP_MILLIS[0] - 31_000 && sent[0] < set_back + 100_000,
        "{sent:?}"
    );
    assert!(sent[1] >= sent[0] + BETWEEN_STEPS, "{sent:?}");
    assert_eq!(message_counts(&app, &draft), (2, 1));
    app.close().await;
}

#[tokio::test]
async fn a_forward_clock_step_sends_the_steps_with_the_same_time_between_them_or_not_at_all() {
    let (app, tablet, draft) = start_with_own_clock().await;
    app.clock.advance(Duration::from_secs(400));
    let status = until_final(&app, &tablet, &draft, 1).await;
    let sent: Vec<_> = status
        .later
        .iter()
        .map(|step| delivery_time(step).unwrap())
        .collect();
    assert!(sent[1] >= sent[0] + BETWEEN_STEPS, "{sent:?}");
    let late = delivered(&tablet, escalating(&app)).await;
    app.clock.advance(Duration::from_secs(24 * 3600));
    until_final(&app, &tablet, &late, 0).await;
    let status = until_final(&app, &tablet, &late, 1).await;
    assert_eq!(
        status.later,
        [DeliveryState::Expired, DeliveryState::Expired]
    );
    app.close().await;
}
