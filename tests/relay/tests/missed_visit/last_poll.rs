//! Missed visits: after a call's deadline the relay polls the call's rooms once more before it decides whether the visit was
//! missed, even if it was stopped or the polls fail at first.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, RequestFilter};
use relay_tests::{CallDraft, HOST, ROOM, Tablet, TestApp, eventually, private_room};
use yobirin_api::call::MissedOutcome;
use yobirin_domain::model::delivery::CallState;

use super::{DECIDED_AFTER, miss, outcome, record, start, tasks, with_task};

/// A delivered call to the room, with a task for its host.
async fn delivered(app: &TestApp, tablet: &Tablet) -> CallDraft {
    let draft = with_task(CallDraft::at(app.clock.now()).to_room(ROOM), &[HOST]);
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    draft
}

/// Replies to the call's post; returns the reply's id.
fn reply(app: &TestApp, draft: &CallDraft) -> u64 {
    let post = app.posts_of(ROOM, draft)[0].message_id;
    let reply = app.sim.reply_as(ROOM, HOST, post, "行きます");
    reply.unwrap().message_id
}

fn failing_reads(app: &TestApp, effect: Effect) -> chatwork_sim::FaultId {
    let reads = RequestFilter::reads_of(ROOM);
    app.sim.inject(Fault::new(effect).on(reads))
}

/// Makes a call to the private chat and waits for its decision. The relay decides in order, so it has decided the earlier
/// calls too, except those whose rooms it cannot poll.
async fn decide_a_later_call(app: &TestApp, tablet: &Tablet) {
    let draft = CallDraft::at(app.clock.now()).to_account(HOST);
    let later = with_task(draft, &[HOST]);
    miss(app, tablet, &later).await;
    outcome(app, &later).await;
}

#[tokio::test]
async fn an_answer_that_was_written_while_the_relay_was_stopped_is_found_before_the_decision() {
    let (mut app, tablet) = start().await;
    let answered = delivered(&app, &tablet).await;
    let missed = delivered(&app, &tablet).await;
    app.stop().await;
    reply(&app, &answered);
    app.clock.advance(Duration::from_secs(30 * 60));
    app.restart().await;
    let outcome = outcome(&app, &missed).await;
    assert!(matches!(outcome, MissedOutcome::Task { .. }), "{outcome:?}");
    let record = record(&app, &answered).await;
    assert_eq!((record.answers.len(), record.missed), (1, None));
    assert_eq!(tasks(&app, ROOM, &answered).len(), 0);
    app.close().await;
}

#[tokio::test]
async fn the_decision_waits_until_the_room_can_be_read() {
    let (app, tablet) = start().await;
    let answered = delivered(&app, &tablet).await;
    let missed = delivered(&app, &tablet).await;
    let outage = failing_reads(&app, Effect::ServerError { status: 500 });
    reply(&app, &answered);
    app.clock.advance(DECIDED_AFTER);
    decide_a_later_call(&app, &tablet).await;
    assert_eq!(
        record(&app, &missed).await.missed,
        None,
        "the decision waits for a poll of the room"
    );
    app.sim.remove_fault(outage);
    outcome(&app, &missed).await;
    let record = record(&app, &answered).await;
    assert_eq!((record.answers.len(), record.missed), (1, None));
    app.close().await;
}

#[tokio::test]
async fn a_room_that_refuses_the_bot_does_not_delay_the_decision() {
    let (app, tablet) = start().await;
    let draft = delivered(&app, &tablet).await;
    failing_reads(&app, Effect::RoomRefused);
    app.clock.advance(DECIDED_AFTER);
    let outcome = outcome(&app, &draft).await;
    assert!(matches!(outcome, MissedOutcome::Task { .. }), "{outcome:?}");
    app.close().await;
}

#[tokio::test]
async fn an_answer_counts_unless_it_is_deleted_before_the_decision() {
    let (app, tablet) = start().await;
    let (kept, deleted) = (
        delivered(&app, &tablet).await,
        delivered(&app, &tablet).await,
    );
    let [kept_reply, deleted_reply] = [&kept, &deleted].map(|draft| reply(&app, draft));
    for draft in [&kept, &deleted] {
        app.shown_answer(&tablet, draft, |_| true).await;
    }
    // The relay cannot poll between the deadline and the deletion.
    let outage = failing_reads(&app, Effect::ServerError { status: 500 });
    app.clock.advance(DECIDED_AFTER);
    app.sim.delete_as(ROOM, HOST, deleted_reply).unwrap();
    app.sim.remove_fault(outage);
    let task = outcome(&app, &deleted).await;
    assert!(matches!(task, MissedOutcome::Task { .. }), "{task:?}");

    app.sim.delete_as(ROOM, HOST, kept_reply).unwrap();
    decide_a_later_call(&app, &tablet).await;
    assert_eq!(
        record(&app, &kept).await.missed,
        None,
        "an answer that is deleted after the decision still counts"
    );
    assert_eq!(tasks(&app, ROOM, &kept).len(), 0);
    app.close().await;
}

#[tokio::test]
async fn every_room_of_a_call_is_polled_before_the_decision() {
    let (mut app, tablet) = start().await;
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    let draft = with_task(draft.to_account(HOST), &[HOST]);
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    app.stop().await;
    let private = private_room(&app);
    app.sim.post_as(private, HOST, "行きます").unwrap();
    app.clock.advance(Duration::from_secs(30 * 60));
    let fault = Fault::new(Effect::ServerError { status: 500 });
    app.sim
        .inject(fault.on(RequestFilter::reads_of(private)).times(2));
    app.restart().await;
    eventually("the answer is found", async || {
        app.clock.advance(Duration::from_secs(1));
        (record(&app, &draft).await.answers.len() == 1).then_some(())
    })
    .await;
    assert_eq!(record(&app, &draft).await.missed, None);
    assert_eq!(tasks(&app, ROOM, &draft).len(), 0);
    app.close().await;
}
