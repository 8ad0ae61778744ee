//! Visitors' words are kept for as long as was said, and no longer.

use std::time::Duration;

use relay_tests::{Browser, CallDraft, Desk, LOBBY, PASSWORD, ROOM, eventually, json, refusal};
use yobirin_api::ErrorCode;
use yobirin_api::call::{CallPage, CallRecord};
use yobirin_api::device::Pair;
use yobirin_api::session::Session;
use yobirin_domain::model::delivery::CallState;

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn records(desk: &Desk) -> Vec<CallRecord> {
    let admin = Browser::new(&desk.url());
    let _: Session = json(desk.signing_in(&admin, PASSWORD)).await;
    let page: CallPage = json(admin.get("/api/calls")).await;
    page.calls
}

fn holds_words(record: &CallRecord) -> bool {
    let has_text = |one: &yobirin_api::call::Outgoing| !one.text.is_empty();
    !record.call.visitor.name.is_empty() || record.call.deliveries.iter().any(has_text)
}

#[tokio::test]
async fn words_are_erased_after_as_many_days_as_was_said_and_counts_stay() {
    let desk = Desk::open_with(|options| options.keep_history_days = 30).await;
    let tablet = desk.tablet(LOBBY).await;
    let mut old = CallDraft::at(desk.clock.now()).to_room(ROOM);
    old.call.visitor.people = Some(3);
    tablet.hand_over(&old).await;
    tablet.settled(&old).await;
    desk.clock.advance(29 * DAY);
    let young = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&young).await;
    tablet.settled(&young).await;
    assert!(records(&desk).await.iter().all(holds_words), "not yet");

    desk.clock.advance(2 * DAY);
    let records = eventually("the words are erased", async || {
        let records = records(&desk).await;
        (records.iter().filter(|record| holds_words(record)).count() == 1).then_some(records)
    })
    .await;
    assert_eq!(records.len(), 2, "it still counts");
    let erased = records.iter().find(|record| record.id == old.id).unwrap();
    assert_eq!(erased.call.visitor.people, Some(3));
    assert_eq!(erased.state, CallState::Notified);
    assert_eq!(erased.deliveries[0].attempts.len(), 1);
    assert!(
        records
            .iter()
            .any(|record| record.id == young.id && holds_words(record))
    );
    desk.close().await;
}

#[tokio::test]
async fn events_of_last_week_are_forgotten_and_the_stream_goes_on() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    let last = tablet.settled(&draft).await.sequence;
    desk.clock.advance(8 * DAY);
    let new = CallDraft::at(desk.clock.now()).to_room(ROOM);
    tablet.hand_over(&new).await;
    tablet.settled(&new).await;
    eventually("old events are forgotten", async || {
        let (first, _) = tablet.events_after(0).await.next_delivery().await;
        (first > last).then_some(())
    })
    .await;
    desk.close().await;
}

#[tokio::test]
async fn a_pairing_code_that_nobody_used_is_forgotten() {
    let desk = Desk::open().await;
    let code = desk.code_for(LOBBY).await.code;
    desk.clock.advance(DAY);
    let pairing = desk.stranger().post("/api/pair").json(&Pair { code });
    assert_eq!(refusal(pairing).await, ErrorCode::BadPairingCode);
    desk.close().await;
}
