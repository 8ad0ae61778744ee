//! The connection to Chatwork.

use std::fs;

use chatwork_sim::{Effect, Fault, Office, RequestFilter, Role};
use relay_tests::{CallDraft, HOST, LOBBY, ROOM, TestApp, error, json, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::{
    Connection, ContactRequest, Listing, NewRoom, Person, Room, RoomKind, Traffic,
};
use yobirin_domain::model::delivery::CallState;

async fn connection(app: &TestApp) -> Connection {
    json(app.admin.get("/api/chatwork")).await
}

#[tokio::test]
async fn connecting_shows_the_tokens_account_and_disconnecting_deletes_the_token() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    assert_eq!(connection(&app).await, Connection::Disconnected);
    let connected: Connection = json(app.connect_request(Office::SAMPLE_TOKEN)).await;
    let Connection::Connected { bot, .. } = &connected else {
        panic!("{connected:?}")
    };
    assert_eq!(
        (bot.account.get(), bot.name.as_str()),
        (Office::SAMPLE_BOT, "受付bot")
    );
    assert_eq!(connection(&app).await, connected);

    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    assert_eq!(connection(&app).await, Connection::Disconnected);
    for path in ["/api/chatwork/rooms", "/api/chatwork/contacts"] {
        assert_eq!(
            refusal(app.admin.get(path)).await,
            ErrorCode::NotConnected,
            "{path}"
        );
    }
    app.close().await;
}

#[tokio::test]
async fn the_connection_survives_a_restart() {
    let mut app = TestApp::start().await;
    let connected = connection(&app).await;
    app.stop().await;
    app.restart().await;
    assert_eq!(connection(&app).await, connected);
    assert_eq!(
        status(app.admin.get("/api/chatwork/rooms")).await,
        200,
        "the token can be decrypted"
    );
    app.close().await;
}

#[tokio::test]
async fn after_disconnecting_the_encryption_key_may_be_deleted_and_a_new_one_is_generated() {
    let mut app = TestApp::start().await;
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    app.stop().await;
    fs::remove_file(app.data().join("key")).unwrap();
    app.restart().await;
    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
    app.close().await;
}

#[tokio::test]
async fn the_token_is_never_stored_in_plain_text() {
    let mut app = TestApp::start().await;
    app.stop().await;
    let token = Office::SAMPLE_TOKEN.as_bytes();
    let mut files = 0;
    for entry in fs::read_dir(app.data()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let found = bytes.windows(token.len()).any(|window| window == token);
        assert!(!found, "the token is readable in {}", path.display());
        files += 1;
    }
    assert!(
        files >= 2,
        "the data folder holds at least the database and the key"
    );
    app.restart().await;
    app.close().await;
}

#[tokio::test]
async fn a_failed_connection_attempt_names_the_cause_and_stores_nothing() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    for wrong in [
        "0123456789abcdef0123456789abcdef",
        "",
        "two words",
        "日本語",
    ] {
        assert_eq!(
            refusal(app.connect_request(wrong)).await,
            ErrorCode::TokenRefused,
            "{wrong:?}"
        );
    }
    let token = Office::SAMPLE_TOKEN;
    app.sim
        .inject(Fault::new(Effect::ServerError { status: 502 }).once());
    assert_eq!(
        refusal(app.connect_request(token)).await,
        ErrorCode::ChatworkFailed
    );
    app.sim.inject(Fault::new(Effect::Hang).once());
    assert_eq!(
        refusal(app.connect_request(token)).await,
        ErrorCode::ChatworkUnreachable
    );
    app.sim.stop().await;
    assert_eq!(
        refusal(app.connect_request(token)).await,
        ErrorCode::ChatworkUnreachable
    );
    assert_eq!(connection(&app).await, Connection::Disconnected);
    app.close().await;
}

#[tokio::test]
async fn rooms_members_and_contacts_are_listed_for_set_up() {
    let app = TestApp::start().await;
    let rooms: Listing<Room> = json(app.admin.get("/api/chatwork/rooms")).await;
    let rooms = rooms.entries;
    let soumu = rooms.iter().find(|room| room.id.get() == ROOM).unwrap();
    assert_eq!(
        (soumu.name.as_str(), soumu.kind),
        ("総務ルーム", RoomKind::Group)
    );
    assert!(rooms.iter().any(|room| room.kind == RoomKind::My));
    assert!(rooms.iter().any(|room| room.kind == RoomKind::Direct));

    let path = format!("/api/chatwork/rooms/{ROOM}/members");
    let members: Listing<Person> = json(app.admin.get(&path)).await;
    assert!(
        members
            .entries
            .iter()
            .any(|person| person.name == "佐藤 花子")
    );
    let (bot, reader) = (Office::SAMPLE_BOT, HOST);
    let readers = async || {
        let members: Listing<Person> = json(app.admin.get(&path)).await;
        let readers = members.entries.into_iter().filter(|it| it.is_read_only);
        readers.map(|it| it.account.get()).collect::<Vec<_>>()
    };
    assert_eq!(readers().await, [0; 0], "everybody may write");
    for account in [bot, reader] {
        app.sim.set_member(ROOM, account, Role::Readonly).unwrap();
    }
    let mut found = readers().await;
    found.sort_unstable();
    assert_eq!(found, [reader, bot]);
    let contacts: Listing<Person> = json(app.admin.get("/api/chatwork/contacts")).await;
    let contact_count = Office::sample_staff().len() - Office::SAMPLE_NON_CONTACTS.len();
    assert_eq!(
        (contacts.entries.len(), contacts.unreadable),
        (contact_count, 0)
    );

    let members = |room: &str| {
        app.admin
            .get(&format!("/api/chatwork/rooms/{room}/members"))
    };
    assert_eq!(refusal(members("999999999")).await, ErrorCode::NotFound);
    assert_eq!(refusal(members("0")).await, ErrorCode::Malformed);
    assert_eq!(refusal(members("abc")).await, ErrorCode::Malformed);
    app.close().await;
}

#[tokio::test]
async fn set_up_shows_when_chatwork_rate_limits_or_refuses() {
    let app = TestApp::start().await;
    let rooms = || app.admin.get("/api/chatwork/rooms");
    app.sim.inject(
        Fault::new(Effect::Unauthorized)
            .on(RequestFilter::to("GET", "/rooms"))
            .once(),
    );
    assert_eq!(refusal(rooms()).await, ErrorCode::TokenRefused);
    assert!(matches!(connection(&app).await, Connection::Refused { .. }));
    let _: Connection = json(app.connect_request(Office::SAMPLE_TOKEN)).await;
    app.sim.inject(Fault::new(Effect::GeneralLimit).once());
    let limited = rooms().send().await.unwrap();
    let wait: u64 = limited.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=301).contains(&wait), "{wait} seconds");
    assert_eq!(error(limited).await.code, ErrorCode::ChatworkLimited);
    app.close().await;
}

#[tokio::test]
async fn an_accepted_contact_request_makes_a_contact_that_can_be_notified_at_once() {
    let app = TestApp::start().await;
    let requests = || app.admin.get("/api/chatwork/contact-requests");
    let pending: Listing<ContactRequest> = json(requests()).await;
    let pending = pending.entries;
    assert_eq!(pending.len(), Office::SAMPLE_REQUESTS.len());
    let request = &pending[0];
    assert_eq!(request.person.account.get(), Office::SAMPLE_NON_CONTACTS[0]);
    assert!(!request.person.name.is_empty() && !request.message.is_empty());

    let tablet = app.tablet(LOBBY).await;
    let call_before = CallDraft::now().to_account(Office::SAMPLE_NON_CONTACTS[0]);
    tablet.hand_over(&call_before).await;
    assert_eq!(
        tablet.final_status(&call_before).await.state,
        CallState::Failed
    );
    let accept = |id: u64| {
        let path = format!("/api/chatwork/contact-requests/{id}");
        app.admin.post(&path)
    };
    assert_eq!(status(accept(request.id)).await, 204);
    let call_after = CallDraft::now().to_account(Office::SAMPLE_NON_CONTACTS[0]);
    tablet.hand_over(&call_after).await;
    assert_eq!(
        tablet.final_status(&call_after).await.state,
        CallState::Notified
    );

    let remaining: Listing<ContactRequest> = json(requests()).await;
    assert_eq!(remaining.entries, pending[1..]);
    assert_eq!(refusal(accept(request.id)).await, ErrorCode::NotFound);
    app.close().await;
}

#[tokio::test]
async fn a_room_is_created_with_the_bot_and_the_chosen_members() {
    let app = TestApp::start().await;
    let create = |name: &str, people: &[u64]| {
        let people = people.iter().map(|id| (*id).try_into().unwrap());
        app.admin.post("/api/chatwork/rooms").json(&NewRoom {
            name: name.to_owned(),
            people: people.collect(),
        })
    };
    let bot = Office::SAMPLE_BOT;
    let room: Room = json(create(" 受付 総合 ", &[HOST, bot])).await;
    assert_eq!(
        (room.name.as_str(), room.kind),
        ("受付 総合", RoomKind::Group)
    );
    for account in [HOST, bot] {
        assert_eq!(app.sim.role(room.id.get(), account), Some(Role::Admin));
    }
    let rooms: Listing<Room> = json(app.admin.get("/api/chatwork/rooms")).await;
    assert!(rooms.entries.contains(&room), "the new room is listed");
    assert_eq!(
        refusal(create("受付", &[999_999_999])).await,
        ErrorCode::Malformed,
        "no account has this id"
    );
    for invalid_name in ["", " ", &"長".repeat(81)] {
        assert_eq!(
            refusal(create(invalid_name, &[])).await,
            ErrorCode::Malformed
        );
    }
    app.close().await;
}

#[tokio::test]
async fn waiting_deliveries_and_the_remaining_quota_are_reported() {
    let app = TestApp::start().await;
    let traffic = async || json::<Traffic>(app.admin.get("/api/chatwork/traffic")).await;
    let idle = traffic().await;
    assert_eq!(
        (idle.waiting, idle.oldest, idle.paused_until),
        (0, None, None)
    );
    assert_eq!(
        idle.requests_left, 299,
        "connecting read the token's account: one of 300 requests"
    );
    app.sim.inject(Fault::new(Effect::GeneralLimit).once());
    let rooms = app.admin.get("/api/chatwork/rooms");
    assert_eq!(refusal(rooms).await, ErrorCode::ChatworkLimited);
    let rate_limited = traffic().await;
    assert!(
        rate_limited.paused_until.is_some() && rate_limited.requests_left == 0,
        "{rate_limited:?}"
    );
    app.close().await;
}
