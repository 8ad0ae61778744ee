//! What the Chatwork page does besides connecting: the default room, contact requests, tests; and what
//! everybody sees when the token stops working.

use chatwork_sim::Office;
use e2e_tests::admin::Admin;
use e2e_tests::{Browser, Stage};

use crate::steps::admin::{at_the_desk, connect, pick, save, show};
use crate::steps::visitor::press_menu;

/// The sample office's Chatwork page.
async fn at_the_page() -> (Stage, Admin, Browser) {
    let (stage, admin, desk) = at_the_desk().await;
    show(&desk, "/setup/chatwork").await;
    (stage, admin, desk)
}

#[tokio::test]
async fn a_test_message_shows_that_it_arrived_and_why_it_did_not() {
    let (stage, _admin, desk) = at_the_page().await;
    desk.press("[data-action=test]").await;
    desk.sees("[data-test=arrived]").await;
    let there = stage.chatwork.messages(Office::SAMPLE_ACALL_ROOM);
    assert!(there.iter().any(|message| message.body.contains("テスト")));
    desk.sees("[data-section=traffic] [data-waiting='0']").await;
    desk.says("5 分間 300 回のうち").await;

    let out = stage
        .chatwork
        .remove_member(Office::SAMPLE_SOUMU_ROOM, Office::SAMPLE_BOT);
    out.unwrap_or_else(|error| panic!("{error:?}"));
    pick(&desk, "test-to", "総務").await;
    desk.press("[data-action=test]").await;
    desk.sees("[data-notice=test-rejected]").await;
    desk.says("Bot が参加していません").await;
    desk.press("[data-action=test-default]").await;
    desk.press("[data-action=test]").await;
    desk.sees("[data-test=arrived]").await;
    desk.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn contact_requests_are_accepted_one_or_all() {
    let (stage, _admin, desk) = at_the_page().await;
    let [first, second] = Office::SAMPLE_NON_CONTACTS;
    desk.sees("[data-action=accept-all]").await;
    desk.press(&format!("[data-request='{first}'] [data-action=accept]"))
        .await;
    desk.loses(&format!("[data-request='{first}']")).await;
    desk.sees("[data-notice=accepted]").await;
    assert!(
        stage
            .chatwork
            .direct_room(Office::SAMPLE_BOT, first)
            .is_some()
    );
    let bot = Office::SAMPLE_BOT;
    let again = stage.chatwork.remove_contact(bot, first);
    again.unwrap_or_else(|error| panic!("{error:?}"));
    let asks = stage
        .chatwork
        .request_contact(first, bot, "もう一度お願いします。");
    asks.unwrap_or_else(|error| panic!("{error:?}"));
    desk.press("[data-action=requests-again]").await;
    desk.press("[data-action=accept-all]").await;
    desk.says("2 件を承認しました").await;
    desk.sees("[data-requests=none]").await;
    for account in [first, second] {
        let chat = stage.chatwork.direct_room(bot, account);
        assert!(chat.is_some(), "{account} is a contact now");
    }
    desk.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn the_bot_makes_the_default_room_with_the_people_chosen() {
    let (stage, admin, desk) = at_the_page().await;
    desk.press("[data-new-room] summary").await;
    desk.type_into("input[name=new-room-name]", "受付の総合窓口")
        .await;
    pick(&desk, "new-room-person", "佐藤").await;
    desk.press("[data-action=make-room]").await;
    desk.sees("[data-notice=room-made]").await;
    save(&desk).await;
    let room = admin.settings().await.site.default_room.expect("a room");
    let rooms = stage.chatwork.rooms();
    let made = rooms
        .iter()
        .find(|made| made.room_id == room.get())
        .expect("Chatwork has it");
    assert_eq!(made.name, "受付の総合窓口");
    assert_eq!(made.members.len(), 2, "the bot and one person");
    desk.press("[data-action=test]").await;
    desk.sees("[data-test=arrived]").await;
    assert_eq!(stage.chatwork.messages(room.get()).len(), 1);
    desk.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn a_refused_token_alarms_every_page_and_tablet_until_a_good_one_is_connected() {
    let (stage, admin, desk) = at_the_page().await;
    let tablet = stage.paired(&admin).await;
    show(&desk, "/setup/hosts").await;
    stage.chatwork.revoke_token(Office::SAMPLE_TOKEN);
    press_menu(&tablet, "parcel").await;
    desk.sees("[data-notice=alarm]").await;
    tablet.press("[data-state=cancel]").await;
    tablet.press("[data-state=done]").await;
    tablet.sees("[data-screen=menu] ").await;
    tablet.sees("[data-state=news]").await;
    tablet.says("内線 100").await;

    desk.press("[data-notice=alarm] a").await;
    desk.sees("[data-page=chatwork] [data-notice=refused]")
        .await;
    stage.chatwork.restore_token(Office::SAMPLE_TOKEN);
    connect(&desk, Office::SAMPLE_TOKEN).await;
    desk.loses("[data-notice=refused]").await;
    tablet.loses("[data-state=news]").await;
    show(&desk, "/setup/hosts").await;
    desk.loses("[data-notice=alarm]").await;
    stage.close().await;
}
