//! Retention by kind: a shorter time says how many records go, asks, and erases them; one visit is erased from the
//! history, which names what stays in Chatwork.

use std::time::Instant;

use chatwork_sim::{Message, Office};
use e2e_tests::{Browser, Size, WAIT_TIMEOUT};
use thirtyfour::Key;

use crate::answers::{await_no_stored_call, call_host, reply, sato, start_with_answers};
use crate::steps::admin::{await_saved, open_setup, show, signed_in};
use crate::steps::visitor::{await_notified, enter_details_and_call, pick_group, press_menu};

/// Name of the visitor of these stories.
const VISITOR: &str = "消去太郎";
const DAY_MINUTES: u32 = 24 * 60;

async fn call_general_affairs(tablet: &Browser) {
    press_menu(tablet, "groups").await;
    pick_group(tablet, &["soumu"]).await;
    enter_details_and_call(tablet, "サンプル商事", VISITOR).await;
    await_notified(tablet).await;
}

/// Reloads the history until it shows an erasure, which the relay makes after it has saved the settings.
async fn reload_until_erased(setup: &Browser) {
    let deadline = Instant::now() + WAIT_TIMEOUT;
    loop {
        setup.reload().await;
        setup.sees("[data-call]").await;
        if !setup.all_now("[data-call] [data-erased]").await.is_empty() {
            return;
        }
        assert!(Instant::now() < deadline, "the visit is never erased");
    }
}

#[tokio::test]
async fn a_shorter_retention_says_what_goes_and_asks_and_erases_at_once() {
    let (env, admin, setup) = open_setup().await;
    let tablet = env.paired(&admin).await;
    call_general_affairs(&tablet).await;
    env.relay.age_calls(40 * DAY_MINUTES).await;
    show(&setup, "/setup/history").await;
    setup.says(VISITOR).await;

    show(&setup, "/setup/retention").await;
    setup.assert_accessible("retention").await;
    let visitors = "select[name=retention-visitors]";
    setup.choose(visitors, "730").await;
    setup.press("[data-action=save]").await;
    await_saved(&setup).await;
    assert!(
        setup
            .all_now("[data-dialog=shorten-retention][open]")
            .await
            .is_empty(),
        "a longer retention asks no question"
    );
    setup.choose(visitors, "30").await;
    setup.sees("[data-kind=messages] .applied").await;
    setup.press("[data-action=save]").await;
    let dialog = "[data-dialog=shorten-retention][open]";
    setup.sees(dialog).await;
    setup.says("来訪者の入力：1 件").await;
    setup.says("通知の文面：1 件").await;
    setup
        .assert_accessible("question before a shorter retention")
        .await;
    setup.press(&format!("{dialog} [data-action=cancel]")).await;
    setup.sees("[data-save=unsaved]").await;
    show(&setup, "/setup/history").await;
    setup.says(VISITOR).await;

    setup.press("[data-action=save]").await;
    setup
        .press(&format!("{dialog} [data-action=confirm]"))
        .await;
    await_saved(&setup).await;
    reload_until_erased(&setup).await;
    assert!(!setup.text().await.contains(VISITOR), "the words are gone");
    env.close().await;
}

#[tokio::test]
async fn one_visit_is_erased_and_the_history_names_what_stays_in_chatwork() {
    let (env, admin, setup) = open_setup().await;
    let tablet = env.paired(&admin).await;
    call_general_affairs(&tablet).await;
    env.relay.age_calls(60).await;
    let message = env.chatwork.messages(Office::SAMPLE_SOUMU_ROOM)[0].message_id;
    let room = Office::SAMPLE_SOUMU_ROOM;
    let link = format!("a[href='https://www.chatwork.com/#!rid{room}-{message}']");

    show(&setup, "/setup/history").await;
    setup.press("[data-call] summary").await;
    setup.press("[data-action=erase-visit]").await;
    let dialog = "[data-dialog=erase-visit][open]";
    setup.sees(&format!("{dialog} {link}")).await;
    setup
        .assert_accessible("question before a visit is erased")
        .await;
    let focus_is_on =
        |action: &str| format!("return document.activeElement?.dataset.action === '{action}'");
    setup.until(&focus_is_on("cancel")).await;
    setup
        .key(&format!("{dialog} [data-action=cancel]"), Key::Escape)
        .await;
    setup.no_longer_sees(dialog).await;
    setup.until(&focus_is_on("erase-visit")).await;
    setup.press("[data-action=erase-visit]").await;
    setup.press(&format!("{dialog} [data-action=cancel]")).await;
    setup.says(VISITOR).await;
    setup.press("[data-action=erase-visit]").await;
    setup
        .press(&format!("{dialog} [data-action=confirm]"))
        .await;
    setup.sees("[data-call] [data-erased]").await;
    assert!(!setup.text().await.contains(VISITOR), "the words are gone");
    setup.reload().await;
    setup.sees(&format!("[data-call] [data-left] {link}")).await;
    assert!(
        !setup.text().await.contains(VISITOR),
        "the words stay erased after a reload"
    );
    setup.resize(Size::PHONE).await;
    setup.assert_no_overflow().await;
    setup
        .assert_accessible("history with an erased visit")
        .await;
    env.close().await;
}

#[tokio::test]
async fn a_visit_whose_call_waits_says_why_and_until_when_its_words_stay() {
    let (env, admin, setup) = open_setup().await;
    let tablet = env.paired(&admin).await;
    call_general_affairs(&tablet).await;
    show(&setup, "/setup/history").await;
    setup.press("[data-call] summary").await;
    setup.press("[data-action=erase-visit]").await;
    let dialog = "[data-dialog=erase-visit][open]";
    setup.sees(&format!("{dialog} [data-needed]")).await;
    setup.says("担当者の応答を待っている呼び出しです。").await;
    setup.screenshot("erase-waiting-visit").await;
    setup
        .press(&format!("{dialog} [data-action=confirm]"))
        .await;
    setup.sees("[data-call] [data-erased]").await;
    setup.says("を過ぎてから消去します。").await;
    setup.says(VISITOR).await;
    setup.no_longer_sees("[data-action=erase-visit]").await;
    setup.screenshot("erasure-waits").await;
    setup.resize(Size::PHONE).await;
    setup.assert_no_overflow().await;
    setup.screenshot("erasure-waits-phone").await;
    env.close().await;
}

#[tokio::test]
async fn an_answered_visit_is_erased_at_once_and_the_tablet_forgets_the_words() {
    let (env, _admin, tablet) = start_with_answers(|_| {}).await;
    let post = call_host(&env, &tablet).await;
    reply(&env, sato().account_id, &post, "ひみつの返事");
    tablet.says("「ひみつの返事」").await;
    let is_edited = |message: &Message| message.body.contains("対応中");
    let edited = env
        .chatwork
        .wait_for_message(post.room_id, is_edited, WAIT_TIMEOUT);
    edited.await.expect("the post says that it is answered");
    let setup = signed_in(&env).await;
    show(&setup, "/setup/history").await;
    setup.press("[data-call] summary").await;
    setup.press("[data-action=erase-visit]").await;
    let dialog = "[data-dialog=erase-visit][open]";
    setup.sees(dialog).await;
    setup
        .no_longer_sees(&format!("{dialog} [data-needed]"))
        .await;
    setup
        .press(&format!("{dialog} [data-action=confirm]"))
        .await;
    setup.says("記録を消去しました").await;
    setup.reload().await;
    setup.sees("[data-call] [data-erased]").await;
    let text = setup.text().await;
    assert!(!text.contains("ひみつ") && !text.contains("山本"), "{text}");
    // The tablet asks the relay for the state of the call now and then.
    tablet
        .until("return !document.body.innerText.includes('ひみつの返事')")
        .await;
    tablet.sees("[data-wait=answered]").await;
    tablet.no_longer_sees("[data-state=cancel]").await;
    let words = tablet.text().await;
    assert!(
        !words.contains("お待ちください"),
        "nobody may come: {words}"
    );
    tablet.screenshot("answer-of-an-erased-visit").await;
    await_no_stored_call(&tablet).await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    tablet.no_longer_sees("[data-state=listed-call]").await;
    tablet.assert_clean_console().await;
    env.close().await;
}
