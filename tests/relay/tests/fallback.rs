//! When a destination turns out to be gone, the default room is told instead: once, and it says so.

use crate::program::RELAY;
use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{CallDraft, DIRECT, Desk, LOBBY, Program, ROOM, Tablet, eventually, refusal};
use yobirin_api::ErrorCode;
use yobirin_api::call::Outcome;
use yobirin_domain::model::delivery::{CallState, DeliveryState, RejectReason};

const DEFAULT_ROOM: u64 = Office::SAMPLE_ACALL_ROOM;

async fn opened() -> (Desk, Tablet) {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    (desk, tablet)
}

fn rejected(reason: RejectReason) -> DeliveryState {
    DeliveryState::Rejected { reason }
}

fn is_delivered(state: Option<&DeliveryState>) -> bool {
    matches!(state, Some(DeliveryState::Delivered { room, .. }) if room.get() == DEFAULT_ROOM)
}

#[tokio::test]
async fn when_a_room_is_gone_the_default_room_is_told_instead() {
    let (desk, tablet) = opened().await;
    let mut events = tablet.events().await;
    desk.sim
        .remove_member(ROOM, Office::SAMPLE_BOT)
        .expect("the bot was there");
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    tablet.hand_over(&draft).await;
    let mut told = Vec::new();
    while !told.iter().any(|(_, state)| is_delivered(Some(state))) {
        told.push(events.next_delivery().await);
    }
    let states: Vec<_> = told.into_iter().map(|(_, state)| state).collect();
    assert_eq!(
        states[..3],
        [
            DeliveryState::Waiting,
            DeliveryState::Waiting,
            rejected(RejectReason::NoSuchRoom)
        ],
        "it is told of the fallback before the refusal: at no time has the call failed"
    );
    let status = tablet.settled(&draft).await;
    assert_eq!(status.state, CallState::Notified);
    assert_eq!(status.deliveries, [rejected(RejectReason::NoSuchRoom)]);
    assert!(is_delivered(status.fallback.as_ref()), "{status:?}");
    assert_eq!(desk.told(DEFAULT_ROOM, &draft), 1);

    let record = &desk.history().await.calls[0];
    let fallback = record.fallback.as_ref().expect("it is in the history");
    assert_eq!(fallback.attempts[0].outcome, Some(Outcome::Delivered));
    assert_eq!(
        tablet.hand_over(&draft).await,
        status,
        "handed over again, it is the same call"
    );
    desk.close().await;
}

#[tokio::test]
async fn when_nobody_can_be_told_directly_the_default_room_is_told_once() {
    let (desk, tablet) = opened().await;
    desk.sim.remove_contact(Office::SAMPLE_BOT, DIRECT).unwrap();
    let draft = CallDraft::now()
        .to_account(DIRECT)
        .to_account(Office::SAMPLE_NON_CONTACTS[0])
        .or_default_room();
    tablet.hand_over(&draft).await;
    let status = tablet.settled(&draft).await;
    assert_eq!(status.state, CallState::Notified);
    assert_eq!(
        status.deliveries,
        [
            rejected(RejectReason::NotAContact),
            rejected(RejectReason::NotAContact)
        ]
    );
    assert_eq!(desk.told(DEFAULT_ROOM, &draft), 1);
    desk.close().await;
}

#[tokio::test]
async fn when_the_default_room_is_gone_too_the_call_has_failed() {
    let (desk, tablet) = opened().await;
    desk.sim.delete_room(ROOM).unwrap();
    desk.sim.delete_room(DEFAULT_ROOM).unwrap();
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    tablet.hand_over(&draft).await;
    let status = tablet.settled(&draft).await;
    assert_eq!(status.state, CallState::Failed);
    assert_eq!(status.fallback, Some(rejected(RejectReason::NoSuchRoom)));
    desk.close().await;
}

#[tokio::test]
async fn a_message_that_chatwork_does_not_take_is_not_tried_elsewhere() {
    let (desk, tablet) = opened().await;
    let without = CallDraft::now().to_room(ROOM);
    desk.sim.delete_room(ROOM).unwrap();
    tablet.hand_over(&without).await;
    let status = tablet.settled(&without).await;
    assert_eq!((status.state, status.fallback), (CallState::Failed, None));
    desk.close().await;
}

#[tokio::test]
async fn the_fallback_stays_within_reach_and_is_told_nothing_twice() {
    let (desk, tablet) = opened().await;
    let twice = CallDraft::now().to_room(DEFAULT_ROOM).or_default_room();
    assert_eq!(
        refusal(tablet.handing_over(&twice)).await,
        ErrorCode::Malformed
    );
    let mut far = CallDraft::now().to_room(ROOM).or_default_room();
    if let Some(fallback) = &mut far.call.fallback {
        fallback.text = format!("[toall] {}", far.id.reference());
    }
    assert_eq!(
        refusal(tablet.handing_over(&far)).await,
        ErrorCode::OutOfReach
    );
    desk.close().await;
}

#[tokio::test]
async fn a_fallback_whose_answer_was_lost_is_found_and_not_sent_twice() {
    let (mut desk, tablet) = opened().await;
    desk.sim.delete_room(ROOM).unwrap();
    let lost = Fault::new(Effect::HangAfterStoring).on(RequestFilter::posts_to(DEFAULT_ROOM));
    desk.sim.inject(lost.once());
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    tablet.hand_over(&draft).await;
    eventually("the default room has it", async || {
        (desk.told(DEFAULT_ROOM, &draft) == 1).then_some(())
    })
    .await;
    desk.stop().await;
    desk.start_again().await;
    let tablet = desk.follow(&tablet);
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    assert_eq!(desk.told(DEFAULT_ROOM, &draft), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_visitor_who_leaves_is_taken_back_from_the_default_room_too() {
    let (desk, tablet) = opened().await;
    desk.sim.delete_room(ROOM).unwrap();
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    tablet.hand_over(&draft).await;
    tablet.settled(&draft).await;
    let cancel = tablet.browser.delete(&draft.path()).send().await.unwrap();
    assert_eq!(cancel.status(), 202);
    eventually("the default room is told that, too", async || {
        (desk.told(DEFAULT_ROOM, &draft) == 2).then_some(())
    })
    .await;
    let status = tablet.settled(&draft).await;
    assert_eq!(status.retractions.len(), 1);
    desk.close().await;
}

#[tokio::test]
async fn killed_between_the_refusal_and_the_fallback_it_tells_the_default_room_once() {
    let (mut desk, tablet) = opened().await;
    desk.sim.delete_room(ROOM).unwrap();
    let late = Fault::new(Effect::Hang).on(RequestFilter::posts_to(DEFAULT_ROOM));
    let fault = desk.sim.inject(late);
    desk.stop().await;
    let mut program = Program::serve(RELAY, desk.data(), &desk.sim.api()).await;
    let url = program.line("listening on ").await;
    let there = Tablet {
        browser: tablet.browser.moved_to(&url),
    };
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    there.hand_over(&draft).await;
    eventually("the room has refused", async || {
        let status = there.status(&draft).await;
        status.deliveries[0].is_final().then_some(())
    })
    .await;
    program.kill().await;
    desk.sim.remove_fault(fault);
    desk.start_again().await;
    let tablet = desk.follow(&tablet);
    let state = desk.settled_in_time(&tablet, &draft).await;
    assert_eq!(state, CallState::Notified);
    assert_eq!(desk.told(DEFAULT_ROOM, &draft), 1);
    desk.close().await;
}
