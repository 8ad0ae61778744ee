//! Findings and repairs of the doctor.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, Role};
use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Size, TestEnv};
use yobirin_api::device::Heartbeat;

use crate::steps::admin::{open_navigation, save, show, signed_in};

/// End of the sentence about Chatwork's limit, after the time at which it is free again.
const AFTER_LIMIT: &str =
    "を過ぎたら、もう一度お試しください。来訪者の呼び出しは優先して送信します。";

#[tokio::test]
async fn the_doctor_finds_a_room_without_the_bot_and_removes_it() {
    let (env, admin) = TestEnv::configured().await;
    let removal = env
        .chatwork
        .remove_member(Office::SAMPLE_SOUMU_ROOM, Office::SAMPLE_BOT);
    removal.expect("the bot was in the room");
    let setup = signed_in(&env).await;
    setup.sees("[data-notice=worst]").await;
    show(&setup, "/setup/doctor").await;
    setup
        .sees("[data-severity=broken] [data-finding=dead-room]")
        .await;
    setup.says("総務").await;
    setup.sees("[data-busy=false]").await;
    // Only severities that are shown are explained.
    setup
        .until(
            "const text = document.querySelector('[data-levels]').textContent;
             return [['broken', '通知が届きません'], ['risk', '来訪のときに困る'], ['hint', '確認しておくと']]
                 .every(([severity, words]) => text.includes(words) === !!document.querySelector(`[data-severity=${severity}]`));",
        )
        .await;
    setup
        .press("[data-finding=dead-room] [data-action=drop-room]")
        .await;
    setup.no_longer_sees("[data-finding=dead-room]").await;
    save(&setup).await;
    let settings = admin.settings().await;
    let soumu = settings
        .groups
        .iter()
        .find(|group| group.id.as_str() == "soumu");
    assert_eq!(soumu.expect("総務 is there").room, None);
    env.close().await;
}

#[tokio::test]
async fn the_overview_counts_the_same_problems_in_both_languages() {
    let (env, _admin) = TestEnv::configured().await;
    // One problem that only the members of the room show.
    let left = env
        .chatwork
        .remove_member(Office::SAMPLE_SOUMU_ROOM, someone_of("総務").account_id);
    left.expect("they were in the room");
    let setup = signed_in(&env).await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-finding=not-in-room]").await;
    setup.sees("[data-busy=false]").await;
    let problems = setup
        .all_now(":not([data-severity=note]) > ul > [data-finding]")
        .await
        .len();
    open_navigation(&setup).await;
    setup.press("nav a[href='/setup']").await;
    setup
        .says(&format!("診断で気になる点が {problems} 件見つかりました。"))
        .await;
    setup.press("[data-language=en]").await;
    setup
        .says(&format!("The health check found {problems} problems."))
        .await;
    env.close().await;
}

#[tokio::test]
async fn the_doctor_says_that_staff_are_called_without_a_mention_and_who_reads_the_common_room() {
    let (env, _admin) = TestEnv::configured().await;
    let setup = signed_in(&env).await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-busy=false]").await;
    setup
        .sees("[data-severity=note] [data-finding=read-in-default-room]")
        .await;
    let problems = setup
        .all_now(":not([data-severity=note]) > ul > [data-finding]")
        .await;
    let found = format!("気になる点が {} 件見つかりました", problems.len());
    setup.says(&found).await;
    setup
        .press("[data-severity=risk] [data-finding=staff-unmentioned] [data-action=open]")
        .await;
    setup.sees("[data-page=groups]").await;
    env.close().await;
}

#[tokio::test]
async fn the_doctor_replaces_a_wrong_account_by_the_only_one_of_that_name() {
    let (env, admin) = TestEnv::configured().await;
    let staff = someone_of("総務");
    let mut settings = admin.settings().await;
    let mut hosts = settings.hosts.iter_mut();
    let host = hosts
        .find(|host| host.id == host_id(staff))
        .expect("the host is there");
    host.account = Some(1_234_567_u64.try_into().expect("an account"));
    admin.save(&settings).await;
    let setup = signed_in(&env).await;
    show(&setup, "/setup/doctor").await;
    setup
        .press("[data-finding=unknown-account] [data-action=set-account]")
        .await;
    setup.no_longer_sees("[data-finding=unknown-account]").await;
    save(&setup).await;
    let settings = admin.settings().await;
    let host = settings.hosts.iter().find(|host| host.id == host_id(staff));
    let account = host.and_then(|host| host.account).map(u64::from);
    assert_eq!(account, Some(staff.account_id));
    env.close().await;
}

#[tokio::test]
async fn the_doctor_accepts_a_contact_request() {
    let (env, _admin) = TestEnv::configured().await;
    let staff = someone_of("開発一課");
    let parted = env
        .chatwork
        .remove_contact(Office::SAMPLE_BOT, staff.account_id);
    parted.expect("they were contacts");
    let asked = env
        .chatwork
        .request_contact(staff.account_id, Office::SAMPLE_BOT, "");
    asked.expect("they may ask again");
    let setup = signed_in(&env).await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-busy=false]").await;
    let cards = format!(
        "[...document.querySelectorAll('[data-finding=not-a-contact]')]\
         .filter(card => card.textContent.includes('{}'))",
        staff.name
    );
    setup.until(&format!("return {cards}.length === 1")).await;
    setup
        .script(&format!(
            "const button = {cards}[0].querySelector('[data-action=accept]'); button.focus(); button.click()"
        ))
        .await;
    setup.until(&format!("return {cards}.length === 0")).await;
    // The card stays where it was, with the confirmation, and the focus on the pressed button.
    let confirmed = format!(
        "const card = document.activeElement.closest('[data-repaired=not-a-contact]');
         return document.activeElement.dataset.action === 'accept' && card.textContent.includes('{}')
             && card.textContent.includes('承認しました。ダイレクトで')",
        staff.name
    );
    setup.until(&confirmed).await;
    let room = env
        .chatwork
        .direct_room(Office::SAMPLE_BOT, staff.account_id);
    assert!(
        room.is_some(),
        "the bot has a private chat with {}",
        staff.name
    );
    env.close().await;
}

#[tokio::test]
async fn the_doctor_leads_to_the_hosts_without_furigana_and_to_the_exit_pin() {
    let (env, admin) = TestEnv::configured().await;
    let _tablet = env.paired(&admin).await;
    let staff = someone_of("総務");
    let mut settings = admin.settings().await;
    let mut hosts = settings.hosts.iter_mut();
    let host = hosts.find(|host| host.id == host_id(staff));
    host.expect("the host is there").kana.clear();
    admin.save(&settings).await;
    let setup = signed_in(&env).await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-busy=false]").await;
    setup
        .press("[data-finding=no-exit-pin] [data-action=open]")
        .await;
    setup
        .until("return document.activeElement?.name === 'exit-pin'")
        .await;
    show(&setup, "/setup/doctor").await;
    setup
        .press("[data-finding=no-furigana] [data-action=open]")
        .await;
    setup.sees("[data-page=hosts]").await;
    let only = format!(
        "const rows = [...document.querySelectorAll('[data-table=hosts] [data-host]')];
         return document.querySelector('[name=filter]').value === 'no-furigana'
           && rows.map(row => row.dataset.host).join() === '{}'",
        host_id(staff)
    );
    setup.until(&only).await;
    env.close().await;
}

#[tokio::test]
async fn the_doctor_names_a_silent_tablet_and_leads_to_it() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    // Another page sends no heartbeats; then nine minutes pass.
    tablet.open("/setup").await;
    tablet.sees("[data-page=sign-in]").await;
    admin.until_offline(TABLET).await;
    let age = Duration::from_secs(9 * 60);
    env.record_old_heartbeat(TABLET, &Heartbeat::default(), age)
        .await;
    let setup = signed_in(&env).await;
    setup.sees("[data-notice=silent-tablets]").await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-busy=false]").await;
    setup
        .sees("[data-severity=risk] [data-finding=silent-tablet]")
        .await;
    setup.says("から応答がありません。").await;
    setup.screenshot("doctor-silent-tablet").await;
    setup
        .press("[data-finding=silent-tablet] [data-action=open]")
        .await;
    setup.sees("[data-page=device] [data-notice=silent]").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn the_doctor_says_when_chatworks_limit_is_used_up_and_when_to_check_again() {
    let (env, _admin) = TestEnv::configured().await;
    let setup = signed_in(&env).await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-busy=false]").await;
    setup.expect_errors();
    env.chatwork.inject(Fault::new(Effect::GeneralLimit).once());
    setup.press("[data-action=examine]").await;
    setup.sees("[data-notice=limited]").await;
    setup.sees("[data-busy=false]").await;
    setup
        .says("ルームや人を確認しきれませんでした。Chatwork の利用制限（5 分間に 300 回）に達しています。")
        .await;
    setup.says(AFTER_LIMIT).await;
    for wrong in ["[data-finding=dead-room]", "[data-notice=well]"] {
        setup.no_longer_sees(wrong).await;
    }
    setup.screenshot("doctor-limited").await;
    env.close().await;
}

#[tokio::test]
async fn a_used_up_limit_reads_alike_wherever_a_list_of_chatwork_is_missing() {
    let (env, _admin) = TestEnv::configured().await;
    let setup = signed_in(&env).await;
    show(&setup, "/setup/groups").await;
    setup.expect_errors();
    env.chatwork.inject(Fault::new(Effect::GeneralLimit).once());
    setup.reload().await;
    for (page, notice, retry) in [
        ("people", "unread", "read-again"),
        ("alarms", "failed", "retry"),
        ("chatwork", "failed", "retry"),
    ] {
        setup.open(&format!("/setup/{page}")).await;
        let retry = format!("[data-notice={notice}] [data-action={retry}]");
        setup.sees(&retry).await;
        setup
            .says("Chatwork の利用制限（5 分間に 300 回）に達しています。")
            .await;
        setup.says(AFTER_LIMIT).await;
    }
    env.close().await;
}

#[tokio::test]
async fn the_doctor_names_a_bot_and_a_host_who_may_only_read_a_room() {
    let (env, _admin) = TestEnv::configured().await;
    let (room, staff) = (Office::SAMPLE_SOUMU_ROOM, someone_of("総務"));
    for account in [Office::SAMPLE_BOT, staff.account_id] {
        let changed = env.chatwork.set_member(room, account, Role::Readonly);
        changed.expect("they are in the room");
    }
    let setup = signed_in(&env).await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-busy=false]").await;
    setup
        .sees("[data-severity=broken] [data-finding=bot-cannot-post]")
        .await;
    setup
        .sees("[data-severity=risk] [data-finding=cannot-answer]")
        .await;
    setup
        .says(&format!(
            "ルーム「総務ルーム」で、{}さんは閲覧のみの権限です。",
            staff.name
        ))
        .await;
    setup.screenshot("doctor-read-only").await;
    env.close().await;
}

#[tokio::test]
async fn the_page_of_a_group_names_its_people_who_are_not_in_its_room() {
    let (env, _admin) = TestEnv::configured().await;
    let (room, staff) = (Office::SAMPLE_SOUMU_ROOM, someone_of("総務"));
    let left = env.chatwork.remove_member(room, staff.account_id);
    left.expect("they were in the room");
    let setup = signed_in(&env).await;
    show(&setup, "/setup/groups").await;
    setup.press_button("総務").await;
    let finding = "[data-section=room] [data-finding=not-in-room]";
    setup.sees(finding).await;
    setup
        .until(&format!(
            "return document.querySelector('{finding}').innerText.includes('{}')",
            staff.name
        ))
        .await;
    setup.assert_accessible("group with a finding").await;
    let show_finding =
        format!("document.querySelector('{finding}').scrollIntoView({{ block: 'center' }})");
    setup.script(&show_finding).await;
    setup.screenshot("group-not-in-room").await;
    setup.resize(Size::PHONE).await;
    setup.assert_no_overflow().await;
    setup.script(&show_finding).await;
    setup.screenshot("group-not-in-room-phone").await;

    let joined = env
        .chatwork
        .set_member(room, staff.account_id, Role::Member);
    joined.expect("room and account are there");
    setup
        .press("[data-section=room] [data-action=examine-room]")
        .await;
    setup.no_longer_sees(finding).await;
    setup.assert_clean_console().await;
    env.close().await;
}
