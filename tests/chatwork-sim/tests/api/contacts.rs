//! Contacts and contact requests.

use reqwest::Method;

use super::client::{BOT, Desk, HANAKO, keys};
use chatwork_sim::Office;

#[tokio::test]
async fn each_contact_comes_with_the_direct_chat() {
    let desk = Desk::open().await;
    let answer = desk.get("/contacts").await;
    let wanted = "account_id room_id name chatwork_id organization_id organization_name department \
                  avatar_image_url";
    assert_eq!(
        &keys(&answer.text)[..8],
        wanted.split(' ').collect::<Vec<_>>()
    );
    let contacts = answer.json();
    let contacts = contacts.as_array().unwrap();
    assert_eq!(
        contacts.len(),
        Office::sample_staff().len() - Office::SAMPLE_STRANGERS.len()
    );
    for contact in contacts {
        let id = contact["account_id"].as_u64().unwrap();
        assert_eq!(contact["room_id"].as_u64(), desk.sim.direct_room(BOT, id));
    }
}

#[tokio::test]
async fn accepting_a_request_makes_a_contact_with_a_direct_chat() {
    let desk = Desk::open().await;
    let [stranger, other] = Office::SAMPLE_STRANGERS;
    let [request, declined] = Office::SAMPLE_REQUESTS;
    let waiting = desk.get("/incoming_requests").await;
    let wanted = "request_id account_id message name chatwork_id organization_id \
                  organization_name department avatar_image_url";
    assert_eq!(
        &keys(&waiting.text)[..9],
        wanted.split(' ').collect::<Vec<_>>()
    );
    assert_eq!(waiting.json()[0]["account_id"], stranger);

    let path = format!("/incoming_requests/{request}");
    let contact = desk.send(Method::PUT, &path, &[]).await.json();
    let room = desk.sim.direct_room(BOT, stranger).expect("a direct chat");
    assert_eq!(
        (&contact["account_id"], &contact["room_id"]),
        (&stranger.into(), &room.into())
    );
    assert_eq!(desk.post(room, "よろしくお願いします").await.status, 200);
    assert_eq!(
        desk.send(Method::PUT, &path, &[]).await.status,
        404,
        "answered already"
    );

    let path = format!("/incoming_requests/{declined}");
    let gone = desk.send(Method::DELETE, &path, &[]).await;
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    assert_eq!(desk.sim.direct_room(BOT, other), None);
    let none = desk.get("/incoming_requests").await;
    assert_eq!(
        (none.status, none.text.as_str()),
        (204, ""),
        "an empty list has no body"
    );
}

#[tokio::test]
async fn a_former_contact_cannot_be_reached_and_no_contacts_are_204() {
    let desk = Desk::open().await;
    let room = desk.sim.direct_room(BOT, HANAKO).unwrap();
    desk.sim.remove_contact(BOT, HANAKO).unwrap();
    assert_eq!(desk.post(room, "x").await.status, 403);
    for staff in Office::sample_staff() {
        let _ = desk.sim.remove_contact(BOT, staff.account_id);
    }
    assert_eq!(desk.get("/contacts").await.status, 204);
}
