//! Fallback to the default room when a destination is gone: sent once, with a notice.

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{CallDraft, HOST, LOBBY, Program, ROOM, Tablet, TestApp, eventually, refusal};
use yobirin_api::ErrorCode;
use yobirin_api::call::Outcome;
use yobirin_domain::model::delivery::{CallState, DeliveryState, RejectReason};

use crate::program::RELAY;

const DEFAULT_ROOM: u64 = Office::SAMPLE_DEFAULT_ROOM;

async fn start_paired() -> (TestApp, Tablet) {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    (app, tablet)
}

fn rejected(reason: RejectReason) -> DeliveryState {
    DeliveryState::Rejected { reason }
}

fn is_delivered(state: Option<&DeliveryState>) -> bool {
    matches!(state, Some(DeliveryState::Delivered { room, .. }) if room.get() == DEFAULT_ROOM)
}

#[tokio::test]
async fn a_missing_room_falls_back_to_the_default_room() {
    let (app, tablet) = start_paired().await;
    let mut events = tablet.events().await;
    app.sim
        .remove_member(ROOM, Office::SAMPLE_BOT)
        .expect("the bot was there");
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    tablet.hand_over(&draft).await;
    let mut deliveries = Vec::new();
    while !deliveries
        .iter()
        .any(|(_, state)| is_delivered(Some(state)))
    {
        deliveries.push(events.next_delivery().await);
    }
    let states: Vec<_> = deliveries.into_iter().map(|(_, state)| state).collect();
    assert_eq!(
        states[..3],
        [
            DeliveryState::Waiting,
            DeliveryState::Waiting,
            rejected(RejectReason::NoSuchRoom)
        ],
        "the event of the fallback precedes the rejection, so that the call is never shown as failed"
    );
    let status = tablet.final_status(&draft).await;
    assert_eq!(status.state, CallState::Notified);
    assert_eq!(status.deliveries, [rejected(RejectReason::NoSuchRoom)]);
    assert!(is_delivered(status.fallback.as_ref()), "{status:?}");
    assert_eq!(app.message_count(DEFAULT_ROOM, &draft), 1);

    let record = &app.history().await.calls[0];
    let fallback = record
        .fallback
        .as_ref()
        .expect("the history has the fallback");
    assert_eq!(fallback.attempts[0].outcome, Some(Outcome::Delivered));
    assert_eq!(
        tablet.hand_over(&draft).await,
        status,
        "handing the call over again changes nothing"
    );
    app.close().await;
}

#[tokio::test]
async fn several_unreachable_hosts_fall_back_to_the_default_room_once() {
    let (app, tablet) = start_paired().await;
    app.sim.remove_contact(Office::SAMPLE_BOT, HOST).unwrap();
    let draft = CallDraft::now()
        .to_account(HOST)
        .to_account(Office::SAMPLE_NON_CONTACTS[0])
        .or_default_room();
    tablet.hand_over(&draft).await;
    let status = tablet.final_status(&draft).await;
    assert_eq!(status.state, CallState::Notified);
    assert_eq!(
        status.deliveries,
        [
            rejected(RejectReason::NotAContact),
            rejected(RejectReason::NotAContact)
        ]
    );
    assert_eq!(app.message_count(DEFAULT_ROOM, &draft), 1);
    app.close().await;
}

#[tokio::test]
async fn a_call_fails_when_the_default_room_is_missing_too() {
    let (app, tablet) = start_paired().await;
    app.sim.delete_room(ROOM).unwrap();
    app.sim.delete_room(DEFAULT_ROOM).unwrap();
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    tablet.hand_over(&draft).await;
    let status = tablet.final_status(&draft).await;
    assert_eq!(status.state, CallState::Failed);
    assert_eq!(status.fallback, Some(rejected(RejectReason::NoSuchRoom)));
    app.close().await;
}

#[tokio::test]
async fn a_call_without_a_fallback_fails_when_its_room_is_gone() {
    let (app, tablet) = start_paired().await;
    let draft = CallDraft::now().to_room(ROOM);
    app.sim.delete_room(ROOM).unwrap();
    tablet.hand_over(&draft).await;
    let status = tablet.final_status(&draft).await;
    assert_eq!((status.state, status.fallback), (CallState::Failed, None));
    app.close().await;
}

#[tokio::test]
async fn the_fallback_obeys_the_outbound_policy_and_is_not_sent_to_a_notified_room() {
    let (app, tablet) = start_paired().await;
    let to_default_room = CallDraft::now().to_room(DEFAULT_ROOM).or_default_room();
    assert_eq!(
        refusal(tablet.hand_over_request(&to_default_room)).await,
        ErrorCode::Malformed
    );
    let mut with_tag = CallDraft::now().to_room(ROOM).or_default_room();
    if let Some(fallback) = &mut with_tag.call.fallback {
        fallback.text = format!("[toall] {}", with_tag.id.reference());
    }
    assert_eq!(
        refusal(tablet.hand_over_request(&with_tag)).await,
        ErrorCode::DestinationNotAllowed
    );
    app.close().await;
}

#[tokio::test]
async fn a_fallback_without_a_response_is_reconciled_and_not_sent_twice() {
    let (mut app, tablet) = start_paired().await;
    app.sim.delete_room(ROOM).unwrap();
    let lost = Fault::new(Effect::HangAfterStoring).on(RequestFilter::posts_to(DEFAULT_ROOM));
    app.sim.inject(lost.once());
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    tablet.hand_over(&draft).await;
    eventually("the default room has it", async || {
        (app.message_count(DEFAULT_ROOM, &draft) == 1).then_some(())
    })
    .await;
    app.stop().await;
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    assert_eq!(app.message_count(DEFAULT_ROOM, &draft), 1);
    app.close().await;
}

#[tokio::test]
async fn cancelling_retracts_the_fallback_too() {
    let (app, tablet) = start_paired().await;
    app.sim.delete_room(ROOM).unwrap();
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    let cancel = tablet.browser.delete(&draft.path()).send().await.unwrap();
    assert_eq!(cancel.status(), 202);
    eventually("the default room gets the retraction", async || {
        (app.message_count(DEFAULT_ROOM, &draft) == 2).then_some(())
    })
    .await;
    let status = tablet.final_status(&draft).await;
    assert_eq!(status.retractions.len(), 1);
    app.close().await;
}

#[tokio::test]
async fn a_fallback_takes_the_place_of_the_last_step_to_its_room() {
    let (app, tablet) = TestApp::start_listening().await;
    app.sim.delete_room(ROOM).unwrap();
    let draft = CallDraft::at(app.clock.now())
        .to_room(ROOM)
        .or_default_room()
        .escalate_to_room(60, DEFAULT_ROOM)
        .escalate_to_room(150, DEFAULT_ROOM);
    tablet.hand_over(&draft).await;
    let status = app
        .eventually_with_fast_clock("the first step is sent", async || {
            let status = tablet.status(&draft).await;
            is_delivered(status.later.first()).then_some(status)
        })
        .await;
    assert!(is_delivered(status.fallback.as_ref()), "{status:?}");
    assert_eq!(status.later[1], DeliveryState::Withdrawn);
    let record = app.history().await.calls.remove(0);
    let replaced: Vec<_> = record
        .steps()
        .map(|step| step.is_replaced_by_fallback)
        .collect();
    assert_eq!(replaced, [false, true]);
    assert_eq!(app.message_count(DEFAULT_ROOM, &draft), 2);
    app.close().await;
}

#[tokio::test]
async fn a_kill_between_rejection_and_fallback_sends_the_fallback_once() {
    let (mut app, tablet) = start_paired().await;
    app.sim.delete_room(ROOM).unwrap();
    let late = Fault::new(Effect::Hang).on(RequestFilter::posts_to(DEFAULT_ROOM));
    let fault = app.sim.inject(late);
    app.stop().await;
    let mut program = Program::serve(RELAY, app.data(), &app.sim.api()).await;
    let url = program.line("listening on ").await;
    let tablet_of_program = Tablet {
        browser: tablet.browser.moved_to(&url),
    };
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    tablet_of_program.hand_over(&draft).await;
    eventually("the room has refused", async || {
        let status = tablet_of_program.status(&draft).await;
        status.deliveries[0].is_final().then_some(())
    })
    .await;
    program.kill().await;
    app.sim.remove_fault(fault);
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    let state = app.final_state_with_fast_clock(&tablet, &draft).await;
    assert_eq!(state, CallState::Notified);
    assert_eq!(app.message_count(DEFAULT_ROOM, &draft), 1);
    app.close().await;
}
