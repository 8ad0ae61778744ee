//! A call that expires unsent is an incident, which is posted once.

use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{CallDraft, LOBBY, ROOM, TestApp, eventually, status};
use yobirin_domain::model::delivery::CallState;

use super::{ALARM_ROOM, check_times, kinds, settings_with_alarms};

#[tokio::test]
async fn a_call_that_expires_is_one_post_and_none_after_a_restart() {
    let mut app = TestApp::start().await;
    app.save(&settings_with_alarms()).await;
    let tablet = app.tablet(LOBBY).await;
    check_times(&app, 2, &[&tablet]).await;
    // Without a connection to Chatwork the call waits until its deadline.
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    let open = check_times(&app, 1, &[&tablet]).await;
    assert_eq!(kinds(&open), [""; 0], "the call still waits");
    app.clock.advance(Duration::from_secs(15 * 60));
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Expired);
    let unposted = check_times(&app, 1, &[&tablet]).await;
    assert_eq!(kinds(&unposted), ["calls_failed"]);
    assert!(!unposted.open[0].is_posted, "Chatwork is not connected");

    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
    let post = eventually("the alarm is posted", async || {
        let open = check_times(&app, 1, &[&tablet]).await.open;
        match open.first().is_some_and(|open| open.is_posted) {
            true => app.sim.messages(ALARM_ROOM).pop(),
            false => None,
        }
    })
    .await;
    for words in [
        "届かなかった来訪のお知らせ（1件）",
        "Chatworkに届かなかった来訪のお知らせがあります（最後は ",
    ] {
        assert!(post.body.contains(words), "{}", post.body);
    }
    assert!(!post.body.contains("山田"), "{}", post.body);

    app.stop().await;
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    let after = check_times(&app, 4, &[&tablet]).await;
    assert_eq!(kinds(&after), ["calls_failed"], "the same incident");
    assert_eq!(app.sim.messages(ALARM_ROOM), [post], "posted once");
    assert_eq!(app.message_count(ROOM, &draft), 0);
    app.close().await;
}
