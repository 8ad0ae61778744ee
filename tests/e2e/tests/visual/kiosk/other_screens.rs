//! Screens besides a call: pairing, alerts, display settings, closed hours, staff exit, crash.

use chatwork_sim::Office;
use e2e_tests::office::TABLET;
use yobirin_domain::model::hours::Week;

use crate::steps::visitor::press_menu;
use crate::visual::kiosk::kiosk_env::{KioskEnv, every_language};

#[tokio::test]
async fn every_other_screen_is_accessible_and_fits() {
    for language in every_language() {
        let kiosk = KioskEnv::unpaired(language.clone()).await;
        kiosk.tablet.sees("[data-code]").await;
        kiosk.check("pairing").await;
        kiosk.tablet.type_into("#code", "BBBB-BBBB").await;
        kiosk.tablet.press("button[type=submit]").await;
        kiosk.tablet.sees(".notice.bad").await;
        kiosk.check("pairing-refused").await;
        kiosk.env.close().await;

        let mut kiosk = KioskEnv::open(language).await;
        kiosk.check_card("access").await;
        display_settings(&kiosk).await;
        alerts(&mut kiosk).await;
        closed(&kiosk).await;
        crashes_and_unpaired(&kiosk).await;
        kiosk.env.close().await;
    }
}

/// Display settings of a visitor.
async fn display_settings(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
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
        toggle(kiosk, switch).await;
        kiosk.check(&format!("menu-{name}")).await;
        press_menu(tablet, "groups").await;
        tablet.press("[data-group=kaihatsu]").await;
        tablet.sees(".crumbs").await;
        kiosk.check(&format!("groups-{name}")).await;
        kiosk.home().await;
        press_menu(tablet, "search").await;
        tablet.press("[data-key='さ'], [data-key='s']").await;
        tablet.sees("[data-host]").await;
        kiosk.check(&format!("host-search-{name}")).await;
        tablet.press("[data-host]").await;
        tablet.sees("[data-screen=details]").await;
        kiosk.check(&format!("details-{name}")).await;
        kiosk.home().await;
        toggle(kiosk, usual).await;
    }
}

async fn toggle(kiosk: &KioskEnv, switch: &str) {
    kiosk.tablet.press("[data-state=access]").await;
    kiosk.tablet.press(switch).await;
    kiosk.tablet.press("[data-state=close]").await;
    kiosk.tablet.no_longer_sees("dialog[open]").await;
}

/// Alerts: a refused token, then an unreachable relay.
async fn alerts(kiosk: &mut KioskEnv) {
    kiosk.env.chatwork.revoke_token(Office::SAMPLE_TOKEN);
    press_menu(&kiosk.tablet, "parcel").await;
    kiosk.tablet.sees("[data-screen=sending]").await;
    kiosk.home().await;
    kiosk.tablet.sees("[data-state=banner]").await;
    kiosk.check("news-chatwork").await;

    kiosk.env.relay.stop().await;
    let notified = "const now = Date.now; Date.now = () => now() + 6_000;
        return document.querySelector('[data-state=banner]')?.innerText";
    let before = kiosk.tablet.script(notified).await;
    let changed =
        format!("return document.querySelector('[data-state=banner]')?.innerText !== {before}");
    kiosk.tablet.until(&changed).await;
    kiosk.check("news-offline").await;
    kiosk.env.chatwork.restore_token(Office::SAMPLE_TOKEN);
    kiosk.env.relay.restart().await;
    kiosk.admin.connect().await;
    kiosk.tablet.no_longer_sees("[data-state=banner]").await;
}

async fn closed(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    kiosk
        .change(|document| document.site.opening_hours = Some(Week::default()))
        .await;
    tablet.sees("[data-state=rest]").await;
    kiosk.check_idle("rest").await;
    tablet.press("[data-state=rest]").await;
    tablet.no_longer_sees("[data-state=rest]").await;
    tablet.sees("[data-screen=closed]").await;
    kiosk.select_language().await;
    kiosk.check("closed").await;
    kiosk.check_card("staff").await;

    let hold = "document.querySelector('.clock').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))";
    tablet.script(hold).await;
    tablet.sees(".pin").await;
    kiosk.check("exit").await;
    for digit in ["1", "3", "5", "7"] {
        tablet.press(&format!("dialog [data-key='{digit}']")).await;
    }
    tablet.sees("dialog .problem:not(:empty)").await;
    kiosk.check("exit-wrong").await;
    for digit in ["2", "4", "6", "8"] {
        tablet.press(&format!("dialog [data-key='{digit}']")).await;
    }
    tablet.sees("[data-state=open-setup]").await;
    kiosk.check("exit-open").await;
    tablet.press("dialog [data-state=checklist]").await;
    tablet.sees("dialog .checks").await;
    kiosk.check("checklist").await;
    tablet.press("[data-state=close]").await;
    kiosk
        .change(|document| document.site.opening_hours = None)
        .await;
    tablet.sees("[data-screen=menu]").await;
}

/// The screen of repeated crashes, a tablet without a menu, and an unpaired tablet.
async fn crashes_and_unpaired(kiosk: &KioskEnv) {
    let tablet = &kiosk.tablet;
    let crash =
        "sessionStorage.setItem('yobirin.crashes', JSON.stringify({ count: 9, at: Date.now() }));
        const error = new WebAssembly.RuntimeError('unreachable');
        dispatchEvent(new ErrorEvent('error', { error }))";
    tablet.expect_errors();
    tablet.script(crash).await;
    tablet.sees("[data-state=crashed]").await;
    kiosk.check("crashed").await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    kiosk
        .change(|document| document.devices[0].menu.clear())
        .await;
    tablet.no_longer_sees("[data-button]").await;
    kiosk.select_language().await;
    kiosk.check("menu-empty").await;
    kiosk.admin.unpair(TABLET).await;
    tablet.sees("[data-screen=pairing] .notice.bad").await;
    kiosk.check("revoked").await;
}
