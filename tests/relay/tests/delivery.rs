//! Delivery from the outbox to Chatwork: retries, rejections, pauses and order.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RateLimitResetHeader, RequestFilter};
use relay_tests::{
    CallDraft, HOST, LOBBY, ROOM, Tablet, TestApp, eventually, fault_on_posts, json, status,
};
use yobirin_api::call::Outcome;
use yobirin_api::chatwork::Connection;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::{CallState, DeliveryState, RejectReason};

const OTHER_ROOM: u64 = Office::SAMPLE_KAIHATSU_ROOM;

async fn start_paired() -> (TestApp, Tablet) {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    (app, tablet)
}

#[tokio::test]
async fn a_post_that_was_certainly_not_stored_is_retried() {
    let faults = [
        Effect::ServerError { status: 503 },
        Effect::GeneralLimit,
        Effect::RoomLimit,
    ];
    for effect in faults {
        let (app, tablet) = start_paired().await;
        app.sim.inject(fault_on_posts(effect.clone()).times(2));
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        assert_eq!(
            app.final_state_with_fast_clock(&tablet, &draft).await,
            CallState::Notified,
            "{effect:?}"
        );
        let outcomes = app.attempt_outcomes(&draft).await;
        assert_eq!(
            outcomes,
            [Outcome::Retry, Outcome::Retry, Outcome::Delivered],
            "{effect:?}"
        );
        assert_eq!(app.message_count(ROOM, &draft), 1, "{effect:?}");
        app.close().await;
    }
}

#[tokio::test]
async fn a_rate_limit_with_an_invalid_reset_header_is_waited_out() {
    for header in [
        RateLimitResetHeader::Absent,
        RateLimitResetHeader::Bad,
        RateLimitResetHeader::Past,
    ] {
        let (app, tablet) = start_paired().await;
        app.sim.inject(fault_on_posts(Effect::GeneralLimit).once());
        app.sim
            .inject(fault_on_posts(Effect::RateLimitResetHeader(header)).once());
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        assert_eq!(
            app.final_state_with_fast_clock(&tablet, &draft).await,
            CallState::Notified,
            "{header:?}"
        );
        assert_eq!(app.message_count(ROOM, &draft), 1);
        app.close().await;
    }
}

#[tokio::test]
async fn a_permanent_rejection_is_final() {
    let (app, tablet) = start_paired().await;
    let rejected = |reason| vec![DeliveryState::Rejected { reason }];
    let to_stranger = CallDraft::now().to_account(Office::SAMPLE_NON_CONTACTS[0]);
    tablet.hand_over(&to_stranger).await;
    let final_status = tablet.final_status(&to_stranger).await;
    assert_eq!(final_status.deliveries, rejected(RejectReason::NotAContact));
    assert_eq!(final_status.state, CallState::Failed);

    app.sim.delete_room(ROOM).unwrap();
    let to_deleted_room = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&to_deleted_room).await;
    assert_eq!(
        tablet.final_status(&to_deleted_room).await.deliveries,
        rejected(RejectReason::NoSuchRoom)
    );
    assert_eq!(
        app.attempt_outcomes(&to_deleted_room).await,
        [Outcome::Rejected]
    );
    app.close().await;
}

#[tokio::test]
async fn a_removed_contact_is_noticed() {
    let (app, tablet) = start_paired().await;
    let first = CallDraft::now().to_account(HOST);
    tablet.hand_over(&first).await;
    assert_eq!(tablet.final_status(&first).await.state, CallState::Notified);
    app.sim.remove_contact(Office::SAMPLE_BOT, HOST).unwrap();
    let to_former_contact = CallDraft::now().to_account(HOST);
    tablet.hand_over(&to_former_contact).await;
    let final_status = tablet.final_status(&to_former_contact).await;
    assert_eq!(
        final_status.deliveries,
        [DeliveryState::Rejected {
            reason: RejectReason::NotAContact
        }]
    );
    app.close().await;
}

#[tokio::test]
async fn a_refused_token_pauses_the_outbox_and_a_valid_one_resumes_it() {
    let (mut app, tablet) = start_paired().await;
    let mut events = tablet.events().await;
    app.sim.revoke_token(Office::SAMPLE_TOKEN);
    let (one, other) = (
        CallDraft::now().to_room(ROOM),
        CallDraft::now().to_room(OTHER_ROOM),
    );
    tablet.hand_over(&one).await;
    tablet.hand_over(&other).await;
    events.until(&Event::Chatwork { delivering: false }).await;
    let connection = || json::<Connection>(app.admin.get("/api/chatwork"));
    assert!(matches!(connection().await, Connection::Refused { .. }));
    let requests_before = app.sim.request_count();

    app.stop().await;
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    let mut events = tablet.events().await;
    assert_eq!(
        tablet.status(&one).await.state,
        CallState::Sending,
        "the call still waits"
    );
    assert!(
        app.sim.request_count() <= requests_before + 1,
        "no more than one probe of the token, after a restart too"
    );

    app.sim.restore_token(Office::SAMPLE_TOKEN);
    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
    events.until(&Event::Chatwork { delivering: true }).await;
    for (draft, room) in [(&one, ROOM), (&other, OTHER_ROOM)] {
        assert_eq!(tablet.final_status(draft).await.state, CallState::Notified);
        assert_eq!(app.message_count(room, draft), 1);
    }
    app.close().await;
}

#[tokio::test]
async fn a_call_past_its_deadline_is_not_sent() {
    let (app, tablet) = start_paired().await;
    let mut events = tablet.events().await;
    // Without a connection to Chatwork the call waits until its deadline.
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let draft = CallDraft::now().to_room(ROOM).to_account(HOST);
    tablet.hand_over(&draft).await;
    assert_eq!(events.next_delivery().await.1, DeliveryState::Waiting);
    app.clock.advance(Duration::from_secs(15 * 60));
    assert_eq!(events.until_final().await.1, DeliveryState::Expired);
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Expired);
    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
    let next = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&next).await;
    assert_eq!(tablet.final_status(&next).await.state, CallState::Notified);
    assert_eq!(app.message_count(ROOM, &draft), 0);
    app.close().await;
}

#[tokio::test]
async fn order_is_kept_within_a_room() {
    let (app, tablet) = start_paired().await;
    let mut drafts = Vec::new();
    for _ in 0..6 {
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        drafts.push(draft);
    }
    for draft in &drafts {
        assert_eq!(tablet.final_status(draft).await.state, CallState::Notified);
    }
    let bodies: Vec<_> = app
        .sim
        .messages(ROOM)
        .into_iter()
        .map(|message| message.body)
        .collect();
    let expected: Vec<_> = drafts
        .iter()
        .map(|draft| draft.call.deliveries[0].text.clone())
        .collect();
    assert_eq!(bodies, expected);
    app.close().await;
}

#[tokio::test]
async fn a_delivery_waiting_for_a_retry_does_not_delay_later_ones() {
    let (app, tablet) = start_paired().await;
    app.sim
        .inject(fault_on_posts(Effect::ServerError { status: 503 }).once());
    let first = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&first).await;
    eventually("the delivery is postponed", async || {
        let outcomes = app.attempt_outcomes(&first).await;
        (outcomes == [Outcome::Retry]).then_some(())
    })
    .await;
    let later = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&later).await;
    assert_eq!(tablet.final_status(&later).await.state, CallState::Notified);
    assert_eq!(
        app.final_state_with_fast_clock(&tablet, &first).await,
        CallState::Notified
    );
    assert_eq!(app.message_count(ROOM, &first), 1);
    app.close().await;
}

#[tokio::test]
async fn a_failing_room_does_not_delay_another_room() {
    let (app, tablet) = start_paired().await;
    let stuck = Fault::new(Effect::ServerError { status: 503 }).on(RequestFilter::posts_to(ROOM));
    let fault = app.sim.inject(stuck);
    let first = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&first).await;
    for _ in 0..3 {
        let other = CallDraft::now().to_room(OTHER_ROOM);
        tablet.hand_over(&other).await;
        assert_eq!(tablet.final_status(&other).await.state, CallState::Notified);
    }
    assert_eq!(tablet.status(&first).await.state, CallState::Sending);
    app.sim.remove_fault(fault);
    assert_eq!(
        app.final_state_with_fast_clock(&tablet, &first).await,
        CallState::Notified
    );
    app.close().await;
}

#[tokio::test]
async fn a_burst_of_calls_stays_within_chatworks_limits() {
    let (app, tablet) = start_paired().await;
    let mut drafts = Vec::new();
    for _ in 0..14 {
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        drafts.push(draft);
    }
    eventually("the first ten are delivered", async || {
        (app.sim.messages(ROOM).len() >= 10).then_some(())
    })
    .await;
    assert_eq!(
        app.sim.messages(ROOM).len(),
        10,
        "a room gets at most ten messages in ten seconds"
    );
    for draft in &drafts {
        assert_eq!(
            app.final_state_with_fast_clock(&tablet, draft).await,
            CallState::Notified
        );
    }
    assert_eq!(app.sim.response_count(429), 0);
    app.close().await;
}

#[tokio::test]
async fn calls_wait_while_chatwork_is_down_and_are_then_sent_once() {
    let (mut app, tablet) = start_paired().await;
    app.sim.stop().await;
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    eventually("the first attempt has failed", async || {
        (!app.attempt_outcomes(&draft).await.is_empty()).then_some(())
    })
    .await;
    app.restart_chatwork().await;
    assert_eq!(
        app.final_state_with_fast_clock(&tablet, &draft).await,
        CallState::Notified
    );
    assert_eq!(app.message_count(ROOM, &draft), 1);
    app.close().await;
}

#[tokio::test]
async fn a_call_is_processed_although_the_tablet_disconnects_before_the_response() {
    let (app, tablet) = start_paired().await;
    // The tablet disconnects at different times between request and response.
    for microseconds in (0..12_000).step_by(600) {
        let room = if microseconds % 1_200 == 0 {
            ROOM
        } else {
            OTHER_ROOM
        };
        let draft = CallDraft::now().to_room(room);
        let timeout = Duration::from_micros(microseconds);
        let _ = tokio::time::timeout(timeout, tablet.hand_over_request(&draft).send()).await;
        // As after a reload, the tablet hands the same call over again.
        tablet.hand_over(&draft).await;
        assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
        assert_eq!(app.message_count(room, &draft), 1);
    }
    app.close().await;
}
