//! Another room for alarms while an incident lasts.

use chatwork_sim::Office;
use relay_tests::{ROOM, TestApp, eventually};

use super::{ALARM_ROOM, check, check_times, posted, settings_with_alarms};

/// Line of a post whose incident is posted in another room.
const MOVED: &str = "この件の続きは、別のルームでお知らせします。";

/// An app that has posted about its disk in the room for alarms.
async fn app_with_post() -> TestApp {
    let app = TestApp::start_with(|options| options.free_disk_percent = |_| Some(3)).await;
    app.save(&settings_with_alarms()).await;
    posted(&app).await;
    app
}

async fn choose(app: &TestApp, room: u64) {
    let mut document = settings_with_alarms();
    document.site.alarms.room = Some(room.try_into().unwrap());
    app.save(&document).await;
}

#[tokio::test]
async fn another_room_is_notified_once_of_what_lasts_and_the_first_post_says_so() {
    let mut app = app_with_post().await;
    choose(&app, ROOM).await;
    eventually("both rooms are notified", async || {
        check(&app).await;
        let moved = app.sim.messages(ALARM_ROOM)[0].body.contains(MOVED);
        (moved && app.sim.messages(ROOM).len() == 1).then_some(())
    })
    .await;
    let post = app.sim.messages(ROOM).remove(0);
    assert!(
        post.body.contains("残り3%") && !post.body.contains(MOVED),
        "{}",
        post.body
    );
    app.stop().await;
    app.restart().await;
    check_times(&app, 4, &[]).await;
    let counts = [ALARM_ROOM, ROOM].map(|room| app.sim.messages(room).len());
    assert_eq!(counts, [1, 1], "not again after a restart");
    app.close().await;
}

#[tokio::test]
async fn another_room_is_notified_when_the_bot_was_removed_from_the_first() {
    let app = app_with_post().await;
    app.sim
        .remove_member(ALARM_ROOM, Office::SAMPLE_BOT)
        .unwrap();
    choose(&app, ROOM).await;
    eventually("the new room is notified", async || {
        check(&app).await;
        (app.sim.messages(ROOM).len() == 1).then_some(())
    })
    .await;
    check_times(&app, 4, &[]).await;
    let requests = app.sim.requests();
    let edits = requests.iter().filter(|request| request.method == "PUT");
    assert_eq!(edits.count(), 1, "the first post is given up");
    assert_eq!(app.sim.messages(ROOM).len(), 1);
    app.close().await;
}
