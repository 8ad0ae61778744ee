//! The connection to Chatwork.

use std::fs;

use chatwork_sim::{Effect, Fault, Office, RequestFilter, Role};
use relay_tests::{CallDraft, Desk, HOST, LOBBY, ROOM, json, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::{
    Connection, ContactRequest, Listing, NewRoom, Person, Room, RoomKind, Traffic,
};
use yobirin_domain::model::delivery::CallState;

async fn connection(desk: &Desk) -> Connection {
    json(desk.admin.get("/api/chatwork")).await
}

#[tokio::test]
async fn connecting_shows_whose_token_it_is_and_disconnecting_forgets_it() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    assert_eq!(connection(&desk).await, Connection::Disconnected);
    let connected: Connection = json(desk.connecting(Office::SAMPLE_TOKEN)).await;
    let Connection::Connected { bot, .. } = &connected else {
        panic!("{connected:?}")
    };
    assert_eq!(
        (bot.account.get(), bot.name.as_str()),
        (Office::SAMPLE_BOT, "受付bot")
    );
    assert_eq!(connection(&desk).await, connected);

    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    assert_eq!(connection(&desk).await, Connection::Disconnected);
    for path in ["/api/chatwork/rooms", "/api/chatwork/contacts"] {
        assert_eq!(
            refusal(desk.admin.get(path)).await,
            ErrorCode::NotConnected,
            "{path}"
        );
    }
    desk.close().await;
}

#[tokio::test]
async fn the_connection_outlives_a_restart() {
    let mut desk = Desk::open().await;
    let before = connection(&desk).await;
    desk.stop().await;
    desk.start_again().await;
    assert_eq!(connection(&desk).await, before);
    assert_eq!(
        status(desk.admin.get("/api/chatwork/rooms")).await,
        200,
        "the token opens"
    );
    desk.close().await;
}

#[tokio::test]
async fn the_key_can_be_replaced() {
    let mut desk = Desk::open().await;
    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    desk.stop().await;
    fs::remove_file(desk.data().join("key")).unwrap();
    desk.start_again().await;
    assert_eq!(status(desk.connecting(Office::SAMPLE_TOKEN)).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn the_token_is_nowhere_on_disk() {
    let mut desk = Desk::open().await;
    desk.stop().await;
    let token = Office::SAMPLE_TOKEN.as_bytes();
    let mut files = 0;
    for entry in fs::read_dir(desk.data()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let found = bytes.windows(token.len()).any(|window| window == token);
        assert!(!found, "the token is readable in {}", path.display());
        files += 1;
    }
    assert!(files >= 2, "a database and a key");
    desk.start_again().await;
    desk.close().await;
}

#[tokio::test]
async fn trouble_when_connecting_has_its_own_words_and_keeps_nothing() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    for wrong in [
        "0123456789abcdef0123456789abcdef",
        "",
        "two words",
        "日本語",
    ] {
        assert_eq!(
            refusal(desk.connecting(wrong)).await,
            ErrorCode::TokenRefused,
            "{wrong:?}"
        );
    }
    let token = Office::SAMPLE_TOKEN;
    desk.sim
        .inject(Fault::new(Effect::ServerError { status: 502 }).once());
    assert_eq!(
        refusal(desk.connecting(token)).await,
        ErrorCode::ChatworkFailed
    );
    desk.sim.inject(Fault::new(Effect::Hang).once());
    assert_eq!(
        refusal(desk.connecting(token)).await,
        ErrorCode::ChatworkUnreachable
    );
    desk.sim.stop().await;
    assert_eq!(
        refusal(desk.connecting(token)).await,
        ErrorCode::ChatworkUnreachable
    );
    assert_eq!(connection(&desk).await, Connection::Disconnected);
    desk.close().await;
}

#[tokio::test]
async fn rooms_members_and_contacts_are_there_to_pick_from() {
    let desk = Desk::open().await;
    let rooms: Listing<Room> = json(desk.admin.get("/api/chatwork/rooms")).await;
    let rooms = rooms.entries;
    let soumu = rooms.iter().find(|room| room.id.get() == ROOM).unwrap();
    assert_eq!(
        (soumu.name.as_str(), soumu.kind),
        ("総務ルーム", RoomKind::Group)
    );
    assert!(rooms.iter().any(|room| room.kind == RoomKind::My));
    assert!(rooms.iter().any(|room| room.kind == RoomKind::Direct));

    let path = format!("/api/chatwork/rooms/{ROOM}/members");
    let members: Listing<Person> = json(desk.admin.get(&path)).await;
    assert!(
        members
            .entries
            .iter()
            .any(|person| person.name == "佐藤 花子")
    );
    let contacts: Listing<Person> = json(desk.admin.get("/api/chatwork/contacts")).await;
    let listed = (contacts.entries.len(), contacts.unreadable);
    assert_eq!(listed, (Office::sample_staff().len() - 2, 0));

    let members = |room: &str| {
        desk.admin
            .get(&format!("/api/chatwork/rooms/{room}/members"))
    };
    assert_eq!(refusal(members("999999999")).await, ErrorCode::NotFound);
    assert_eq!(refusal(members("0")).await, ErrorCode::Malformed);
    assert_eq!(refusal(members("abc")).await, ErrorCode::Malformed);
    desk.close().await;
}

#[tokio::test]
async fn set_up_tells_when_chatwork_limits_or_refuses() {
    let desk = Desk::open().await;
    let rooms = || desk.admin.get("/api/chatwork/rooms");
    desk.sim.inject(
        Fault::new(Effect::Unauthorized)
            .on(RequestFilter::to("GET", "/rooms"))
            .once(),
    );
    assert_eq!(refusal(rooms()).await, ErrorCode::TokenRefused);
    assert!(matches!(
        connection(&desk).await,
        Connection::Refused { .. }
    ));
    let _: Connection = json(desk.connecting(Office::SAMPLE_TOKEN)).await;
    desk.sim.inject(Fault::new(Effect::GeneralLimit).once());
    assert_eq!(refusal(rooms()).await, ErrorCode::TooManyTries);
    desk.close().await;
}

#[tokio::test]
async fn who_asks_to_be_a_contact_becomes_one_and_can_be_told_at_once() {
    let desk = Desk::open().await;
    let requests = || desk.admin.get("/api/chatwork/contact-requests");
    let waiting: Listing<ContactRequest> = json(requests()).await;
    let waiting = waiting.entries;
    assert_eq!(waiting.len(), Office::SAMPLE_REQUESTS.len());
    let asking = &waiting[0];
    assert_eq!(asking.person.account.get(), Office::SAMPLE_NON_CONTACTS[0]);
    assert!(!asking.person.name.is_empty() && !asking.message.is_empty());

    let tablet = desk.tablet(LOBBY).await;
    let before = CallDraft::now().to_account(Office::SAMPLE_NON_CONTACTS[0]);
    tablet.hand_over(&before).await;
    assert_eq!(tablet.settled(&before).await.state, CallState::Failed);
    let accept = |id: u64| {
        let path = format!("/api/chatwork/contact-requests/{id}");
        desk.admin.post(&path)
    };
    assert_eq!(status(accept(asking.id)).await, 204);
    let after = CallDraft::now().to_account(Office::SAMPLE_NON_CONTACTS[0]);
    tablet.hand_over(&after).await;
    assert_eq!(tablet.settled(&after).await.state, CallState::Notified);

    let left: Listing<ContactRequest> = json(requests()).await;
    assert_eq!(left.entries, waiting[1..]);
    assert_eq!(refusal(accept(asking.id)).await, ErrorCode::NotFound);
    desk.close().await;
}

#[tokio::test]
async fn a_room_is_made_with_the_bot_and_the_people_chosen() {
    let desk = Desk::open().await;
    let making = |name: &str, people: &[u64]| {
        let people = people.iter().map(|id| (*id).try_into().unwrap());
        desk.admin.post("/api/chatwork/rooms").json(&NewRoom {
            name: name.to_owned(),
            people: people.collect(),
        })
    };
    let bot = Office::SAMPLE_BOT;
    let room: Room = json(making(" 受付 総合 ", &[HOST, bot])).await;
    assert_eq!(
        (room.name.as_str(), room.kind),
        ("受付 総合", RoomKind::Group)
    );
    for account in [HOST, bot] {
        assert_eq!(desk.sim.role(room.id.get(), account), Some(Role::Admin));
    }
    let rooms: Listing<Room> = json(desk.admin.get("/api/chatwork/rooms")).await;
    assert!(rooms.entries.contains(&room), "it is there to pick from");
    assert_eq!(
        refusal(making("受付", &[999_999_999])).await,
        ErrorCode::Malformed,
        "nobody has this account"
    );
    for nameless in ["", " ", &"長".repeat(81)] {
        assert_eq!(refusal(making(nameless, &[])).await, ErrorCode::Malformed);
    }
    desk.close().await;
}

#[tokio::test]
async fn what_waits_and_what_is_left_can_be_seen() {
    let desk = Desk::open().await;
    let traffic = async || json::<Traffic>(desk.admin.get("/api/chatwork/traffic")).await;
    let quiet = traffic().await;
    assert_eq!(
        (quiet.waiting, quiet.oldest, quiet.resting),
        (0, None, None)
    );
    assert_eq!(quiet.left, 299, "asking whose token it is was one");
    desk.sim.inject(Fault::new(Effect::GeneralLimit).once());
    let rooms = desk.admin.get("/api/chatwork/rooms");
    assert_eq!(refusal(rooms).await, ErrorCode::TooManyTries);
    let limited = traffic().await;
    assert!(
        limited.resting.is_some() && limited.left == 0,
        "{limited:?}"
    );
    desk.close().await;
}
