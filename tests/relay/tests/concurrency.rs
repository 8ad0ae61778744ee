//! Concurrency: repeated rate limits, concurrent handovers of one call, stalled stream readers.

use chatwork_sim::{Effect, Office, RateLimitResetHeader};
use relay_tests::{CallDraft, LOBBY, ROOM, RawClient, SIDE_DOOR, TestApp, fault_on_posts};
use tokio::task::JoinSet;
use yobirin_domain::model::delivery::CallState;

const ROOMS: [u64; 3] = [
    ROOM,
    Office::SAMPLE_KAIHATSU_ROOM,
    Office::SAMPLE_DEFAULT_ROOM,
];

#[tokio::test]
async fn repeated_rate_limits_delay_calls_without_loss_or_duplicates() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    // Waits of 5 minutes and of 30 seconds, all within a call's deadline.
    let storm = [
        (Effect::GeneralLimit, None),
        (Effect::RoomLimit, None),
        (Effect::GeneralLimit, Some(RateLimitResetHeader::Bad)),
        (Effect::RoomLimit, None),
        (Effect::GeneralLimit, Some(RateLimitResetHeader::Past)),
        (Effect::GeneralLimit, Some(RateLimitResetHeader::Absent)),
        (Effect::RoomLimit, None),
    ];
    for (limit, header) in storm {
        app.sim.inject(fault_on_posts(limit).once());
        if let Some(header) = header {
            app.sim
                .inject(fault_on_posts(Effect::RateLimitResetHeader(header)).once());
        }
    }
    let mut drafts = Vec::new();
    for number in 0..12 {
        let room = ROOMS[number % ROOMS.len()];
        let draft = CallDraft::now().to_room(room);
        tablet.hand_over(&draft).await;
        drafts.push((room, draft));
    }
    for (room, draft) in &drafts {
        let state = app.final_state_with_fast_clock(&tablet, draft).await;
        assert_eq!(state, CallState::Notified);
        assert_eq!(app.message_count(*room, draft), 1);
    }
    let refusal_count = app.sim.response_count(429);
    assert!(
        refusal_count <= 10,
        "{refusal_count} refusals: retries are spaced"
    );
    app.close().await;
}

/// Number of handovers of the same call at once.
const HANDOVERS: usize = 50;

#[tokio::test]
async fn concurrent_handovers_of_one_call_send_one_message() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let draft = CallDraft::now().to_room(ROOM);
    let mut handovers = JoinSet::new();
    for _ in 0..HANDOVERS {
        let (tablet, draft) = (tablet.clone(), draft.clone());
        handovers.spawn(async move { tablet.hand_over(&draft).await.id });
    }
    let responses = handovers.join_all().await;
    assert_eq!(responses, vec![draft.id; HANDOVERS]);
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    assert_eq!(app.history().await.calls.len(), 1);
    assert_eq!(app.sim.messages(ROOM).len(), 1);
    app.close().await;
}

#[tokio::test]
async fn stalled_stream_readers_delay_neither_calls_nor_other_readers() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let cookie = app.device_cookie(SIDE_DOOR).await;
    let stream_request =
        format!("GET /api/events HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n");
    let mut stuck = Vec::new();
    for _ in 0..20 {
        let mut client = RawClient::connect(&app.url()).await;
        client.send(&stream_request).await;
        stuck.push(client);
    }
    let other = relay_tests::Tablet {
        browser: app.new_browser(),
    };
    let mut events = tablet.events().await;
    for _ in 0..10 {
        let draft = CallDraft::now().to_room(ROOM);
        let request = other.hand_over_request(&draft).header("cookie", &cookie);
        assert_eq!(request.send().await.unwrap().status(), 202);
        let mine = CallDraft::now().to_room(Office::SAMPLE_KAIHATSU_ROOM);
        tablet.hand_over(&mine).await;
        assert_eq!(tablet.final_status(&mine).await.state, CallState::Notified);
        events.until_final().await;
    }
    for call in app.history().await.calls {
        assert_eq!(call.state, CallState::Notified, "{call:?}");
    }
    drop(stuck);
    app.close().await;
}
