//! Figures of the overview and answers of the history.

use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{
    CallDraft, HOST, LOBBY, PASSWORD, ROOM, Tablet, TestApp, eventually, json, status,
};
use yobirin_api::call::{CallFigures, CallRecord};
use yobirin_domain::answer::{AnswerAuthor, AnswerResult};
use yobirin_domain::model::delivery::CallState;

use crate::metrics::{scrape, value};
use crate::missed_visit::{settings_with_two_people, with_task};

async fn figures(app: &TestApp) -> CallFigures {
    json(app.admin.get("/api/figures")).await
}

/// Advances the clock, which ends the admin's session, and signs in again.
async fn advance_and_sign_in(app: &TestApp, time: Duration) {
    app.clock.advance(time);
    let sign_in = app.sign_in_request(&app.admin, PASSWORD);
    assert_eq!(status(sign_in).await, 200);
}

async fn record(app: &TestApp, draft: &CallDraft) -> CallRecord {
    let calls = app.history().await.calls;
    let record = calls.into_iter().find(|call| call.id == draft.id);
    record.expect("the call is in the history")
}

/// Hands over a call to a private chat, or to the room, and waits until it is delivered.
async fn deliver(app: &TestApp, tablet: &Tablet, draft: CallDraft) -> CallDraft {
    let draft = with_task(draft, &[]);
    tablet.hand_over(&draft).await;
    let state = app.final_state_with_fast_clock(tablet, &draft).await;
    assert_eq!(state, CallState::Notified);
    draft
}

/// Answers the call in the private chat this long after it was delivered.
async fn answer(app: &TestApp, draft: &CallDraft, after: Duration) {
    app.clock.advance(after);
    let private = app.sim.direct_room(Office::SAMPLE_BOT, HOST).unwrap();
    let messages = app.sim.messages(private);
    let post = messages
        .iter()
        .find(|message| message.body.contains(&draft.reference()));
    let post = post.unwrap().message_id;
    app.sim.reply_as(private, HOST, post, "行きます").unwrap();
    eventually("the answer is stored", async || {
        app.clock.advance(Duration::from_secs(1));
        (!record(app, draft).await.answers.is_empty()).then_some(())
    })
    .await;
}

/// An hour in milliseconds.
const HOUR_MILLIS: u64 = 3_600_000;

/// Seconds after which the history says that a call was answered.
async fn answered_after(app: &TestApp, draft: &CallDraft) -> u64 {
    let record = record(app, draft).await;
    let answer = record.first_answer().unwrap();
    assert_eq!(answer.who, AnswerAuthor::Host("佐藤 花子".to_owned()));
    assert_eq!(answer.words, "行きます");
    match record.answer_result(app.clock.now()) {
        AnswerResult::Answered { after } => after / 1000,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn figures_count_todays_calls_and_how_long_answers_took() {
    let app = TestApp::start().await;
    app.save(&settings_with_two_people()).await;
    let tablet = app.tablet(LOBBY).await;
    // Morning of the next day in the office, so that no call is of another day.
    let day = figures(&app).await.since + (24 + 9) * HOUR_MILLIS;
    let ahead = day.saturating_sub(app.clock.now());
    advance_and_sign_in(&app, Duration::from_millis(ahead)).await;
    let empty = figures(&app).await;
    assert_eq!((empty.calls, empty.median_answer_millis), (0, None));
    let now = || CallDraft::at(app.clock.now());

    let mut answered = Vec::new();
    for seconds in [20, 200, 60] {
        let draft = deliver(&app, &tablet, now().to_account(HOST)).await;
        answer(&app, &draft, Duration::from_secs(seconds)).await;
        let shown = answered_after(&app, &draft).await;
        assert!(
            (seconds - 1..seconds + 30).contains(&shown),
            "{shown} for {seconds} s"
        );
        answered.push(shown);
    }
    let unanswered = deliver(&app, &tablet, now().to_room(ROOM)).await;
    let cancelled = deliver(&app, &tablet, now().to_room(ROOM)).await;
    assert_eq!(status(tablet.browser.delete(&cancelled.path())).await, 202);
    assert_eq!(figures(&app).await.waiting, 1);
    app.clock.advance(Duration::from_secs(16 * 60));
    // A call that asks for no answer.
    let silent = now().to_room(ROOM);
    tablet.hand_over(&silent).await;
    app.final_state_with_fast_clock(&tablet, &silent).await;

    let figures = figures(&app).await;
    assert_eq!((figures.calls, figures.answered), (6, 3), "{figures:?}");
    assert_eq!((figures.unanswered, figures.waiting), (1, 0), "{figures:?}");
    answered.sort_unstable();
    let median = figures.median_answer_millis.unwrap() / 1000;
    assert!(
        median.abs_diff(answered[1]) <= 1,
        "{median} of {answered:?}"
    );
    let result = record(&app, &unanswered)
        .await
        .answer_result(app.clock.now());
    assert_eq!(result, AnswerResult::Unanswered);

    let metrics = scrape(&app.admin).await;
    assert_eq!(value(&metrics, "yobirin_answer_seconds_count"), 3.0);
    assert_eq!(
        value(&metrics, "yobirin_answer_seconds_bucket{le=\"10\"}"),
        0.0
    );
    assert!(value(&metrics, "yobirin_listen_requests_total") > 0.0);
    advance_and_sign_in(&app, Duration::from_secs(24 * 3600)).await;
    let tomorrow: CallFigures = json(app.admin.get("/api/figures")).await;
    assert_eq!((tomorrow.calls, tomorrow.answered), (0, 0));
    app.close().await;
}

#[tokio::test]
async fn the_answer_time_counts_from_the_answered_call_although_a_younger_call_waits_in_the_room() {
    let (app, tablet) = TestApp::start_listening().await;
    let older = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&older).await;
    tablet.final_status(&older).await;
    app.clock.advance(Duration::from_secs(100));
    let younger = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&younger).await;
    tablet.final_status(&younger).await;

    let post = app.posts_of(ROOM, &older)[0].message_id;
    app.sim.reply_as(ROOM, HOST, post, "行きます").unwrap();
    app.shown_answer(&tablet, &older, |answer| answer.words == "行きます")
        .await;
    let metrics = scrape(&app.admin).await;
    let seconds = value(&metrics, "yobirin_answer_seconds_sum");
    assert!((99.0..160.0).contains(&seconds), "{seconds} s");
    app.close().await;
}
