//! The first path, all by clicking: from the printed link to a visitor's call in the right room.

use chatwork_sim::{Office, Staff};
use e2e_tests::office::someone_of;
use e2e_tests::{Browser, Stage};

use crate::steps::admin::{
    add_group, add_host, at_the_desk, choose_password, connect, is_saved, new_device, pairing_code,
    pick, save, show,
};
use crate::steps::visitor::{introduce_and_call, is_notified, the_only_message};

#[tokio::test]
async fn an_office_is_entered_by_hand_and_receives_its_first_visitor() {
    let (stage, desk) = a_desk_with_a_bot().await;
    pick(&desk, "default-room", "acall").await;
    save(&desk).await;

    the_seeds_groups(&desk).await;
    let host = someone_of("開発一課");
    add_host(&desk, host, &aid_quote(host), &["開発一課"]).await;
    save(&desk).await;
    preview_shows_why(&desk).await;

    new_device(&desk, "1F 受付").await;
    save(&desk).await;
    let code = pairing_code(&desk).await;
    let tablet = stage.tablet().await;
    tablet.open("/").await;
    tablet.sees("[data-screen=pairing]").await;
    tablet
        .type_into("input", &code.to_lowercase().replace('-', " "))
        .await;
    tablet.press("button[type=submit]").await;
    tablet.sees("[data-screen=menu]").await;

    the_first_visit(&stage, &tablet, &desk).await;

    desk.open(&stage.chatwork.url()).await;
    desk.press(&format!("[data-room='{}']", Office::SAMPLE_KAIHATSU_ROOM))
        .await;
    desk.says("山本 一郎").await;
    desk.picture("chatwork-notification").await;
    stage.close().await;
}

#[tokio::test]
async fn disconnecting_asks_first_and_says_what_stops() {
    let (stage, desk) = a_desk_with_a_bot().await;
    desk.press("[data-action=disconnect]").await;
    desk.sees("[data-dialog=disconnect]").await;
    desk.press("[data-dialog=disconnect] [data-action=cancel]")
        .await;
    desk.sees("[data-bot]").await;
    desk.press("[data-action=disconnect]").await;
    desk.press("[data-dialog=disconnect] [data-action=confirm]")
        .await;
    desk.loses("[data-bot]").await;
    desk.sees("input[name=token]").await;
    stage.close().await;
}

#[tokio::test]
async fn what_two_admins_changed_in_different_places_is_kept_from_both() {
    let (stage, admin, desk) = at_the_desk().await;
    show(&desk, "/setup/site").await;
    desk.type_into("input[name=contact-phone]", "内線 200")
        .await;

    let mut theirs = admin.settings().await;
    theirs.hosts[0].visitor_message = "2 階のラウンジへどうぞ".to_owned();
    admin.save(&theirs).await;

    save(&desk).await;
    let kept = admin.settings().await;
    assert_eq!(
        kept.hosts[0].visitor_message, "2 階のラウンジへどうぞ",
        "their change is still there"
    );
    assert_eq!(kept.site.contact.phone, "内線 200", "and ours is too");
    stage.close().await;
}

#[tokio::test]
async fn what_two_admins_changed_in_the_same_place_is_asked_about() {
    let (stage, admin, desk) = at_the_desk().await;
    show(&desk, "/setup/site").await;
    desk.type_into("input[name=contact-phone]", "内線 200")
        .await;

    let mut theirs = admin.settings().await;
    theirs.site.contact.phone = "内線 300".to_owned();
    admin.save(&theirs).await;

    desk.press("[data-action=save]").await;
    desk.sees("[data-save=clash]").await;
    assert_eq!(
        admin.settings().await.site.contact.phone,
        "内線 300",
        "nothing is overwritten"
    );
    desk.press("[data-action=all-mine]").await;
    desk.press("[data-action=save-decided]").await;
    is_saved(&desk).await;
    assert_eq!(admin.settings().await.site.contact.phone, "内線 200");
    stage.close().await;
}

#[tokio::test]
async fn a_faulty_document_is_not_saved_and_every_problem_is_named() {
    let (stage, admin, desk) = at_the_desk().await;
    show(&desk, "/setup/site").await;
    desk.type_into("input[name=site-accent]", "あお").await;
    desk.press("[data-action=save]").await;
    desk.sees("[data-problem='site.accent']").await;
    desk.sees("input[name=site-accent][aria-invalid=true]")
        .await;
    assert_ne!(admin.settings().await.site.accent, "あお");
    stage.close().await;
}

/// Somebody comes to see 開発一課: its room is told, and the desk's history knows.
pub(crate) async fn the_first_visit(stage: &Stage, tablet: &Browser, desk: &Browser) {
    tablet.press_starting("部署を選ぶ").await;
    tablet.press_starting("開発部").await;
    tablet.press_starting("開発一課").await;
    introduce_and_call(tablet, "株式会社サンプル", "山本 一郎").await;
    is_notified(tablet).await;
    the_only_message(&stage.chatwork, Office::SAMPLE_KAIHATSU_ROOM).await;

    show(desk, "/setup/history").await;
    desk.says("開発一課").await;
    desk.console_is_clean().await;
}

/// First run, a wrong token refused in words, the right one connected by the seed's steps.
async fn a_desk_with_a_bot() -> (Stage, Browser) {
    let stage = Stage::open().await;
    let desk = stage.desk().await;
    let link = stage
        .relay
        .first_run
        .clone()
        .expect("the relay printed its first-run link");
    choose_password(&desk, &link).await;

    show(&desk, "/setup/chatwork").await;
    desk.sees("input[name=token]").await;
    assert!(
        desk.all_now("[data-action=connect]").await.is_empty(),
        "接続する waits for a token"
    );
    connect(&desk, "0123456789abcdef0123456789abcdef").await;
    desk.says("Chatwork がこのトークンを受け付けませんでした")
        .await;
    connect(&desk, Office::SAMPLE_TOKEN).await;
    desk.sees("[data-bot]").await;
    desk.says("受付bot").await;
    (stage, desk)
}

/// 総務, 開発部 › 開発一課, 営業部 › 営業一課, with rooms pasted the ways people paste them.
async fn the_seeds_groups(desk: &Browser) {
    let soumu = format!(
        "https://www.chatwork.com/#!rid{}",
        Office::SAMPLE_SOUMU_ROOM
    );
    let kaihatsu = format!("rid{}", Office::SAMPLE_KAIHATSU_ROOM);
    add_group(desk, "総務", "", &soumu).await;
    add_group(desk, "開発部", "", &kaihatsu).await;
    add_group(desk, "開発一課", "開発部", "").await;
    add_group(desk, "営業部", "", "").await;
    add_group(desk, "営業一課", "営業部", "").await;
    save(desk).await;
    show(desk, "/setup/groups").await;
    desk.says("開発部ルーム").await;
}

fn aid_quote(host: &Staff) -> String {
    format!(
        "[qt][qtmeta aid={} time=1795400000]よろしくお願いします[/qt]",
        host.account_id
    )
}

async fn preview_shows_why(desk: &Browser) {
    show(desk, "/setup/preview").await;
    desk.press("input[name=preview-start][value=group]").await;
    desk.choose_words("select[name=preview-group]", "　開発一課")
        .await;
    desk.choose("select[name=preview-method]", "room").await;
    desk.sees(&format!(
        "[data-destination='room:{}']",
        Office::SAMPLE_KAIHATSU_ROOM
    ))
    .await;
    desk.sees("[data-step=ancestor_room]").await;
}
