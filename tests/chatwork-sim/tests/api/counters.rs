//! Counters of `GET /rooms`, and how far they lag behind.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::client::{BOT, HANAKO, ROOM, TestClient};
use chatwork_sim::{CounterLag, ManualClock, Office, Options, StateError};

const START: u64 = 1_800_000_000;

async fn start(options: Options) -> (TestClient, ManualClock) {
    let clock = ManualClock::at(Duration::from_secs(START));
    let options = Options {
        clock: clock.clock(),
        ..options
    };
    (TestClient::start_with(options).await, clock)
}

async fn room(client: &TestClient, id: u64) -> Value {
    let rooms = client.get("/rooms").await.json();
    let rooms = rooms.as_array().expect("a list").iter();
    rooms
        .into_iter()
        .find(|room| room["room_id"] == id)
        .expect("the room")
        .clone()
}

/// `message_num`, `last_update_time` after the start, `unread_num` and `mention_num` of the room.
async fn counters(client: &TestClient, id: u64) -> [u64; 4] {
    let room = room(client, id).await;
    let number = |field: &str| room[field].as_u64().expect("a number");
    [
        number("message_num"),
        number("last_update_time").saturating_sub(START),
        number("unread_num"),
        number("mention_num"),
    ]
}

fn mention(client: &TestClient) {
    client
        .sim
        .mention_as(ROOM, HANAKO, BOT, "はい")
        .expect("a member");
}

#[tokio::test]
async fn counters_change_at_once_unless_a_lag_is_set() {
    let (client, clock) = start(Options::default()).await;
    clock.advance(Duration::from_secs(7));
    mention(&client);
    assert_eq!(counters(&client, ROOM).await, [1, 7, 1, 1]);
    clock.advance(Duration::from_secs(1));
    client.sim.post_as(ROOM, HANAKO, "独り言").unwrap();
    assert_eq!(counters(&client, ROOM).await, [2, 8, 2, 1]);
    clock.advance(Duration::from_secs(1));
    client.post(ROOM, "own").await;
    assert_eq!(counters(&client, ROOM).await, [3, 9, 2, 1]);
}

#[tokio::test]
async fn counters_lag_behind_messages_that_are_listed_at_once() {
    let (client, clock) = start(Options::default()).await;
    clock.advance(Duration::from_secs(1));
    mention(&client);
    client
        .sim
        .set_counter_lag(CounterLag::all(Duration::from_secs(5)));
    clock.advance(Duration::from_secs(1));
    mention(&client);
    let path = format!("/rooms/{ROOM}/messages?force=1");
    assert_eq!(client.get(&path).await.json().as_array().unwrap().len(), 2);
    clock.advance(Duration::from_secs(2));
    mention(&client);
    for (after, expected) in [(0, [1, 1, 1, 1]), (2, [1, 1, 1, 1])] {
        clock.advance(Duration::from_secs(after));
        assert_eq!(
            counters(&client, ROOM).await,
            expected,
            "a counter never goes back"
        );
    }
    clock.advance(Duration::from_secs(1));
    assert_eq!(
        counters(&client, ROOM).await,
        [2, 2, 2, 2],
        "5 s after the second"
    );
    clock.advance(Duration::from_secs(2));
    assert_eq!(
        counters(&client, ROOM).await,
        [3, 4, 3, 3],
        "5 s after the third"
    );
    mention(&client);
    client.sim.set_counter_lag(CounterLag::default());
    assert_eq!(
        counters(&client, ROOM).await,
        [4, 9, 4, 4],
        "without a lag the counters are current"
    );
}

#[tokio::test]
async fn each_counter_can_lag_by_itself_in_one_room() {
    let (client, clock) = start(Options::default()).await;
    let lag = CounterLag {
        message_num: Duration::from_secs(30),
        unread: Duration::from_secs(10),
        ..CounterLag::default()
    };
    client.sim.set_room_counter_lag(ROOM, lag).unwrap();
    clock.advance(Duration::from_secs(1));
    mention(&client);
    let elsewhere = Office::SAMPLE_DEFAULT_ROOM;
    client.sim.post_as(elsewhere, HANAKO, "x").unwrap();
    assert_eq!(counters(&client, ROOM).await, [0, 1, 0, 0]);
    assert_eq!(counters(&client, elsewhere).await, [1, 1, 1, 0]);
    clock.advance(Duration::from_secs(10));
    assert_eq!(counters(&client, ROOM).await, [0, 1, 1, 1]);
    clock.advance(Duration::from_secs(20));
    assert_eq!(counters(&client, ROOM).await, [1, 1, 1, 1]);
    let unknown = client.sim.set_room_counter_lag(1, lag);
    assert_eq!(unknown, Err(StateError::NoSuchRoom(1)));
}

#[tokio::test]
async fn stopped_counters_never_move_and_new_rooms_have_the_lag_of_the_options() {
    let (client, clock) = start(Options {
        counter_lag: CounterLag::STOPPED,
        ..Options::default()
    })
    .await;
    mention(&client);
    clock.advance(Duration::from_secs(86_400));
    assert_eq!(counters(&client, ROOM).await, [0, 0, 0, 0]);
    let members = client
        .sim
        .rooms()
        .into_iter()
        .find(|room| room.room_id == ROOM);
    let new = client
        .sim
        .create_room("新室", members.unwrap().members)
        .unwrap();
    client.sim.post_as(new, HANAKO, "x").unwrap();
    assert_eq!(counters(&client, new).await, [0, 0, 0, 0]);
}

#[tokio::test]
async fn an_edit_moves_the_last_update_only_if_the_options_say_so() {
    for edits_move_last_update in [true, false] {
        let (client, clock) = start(Options {
            edits_move_last_update,
            ..Options::default()
        })
        .await;
        let id = client.sim.post_as(ROOM, HANAKO, "一").unwrap().message_id;
        clock.advance(Duration::from_secs(4));
        client.sim.edit_as(ROOM, HANAKO, id, "二").unwrap();
        let moved = if edits_move_last_update { 4 } else { 0 };
        assert_eq!(counters(&client, ROOM).await, [1, moved, 1, 0]);
    }
}

#[tokio::test]
async fn the_lag_can_be_set_over_http_in_milliseconds() {
    let (client, clock) = start(Options::default()).await;
    let lag = json!({ "message_num": 1500 });
    let set = client.control(Method::PUT, "/counter_lag", lag).await;
    assert_eq!(set.status, 204, "{}", set.text);
    mention(&client);
    assert_eq!(counters(&client, ROOM).await[0], 0);
    clock.advance(Duration::from_millis(1500));
    assert_eq!(counters(&client, ROOM).await[0], 1);
    let path = format!("/rooms/{ROOM}/counter_lag");
    for (path, body, status) in [
        (path.as_str(), json!({ "unread": 5 }), 204),
        ("/rooms/1/counter_lag", json!({}), 404),
        ("/counter_lag", json!({ "mentions": 5 }), 422),
    ] {
        let set = client.control(Method::PUT, path, body).await;
        assert_eq!(set.status, status, "{path}");
    }
}
