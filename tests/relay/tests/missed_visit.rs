//! Missed visits: the task in Chatwork when nobody has answered by the deadline.

mod kills;
mod last_poll;

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter, Task};
use relay_tests::{
    CallDraft, HOST, LOBBY, ROOM, Tablet, TestApp, eventually, settings_with_answers, status,
};
use yobirin_api::call::{CallRecord, DueTime, MissedOutcome, MissedVisit, Outcome};
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::settings::SettingsDocument;

/// Time from the tap until it is decided whether a visit was missed.
const DECIDED_AFTER: Duration = Duration::from_secs(16 * 60);

/// 2037-03-02 18:00 in Tokyo, in seconds since 1970: the time of [`with_task`].
const DUE_TIME: u64 = 2_119_597_200;

/// Settings that listen for answers, with two people in charge.
pub(crate) fn settings_with_two_people() -> SettingsDocument {
    let mut document = settings_with_answers();
    let both = ["hanako", "mao"].map(|host| host.parse().unwrap());
    document.groups[0].in_charge = both.into();
    document
}

async fn start() -> (TestApp, Tablet) {
    let app = TestApp::start().await;
    app.save(&settings_with_two_people()).await;
    let tablet = app.tablet(LOBBY).await;
    (app, tablet)
}

/// Adds a Chatwork task for these accounts, due at 18:00 on 2037-03-02, that the relay creates if the visit is missed.
pub(crate) fn with_task(mut draft: CallDraft, accounts: &[u64]) -> CallDraft {
    for outgoing in &mut draft.call.deliveries {
        outgoing.answered = Some("対応中：{who} {time}".to_owned());
    }
    draft.call.missed = Some(MissedVisit {
        assignees: accounts
            .iter()
            .map(|account| (*account).try_into().unwrap())
            .collect(),
        text: format!("山田様　折り返しご連絡ください {}", draft.reference()),
        unanswered: "応答なし {time}".to_owned(),
        due: DueTime {
            day: "2037-03-02".parse().unwrap(),
            time: "18:00".parse().unwrap(),
        },
    });
    draft
}

/// Hands a call over, waits until it is delivered, and advances the clock past its deadline.
async fn miss(app: &TestApp, tablet: &Tablet, draft: &CallDraft) {
    tablet.hand_over(draft).await;
    let state = app.final_state_with_fast_clock(tablet, draft).await;
    assert_eq!(state, CallState::Notified);
    app.clock.advance(DECIDED_AFTER);
}

async fn record(app: &TestApp, draft: &CallDraft) -> CallRecord {
    let calls = app.history().await.calls;
    let record = calls.into_iter().find(|call| call.id == draft.id);
    record.expect("the call is in the history")
}

/// Outcome of the missed visit; the clock advances while there is none.
async fn outcome(app: &TestApp, draft: &CallDraft) -> MissedOutcome {
    eventually("the missed visit has an outcome", async || {
        let missed = record(app, draft).await.missed;
        app.clock.advance(Duration::from_secs(1));
        missed.and_then(|missed| missed.outcome)
    })
    .await
}

fn tasks(app: &TestApp, room: u64, draft: &CallDraft) -> Vec<Task> {
    let tasks = app.sim.tasks(room).into_iter();
    tasks
        .filter(|task| task.body.contains(&draft.reference()))
        .collect()
}

/// Messages of the call with the text of the missed visit, without Chatwork's own message about a task.
fn plain_posts(app: &TestApp, room: u64, draft: &CallDraft) -> usize {
    let messages = app.sim.messages(room).into_iter();
    let is_post = |body: &str| body.starts_with("山田様") && body.contains(&draft.reference());
    messages.filter(|message| is_post(&message.body)).count()
}

#[tokio::test]
async fn a_missed_visit_becomes_one_task_in_the_room_that_was_notified() {
    let (app, tablet) = start().await;
    let draft = with_task(CallDraft::at(app.clock.now()).to_room(ROOM), &[HOST]);
    miss(&app, &tablet, &draft).await;
    let outcome = outcome(&app, &draft).await;
    let tasks = tasks(&app, ROOM, &draft);
    let [task] = tasks.as_slice() else {
        panic!("one task: {tasks:?}")
    };
    assert_eq!(
        (task.account_id, task.assigned_by),
        (HOST, Office::SAMPLE_BOT)
    );
    assert_eq!(task.limit_time, DUE_TIME);
    assert_eq!(task.limit_type, chatwork_sim::LimitType::Time);
    let room = ROOM.try_into().unwrap();
    assert_eq!(
        outcome,
        MissedOutcome::Task {
            task: task.task_id,
            room
        }
    );
    assert_eq!(plain_posts(&app, ROOM, &draft), 0);
    eventually("the post says that nobody answered", async || {
        app.clock.advance(Duration::from_secs(1));
        let messages = app.sim.messages(ROOM);
        let is_edited =
            |body: &str| body.starts_with("応答なし ") && body.contains(&draft.reference());
        let mut edited = messages.iter().filter(|message| is_edited(&message.body));
        edited.next().map(|_| ())
    })
    .await;
    let record = record(&app, &draft).await;
    assert_eq!(record.state, CallState::Notified);
    assert_eq!(
        record.deliveries.len(),
        1,
        "the task is no delivery of the call"
    );
    let missed = record.missed.unwrap();
    assert!(
        missed.at.abs_diff(draft.call.deadline) < 5_000,
        "{missed:?}"
    );
    let status = tablet.status(&draft).await;
    assert_eq!((status.deliveries.len(), status.later.len()), (1, 0));
    app.close().await;
}

#[tokio::test]
async fn in_a_private_chat_the_task_is_for_its_host_alone() {
    let (app, tablet) = start().await;
    let draft = CallDraft::at(app.clock.now()).to_account(HOST);
    let draft = with_task(draft, &[HOST, Office::SAMPLE_NON_CONTACTS[0]]);
    miss(&app, &tablet, &draft).await;
    outcome(&app, &draft).await;
    let private = app.sim.direct_room(Office::SAMPLE_BOT, HOST).unwrap();
    let people: Vec<u64> = tasks(&app, private, &draft)
        .iter()
        .map(|task| task.account_id)
        .collect();
    assert_eq!(people, [HOST]);
    app.close().await;
}

#[tokio::test]
async fn without_anybody_for_the_task_a_plain_message_is_posted() {
    let (app, tablet) = start().await;
    let now = app.clock.now();
    let nobody = with_task(CallDraft::at(now).to_room(ROOM), &[]);
    miss(&app, &tablet, &nobody).await;
    let posted = outcome(&app, &nobody).await;
    assert!(matches!(posted, MissedOutcome::Posted { .. }), "{posted:?}");
    // A person who is not in the room: Chatwork refuses the task.
    let stranger = Office::SAMPLE_NON_CONTACTS[0];
    let refused = with_task(CallDraft::at(app.clock.now()).to_room(ROOM), &[stranger]);
    miss(&app, &tablet, &refused).await;
    let posted = outcome(&app, &refused).await;
    assert!(matches!(posted, MissedOutcome::Posted { .. }), "{posted:?}");
    for draft in [&nobody, &refused] {
        assert_eq!(plain_posts(&app, ROOM, draft), 1);
        assert_eq!(tasks(&app, ROOM, draft).len(), 0);
    }
    app.close().await;
}

#[tokio::test]
async fn a_cancelled_or_undelivered_call_is_not_missed() {
    let (app, tablet) = start().await;
    let now = app.clock.now();
    let cancelled = with_task(CallDraft::at(now).to_room(ROOM), &[HOST]);
    tablet.hand_over(&cancelled).await;
    app.final_state_with_fast_clock(&tablet, &cancelled).await;
    assert_eq!(status(tablet.browser.delete(&cancelled.path())).await, 202);
    app.sim
        .inject(Fault::new(Effect::RoomRefused).on(RequestFilter::posts_to(ROOM)));
    let undelivered = with_task(CallDraft::at(now).to_room(ROOM), &[HOST]);
    tablet.hand_over(&undelivered).await;
    let state = app.final_state_with_fast_clock(&tablet, &undelivered).await;
    assert_eq!(state, CallState::Failed);
    app.sim.clear_faults();
    app.clock.advance(DECIDED_AFTER);
    // Missed last, so its outcome comes after the decisions about the two others.
    let missed = with_task(CallDraft::at(app.clock.now()).to_room(ROOM), &[HOST]);
    miss(&app, &tablet, &missed).await;
    outcome(&app, &missed).await;
    for draft in [&cancelled, &undelivered] {
        assert_eq!(record(&app, draft).await.missed, None);
        assert_eq!(tasks(&app, ROOM, draft).len(), 0);
    }
    app.close().await;
}

#[tokio::test]
async fn a_call_is_not_missed_after_answers_were_switched_off() {
    let (app, tablet) = start().await;
    let unread = with_task(CallDraft::at(app.clock.now()).to_room(ROOM), &[HOST]);
    tablet.hand_over(&unread).await;
    app.final_state_with_fast_clock(&tablet, &unread).await;
    let mut document = settings_with_two_people();
    document.site.answers = AnswerDisplay::Off;
    app.save(&document).await;
    app.save(&settings_with_two_people()).await;
    app.clock.advance(DECIDED_AFTER);
    // Missed last, so its outcome comes after the decision about the other one.
    let missed = with_task(CallDraft::at(app.clock.now()).to_room(ROOM), &[HOST]);
    miss(&app, &tablet, &missed).await;
    outcome(&app, &missed).await;
    assert_eq!(record(&app, &unread).await.missed, None);
    assert_eq!(tasks(&app, ROOM, &unread).len(), 0);
    app.close().await;
}

#[tokio::test]
async fn an_answer_just_before_the_deadline_counts_unless_it_was_deleted() {
    let (app, tablet) = start().await;
    let answered = with_task(CallDraft::at(app.clock.now()).to_room(ROOM), &[HOST]);
    tablet.hand_over(&answered).await;
    tablet.final_status(&answered).await;
    let deleted = CallDraft::at(app.clock.now()).to_account(HOST);
    let deleted = with_task(deleted, &[HOST]);
    tablet.hand_over(&deleted).await;
    tablet.final_status(&deleted).await;
    let private = app.sim.direct_room(Office::SAMPLE_BOT, HOST).unwrap();
    let reply = app.sim.post_as(private, HOST, "行きます").unwrap();
    let is_answered = async |draft: &CallDraft| {
        let answers = record(&app, draft).await.answers;
        (!answers.is_empty()).then_some(())
    };
    eventually("the answer is stored", async || is_answered(&deleted).await).await;
    app.sim.delete_as(private, HOST, reply.message_id).unwrap();
    // The relay does not poll between the reply and the deadline.
    let messages = app.sim.messages(ROOM);
    let post = messages
        .iter()
        .find(|message| message.body.contains(&answered.reference()));
    let post = post.unwrap().message_id;
    app.sim.reply_as(ROOM, HOST, post, "行きます").unwrap();
    app.clock.advance(Duration::from_secs(15 * 60));
    let missed = outcome(&app, &deleted).await;
    assert!(matches!(missed, MissedOutcome::Task { .. }), "{missed:?}");
    let record = record(&app, &answered).await;
    assert_eq!(record.answers.len(), 1, "{record:?}");
    assert_eq!(record.missed, None);
    assert_eq!(tasks(&app, ROOM, &answered).len(), 0);
    app.close().await;
}

#[tokio::test]
async fn a_task_of_unknown_outcome_is_looked_for_and_created_once() {
    for effect in [
        Effect::ConnectionResetAfterStoring,
        Effect::ConnectionReset,
        Effect::ServerError { status: 500 },
    ] {
        let (app, tablet) = start().await;
        let new_tasks = RequestFilter::new_tasks_in(ROOM);
        app.sim
            .inject(Fault::new(effect.clone()).on(new_tasks).once());
        let draft = with_task(CallDraft::at(app.clock.now()).to_room(ROOM), &[HOST]);
        miss(&app, &tablet, &draft).await;
        let outcome = outcome(&app, &draft).await;
        assert!(
            matches!(outcome, MissedOutcome::Task { .. }),
            "{effect:?}: {outcome:?}"
        );
        assert_eq!(tasks(&app, ROOM, &draft).len(), 1, "{effect:?}");
        app.close().await;
    }
}

#[tokio::test]
async fn a_task_waits_for_chatwork_longer_than_a_call_does() {
    let (mut app, tablet) = start().await;
    let draft = with_task(CallDraft::at(app.clock.now()).to_room(ROOM), &[HOST]);
    tablet.hand_over(&draft).await;
    app.final_state_with_fast_clock(&tablet, &draft).await;
    let outage = Fault::new(Effect::ServerError { status: 503 });
    let outage = app.sim.inject(outage.on(RequestFilter::new_tasks_in(ROOM)));
    app.clock.advance(DECIDED_AFTER);
    eventually("the task was tried", async || {
        let missed = record(&app, &draft).await.missed?;
        assert_eq!(missed.outcome, None);
        let attempts = app.attempt_outcomes(&draft).await;
        assert_eq!(
            attempts,
            [Outcome::Delivered],
            "the task is no delivery of the call"
        );
        (app.sim.response_count(503) > 0).then_some(())
    })
    .await;
    app.clock.advance(Duration::from_secs(2 * 3600));
    app.stop().await;
    app.restart().await;
    app.sim.remove_fault(outage);
    app.clock.advance(Duration::from_secs(60));
    let outcome = outcome(&app, &draft).await;
    assert!(matches!(outcome, MissedOutcome::Task { .. }), "{outcome:?}");
    assert_eq!(tasks(&app, ROOM, &draft).len(), 1);
    app.close().await;
}
