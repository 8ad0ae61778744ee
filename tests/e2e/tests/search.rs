//! Search for a host with the on-screen keyboard, without an input method.

use chatwork_sim::Office;
use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, TestEnv};

use crate::steps::visitor::{await_notified, enter_details_and_call, press_menu, private_chat};

/// Presses these keys of the on-screen keyboard in order.
pub(crate) async fn press_keys(tablet: &Browser, keys: &[&str]) {
    for key in keys {
        tablet.press(&format!(".keyboard [data-key='{key}']")).await;
    }
}

/// Waits until the field of the search has this text.
async fn await_typed(tablet: &Browser, text: &str) {
    let is_typed = format!("return document.querySelector('#find').value === '{text}'");
    tablet.until(&is_typed).await;
}

/// Waits until this many hosts are listed.
async fn await_host_count(tablet: &Browser, count: usize) {
    let are_listed = format!("return document.querySelectorAll('[data-host]').length === {count}");
    tablet.until(&are_listed).await;
}

/// The keys of the kana pad for a reading: が is か and 濁点, ょ is よ and 小.
fn keys_of(reading: &str) -> Vec<String> {
    const MARK_KEYS: [(&str, &str, &str); 3] = [
        (
            "がぎぐげござじずぜぞだぢづでどばびぶべぼ",
            "かきくけこさしすせそたちつてとはひふへほ",
            "voiced",
        ),
        ("ぱぴぷぺぽ", "はひふへほ", "half-voiced"),
        ("ゃゅょっ", "やゆよつ", "small"),
    ];
    let mut keys = Vec::new();
    for c in reading.chars() {
        let marked = MARK_KEYS.iter().find_map(|(with, plain, mark)| {
            let at = with.chars().position(|with| with == c)?;
            Some((plain.chars().nth(at)?, *mark))
        });
        match marked {
            Some((plain, mark)) => keys.extend([plain.to_string(), mark.to_owned()]),
            None => keys.push(c.to_string()),
        }
    }
    keys
}

#[tokio::test]
async fn a_host_is_found_with_the_kana_pad_alone() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let host = someone_of("総務");

    press_menu(&tablet, "search").await;
    let keys = keys_of(host.kana);
    press_keys(
        &tablet,
        &keys.iter().map(String::as_str).collect::<Vec<_>>(),
    )
    .await;
    await_typed(&tablet, host.kana).await;
    tablet
        .press(&format!("[data-host={}]", host_id(host)))
        .await;
    enter_details_and_call(&tablet, "", "山本 一郎").await;
    await_notified(&tablet).await;
    let room = private_chat(&env.chatwork, host);
    assert_eq!(env.chatwork.messages(room).len(), 1);
    env.close().await;
}

#[tokio::test]
async fn the_kana_pad_adds_marks_erases_clears_and_keeps_the_focus_for_a_real_keyboard() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;

    press_menu(&tablet, "search").await;
    press_keys(
        &tablet,
        &[
            "か",
            "voiced",
            "つ",
            "small",
            "は",
            "half-voiced",
            "ー",
            "な",
            "erase",
        ],
    )
    .await;
    await_typed(&tablet, "がっぱー").await;
    press_keys(&tablet, &["clear", "さ"]).await;
    tablet.type_on("と").await;
    await_typed(&tablet, "さと").await;
    tablet.sees("[data-host]").await;
    tablet.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_host_is_found_by_latin_letters() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    tablet.press("[data-lang=en]").await;

    press_menu(&tablet, "search").await;
    press_keys(&tablet, &["s", "a", "t", "o"]).await;
    tablet.sees("[data-host]").await;
    env.close().await;
}

#[tokio::test]
async fn a_chosen_keyboard_layout_stays_while_typing() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "search").await;
    tablet.press(".keyboard-layouts > :nth-child(2)").await;
    press_keys(&tablet, &["s", "a", "x", "erase", "t", "o"]).await;
    await_typed(&tablet, "sato").await;
    tablet.sees("[data-host]").await;
    press_keys(&tablet, &["clear", "s"]).await;
    tablet.press(".keyboard-layouts > :nth-child(3)").await;
    tablet.type_on("u").await;
    tablet.no_longer_sees(".keyboard .key").await;
    env.close().await;
}

#[tokio::test]
async fn a_restricted_search_lists_nobody_before_two_letters() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let host = Office::sample_staff()
        .iter()
        .find(|staff| staff.kana.starts_with("さとう"));
    let host = host.expect("somebody of the sample is a 佐藤");

    press_menu(&tablet, "closed").await;
    press_keys(&tablet, &["さ"]).await;
    tablet.says("2 文字以上").await;
    assert!(tablet.all_now("[data-host]").await.is_empty());
    press_keys(&tablet, &["と"]).await;
    tablet.sees(&format!("[data-host={}]", host_id(host))).await;
    env.close().await;
}

#[tokio::test]
async fn a_long_list_of_names_is_divided_by_kana_row() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    for host in &mut document.hosts {
        host.groups = vec!["soumu".parse().expect("a valid id")];
    }
    let kana: Vec<String> = document
        .hosts
        .iter()
        .map(|host| host.kana.clone())
        .collect();
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;

    press_menu(&tablet, "open").await;
    tablet.press("[data-group=soumu]").await;
    tablet.sees("[data-host]").await;
    await_host_count(&tablet, kana.len()).await;
    tablet.press("[data-row=さ]").await;
    let rows = "さしすせそざじずぜぞ";
    let expected = kana
        .iter()
        .filter(|kana| kana.starts_with(|c| rows.contains(c)))
        .count();
    assert!(
        expected > 0 && expected < kana.len(),
        "the sample office has names in several kana rows"
    );
    await_host_count(&tablet, expected).await;
    env.close().await;
}

#[tokio::test]
async fn without_readings_the_search_asks_for_the_written_name_and_offers_other_ways_at_once() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    for host in &mut document.hosts {
        host.kana.clear();
    }
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "search").await;
    tablet.says("漢字など、名刺と同じ表記で").await;
    tablet.sees(".other-way[data-button=groups]").await;
    tablet.sees(".keyboard-layouts").await;
    let has_keys = "return document.querySelector('.keys')";
    assert!(tablet.script(has_keys).await.is_null(), "kanji are typed");
    tablet.type_on("さとう").await;
    tablet.says("該当する担当者が見つかりません").await;
    tablet.sees(".other-way[data-button=groups]").await;
    tablet.press("[data-state=clear]").await;
    await_typed(&tablet, "").await;
    let host = someone_of("総務");
    tablet.type_on(host.name).await;
    tablet.sees(&format!("[data-host={}]", host_id(host))).await;
    tablet.assert_clean_console().await;
    env.close().await;
}
