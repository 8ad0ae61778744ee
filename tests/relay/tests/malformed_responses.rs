//! Responses that Chatwork does not document: malformed list entries, responses of intermediaries, unreadable
//! lists. None of them loses a call.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, MALFORMED_AFTER, MALFORMED_BEFORE, Office, RequestFilter};
use relay_tests::{
    CallDraft, HOST, LOBBY, ROOM, Tablet, TestApp, eventually, fault_on_posts, json,
};
use serde_json::Value;
use yobirin_api::call::Outcome;
use yobirin_api::chatwork::{ContactRequest, Listing, Person, Room};
use yobirin_domain::model::delivery::{CallState, DeliveryState, RejectReason};

const HTML: &str = "<html><body>Access denied</body></html>";
const FOREIGN_JSON: &str = r#"{"error":"blocked by policy","code":"not_found"}"#;

async fn start_paired() -> (TestApp, Tablet) {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    (app, tablet)
}

fn intermediary(status: u16, body: &str) -> Effect {
    let body = body.to_owned();
    Effect::Intermediary { status, body }
}

#[tokio::test]
async fn a_malformed_list_entry_is_skipped_alone() {
    let (app, tablet) = start_paired().await;
    app.sim.inject(Fault::new(Effect::MalformedEntries));
    let get = |path: &str| app.admin.get(&format!("/api/chatwork/{path}"));
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
    assert_eq!(unreadable, [MALFORMED_BEFORE + MALFORMED_AFTER; 4]);
    assert_eq!(
        contacts.entries.len(),
        Office::sample_staff().len() - Office::SAMPLE_NON_CONTACTS.len()
    );
    assert!(rooms.entries.iter().any(|room| room.id.get() == ROOM));
    let is_host = |person: &Person| person.account.get() == HOST;
    assert!(members.entries.iter().any(is_host));
    assert_eq!(requests.entries.len(), Office::SAMPLE_REQUESTS.len());

    let draft = CallDraft::now().to_account(HOST);
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    app.close().await;
}

#[tokio::test]
async fn a_delivery_is_reconciled_among_malformed_messages_and_sent_once() {
    for (lost, attempt_outcomes) in [
        (Effect::ConnectionResetAfterStoring, vec![Outcome::Found]),
        (
            Effect::ConnectionReset,
            vec![Outcome::Retry, Outcome::Delivered],
        ),
    ] {
        let (app, tablet) = start_paired().await;
        let before = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&before).await;
        assert_eq!(
            tablet.final_status(&before).await.state,
            CallState::Notified
        );
        app.sim.inject(fault_on_posts(lost.clone()).once());
        let room_reads = RequestFilter::to("GET", &format!("/rooms/{ROOM}/messages"));
        app.sim
            .inject(Fault::new(Effect::MalformedEntries).on(room_reads));
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        let state = app.final_state_with_fast_clock(&tablet, &draft).await;
        assert_eq!(state, CallState::Notified, "{lost:?}");
        assert_eq!(
            app.attempt_outcomes(&draft).await,
            attempt_outcomes,
            "{lost:?}"
        );
        assert_eq!(app.message_count(ROOM, &draft), 1, "{lost:?}");
        app.close().await;
    }
}

#[tokio::test]
async fn hidden_messages_do_not_prove_that_a_message_is_absent() {
    let (app, tablet) = start_paired().await;
    app.sim
        .inject(fault_on_posts(Effect::ConnectionResetAfterStoring).once());
    let room_reads = RequestFilter::to("GET", &format!("/rooms/{ROOM}/messages"));
    app.sim
        .inject(Fault::new(Effect::HiddenMessages).on(room_reads).times(5));
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    let state = app.final_state_with_fast_clock(&tablet, &draft).await;
    assert_eq!(state, CallState::Notified);
    assert_eq!(app.attempt_outcomes(&draft).await, [Outcome::Found]);
    assert_eq!(app.message_count(ROOM, &draft), 1);
    app.close().await;
}

#[tokio::test]
async fn an_error_from_an_intermediary_rejects_no_delivery() {
    let (app, tablet) = start_paired().await;
    for status in [400, 401, 403, 404, 405, 407, 410, 413, 415, 422, 429, 451] {
        for body in ["", HTML, FOREIGN_JSON] {
            let case = format!("{status} {body:?}");
            app.sim
                .inject(fault_on_posts(intermediary(status, body)).once());
            let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
            tablet.hand_over(&draft).await;
            let state = app.final_state_with_fast_clock(&tablet, &draft).await;
            assert_eq!(state, CallState::Notified, "{case}");
            let attempt_outcomes = [Outcome::Retry, Outcome::Delivered];
            assert_eq!(
                app.attempt_outcomes(&draft).await,
                attempt_outcomes,
                "{case}"
            );
            assert_eq!(app.message_count(ROOM, &draft), 1, "{case}");
        }
    }
    let connection: Value = json(app.admin.get("/api/chatwork")).await;
    assert_eq!(
        connection["state"], "connected",
        "the token is not treated as refused"
    );
    app.close().await;
}

#[tokio::test]
async fn an_error_for_contacts_from_an_intermediary_rejects_no_delivery() {
    for (status, body) in [
        (400, HTML),
        (401, FOREIGN_JSON),
        (403, HTML),
        (404, ""),
        (429, HTML),
    ] {
        let (app, tablet) = start_paired().await;
        let contacts = RequestFilter::to("GET", "/contacts");
        let fault = Fault::new(intermediary(status, body)).on(contacts);
        app.sim.inject(fault.times(2));
        let draft = CallDraft::now().to_account(HOST).or_default_room();
        tablet.hand_over(&draft).await;
        let state = app.final_state_with_fast_clock(&tablet, &draft).await;
        assert_eq!(state, CallState::Notified, "{status} {body:?}");
        let room = app.sim.direct_room(Office::SAMPLE_BOT, HOST).unwrap();
        assert_eq!(app.message_count(room, &draft), 1, "{status} {body:?}");
        assert_eq!(app.message_count(Office::SAMPLE_DEFAULT_ROOM, &draft), 0);
        app.close().await;
    }
}

#[tokio::test]
async fn permanently_unreadable_contacts_fall_back_to_the_default_room() {
    for effect in [
        intermediary(200, HTML),
        Effect::ServerError { status: 502 },
        Effect::Hang,
    ] {
        let (app, tablet) = start_paired().await;
        let contacts = RequestFilter::to("GET", "/contacts");
        app.sim.inject(Fault::new(effect.clone()).on(contacts));
        let draft = CallDraft::now().to_account(HOST).or_default_room();
        tablet.hand_over(&draft).await;
        let tapped = app.clock.now();
        let state = app.final_state_with_fast_clock(&tablet, &draft).await;
        assert_eq!(state, CallState::Notified, "{effect:?}");
        let waited = app.clock.now() - tapped;
        assert!(
            (120_000..300_000).contains(&waited),
            "{waited} ms: {effect:?}"
        );
        let reason = RejectReason::ContactsUnreadable;
        let status = tablet.status(&draft).await;
        assert_eq!(status.deliveries, [DeliveryState::Rejected { reason }]);
        assert_eq!(
            app.message_count(Office::SAMPLE_DEFAULT_ROOM, &draft),
            1,
            "{effect:?}"
        );
        app.close().await;
    }
}

#[tokio::test]
async fn without_a_default_room_unreadable_contacts_are_retried_until_the_deadline() {
    let (app, tablet) = start_paired().await;
    let contacts = RequestFilter::to("GET", "/contacts");
    let fault = app
        .sim
        .inject(Fault::new(intermediary(200, HTML)).on(contacts));
    let draft = CallDraft::now().to_account(HOST);
    tablet.hand_over(&draft).await;
    let tapped = app.clock.now();
    eventually("attempts have gone on for three minutes", async || {
        app.clock.advance(Duration::from_secs(5));
        tokio::time::sleep(Duration::from_millis(20)).await; // for the attempt that is due
        (app.clock.now() > tapped + 180_000).then_some(())
    })
    .await;
    assert_eq!(tablet.status(&draft).await.state, CallState::Sending);
    app.sim.remove_fault(fault);
    let state = app.final_state_with_fast_clock(&tablet, &draft).await;
    assert_eq!(state, CallState::Notified);
    app.close().await;
}
