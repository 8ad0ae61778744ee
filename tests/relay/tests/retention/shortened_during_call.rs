//! Retention that is shortened while a call is open.

use chatwork_sim::Office;
use relay_tests::{
    CallDraft, HOST, LOBBY, ROOM, TestApp, eventually, settings_with_answers, status,
};
use yobirin_api::call::CallRecord;
use yobirin_domain::model::delivery::{CallState, DeliveryState};
use yobirin_domain::model::id::CallId;

use super::{DAY, delivered, has_answers, has_visitor_texts, records, sign_in_again};

async fn record(app: &TestApp, call: CallId) -> CallRecord {
    let mut records = records(app).await;
    records.retain(|record| record.id == call);
    records.pop().expect("the call")
}

#[tokio::test]
async fn retention_that_is_shortened_during_a_call_erases_the_call_when_it_is_due_and_not_before() {
    let mut app = TestApp::start().await;
    let mut document = settings_with_answers();
    app.save(&document).await;
    let tablet = app.tablet(LOBBY).await;
    let old = delivered(&app, &tablet).await;
    app.clock.advance(40 * DAY);
    sign_in_again(&mut app).await;
    // Without a connection to Chatwork the call waits.
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let mut events = tablet.events().await;
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM).answerable();
    tablet.hand_over(&draft).await;

    document.site.retention.visitors = 30;
    document.site.retention.answers = 30;
    app.save(&document).await;
    eventually("the words of the old visit are erased", async || {
        (!has_visitor_texts(&record(&app, old.id).await)).then_some(())
    })
    .await;
    assert_eq!(tablet.status(&draft).await.state, CallState::Sending);
    assert!(has_visitor_texts(&record(&app, draft.id).await));

    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
    let final_state = events.until_final().await.1;
    assert!(
        matches!(final_state, DeliveryState::Delivered { .. }),
        "{final_state:?}"
    );
    let post = app.posts_of(ROOM, &draft).remove(0);
    assert!(post.body.contains("お客様です"), "{}", post.body);
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "すぐ行きます")
        .unwrap();
    app.shown_answer(&tablet, &draft, |answer| answer.words == "すぐ行きます")
        .await;

    app.clock.advance(29 * DAY);
    let kept = record(&app, draft.id).await;
    assert!(has_visitor_texts(&kept) && has_answers(&kept));
    app.clock.advance(DAY);
    eventually("the words are erased when they are due", async || {
        let record = record(&app, draft.id).await;
        (!has_visitor_texts(&record) && !has_answers(&record)).then_some(())
    })
    .await;
    let status = tablet.status(&draft).await;
    assert_eq!(status.state, CallState::Notified);
    assert!(status.deliveries.iter().all(DeliveryState::is_final));
    app.close().await;
}
