//! Retention periods of visitor texts, events and pairing codes.

use std::time::Duration;

use relay_tests::{
    Browser, CallDraft, HOST, LOBBY, PASSWORD, ROOM, TestApp, eventually, json, refusal,
    settings_with_answers,
};
use yobirin_api::ErrorCode;
use yobirin_api::call::{CallPage, CallRecord};
use yobirin_api::device::Pair;
use yobirin_api::session::Session;
use yobirin_domain::model::delivery::CallState;

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn records(app: &TestApp) -> Vec<CallRecord> {
    let admin = Browser::new(&app.url());
    let _: Session = json(app.sign_in_request(&admin, PASSWORD)).await;
    let page: CallPage = json(admin.get("/api/calls")).await;
    page.calls
}

fn has_visitor_texts(record: &CallRecord) -> bool {
    let has_text = |delivery: &yobirin_api::call::Outgoing| !delivery.text.is_empty();
    !record.call.visitor.name.is_empty() || record.call.deliveries.iter().any(has_text)
}

#[tokio::test]
async fn visitor_texts_are_erased_after_the_retention_period_and_counts_remain() {
    let app = TestApp::start_with(|options| options.keep_history_days = 30).await;
    let tablet = app.tablet(LOBBY).await;
    let mut old = CallDraft::at(app.clock.now()).to_room(ROOM);
    old.call.visitor.people = Some(3);
    tablet.hand_over(&old).await;
    tablet.settled(&old).await;
    app.clock.advance(29 * DAY);
    let young = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&young).await;
    tablet.settled(&young).await;
    assert!(records(&app).await.iter().all(has_visitor_texts), "not yet");

    app.clock.advance(2 * DAY);
    let records = eventually("the visitor's texts are erased", async || {
        let records = records(&app).await;
        (records
            .iter()
            .filter(|record| has_visitor_texts(record))
            .count()
            == 1)
            .then_some(records)
    })
    .await;
    assert_eq!(records.len(), 2, "the call still counts");
    let erased = records.iter().find(|record| record.id == old.id).unwrap();
    assert_eq!(erased.call.visitor.people, Some(3));
    assert_eq!(erased.state, CallState::Notified);
    assert_eq!(erased.deliveries[0].attempts.len(), 1);
    assert!(
        records
            .iter()
            .any(|record| record.id == young.id && has_visitor_texts(record))
    );
    app.close().await;
}

#[tokio::test]
async fn answers_and_steps_are_erased_with_their_call() {
    let app = TestApp::start_with(|options| options.keep_history_days = 30).await;
    app.save(&settings_with_answers()).await;
    let tablet = app.tablet(LOBBY).await;
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    let draft = draft.later_to_room(60, ROOM);
    tablet.hand_over(&draft).await;
    tablet.settled(&draft).await;
    let post = app.sim.messages(ROOM)[0].message_id;
    app.sim.reply_as(ROOM, HOST, post, "ひみつの返事").unwrap();
    app.shown_answer(&tablet, &draft, |answer| answer.words == "ひみつの返事")
        .await;
    app.clock.advance(31 * DAY);
    let erased = eventually("the words are erased", async || {
        let record = records(&app).await.remove(0);
        (!has_visitor_texts(&record)).then_some(record)
    })
    .await;
    assert_eq!(erased.call.later[0].text, "");
    assert_eq!(erased.call.later[0].retraction, None);
    assert_eq!(erased.later.len(), 1, "the step still counts");
    let answer = tablet.status(&draft).await.answer;
    assert_eq!(answer, None, "neither words nor author");
    app.close().await;
}

#[tokio::test]
async fn week_old_events_are_deleted_and_the_stream_still_resumes() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    let last = tablet.settled(&draft).await.sequence;
    app.clock.advance(8 * DAY);
    let new = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&new).await;
    tablet.settled(&new).await;
    eventually("old events are deleted", async || {
        let (first, _) = tablet.events_after(0).await.next_delivery().await;
        (first > last).then_some(())
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn unused_pairing_codes_are_deleted() {
    let app = TestApp::start().await;
    let code = app.pairing_code(LOBBY).await.code;
    app.clock.advance(DAY);
    let pair_request = app.new_browser().post("/api/pair").json(&Pair { code });
    assert_eq!(refusal(pair_request).await, ErrorCode::BadPairingCode);
    app.close().await;
}
