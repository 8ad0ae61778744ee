//! Manual set-up from the first-run link to a visitor's call in the right room, and concurrent edits.

use chatwork_sim::{Office, Staff};
use e2e_tests::office::someone_of;
use e2e_tests::{Browser, TestEnv};

use crate::steps::admin::{
    add_group, add_host, await_saved, choose_password, connect, new_device, open_setup,
    pairing_code, pick, save, show,
};
use crate::steps::visitor::{await_notified, enter_details_and_call, only_message};

#[tokio::test]
async fn an_office_is_set_up_manually_and_receives_its_first_visitor() {
    let (env, setup) = setup_with_bot().await;
    pick(&setup, "default-room", "acall").await;
    save(&setup).await;

    add_groups(&setup).await;
    let host = someone_of("開発一課");
    add_host(&setup, host, &aid_quote(host), &["開発一課"]).await;
    save(&setup).await;
    preview_shows_why(&setup).await;

    new_device(&setup, "1F 受付").await;
    save(&setup).await;
    let code = pairing_code(&setup).await;
    let tablet = env.tablet_browser().await;
    tablet.open("/").await;
    tablet.sees("[data-screen=pairing]").await;
    tablet
        .type_into("input", &code.to_lowercase().replace('-', " "))
        .await;
    tablet.press("button[type=submit]").await;
    tablet.sees("[data-screen=menu]").await;
    tablet.close_checklist().await;

    first_visit(&env, &tablet, &setup).await;

    setup.open(&env.chatwork.url()).await;
    setup
        .press(&format!("[data-room='{}']", Office::SAMPLE_KAIHATSU_ROOM))
        .await;
    setup.says("山本 一郎").await;
    setup.screenshot("chatwork-notification").await;
    env.close().await;
}

#[tokio::test]
async fn disconnecting_asks_for_confirmation_and_names_the_consequences() {
    let (env, setup) = setup_with_bot().await;
    setup.press("[data-action=disconnect]").await;
    setup.sees("[data-dialog=disconnect]").await;
    setup
        .press("[data-dialog=disconnect] [data-action=cancel]")
        .await;
    setup.sees("[data-bot]").await;
    setup.press("[data-action=disconnect]").await;
    setup
        .press("[data-dialog=disconnect] [data-action=confirm]")
        .await;
    setup.no_longer_sees("[data-bot]").await;
    setup.sees("input[name=token]").await;
    env.close().await;
}

#[tokio::test]
async fn changes_by_two_admins_in_different_fields_are_merged() {
    let (env, admin, setup) = open_setup().await;
    show(&setup, "/setup/site").await;
    setup
        .type_into("input[name=contact-phone]", "内線 200")
        .await;

    let mut theirs = admin.settings().await;
    theirs.hosts[0].visitor_message = "2 階のラウンジへどうぞ".to_owned();
    admin.save(&theirs).await;

    save(&setup).await;
    let saved = admin.settings().await;
    assert_eq!(
        saved.hosts[0].visitor_message, "2 階のラウンジへどうぞ",
        "the other admin's change is kept"
    );
    assert_eq!(
        saved.site.contact.phone, "内線 200",
        "this draft's change is saved"
    );
    env.close().await;
}

#[tokio::test]
async fn changes_by_two_admins_in_the_same_field_are_a_conflict_to_resolve() {
    let (env, admin, setup) = open_setup().await;
    show(&setup, "/setup/site").await;
    setup
        .type_into("input[name=contact-phone]", "内線 200")
        .await;

    let mut theirs = admin.settings().await;
    theirs.site.contact.phone = "内線 300".to_owned();
    admin.save(&theirs).await;

    setup.press("[data-action=save]").await;
    setup.sees("[data-save=conflict]").await;
    assert_eq!(
        admin.settings().await.site.contact.phone,
        "内線 300",
        "the other admin's change is not overwritten"
    );
    setup.press("[data-action=all-mine]").await;
    setup.press("[data-action=save-decided]").await;
    await_saved(&setup).await;
    assert_eq!(admin.settings().await.site.contact.phone, "内線 200");
    env.close().await;
}

#[tokio::test]
async fn an_invalid_document_is_not_saved_and_every_problem_is_listed() {
    let (env, admin, setup) = open_setup().await;
    show(&setup, "/setup/site").await;
    setup.type_into("input[name=site-accent]", "あお").await;
    setup.press("[data-action=save]").await;
    setup.sees("[data-problem='site.accent']").await;
    setup
        .sees("input[name=site-accent][aria-invalid=true]")
        .await;
    assert_ne!(admin.settings().await.site.accent, "あお");
    env.close().await;
}

/// A visitor calls Development Section 1 (開発一課): the message is in its room, and the history shows the call.
pub(crate) async fn first_visit(env: &TestEnv, tablet: &Browser, setup: &Browser) {
    tablet.press_button_starting("部署を選ぶ").await;
    tablet.press_button_starting("開発部").await;
    tablet.press_button_starting("開発一課").await;
    enter_details_and_call(tablet, "株式会社サンプル", "山本 一郎").await;
    await_notified(tablet).await;
    only_message(&env.chatwork, Office::SAMPLE_KAIHATSU_ROOM).await;

    show(setup, "/setup/history").await;
    setup.says("開発一課").await;
    setup.assert_clean_console().await;
}

/// First run, a wrong token with its error message, then the right one.
async fn setup_with_bot() -> (TestEnv, Browser) {
    let env = TestEnv::open().await;
    let setup = env.setup_browser().await;
    let link = env
        .relay
        .first_run
        .clone()
        .expect("the relay printed its first-run link");
    choose_password(&setup, &link).await;

    show(&setup, "/setup/chatwork").await;
    setup.sees("input[name=token]").await;
    setup.press("[data-help=bot] summary").await;
    setup.says("Bot 用のメールアドレスを").await;
    assert!(
        setup.all_now("[data-action=connect]").await.is_empty(),
        "接続する waits for a token"
    );
    connect(&setup, "0123456789abcdef0123456789abcdef").await;
    setup
        .says("Chatwork がこのトークンを受け付けませんでした")
        .await;
    connect(&setup, Office::SAMPLE_TOKEN).await;
    setup.sees("[data-bot]").await;
    setup.says("受付bot").await;
    (env, setup)
}

/// Adds General Affairs (総務), Development › Section 1 (開発部 › 開発一課) and Sales › Section 1
/// (営業部 › 営業一課), with rooms in different pasted forms.
async fn add_groups(setup: &Browser) {
    let soumu = format!(
        "https://www.chatwork.com/#!rid{}",
        Office::SAMPLE_SOUMU_ROOM
    );
    let kaihatsu = format!("rid{}", Office::SAMPLE_KAIHATSU_ROOM);
    add_group(setup, "総務", "", &soumu).await;
    add_group(setup, "開発部", "", &kaihatsu).await;
    add_group(setup, "開発一課", "開発部", "").await;
    add_group(setup, "営業部", "", "").await;
    add_group(setup, "営業一課", "営業部", "").await;
    save(setup).await;
    show(setup, "/setup/groups").await;
    setup.says("開発部ルーム").await;
}

fn aid_quote(host: &Staff) -> String {
    format!(
        "[qt][qtmeta aid={} time=1795400000]よろしくお願いします[/qt]",
        host.account_id
    )
}

async fn preview_shows_why(setup: &Browser) {
    show(setup, "/setup/preview").await;
    setup.press("input[name=preview-start][value=group]").await;
    setup
        .choose_by_text("select[name=preview-group]", "　開発一課")
        .await;
    setup.choose("select[name=preview-method]", "room").await;
    setup
        .sees(&format!(
            "[data-destination='room:{}']",
            Office::SAMPLE_KAIHATSU_ROOM
        ))
        .await;
    setup.sees("[data-step=ancestor_room]").await;
}
