//! The pages of set-up.

use chatwork_sim::Office;
use e2e_tests::admin::{Admin, PASSWORD};
use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Browser, Size, Stage};

use super::{Look, look_at, look_at_part, looks};
use crate::invitations::choose;
use crate::security::App;
use crate::steps::admin::{show, sign_in, unfold};
use crate::steps::visitor::{is_notified, press_menu};

#[tokio::test]
async fn every_page_of_set_up_is_accessible_and_fits() {
    for (language, looks) in looks(Size::DESK) {
        let stage = Stage::open().await;
        let desk = Browser::start(stage.relay.url(), language, Size::DESK).await;
        before_anything_is_set_up(&stage, &desk, &looks).await;
        stage.close().await;

        let (stage, admin) = Stage::furnished().await;
        somebody_is_away(&admin).await;
        let desk = Browser::start(stage.relay.url(), language, Size::DESK).await;
        desk.open("/setup").await;
        desk.sees("[data-page=sign-in]").await;
        look_at(&desk, "setup-sign-in", &looks).await;
        sign_in(&desk).await;
        every_page(&desk, &looks).await;
        own_page(&stage, &admin, language, &looks).await;
        lists_in_use(&desk, &looks).await;
        inviting(&stage, &desk, &looks).await;
        calls_and_versions(&stage, &admin, &desk, &looks).await;
        chatwork_in_use(&stage, &desk, &looks).await;
        // Last: switching the second step on ends every other session.
        signing_in_twice(&desk, &looks).await;
        stage.close().await;
    }
}

async fn before_anything_is_set_up(stage: &Stage, desk: &Browser, looks: &[Look]) {
    let link = stage.relay.first_run.clone().expect("a first-run link");
    desk.open(&link).await;
    desk.sees("[data-page=first-run]").await;
    look_at(desk, "setup-first-run", looks).await;
    crate::steps::admin::choose_password(desk, &link).await;
    look_at(desk, "setup-overview-empty", looks).await;
    unfold(desk).await;
    look_at(desk, "setup-navigation", looks).await;
    for page in [
        "chatwork", "hosts", "groups", "devices", "history", "versions", "doctor",
    ] {
        show(desk, &format!("/setup/{page}")).await;
        look_at(desk, &format!("setup-{page}-empty"), looks).await;
    }
    show(desk, "/setup/chatwork").await;
    desk.type_into("input[name=token]", "0123456789abcdef0123456789abcdef")
        .await;
    desk.press("[data-action=connect]").await;
    desk.sees("[data-dialog=connect]").await;
    look_at(desk, "setup-chatwork-confirm", looks).await;
    desk.press("[data-dialog=connect] [data-action=confirm]")
        .await;
    desk.sees("input[name=token][aria-invalid=true]").await;
    look_at(desk, "setup-chatwork-refused", looks).await;
}

async fn every_page(desk: &Browser, looks: &[Look]) {
    unfold(desk).await;
    desk.press("nav a[href='/setup']").await;
    desk.sees("[data-page=overview] [data-step]").await;
    look_at(desk, "setup-overview", looks).await;
    for page in [
        "chatwork", "hosts", "groups", "devices", "preview", "site", "security",
    ] {
        show(desk, &format!("/setup/{page}")).await;
        look_at(desk, &format!("setup-{page}"), looks).await;
    }
    lists_and_findings(desk, looks).await;
    let host = host_id(someone_of("開発一課"));
    for (list, entry) in [
        ("hosts", host.to_string()),
        ("groups", "kaihatsu1".to_owned()),
        ("devices", TABLET.to_owned()),
    ] {
        show(desk, &format!("/setup/{list}")).await;
        let link = format!("a[href='/setup/{list}/{entry}']");
        desk.press(&link).await;
        desk.loses(&link).await;
        look_at(desk, &format!("setup-{list}-one"), looks).await;
    }
    desk.press("[data-button=groups] [data-action=edit-button]")
        .await;
    desk.press("[data-button=groups] input[name=button-own-template]")
        .await;
    desk.sees("[data-insert=mentions]").await;
    look_at(desk, "setup-button", looks).await;
    desk.press("[data-choice=own]").await;
    desk.press("[data-hung=upright]").await;
    desk.press("[data-action=pair]").await;
    desk.sees("[data-qr]").await;
    look_at_part(desk, "setup-device-hours", "[data-choice=own]", looks).await;
    show(desk, "/setup/site").await;
    desk.press("[data-choice=weekly]").await;
    desk.type_into("input[name=site-accent]", "#ffd23f").await;
    let logo = e2e_tests::root().join("tests/e2e/pictures/kiosk.png");
    desk.choose_file("input[name=site-logo]", &logo).await;
    desk.sees("[data-logo]").await;
    look_at_part(desk, "setup-site-hours", "[data-choice=weekly]", looks).await;
}

/// A host who is absent, and one whom tablets do not show.
async fn somebody_is_away(admin: &Admin) {
    let mut document = admin.settings().await;
    // In the order of the list, so that both are in sight.
    let mut listed: Vec<_> = document.hosts.iter_mut().collect();
    listed.sort_by(|a, b| a.kana.cmp(&b.kana));
    listed[0].absent_until = "2099-12-31".parse().ok();
    listed[1].hidden = true;
    admin.save(&document).await;
}

/// Hosts filtered, chosen and about to be deleted; a personal link; a group with its room.
async fn lists_in_use(desk: &Browser, looks: &[Look]) {
    show(desk, "/setup/hosts").await;
    desk.choose("select[name=filter]", "all").await;
    desk.press(".windowed-row .cell-choose input").await;
    desk.sees("[data-action=bulk-join]").await;
    look_at(desk, "setup-hosts-chosen", looks).await;
    desk.press("[data-action=bulk-delete]").await;
    desk.sees("[data-dialog=bulk-delete]").await;
    look_at(desk, "setup-hosts-delete", looks).await;
    desk.press("[data-dialog=bulk-delete] [data-action=cancel]")
        .await;
    desk.press("[data-action=choose-none]").await;
    desk.type_into("input[name=search]", "いない人").await;
    look_at(desk, "setup-hosts-none-found", looks).await;
    desk.press("[data-action=show-all]").await;
    desk.sees(".windowed-row").await;
    show(desk, "/setup/preview").await;
    desk.press("input[name=preview-start][value=group]").await;
    desk.choose("select[name=preview-group]", "kaihatsu1").await;
    desk.sees("[data-destination]").await;
    look_at(desk, "setup-preview-result", looks).await;
}

/// Links for somebody, for somebody who has one already, and for somebody whom the bot cannot write to:
/// asked, and told.
async fn inviting(stage: &Stage, desk: &Browser, looks: &[Look]) {
    let [reached, linked, stranger] = ["総務", "開発一課", "営業一課"].map(someone_of);
    let parted = stage
        .chatwork
        .remove_contact(Office::SAMPLE_BOT, stranger.account_id);
    parted.unwrap_or_else(|error| panic!("{error:?}"));
    show(desk, "/setup/hosts").await;
    for staff in [reached, linked, stranger] {
        choose(desk, staff).await;
    }
    desk.type_into("input[name=search]", "").await;
    desk.press("[data-action=bulk-invite]").await;
    desk.sees("[data-dialog=invite] input[name=invite-again]")
        .await;
    look_at(desk, "setup-hosts-invite", looks).await;
    desk.press("[data-dialog=invite] [data-action=invite]")
        .await;
    desk.sees("[data-notice=invited]").await;
    look_at(desk, "setup-hosts-invited", looks).await;
    desk.press("[data-action=invited-seen]").await;
    desk.press("[data-action=choose-none]").await;
}

/// A call in the history, opened; and what a version changed.
async fn calls_and_versions(stage: &Stage, admin: &Admin, desk: &Browser, looks: &[Look]) {
    let tablet = stage.paired(admin).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    unfold(desk).await;
    desk.press("nav a[href='/setup']").await;
    desk.sees("[data-page=overview] [data-step]").await;
    look_at(desk, "setup-overview-working", looks).await;
    show(desk, "/setup/history").await;
    desk.sees(".call[data-state=notified]").await;
    look_at(desk, "setup-history", looks).await;
    desk.press(".call[data-state=notified] summary").await;
    look_at(desk, "setup-history-record", looks).await;
    show(desk, "/setup/versions").await;
    desk.press("[data-action=show-version]").await;
    desk.sees(".version-changes").await;
    look_at(desk, "setup-versions-changes", looks).await;
}

/// A room being made, a test that arrived, disconnecting, and a token that is refused.
async fn chatwork_in_use(stage: &Stage, desk: &Browser, looks: &[Look]) {
    show(desk, "/setup/chatwork").await;
    desk.press("[data-new-room] summary").await;
    desk.press("[data-action=test]").await;
    desk.sees("[data-test=arrived]").await;
    look_at_part(desk, "setup-chatwork-test", "[data-test=arrived]", looks).await;
    desk.press("[data-action=disconnect]").await;
    desk.sees("[data-dialog=disconnect]").await;
    look_at(desk, "setup-chatwork-disconnect", looks).await;
    desk.press("[data-dialog=disconnect] [data-action=cancel]")
        .await;
    stage.chatwork.revoke_token(Office::SAMPLE_TOKEN);
    desk.press("[data-action=requests-again]").await;
    desk.sees("[data-notice=refused]").await;
    look_at(desk, "setup-chatwork-alarm", looks).await;
    show(desk, "/setup/groups").await;
    desk.sees("[data-notice=alarm]").await;
    look_at(desk, "setup-alarm", looks).await;
}

/// Scrolls to a section, so that its picture shows it.
async fn show_section(desk: &Browser, name: &str) {
    let script = format!("document.querySelector('[data-section={name}]').scrollIntoView()");
    desk.script(&script).await;
}

/// The second step, from switching it on to signing in with it.
async fn signing_in_twice(desk: &Browser, looks: &[Look]) {
    show(desk, "/setup/security").await;
    desk.press("[data-action=begin-second-step]").await;
    desk.type_into("input[name=enrol-password]", PASSWORD).await;
    desk.press("[data-action=enrol]").await;
    desk.sees("[data-qr]").await;
    show_section(desk, "second-step").await;
    look_at(desk, "setup-security-enrolment", looks).await;
    let mut app = App::scanning(desk).await;
    desk.type_into("input[name=first-code]", &app.code()).await;
    desk.press("[data-action=switch-on]").await;
    desk.sees("[data-recovery-code]").await;
    show_section(desk, "second-step").await;
    look_at(desk, "setup-security-codes", looks).await;
    desk.press("[data-action=kept]").await;
    desk.press("[data-action=switch-off]").await;
    desk.sees("[data-form=proof]").await;
    show_section(desk, "second-step").await;
    look_at(desk, "setup-security-on", looks).await;
    desk.press("[data-action=sign-out]").await;
    // Earlier pages left changes unsaved, so it asks.
    desk.press("[data-dialog=sign-out] [data-action=confirm]")
        .await;
    desk.type_into("input[name=password]", PASSWORD).await;
    desk.press("[data-action=sign-in]").await;
    desk.sees("input[name=code]").await;
    look_at(desk, "setup-sign-in-code", looks).await;
}

/// A personal link, and the page behind it.
async fn own_page(stage: &Stage, admin: &Admin, language: &str, looks: &[Look]) {
    let host = host_id(someone_of("開発一課"));
    let page = Browser::start(stage.relay.url(), language, Size::PHONE).await;
    page.open("/setup/me").await;
    page.sees("[data-notice=no-link]").await;
    look_at(&page, "own-page-without-link", looks).await;
    page.open(&admin.personal_link(host.as_str()).await).await;
    page.sees("[data-me]").await;
    page.press("[data-action=absent-today]").await;
    look_at(&page, "own-page", looks).await;
}

/// An import in all its steps, and the doctor with something to say.
async fn lists_and_findings(desk: &Browser, looks: &[Look]) {
    let folder = tempfile::tempdir().expect("a folder for files");
    show(desk, "/setup/import").await;
    look_at(desk, "setup-import", looks).await;
    let users = crate::import::chatworks_users();
    let users = crate::import::file(&folder, "users.csv", users.as_bytes());
    desk.choose_file("input[name=file]", &users).await;
    desk.sees("[data-section=columns]").await;
    look_at(desk, "setup-import-columns", looks).await;
    desk.press("[data-action=dry-run]").await;
    desk.press("[data-show=flaws]").await;
    look_at(desk, "setup-import-review", looks).await;
    desk.press("[data-action=back]").await;
    desk.press("[data-action=back]").await;
    let broken = crate::import::file(
        &folder,
        "broken.json",
        br##"{"version":1,"site":{"time_zone":"","languages":[],"accent":"#000000"}}"##,
    );
    desk.choose_file("input[name=file]", &broken).await;
    desk.sees("[data-notice=unsound]").await;
    look_at(desk, "setup-import-whole", looks).await;
    desk.press("[data-action=back]").await;
    show(desk, "/setup/doctor").await;
    desk.sees("[data-busy=false]").await;
    look_at(desk, "setup-doctor", looks).await;
}
