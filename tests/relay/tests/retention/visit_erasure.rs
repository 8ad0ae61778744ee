//! Erasure of one visit before the deadline of its call: at once, or as soon as its words are not needed any more.

use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{CallDraft, HOST, ROOM, Tablet, TestApp, eventually, json, status};
use yobirin_api::call::CallRecord;
use yobirin_domain::answer::AnswerAuthor;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::retention::VisitErasure;

use super::{has_answers, has_visitor_texts, records};

/// Interval at which the relay looks whether a visit can be erased.
const WAITING_INTERVAL: Duration = Duration::from_secs(20);

async fn erase(app: &TestApp, draft: &CallDraft) -> bool {
    let path = format!("/api/calls/{}/words", draft.id);
    let erasure: VisitErasure = json(app.admin.delete(&path)).await;
    erasure.is_erased
}

async fn record(app: &TestApp, draft: &CallDraft) -> CallRecord {
    let mut records = records(app).await;
    records.retain(|record| record.id == draft.id);
    records.pop().expect("the call")
}

/// Waits until the visit is erased, which is before the deadline of its call.
async fn erased_before_deadline(app: &TestApp, draft: &CallDraft) -> CallRecord {
    let record = eventually("the visit is erased", async || {
        let record = record(app, draft).await;
        record.erased.is_some().then_some(record)
    })
    .await;
    assert!(!has_visitor_texts(&record) && !has_answers(&record));
    assert!(app.clock.now() < record.expires, "before the deadline");
    record
}

async fn disconnect(app: &TestApp) {
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
}

async fn connect(app: &TestApp) {
    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
}

async fn delivered(app: &TestApp, tablet: &Tablet) -> CallDraft {
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM).answerable();
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    draft
}

/// The host answers, and the post of the call is edited to say so.
async fn answer(app: &TestApp, tablet: &Tablet, draft: &CallDraft, words: &str) {
    let post = app.posts_of(ROOM, draft)[0].message_id;
    app.sim.reply_as(ROOM, HOST, post, words).unwrap();
    app.shown_answer(tablet, draft, |answer| answer.words == words)
        .await;
    app.eventually_with_fast_clock("the post is edited", async || {
        let post = app.posts_of(ROOM, draft).remove(0);
        post.body.contains("対応中").then_some(())
    })
    .await;
}

#[tokio::test]
async fn an_answered_visit_is_erased_at_once_and_no_later_answer_brings_words_back() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = delivered(&app, &tablet).await;
    answer(&app, &tablet, &draft, "ひみつの返事").await;
    assert!(erase(&app, &draft).await, "nothing of it is needed");
    erased_before_deadline(&app, &draft).await;
    let shown = tablet.status(&draft).await.answer.expect("an answer");
    assert_eq!(
        (shown.who, shown.words.as_str()),
        (AnswerAuthor::Erased, ""),
        "the tablet still says that somebody answered"
    );

    // Another call keeps the room open, so that the relay reads a second answer to the erased call.
    let other = delivered(&app, &tablet).await;
    let post = app.posts_of(ROOM, &draft)[0].clone();
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "あとからの返事")
        .unwrap();
    answer(&app, &tablet, &other, "二件目です").await;
    let left = record(&app, &draft).await;
    assert_eq!(left.answers.len(), 1, "{:?}", left.answers);
    assert!(!has_answers(&left));
    let posts = app.posts_of(ROOM, &draft);
    assert_eq!(posts[0].body, post.body, "the post in Chatwork stays");
    app.close().await;
}

#[tokio::test]
async fn a_cancelled_visit_is_erased_once_its_retraction_has_arrived() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = delivered(&app, &tablet).await;
    disconnect(&app).await;
    assert_eq!(status(tablet.browser.delete(&draft.path())).await, 202);
    assert!(!erase(&app, &draft).await, "the retraction waits");
    assert!(has_visitor_texts(&record(&app, &draft).await));
    connect(&app).await;
    eventually("the retraction arrives", async || {
        let retractions = tablet.status(&draft).await.retractions;
        let has_arrived = |state: &DeliveryState| matches!(state, DeliveryState::Delivered { .. });
        retractions.first().is_some_and(has_arrived).then_some(())
    })
    .await;
    app.clock.advance(WAITING_INTERVAL);
    erased_before_deadline(&app, &draft).await;
    let posts = app.posts_of(ROOM, &draft);
    assert!(posts[1].body.contains("取り消されました"), "{posts:?}");

    let second = delivered(&app, &tablet).await;
    assert_eq!(status(tablet.browser.delete(&second.path())).await, 202);
    eventually("the retraction arrives", async || {
        let retractions = tablet.status(&second).await.retractions;
        retractions
            .first()
            .is_some_and(DeliveryState::is_final)
            .then_some(())
    })
    .await;
    assert!(erase(&app, &second).await, "nothing of it is needed");
    erased_before_deadline(&app, &second).await;
    app.close().await;
}

#[tokio::test]
async fn a_visit_that_is_being_delivered_is_delivered_whole_and_erased_once_it_is_answered() {
    let (app, tablet) = TestApp::start_listening().await;
    disconnect(&app).await;
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM).answerable();
    tablet.hand_over(&draft).await;
    assert!(!erase(&app, &draft).await, "its message waits");
    connect(&app).await;
    tablet.final_status(&draft).await;
    let post = app.posts_of(ROOM, &draft).remove(0);
    assert!(post.body.contains("お客様です"), "{}", post.body);
    app.clock.advance(WAITING_INTERVAL);
    assert!(has_visitor_texts(&record(&app, &draft).await));
    answer(&app, &tablet, &draft, "ひみつの返事").await;
    app.clock.advance(WAITING_INTERVAL);
    erased_before_deadline(&app, &draft).await;
    app.close().await;
}

#[tokio::test]
async fn a_visit_that_reached_nobody_is_erased_at_once() {
    let (app, tablet) = TestApp::start_listening().await;
    app.sim.remove_member(ROOM, Office::SAMPLE_BOT).unwrap();
    let draft = delivered(&app, &tablet).await;
    assert!(erase(&app, &draft).await);
    erased_before_deadline(&app, &draft).await;
    app.close().await;
}
