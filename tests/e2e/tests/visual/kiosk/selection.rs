//! Screens from the menu to the confirmation of a call.

use crate::steps::visitor::{pick_group, press_menu};
use crate::visual::kiosk::kiosk_env::{KioskEnv, every_language};

const SUBMIT: &str = "[data-screen=details] button[type=submit]";

#[tokio::test]
async fn every_selection_screen_is_accessible_and_fits() {
    for language in every_language() {
        let kiosk = KioskEnv::open(language).await;
        kiosk.check("menu").await;
        from_groups(&kiosk).await;
        by_name(&kiosk).await;
        confirmed(&kiosk).await;
        kiosk.env.close().await;
    }
}

async fn from_groups(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    press_menu(tablet, "groups").await;
    tablet.sees("[data-screen=groups]").await;
    kiosk.check("groups").await;
    tablet.press("[data-group=kaihatsu]").await;
    tablet.sees(".crumbs").await;
    kiosk.check("groups-below").await;
    kiosk.home().await;

    press_menu(tablet, "open").await;
    tablet.sees("[data-screen=host-open]").await;
    kiosk.check("host-open").await;
    tablet.press("[data-group=kaihatsu]").await;
    tablet.press("[data-group=kaihatsu1]").await;
    tablet.sees("[data-host]").await;
    kiosk.check("host-open-names").await;
    kiosk.home().await;

    press_menu(tablet, "open").await;
    tablet.press("[data-group=eigyo]").await;
    tablet.press("[data-group=eigyo1]").await;
    let row = match kiosk.language {
        "en" | "vi" => "S",
        "ko" => "ㅅ",
        _ => "さ",
    };
    tablet.press(&format!("[data-row={row}]")).await;
    tablet.sees("[data-host]").await;
    kiosk.check("host-open-rows").await;
    kiosk.home().await;
}

async fn by_name(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    press_menu(tablet, "search").await;
    tablet.sees("[data-screen=host-search]").await;
    kiosk.check("host-search").await;
    for (board, key, keys) in [(1, "さ", "kana"), (2, "s", "letters"), (3, "", "own-keys")] {
        tablet
            .press(&format!(".keyboard-layouts > :nth-child({board})"))
            .await;
        if !key.is_empty() {
            tablet.press("[data-key=clear]").await;
            tablet.press(&format!("[data-key='{key}']")).await;
        }
        tablet.sees("[data-host]").await;
        kiosk.check(&format!("host-search-{keys}")).await;
    }
    tablet.type_into("#find", "さとうx").await;
    tablet.no_longer_sees("[data-host]").await;
    kiosk.check("host-search-none").await;
    kiosk.home().await;

    press_menu(tablet, "closed").await;
    tablet.type_into("#find", "さ").await;
    kiosk.check("host-closed").await;
    tablet.type_into("#find", "さい").await;
    tablet.sees("[data-host] + [data-host]").await;
    kiosk.check("host-closed-masked").await;
    kiosk.home().await;
}

async fn confirmed(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    press_menu(tablet, "groups").await;
    pick_group(tablet, &["soumu"]).await;
    tablet.sees("[data-screen=details]").await;
    kiosk.check("details").await;
    kiosk.check_card("purpose-notice-more").await;
    tablet.type_into("#name", "山本 一郎").await;
    tablet.press(SUBMIT).await;
    tablet.sees("[data-screen=confirm]").await;
    kiosk.check("confirm").await;
    kiosk.home().await;

    press_menu(tablet, "sales").await;
    tablet.press("[data-state=more]").await;
    tablet.press(SUBMIT).await;
    tablet.sees("[aria-invalid=true]").await;
    kiosk.check("details-missing").await;
    tablet
        .type_into("#company", "株式会社サンプルコーポレーション 東京本社")
        .await;
    tablet.type_into("#name", "山本 一郎").await;
    tablet
        .type_into(
            "#purpose",
            "来期のお見積りについてのご相談と、新しい製品のご紹介",
        )
        .await;
    tablet.press(SUBMIT).await;
    tablet.sees("[data-screen=confirm]").await;
    kiosk.check("confirm-long").await;
    kiosk.idle(50).await;
    tablet.sees("[data-state=countdown]").await;
    kiosk.check("countdown").await;
    kiosk.home().await;
}
