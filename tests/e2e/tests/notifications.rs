//! The people that the tablet names compared with the messages in Chatwork: absent hosts, hosts without account,
//! and the staff button.

use chatwork_sim::{Message, Office, Staff};
use e2e_tests::admin::Admin;
use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, TestEnv, WAIT_TIMEOUT};
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::hours::Week;
use yobirin_domain::model::settings::SettingsDocument;

use crate::steps::admin::{show, signed_in};
use crate::steps::visitor::{
    await_notified, call_while_relay_is_down, only_message, press_menu, private_chat,
    search_and_pick,
};

/// The second employee of Development Section 1 (開発一課), whose first is in charge.
fn second_employee() -> &'static Staff {
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

/// The sample office with changed settings, and its tablet.
async fn start_with(change: impl FnOnce(&mut SettingsDocument)) -> (TestEnv, Admin, Browser) {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    change(&mut document);
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    (env, admin, tablet)
}

/// Chooses a host by name, up to the confirmation screen.
async fn choose_host(tablet: &Browser, button: &str, staff: &Staff) {
    press_menu(tablet, button).await;
    search_and_pick(tablet, staff.kana, staff).await;
    tablet.type_into("input[id=name]", "山本 一郎").await;
    tablet
        .press("[data-screen=details] button[type=submit]")
        .await;
    tablet.sees("[data-screen=confirm]").await;
}

/// Calls; returns the text of the screen after delivery.
async fn call_and_read_screen(tablet: &Browser, whom: &str) -> String {
    tablet
        .press("[data-screen=confirm] [data-state=call]")
        .await;
    await_notified(tablet).await;
    tablet.sees(&format!("[data-notified={whom}]")).await;
    let words = tablet.text().await;
    assert!(
        !words.contains("まもなくまいります"),
        "no such claim before delivery: {words}"
    );
    words
}

/// The history's only call has this badge and these texts.
async fn history_shows(env: &TestEnv, whom: &str, words: &[&str]) {
    let setup = signed_in(env).await;
    show(&setup, "/setup/history").await;
    setup
        .sees(&format!(".call[data-notified={whom}] .badge"))
        .await;
    for words in words {
        setup.says(words).await;
    }
}

/// Waits for the message of the visitor's call in this room.
async fn message_of_call(env: &TestEnv, room: u64) -> Message {
    let visit = |message: &Message| message.body.contains("山本 一郎");
    let message = env
        .chatwork
        .wait_for_message(room, visit, WAIT_TIMEOUT)
        .await;
    message.unwrap_or_else(|error| panic!("no message in room {room}: {error:?}"))
}

#[tokio::test]
async fn a_host_without_account_notifies_the_hosts_in_charge_and_the_screen_names_the_group() {
    let (env, _admin, tablet) = start_with(|d| host_of(d, second_employee()).account = None).await;
    choose_host(&tablet, "search", second_employee()).await;
    tablet.sees(".recipient-note[data-notified=group]").await;
    tablet.says("開発一課にお知らせします").await;
    let words = call_and_read_screen(&tablet, "group").await;
    assert!(words.contains("開発一課にお知らせしました"), "{words}");
    assert!(
        !words.contains(second_employee().name),
        "not notified: {words}"
    );

    let message = only_message(&env.chatwork, Office::SAMPLE_KAIHATSU_ROOM).await;
    assert_eq!(message.mentions, [someone_of("開発一課").account_id]);
    let why = format!(
        "（{}さんのChatworkアカウントが未登録のため、",
        second_employee().name
    );
    assert!(message.body.contains(&why), "{}", message.body);
    history_shows(
        &env,
        "group",
        &["グループに通知済み", "アカウントID がない"],
    )
    .await;
    env.close().await;
}

#[tokio::test]
async fn without_anybody_to_mention_the_screen_names_the_room_and_the_history_records_it() {
    let (env, _admin, tablet) = start_with(|d| {
        host_of(d, second_employee()).account = None;
        for group in &mut d.groups {
            group.in_charge.clear();
        }
    })
    .await;
    choose_host(&tablet, "search", second_employee()).await;
    let words = call_and_read_screen(&tablet, "group-room").await;
    assert!(words.contains("開発部にお知らせしました"), "{words}");
    assert!(
        words.contains("内線 100"),
        "the screen says that nobody may notice: {words}"
    );
    assert!(
        !words.contains(second_employee().name),
        "not notified: {words}"
    );

    let message = only_message(&env.chatwork, Office::SAMPLE_KAIHATSU_ROOM).await;
    assert!(message.mentions.is_empty(), "{:?}", message.mentions);
    let expected = ["ルームに送信（To なし）", "誰にも To が付きません"];
    history_shows(&env, "group-room", &expected).await;
    env.close().await;
}

/// Makes the second employee absent, with this delegate.
fn make_absent(document: &mut SettingsDocument, deputy: &Staff) {
    let host = host_of(document, second_employee());
    host.absent_until = "2099-12-31".parse().ok();
    host.delegates = vec![host_id(deputy)];
}

#[tokio::test]
async fn an_absent_hosts_delegate_is_named_on_the_screen_and_notified_with_the_reason() {
    let deputy = someone_of("開発二課");
    let (env, _admin, tablet) = start_with(|d| make_absent(d, deputy)).await;
    press_menu(&tablet, "search").await;
    tablet
        .type_into("input[type=text]", second_employee().kana)
        .await;
    let mark = format!("[data-host={}] [data-absent]", host_id(second_employee()));
    tablet.sees(&mark).await;
    tablet.press("[data-state=home]").await;

    choose_host(&tablet, "search", second_employee()).await;
    tablet
        .sees(".recipient-note[data-notified=delegates]")
        .await;
    let (absent, name) = (second_employee().name, deputy.name);
    tablet
        .says(&format!("{absent}はただいま不在です。ご本人と{name}に"))
        .await;
    let words = call_and_read_screen(&tablet, "delegates").await;
    let notice = format!("{absent}は不在のため、{name}にお知らせしました");
    assert!(words.contains(&notice), "{words}");

    let why = format!("（{absent}さんは不在のため、代理の方へお知らせしています）");
    let to_deputy = message_of_call(&env, private_chat(&env.chatwork, deputy)).await;
    assert!(to_deputy.body.contains(&why), "{}", to_deputy.body);
    let to_host = message_of_call(&env, private_chat(&env.chatwork, second_employee())).await;
    assert!(!to_host.body.contains("不在"), "{}", to_host.body);
    history_shows(&env, "delegates", &["代理に通知済み", "不在のため、代理の"]).await;
    env.close().await;
}

#[tokio::test]
async fn the_form_names_an_absent_host_s_delegate_before_the_visitor_types() {
    let deputy = someone_of("開発二課");
    let (env, _admin, tablet) = start_with(|d| make_absent(d, deputy)).await;
    press_menu(&tablet, "search").await;
    search_and_pick(&tablet, second_employee().kana, second_employee()).await;
    tablet
        .sees("[data-screen=details] .recipient-note[data-notified=delegates]")
        .await;
    tablet.says("はただいま不在です").await;
    tablet.says(deputy.name).await;
    env.close().await;
}

#[tokio::test]
async fn an_absent_host_without_delegate_is_shown_as_absent() {
    let (env, _admin, tablet) = start_with(|d| {
        host_of(d, second_employee()).absent_until = "2099-12-31".parse().ok();
        host_of(d, second_employee()).visitor_message = "すぐに伺います".to_owned();
    })
    .await;
    choose_host(&tablet, "search", second_employee()).await;
    tablet
        .sees(".recipient-note[data-notified=absent-host]")
        .await;
    let words = call_and_read_screen(&tablet, "absent-host").await;
    assert!(
        words.contains(&format!("{}は不在です", second_employee().name)),
        "{words}"
    );
    assert!(words.contains("内線 100"), "{words}");
    assert!(
        !words.contains("すぐに伺います"),
        "the screen says that the host is absent: {words}"
    );
    message_of_call(&env, private_chat(&env.chatwork, second_employee())).await;
    history_shows(&env, "absent-host", &["不在の人にのみ通知"]).await;
    env.close().await;
}

#[tokio::test]
async fn the_staff_button_notifies_the_default_room_once() {
    let (env, _admin, tablet) = start_with(|_| {}).await;
    tablet.says("スタッフを呼ぶ").await;
    tablet
        .press_twice("[data-state=staff][data-help=ring]")
        .await;
    await_notified(&tablet).await;
    tablet.says("スタッフにお知らせしました").await;
    tablet.says("内線 100").await;
    tablet.sees("[data-state=staff][aria-disabled=true]").await;
    tablet.press("[data-state=staff]").await;
    let message = only_message(&env.chatwork, Office::SAMPLE_DEFAULT_ROOM).await;
    assert!(
        message.body.contains("お呼び出し：スタッフ"),
        "{}",
        message.body
    );
    history_shows(&env, "staff-room", &["スタッフを呼ぶ"]).await;
    env.close().await;
}

#[tokio::test]
async fn staff_are_not_shown_as_called_before_the_call_is_delivered() {
    let (mut env, _admin, tablet) = start_with(|_| {}).await;
    env.relay.stop().await;
    tablet.press("[data-state=staff]").await;
    tablet.sees("[data-screen=waiting]").await;
    tablet
        .says("スタッフに届いたかどうか、まだ確認できていません")
        .await;
    tablet.says("内線 100").await;
    env.relay.restart().await;
    await_notified(&tablet).await;
    only_message(&env.chatwork, Office::SAMPLE_DEFAULT_ROOM).await;
    env.close().await;
}

#[tokio::test]
async fn outside_opening_hours_the_staff_button_shows_only_the_phone_number() {
    let (env, admin, tablet) = start_with(|_| {}).await;
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
    tablet.no_longer_sees("[data-state=staff]").await;
    let words = tablet.text().await;
    assert!(
        !words.contains("お近くの"),
        "the screen says that nobody may be there: {words}"
    );
    let messages = env.chatwork.messages(Office::SAMPLE_DEFAULT_ROOM);
    assert!(messages.is_empty(), "{messages:?}");
    env.close().await;
}

#[tokio::test]
async fn a_stored_call_without_a_response_is_not_shown_as_dropped() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    call_while_relay_is_down(&mut env, &tablet).await;
    let waiting = tablet.text().await;
    assert!(!waiting.contains("まだお知らせできていません"), "{waiting}");
    env.relay.restart().await;
    await_notified(&tablet).await;
    env.close().await;
}
