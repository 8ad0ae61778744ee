//! Answers, reminders and missed visits where the office looks for them: history, overview and CSV.

use std::time::Duration;

use chatwork_sim::{Message, Office};
use e2e_tests::{Browser, TestEnv};
use yobirin_domain::escalation::preset;
use yobirin_domain::model::settings::SettingsDocument;

use crate::answers::{call_host, home, reply, sato, start_with_answers};
use crate::steps::admin::{open_navigation, show, signed_in};
use crate::steps::visitor::{await_notified, press_menu};

/// Age of a call that a tablet hands over late, in seconds: 40 of the 900 seconds to its deadline are left, for a slow
/// machine.
const LATE_SECONDS: u32 = 860;
/// Time within which the task is made: the rest of the call's time, and the last poll after the deadline.
const TASK_TIMEOUT: Duration = Duration::from_secs(120);
/// Position of the first of the columns about the answer.
const ANSWER_COLUMN: usize = 14;

fn reminders_and_a_task_for_couriers(document: &mut SettingsDocument) {
    document.site.escalation = preset();
    let mut menu = document.devices[0].menu.iter_mut();
    let parcel = menu.find(|button| button.id.as_str() == "parcel");
    parcel.expect("the courier's button").missed_visit = true;
}

/// Calls General Affairs on a tablet without network, which hands the call over long after.
async fn call_room_long_ago(tablet: &Browser) {
    tablet.expect_errors();
    tablet.offline(true).await;
    let back =
        format!("window.running = Date.now; Date.now = () => running() - {LATE_SECONDS} * 1000");
    tablet.script(&back).await;
    press_menu(tablet, "parcel").await;
    tablet.sees("[data-screen=waiting]").await;
    tablet.script("Date.now = window.running").await;
    tablet.offline(false).await;
}

async fn wait_for_task(env: &TestEnv) {
    let is_task = |message: &Message| {
        let is_of_bot = message.account_id == Office::SAMPLE_BOT;
        is_of_bot && message.body.contains("[dtext:task_added]")
    };
    let room = Office::SAMPLE_SOUMU_ROOM;
    let task = env.chatwork.wait_for_message(room, is_task, TASK_TIMEOUT);
    task.await
        .unwrap_or_else(|error| panic!("no task: {error:?}"));
}

/// Waits until a figure of the overview contains this text.
async fn await_figure(setup: &Browser, name: &str, text: &str) {
    let has_text = format!(
        "const figure = document.querySelector('[data-figure={name}] dd').innerText;
         return figure.replaceAll('\u{a0}', ' ').includes('{text}');"
    );
    setup.until(&has_text).await;
}

/// Cells about the answer in each row of the history's CSV, newest call first.
async fn answer_cells(setup: &Browser) -> Vec<Vec<String>> {
    let table = setup.download("[data-action=csv]").await;
    let table = String::from_utf8(table).expect("UTF-8");
    let rows = table.lines().skip(1);
    rows.map(|row| {
        let row = row.strip_prefix('"').and_then(|row| row.strip_suffix('"'));
        let cells = row.expect("quoted cells").split("\",\"");
        cells.skip(ANSWER_COLUMN).map(str::to_owned).collect()
    })
    .collect()
}

#[tokio::test]
async fn the_office_sees_who_answered_after_how_long_and_whom_nobody_answered() {
    let (env, _admin, tablet) = start_with_answers(reminders_and_a_task_for_couriers).await;
    call_room_long_ago(&tablet).await;
    await_notified(&tablet).await;
    home(&tablet).await;
    let post = call_host(&env, &tablet).await;
    let setup = signed_in(&env).await;
    setup.sees("[data-figure=waiting]").await;
    await_figure(&setup, "answered", "0 件").await;
    await_figure(&setup, "median", "まだありません").await;

    reply(&env, sato().account_id, &post, "すぐ行きます");
    // The open page follows.
    await_figure(&setup, "answered", "1 件").await;
    setup.says("今日の呼び出しは 2 件です。").await;
    // On the call's screen, or on the menu if the tablet has returned to it.
    tablet.says("お返事があり").await;
    show(&setup, "/setup/history").await;
    let answered = "[data-call]:has([data-answer=answered])";
    setup.sees(answered).await;
    let line = setup.find(&format!("{answered} p[data-answered]")).await;
    let line = line.text().await.expect("a sentence");
    for part in [sato().name, "秒後に応答", "「すぐ行きます」"] {
        assert!(line.contains(part), "{part} in {line}");
    }

    wait_for_task(&env).await;
    setup.reload().await;
    setup.sees("[data-call]").await;
    setup.sees("[data-answer=unanswered]").await;
    let cells = answer_cells(&setup).await;
    let [answered, missed] = &cells[..] else {
        panic!("two calls: {cells:?}")
    };
    let [result, who, at, seconds, words, steps, task, notice] = &answered[..] else {
        panic!("eight columns: {answered:?}")
    };
    assert_eq!(
        (result.as_str(), words.as_str()),
        ("応答あり", "すぐ行きます")
    );
    assert!(
        who.contains(sato().name) && at.starts_with("20"),
        "{answered:?}"
    );
    assert!(
        seconds.parse::<u32>().is_ok_and(|seconds| seconds < 900),
        "{seconds}"
    );
    assert!(
        steps.contains("送っていません") && task.is_empty(),
        "{answered:?}"
    );
    assert!(notice.starts_with("文面の番号 "), "{notice}");
    let [result, who, .., steps, task, _] = &missed[..] else {
        panic!("eight columns: {missed:?}")
    };
    assert_eq!(
        (result.as_str(), task.as_str()),
        ("応答なし", "タスクを作成")
    );
    assert!(who.is_empty() && !steps.is_empty(), "{missed:?}");

    let outcome = "select[name=history-outcome]";
    for (chosen, shown) in [("unanswered", "unanswered"), ("answered", "answered")] {
        setup.choose(outcome, chosen).await;
        let only = format!(
            "const rows = [...document.querySelectorAll('[data-call]')];
             return rows.length === 1 && rows[0].querySelector('[data-answer={shown}]') !== null;"
        );
        setup.until(&only).await;
        assert_eq!(answer_cells(&setup).await.len(), 1, "the file has {chosen}");
    }
    setup.choose(outcome, "awaiting_answer").await;
    setup.sees("[data-notice=none-found]").await;

    open_navigation(&setup).await;
    setup.press("nav a[href='/setup']").await;
    await_figure(&setup, "answered", "1 件").await;
    await_figure(&setup, "unanswered", "1 件").await;
    await_figure(&setup, "median", "秒").await;
    setup.no_longer_sees("[data-figure=waiting]").await;
    setup.assert_clean_console().await;
    env.close().await;
}
