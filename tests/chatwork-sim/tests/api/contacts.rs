//! Contacts and contact requests.

use reqwest::Method;

use super::client::{BOT, HANAKO, TestClient, keys};
use chatwork_sim::Office;

#[tokio::test]
async fn each_contact_is_listed_with_its_direct_chat() {
    let client = TestClient::start().await;
    let response = client.get("/contacts").await;
    let expected = "account_id room_id name chatwork_id organization_id organization_name department \
                  avatar_image_url";
    assert_eq!(
        &keys(&response.text)[..8],
        expected.split(' ').collect::<Vec<_>>()
    );
    let contacts = response.json();
    let contacts = contacts.as_array().unwrap();
    assert_eq!(
        contacts.len(),
        Office::sample_staff().len() - Office::SAMPLE_NON_CONTACTS.len()
    );
    for contact in contacts {
        let id = contact["account_id"].as_u64().unwrap();
        assert_eq!(contact["room_id"].as_u64(), client.sim.direct_room(BOT, id));
    }
}

#[tokio::test]
async fn accepting_a_request_adds_a_contact_with_a_direct_chat() {
    let client = TestClient::start().await;
    let [stranger, other] = Office::SAMPLE_NON_CONTACTS;
    let [request, declined] = Office::SAMPLE_REQUESTS;
    let pending = client.get("/incoming_requests").await;
    let fields = "request_id account_id message name chatwork_id organization_id \
                  organization_name department avatar_image_url";
    assert_eq!(
        &keys(&pending.text)[..9],
        fields.split(' ').collect::<Vec<_>>()
    );
    assert_eq!(pending.json()[0]["account_id"], stranger);

    let path = format!("/incoming_requests/{request}");
    let contact = client.send(Method::PUT, &path, &[]).await.json();
    let room = client
        .sim
        .direct_room(BOT, stranger)
        .expect("a direct chat");
    assert_eq!(
        (&contact["account_id"], &contact["room_id"]),
        (&stranger.into(), &room.into())
    );
    assert_eq!(client.post(room, "よろしくお願いします").await.status, 200);
    assert_eq!(
        client.send(Method::PUT, &path, &[]).await.status,
        404,
        "an accepted request cannot be accepted again"
    );

    let path = format!("/incoming_requests/{declined}");
    let response = client.send(Method::DELETE, &path, &[]).await;
    assert_eq!((response.status, response.text.as_str()), (204, ""));
    assert_eq!(client.sim.direct_room(BOT, other), None);
    let none = client.get("/incoming_requests").await;
    assert_eq!(
        (none.status, none.text.as_str()),
        (204, ""),
        "an empty list has no body"
    );
}

#[tokio::test]
async fn posts_to_a_former_contact_are_refused_and_an_empty_contact_list_is_204() {
    let client = TestClient::start().await;
    let room = client.sim.direct_room(BOT, HANAKO).unwrap();
    client.sim.remove_contact(BOT, HANAKO).unwrap();
    assert_eq!(client.post(room, "x").await.status, 403);
    for staff in Office::sample_staff() {
        let _ = client.sim.remove_contact(BOT, staff.account_id);
    }
    assert_eq!(client.get("/contacts").await.status, 204);
}
