//! Much at once: refusals in storms, one call from many sides, readers that are stuck.

use chatwork_sim::{Effect, Office, ResetHeader};
use relay_tests::{CallDraft, Desk, LOBBY, ROOM, RawClient, SIDE_DOOR, posts};
use tokio::task::JoinSet;
use yobirin_domain::model::delivery::CallState;

const ROOMS: [u64; 3] = [
    ROOM,
    Office::SAMPLE_KAIHATSU_ROOM,
    Office::SAMPLE_ACALL_ROOM,
];

#[tokio::test]
async fn a_storm_of_both_limits_delays_calls_and_neither_loses_nor_doubles_them() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    // Waits of 5 minutes and of 30 seconds: all within the life of a call.
    let storm = [
        (Effect::GeneralLimit, None),
        (Effect::RoomLimit, None),
        (Effect::GeneralLimit, Some(ResetHeader::Bad)),
        (Effect::RoomLimit, None),
        (Effect::GeneralLimit, Some(ResetHeader::Past)),
        (Effect::GeneralLimit, Some(ResetHeader::Absent)),
        (Effect::RoomLimit, None),
    ];
    for (limit, header) in storm {
        desk.sim.inject(posts(limit).once());
        if let Some(header) = header {
            desk.sim.inject(posts(Effect::ResetHeader(header)).once());
        }
    }
    let mut drafts = Vec::new();
    for place in 0..12 {
        let room = ROOMS[place % ROOMS.len()];
        let draft = CallDraft::now().to_room(room);
        tablet.hand_over(&draft).await;
        drafts.push((room, draft));
    }
    for (room, draft) in &drafts {
        let state = desk.settled_in_time(&tablet, draft).await;
        assert_eq!(state, CallState::Notified);
        assert_eq!(desk.told(*room, draft), 1);
    }
    let refused = desk.sim.response_count(429);
    assert!(
        refused <= 10,
        "{refused} refusals: Chatwork is not hammered"
    );
    desk.close().await;
}

#[tokio::test]
async fn the_same_call_fifty_times_at_once_is_one_message() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let draft = CallDraft::now().to_room(ROOM);
    let mut handing = JoinSet::new();
    for _ in 0..50 {
        let (tablet, draft) = (tablet.clone(), draft.clone());
        handing.spawn(async move { tablet.hand_over(&draft).await.id });
    }
    let answers = handing.join_all().await;
    assert_eq!(answers, vec![draft.id; 50]);
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    assert_eq!(desk.history().await.calls.len(), 1);
    assert_eq!(desk.sim.messages(ROOM).len(), 1);
    desk.close().await;
}

#[tokio::test]
async fn stuck_readers_of_the_stream_hold_up_neither_calls_nor_other_readers() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let cookie = desk.device_cookie(SIDE_DOOR).await;
    let ask = format!("GET /api/events HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n");
    let mut stuck = Vec::new();
    for _ in 0..20 {
        let mut client = RawClient::connect(&desk.url()).await;
        client.send(&ask).await;
        stuck.push(client);
    }
    let other = relay_tests::Tablet {
        browser: desk.stranger(),
    };
    let mut events = tablet.events().await;
    for _ in 0..10 {
        let draft = CallDraft::now().to_room(ROOM);
        let request = other.handing_over(&draft).header("cookie", &cookie);
        assert_eq!(request.send().await.unwrap().status(), 202);
        let mine = CallDraft::now().to_room(Office::SAMPLE_KAIHATSU_ROOM);
        tablet.hand_over(&mine).await;
        assert_eq!(tablet.settled(&mine).await.state, CallState::Notified);
        events.until_final().await;
    }
    for call in desk.history().await.calls {
        assert_eq!(call.state, CallState::Notified, "{call:?}");
    }
    drop(stuck);
    desk.close().await;
}
