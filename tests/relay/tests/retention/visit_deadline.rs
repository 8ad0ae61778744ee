//! Erasure of one visit that is asked for while its words are still needed: after the end of its call.

use std::time::Duration;

use relay_tests::{
    CallDraft, HOST, LOBBY, ROOM, TestApp, eventually, json, settings_with_answers, status,
};
use yobirin_api::call::CallRecord;
use yobirin_domain::model::delivery::{CallState, DeliveryState};
use yobirin_domain::retention::VisitErasure;

use super::{delivered, has_visitor_texts, records};

#[tokio::test]
async fn a_visit_is_erased_after_its_end_and_nothing_of_it_is_cancelled() {
    let app = TestApp::start().await;
    app.save(&settings_with_answers()).await;
    let tablet = app.tablet(LOBBY).await;
    let other = delivered(&app, &tablet).await;
    let draft = CallDraft::at(app.clock.now())
        .to_room(ROOM)
        .escalate_to_room(60, ROOM);
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    let path = format!("/api/calls/{}/words", draft.id);
    let asked: VisitErasure = json(app.admin.delete(&path)).await;
    assert!(!asked.is_erased, "the last step needs its words");
    let find = async |id| {
        let records = records(&app).await.into_iter();
        let mut found = records.filter(|record: &CallRecord| record.id == id);
        found.next().expect("the call")
    };
    let waiting = find(draft.id).await;
    assert!(waiting.erase_requested.is_some() && has_visitor_texts(&waiting));
    app.clock.advance(Duration::from_secs(60));
    eventually("the step is sent all the same", async || {
        let later = &tablet.status(&draft).await.later[0];
        matches!(later, DeliveryState::Delivered { .. }).then_some(())
    })
    .await;
    let post = app.sim.messages(ROOM)[0].message_id;
    app.sim.reply_as(ROOM, HOST, post, "ひみつの返事").unwrap();
    app.clock.advance(Duration::from_secs(20 * 60));
    let erased = eventually("the visit is erased after its end", async || {
        let record = find(draft.id).await;
        record.erased.is_some().then_some(record)
    })
    .await;
    assert!(!has_visitor_texts(&erased));
    assert_eq!(erased.call.later[0].text, "");
    assert!(erased.answers.iter().all(|answer| answer.words.is_empty()));
    assert!(
        has_visitor_texts(&find(other.id).await),
        "the other visit is kept"
    );
    // A tablet that never heard of the acceptance hands the call over once more.
    assert_eq!(tablet.hand_over(&draft).await.state, CallState::Notified);
    let again: VisitErasure = json(app.admin.delete(&path)).await;
    assert!(again.is_erased);
    app.close().await;
}

#[tokio::test]
async fn a_call_that_is_cancelled_after_its_erasure_was_asked_for_is_still_retracted() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let draft = delivered(&app, &tablet).await;
    let path = format!("/api/calls/{}/words", draft.id);
    let asked: VisitErasure = json(app.admin.delete(&path)).await;
    assert!(!asked.is_erased, "erased after the deadline");
    assert_eq!(status(tablet.browser.delete(&draft.path())).await, 202);
    eventually("the visit is taken back in Chatwork", async || {
        let retractions = tablet.status(&draft).await.retractions;
        let is_there = |state: &DeliveryState| matches!(state, DeliveryState::Delivered { .. });
        retractions.first().is_some_and(is_there).then_some(())
    })
    .await;
    app.clock.advance(Duration::from_secs(20 * 60));
    eventually("the visit is erased", async || {
        let record = records(&app).await.remove(0);
        record.erased.is_some().then_some(())
    })
    .await;
    app.close().await;
}
