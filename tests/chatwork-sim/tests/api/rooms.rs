//! Rooms and their members.

use reqwest::Method;

use super::client::{BOT, HANAKO, ROOM, SALESMAN, TestClient, keys};
use chatwork_sim::{Office, Role, RoomKind};

const FIELDS: &str = "room_id name type role sticky unread_num mention_num mytask_num message_num \
                      file_num task_num icon_path last_update_time";

#[tokio::test]
async fn rooms_are_listed_with_the_callers_names_and_roles() {
    let client = TestClient::start().await;
    let strangers = client.sim.create_room("他人の部屋", vec![]).unwrap();
    let direct = client.sim.direct_room(BOT, HANAKO).unwrap();
    let response = client.get("/rooms").await;
    let rooms = response.json();
    let room = |id: u64| {
        rooms
            .as_array()
            .unwrap()
            .iter()
            .find(|room| room["room_id"] == id)
    };
    assert_eq!(
        &keys(&response.text)[..13],
        FIELDS.split(' ').collect::<Vec<_>>()
    );
    assert!(room(strangers).is_none(), "rooms of others are not listed");
    for (id, name, kind) in [
        (Office::SAMPLE_MY_ROOM, "マイチャット", "my"),
        (Office::SAMPLE_DEFAULT_ROOM, "acallルーム", "group"),
        (ROOM, "総務ルーム", "group"),
        (Office::SAMPLE_KAIHATSU_ROOM, "開発部ルーム", "group"),
        (direct, "佐藤 花子", "direct"),
    ] {
        let room = room(id).unwrap_or_else(|| panic!("{name} is listed"));
        assert_eq!((&room["name"], &room["type"]), (&name.into(), &kind.into()));
    }
    assert_eq!(room(Office::SAMPLE_DEFAULT_ROOM).unwrap()["role"], "admin");
    assert_eq!(room(ROOM).unwrap()["role"], "member");
}

#[tokio::test]
async fn a_room_counts_unread_messages_and_mentions() {
    let client = TestClient::start().await;
    client.sim.post_as(ROOM, HANAKO, "独り言").unwrap();
    let last = client
        .sim
        .post_as(ROOM, HANAKO, &format!("[To:{BOT}]bot"))
        .unwrap();
    client.post(ROOM, "own").await;
    let response = client.get(&format!("/rooms/{ROOM}")).await;
    let room = response.json();
    assert_eq!(
        keys(&response.text),
        format!("{FIELDS} description")
            .split(' ')
            .collect::<Vec<_>>()
    );
    assert_eq!(
        (&room["unread_num"], &room["mention_num"]),
        (&2.into(), &1.into())
    );
    assert_eq!(room["message_num"], 3);
    assert!(room["last_update_time"].as_u64().unwrap() >= last.send_time);

    let path = format!("/rooms/{ROOM}/messages");
    client
        .send(
            Method::POST,
            &path,
            &[("body", "unread"), ("self_unread", "1")],
        )
        .await;
    assert_eq!(
        client.get(&format!("/rooms/{ROOM}")).await.json()["unread_num"],
        3
    );
    assert_eq!(client.get("/rooms/1").await.status, 403);
}

#[tokio::test]
async fn members_are_always_listed_with_200() {
    let client = TestClient::start().await;
    let response = client.get(&format!("/rooms/{ROOM}/members")).await;
    let members = response.json();
    let expected = "account_id role name chatwork_id organization_id organization_name department \
                  avatar_image_url";
    assert_eq!(
        &keys(&response.text)[..8],
        expected.split(' ').collect::<Vec<_>>()
    );
    assert_eq!(members.as_array().unwrap().len(), 6, "the bot and 総務");
    assert_eq!(members[1]["name"], "佐藤 花子");
    assert_eq!(client.get("/rooms/1/members").await.status, 403);
}

#[tokio::test]
async fn only_an_admin_can_replace_the_members() {
    let client = TestClient::start().await;
    let room = Office::SAMPLE_DEFAULT_ROOM;
    let path = format!("/rooms/{room}/members");
    let bot = BOT.to_string();
    let two = "3128529, 3131866";
    let form = [
        ("members_admin_ids", bot.as_str()),
        ("members_member_ids", two),
    ];
    let response = client.send(Method::PUT, &path, &form).await;
    assert_eq!(
        response.text,
        format!(r#"{{"admin":[{bot}],"member":[3128529,3131866],"readonly":[]}}"#)
    );
    assert_eq!(client.sim.role(room, 3_128_529), Some(Role::Member));
    assert_eq!(
        client.sim.role(room, HANAKO),
        None,
        "members that the request does not name are removed"
    );

    for (form, error) in [
        (
            vec![("members_member_ids", two)],
            "Parameter 'members_admin_ids' is required",
        ),
        (
            vec![("members_admin_ids", "x")],
            "Parameter 'members_admin_ids' is invalid",
        ),
        (
            vec![("members_admin_ids", "1")],
            "Parameter 'members_admin_ids' is invalid",
        ),
        (
            vec![("members_admin_ids", two), ("members_member_ids", two)],
            "Parameter 'members_member_ids' is invalid",
        ),
    ] {
        let response = client.send(Method::PUT, &path, &form).await;
        assert_eq!(response.refusal(), (400, error.to_owned()), "{form:?}");
    }
    let members = format!("/rooms/{ROOM}/members");
    assert_eq!(
        client
            .send(Method::PUT, &members, &[("members_admin_ids", &bot)])
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn the_creator_of_a_room_becomes_its_admin() {
    let client = TestClient::start().await;
    let salesman = SALESMAN.to_string();
    let form = [
        ("name", "営業部ルーム"),
        ("members_admin_ids", salesman.as_str()),
    ];
    let response = client.send(Method::POST, "/rooms", &form).await;
    let id = response.json()["room_id"].as_u64().expect("a number");
    let room = client
        .sim
        .rooms()
        .into_iter()
        .find(|room| room.room_id == id)
        .unwrap();
    assert_eq!(
        (room.name.as_str(), room.kind),
        ("営業部ルーム", RoomKind::Group)
    );
    assert_eq!(room.role_of(BOT), Some(Role::Admin));
    assert_eq!(client.post(id, "できました").await.status, 200);
    for missing in ["name", "members_admin_ids"] {
        let form: Vec<_> = form
            .into_iter()
            .filter(|(name, _)| *name != missing)
            .collect();
        let expected = (400, format!("Parameter '{missing}' is required"));
        assert_eq!(
            client.send(Method::POST, "/rooms", &form).await.refusal(),
            expected
        );
    }
}
