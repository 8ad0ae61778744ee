//! Page of alarms in set-up: the room for alarms, test messages to it, incidents without a post, and the last backup.

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use e2e_tests::TestEnv;

use crate::steps::admin::{open_setup, pick, save, show, sign_in};

#[tokio::test]
async fn the_room_for_alarms_is_chosen_and_tested_and_each_failure_is_explained() {
    let (env, admin, setup) = open_setup().await;
    show(&setup, "/setup/alarms").await;
    setup.sees("[data-open-incidents=none]").await;
    setup.sees("[data-notice=no-alarm-room]").await;
    setup.sees("[data-alarm-webhook=off]").await;
    setup
        .sees("[data-action=test-room][aria-disabled=true]")
        .await;
    pick(&setup, "alarm-room", "総務").await;
    setup
        .says("ルームの変更を保存すると、テストを送れます。")
        .await;
    setup.choose("select[name=backup-days]", "2").await;
    save(&setup).await;
    let alarms = admin.settings().await.site.alarms;
    assert_eq!(alarms.room.map(u64::from), Some(Office::SAMPLE_SOUMU_ROOM));
    assert_eq!(alarms.backup_days, Some(2));

    setup
        .press("[data-action=test-room][aria-disabled=false]")
        .await;
    setup.sees("[data-test=arrived]").await;
    let removal = env
        .chatwork
        .remove_member(Office::SAMPLE_SOUMU_ROOM, Office::SAMPLE_BOT);
    removal.expect("the bot was in the room");
    setup.press("[data-action=test-room]").await;
    setup.sees("[data-notice=test-rejected]").await;
    setup.says("Bot が参加していません").await;
    env.chatwork.revoke_token(Office::SAMPLE_TOKEN);
    setup.press("[data-action=test-room]").await;
    // The banner above every page says that Chatwork refuses the token.
    setup.sees("[data-notice=alarm]").await;

    show(&setup, "/setup/versions").await;
    setup.press("[data-action=show-version]").await;
    setup.says("異常のお知らせ › バックアップの期限").await;
    setup.says("2 日").await;
    env.close().await;
}

#[tokio::test]
async fn the_room_picker_says_that_the_rooms_cannot_be_loaded_and_takes_a_number() {
    let (env, _admin) = TestEnv::configured().await;
    let fault = Fault::new(Effect::ServerError { status: 500 });
    let fault = fault.on(RequestFilter::to("GET", "/rooms"));
    let fault_id = env.chatwork.inject(fault);
    let setup = env.setup_browser().await;
    setup.expect_errors();
    setup.open("/setup").await;
    sign_in(&setup).await;
    show(&setup, "/setup/alarms").await;
    setup.type_into("input[name=alarm-room]", "総務").await;
    setup.says("いま Chatwork から一覧を読み込めません。").await;
    setup.screenshot("rooms-not-loaded").await;
    let room = Office::SAMPLE_SOUMU_ROOM.to_string();
    pick(&setup, "alarm-room", &room).await;
    setup.sees("[data-chosen=alarm-room]").await;
    env.chatwork.remove_fault(fault_id);
    setup.reload().await;
    show(&setup, "/setup/alarms").await;
    pick(&setup, "alarm-room", "総務").await;
    setup.says(&room).await;
    env.close().await;
}

#[tokio::test]
async fn the_health_check_leads_an_office_with_a_paired_tablet_to_choose_a_room_for_alarms() {
    let (env, admin, setup) = open_setup().await;
    let _tablet = env.paired(&admin).await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-busy=false]").await;
    setup
        .press("[data-finding=no-alarm-room] [data-action=open]")
        .await;
    setup.sees("[data-page=alarms]").await;
    setup
        .until("return document.activeElement.name === 'alarm-room'")
        .await;
    env.close().await;
}

#[tokio::test]
async fn the_overview_shows_the_last_backup_once_one_was_made() {
    let (env, _admin, setup) = open_setup().await;
    setup
        .sees("[data-section=backup] [data-backup=missing]")
        .await;
    setup.press("[data-help=backup] summary").await;
    setup.says("Yobirin を設置した人に").await;
    setup.press("[data-help=backup-commands] summary").await;
    setup
        .says("systemctl enable --now yobirin-backup.timer")
        .await;
    env.back_up().await;
    setup.sees("[data-section=backup] [data-backup=good]").await;
    setup.says("最後のバックアップ：").await;
    show(&setup, "/setup/alarms").await;
    setup.sees("[data-section=backup] [data-backup=good]").await;
    env.close().await;
}

#[tokio::test]
async fn without_a_room_for_alarms_the_overview_shows_open_incidents() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.alarms.backup_days = Some(1);
    admin.save(&document).await;
    let setup = crate::steps::admin::signed_in(&env).await;
    setup
        .sees("[data-notice=unposted-incidents] [data-reason=no-room]")
        .await;
    setup
        .sees("[data-notice=unposted-incidents] [data-condition=backup_old]")
        .await;
    setup.press("[data-action=alarms]").await;
    setup
        .sees("[data-page=alarms] [data-condition=backup_old][data-post=no-room]")
        .await;
    env.back_up().await;
    setup.sees("[data-backup=good]").await;
    setup.sees("[data-open-incidents=none]").await;
    env.close().await;
}
