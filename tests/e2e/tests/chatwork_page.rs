//! The Chatwork page of set-up: default room, contact requests, test messages; and the alert for a refused token.

use chatwork_sim::Office;
use e2e_tests::admin::Admin;
use e2e_tests::{Browser, TestEnv};

use crate::steps::admin::{connect, open_setup, pick, save, show};
use crate::steps::visitor::press_menu;

/// Opens the Chatwork page of the sample office.
async fn open_chatwork_page() -> (TestEnv, Admin, Browser) {
    let (env, admin, setup) = open_setup().await;
    show(&setup, "/setup/chatwork").await;
    (env, admin, setup)
}

#[tokio::test]
async fn a_test_message_shows_success_or_the_cause_of_failure() {
    let (env, _admin, setup) = open_chatwork_page().await;
    setup.press("[data-action=test]").await;
    setup.sees("[data-test=arrived]").await;
    let messages = env.chatwork.messages(Office::SAMPLE_DEFAULT_ROOM);
    assert!(
        messages
            .iter()
            .any(|message| message.body.contains("テスト"))
    );
    setup
        .sees("[data-section=traffic] [data-waiting='0']")
        .await;
    setup.says("5 分間 300 回のうち").await;
    setup
        .until("return Number(document.querySelector('[data-requests-left]').dataset.requestsLeft) < 300;")
        .await;

    let out = env
        .chatwork
        .remove_member(Office::SAMPLE_SOUMU_ROOM, Office::SAMPLE_BOT);
    out.unwrap_or_else(|error| panic!("{error:?}"));
    pick(&setup, "test-to", "総務").await;
    setup.press("[data-action=test]").await;
    setup.sees("[data-notice=test-rejected]").await;
    setup.says("Bot が参加していません").await;
    setup.press("[data-action=test-default]").await;
    setup.press("[data-action=test]").await;
    setup.sees("[data-test=arrived]").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn without_a_default_room_a_test_message_says_what_to_choose() {
    let (env, admin, setup) = open_setup().await;
    let mut document = admin.settings().await;
    document.site.default_room = None;
    document.devices.clear();
    admin.save(&document).await;
    setup.reload().await;
    show(&setup, "/setup/chatwork").await;
    setup
        .says("acallルーム（共通ルーム）がまだ選ばれていません")
        .await;
    setup.press("[data-action=test]").await;
    setup.sees("[data-notice=test-failed]").await;
    setup
        .says("送り先がまだありません。上で acallルーム（共通ルーム）を選んで保存してください。")
        .await;
    env.close().await;
}

#[tokio::test]
async fn contact_requests_are_accepted_one_or_all() {
    let (env, _admin, setup) = open_chatwork_page().await;
    let [first, second] = Office::SAMPLE_NON_CONTACTS;
    setup.sees("[data-action=accept-all]").await;
    setup
        .press(&format!("[data-request='{first}'] [data-action=accept]"))
        .await;
    setup
        .no_longer_sees(&format!("[data-request='{first}']"))
        .await;
    setup.sees("[data-notice=accepted]").await;
    let offers = setup
        .all_now("[data-notice=accepted] [data-action=from-chatwork]")
        .await;
    assert!(offers.is_empty(), "the accepted person is a host already");
    assert!(
        env.chatwork
            .direct_room(Office::SAMPLE_BOT, first)
            .is_some()
    );
    let bot = Office::SAMPLE_BOT;
    let removed = env.chatwork.remove_contact(bot, first);
    removed.unwrap_or_else(|error| panic!("{error:?}"));
    let requested = env
        .chatwork
        .request_contact(first, bot, "もう一度お願いします。");
    requested.unwrap_or_else(|error| panic!("{error:?}"));
    setup.press("[data-action=requests-again]").await;
    setup.press("[data-action=accept-all]").await;
    setup.says("2 件を承認しました").await;
    setup.sees("[data-requests=none]").await;
    for account in [first, second] {
        let chat = env.chatwork.direct_room(bot, account);
        assert!(chat.is_some(), "{account} is a contact now");
    }
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn the_default_room_is_created_with_the_chosen_members() {
    let (env, admin, setup) = open_chatwork_page().await;
    setup.press("[data-new-room] summary").await;
    setup
        .type_into("input[name=new-room-name]", "受付の総合窓口")
        .await;
    pick(&setup, "new-room-person", "佐藤").await;
    setup.press("[data-action=make-room]").await;
    setup.sees("[data-notice=room-made]").await;
    save(&setup).await;
    let room = admin.settings().await.site.default_room.expect("a room");
    let rooms = env.chatwork.rooms();
    let made = rooms
        .iter()
        .find(|made| made.room_id == room.get())
        .expect("Chatwork has it");
    assert_eq!(made.name, "受付の総合窓口");
    assert_eq!(made.members.len(), 2, "the bot and one person");
    setup.press("[data-action=test]").await;
    setup.sees("[data-test=arrived]").await;
    assert_eq!(env.chatwork.messages(room.get()).len(), 1);
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_group_s_room_is_created_on_the_group_s_page_under_the_group_s_name() {
    let (env, admin, setup) = open_setup().await;
    show(&setup, "/setup/groups").await;
    setup.press("a[href='/setup/groups/eigyo1']").await;
    setup.sees("[data-page=group]").await;
    setup.press("[data-new-room] summary").await;
    pick(&setup, "new-room-person", "佐藤").await;
    setup.press("[data-action=make-room]").await;
    setup
        .sees("[data-section=room] [data-notice=room-made]")
        .await;
    save(&setup).await;
    let settings = admin.settings().await;
    let group = settings.groups.iter().find(|it| it.id.as_str() == "eigyo1");
    let room = group.and_then(|group| group.room).expect("a room");
    let rooms = env.chatwork.rooms();
    let made = rooms.iter().find(|made| made.room_id == room.get());
    assert_eq!(made.expect("Chatwork has it").name, "営業一課");
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_refused_token_is_shown_on_every_page_and_tablet_until_a_valid_one_is_connected() {
    let (env, admin, setup) = open_chatwork_page().await;
    let tablet = env.paired(&admin).await;
    show(&setup, "/setup/hosts").await;
    env.chatwork.revoke_token(Office::SAMPLE_TOKEN);
    press_menu(&tablet, "parcel").await;
    setup.sees("[data-notice=alarm]").await;
    tablet.press("[data-state=cancel]").await;
    tablet.press("[data-state=done]").await;
    tablet.sees("[data-screen=menu] ").await;
    tablet.sees("[data-state=banner]").await;
    tablet.says("内線 100").await;

    setup.press("[data-notice=alarm] a").await;
    setup
        .sees("[data-page=chatwork] [data-notice=refused]")
        .await;
    setup.press("nav a[href='/setup']").await;
    setup
        .sees("[data-page=overview] [data-step='1'][data-state=bad]")
        .await;
    show(&setup, "/setup/chatwork").await;
    env.chatwork.restore_token(Office::SAMPLE_TOKEN);
    connect(&setup, Office::SAMPLE_TOKEN).await;
    setup.no_longer_sees("[data-notice=refused]").await;
    tablet.no_longer_sees("[data-state=banner]").await;
    show(&setup, "/setup/hosts").await;
    setup.no_longer_sees("[data-notice=alarm]").await;
    env.close().await;
}
