//! Giving, listing and finishing tasks.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::client::{BOT, HANAKO, ROOM, SALESMAN, TestClient, keys};
use chatwork_sim::{Limits, ManualClock, Office, Options, Role, StateError, TaskStatus};

/// Due time of the tasks, as a form has it.
const DUE: &str = "1800054000";
const DUE_SECONDS: u64 = 1_800_054_000;

fn path() -> String {
    format!("/rooms/{ROOM}/tasks")
}

/// A member of the room besides HANAKO.
fn other_member(client: &TestClient) -> u64 {
    let room = client.sim.rooms().into_iter().find(|r| r.room_id == ROOM);
    room.expect("the room").members[2].account_id
}

/// Gives HANAKO a task through the API; returns its id.
async fn give(client: &TestClient, body: &str) -> u64 {
    let to = HANAKO.to_string();
    let form = [("body", body), ("to_ids", to.as_str())];
    let given = client.send(Method::POST, &path(), &form).await;
    assert_eq!(given.status, 200, "{}", given.text);
    given.json()["task_ids"][0].as_u64().expect("a number")
}

#[tokio::test]
async fn a_task_is_stored_for_each_person_and_chatwork_posts_one_message() {
    let client = TestClient::start().await;
    let other = other_member(&client);
    let to = format!("{HANAKO},{other},{HANAKO}");
    let form = [
        ("body", "折り返しご連絡ください"),
        ("to_ids", to.as_str()),
        ("limit", DUE),
        ("limit_type", "date"),
    ];
    let given = client.send(Method::POST, &path(), &form).await;
    let ids = given.json()["task_ids"].clone();
    assert_eq!(ids.as_array().unwrap().len(), 2, "{}", given.text);
    let messages = client.sim.messages(ROOM);
    assert_eq!(messages.len(), 1);
    let expected = format!(
        "[info][title][dtext:task_added][/title][task aid={HANAKO},{other} st=open lt={DUE} \
         ltype=date]折り返しご連絡ください[/task][/info]"
    );
    assert_eq!(
        (messages[0].body.as_str(), messages[0].account_id),
        (expected.as_str(), BOT)
    );

    let list = client.get(&path()).await;
    let fields = "task_id account account_id name avatar_image_url assigned_by_account account_id \
                  name avatar_image_url message_id body limit_time status limit_type";
    assert_eq!(
        &keys(&list.text)[..14],
        fields.split(' ').collect::<Vec<_>>()
    );
    let task = &list.json()[1];
    assert_eq!(task["task_id"], ids[1]);
    assert_eq!(task["account"]["account_id"], other);
    assert_eq!(task["assigned_by_account"]["account_id"], BOT);
    assert_eq!(task["message_id"], messages[0].message_id.to_string());
    assert_eq!(task["body"], "折り返しご連絡ください");
    assert_eq!(task["limit_time"].to_string(), DUE);
    assert_eq!(
        (&task["status"], &task["limit_type"]),
        (&"open".into(), &"date".into())
    );
    let one = client.get(&format!("{}/{}", path(), ids[1])).await;
    assert_eq!(
        &one.json(),
        task,
        "a task is the same by its id and in a list"
    );
    let unknown = client.get(&format!("{}/1", path())).await;
    assert_eq!(unknown.refusal(), (404, "Task not found".to_owned()));
}

#[tokio::test]
async fn a_due_time_has_a_type_and_no_due_time_is_zero() {
    let client = TestClient::start().await;
    let to = HANAKO.to_string();
    for (limit, limit_type, expected) in [
        (None, None, (0, "none")),
        (Some(DUE), None, (DUE_SECONDS, "time")),
        (Some(DUE), Some("time"), (DUE_SECONDS, "time")),
        (Some(DUE), Some("none"), (0, "none")),
        (None, Some("date"), (0, "none")),
    ] {
        let mut form = vec![("body", "x"), ("to_ids", to.as_str())];
        form.extend(limit.map(|limit| ("limit", limit)));
        form.extend(limit_type.map(|kind| ("limit_type", kind)));
        assert_eq!(client.send(Method::POST, &path(), &form).await.status, 200);
        let task = client.sim.tasks(ROOM).pop().unwrap();
        assert_eq!(
            (task.limit_time, task.limit_type.name()),
            expected,
            "{form:?}"
        );
    }
}

#[tokio::test]
async fn wrong_parameters_and_missing_permissions_are_refused_and_nothing_is_stored() {
    let client = TestClient::start().await;
    let to = HANAKO.to_string();
    let salesman = SALESMAN.to_string();
    let valid_to = ("to_ids", to.as_str());
    let long = "a".repeat(65_536);
    let body = ("body", "x");
    for (form, text) in [
        (vec![valid_to], "Parameter 'body' is required"),
        (vec![body], "Parameter 'to_ids' is required"),
        (vec![body, ("to_ids", "")], "Parameter 'to_ids' is required"),
        (vec![body, ("to_ids", "x")], "Parameter 'to_ids' is invalid"),
        (
            vec![body, ("to_ids", salesman.as_str())],
            "Parameter 'to_ids' is invalid",
        ),
        (
            vec![body, valid_to, ("limit", "soon")],
            "Parameter 'limit' is invalid",
        ),
        (
            vec![body, valid_to, ("limit_type", "week")],
            "Parameter 'limit_type' is invalid",
        ),
        (
            vec![valid_to, ("body", long.as_str())],
            "Parameter 'body' is too long",
        ),
    ] {
        let refused = client.send(Method::POST, &path(), &form).await;
        assert_eq!(refused.refusal(), (400, text.to_owned()));
    }
    client.sim.set_member(ROOM, BOT, Role::Readonly).unwrap();
    for room in [1, ROOM] {
        let path = format!("/rooms/{room}/tasks");
        let refused = client.send(Method::POST, &path, &[body, valid_to]).await;
        assert_eq!(refused.status, 403, "room {room}");
    }
    assert_eq!(client.get("/rooms/1/tasks").await.status, 403);
    assert_eq!(
        client.get(&path()).await.status,
        204,
        "an empty list has no body"
    );
    assert!(client.sim.messages(ROOM).is_empty());
}

#[tokio::test]
async fn tasks_and_messages_count_together_against_the_limit_per_room() {
    // The clock stands still: on a slow machine the ten posts could take longer than the limit's window.
    let clock = ManualClock::at(Duration::from_secs(1_800_000_000));
    let client = TestClient::start_with(Options {
        clock: clock.clock(),
        ..Options::default()
    })
    .await;
    for _ in 0..5 {
        give(&client, "x").await;
        assert_eq!(client.post(ROOM, "x").await.status, 200);
    }
    let text = "Rate limit for message posting per room exceeded.".to_owned();
    let to = HANAKO.to_string();
    let form = [("body", "x"), ("to_ids", to.as_str())];
    let refused = client.send(Method::POST, &path(), &form).await;
    assert_eq!(refused.refusal(), (429, text.clone()));
    assert_eq!(client.post(ROOM, "x").await.refusal(), (429, text));
    assert_eq!(client.sim.tasks(ROOM).len(), 5);
}

#[tokio::test]
async fn a_task_is_done_by_the_person_who_has_it_or_gave_it() {
    let client = TestClient::start().await;
    let task = give(&client, "電話").await;
    let status = format!("{}/{task}/status", path());
    let done = client.send(Method::PUT, &status, &[("body", "done")]).await;
    assert_eq!(
        (done.status, done.text),
        (200, format!(r#"{{"task_id":{task}}}"#))
    );
    let message = client.sim.messages(ROOM).pop().unwrap();
    assert_eq!(
        message.body,
        format!(
            "[info][title][dtext:task_done][/title][task aid={HANAKO} st=done lt=0 \
             ltype=none]電話[/task][/info]"
        )
    );
    let open = client.get(&format!("{}?status=open", path())).await;
    assert_eq!((open.status, client.get(&path()).await.status), (204, 204));
    let done = client.get(&format!("{}?status=done", path())).await;
    assert_eq!(done.json()[0]["status"], "done");
    client.send(Method::PUT, &status, &[("body", "open")]).await;
    assert_eq!(client.sim.tasks(ROOM)[0].status, TaskStatus::Open);
    assert_eq!(
        client.sim.messages(ROOM).len(),
        2,
        "an opened task posts no message"
    );
    client
        .sim
        .set_task_status_as(HANAKO, task, TaskStatus::Done)
        .unwrap();
    assert_eq!(client.sim.messages(ROOM)[2].account_id, HANAKO);
    let stranger = other_member(&client);
    assert_eq!(
        client
            .sim
            .set_task_status_as(stranger, task, TaskStatus::Open),
        Err(StateError::NotTaskMember {
            account: stranger,
            task
        })
    );
    for (form, expected) in [
        (vec![("body", "late")], "Parameter 'body' is invalid"),
        (vec![], "Parameter 'body' is required"),
    ] {
        let refused = client.send(Method::PUT, &status, &form).await;
        assert_eq!(refused.refusal(), (400, expected.to_owned()));
    }
}

#[tokio::test]
async fn lists_are_filtered_and_hold_the_latest_100_tasks() {
    let client = TestClient::start_with(Options {
        limits: Limits::lifted(),
        ..Options::default()
    })
    .await;
    for number in 1..=101 {
        give(&client, &number.to_string()).await;
    }
    let list = client.get(&path()).await.json();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 100);
    assert_eq!(
        (&list[0]["body"], &list[99]["body"]),
        (&"2".into(), &"101".into())
    );
    for (query, status) in [
        (
            format!("account_id={HANAKO}&assigned_by_account_id={BOT}"),
            200,
        ),
        (format!("account_id={BOT}"), 204),
        (format!("assigned_by_account_id={HANAKO}"), 204),
        ("account_id=x".to_owned(), 400),
        ("status=late".to_owned(), 400),
    ] {
        let list = client.get(&format!("{}?{query}", path())).await;
        assert_eq!(list.status, status, "{query}");
    }
}

#[tokio::test]
async fn the_callers_own_tasks_are_listed_with_their_rooms_and_counted() {
    let client = TestClient::start().await;
    assert_eq!(client.get("/my/tasks").await.status, 204);
    let bot = BOT.to_string();
    let form = [("body", "片付け"), ("to_ids", bot.as_str())];
    client.send(Method::POST, &path(), &form).await;
    give(&client, "電話").await;
    let own = client.get("/my/tasks").await;
    let fields = "task_id room room_id name icon_path assigned_by_account account_id name \
                  avatar_image_url message_id body limit_time status limit_type";
    assert_eq!(keys(&own.text), fields.split(' ').collect::<Vec<_>>());
    let own = own.json();
    assert_eq!(
        (&own[0]["body"], own.as_array().unwrap().len()),
        (&"片付け".into(), 1)
    );
    assert_eq!(own[0]["room"]["room_id"], ROOM);
    assert_eq!(own[0]["room"]["name"], "総務ルーム");
    let room = client.get(&format!("/rooms/{ROOM}")).await.json();
    assert_eq!(
        (&room["mytask_num"], &room["task_num"]),
        (&1.into(), &2.into())
    );
    let done = client.get("/my/tasks?status=done").await;
    assert_eq!(done.status, 204);
}

#[tokio::test]
async fn tasks_are_in_the_state_and_can_be_finished_over_http() {
    let client = TestClient::start().await;
    let task = give(&client, "電話").await;
    for (task, account, status) in [
        (task, HANAKO, 204),
        (task, Office::SAMPLE_NON_CONTACTS[0], 422),
        (1, HANAKO, 404),
    ] {
        let body = json!({ "account_id": account, "status": "done" });
        let path = format!("/tasks/{task}/status");
        let set = client.control(Method::PUT, &path, body).await;
        assert_eq!(set.status, status, "{path} by {account}");
    }
    let state = client.control(Method::GET, "/state", json!(null)).await;
    let state = state.json();
    let rooms = state["rooms"].as_array().unwrap();
    let room = rooms.iter().find(|room| room["room_id"] == ROOM).unwrap();
    assert_eq!(room["tasks"][0]["status"], "done");
    assert!(room["tasks"][0]["message_id"].is_string());
}
