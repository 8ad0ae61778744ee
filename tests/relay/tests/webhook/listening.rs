//! Events of the webhook while a call is open: they make the listener read the room at once, and do nothing else.

use std::time::Duration;

use chatwork_sim::{Office, ReleaseOrder};
use relay_tests::{CallDraft, HOST, LOBBY, ROOM, Tablet, TestApp, eventually, has_postgres};
use yobirin_api::call::ShownAnswer;
use yobirin_domain::answer::listening::{MAX_REQUESTS, MIN_READ_GAP_MILLIS};
use yobirin_domain::model::delivery::{CallState, DeliveryState};

use super::{
    MANY_EVENTS, RESPONSE_TIMEOUT, connect_webhook, connect_webhook_at, event_count, mention,
    response_status, send,
};
use crate::missed_visit::{settings_with_two_people, with_task};

/// Age of a call, over five minutes, at which its room is read only four times a minute.
const SLOW_AGE: Duration = Duration::from_secs(360);

/// Shorter than the 15 seconds between two polls of such a room.
const BEFORE_NEXT_POLL_MS: u64 = 13_000;

/// Starts a relay with a call that waits for an answer and whose room was just read.
async fn start_waiting() -> (TestApp, Tablet, CallDraft) {
    let app = TestApp::start().await;
    app.save(&settings_with_two_people()).await;
    let tablet = app.tablet(LOBBY).await;
    let draft = with_task(CallDraft::at(app.clock.now()).to_room(ROOM), &[HOST]);
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    app.clock.advance(SLOW_AGE);
    let before = readings(&app);
    eventually("the room is read", async || {
        (readings(&app) > before).then_some(())
    })
    .await;
    (app, tablet, draft)
}

/// Number of requests that read the room.
fn readings(app: &TestApp) -> usize {
    let path = format!("/rooms/{ROOM}/messages");
    let requests = app.sim.requests();
    let reads = requests.iter();
    reads
        .filter(|request| request.method == "GET" && request.path == path)
        .count()
}

/// Replies to the call's message as its host.
async fn reply(app: &TestApp, tablet: &Tablet, draft: &CallDraft, words: &str) {
    let status = tablet.status(draft).await;
    let DeliveryState::Delivered { message, .. } = &status.deliveries[0] else {
        panic!("not delivered: {status:?}")
    };
    let post = message.as_str().parse().unwrap();
    app.sim.reply_as(ROOM, HOST, post, words).unwrap();
}

async fn shown(tablet: &Tablet, draft: &CallDraft, words: &str) -> ShownAnswer {
    eventually("the answer is shown", async || {
        let answer = tablet.status(draft).await.answer;
        answer.filter(|answer| answer.words == words)
    })
    .await
}

#[tokio::test]
async fn a_reply_is_shown_before_the_room_would_have_been_read_again() {
    let (app, tablet, draft) = start_waiting().await;
    connect_webhook(&app).await;
    let replied_at = app.clock.now();
    reply(&app, &tablet, &draft, "すぐ行きます").await;
    shown(&tablet, &draft, "すぐ行きます").await;
    let took = app.clock.now().saturating_sub(replied_at);
    assert!(took < BEFORE_NEXT_POLL_MS, "{took} ms, as if by polling");
    app.close().await;
}

#[tokio::test]
async fn lost_repeated_and_reordered_events_change_nothing_about_the_answer() {
    let (app, tablet, draft) = start_waiting().await;
    connect_webhook(&app).await;
    app.sim.hold_deliveries();
    reply(&app, &tablet, &draft, "少々お待ちください").await;
    reply(&app, &tablet, &draft, "今行きます").await;
    let held = app.sim.deliveries();
    assert_eq!(held.len(), 2);
    app.sim.release_deliveries(ReleaseOrder::Reversed);
    shown(&tablet, &draft, "今行きます").await;
    for _ in 0..3 {
        for delivery in &held {
            let again = app.sim.repeat_delivery(delivery.delivery_id).unwrap();
            let outcome = app
                .sim
                .wait_for_outcome(again, RESPONSE_TIMEOUT)
                .await
                .unwrap();
            assert_eq!(response_status(outcome), 200);
        }
    }
    // A lost event: polling finds the reply.
    app.sim
        .script_deliveries([chatwork_sim::DeliveryScript::Lost]);
    reply(&app, &tablet, &draft, "着きました").await;
    app.clock.advance(Duration::from_secs(16));
    shown(&tablet, &draft, "着きました").await;
    let calls = app.history().await.calls;
    let words: Vec<&str> = calls[0]
        .answers
        .iter()
        .map(|answer| answer.words.as_str())
        .collect();
    assert_eq!(words, ["少々お待ちください", "今行きます", "着きました"]);
    app.close().await;
}

#[tokio::test]
async fn the_content_of_an_event_is_never_stored() {
    let (mut app, tablet, draft) = start_waiting().await;
    let hook = connect_webhook(&app).await;
    let before = readings(&app);
    // Looks like a reply to the call's message, which the room does not hold.
    let invented = mention(ROOM, &format!("[rp aid=0]{} 偽の返事", draft.reference()));
    let status = send(&app, hook, &invented, chatwork_sim::SignatureKind::Valid).await;
    assert_eq!(status, 200);
    eventually("the room is read", async || {
        (readings(&app) > before).then_some(())
    })
    .await;
    assert_eq!(tablet.status(&draft).await.answer, None);
    app.stop().await;
    let needle = "偽の返事".as_bytes();
    for entry in std::fs::read_dir(app.data()).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let bytes = std::fs::read(path).unwrap();
        assert!(!bytes.windows(needle.len()).any(|window| window == needle));
    }
    app.restart().await; // `close` needs a running relay
    app.close().await;
}

#[tokio::test]
async fn a_thousand_events_at_once_stop_no_call() {
    let (app, tablet, _open) = start_waiting().await;
    let hook = connect_webhook(&app).await;
    let (readings_before, requests_before) = (readings(&app), app.sim.request_count());
    app.sim.hold_deliveries();
    let bot = Office::SAMPLE_BOT;
    for number in 0..MANY_EVENTS {
        let words = format!("{number} 社内の話");
        app.sim.mention_as(ROOM, HOST, bot, &words).unwrap();
    }
    let began = app.clock.now();
    app.sim.release_deliveries(ReleaseOrder::AtOnce);
    let call = CallDraft::at(app.clock.now()).to_room(Office::SAMPLE_KAIHATSU_ROOM);
    tablet.hand_over(&call).await;
    assert_eq!(tablet.final_status(&call).await.state, CallState::Notified);
    for delivery in app.sim.deliveries() {
        let outcome = app
            .sim
            .wait_for_outcome(delivery.delivery_id, RESPONSE_TIMEOUT)
            .await;
        assert_eq!(response_status(outcome.unwrap()), 200);
    }
    assert!(app.sim.is_webhook_on(hook));
    assert_eq!(event_count(&app, 200).await, MANY_EVENTS);
    let took = app.clock.now().saturating_sub(began);
    let reads = readings(&app) - readings_before;
    // One reading may be at each end of this time.
    let max_reads = usize::try_from(took / MIN_READ_GAP_MILLIS).unwrap() + 2;
    assert!(reads <= max_reads, "{reads} readings in {took} ms");
    let spent = app.sim.request_count() - requests_before;
    assert!(spent < u64::from(MAX_REQUESTS), "{spent} requests");
    assert_eq!(app.sim.response_count(429), 0);
    app.close().await;
}

#[tokio::test]
async fn an_event_that_reaches_a_relay_that_does_not_lead_wakes_the_leader() {
    if !has_postgres("a webhook event at the relay that does not lead") {
        return;
    }
    let (app, tablet, draft) = start_waiting().await;
    let second = app.second_relay().await;
    connect_webhook_at(&app, &second.url()).await;
    let replied_at = app.clock.now();
    let polls_before = app.counter("yobirin_listen_requests_total").await;
    reply(&app, &tablet, &draft, "すぐ行きます").await;
    shown(&tablet, &draft, "すぐ行きます").await;
    let took = app.clock.now().saturating_sub(replied_at);
    assert!(took < BEFORE_NEXT_POLL_MS, "{took} ms, as if by polling");
    assert!(
        app.counter("yobirin_listen_requests_total").await > polls_before,
        "the leader has read the room"
    );
    second.stop().await;
    app.close().await;
}
