//! Calls that a visitor takes back: never sent when that is still possible, and told of to whoever had
//! been told.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{
    CallDraft, DIRECT, Desk, LOBBY, ROOM, SIDE_DOOR, Tablet, eventually, json, posts, status,
};
use yobirin_api::call::CallStatus;
use yobirin_domain::model::delivery::{CallState, DeliveryState};

async fn opened() -> (Desk, Tablet) {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    (desk, tablet)
}

async fn cancel(tablet: &Tablet, draft: &CallDraft) -> CallStatus {
    json(tablet.browser.delete(&draft.path())).await
}

/// Waits until nothing about a call changes any more, retractions and all.
async fn over(desk: &Desk, tablet: &Tablet, draft: &CallDraft) -> CallStatus {
    eventually("the call is over", async || {
        desk.clock.advance(Duration::from_millis(200));
        let status = tablet.status(draft).await;
        let mut all = status.deliveries.iter().chain(&status.retractions);
        all.all(DeliveryState::is_final).then_some(status)
    })
    .await
}

/// What the room holds about a call, oldest first.
fn said(desk: &Desk, room: u64, draft: &CallDraft) -> Vec<String> {
    let messages = desk.sim.messages(room).into_iter();
    let ours = messages.filter(|message| message.body.contains(&draft.reference()));
    ours.map(|message| message.body).collect()
}

#[tokio::test]
async fn a_call_taken_back_before_it_is_sent_is_never_sent() {
    let (desk, tablet) = opened().await;
    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    let draft = CallDraft::now().to_room(ROOM).to_account(DIRECT);
    tablet.hand_over(&draft).await;
    let mut events = tablet.events().await;

    let answer = cancel(&tablet, &draft).await;
    assert_eq!(answer.state, CallState::Withdrawn);
    assert_eq!(answer.deliveries, vec![DeliveryState::Withdrawn; 2]);
    assert!(
        answer.cancelled && answer.retractions.is_empty(),
        "{answer:?}"
    );
    assert_eq!(events.next_delivery().await.1, DeliveryState::Withdrawn);

    let _: serde_json::Value = json(desk.connecting(Office::SAMPLE_TOKEN)).await;
    let next = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&next).await;
    assert_eq!(over(&desk, &tablet, &next).await.state, CallState::Notified);
    assert!(said(&desk, ROOM, &draft).is_empty());
    let record = desk.history().await.calls.pop().unwrap();
    assert_eq!(record.state, CallState::Withdrawn);
    assert!(record.cancelled.is_some() && record.retractions.is_empty());
    desk.close().await;
}

#[tokio::test]
async fn whoever_was_told_is_told_that_the_call_is_taken_back_once() {
    let (desk, tablet) = opened().await;
    let draft = CallDraft::now().to_room(ROOM).to_account(DIRECT);
    tablet.hand_over(&draft).await;
    assert_eq!(
        over(&desk, &tablet, &draft).await.state,
        CallState::Notified
    );

    for _ in 0..3 {
        assert!(cancel(&tablet, &draft).await.cancelled, "safe to repeat");
    }
    let told = over(&desk, &tablet, &draft).await;
    assert_eq!(told.state, CallState::Notified, "what was told stays told");
    assert_eq!(told.retractions.len(), 2);
    let direct = desk.sim.direct_room(Office::SAMPLE_BOT, DIRECT).unwrap();
    for room in [ROOM, direct] {
        let said = said(&desk, room, &draft);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[1].starts_with("取り消されました"), "{said:?}");
    }
    let record = desk.history().await.calls.pop().unwrap();
    assert_eq!((record.deliveries.len(), record.retractions.len()), (2, 2));
    assert_eq!(record.retractions[0].attempts.len(), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_cancellation_that_overtakes_its_call_withdraws_it() {
    let (desk, tablet) = opened().await;
    let draft = CallDraft::now().to_room(ROOM);
    let early = cancel(&tablet, &draft).await;
    assert_eq!(
        (early.state, early.deliveries.len()),
        (CallState::Withdrawn, 0)
    );

    let late = tablet.hand_over(&draft).await;
    assert_eq!(late.deliveries, [DeliveryState::Withdrawn]);
    assert!(late.cancelled);
    desk.clock.advance(Duration::from_secs(60));
    assert!(said(&desk, ROOM, &draft).is_empty());
    desk.close().await;
}

#[tokio::test]
async fn a_call_taken_back_while_nobody_knows_whether_it_arrived_is_told_of_if_it_did() {
    for effect in [Effect::HangAfterStoring, Effect::ResetAfterStoring] {
        let (desk, tablet) = opened().await;
        let mut events = tablet.events().await;
        let unread = RequestFilter::to("GET", &format!("/rooms/{ROOM}/messages"));
        desk.sim.inject(posts(effect.clone()).once());
        let blind = Fault::new(Effect::ServerError { status: 500 })
            .on(unread)
            .once();
        desk.sim.inject(blind);
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        while events.next_delivery().await.1 != DeliveryState::Unknown {}

        let open = cancel(&tablet, &draft).await;
        assert_eq!(
            open.state,
            CallState::Sending,
            "not withdrawn: it may be there"
        );
        let over = over(&desk, &tablet, &draft).await;
        assert_eq!(over.state, CallState::Notified, "{effect:?}");
        let retraction = eventually("the retraction is there", async || {
            desk.clock.advance(Duration::from_millis(200));
            Some(said(&desk, ROOM, &draft)).filter(|said| said.len() == 2)
        })
        .await;
        assert!(
            retraction[1].starts_with("取り消されました"),
            "{retraction:?}"
        );
        desk.close().await;
    }
}

#[tokio::test]
async fn a_call_taken_back_while_nobody_knows_whether_it_arrived_is_not_sent_again_if_it_did_not() {
    let (desk, tablet) = opened().await;
    let mut events = tablet.events().await;
    desk.sim.inject(posts(Effect::Reset).once());
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    while events.next_delivery().await.1 != DeliveryState::Unknown {}

    cancel(&tablet, &draft).await;
    let over = over(&desk, &tablet, &draft).await;
    assert_eq!(over.deliveries, [DeliveryState::Withdrawn]);
    assert!(said(&desk, ROOM, &draft).is_empty());
    desk.close().await;
}

#[tokio::test]
async fn a_retraction_without_an_answer_is_not_taken_for_the_message_it_takes_back() {
    for (effect, stored) in [(Effect::Reset, false), (Effect::ResetAfterStoring, true)] {
        let (desk, tablet) = opened().await;
        let draft = CallDraft::now().to_room(ROOM);
        tablet.hand_over(&draft).await;
        over(&desk, &tablet, &draft).await;

        desk.sim.inject(posts(effect).once());
        cancel(&tablet, &draft).await;
        let over = over(&desk, &tablet, &draft).await;
        let (
            DeliveryState::Delivered { message: first, .. },
            DeliveryState::Delivered { message, .. },
        ) = (&over.deliveries[0], &over.retractions[0])
        else {
            panic!("{over:?}")
        };
        assert_ne!(first, message, "its own proof, stored at once: {stored}");
        assert_eq!(
            said(&desk, ROOM, &draft).len(),
            2,
            "stored at once: {stored}"
        );
        desk.close().await;
    }
}

#[tokio::test]
async fn a_tablet_takes_back_its_own_calls_only() {
    let (desk, tablet) = opened().await;
    let other = desk.tablet(SIDE_DOOR).await;
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    over(&desk, &tablet, &draft).await;
    assert_eq!(status(other.browser.delete(&draft.path())).await, 404);

    let never = CallDraft::now();
    cancel(&tablet, &never).await;
    assert_eq!(status(other.browser.delete(&never.path())).await, 404);
    assert!(!tablet.status(&draft).await.cancelled);
    assert_eq!(said(&desk, ROOM, &draft).len(), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_retraction_outside_the_reach_is_refused_with_its_call() {
    let (desk, tablet) = opened().await;
    let mut draft = CallDraft::now().to_room(ROOM);
    draft.call.deliveries[0].retraction = Some(format!("[toall] {}", draft.reference()));
    assert_eq!(status(tablet.handing_over(&draft)).await, 422);
    desk.close().await;
}
