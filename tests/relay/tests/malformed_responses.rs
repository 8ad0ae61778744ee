//! Answers that are not what Chatwork documents: odd entries in lists, somebody on the way who answers in
//! its place, lists that cannot be read at all. No visitor is forgotten for them.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{CallDraft, DIRECT, Desk, LOBBY, ROOM, Tablet, eventually, json, posts};
use serde_json::Value;
use yobirin_api::call::Outcome;
use yobirin_api::chatwork::{ContactRequest, Listing, Person, Room};
use yobirin_domain::model::delivery::{CallState, DeliveryState, RejectReason};

const HTML: &str = "<html><body>Access denied</body></html>";
const FOREIGN_JSON: &str = r#"{"error":"blocked by policy","code":"not_found"}"#;

async fn opened() -> (Desk, Tablet) {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    (desk, tablet)
}

fn intermediary(status: u16, body: &str) -> Effect {
    let body = body.to_owned();
    Effect::Intermediary { status, body }
}

#[tokio::test]
async fn an_odd_entry_costs_a_list_nothing_but_itself() {
    let (desk, tablet) = opened().await;
    desk.sim.inject(Fault::new(Effect::OddEntries));
    let get = |path: &str| desk.admin.get(&format!("/api/chatwork/{path}"));
    let contacts: Listing<Person> = json(get("contacts")).await;
    let rooms: Listing<Room> = json(get("rooms")).await;
    let members: Listing<Person> = json(get(&format!("rooms/{ROOM}/members"))).await;
    let requests: Listing<ContactRequest> = json(get("contact-requests")).await;
    let unreadable = [
        contacts.unreadable,
        rooms.unreadable,
        members.unreadable,
        requests.unreadable,
    ];
    assert_eq!(unreadable, [5; 4]);
    assert_eq!(contacts.entries.len(), Office::sample_staff().len() - 2);
    assert!(rooms.entries.iter().any(|room| room.id.get() == ROOM));
    let is_host = |person: &Person| person.account.get() == DIRECT;
    assert!(members.entries.iter().any(is_host));
    assert_eq!(requests.entries.len(), Office::SAMPLE_REQUESTS.len());

    let draft = CallDraft::now().to_account(DIRECT);
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    desk.close().await;
}

#[tokio::test]
async fn a_message_is_looked_for_among_odd_ones_and_told_once() {
    for (lost, outcomes) in [
        (Effect::ResetAfterStoring, vec![Outcome::Found]),
        (Effect::Reset, vec![Outcome::Retry, Outcome::Delivered]),
    ] {
        let (desk, tablet) = opened().await;
        let before = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&before).await;
        assert_eq!(tablet.settled(&before).await.state, CallState::Notified);
        desk.sim.inject(posts(lost.clone()).once());
        let reading = RequestFilter::to("GET", &format!("/rooms/{ROOM}/messages"));
        desk.sim.inject(Fault::new(Effect::OddEntries).on(reading));
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        let state = desk.settled_in_time(&tablet, &draft).await;
        assert_eq!(state, CallState::Notified, "{lost:?}");
        assert_eq!(desk.outcomes(&draft).await, outcomes, "{lost:?}");
        assert_eq!(desk.told(ROOM, &draft), 1, "{lost:?}");
        desk.close().await;
    }
}

#[tokio::test]
async fn hidden_messages_are_no_proof_that_ours_is_absent() {
    let (desk, tablet) = opened().await;
    desk.sim.inject(posts(Effect::ResetAfterStoring).once());
    let reading = RequestFilter::to("GET", &format!("/rooms/{ROOM}/messages"));
    desk.sim
        .inject(Fault::new(Effect::HiddenMessages).on(reading).times(5));
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    let state = desk.settled_in_time(&tablet, &draft).await;
    assert_eq!(state, CallState::Notified);
    assert_eq!(desk.outcomes(&draft).await, [Outcome::Found]);
    assert_eq!(desk.told(ROOM, &draft), 1);
    desk.close().await;
}

#[tokio::test]
async fn an_error_that_chatwork_has_not_written_refuses_nothing() {
    let (desk, tablet) = opened().await;
    for status in [400, 401, 403, 404, 405, 407, 410, 413, 415, 422, 429, 451] {
        for body in ["", HTML, FOREIGN_JSON] {
            let what = format!("{status} {body:?}");
            desk.sim.inject(posts(intermediary(status, body)).once());
            let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
            tablet.hand_over(&draft).await;
            let state = desk.settled_in_time(&tablet, &draft).await;
            assert_eq!(state, CallState::Notified, "{what}");
            let outcomes = [Outcome::Retry, Outcome::Delivered];
            assert_eq!(desk.outcomes(&draft).await, outcomes, "{what}");
            assert_eq!(desk.told(ROOM, &draft), 1, "{what}");
        }
    }
    let connection: Value = json(desk.admin.get("/api/chatwork")).await;
    assert_eq!(connection["state"], "connected", "the token is not doubted");
    desk.close().await;
}

#[tokio::test]
async fn an_error_about_the_contacts_that_chatwork_has_not_written_refuses_nothing() {
    for (status, body) in [
        (400, HTML),
        (401, FOREIGN_JSON),
        (403, HTML),
        (404, ""),
        (429, HTML),
    ] {
        let (desk, tablet) = opened().await;
        let contacts = RequestFilter::to("GET", "/contacts");
        let fault = Fault::new(intermediary(status, body)).on(contacts);
        desk.sim.inject(fault.times(2));
        let draft = CallDraft::now().to_account(DIRECT).or_default_room();
        tablet.hand_over(&draft).await;
        let state = desk.settled_in_time(&tablet, &draft).await;
        assert_eq!(state, CallState::Notified, "{status} {body:?}");
        let room = desk.sim.direct_room(Office::SAMPLE_BOT, DIRECT).unwrap();
        assert_eq!(desk.told(room, &draft), 1, "{status} {body:?}");
        assert_eq!(desk.told(Office::SAMPLE_ACALL_ROOM, &draft), 0);
        desk.close().await;
    }
}

#[tokio::test]
async fn contacts_that_stay_unreadable_send_the_call_to_the_default_room() {
    for effect in [
        intermediary(200, HTML),
        Effect::ServerError { status: 502 },
        Effect::Hang,
    ] {
        let (desk, tablet) = opened().await;
        let contacts = RequestFilter::to("GET", "/contacts");
        desk.sim.inject(Fault::new(effect.clone()).on(contacts));
        let draft = CallDraft::now().to_account(DIRECT).or_default_room();
        tablet.hand_over(&draft).await;
        let tapped = desk.clock.now();
        let state = desk.settled_in_time(&tablet, &draft).await;
        assert_eq!(state, CallState::Notified, "{effect:?}");
        let waited = desk.clock.now() - tapped;
        assert!(
            (120_000..300_000).contains(&waited),
            "{waited} ms: {effect:?}"
        );
        let reason = RejectReason::ContactsUnreadable;
        let status = tablet.status(&draft).await;
        assert_eq!(status.deliveries, [DeliveryState::Rejected { reason }]);
        assert_eq!(
            desk.told(Office::SAMPLE_ACALL_ROOM, &draft),
            1,
            "{effect:?}"
        );
        desk.close().await;
    }
}

#[tokio::test]
async fn without_a_default_room_unreadable_contacts_are_tried_until_the_deadline() {
    let (desk, tablet) = opened().await;
    let contacts = RequestFilter::to("GET", "/contacts");
    let fault = desk
        .sim
        .inject(Fault::new(intermediary(200, HTML)).on(contacts));
    let draft = CallDraft::now().to_account(DIRECT);
    tablet.hand_over(&draft).await;
    let tapped = desk.clock.now();
    eventually("three minutes have passed in tries", async || {
        desk.clock.advance(Duration::from_secs(5));
        tokio::time::sleep(Duration::from_millis(20)).await;
        (desk.clock.now() > tapped + 180_000).then_some(())
    })
    .await;
    assert_eq!(tablet.status(&draft).await.state, CallState::Sending);
    desk.sim.remove_fault(fault);
    let state = desk.settled_in_time(&tablet, &draft).await;
    assert_eq!(state, CallState::Notified);
    desk.close().await;
}
