//! Alarms of a relay that is killed, whose database takes no write, or that is one of two.

use std::path::Path;

use chatwork_sim::{Effect, Fault, RequestFilter, Sim};
use relay_tests::{Browser, Program, TestApp, eventually, has_postgres, settings};
use sqlx::{Connection as _, Executor as _, SqliteConnection};

use super::{ALARM_ROOM, CHECK_INTERVAL, check, kinds, posted, report, settings_with_alarms};
use crate::program::{RELAY, set_up_site, start_sim};

/// Starts the relay as a process whose office has no backup, which is an alarm at once.
async fn start_program(data: &Path, sim: &Sim) -> (Program, Browser) {
    let mut program = Program::serve(RELAY, data, &sim.api()).await;
    let mut document = settings_with_alarms();
    document.site.alarms.backup_days = Some(1);
    let (_, admin) = set_up_site(&mut program, &document).await;
    (program, admin)
}

#[tokio::test]
async fn a_relay_killed_between_post_and_record_posts_no_alarm_twice() {
    if std::env::var_os("YOBIRIN_TEST_POSTGRES").is_some() {
        return; // The relay knows backups of SQLite only.
    }
    let (data, sim) = (tempfile::tempdir().unwrap(), start_sim().await);
    sim.inject(
        Fault::new(Effect::HangAfterStoring)
            .on(RequestFilter::posts_to(ALARM_ROOM))
            .once(),
    );
    let (program, admin) = start_program(data.path(), &sim).await;
    eventually("Chatwork has stored the post", async || {
        (sim.messages(ALARM_ROOM).len() == 1).then_some(())
    })
    .await;
    program.kill().await;
    let mut program = Program::serve(RELAY, data.path(), &sim.api()).await;
    let admin = admin.moved_to(&program.line("listening on ").await);
    eventually("the post is found in the room", async || {
        let open = report(&admin).await.open;
        open.first()
            .is_some_and(|open| open.is_posted)
            .then_some(())
    })
    .await;
    assert_eq!(sim.messages(ALARM_ROOM).len(), 1);
    assert!(
        sim.messages(ALARM_ROOM)[0]
            .body
            .contains("まだ一度もとられていません")
    );

    let backup = data.path().join("a.backup");
    let data = data.path().to_str().unwrap();
    let made = Program::start(RELAY, &["backup", "--data", data, backup.to_str().unwrap()]);
    assert_eq!(made.wait_for_exit().await, Some(0));
    eventually("the alarm ends", async || {
        let report = report(&admin).await;
        (report.open.is_empty() && report.last_backup.is_some()).then_some(())
    })
    .await;
    let [post] = &sim.messages(ALARM_ROOM)[..] else {
        panic!("{:?}", sim.messages(ALARM_ROOM))
    };
    assert!(
        post.body.contains(" 復旧：バックアップがとられていません"),
        "{}",
        post.body
    );
    assert_eq!(program.terminate().await, Some(0));
    sim.stop().await;
}

#[tokio::test]
async fn a_database_that_takes_no_write_delays_the_post_and_nothing_else() {
    if std::env::var_os("YOBIRIN_TEST_POSTGRES").is_some() {
        return; // The lock of SQLite stands for a full disk.
    }
    let app = TestApp::start_with(|options| options.free_disk_percent = |_| Some(0)).await;
    app.save(&settings()).await;
    let path = format!("sqlite://{}", app.data().join("yobirin.db").display());
    let mut lock = SqliteConnection::connect(&path).await.unwrap();
    app.save(&settings_with_alarms()).await;
    lock.execute("BEGIN IMMEDIATE").await.unwrap();
    let full = check(&app).await;
    assert_eq!(kinds(&full), ["disk_low"]);
    let full = check(&app).await;
    assert_eq!(
        (kinds(&full), full.open[0].is_posted),
        (vec!["disk_low"], false)
    );
    assert!(app.sim.messages(ALARM_ROOM).is_empty());
    lock.execute("ROLLBACK").await.unwrap();
    posted(&app).await;
    assert_eq!(app.sim.messages(ALARM_ROOM).len(), 1);
    app.close().await;
}

#[tokio::test]
async fn of_two_relays_the_leader_tells_and_the_other_goes_on_after_it() {
    if !has_postgres("alarms of two relays") {
        return;
    }
    let mut app = TestApp::start_with(|options| options.free_disk_percent = |_| Some(3)).await;
    app.save(&settings_with_alarms()).await;
    let second = app.second_relay().await;
    posted(&app).await;
    let other = second.browser(&app.admin);
    eventually("the other relay shows the alarm", async || {
        app.clock.advance(CHECK_INTERVAL);
        let open = report(&other).await.open;
        open.first()
            .is_some_and(|open| open.is_posted)
            .then_some(())
    })
    .await;
    assert_eq!(app.sim.messages(ALARM_ROOM).len(), 1);
    app.stop().await;
    for _ in 0..4 {
        app.clock.advance(CHECK_INTERVAL);
        let now = app.clock.now();
        eventually("the other relay leads", async || {
            report(&other)
                .await
                .checked
                .is_some_and(|time| time >= now)
                .then_some(())
        })
        .await;
    }
    assert_eq!(
        app.sim.messages(ALARM_ROOM).len(),
        1,
        "the alarm has one post"
    );
    second.stop().await;
    app.restart().await;
    app.close().await;
}
