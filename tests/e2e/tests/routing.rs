//! Routing rules, from the visitor's tap to the message in Chatwork.

use chatwork_sim::{Message, Office};
use e2e_tests::office::someone_of;
use e2e_tests::{TestEnv, WAIT_TIMEOUT};

use crate::steps::visitor::{
    await_notified, enter_details_and_call, only_message, pick_group, press_menu, private_chat,
    search_and_pick,
};

/// Calls a group by group selection (グループ選択) under the method “room” (ルーム); checks that the only message is in
/// `room`, and returns its mentions.
async fn call_group(path: &[&str], room: u64) -> Vec<u64> {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;

    press_menu(&tablet, "groups").await;
    pick_group(&tablet, path).await;
    enter_details_and_call(&tablet, "株式会社サンプル", "山本 一郎").await;
    await_notified(&tablet).await;

    let message = only_message(&env.chatwork, room).await;
    assert!(message.body.contains("山本 一郎"), "{}", message.body);
    assert!(
        message.body.contains("株式会社サンプル"),
        "{}",
        message.body
    );
    tablet.assert_clean_console().await;
    env.close().await;
    message.mentions
}

#[tokio::test]
async fn calling_soumu_notifies_its_own_room() {
    let mentions = call_group(&["soumu"], Office::SAMPLE_SOUMU_ROOM).await;
    assert_eq!(
        mentions,
        [someone_of("総務").account_id],
        "the in-charge host is mentioned"
    );
}

#[tokio::test]
async fn calling_kaihatsu_ikka_notifies_the_room_of_kaihatsubu() {
    let mentions = call_group(&["kaihatsu", "kaihatsu1"], Office::SAMPLE_KAIHATSU_ROOM).await;
    assert_eq!(mentions, [someone_of("開発一課").account_id]);
}

#[tokio::test]
async fn calling_eigyo_ikka_notifies_the_default_room() {
    let mentions = call_group(&["eigyo", "eigyo1"], Office::SAMPLE_DEFAULT_ROOM).await;
    assert_eq!(mentions, [someone_of("営業一課").account_id]);
}

#[tokio::test]
async fn calling_a_host_directly_notifies_only_the_private_chat() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let host = someone_of("開発部");

    press_menu(&tablet, "search").await;
    search_and_pick(&tablet, host.kana, host).await;
    enter_details_and_call(&tablet, "", "山本 一郎").await;
    await_notified(&tablet).await;

    let chat = private_chat(&env.chatwork, host);
    let message = only_message(&env.chatwork, chat).await;
    assert!(message.body.contains("山本 一郎"), "{}", message.body);
    assert!(
        !message.body.contains("[To:"),
        "a private chat needs no mention: {}",
        message.body
    );
    env.close().await;
}

#[tokio::test]
async fn calling_a_host_by_room_notifies_the_first_groups_room_with_a_mention() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    // The first group is Development Section 1 (開発一課), whose room is its parent's.
    let host = someone_of("開発一課");

    press_menu(&tablet, "open").await;
    tablet.press("[data-group=kaihatsu]").await;
    tablet.press("[data-group=kaihatsu1]").await;
    tablet
        .press(&format!("[data-host={}]", e2e_tests::office::host_id(host)))
        .await;
    enter_details_and_call(&tablet, "", "山本 一郎").await;
    await_notified(&tablet).await;

    let message = only_message(&env.chatwork, Office::SAMPLE_KAIHATSU_ROOM).await;
    assert_eq!(message.mentions, [host.account_id]);
    env.close().await;
}

#[tokio::test]
async fn one_tap_on_a_custom_button_calls_its_group_once() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;

    let twice = "const b = document.querySelector('[data-button=parcel]'); b.click(); b.click();";
    tablet.script(twice).await;
    await_notified(&tablet).await;

    let message = only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    assert!(message.body.contains("宅配"), "{}", message.body);
    env.close().await;
}

#[tokio::test]
async fn the_restricted_search_lists_nobody_until_two_letters_match() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let host = someone_of("開発二課");
    let kana: Vec<char> = host.kana.chars().filter(|c| !c.is_whitespace()).collect();
    let one: String = kana[..1].iter().collect();

    press_menu(&tablet, "closed").await;
    tablet.sees("[data-screen=host-closed]").await;
    assert!(
        tablet.all_now("[data-host]").await.is_empty(),
        "nobody is listed before a letter is typed"
    );
    tablet.type_into("input[type=text]", &one).await;
    tablet.says("2 文字以上").await;
    assert!(
        tablet.all_now("[data-host]").await.is_empty(),
        "nobody is listed after one letter"
    );

    search_and_pick(&tablet, &kana.iter().collect::<String>(), host).await;
    enter_details_and_call(&tablet, "", "山本 一郎").await;
    await_notified(&tablet).await;

    // “both” (両方): the private chat and the room, each once.
    // The tablet shows "notified" after the first of the two.
    let chat = private_chat(&env.chatwork, host);
    for room in [chat, Office::SAMPLE_KAIHATSU_ROOM] {
        let visit = |message: &Message| message.body.contains("山本 一郎");
        let message = env
            .chatwork
            .wait_for_message(room, visit, WAIT_TIMEOUT)
            .await;
        assert!(message.is_ok(), "no message in room {room}");
        assert_eq!(env.chatwork.messages(room).len(), 1);
    }
    env.close().await;
}
