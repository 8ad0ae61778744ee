//! The kiosk's screens.

use chatwork_sim::Office;
use e2e_tests::admin::Admin;
use e2e_tests::office::{TABLET, someone_of};
use e2e_tests::{Browser, Size, Stage};
use yobirin_domain::hours::Week;
use yobirin_domain::lang::Lang;

use super::{look_at, looks_in};
use crate::visit::{introduce_and_call, is_notified, pick_group, press_menu};

async fn home(tablet: &Browser) {
    tablet.press("[data-state=home]").await;
    tablet.sees("[data-screen=menu]").await;
}

#[tokio::test]
async fn every_screen_of_the_kiosk_is_accessible_and_fits() {
    let languages = ["ja", "en", "zh-Hans", "ko", "vi"];
    let mut sizes = Size::ALL.to_vec();
    sizes.push(Size::PANEL);
    for (language, looks) in looks_in(Size::TABLET, &languages, sizes) {
        let (mut stage, admin) = Stage::furnished().await;
        let mut document = admin.settings().await;
        document.site.languages = Lang::ALL.to_vec();
        document.site.exit_pin = Some("2468".to_owned());
        admin.save(&document).await;
        let tablet = Browser::start(stage.relay.url(), language, Size::TABLET).await;
        tablet.open("/pair").await;
        tablet.sees("[data-screen=pairing]").await;
        look_at(&tablet, "kiosk-pairing", &looks).await;

        let code = admin.pairing_code(TABLET).await.code;
        tablet.open("/").await;
        tablet.open(&format!("/pair#code={code}")).await;
        tablet.sees("[data-screen=menu]").await;
        if language != "ja" {
            tablet.press(&format!("[data-lang={language}]")).await;
        }
        look_at(&tablet, "kiosk-menu", &looks).await;
        tablet.press("[data-state=staff]").await;
        tablet.sees("dialog[open]").await;
        look_at(&tablet, "kiosk-staff", &looks).await;
        tablet.press("[data-state=close]").await;

        tablet.press("[data-state=access]").await;
        tablet.sees("dialog[open]").await;
        look_at(&tablet, "kiosk-access", &looks).await;
        tablet.press("[data-state=close]").await;

        choosing(&tablet, &looks).await;
        calling(&mut stage, &tablet, &looks).await;
        resting(&admin, &tablet, &looks).await;
        stage.close().await;
    }
}

async fn choosing(tablet: &Browser, looks: &[super::Look]) {
    press_menu(tablet, "groups").await;
    tablet.sees("[data-screen=groups]").await;
    look_at(tablet, "kiosk-groups", looks).await;
    home(tablet).await;

    press_menu(tablet, "open").await;
    tablet.press("[data-group=kaihatsu]").await;
    tablet.press("[data-group=kaihatsu1]").await;
    tablet.sees("[data-host]").await;
    look_at(tablet, "kiosk-host-open", looks).await;
    home(tablet).await;

    // A telephone has keys of its own.
    tablet.resize(Size::TABLET).await;
    press_menu(tablet, "search").await;
    tablet.press("[data-key='さ']").await;
    tablet.sees("[data-host]").await;
    look_at(tablet, "kiosk-host-search-keys", looks).await;
    home(tablet).await;

    // A real keyboard puts the keys away.
    press_menu(tablet, "search").await;
    tablet.type_into("input[type=text]", "さ").await;
    tablet.sees("[data-host]").await;
    look_at(tablet, "kiosk-host-search", looks).await;
    home(tablet).await;

    press_menu(tablet, "closed").await;
    tablet.type_into("input[type=text]", "た").await;
    look_at(tablet, "kiosk-host-closed", looks).await;
    home(tablet).await;

    press_menu(tablet, "groups").await;
    pick_group(tablet, &["soumu"]).await;
    tablet
        .press("[data-screen=details] button[type=submit]")
        .await;
    tablet.sees("[aria-invalid=true]").await;
    look_at(tablet, "kiosk-details", looks).await;
    tablet
        .type_into("input[id=company]", "株式会社サンプル")
        .await;
    tablet.type_into("input[id=name]", "山本 一郎").await;
    tablet
        .press("[data-screen=details] button[type=submit]")
        .await;
    tablet.sees("[data-screen=confirm]").await;
    look_at(tablet, "kiosk-confirm", looks).await;
    home(tablet).await;
}

/// Outside opening hours, and the way out for staff.
async fn resting(admin: &Admin, tablet: &Browser, looks: &[super::Look]) {
    let mut document = admin.settings().await;
    document.site.opening_hours = Some(Week::default());
    admin.save(&document).await;
    tablet.press("[data-state=home]").await;
    tablet.sees("[data-screen=closed]").await;
    look_at(tablet, "kiosk-closed", looks).await;
    let hold = "document.querySelector('.clock').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))";
    tablet.script(hold).await;
    tablet.sees(".pin").await;
    look_at(tablet, "kiosk-exit", looks).await;
}

async fn calling(stage: &mut Stage, tablet: &Browser, looks: &[super::Look]) {
    press_menu(tablet, "search").await;
    let host = someone_of("総務");
    crate::visit::search_and_pick(tablet, host.kana, host).await;
    introduce_and_call(tablet, "", "山本 一郎").await;
    is_notified(tablet).await;
    // The screen goes home by itself; a picture or two is all there is time for.
    look_at(tablet, "kiosk-notified", &looks[..1]).await;
    tablet.press("[data-state=cancel]").await;
    tablet.sees("[data-screen=retracted]").await;
    look_at(tablet, "kiosk-retracted", &looks[..1]).await;
    home(tablet).await;

    let _ = stage
        .chatwork
        .remove_member(Office::SAMPLE_SOUMU_ROOM, Office::SAMPLE_BOT);
    press_menu(tablet, "parcel").await;
    is_notified(tablet).await;
    look_at(tablet, "kiosk-notified-instead", &looks[..1]).await;
    home(tablet).await;

    let _ = stage
        .chatwork
        .remove_member(Office::SAMPLE_ACALL_ROOM, Office::SAMPLE_BOT);
    press_menu(tablet, "parcel").await;
    tablet.sees("[data-screen=could-not-notify]").await;
    look_at(tablet, "kiosk-could-not-notify", looks).await;
    home(tablet).await;

    stage.relay.stop().await;
    press_menu(tablet, "parcel").await;
    tablet.sees("[data-screen=waiting]").await;
    look_at(tablet, "kiosk-waiting", looks).await;
    tablet.press("[data-state=cancel]").await;
    tablet.sees("[data-screen=cancelling]").await;
    look_at(tablet, "kiosk-cancelling", &looks[..1]).await;
    stage.relay.start_again().await;
    tablet.sees("[data-screen=withdrawn]").await;
}
