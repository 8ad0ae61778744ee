//! From the menu to the last look before the call.

use crate::steps::visitor::{pick_group, press_menu};
use crate::visual::kiosk::kiosk_env::{Lobby, every_language};

const SUBMIT: &str = "[data-screen=details] button[type=submit]";

#[tokio::test]
async fn every_screen_for_choosing_is_accessible_and_fits() {
    for language in every_language() {
        let lobby = Lobby::open(language).await;
        lobby.look("menu").await;
        from_groups(&lobby).await;
        by_name(&lobby).await;
        asked(&lobby).await;
        lobby.stage.close().await;
    }
}

async fn from_groups(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    press_menu(tablet, "groups").await;
    tablet.sees("[data-screen=groups]").await;
    lobby.look("groups").await;
    tablet.press("[data-group=kaihatsu]").await;
    tablet.sees(".crumbs").await;
    lobby.look("groups-below").await;
    lobby.home().await;

    press_menu(tablet, "open").await;
    tablet.sees("[data-screen=host-open]").await;
    lobby.look("host-open").await;
    tablet.press("[data-group=kaihatsu]").await;
    tablet.press("[data-group=kaihatsu1]").await;
    tablet.sees("[data-host]").await;
    lobby.look("host-open-names").await;
    lobby.home().await;

    press_menu(tablet, "open").await;
    tablet.press("[data-group=eigyo]").await;
    tablet.press("[data-group=eigyo1]").await;
    tablet.press("[data-row=さ]").await;
    tablet.sees("[data-host]").await;
    lobby.look("host-open-rows").await;
    lobby.home().await;
}

async fn by_name(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    press_menu(tablet, "search").await;
    tablet.sees("[data-screen=host-search]").await;
    lobby.look("host-search").await;
    for (board, key, keys) in [(1, "さ", "kana"), (2, "s", "letters"), (3, "", "own-keys")] {
        tablet
            .press(&format!(".boards > :nth-child({board})"))
            .await;
        if !key.is_empty() {
            tablet.press("[data-key=clear]").await;
            tablet.press(&format!("[data-key='{key}']")).await;
        }
        tablet.sees("[data-host]").await;
        lobby.look(&format!("host-search-{keys}")).await;
    }
    tablet.type_into("#find", "さとうx").await;
    tablet.loses("[data-host]").await;
    lobby.look("host-search-none").await;
    lobby.home().await;

    press_menu(tablet, "closed").await;
    tablet.type_into("#find", "さ").await;
    lobby.look("host-closed").await;
    tablet.type_into("#find", "さい").await;
    tablet.sees("[data-host] + [data-host]").await;
    lobby.look("host-closed-masked").await;
    lobby.home().await;
}

async fn asked(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    press_menu(tablet, "groups").await;
    pick_group(tablet, &["soumu"]).await;
    tablet.sees("[data-screen=details]").await;
    lobby.look("details").await;
    tablet.type_into("#name", "山本 一郎").await;
    tablet.press(SUBMIT).await;
    tablet.sees("[data-screen=confirm]").await;
    lobby.look("confirm").await;
    lobby.home().await;

    press_menu(tablet, "sales").await;
    tablet.press("[data-state=more]").await;
    tablet.press(SUBMIT).await;
    tablet.sees("[aria-invalid=true]").await;
    lobby.look("details-missing").await;
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
    lobby.look("confirm-long").await;
    lobby.idle(50).await;
    tablet.sees("[data-state=countdown]").await;
    lobby.look("countdown").await;
    lobby.home().await;
}
