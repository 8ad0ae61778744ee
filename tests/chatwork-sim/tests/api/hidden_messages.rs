//! Messages that the free plan hides.

use reqwest::Method;
use serde_json::json;

use super::client::{HANAKO, ROOM, Reply, TestClient};
use chatwork_sim::StateError;

fn path() -> String {
    format!("/rooms/{ROOM}/messages")
}

fn bodies(reply: &Reply) -> Vec<String> {
    let list = reply.json();
    let list = list.as_array().expect("a list").iter();
    list.map(|message| message["body"].as_str().expect("a string").to_owned())
        .collect()
}

#[tokio::test]
async fn hidden_messages_are_left_out_and_announced_by_a_header() {
    let client = TestClient::start().await;
    let post = |body| client.sim.post_as(ROOM, HANAKO, body).unwrap().message_id;
    let (old, new) = (post("古い"), post("新しい"));
    let forced = format!("{}?force=1", path());
    let all = client.get(&forced).await;
    assert_eq!(all.header("chatwork-message-limitation"), None);

    client.sim.set_hidden(ROOM, old, true).unwrap();
    let some = client.get(&forced).await;
    assert_eq!(bodies(&some), ["新しい"]);
    assert_eq!(some.header("chatwork-message-limitation"), Some("true"));
    assert!(some.header("chatwork-message-limitation-summary").is_some());

    client.sim.set_hidden(ROOM, new, true).unwrap();
    let none = client.get(&forced).await;
    assert_eq!((none.status, none.text.as_str()), (204, ""));
    assert_eq!(none.header("chatwork-message-limitation"), Some("true"));

    client.sim.set_hidden(ROOM, old, false).unwrap();
    client.sim.set_hidden(ROOM, new, false).unwrap();
    assert_eq!(bodies(&client.get(&forced).await), ["古い", "新しい"]);
    let nothing_new = client.get(&path()).await;
    assert_eq!(nothing_new.status, 204);
    assert_eq!(
        nothing_new.header("chatwork-message-limitation"),
        None,
        "without new messages, none is reported as hidden"
    );
}

#[tokio::test]
async fn a_hidden_message_is_404_with_the_header_and_an_absent_one_is_404_without() {
    let client = TestClient::start().await;
    let id = client.sim.post_as(ROOM, HANAKO, "x").unwrap().message_id;
    client.sim.set_hidden(ROOM, id, true).unwrap();
    let limitation = "chatwork-message-limitation";
    let hidden = client.get(&format!("{}/{id}", path())).await;
    assert_eq!(hidden.refusal(), (404, "Message not found".to_owned()));
    assert_eq!(hidden.header(limitation), Some("true"));
    let absent = client.get(&format!("{}/{}", path(), id + 1)).await;
    assert_eq!(absent.refusal(), (404, "Message not found".to_owned()));
    assert_eq!(absent.header(limitation), None);
}

#[tokio::test]
async fn messages_can_be_hidden_over_http() {
    let client = TestClient::start().await;
    let id = client.sim.post_as(ROOM, HANAKO, "x").unwrap().message_id;
    let hide = json!({ "hidden": true });
    for (path, status) in [
        (format!("{}/{id}/hidden", path()), 204),
        (format!("{}/{}/hidden", path(), id + 1), 404),
    ] {
        let set = client.control(Method::PUT, &path, hide.clone()).await;
        assert_eq!(set.status, status, "{path}");
    }
    assert_eq!(client.get(&format!("{}?force=1", path())).await.status, 204);
    let unknown = client.sim.set_hidden(ROOM, 1, true);
    assert_eq!(unknown, Err(StateError::NoSuchMessage(1)));
}
