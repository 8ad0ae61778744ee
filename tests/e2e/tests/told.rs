//! Whom the tablet names beside whom Chatwork has really told: hosts who are absent or have no account,
//! and the button that calls staff.

use chatwork_sim::{Message, Office, Staff};
use e2e_tests::admin::Admin;
use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, SOON, Stage};
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::hours::Week;
use yobirin_domain::model::settings::SettingsDocument;

use crate::desk::{show, signed_in};
use crate::visit::{
    call_in_vain, is_notified, press_menu, private_chat, search_and_pick, the_only_message,
};

/// The second of 開発一課: the first is in charge of it.
fn second() -> &'static Staff {
    let staff = Office::sample_staff().iter();
    let mut colleagues = staff.filter(|staff| staff.department == "開発一課");
    colleagues.nth(1).expect("two people work in 開発一課")
}

fn host_of<'a>(document: &'a mut SettingsDocument, staff: &Staff) -> &'a mut Host {
    let mut hosts = document.hosts.iter_mut();
    hosts
        .find(|host| host.id == host_id(staff))
        .expect("everybody of 開発一課 is a host")
}

/// The sample office after a change, and its tablet.
async fn office(change: impl FnOnce(&mut SettingsDocument)) -> (Stage, Admin, Browser) {
    let (stage, admin) = Stage::furnished().await;
    let mut document = admin.settings().await;
    change(&mut document);
    admin.save(&document).await;
    let tablet = stage.paired(&admin).await;
    (stage, admin, tablet)
}

/// Goes to the last screen before the call of a host, by their name.
async fn choose(tablet: &Browser, button: &str, staff: &Staff) {
    press_menu(tablet, button).await;
    search_and_pick(tablet, staff.kana, staff).await;
    tablet.type_into("input[id=name]", "山本 一郎").await;
    tablet
        .press("[data-screen=details] button[type=submit]")
        .await;
    tablet.sees("[data-screen=confirm]").await;
}

/// Calls, and returns what the screen says once somebody has been told.
async fn call(tablet: &Browser, told: &str) -> String {
    tablet
        .press("[data-screen=confirm] [data-state=call]")
        .await;
    is_notified(tablet).await;
    tablet.sees(&format!("[data-told={told}]")).await;
    let words = tablet.words().await;
    assert!(
        !words.contains("まもなくまいります"),
        "nobody has said so: {words}"
    );
    words
}

/// The history's only call, with this mark and these words beside it.
async fn history_says(stage: &Stage, told: &str, words: &[&str]) {
    let desk = signed_in(stage).await;
    show(&desk, "/setup/history").await;
    desk.sees(&format!(".call[data-told={told}] .badge")).await;
    for words in words {
        desk.says(words).await;
    }
}

/// The message in a room that the visitor's call has led to.
async fn message_in(stage: &Stage, room: u64) -> Message {
    let visit = |message: &Message| message.body.contains("山本 一郎");
    let message = stage.chatwork.wait_for(room, visit, SOON).await;
    message.unwrap_or_else(|error| panic!("{room} was not told: {error:?}"))
}

#[tokio::test]
async fn for_a_host_without_account_those_in_charge_are_told_and_the_screen_names_the_group() {
    let (stage, _admin, tablet) = office(|d| host_of(d, second()).account = None).await;
    choose(&tablet, "search", second()).await;
    tablet.sees(".instead[data-told=group]").await;
    tablet.says("開発一課にお知らせします").await;
    let words = call(&tablet, "group").await;
    assert!(words.contains("開発一課にお知らせしました"), "{words}");
    assert!(!words.contains(second().name), "not told: {words}");

    let message = the_only_message(&stage.chatwork, Office::SAMPLE_KAIHATSU_ROOM).await;
    assert_eq!(message.mentions, [someone_of("開発一課").account_id]);
    let why = format!(
        "（{}さんのChatworkアカウントが未登録のため、",
        second().name
    );
    assert!(message.body.contains(&why), "{}", message.body);
    history_says(&stage, "group", &["部署に通知済み", "アカウントID がない"]).await;
    stage.close().await;
}

#[tokio::test]
async fn where_nobody_can_be_mentioned_the_screen_names_the_room_and_the_history_says_so() {
    let (stage, _admin, tablet) = office(|d| {
        host_of(d, second()).account = None;
        for group in &mut d.groups {
            group.in_charge.clear();
        }
    })
    .await;
    choose(&tablet, "search", second()).await;
    let words = call(&tablet, "group-room").await;
    assert!(words.contains("開発部にお知らせしました"), "{words}");
    assert!(words.contains("内線 100"), "nobody may notice: {words}");
    assert!(!words.contains(second().name), "not told: {words}");

    let message = the_only_message(&stage.chatwork, Office::SAMPLE_KAIHATSU_ROOM).await;
    assert!(message.mentions.is_empty(), "{:?}", message.mentions);
    let said = ["ルームに送信（To なし）", "誰にも To が付きません"];
    history_says(&stage, "group-room", &said).await;
    stage.close().await;
}

#[tokio::test]
async fn an_absent_hosts_delegate_is_named_before_and_after_the_call_and_told_why() {
    let deputy = someone_of("開発二課");
    let (stage, _admin, tablet) = office(|d| {
        let host = host_of(d, second());
        host.absent_until = "2099-12-31".parse().ok();
        host.delegates = vec![host_id(deputy)];
    })
    .await;
    press_menu(&tablet, "search").await;
    tablet.type_into("input[type=text]", second().kana).await;
    let mark = format!("[data-host={}] [data-absent]", host_id(second()));
    tablet.sees(&mark).await;
    tablet.press("[data-state=home]").await;

    choose(&tablet, "search", second()).await;
    tablet.sees(".instead[data-told=deputies]").await;
    let (absent, name) = (second().name, deputy.name);
    tablet
        .says(&format!("{absent}はただいま不在です。ご本人と{name}に"))
        .await;
    let words = call(&tablet, "deputies").await;
    let said = format!("{absent}は不在のため、{name}にお知らせしました");
    assert!(words.contains(&said), "{words}");

    let why = format!("（{absent}さんは不在のため、代理の方へお知らせしています）");
    let to_deputy = message_in(&stage, private_chat(&stage.chatwork, deputy)).await;
    assert!(to_deputy.body.contains(&why), "{}", to_deputy.body);
    let to_host = message_in(&stage, private_chat(&stage.chatwork, second())).await;
    assert!(!to_host.body.contains("不在"), "{}", to_host.body);
    history_says(
        &stage,
        "deputies",
        &["代理に通知済み", "不在のため、代理の"],
    )
    .await;
    stage.close().await;
}

#[tokio::test]
async fn an_absent_host_for_whom_nobody_stands_in_is_said_to_be_absent() {
    let (stage, _admin, tablet) = office(|d| {
        host_of(d, second()).absent_until = "2099-12-31".parse().ok();
        host_of(d, second()).visitor_message = "すぐに伺います".to_owned();
    })
    .await;
    choose(&tablet, "search", second()).await;
    tablet.sees(".instead[data-told=absent-host]").await;
    let words = call(&tablet, "absent-host").await;
    assert!(
        words.contains(&format!("{}は不在です", second().name)),
        "{words}"
    );
    assert!(words.contains("内線 100"), "{words}");
    assert!(!words.contains("すぐに伺います"), "they are away: {words}");
    message_in(&stage, private_chat(&stage.chatwork, second())).await;
    history_says(&stage, "absent-host", &["不在の人にのみ通知"]).await;
    stage.close().await;
}

#[tokio::test]
async fn one_tap_on_the_staff_button_rings_the_default_room_once() {
    let (stage, _admin, tablet) = office(|_| {}).await;
    tablet.says("スタッフを呼ぶ").await;
    tablet
        .press_twice("[data-state=staff][data-help=ring]")
        .await;
    is_notified(&tablet).await;
    tablet.says("スタッフにお知らせしました").await;
    tablet.says("内線 100").await;
    tablet.press("[data-state=staff]").await;
    let message = the_only_message(&stage.chatwork, Office::SAMPLE_ACALL_ROOM).await;
    assert!(
        message.body.contains("お呼び出し：スタッフ"),
        "{}",
        message.body
    );
    history_says(&stage, "staff-room", &["スタッフを呼ぶ"]).await;
    stage.close().await;
}

#[tokio::test]
async fn staff_who_cannot_be_called_yet_are_not_said_to_have_been() {
    let (mut stage, _admin, tablet) = office(|_| {}).await;
    stage.relay.stop().await;
    tablet.press("[data-state=staff]").await;
    tablet.sees("[data-screen=waiting]").await;
    tablet
        .says("スタッフに届いたかどうか、まだ確認できていません")
        .await;
    tablet.says("内線 100").await;
    stage.relay.start_again().await;
    is_notified(&tablet).await;
    the_only_message(&stage.chatwork, Office::SAMPLE_ACALL_ROOM).await;
    stage.close().await;
}

#[tokio::test]
async fn outside_opening_hours_the_staff_button_only_shows_the_telephone() {
    let (stage, admin, tablet) = office(|_| {}).await;
    let mut document = admin.settings().await;
    document.site.opening_hours = Some(Week::default());
    admin.save(&document).await;
    tablet.press("[data-state=rest]").await;
    tablet.press("[data-state=staff][data-help=phone]").await;
    tablet.sees("dialog[open]").await;
    tablet.says("内線 100").await;
    tablet.press("[data-state=close]").await;

    document.site.contact.phone.clear();
    admin.save(&document).await;
    tablet.loses("[data-state=staff]").await;
    let words = tablet.words().await;
    assert!(!words.contains("お近くの"), "nobody may be there: {words}");
    let told = stage.chatwork.messages(Office::SAMPLE_ACALL_ROOM);
    assert!(told.is_empty(), "{told:?}");
    stage.close().await;
}

#[tokio::test]
async fn a_call_that_was_stored_without_an_answer_is_not_said_to_have_been_dropped() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    call_in_vain(&mut stage, &tablet).await;
    let waiting = tablet.words().await;
    assert!(!waiting.contains("まだお知らせできていません"), "{waiting}");
    stage.relay.start_again().await;
    is_notified(&tablet).await;
    stage.close().await;
}
