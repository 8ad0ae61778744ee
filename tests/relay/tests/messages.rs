//! Messages that set-up has the bot send.

use std::time::Duration;

use chatwork_sim::{Effect, Office};
use relay_tests::{CallDraft, DIRECT, Desk, LOBBY, ROOM, eventually, json, posts, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::Connection;
use yobirin_api::message::{SentMessage, TestMessage};
use yobirin_domain::model::delivery::{DeliveryState, RejectReason};
use yobirin_domain::routing::Destination;

const DEFAULT_ROOM: u64 = Office::SAMPLE_ACALL_ROOM;

fn room(id: u64) -> Option<Destination> {
    Some(Destination::Room(id.try_into().unwrap()))
}

fn account(id: u64) -> Option<Destination> {
    Some(Destination::Account(id.try_into().unwrap()))
}

fn testing(desk: &Desk, to: Option<Destination>) -> reqwest::RequestBuilder {
    desk.admin
        .post("/api/test-message")
        .json(&TestMessage { to })
}

async fn sent(desk: &Desk, to: Option<Destination>) -> SentMessage {
    json(testing(desk, to)).await
}

async fn settled(desk: &Desk, message: &SentMessage) -> DeliveryState {
    let path = format!("/api/messages/{}", message.id);
    eventually("the message is settled", async || {
        let now: SentMessage = json(desk.admin.get(&path)).await;
        now.state.is_final().then_some(now.state)
    })
    .await
}

#[tokio::test]
async fn a_test_arrives_where_calls_would_and_says_so() {
    let desk = Desk::open().await;
    for (to, arrives) in [(None, DEFAULT_ROOM), (room(ROOM), ROOM)] {
        let message = sent(&desk, to).await;
        let state = settled(&desk, &message).await;
        let DeliveryState::Delivered { room, message, .. } = state else {
            panic!("{state:?}")
        };
        assert_eq!(room.get(), arrives);
        let there = desk.sim.messages(arrives);
        let last = there.last().expect("a message");
        assert!(last.body.contains("テスト"), "{}", last.body);
        assert_eq!(last.message_id.to_string(), message.to_string());
    }
    let message = sent(&desk, account(DIRECT)).await;
    assert!(matches!(
        settled(&desk, &message).await,
        DeliveryState::Delivered { .. }
    ));
    assert!(
        desk.history().await.calls.is_empty(),
        "tests are no visits: they are in no history"
    );
    desk.close().await;
}

#[tokio::test]
async fn a_test_says_why_it_did_not_arrive() {
    let desk = Desk::open().await;
    let stranger = sent(&desk, account(Office::SAMPLE_NON_CONTACTS[0])).await;
    let reason = RejectReason::NotAContact;
    assert_eq!(
        settled(&desk, &stranger).await,
        DeliveryState::Rejected { reason }
    );
    desk.sim.delete_room(ROOM).unwrap();
    let gone = sent(&desk, room(ROOM)).await;
    let reason = RejectReason::NoSuchRoom;
    assert_eq!(
        settled(&desk, &gone).await,
        DeliveryState::Rejected { reason }
    );
    desk.close().await;
}

#[tokio::test]
async fn a_test_goes_nowhere_that_a_call_could_not() {
    let desk = Desk::open().await;
    for nowhere in [
        room(Office::SAMPLE_MY_ROOM),
        account(Office::SAMPLE_NON_CONTACTS[1]),
    ] {
        assert_eq!(
            refusal(testing(&desk, nowhere)).await,
            ErrorCode::OutOfReach
        );
    }
    desk.sim.revoke_token(Office::SAMPLE_TOKEN);
    let draft = CallDraft::now().to_room(ROOM);
    let tablet = desk.tablet(LOBBY).await;
    tablet.hand_over(&draft).await;
    eventually("the token is known to be refused", async || {
        let connection: Connection = json(desk.admin.get("/api/chatwork")).await;
        matches!(connection, Connection::Refused { .. }).then_some(())
    })
    .await;
    assert_eq!(refusal(testing(&desk, None)).await, ErrorCode::TokenRefused);
    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    assert_eq!(refusal(testing(&desk, None)).await, ErrorCode::NotConnected);
    desk.sim.restore_token(Office::SAMPLE_TOKEN);
    let _: Connection = json(desk.connecting(Office::SAMPLE_TOKEN)).await;
    tablet.settled(&draft).await;
    desk.close().await;
}

#[tokio::test]
async fn a_test_whose_answer_was_lost_is_not_sent_twice() {
    let mut desk = Desk::open().await;
    desk.sim.inject(posts(Effect::HangAfterStoring).once());
    let message = sent(&desk, None).await;
    eventually("it is stored", async || {
        (desk.sim.messages(DEFAULT_ROOM).len() == 1).then_some(())
    })
    .await;
    desk.stop().await;
    desk.start_again().await;
    assert!(matches!(
        settled(&desk, &message).await,
        DeliveryState::Delivered { .. }
    ));
    assert_eq!(desk.sim.messages(DEFAULT_ROOM).len(), 1);
    desk.close().await;
}

#[tokio::test]
async fn nobody_waits_for_a_test_for_long() {
    let desk = Desk::open().await;
    desk.sim
        .inject(posts(Effect::ServerError { status: 503 }).times(100));
    let message = sent(&desk, None).await;
    desk.clock.advance(Duration::from_secs(2 * 60));
    assert_eq!(settled(&desk, &message).await, DeliveryState::Expired);
    desk.close().await;
}
