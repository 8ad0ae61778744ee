//! Retention of visitors' words, messages, answers and calls, the erasure of one visit, and the life of events and
//! pairing codes.

mod erased_files;
mod shortened_during_call;
mod visit_deadline;
mod visit_erasure;

use std::process::Command;
use std::time::Duration;

use relay_tests::{
    Browser, CallDraft, HOST, LOBBY, PASSWORD, ROOM, Tablet, TestApp, eventually, has_postgres,
    json, refusal, settings, settings_with_answers, status,
};
use yobirin_api::ErrorCode;
use yobirin_api::call::{CallPage, CallRecord};
use yobirin_api::device::Pair;
use yobirin_api::session::Session;
use yobirin_domain::answer::AnswerAuthor;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::retention::RetentionPreview;
use yobirin_relay::Database;

use crate::program::RELAY;

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn records(app: &TestApp) -> Vec<CallRecord> {
    records_at(app, &app.url()).await
}

async fn records_at(app: &TestApp, url: &str) -> Vec<CallRecord> {
    let admin = Browser::new(url);
    let _: Session = json(app.sign_in_request(&admin, PASSWORD)).await;
    let page: CallPage = json(admin.get("/api/calls")).await;
    page.calls
}

/// Hands a call over and waits until it is delivered.
async fn delivered(app: &TestApp, tablet: &Tablet) -> CallDraft {
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    draft
}

/// Settings that keep visitors' words for this many days.
fn keeping(days: u16) -> SettingsDocument {
    let mut document = settings();
    document.site.retention.visitors = days;
    document
}

/// The admin of this app, signed in again.
async fn sign_in_again(app: &mut TestApp) {
    app.admin = app.new_browser();
    let _: Session = json(app.sign_in_request(&app.admin, PASSWORD)).await;
}

fn has_answers(record: &CallRecord) -> bool {
    record.answers.iter().any(|answer| !answer.words.is_empty())
}

fn has_visitor_texts(record: &CallRecord) -> bool {
    let has_text = |delivery: &yobirin_api::call::Outgoing| !delivery.text.is_empty();
    !record.call.visitor.name.is_empty() || record.call.deliveries.iter().any(has_text)
}

#[tokio::test]
async fn visitor_texts_are_erased_after_the_retention_period_and_counts_remain() {
    let app = TestApp::start_with(|options| options.keep_history_days = 30).await;
    let tablet = app.tablet(LOBBY).await;
    let mut old = CallDraft::at(app.clock.now()).to_room(ROOM);
    old.call.visitor.people = Some(3);
    tablet.hand_over(&old).await;
    tablet.final_status(&old).await;
    app.clock.advance(29 * DAY);
    let young = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&young).await;
    tablet.final_status(&young).await;
    assert!(
        records(&app).await.iter().all(has_visitor_texts),
        "not erased yet"
    );

    app.clock.advance(2 * DAY);
    let records = eventually("the visitor's texts are erased", async || {
        let records = records(&app).await;
        (records
            .iter()
            .filter(|record| has_visitor_texts(record))
            .count()
            == 1)
            .then_some(records)
    })
    .await;
    assert_eq!(records.len(), 2, "erased calls stay in the history");
    let erased = records.iter().find(|record| record.id == old.id).unwrap();
    assert_eq!(erased.call.visitor.people, Some(3));
    assert_eq!(erased.state, CallState::Notified);
    assert_eq!(erased.deliveries[0].attempts.len(), 1);
    assert!(
        records
            .iter()
            .any(|record| record.id == young.id && has_visitor_texts(record))
    );
    app.close().await;
}

#[tokio::test]
async fn answers_and_steps_are_erased_with_their_call() {
    let app = TestApp::start_with(|options| options.keep_history_days = 30).await;
    app.save(&settings_with_answers()).await;
    let tablet = app.tablet(LOBBY).await;
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    let draft = draft.escalate_to_room(60, ROOM);
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    let post = app.sim.messages(ROOM)[0].message_id;
    app.sim.reply_as(ROOM, HOST, post, "ひみつの返事").unwrap();
    app.shown_answer(&tablet, &draft, |answer| answer.words == "ひみつの返事")
        .await;
    app.clock.advance(31 * DAY);
    let erased = eventually("the words are erased", async || {
        let record = records(&app).await.remove(0);
        let is_erased = !has_visitor_texts(&record) && !has_answers(&record);
        is_erased.then_some(record)
    })
    .await;
    assert_eq!(erased.call.later[0].text, "");
    assert_eq!(erased.call.later[0].retraction, None);
    assert_eq!(erased.later.len(), 1, "the step without its text");
    let answer = tablet.status(&draft).await.answer.expect("an answer");
    let shown = (answer.who, answer.words.as_str());
    assert_eq!(
        shown,
        (AnswerAuthor::Erased, ""),
        "words and author of the answer are erased"
    );
    app.close().await;
}

#[tokio::test]
async fn week_old_events_are_deleted_and_the_stream_still_resumes() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    let last = tablet.final_status(&draft).await.sequence;
    app.clock.advance(8 * DAY);
    let new = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&new).await;
    tablet.final_status(&new).await;
    eventually("old events are deleted", async || {
        let (first, _) = tablet.events_after(0).await.next_delivery().await;
        (first > last).then_some(())
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn an_unused_pairing_code_is_refused_after_a_day() {
    let app = TestApp::start().await;
    let code = app.pairing_code(LOBBY).await.code;
    app.clock.advance(DAY);
    let pair_request = app.new_browser().post("/api/pair").json(&Pair { code });
    assert_eq!(refusal(pair_request).await, ErrorCode::BadPairingCode);
    app.close().await;
}

#[tokio::test]
async fn shorter_settings_say_how_many_records_go_and_erase_them_at_once() {
    let mut app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let draft = delivered(&app, &tablet).await;
    app.clock.advance(40 * DAY);
    sign_in_again(&mut app).await;
    let preview = async |days: &str| {
        let path = format!("/api/retention/preview?visitors={days}&messages=90&answers=90");
        json::<RetentionPreview>(app.admin.get(&path)).await
    };
    assert_eq!(preview("90").await.visitors, 0);
    let shorter = preview("30").await;
    assert_eq!(
        (shorter.visitors, shorter.messages, shorter.counts),
        (1, 1, 0)
    );
    assert!(
        records(&app).await.iter().all(has_visitor_texts),
        "nothing is erased so far"
    );
    app.save(&keeping(30)).await;
    let erased = eventually("the words are erased without a wait", async || {
        let record = records(&app).await.remove(0);
        (!has_visitor_texts(&record)).then_some(record)
    })
    .await;
    assert_eq!(erased.id, draft.id);
    assert!(erased.erased.is_some());
    app.close().await;
}

#[tokio::test]
async fn whole_calls_go_when_their_time_is_over() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let mut document = settings();
    document.site.retention.counts = 30;
    app.save(&document).await;
    delivered(&app, &tablet).await;
    app.clock.advance(31 * DAY);
    eventually("the call is gone", async || {
        records(&app).await.is_empty().then_some(())
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn no_setting_exceeds_the_ceiling_and_a_tablet_gets_what_holds() {
    let app = TestApp::start_with(|options| options.keep_history_days = 30).await;
    let etag = app.save(&keeping(730)).await;
    let preview: RetentionPreview = json(app.admin.get("/api/retention/preview")).await;
    assert_eq!(preview.ceiling_days, 30);
    let tablet = app.tablet(LOBBY).await;
    let read = async |browser: &Browser, path: &str| {
        let response = browser.get(path).send().await.unwrap();
        let etag = response.headers()["etag"].to_str().unwrap().to_owned();
        let document: SettingsDocument = response.json().await.unwrap();
        (etag, document.site.retention)
    };
    let (shown_etag, shown) = read(&tablet.browser, "/api/settings").await;
    assert_eq!(
        (shown.visitors, shown.messages, shown.answers),
        (30, 30, 30)
    );
    assert_ne!(
        shown_etag, etag,
        "the ETag of the limited settings differs from that of the saved ones"
    );
    let again = tablet.browser.get("/api/settings");
    assert_eq!(
        status(again.header("if-none-match", &shown_etag)).await,
        304
    );
    for browser in [&app.admin, &tablet.browser] {
        let (edited_etag, edited) = read(browser, "/api/settings?edit=true").await;
        assert_eq!(
            (edited_etag.as_str(), edited.visitors),
            (etag.as_str(), 730)
        );
    }
    delivered(&app, &tablet).await;
    app.clock.advance(31 * DAY);
    eventually("the ceiling erases", async || {
        let records = records(&app).await;
        records
            .iter()
            .all(|record| !has_visitor_texts(record))
            .then_some(())
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn a_restored_backup_is_erased_at_once() {
    let app = TestApp::start_with(|options| options.keep_history_days = 30).await;
    if !matches!(app.options().database, Database::Sqlite) {
        return app.close().await;
    }
    let tablet = app.tablet(LOBBY).await;
    delivered(&app, &tablet).await;
    let home = tempfile::tempdir().unwrap();
    let (file, other) = (home.path().join("office.backup"), home.path().join("other"));
    for (command, data) in [("backup", app.data()), ("restore", &other)] {
        let mut program = Command::new(RELAY);
        let program = program.args([command, file.to_str().unwrap()]);
        let output = program
            .env_clear()
            .env("YOBIRIN_DATA", data)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    app.clock.advance(31 * DAY);
    let mut options = app.options().clone();
    options.data = other;
    let relay = yobirin_relay::start(options).await.unwrap();
    let url = format!("http://{}", relay.address);
    eventually("the restored words are erased", async || {
        let records = records_at(&app, &url).await;
        records
            .iter()
            .all(|record| !has_visitor_texts(record))
            .then_some(())
    })
    .await;
    relay.stop().await;
    app.close().await;
}

#[tokio::test]
async fn a_second_relay_obeys_settings_that_the_first_saved() {
    if !has_postgres("retention with two relays") {
        return;
    }
    let mut app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    delivered(&app, &tablet).await;
    app.clock.advance(40 * DAY);
    sign_in_again(&mut app).await;
    let second = app.second_relay().await;
    let admin = second.browser(&app.admin);
    let etag = app.etag().await;
    app.stop().await;
    let put = admin.put("/api/settings").header("if-match", etag);
    assert_eq!(status(put.json(&keeping(30))).await, 204);
    eventually("the second relay erases", async || {
        let page: CallPage = json(admin.get("/api/calls")).await;
        page.calls
            .iter()
            .all(|call| !has_visitor_texts(call))
            .then_some(())
    })
    .await;
    // The first relay follows the settings of the database, not those that it knew.
    app.restart().await;
    let preview: RetentionPreview = json(app.admin.get("/api/retention/preview")).await;
    assert_eq!((preview.visitors, preview.messages), (0, 0));
    second.stop().await;
    app.close().await;
}
