//! Rooms and their members.

use reqwest::Method;

use super::client::{BOT, Desk, HANAKO, ROOM, keys};
use chatwork_sim::{Office, Role, RoomKind};

const FIELDS: &str = "room_id name type role sticky unread_num mention_num mytask_num message_num \
                      file_num task_num icon_path last_update_time";

#[tokio::test]
async fn the_rooms_of_the_caller_are_listed_as_the_caller_sees_them() {
    let desk = Desk::open().await;
    let strangers = desk.sim.create_room("他人の部屋", vec![]).unwrap();
    let direct = desk.sim.direct_room(BOT, HANAKO).unwrap();
    let answer = desk.get("/rooms").await;
    let rooms = answer.json();
    let room = |id: u64| {
        rooms
            .as_array()
            .unwrap()
            .iter()
            .find(|room| room["room_id"] == id)
    };
    assert_eq!(
        &keys(&answer.text)[..13],
        FIELDS.split(' ').collect::<Vec<_>>()
    );
    assert!(room(strangers).is_none(), "not the caller's");
    for (id, name, kind) in [
        (Office::SAMPLE_MY_ROOM, "マイチャット", "my"),
        (Office::SAMPLE_ACALL_ROOM, "acall", "group"),
        (ROOM, "総務ルーム", "group"),
        (Office::SAMPLE_KAIHATSU_ROOM, "開発部ルーム", "group"),
        (direct, "佐藤 花子", "direct"),
    ] {
        let room = room(id).unwrap_or_else(|| panic!("{name} is listed"));
        assert_eq!((&room["name"], &room["type"]), (&name.into(), &kind.into()));
    }
    assert_eq!(room(Office::SAMPLE_ACALL_ROOM).unwrap()["role"], "admin");
    assert_eq!(room(ROOM).unwrap()["role"], "member");
}

#[tokio::test]
async fn a_room_counts_what_others_wrote_and_whom_they_called() {
    let desk = Desk::open().await;
    desk.sim.say(ROOM, HANAKO, "独り言").unwrap();
    let last = desk
        .sim
        .say(ROOM, HANAKO, &format!("[To:{BOT}]bot"))
        .unwrap();
    desk.post(ROOM, "own").await;
    let answer = desk.get(&format!("/rooms/{ROOM}")).await;
    let room = answer.json();
    assert_eq!(
        keys(&answer.text),
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
    desk.send(
        Method::POST,
        &path,
        &[("body", "unread"), ("self_unread", "1")],
    )
    .await;
    assert_eq!(
        desk.get(&format!("/rooms/{ROOM}")).await.json()["unread_num"],
        3
    );
    assert_eq!(desk.get("/rooms/1").await.status, 403);
}

#[tokio::test]
async fn members_are_always_listed_with_200() {
    let desk = Desk::open().await;
    let answer = desk.get(&format!("/rooms/{ROOM}/members")).await;
    let members = answer.json();
    let wanted = "account_id role name chatwork_id organization_id organization_name department \
                  avatar_image_url";
    assert_eq!(
        &keys(&answer.text)[..8],
        wanted.split(' ').collect::<Vec<_>>()
    );
    assert_eq!(members.as_array().unwrap().len(), 6, "the bot and 総務");
    assert_eq!(members[1]["name"], "佐藤 花子");
    assert_eq!(desk.get("/rooms/1/members").await.status, 403);
}

#[tokio::test]
async fn an_admin_replaces_all_members_and_a_member_none() {
    let desk = Desk::open().await;
    let room = Office::SAMPLE_ACALL_ROOM;
    let path = format!("/rooms/{room}/members");
    let bot = BOT.to_string();
    let two = "3128529, 3131866";
    let form = [
        ("members_admin_ids", bot.as_str()),
        ("members_member_ids", two),
    ];
    let answer = desk.send(Method::PUT, &path, &form).await;
    assert_eq!(
        answer.text,
        format!(r#"{{"admin":[{bot}],"member":[3128529,3131866],"readonly":[]}}"#)
    );
    assert_eq!(desk.sim.role(room, 3_128_529), Some(Role::Member));
    assert_eq!(desk.sim.role(room, HANAKO), None, "not named, so out");

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
        let answer = desk.send(Method::PUT, &path, &form).await;
        assert_eq!(answer.refusal(), (400, error.to_owned()), "{form:?}");
    }
    let members = format!("/rooms/{ROOM}/members");
    assert_eq!(
        desk.send(Method::PUT, &members, &[("members_admin_ids", &bot)])
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn a_new_room_belongs_to_whoever_made_it() {
    let desk = Desk::open().await;
    let form = [("name", "営業部ルーム"), ("members_admin_ids", "3133590")];
    let answer = desk.send(Method::POST, "/rooms", &form).await;
    let id = answer.json()["room_id"].as_u64().expect("a number");
    let room = desk
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
    assert_eq!(desk.post(id, "できました").await.status, 200);
    for missing in ["name", "members_admin_ids"] {
        let form: Vec<_> = form
            .into_iter()
            .filter(|(name, _)| *name != missing)
            .collect();
        let wanted = (400, format!("Parameter '{missing}' is required"));
        assert_eq!(
            desk.send(Method::POST, "/rooms", &form).await.refusal(),
            wanted
        );
    }
}
