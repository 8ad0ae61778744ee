//! Alarms: one post for each incident in the room that the office has chosen, edited when the incident changes or ends.

mod expired_call;
mod faults;
mod full_disk;
mod room_change;

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Message, Office, RequestFilter, Role};
use relay_tests::{
    Browser, CallDraft, LOBBY, ROOM, SIDE_DOOR, Tablet, TestApp, eventually, json, refusal,
    settings, status,
};
use yobirin_api::ErrorCode;
use yobirin_api::alarm::{AlarmReport, AlarmTestResult};
use yobirin_api::device::Heartbeat;
use yobirin_api::message::SentMessage;
use yobirin_domain::alarm::AlarmCondition;
use yobirin_domain::model::delivery::{CallState, DeliveryState};
use yobirin_domain::model::settings::SettingsDocument;

/// Room for alarms; no call of these tests goes to it.
pub(crate) const ALARM_ROOM: u64 = Office::SAMPLE_KAIHATSU_ROOM;
/// Interval at which the relay checks the conditions of alarms.
const CHECK_INTERVAL: Duration = Duration::from_secs(15);

/// Settings with a room for alarms.
pub(crate) fn settings_with_alarms() -> SettingsDocument {
    let mut document = settings();
    document.site.alarms.room = Some(ALARM_ROOM.try_into().unwrap());
    document
}

/// Report of the relay's alarms.
pub(crate) async fn report(admin: &Browser) -> AlarmReport {
    json(admin.get("/api/alarms")).await
}

/// Moves the clock to the relay's next check, and waits until it has ended.
pub(crate) async fn check(app: &TestApp) -> AlarmReport {
    app.clock.advance(CHECK_INTERVAL);
    let now = app.clock.now();
    eventually("the relay checks the conditions of alarms", async || {
        let report = report(&app.admin).await;
        report
            .checked
            .is_some_and(|time| time >= now)
            .then_some(report)
    })
    .await
}

/// Has the relay check several times, with heartbeats of these tablets before each check.
async fn check_times(app: &TestApp, times: usize, tablets: &[&Tablet]) -> AlarmReport {
    let mut last = AlarmReport::default();
    for _ in 0..times {
        for tablet in tablets {
            let heartbeat = tablet.browser.post("/api/heartbeat");
            assert_eq!(status(heartbeat.json(&Heartbeat::default())).await, 204);
        }
        last = check(app).await;
    }
    last
}

/// Waits until the alarm's post is in the room and the relay knows its id; returns the post.
async fn posted(app: &TestApp) -> Message {
    eventually("the alarm is posted", async || {
        let report = check(app).await;
        let is_posted = report.open.iter().all(|open| open.is_posted);
        (is_posted && !report.open.is_empty()).then_some(())
    })
    .await;
    app.sim.messages(ALARM_ROOM).pop().expect("a post")
}

fn kinds(report: &AlarmReport) -> Vec<&'static str> {
    report
        .open
        .iter()
        .map(|open| open.condition.key())
        .collect()
}

#[tokio::test]
async fn silent_tablets_are_one_post_that_is_edited_when_they_return() {
    let mut app = TestApp::start().await;
    app.save(&settings_with_alarms()).await;
    let (lobby, side_door) = (app.tablet(LOBBY).await, app.tablet(SIDE_DOOR).await);
    check_times(&app, 4, &[&lobby, &side_door]).await;
    assert!(report(&app.admin).await.open.is_empty());
    check_times(&app, 14, &[]).await;
    let post = posted(&app).await;
    assert!(post.body.contains("応答なし（2台）"), "{}", post.body);
    assert!(
        post.body.contains("・lobby：") && post.body.contains("・side-door："),
        "{}",
        post.body
    );
    let ready = app.admin.get("/readyz").send().await.unwrap();
    assert_eq!(
        ready.text().await.unwrap(),
        "ready\nalarm: tablets_silent\n"
    );
    assert_eq!(app.counter("yobirin_alarms_open").await, 1);

    // A restart neither forgets the tablets nor posts about them again.
    app.stop().await;
    app.restart().await;
    let (lobby, side_door) = (app.reconnected(&lobby), app.reconnected(&side_door));
    let open = check_times(&app, 2, &[&lobby]).await.open;
    let AlarmCondition::TabletsSilent { tablets } = &open[0].condition else {
        panic!("{open:?}")
    };
    assert_eq!(
        tablets
            .iter()
            .filter(|tablet| tablet.until.is_none())
            .count(),
        1
    );
    check_times(&app, 2, &[&lobby, &side_door]).await;
    let [edited] = &app.sim.messages(ALARM_ROOM)[..] else {
        panic!("{:?}", app.sim.messages(ALARM_ROOM))
    };
    assert!(
        edited.body.contains(" 復旧：受付端末の応答なし（2台）"),
        "{}",
        edited.body
    );
    assert!(report(&app.admin).await.open.is_empty());
    app.close().await;
}

#[tokio::test]
async fn a_call_of_which_nobody_was_notified_is_an_alarm_without_visitors_words() {
    let app = TestApp::start().await;
    app.save(&settings_with_alarms()).await;
    let tablet = app.tablet(LOBBY).await;
    app.sim.remove_member(ROOM, Office::SAMPLE_BOT).unwrap();
    let drafts = [0, 1].map(|_| CallDraft::at(app.clock.now()).to_room(ROOM));
    for draft in &drafts {
        tablet.hand_over(draft).await;
        assert_eq!(tablet.final_status(draft).await.state, CallState::Failed);
    }
    let notified = CallDraft::at(app.clock.now()).to_room(Office::SAMPLE_DEFAULT_ROOM);
    tablet.hand_over(&notified).await;
    assert_eq!(
        tablet.final_status(&notified).await.state,
        CallState::Notified
    );
    let post = posted(&app).await;
    assert!(
        post.body.contains("届かなかった来訪のお知らせ（2件）"),
        "{}",
        post.body
    );
    assert!(!post.body.contains("山田"), "{}", post.body);
    check_times(&app, 2, &[&tablet]).await;
    assert_eq!(
        app.sim.messages(ALARM_ROOM).len(),
        1,
        "later checks do not report the same calls again"
    );
    app.close().await;
}

#[tokio::test]
async fn an_alarm_in_a_room_that_the_bot_left_stays_open_and_is_posted_once_it_is_back() {
    let app = TestApp::start_with(|options| options.free_disk_percent = |_| Some(3)).await;
    app.sim
        .remove_member(ALARM_ROOM, Office::SAMPLE_BOT)
        .unwrap();
    app.save(&settings_with_alarms()).await;
    let attempts = || {
        let requests = app.sim.requests();
        let path = format!("/rooms/{ALARM_ROOM}/messages");
        requests
            .iter()
            .filter(|request| request.method == "POST" && request.path.contains(&path))
            .count()
    };
    let first = check_times(&app, 8, &[]).await;
    assert_eq!(
        (kinds(&first), first.open[0].is_posted),
        (vec!["disk_low"], false)
    );
    assert_eq!(
        attempts(),
        1,
        "a post that the room refuses is not tried again at once"
    );
    let bot = Office::SAMPLE_BOT;
    app.sim.set_member(ALARM_ROOM, bot, Role::Member).unwrap();
    app.clock.advance(Duration::from_secs(3600));
    let post = posted(&app).await;
    assert!(
        post.body.contains("ディスクの空き容量不足（残り3%）"),
        "{}",
        post.body
    );
    assert_eq!(attempts(), 2);
    app.close().await;
}

#[tokio::test]
async fn an_alarm_in_a_room_whose_posts_are_used_up_is_posted_once_when_it_takes_one() {
    let app = TestApp::start_with(|options| options.free_disk_percent = |_| Some(3)).await;
    let posts = RequestFilter::posts_to(ALARM_ROOM);
    let full = Fault::new(Effect::RoomLimit).on(posts).times(2);
    app.sim.inject(full);
    app.save(&settings_with_alarms()).await;
    let post = posted(&app).await;
    assert!(post.body.contains("残り3%"), "{}", post.body);
    check_times(&app, 8, &[]).await;
    assert_eq!(app.sim.messages(ALARM_ROOM).len(), 1);
    app.close().await;
}

#[tokio::test]
async fn an_edit_in_a_room_that_is_gone_is_made_once_and_the_relay_goes_on() {
    let app = TestApp::start().await;
    app.save(&settings_with_alarms()).await;
    let tablet = app.tablet(LOBBY).await;
    check_times(&app, 13, &[]).await;
    posted(&app).await;
    app.sim.delete_room(ALARM_ROOM).unwrap();
    check_times(&app, 4, &[&tablet]).await;
    let requests = app.sim.requests();
    assert_eq!(
        requests
            .iter()
            .filter(|request| request.method == "PUT")
            .count(),
        1
    );
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    app.close().await;
}

#[tokio::test]
async fn calls_come_before_alarms_when_chatworks_limit_is_nearly_used() {
    let app = TestApp::start().await;
    app.save(&settings_with_alarms()).await;
    let tablet = app.tablet(LOBBY).await;
    // Another program uses the same token.
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for _ in 0..288 {
        let request = http.get(format!("{}/me", app.sim.api()));
        let request = request.header("x-chatworktoken", Office::SAMPLE_TOKEN);
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    for _ in 0..2 {
        let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
        tablet.hand_over(&draft).await;
        assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    }
    let waiting = check_times(&app, 3, &[&tablet]).await;
    assert_eq!(kinds(&waiting), ["limit_nearly_used"]);
    assert!(
        app.sim.messages(ALARM_ROOM).is_empty(),
        "what is left of the limit is reserved for calls"
    );
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    check_times(&app, 21, &[&tablet]).await;
    eventually("the alarm is posted late", async || {
        check_times(&app, 1, &[&tablet]).await;
        let messages = app.sim.messages(ALARM_ROOM);
        let text = messages.first().map(|message| message.body.clone());
        text.filter(|text| text.contains(" 復旧：Chatwork API"))
            .map(|_| ())
    })
    .await;
    assert_eq!(app.sim.messages(ALARM_ROOM).len(), 1);
    app.close().await;
}

#[tokio::test]
async fn a_test_reaches_the_room_and_needs_one() {
    let app = TestApp::start().await;
    let test = || {
        let request = app.admin.post("/api/alarms/test");
        request.json(&serde_json::json!({ "target": "room" }))
    };
    assert_eq!(refusal(test()).await, ErrorCode::DestinationNotAllowed);
    app.save(&settings_with_alarms()).await;
    let result: AlarmTestResult = json(test()).await;
    let id = result.message.expect("a message").id;
    eventually("the test arrives", async || {
        let message: SentMessage = json(app.admin.get(&format!("/api/messages/{id}"))).await;
        matches!(message.state, DeliveryState::Delivered { .. }).then_some(())
    })
    .await;
    let post = app.sim.messages(ALARM_ROOM).pop().unwrap();
    assert!(
        post.body.contains("異常のお知らせ（テスト）"),
        "{}",
        post.body
    );
    let tablet = app.tablet(LOBBY).await;
    let mut document = settings_with_alarms();
    document.groups[1].room = None;
    app.save(&document).await;
    let draft = CallDraft::at(app.clock.now()).to_room(ALARM_ROOM);
    let refused = refusal(tablet.hand_over_request(&draft)).await;
    assert_eq!(
        refused,
        ErrorCode::DestinationNotAllowed,
        "no call may go to a room that only alarms use"
    );
    app.close().await;
}
