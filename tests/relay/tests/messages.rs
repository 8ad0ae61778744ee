//! Messages of the bot that are sent from set-up.

use std::time::Duration;

use chatwork_sim::{Effect, Office};
use relay_tests::{
    CallDraft, HOST, LOBBY, ROOM, TestApp, eventually, fault_on_posts, json, refusal, status,
};
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::Connection;
use yobirin_api::message::{SentMessage, TestMessage};
use yobirin_domain::model::delivery::{DeliveryState, RejectReason};
use yobirin_domain::routing::Destination;

const DEFAULT_ROOM: u64 = Office::SAMPLE_DEFAULT_ROOM;

fn room(id: u64) -> Option<Destination> {
    Some(Destination::Room(id.try_into().unwrap()))
}

fn account(id: u64) -> Option<Destination> {
    Some(Destination::Account(id.try_into().unwrap()))
}

fn test_message_request(app: &TestApp, to: Option<Destination>) -> reqwest::RequestBuilder {
    app.admin
        .post("/api/test-message")
        .json(&TestMessage { to })
}

async fn send_test_message(app: &TestApp, to: Option<Destination>) -> SentMessage {
    json(test_message_request(app, to)).await
}

async fn final_state(app: &TestApp, message: &SentMessage) -> DeliveryState {
    let path = format!("/api/messages/{}", message.id);
    eventually("the message has its final state", async || {
        let message: SentMessage = json(app.admin.get(&path)).await;
        message.state.is_final().then_some(message.state)
    })
    .await
}

#[tokio::test]
async fn a_test_message_is_delivered_like_a_call_and_reports_success() {
    let app = TestApp::start().await;
    for (to, arrives_in) in [(None, DEFAULT_ROOM), (room(ROOM), ROOM)] {
        let message = send_test_message(&app, to).await;
        let state = final_state(&app, &message).await;
        let DeliveryState::Delivered { room, message, .. } = state else {
            panic!("{state:?}")
        };
        assert_eq!(room.get(), arrives_in);
        let messages = app.sim.messages(arrives_in);
        let last = messages.last().expect("a message");
        assert!(last.body.contains("テスト"), "{}", last.body);
        assert_eq!(last.message_id.to_string(), message.to_string());
    }
    let message = send_test_message(&app, account(HOST)).await;
    assert!(matches!(
        final_state(&app, &message).await,
        DeliveryState::Delivered { .. }
    ));
    assert!(
        app.history().await.calls.is_empty(),
        "test messages are not in the history"
    );
    app.close().await;
}

#[tokio::test]
async fn a_test_message_reports_why_it_failed() {
    let app = TestApp::start().await;
    let to_non_contact = send_test_message(&app, account(Office::SAMPLE_NON_CONTACTS[0])).await;
    let reason = RejectReason::NotAContact;
    assert_eq!(
        final_state(&app, &to_non_contact).await,
        DeliveryState::Rejected { reason }
    );
    app.sim.delete_room(ROOM).unwrap();
    let to_deleted_room = send_test_message(&app, room(ROOM)).await;
    let reason = RejectReason::NoSuchRoom;
    assert_eq!(
        final_state(&app, &to_deleted_room).await,
        DeliveryState::Rejected { reason }
    );
    app.close().await;
}

#[tokio::test]
async fn a_test_message_obeys_the_outbound_policy() {
    let app = TestApp::start().await;
    for outside in [
        room(Office::SAMPLE_MY_ROOM),
        account(Office::SAMPLE_NON_CONTACTS[1]),
    ] {
        assert_eq!(
            refusal(test_message_request(&app, outside)).await,
            ErrorCode::DestinationNotAllowed
        );
    }
    app.sim.revoke_token(Office::SAMPLE_TOKEN);
    let draft = CallDraft::now().to_room(ROOM);
    let tablet = app.tablet(LOBBY).await;
    tablet.hand_over(&draft).await;
    eventually("the token is known to be refused", async || {
        let connection: Connection = json(app.admin.get("/api/chatwork")).await;
        matches!(connection, Connection::Refused { .. }).then_some(())
    })
    .await;
    assert_eq!(
        refusal(test_message_request(&app, None)).await,
        ErrorCode::TokenRefused
    );
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    assert_eq!(
        refusal(test_message_request(&app, None)).await,
        ErrorCode::NotConnected
    );
    app.sim.restore_token(Office::SAMPLE_TOKEN);
    let _: Connection = json(app.connect_request(Office::SAMPLE_TOKEN)).await;
    tablet.final_status(&draft).await;
    app.close().await;
}

#[tokio::test]
async fn a_test_message_without_a_response_is_not_sent_twice() {
    let mut app = TestApp::start().await;
    app.sim
        .inject(fault_on_posts(Effect::HangAfterStoring).once());
    let message = send_test_message(&app, None).await;
    eventually("the message is stored", async || {
        (app.sim.messages(DEFAULT_ROOM).len() == 1).then_some(())
    })
    .await;
    app.stop().await;
    app.restart().await;
    assert!(matches!(
        final_state(&app, &message).await,
        DeliveryState::Delivered { .. }
    ));
    assert_eq!(app.sim.messages(DEFAULT_ROOM).len(), 1);
    app.close().await;
}

#[tokio::test]
async fn an_undeliverable_test_message_expires_within_two_minutes() {
    let app = TestApp::start().await;
    app.sim
        .inject(fault_on_posts(Effect::ServerError { status: 503 }).times(100));
    let message = send_test_message(&app, None).await;
    app.clock.advance(Duration::from_secs(2 * 60));
    assert_eq!(final_state(&app, &message).await, DeliveryState::Expired);
    app.close().await;
}
