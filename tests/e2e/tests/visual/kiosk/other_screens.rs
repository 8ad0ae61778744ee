//! What lies around a visit: pairing, news, looks, rest, staff's way out, a crash.

use chatwork_sim::Office;
use e2e_tests::office::TABLET;
use yobirin_domain::model::hours::Week;

use crate::steps::visitor::press_menu;
use crate::visual::kiosk::kiosk_env::{Lobby, every_language};

#[tokio::test]
async fn every_screen_around_a_visit_is_accessible_and_fits() {
    for language in every_language() {
        let lobby = Lobby::unpaired(language.clone()).await;
        lobby.look("pairing").await;
        lobby.tablet.type_into("#code", "BBBB-BBBB").await;
        lobby.tablet.press("button[type=submit]").await;
        lobby.tablet.sees(".notice.bad").await;
        lobby.look("pairing-refused").await;
        lobby.stage.close().await;

        let mut lobby = Lobby::open(language).await;
        lobby.look_at_card("access").await;
        looks(&lobby).await;
        news(&mut lobby).await;
        rest(&lobby).await;
        ends(&lobby).await;
        lobby.stage.close().await;
    }
}

/// What a visitor changes about the screen.
async fn looks(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    for (name, switch, usual) in [
        (
            "largest",
            ".access > :nth-child(3)",
            ".access > :nth-child(1)",
        ),
        (
            "contrast",
            ".access + .access > :nth-child(1)",
            ".access + .access > :nth-child(1)",
        ),
        (
            "low-reach",
            ".access + .access > :nth-child(2)",
            ".access + .access > :nth-child(2)",
        ),
    ] {
        turn(lobby, switch).await;
        lobby.look(&format!("menu-{name}")).await;
        press_menu(tablet, "groups").await;
        tablet.press("[data-group=kaihatsu]").await;
        tablet.sees(".crumbs").await;
        lobby.look(&format!("groups-{name}")).await;
        lobby.home().await;
        press_menu(tablet, "search").await;
        tablet.press("[data-key='さ'], [data-key='s']").await;
        tablet.sees("[data-host]").await;
        lobby.look(&format!("host-search-{name}")).await;
        tablet.press("[data-host]").await;
        tablet.sees("[data-screen=details]").await;
        lobby.look(&format!("details-{name}")).await;
        lobby.home().await;
        turn(lobby, usual).await;
    }
}

async fn turn(lobby: &Lobby, switch: &str) {
    lobby.tablet.press("[data-state=access]").await;
    lobby.tablet.press(switch).await;
    lobby.tablet.press("[data-state=close]").await;
    lobby.tablet.loses("dialog[open]").await;
}

/// Chatwork refuses the bot's token; then the relay is gone.
async fn news(lobby: &mut Lobby) {
    lobby.stage.chatwork.revoke_token(Office::SAMPLE_TOKEN);
    press_menu(&lobby.tablet, "parcel").await;
    lobby.tablet.sees("[data-screen=sending]").await;
    lobby.home().await;
    lobby.tablet.sees("[data-state=news]").await;
    lobby.look("news-chatwork").await;

    lobby.stage.relay.stop().await;
    let told = "const now = Date.now; Date.now = () => now() + 6_000;
        return document.querySelector('[data-state=news]')?.innerText";
    let before = lobby.tablet.script(told).await;
    let changed =
        format!("return document.querySelector('[data-state=news]')?.innerText !== {before}");
    lobby.tablet.until(&changed).await;
    lobby.look("news-offline").await;
    lobby.stage.chatwork.restore_token(Office::SAMPLE_TOKEN);
    lobby.stage.relay.start_again().await;
    lobby.admin.connect().await;
    lobby.tablet.loses("[data-state=news]").await;
}

async fn rest(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    lobby
        .change(|document| document.site.opening_hours = Some(Week::default()))
        .await;
    tablet.sees("[data-state=rest]").await;
    lobby.look_unseen("rest").await;
    tablet.press("[data-state=rest]").await;
    tablet.loses("[data-state=rest]").await;
    tablet.sees("[data-screen=closed]").await;
    lobby.speak().await;
    lobby.look("closed").await;
    lobby.look_at_card("staff").await;

    let hold = "document.querySelector('.clock').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))";
    tablet.script(hold).await;
    tablet.sees(".pin").await;
    lobby.look("exit").await;
    for digit in ["1", "3", "5", "7"] {
        tablet.press(&format!("dialog [data-key='{digit}']")).await;
    }
    tablet.sees("dialog .problem:not(:empty)").await;
    lobby.look("exit-wrong").await;
    for digit in ["2", "4", "6", "8"] {
        tablet.press(&format!("dialog [data-key='{digit}']")).await;
    }
    tablet.sees("[data-state=open-setup]").await;
    lobby.look("exit-open").await;
    tablet.press("[data-state=close]").await;
    lobby
        .change(|document| document.site.opening_hours = None)
        .await;
    tablet.sees("[data-screen=menu]").await;
}

/// A crash after many, so that the next try is far off; a tablet without a menu; one that is none.
async fn ends(lobby: &Lobby) {
    let tablet = &lobby.tablet;
    let crash =
        "sessionStorage.setItem('yobirin.crashes', JSON.stringify({ count: 9, at: Date.now() }));
        const error = new WebAssembly.RuntimeError('unreachable');
        dispatchEvent(new ErrorEvent('error', { error }))";
    tablet.expect_errors();
    tablet.script(crash).await;
    tablet.sees("[data-state=crashed]").await;
    lobby.look("crashed").await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    lobby
        .change(|document| document.devices[0].menu.clear())
        .await;
    tablet.loses("[data-button]").await;
    lobby.speak().await;
    lobby.look("menu-empty").await;
    lobby.admin.unpair(TABLET).await;
    tablet.sees("[data-screen=pairing] .notice.bad").await;
    lobby.look("revoked").await;
}
