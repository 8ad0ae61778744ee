//! Answers of hosts in Chatwork on the tablet: given, edited, deleted. Talk among colleagues never reaches the tablet.

mod tablets;

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Message, Office, RequestFilter, Role};
use relay_tests::{
    CallDraft, HOST, ROOM, Tablet, TestApp, database_of, hanako, json, private_room,
    settings_with_answers,
};
use yobirin_api::call::CallStatus;
use yobirin_domain::answer::AnswerAuthor;
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::delivery::DeliveryState;

/// Hands a call over and waits until it is delivered.
async fn call(tablet: &Tablet, draft: CallDraft) -> CallDraft {
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    draft
}

async fn cancel(tablet: &Tablet, draft: &CallDraft) -> CallStatus {
    json(tablet.browser.delete(&draft.path())).await
}

fn only_post(app: &TestApp, room: u64, draft: &CallDraft) -> Message {
    let mut posts = app.posts_of(room, draft);
    assert_eq!(posts.len(), 1, "{posts:?}");
    posts.remove(0)
}

fn now(app: &TestApp) -> CallDraft {
    CallDraft::at(app.clock.now())
}

#[tokio::test]
async fn a_reply_appears_on_the_tablet_once_however_often_the_room_is_read() {
    let (mut app, tablet) = TestApp::start_listening().await;
    let mut events = tablet.events().await;
    let draft = call(&tablet, now(&app).to_room(ROOM)).await;
    let post = only_post(&app, ROOM, &draft);
    let reply = app
        .sim
        .reply_as(ROOM, HOST, post.message_id, "すぐ行きます");
    let sent = reply.unwrap().send_time * 1000;
    let shown = app.shown_answer(&tablet, &draft, |_| true).await;
    assert_eq!(
        (&shown.who, shown.words.as_str(), shown.at),
        (&hanako(), "すぐ行きます", sent)
    );
    assert_eq!(events.next_answer().await, Some(shown.clone()));

    app.wait_for_polls(ROOM, 3).await;
    app.stop().await;
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    app.wait_for_polls(ROOM, 2).await;
    assert_eq!(
        app.counter("yobirin_answers_total").await,
        0,
        "the relay found the answer before its restart, so it does not count again"
    );
    let status = tablet.status(&draft).await;
    assert_eq!(status.answer, Some(shown.clone()));
    let mut resumed = tablet.events_after(status.sequence).await;
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "あと5分です")
        .unwrap();
    let next = app
        .shown_answer(&tablet, &draft, |answer| *answer != shown)
        .await;
    assert_eq!(
        resumed.next_answer().await,
        Some(next),
        "the resumed stream does not repeat the first answer"
    );
    app.close().await;
}

#[tokio::test]
async fn talk_among_colleagues_never_leaves_the_relay_and_is_not_stored() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = call(&tablet, now(&app).to_room(ROOM)).await;
    let post = only_post(&app, ROOM, &draft);
    let secret = "ひみつの会議";
    let talk = format!("{secret}です");
    let talk_post = app.sim.post_as(ROOM, HOST, &talk).unwrap();
    app.sim
        .reply_as(ROOM, HOST, talk_post.message_id, secret)
        .unwrap();
    app.sim.mention_as(ROOM, HOST, HOST, secret).unwrap();
    app.sim
        .post_as(
            ROOM,
            HOST,
            &format!("[qt][To:{}]{secret}[/qt]", Office::SAMPLE_BOT),
        )
        .unwrap();
    app.wait_for_polls(ROOM, 3).await;
    assert_eq!(tablet.status(&draft).await.answer, None);
    assert_eq!(app.counter("yobirin_answers_total").await, 0);
    if database_of(app.data()).await.is_none() {
        for file in std::fs::read_dir(app.data()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap_or_default();
            let secret = secret.as_bytes();
            let is_stored = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!is_stored, "colleagues' talk is on disk");
        }
    }
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "行きます")
        .unwrap();
    app.shown_answer(&tablet, &draft, |answer| answer.words == "行きます")
        .await;
    app.close().await;
}

#[tokio::test]
async fn a_mention_of_the_bot_answers_the_only_call_of_a_group_and_a_plain_word_that_of_a_private_chat()
 {
    let (app, tablet) = TestApp::start_listening().await;
    let group = call(&tablet, now(&app).to_room(ROOM)).await;
    let private = call(&tablet, now(&app).to_account(HOST)).await;
    let room = private_room(&app);
    let mao = Office::SAMPLE_NON_CONTACTS[0];
    app.sim.set_member(ROOM, mao, Role::Member).unwrap();
    app.sim.post_as(room, HOST, "いま行きます").unwrap();
    app.sim
        .mention_as(ROOM, mao, Office::SAMPLE_BOT, "案内します")
        .unwrap();
    let answer = app.shown_answer(&tablet, &private, |_| true).await;
    assert_eq!(
        (answer.who, answer.words.as_str()),
        (hanako(), "いま行きます")
    );
    let answer = app.shown_answer(&tablet, &group, |_| true).await;
    let author = AnswerAuthor::Host("辻 真央".to_owned());
    assert_eq!((answer.who, answer.words.as_str()), (author, "案内します"));
    app.close().await;
}

#[tokio::test]
async fn of_two_calls_in_one_private_chat_only_a_reply_answers_one() {
    let (app, tablet) = TestApp::start_listening().await;
    let first = call(&tablet, now(&app).to_account(HOST)).await;
    let second = call(&tablet, now(&app).to_account(HOST)).await;
    let room = private_room(&app);
    app.sim.post_as(room, HOST, "行きます").unwrap();
    app.sim
        .post_as(room, Office::SAMPLE_BOT, "受付からのお知らせです")
        .unwrap();
    app.wait_for_polls(room, 3).await;
    assert_eq!(
        tablet.status(&first).await.answer,
        None,
        "a message without reply or mention fits both open calls, so it answers none"
    );
    assert_eq!(tablet.status(&second).await.answer, None);
    let post = only_post(&app, room, &second);
    app.sim
        .reply_as(room, HOST, post.message_id, "二人目へ")
        .unwrap();
    let answer = app.shown_answer(&tablet, &second, |_| true).await;
    assert_eq!(answer.words, "二人目へ");
    assert_eq!(tablet.status(&first).await.answer, None);
    app.close().await;
}

#[tokio::test]
async fn a_reply_to_another_calls_post_answers_that_call_only() {
    let (app, tablet) = TestApp::start_listening().await;
    let first = call(&tablet, now(&app).to_room(ROOM)).await;
    let second = call(&tablet, now(&app).to_room(ROOM)).await;
    let post = only_post(&app, ROOM, &first);
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "一人目へ")
        .unwrap();
    app.shown_answer(&tablet, &first, |answer| answer.words == "一人目へ")
        .await;
    assert_eq!(tablet.status(&second).await.answer, None);
    app.close().await;
}

#[tokio::test]
async fn an_edited_answer_replaces_its_words_and_a_deleted_one_takes_them_back() {
    let (app, tablet) = TestApp::start_listening().await;
    let mut events = tablet.events().await;
    let draft = call(&tablet, now(&app).to_room(ROOM)).await;
    let post = only_post(&app, ROOM, &draft);
    let reply = app
        .sim
        .reply_as(ROOM, HOST, post.message_id, "5分後に")
        .unwrap();
    app.shown_answer(&tablet, &draft, |answer| answer.words == "5分後に")
        .await;
    let edited = reply.body.replace("5分後に", "(bow)");
    app.sim
        .edit_as(ROOM, HOST, reply.message_id, &edited)
        .unwrap();
    let shown = app
        .shown_answer(&tablet, &draft, |answer| answer.words.is_empty())
        .await;
    assert_eq!(
        shown.who,
        hanako(),
        "an answer that is edited to an emoticon has an author and no words"
    );
    app.sim.delete_as(ROOM, HOST, reply.message_id).unwrap();
    app.eventually_with_fast_clock("the answer is taken back", async || {
        tablet.status(&draft).await.answer.is_none().then_some(())
    })
    .await;
    let streamed: Vec<_> = [
        events.next_answer().await,
        events.next_answer().await,
        events.next_answer().await,
    ]
    .into_iter()
    .map(|answer| answer.map(|answer| answer.words))
    .collect();
    assert_eq!(
        streamed,
        [Some("5分後に".to_owned()), Some(String::new()), None]
    );
    app.close().await;
}

#[tokio::test]
async fn an_answer_after_a_cancellation_is_kept_and_not_shown() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = call(&tablet, now(&app).to_room(ROOM).answerable()).await;
    let post = only_post(&app, ROOM, &draft);
    cancel(&tablet, &draft).await;
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "行きます")
        .unwrap();
    app.eventually_with_fast_clock("the answer is kept", async || {
        (app.counter("yobirin_answers_total").await == 1).then_some(())
    })
    .await;
    assert_eq!(tablet.status(&draft).await.answer, None);
    app.wait_for_polls(ROOM, 2).await;
    assert_eq!(
        app.posts_of(ROOM, &draft)[0].body,
        post.body,
        "the post of a cancelled call is not edited"
    );
    app.close().await;
}

#[tokio::test]
async fn plain_words_after_a_cancellation_answer_the_other_call_of_the_private_chat() {
    let (app, tablet) = TestApp::start_listening().await;
    let cancelled = call(&tablet, now(&app).to_account(HOST)).await;
    let open = call(&tablet, now(&app).to_account(HOST)).await;
    let room = private_room(&app);
    cancel(&tablet, &cancelled).await;
    app.eventually_with_fast_clock("the host is notified of the cancellation", async || {
        let is_notified = app.posts_of(room, &cancelled).len() == 2;
        let retractions = tablet.status(&cancelled).await.retractions;
        (is_notified && retractions.iter().all(DeliveryState::is_final)).then_some(())
    })
    .await;
    app.sim.post_as(room, HOST, "行きます").unwrap();
    let answer = app.shown_answer(&tablet, &open, |_| true).await;
    assert_eq!(answer.words, "行きます");
    let calls = app.history().await.calls;
    let record = calls.iter().find(|record| record.id == cancelled.id);
    assert_eq!(record.unwrap().answers, []);
    app.close().await;
}

#[tokio::test]
async fn nobody_listens_after_the_deadline() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = call(&tablet, now(&app).to_room(ROOM)).await;
    let post = only_post(&app, ROOM, &draft);
    app.wait_for_polls(ROOM, 1).await;
    app.clock.advance(Duration::from_secs(15 * 60 + 40));
    let reads = app.counter("yobirin_listen_requests_total").await;
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "行きます")
        .unwrap();
    let next = call(&tablet, now(&app).to_account(HOST)).await;
    let room = private_room(&app);
    app.sim.post_as(room, HOST, "行きます").unwrap();
    app.shown_answer(&tablet, &next, |_| true).await;
    assert_eq!(tablet.status(&draft).await.answer, None);
    assert!(app.counter("yobirin_listen_requests_total").await > reads);
    app.close().await;
}

#[tokio::test]
async fn an_answer_just_before_the_deadline_is_read_once_more() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = call(&tablet, now(&app).to_room(ROOM)).await;
    let post = only_post(&app, ROOM, &draft);
    let before_the_deadline = Duration::from_secs(14 * 60 + 50);
    app.advance_to_poll(before_the_deadline, ROOM).await;
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "行きます")
        .unwrap();
    app.clock.advance(Duration::from_secs(12));
    app.shown_answer(&tablet, &draft, |answer| answer.words == "行きます")
        .await;
    app.close().await;
}

#[tokio::test]
async fn only_that_somebody_answered_is_stored_and_shown_when_the_office_wants_no_words() {
    let (app, tablet) = TestApp::start_listening().await;
    let mut document = settings_with_answers();
    document.site.answers = AnswerDisplay::Noticed;
    app.save(&document).await;
    let draft = call(&tablet, now(&app).to_room(ROOM)).await;
    let post = only_post(&app, ROOM, &draft);
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "ひみつ")
        .unwrap();
    let shown = app.shown_answer(&tablet, &draft, |_| true).await;
    assert_eq!((shown.who, shown.words.as_str()), (hanako(), ""));
    document.site.answers = AnswerDisplay::Words;
    app.save(&document).await;
    assert_eq!(tablet.status(&draft).await.answer.unwrap().words, "");
    app.close().await;
}

#[tokio::test]
async fn nothing_is_read_while_answers_are_off() {
    let (app, tablet) = TestApp::start_listening().await;
    let mut document = settings_with_answers();
    document.site.answers = AnswerDisplay::Off;
    app.save(&document).await;
    let draft = call(&tablet, now(&app).to_room(ROOM)).await;
    let post = only_post(&app, ROOM, &draft);
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "行きます")
        .unwrap();
    for _ in 0..20 {
        app.clock.advance(Duration::from_secs(5));
        assert_eq!(tablet.status(&draft).await.answer, None);
    }
    assert_eq!(app.counter("yobirin_listen_requests_total").await, 0);
    app.close().await;
}

#[tokio::test]
async fn a_malformed_or_hidden_message_neither_hides_an_answer_nor_takes_it_back() {
    for effect in [Effect::MalformedEntries, Effect::HiddenMessages] {
        let (app, tablet) = TestApp::start_listening().await;
        let draft = call(&tablet, now(&app).to_room(ROOM)).await;
        let post = only_post(&app, ROOM, &draft);
        app.sim
            .reply_as(ROOM, HOST, post.message_id, "行きます")
            .unwrap();
        let shown = app.shown_answer(&tablet, &draft, |_| true).await;
        let fault = Fault::new(effect.clone()).on(RequestFilter::reads_of(ROOM));
        let fault = app.sim.inject(fault);
        app.wait_for_polls(ROOM, 3).await;
        assert_eq!(
            tablet.status(&draft).await.answer,
            Some(shown),
            "{effect:?}"
        );
        app.sim.remove_fault(fault);
        app.sim
            .reply_as(ROOM, HOST, post.message_id, "着きました")
            .unwrap();
        app.shown_answer(&tablet, &draft, |answer| answer.words == "着きました")
            .await;
        app.close().await;
    }
}
