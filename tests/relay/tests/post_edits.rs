//! Posts of a call are edited in place once the call is answered, so that colleagues see who answered.

use chatwork_sim::{Effect, Fault, RequestFilter};
use relay_tests::{CallDraft, HOST, ROOM, TestApp, private_room};

const HEADING: &str = "対応中：佐藤 花子 ";
/// First line of a reminder, which an answer makes untrue.
const REASON: &str = "（再通知）まだ返事がありません。来訪者がお待ちです。\n";

#[tokio::test]
async fn every_post_of_an_answered_call_begins_with_who_answered() {
    let (app, tablet) = TestApp::start_listening().await;
    let draft = CallDraft::at(app.clock.now())
        .to_room(ROOM)
        .to_account(HOST);
    let mut draft = draft.answerable().escalate_to_room(60, ROOM);
    draft.call.later[0].text = format!("{REASON}{}", draft.call.deliveries[0].text);
    tablet.hand_over(&draft).await;
    app.eventually_with_fast_clock("the step is sent", async || {
        (app.message_count(ROOM, &draft) == 2).then_some(())
    })
    .await;
    let room = private_room(&app);
    let posted: Vec<_> = [ROOM, room]
        .into_iter()
        .flat_map(|room| app.posts_of(room, &draft))
        .collect();
    let count_before = app.sim.messages(ROOM).len();
    let reply = app
        .sim
        .reply_as(ROOM, HOST, posted[1].message_id, "行きます")
        .unwrap();
    let edited = app
        .eventually_with_fast_clock("all posts are edited", async || {
            let posts: Vec<_> = [ROOM, room]
                .into_iter()
                .flat_map(|room| app.posts_of(room, &draft))
                .collect();
            let is_edited = |post: &chatwork_sim::Message| post.body.starts_with(HEADING);
            posts.iter().all(is_edited).then_some(posts)
        })
        .await;
    for (edited, posted) in edited.iter().zip(&posted) {
        let (heading, rest) = edited.body.split_once('\n').unwrap();
        let time = heading.strip_prefix(HEADING).unwrap();
        assert!(
            time.len() == "hh:mm".len() && time.as_bytes()[2] == b':',
            "{heading}"
        );
        let notification = posted.body.strip_prefix(REASON).unwrap_or(&posted.body);
        assert_eq!(rest, notification, "below the heading is the notification");
    }
    let reminders = posted.iter().filter(|post| post.body.starts_with(REASON));
    assert_eq!(reminders.count(), 1);
    assert_eq!(
        app.sim.messages(ROOM).len(),
        count_before + 1,
        "the relay edits its post and sends no message"
    );

    app.sim.delete_as(ROOM, HOST, reply.message_id).unwrap();
    app.eventually_with_fast_clock("the headings are taken back", async || {
        let posts = app.posts_of(ROOM, &draft);
        let bodies = posts.iter().zip(&posted);
        let are_restored = bodies
            .into_iter()
            .all(|(now, posted)| now.body == posted.body);
        are_restored.then_some(())
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn an_edit_that_fails_is_tried_three_times_more_and_the_answer_stays() {
    let (app, tablet) = TestApp::start_listening().await;
    let edits = RequestFilter::edits_in(ROOM);
    app.sim
        .inject(Fault::new(Effect::ServerError { status: 500 }).on(edits));
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM).answerable();
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    let post = app.posts_of(ROOM, &draft).remove(0);
    app.sim
        .reply_as(ROOM, HOST, post.message_id, "行きます")
        .unwrap();
    app.shown_answer(&tablet, &draft, |_| true).await;
    app.eventually_with_fast_clock("the edit is given up", async || {
        (app.counter("yobirin_post_edits_failed_total").await == 1).then_some(())
    })
    .await;
    app.wait_for_polls(ROOM, 2).await;
    let requests = app.sim.requests();
    let edits = requests.iter().filter(|request| request.method == "PUT");
    assert_eq!(edits.count(), 1 + 3);
    assert!(tablet.status(&draft).await.answer.is_some());

    app.sim.clear_faults();
    let next = CallDraft::at(app.clock.now()).to_account(HOST);
    tablet.hand_over(&next).await;
    tablet.final_status(&next).await;
    app.close().await;
}

#[tokio::test]
async fn an_edit_that_failed_once_is_made() {
    let (app, tablet) = TestApp::start_listening().await;
    for effect in [Effect::RoomLimit, Effect::Hang, Effect::HangAfterStoring] {
        let fault = Fault::new(effect.clone()).on(RequestFilter::edits_in(ROOM));
        app.sim.inject(fault.once());
        let draft = CallDraft::at(app.clock.now()).to_room(ROOM).answerable();
        tablet.hand_over(&draft).await;
        tablet.final_status(&draft).await;
        let post = app.posts_of(ROOM, &draft).remove(0);
        app.sim
            .reply_as(ROOM, HOST, post.message_id, "行きます")
            .unwrap();
        app.eventually_with_fast_clock("the post is edited", async || {
            let post = app.posts_of(ROOM, &draft).remove(0);
            post.body.starts_with(HEADING).then_some(())
        })
        .await;
    }
    app.close().await;
}
