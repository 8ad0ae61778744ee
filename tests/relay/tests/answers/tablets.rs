//! Tablets that an answer reaches: the one that called, as long as it is paired.

use relay_tests::{
    CallDraft, EventStream, HOST, LOBBY, ROOM, SIDE_DOOR, TestApp, settings_with_answers, status,
};
use yobirin_api::event::Event;

use super::{call, now, only_post};

/// Consumes the stream up to the last delivery of a call; fails at an event about an answer.
async fn no_answer_up_to(events: &mut EventStream, draft: &CallDraft) {
    loop {
        match events.next().await.expect("the stream stays open").1 {
            Event::Delivery { call, to, .. } if call == draft.id && to.is_final() => return,
            Event::Answer { .. } | Event::AnswerWithdrawn { .. } => panic!("of another tablet"),
            _ => {}
        }
    }
}

#[tokio::test]
async fn of_two_tablets_that_call_the_same_group_each_gets_the_answer_to_its_own_call() {
    let app = TestApp::start().await;
    app.save(&settings_with_answers()).await;
    let (lobby, side_door) = (app.tablet(LOBBY).await, app.tablet(SIDE_DOOR).await);
    let mut events = side_door.events().await;
    let in_lobby = call(&lobby, now(&app).to_room(ROOM)).await;
    let at_side_door = call(&side_door, now(&app).to_room(ROOM)).await;
    app.sim
        .mention_as(
            ROOM,
            HOST,
            chatwork_sim::Office::SAMPLE_BOT,
            "どちらでしょう",
        )
        .unwrap();
    let post = only_post(&app, ROOM, &in_lobby);
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "ロビーへ行きます")
        .unwrap();
    let answer = app.shown_answer(&lobby, &in_lobby, |_| true).await;
    assert_eq!(answer.words, "ロビーへ行きます");
    assert_eq!(side_door.status(&at_side_door).await.answer, None);
    let later = call(&side_door, now(&app).to_room(ROOM)).await;
    no_answer_up_to(&mut events, &later).await;
    let post = only_post(&app, ROOM, &at_side_door);
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "通用口へ行きます")
        .unwrap();
    let streamed = events.next_answer().await.expect("an answer");
    assert_eq!(streamed.words, "通用口へ行きます");
    let shown = lobby.status(&in_lobby).await.answer;
    assert_eq!(shown, Some(answer), "the other tablet keeps its answer");
    app.close().await;
}

#[tokio::test]
async fn an_answer_to_a_call_of_a_revoked_tablet_is_kept_and_does_not_reach_it() {
    let (app, tablet) = TestApp::start_listening().await;
    let mut events = tablet.events().await;
    let draft = call(&tablet, now(&app).to_room(ROOM)).await;
    let post = only_post(&app, ROOM, &draft);
    let path = format!("/api/devices/{LOBBY}/pairing");
    assert_eq!(status(app.admin.delete(&path)).await, 204);
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "行きます")
        .unwrap();
    app.eventually_with_fast_clock("the answer is kept", async || {
        let record = app.history().await.calls.remove(0);
        (record.answers.len() == 1).then_some(())
    })
    .await;
    events.until(&Event::Revoked).await;
    assert_eq!(events.next().await, None, "the stream has ended");
    assert_eq!(status(tablet.browser.get(&draft.path())).await, 401);
    app.close().await;
}
