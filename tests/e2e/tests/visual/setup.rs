//! The pages of set-up.

use chatwork_sim::Office;
use e2e_tests::admin::{Admin, PASSWORD};
use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Browser, Size, TestEnv};

use super::{Appearance, appearances, check_appearances, check_part};
use crate::invitations::choose;
use crate::security::Authenticator;
use crate::steps::admin::{open_navigation, show, sign_in};
use crate::steps::visitor::{await_notified, press_menu};

#[tokio::test]
async fn every_page_of_set_up_is_accessible_and_fits() {
    for (language, appearances) in appearances(Size::DESKTOP) {
        let env = TestEnv::open().await;
        let setup = Browser::start(env.relay.url(), language, Size::DESKTOP).await;
        before_anything_is_set_up(&env, &setup, &appearances).await;
        env.close().await;

        let (env, admin) = TestEnv::configured().await;
        make_one_host_absent(&admin).await;
        let setup = Browser::start(env.relay.url(), language, Size::DESKTOP).await;
        setup.open("/setup").await;
        setup.sees("[data-page=sign-in]").await;
        check_appearances(&setup, "setup-sign-in", &appearances).await;
        sign_in(&setup).await;
        every_page(&setup, &appearances).await;
        self_service_pages(&env, &admin, language, &appearances).await;
        lists_with_selection(&setup, &appearances).await;
        invitations(&env, &setup, &appearances).await;
        calls_and_versions(&env, &admin, &setup, &appearances).await;
        chatwork_in_use(&env, &setup, &appearances).await;
        // Last, because enabling two-factor authentication ends every other session.
        two_factor_pages(&setup, &appearances).await;
        env.close().await;
    }
}

async fn before_anything_is_set_up(env: &TestEnv, setup: &Browser, appearances: &[Appearance]) {
    let link = env.relay.first_run.clone().expect("a first-run link");
    setup.open(&link).await;
    setup.sees("[data-page=first-run]").await;
    check_appearances(setup, "setup-first-run", appearances).await;
    crate::steps::admin::choose_password(setup, &link).await;
    open_navigation(setup).await;
    setup.press("nav a[href='/setup']").await;
    setup.sees("[data-page=overview] [data-notice=guide]").await;
    check_appearances(setup, "setup-overview-empty", appearances).await;
    open_navigation(setup).await;
    check_appearances(setup, "setup-navigation", appearances).await;
    for page in [
        "chatwork", "hosts", "groups", "devices", "history", "versions", "doctor",
    ] {
        show(setup, &format!("/setup/{page}")).await;
        check_appearances(setup, &format!("setup-{page}-empty"), appearances).await;
    }
    show(setup, "/setup/chatwork").await;
    setup
        .type_into("input[name=token]", "0123456789abcdef0123456789abcdef")
        .await;
    setup.press("[data-action=connect]").await;
    setup.sees("[data-dialog=connect]").await;
    check_appearances(setup, "setup-chatwork-confirm", appearances).await;
    setup
        .press("[data-dialog=connect] [data-action=confirm]")
        .await;
    setup.sees("input[name=token][aria-invalid=true]").await;
    check_appearances(setup, "setup-chatwork-refused", appearances).await;
}

async fn every_page(setup: &Browser, appearances: &[Appearance]) {
    open_navigation(setup).await;
    setup.press("nav a[href='/setup']").await;
    setup.sees("[data-page=overview] [data-step]").await;
    check_appearances(setup, "setup-overview", appearances).await;
    for page in [
        "chatwork",
        "hosts",
        "groups",
        "devices",
        "alarms",
        "retention",
        "preview",
        "site",
        "security",
    ] {
        show(setup, &format!("/setup/{page}")).await;
        check_appearances(setup, &format!("setup-{page}"), appearances).await;
    }
    lists_and_findings(setup, appearances).await;
    let host = host_id(someone_of("開発一課"));
    for (list, entry) in [
        ("hosts", host.to_string()),
        ("groups", "kaihatsu1".to_owned()),
        ("devices", TABLET.to_owned()),
    ] {
        show(setup, &format!("/setup/{list}")).await;
        let link = format!("a[href='/setup/{list}/{entry}']");
        setup.press(&link).await;
        setup.no_longer_sees(&link).await;
        check_appearances(setup, &format!("setup-{list}-one"), appearances).await;
    }
    setup
        .press("[data-button=groups] [data-action=edit-button]")
        .await;
    setup
        .press("[data-button=groups] input[name=button-own-template]")
        .await;
    setup.sees("[data-insert=mentions]").await;
    check_appearances(setup, "setup-button", appearances).await;
    setup.press("[data-choice=own]").await;
    setup.press("[data-hung=upright]").await;
    setup.press("[data-action=pair]").await;
    setup.sees("[data-qr]").await;
    check_part(
        setup,
        "setup-device-hours",
        "[data-choice=own]",
        appearances,
    )
    .await;
    show(setup, "/setup/site").await;
    setup.press("[data-choice=weekly]").await;
    setup.type_into("input[name=site-accent]", "#ffd23f").await;
    let logo = e2e_tests::root().join("tests/e2e/pictures/kiosk.png");
    setup.choose_file("input[name=site-logo]", &logo).await;
    setup.sees("[data-logo]").await;
    check_part(
        setup,
        "setup-site-hours",
        "[data-choice=weekly]",
        appearances,
    )
    .await;
    show(setup, "/setup/purpose-notice").await;
    setup.press("[data-help=notice-placeholders] summary").await;
    check_appearances(setup, "setup-purpose-notice", appearances).await;
}

/// Makes one host absent and hides another from tablets.
async fn make_one_host_absent(admin: &Admin) {
    let mut document = admin.settings().await;
    // The first of the list, so that both are visible.
    let mut listed: Vec<_> = document.hosts.iter_mut().collect();
    listed.sort_by(|a, b| a.kana.cmp(&b.kana));
    listed[0].absent_until = "2099-12-31".parse().ok();
    listed[1].hidden = true;
    admin.save(&document).await;
}

/// Hosts filtered, selected and about to be deleted; a personal link; a group with its room.
async fn lists_with_selection(setup: &Browser, appearances: &[Appearance]) {
    show(setup, "/setup/hosts").await;
    setup.choose("select[name=filter]", "all").await;
    setup.press(".virtual-list-row .cell-choose input").await;
    setup.sees("[data-action=bulk-join]").await;
    check_appearances(setup, "setup-hosts-chosen", appearances).await;
    setup.press("[data-action=bulk-delete]").await;
    setup.sees("[data-dialog=bulk-delete]").await;
    check_appearances(setup, "setup-hosts-delete", appearances).await;
    setup
        .press("[data-dialog=bulk-delete] [data-action=cancel]")
        .await;
    setup.press("[data-action=choose-none]").await;
    setup.type_into("input[name=search]", "いない人").await;
    check_appearances(setup, "setup-hosts-none-found", appearances).await;
    setup.press("[data-action=show-all]").await;
    setup.sees(".virtual-list-row").await;
    show(setup, "/setup/preview").await;
    setup.press("input[name=preview-start][value=group]").await;
    setup
        .choose("select[name=preview-group]", "kaihatsu1")
        .await;
    setup.sees("[data-destination]").await;
    check_appearances(setup, "setup-preview-result", appearances).await;
}

/// Invitations for a host, for one who has a link already, and for one whom the bot cannot reach: confirmation and
/// result.
async fn invitations(env: &TestEnv, setup: &Browser, appearances: &[Appearance]) {
    let [reached, linked, stranger] = ["総務", "開発一課", "営業一課"].map(someone_of);
    let parted = env
        .chatwork
        .remove_contact(Office::SAMPLE_BOT, stranger.account_id);
    parted.unwrap_or_else(|error| panic!("{error:?}"));
    show(setup, "/setup/hosts").await;
    for staff in [reached, linked, stranger] {
        choose(setup, staff).await;
    }
    setup.type_into("input[name=search]", "").await;
    setup.press("[data-action=bulk-invite]").await;
    setup
        .sees("[data-dialog=invite] input[name=invite-again]")
        .await;
    check_appearances(setup, "setup-hosts-invite", appearances).await;
    setup
        .press("[data-dialog=invite] [data-action=invite]")
        .await;
    setup.sees("[data-notice=invited]").await;
    check_appearances(setup, "setup-hosts-invited", appearances).await;
    setup.press("[data-action=invited-seen]").await;
    setup.press("[data-action=choose-none]").await;
}

/// An opened call of the history, and the changes of a version.
async fn calls_and_versions(
    env: &TestEnv,
    admin: &Admin,
    setup: &Browser,
    appearances: &[Appearance],
) {
    let tablet = env.paired(admin).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    open_navigation(setup).await;
    setup.press("nav a[href='/setup']").await;
    setup.sees("[data-page=overview] [data-step]").await;
    check_appearances(setup, "setup-overview-working", appearances).await;
    show(setup, "/setup/history").await;
    setup.sees(".call[data-state=notified]").await;
    check_appearances(setup, "setup-history", appearances).await;
    setup.press(".call[data-state=notified] summary").await;
    check_appearances(setup, "setup-history-record", appearances).await;
    show(setup, "/setup/versions").await;
    setup.press("[data-action=show-version]").await;
    setup.sees(".version-changes").await;
    check_appearances(setup, "setup-versions-changes", appearances).await;
}

/// Creating a room, a delivered test message, disconnecting, and a refused token.
async fn chatwork_in_use(env: &TestEnv, setup: &Browser, appearances: &[Appearance]) {
    show(setup, "/setup/chatwork").await;
    setup.press("[data-new-room] summary").await;
    setup.press("[data-action=test]").await;
    setup.sees("[data-test=arrived]").await;
    check_part(
        setup,
        "setup-chatwork-test",
        "[data-test=arrived]",
        appearances,
    )
    .await;
    setup.press("[data-action=disconnect]").await;
    setup.sees("[data-dialog=disconnect]").await;
    check_appearances(setup, "setup-chatwork-disconnect", appearances).await;
    setup
        .press("[data-dialog=disconnect] [data-action=cancel]")
        .await;
    env.chatwork.revoke_token(Office::SAMPLE_TOKEN);
    setup.press("[data-action=requests-again]").await;
    setup.sees("[data-notice=refused]").await;
    check_appearances(setup, "setup-chatwork-alarm", appearances).await;
    show(setup, "/setup/groups").await;
    setup.sees("[data-notice=alarm]").await;
    check_appearances(setup, "setup-alarm", appearances).await;
}

/// Scrolls to a section for its screenshot.
async fn show_section(setup: &Browser, name: &str) {
    let script = format!("document.querySelector('[data-section={name}]').scrollIntoView()");
    setup.script(&script).await;
}

/// Two-factor authentication from enabling it to signing in with it.
async fn two_factor_pages(setup: &Browser, appearances: &[Appearance]) {
    show(setup, "/setup/security").await;
    setup.press("[data-action=begin-two-factor]").await;
    setup
        .type_into("input[name=enrol-password]", PASSWORD)
        .await;
    setup.press("[data-action=enrol]").await;
    setup.sees("[data-qr]").await;
    show_section(setup, "two-factor").await;
    check_appearances(setup, "setup-security-enrolment", appearances).await;
    let mut authenticator = Authenticator::from_page(setup).await;
    setup
        .type_into("input[name=first-code]", &authenticator.code())
        .await;
    setup.press("[data-action=switch-on]").await;
    setup.sees("[data-recovery-code]").await;
    show_section(setup, "two-factor").await;
    check_appearances(setup, "setup-security-codes", appearances).await;
    setup.press("[data-action=kept]").await;
    setup.press("[data-action=switch-off]").await;
    setup.sees("[data-form=identity]").await;
    show_section(setup, "two-factor").await;
    check_appearances(setup, "setup-security-on", appearances).await;
    setup.press("[data-action=sign-out]").await;
    // Asks for confirmation, because of unsaved changes on earlier pages.
    setup
        .press("[data-dialog=sign-out] [data-action=confirm]")
        .await;
    setup.type_into("input[name=password]", PASSWORD).await;
    setup.press("[data-action=sign-in]").await;
    setup.sees("input[name=code]").await;
    check_appearances(setup, "setup-sign-in-code", appearances).await;
}

/// A personal link and its page.
async fn self_service_pages(
    env: &TestEnv,
    admin: &Admin,
    language: &str,
    appearances: &[Appearance],
) {
    let host = host_id(someone_of("開発一課"));
    let page = Browser::start(env.relay.url(), language, Size::PHONE).await;
    page.open("/setup/me").await;
    page.sees("[data-notice=no-link]").await;
    check_appearances(&page, "own-page-without-link", appearances).await;
    page.open(&admin.personal_link(host.as_str()).await).await;
    page.sees("[data-me]").await;
    page.press("[data-action=absent-today]").await;
    check_appearances(&page, "own-page", appearances).await;
}

/// An import in all its steps, and the doctor with findings.
async fn lists_and_findings(setup: &Browser, appearances: &[Appearance]) {
    let folder = tempfile::tempdir().expect("a folder for files");
    show(setup, "/setup/import").await;
    check_appearances(setup, "setup-import", appearances).await;
    let users = crate::import::chatwork_user_export();
    let users = crate::import::file(&folder, "users.csv", users.as_bytes());
    setup.choose_file("input[name=file]", &users).await;
    setup.sees("[data-section=columns]").await;
    check_appearances(setup, "setup-import-columns", appearances).await;
    setup.press("[data-action=dry-run]").await;
    setup.press("[data-show=flaws]").await;
    check_appearances(setup, "setup-import-review", appearances).await;
    setup.press("[data-action=back]").await;
    setup.press("[data-action=back]").await;
    let broken = crate::import::file(
        &folder,
        "broken.json",
        br##"{"version":1,"site":{"time_zone":"","languages":[],"accent":"#000000"}}"##,
    );
    setup.choose_file("input[name=file]", &broken).await;
    setup.sees("[data-notice=unsound]").await;
    check_appearances(setup, "setup-import-whole", appearances).await;
    setup.press("[data-action=back]").await;
    show(setup, "/setup/doctor").await;
    setup.sees("[data-busy=false]").await;
    check_appearances(setup, "setup-doctor", appearances).await;
}
