//! Reconciliation of posts without a response: found in the room if stored, sent again if certainly not stored,
//! never twice.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{CallDraft, HOST, LOBBY, ROOM, Tablet, TestApp, eventually, fault_on_posts};
use yobirin_api::call::Outcome;
use yobirin_domain::model::delivery::{CallState, DeliveryState};

async fn start_paired() -> (TestApp, Tablet) {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    (app, tablet)
}

#[tokio::test]
async fn a_stored_message_without_a_response_is_found_and_not_sent_again() {
    for effect in [
        Effect::HangAfterStoring,
        Effect::ConnectionResetAfterStoring,
    ] {
        let (app, tablet) = start_paired().await;
        let mut events = tablet.events().await;
        app.sim.inject(fault_on_posts(effect.clone()).once());
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        let mut states = Vec::new();
        while !states.last().is_some_and(DeliveryState::is_final) {
            states.push(events.next_delivery().await.1);
        }
        assert_eq!(
            states[..2],
            [DeliveryState::Waiting, DeliveryState::Unknown],
            "{effect:?}"
        );
        let DeliveryState::Delivered { message, .. } = &states[2] else {
            panic!("{states:?}")
        };
        let stored = app.sim.messages(ROOM)[0].message_id.to_string();
        assert_eq!(
            message.as_str(),
            stored,
            "identified by the stored message's id"
        );
        assert_eq!(
            app.attempt_outcomes(&draft).await,
            [Outcome::Found],
            "{effect:?}"
        );
        app.clock.advance(Duration::from_secs(120));
        assert_eq!(app.message_count(ROOM, &draft), 1, "{effect:?}");
        app.close().await;
    }
}

#[tokio::test]
async fn a_stored_private_message_without_a_response_is_found_too() {
    let (app, tablet) = start_paired().await;
    app.sim
        .inject(fault_on_posts(Effect::HangAfterStoring).once());
    let draft = CallDraft::now().to_account(HOST);
    tablet.hand_over(&draft).await;
    assert_eq!(
        app.final_state_with_fast_clock(&tablet, &draft).await,
        CallState::Notified
    );
    let room = app.sim.direct_room(Office::SAMPLE_BOT, HOST).unwrap();
    assert_eq!(app.message_count(room, &draft), 1);
    app.close().await;
}

#[tokio::test]
async fn a_lost_message_is_sent_again_after_the_settle_window() {
    for effect in [
        Effect::Hang,
        Effect::ConnectionReset,
        Effect::ServerError { status: 502 },
    ] {
        let (app, tablet) = start_paired().await;
        app.sim.inject(fault_on_posts(effect.clone()).once());
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        assert_eq!(
            app.final_state_with_fast_clock(&tablet, &draft).await,
            CallState::Notified,
            "{effect:?}"
        );
        assert_eq!(
            app.attempt_outcomes(&draft).await,
            [Outcome::Retry, Outcome::Delivered]
        );
        assert_eq!(app.message_count(ROOM, &draft), 1, "{effect:?}");
        app.close().await;
    }
}

#[tokio::test]
async fn a_room_read_before_the_settle_window_proves_nothing() {
    // The first read begins within the settle window, even on a slow machine, and ends after it.
    const SETTLE_WINDOW_MS: u64 = 2_000;
    let app = TestApp::start_with(|options| {
        options.outbox_timings.settle_window_ms = SETTLE_WINDOW_MS;
        options.timeouts.total = Duration::from_secs(10);
    })
    .await;
    let tablet = app.tablet(LOBBY).await;
    let room_reads = RequestFilter::to("GET", &format!("/rooms/{ROOM}/messages"));
    let ms = SETTLE_WINDOW_MS + 500;
    let slow_read = Fault::new(Effect::Delay { ms }).on(room_reads);
    app.sim.inject(slow_read.once());
    app.sim
        .inject(fault_on_posts(Effect::ConnectionReset).once());
    let requests_before = app.sim.request_count();
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("the message is sent again", async || {
        (app.message_count(ROOM, &draft) == 1).then_some(())
    })
    .await;
    let request_count = app.sim.request_count() - requests_before;
    assert_eq!(
        request_count, 4,
        "a post, a read within the settle window, a read after it, a second post"
    );
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    app.close().await;
}

#[tokio::test]
async fn nothing_is_sent_again_while_the_room_cannot_be_read() {
    let (app, tablet) = start_paired().await;
    app.sim
        .inject(fault_on_posts(Effect::HangAfterStoring).once());
    let reads = RequestFilter::to("GET", &format!("/rooms/{ROOM}/messages"));
    app.sim.inject(
        Fault::new(Effect::ServerError { status: 500 })
            .on(reads)
            .times(3),
    );
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    assert_eq!(
        app.final_state_with_fast_clock(&tablet, &draft).await,
        CallState::Notified
    );
    assert_eq!(app.attempt_outcomes(&draft).await, [Outcome::Found]);
    assert_eq!(app.message_count(ROOM, &draft), 1);
    app.close().await;
}

#[tokio::test]
async fn a_quote_of_the_message_by_another_account_does_not_count() {
    let (app, tablet) = start_paired().await;
    app.sim.inject(fault_on_posts(Effect::Hang).once());
    let draft = CallDraft::now().to_room(ROOM);
    app.sim
        .post_as(ROOM, HOST, &format!("何でしょう？ {}", draft.reference()))
        .unwrap();
    tablet.hand_over(&draft).await;
    assert_eq!(
        app.final_state_with_fast_clock(&tablet, &draft).await,
        CallState::Notified
    );
    assert_eq!(
        app.message_count(ROOM, &draft),
        2,
        "the quote, and the message itself"
    );
    app.close().await;
}

#[tokio::test]
async fn a_delivery_that_cannot_be_reconciled_expires() {
    let (app, tablet) = start_paired().await;
    app.sim.inject(fault_on_posts(Effect::Hang).once());
    let reads = RequestFilter::to("GET", &format!("/rooms/{ROOM}/messages"));
    app.sim
        .inject(Fault::new(Effect::ServerError { status: 500 }).on(reads));
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("the delivery is unknown", async || {
        let unknown = tablet.status(&draft).await.deliveries == [DeliveryState::Unknown];
        unknown.then_some(())
    })
    .await;
    app.clock.advance(Duration::from_secs(25 * 60));
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Expired);
    app.close().await;
}

#[tokio::test]
async fn a_message_acknowledged_after_its_deadline_counts_as_delivered() {
    let app = TestApp::start_with(|options| options.timeouts.total = Duration::from_secs(10)).await;
    let tablet = app.tablet(LOBBY).await;
    app.sim
        .inject(fault_on_posts(Effect::Delay { ms: 2_500 }).once());
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    // The machine was suspended while the post was in flight.
    eventually("the message is stored or in flight", async || {
        app.sim.faults().is_empty().then_some(())
    })
    .await;
    app.clock.advance(Duration::from_secs(3600));
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    assert_eq!(app.message_count(ROOM, &draft), 1);
    app.close().await;
}

#[tokio::test]
async fn an_unknown_outcome_is_reconciled_after_the_deadline_when_the_rate_limit_ends() {
    let (app, tablet) = start_paired().await;
    app.sim
        .inject(fault_on_posts(Effect::HangAfterStoring).once());
    let reads = RequestFilter::to("GET", &format!("/rooms/{ROOM}/messages"));
    let limited = app.sim.inject(Fault::new(Effect::GeneralLimit).on(reads));
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    app.wait_until_rate_limited().await;
    app.sim.remove_fault(limited);
    app.clock.advance(Duration::from_secs(19 * 60));
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    assert_eq!(app.message_count(ROOM, &draft), 1);
    app.close().await;
}
