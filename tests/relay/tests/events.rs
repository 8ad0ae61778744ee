//! Event streams: completeness, resumption and end.

use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{CallDraft, EventStream, LOBBY, ROOM, SIDE_DOOR, TestApp, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::event::Event;
use yobirin_domain::caller_limits::TABLET_STREAMS;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::CallId;

#[tokio::test]
async fn an_interrupted_stream_resumes_after_the_last_event() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let other = app.tablet(SIDE_DOOR).await;
    let mut events = tablet.events().await;
    let first_call = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&first_call).await;
    let (last_sequence, _) = events.until_final().await;
    drop(events);

    let missed_call = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&missed_call).await;
    tablet.final_status(&missed_call).await;
    let call_of_other_tablet = CallDraft::now().to_room(ROOM);
    other.hand_over(&call_of_other_tablet).await;
    other.final_status(&call_of_other_tablet).await;

    let mut resumed = tablet.events_after(last_sequence).await;
    let (first, first_state) = resumed.next_delivery().await;
    assert_eq!(first_state, DeliveryState::Waiting);
    let (second, delivered) = resumed.next_delivery().await;
    assert!(last_sequence < first && first < second && delivered.is_final());

    let live_call = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&live_call).await;
    let (call, state) = next_call(&mut resumed).await;
    assert_eq!(
        (call, state),
        (live_call.id, DeliveryState::Waiting),
        "the events of the other tablet's call are left out"
    );
    let (call, state) = next_call(&mut resumed).await;
    assert!(call == live_call.id && state.is_final());
    app.close().await;
}

/// Call of the next event about a delivery, and the delivery's new state.
async fn next_call(events: &mut EventStream) -> (CallId, DeliveryState) {
    loop {
        let (_, event) = events.next().await.expect("the stream stays open");
        if let Event::Delivery { call, to, .. } = event {
            return (call, to);
        }
    }
}

#[tokio::test]
async fn a_new_stream_can_start_after_a_given_event() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let draft = CallDraft::now().to_room(ROOM);
    let accepted = tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    let path = format!("/api/events?after={}", accepted.sequence);
    let response = tablet.browser.get(&path).send().await.unwrap();
    let text = read_until(response, "delivered").await;
    assert!(
        !text.contains("\"waiting\""),
        "earlier events are left out: {text}"
    );
    for bad in ["/api/events?after=x", "/api/events?after=-1"] {
        assert_eq!(
            refusal(tablet.browser.get(bad)).await,
            ErrorCode::Malformed,
            "{bad}"
        );
    }
    let bad = tablet
        .browser
        .get("/api/events")
        .header("last-event-id", "x");
    assert_eq!(refusal(bad).await, ErrorCode::Malformed);
    assert_eq!(
        refusal(app.new_browser().get("/api/events")).await,
        ErrorCode::NotSignedIn
    );
    app.close().await;
}

#[tokio::test]
async fn event_streams_ask_proxies_not_to_buffer() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let stream = tablet.browser.get("/api/events").send().await.unwrap();
    assert_eq!(stream.headers()["x-accel-buffering"], "no");
    assert_eq!(stream.headers()["cache-control"], "no-store, no-transform");
    drop(stream);
    app.close().await;
}

async fn read_until(mut response: reqwest::Response, word: &str) -> String {
    let mut text = String::new();
    while !text.contains(word) {
        let chunk = tokio::time::timeout(Duration::from_secs(90), response.chunk()).await;
        let chunk = chunk
            .expect("the stream reads on within the timeout")
            .unwrap()
            .expect("the stream goes on");
        text.push_str(std::str::from_utf8(&chunk).unwrap());
    }
    text
}

#[tokio::test]
async fn streams_end_when_the_relay_stops_and_resume_after_its_restart() {
    let mut app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let mut events = tablet.events().await;
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    let (last_sequence, _) = events.next_delivery().await;
    tablet.final_status(&draft).await;
    app.stop().await;
    while events.next().await.is_some() {}
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    let mut resumed = tablet.events_after(last_sequence).await;
    assert!(resumed.next_delivery().await.1.is_final());
    app.close().await;
}

#[tokio::test]
async fn opening_too_many_streams_closes_a_tablets_oldest() {
    let app = TestApp::start().await;
    let (tablet, other) = (app.tablet(LOBBY).await, app.tablet(SIDE_DOOR).await);
    let mut streams = vec![other.events().await];
    let mut oldest = tablet.events().await;
    for _ in 0..TABLET_STREAMS {
        streams.push(tablet.events().await);
    }
    assert_eq!(oldest.next().await, None, "the oldest stream ends");
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    for stream in &mut streams {
        let expected = Some((None, Event::Chatwork { delivering: false }));
        assert_eq!(stream.next().await, expected, "the other streams stay open");
    }
    app.close().await;
}

#[tokio::test]
async fn tablets_receive_the_state_of_the_chatwork_connection() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let mut events = tablet.events().await;
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    assert_eq!(
        events.next().await,
        Some((None, Event::Chatwork { delivering: false }))
    );
    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
    assert_eq!(
        events.next().await,
        Some((None, Event::Chatwork { delivering: true }))
    );
    app.close().await;
}
