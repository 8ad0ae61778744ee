//! A waiting tablet, on its own screen and in set-up, and its checklist after the approval.

use e2e_tests::office::TABLET;
use e2e_tests::{Browser, Size, TestEnv};

use super::{appearances, check_appearances, check_part};
use crate::steps::admin::sign_in;

/// Makes the tablet's address reachable, as in an office: the tests run on loopback.
const REACHABLE: &str =
    "Object.defineProperty(window, 'yobirinChecks', { get: () => 0b1_0001, set() {} });";

#[tokio::test]
async fn a_waiting_tablet_and_its_checklist_are_accessible_and_fit() {
    for (language, appearances) in appearances(Size::DESKTOP) {
        let (env, _admin) = TestEnv::configured().await;
        let tablet = Browser::start(env.relay.url(), language, Size::TABLET).await;
        tablet.before_every_page(REACHABLE).await;
        tablet.open("/").await;
        tablet.sees("[data-qr]").await;
        let code = tablet.find("[data-code]").await.text().await;
        let code = code.expect("the code is text");
        check_appearances(&tablet, "waiting-kiosk", &appearances).await;

        let setup = Browser::start(env.relay.url(), language, Size::DESKTOP).await;
        setup.open("/setup").await;
        sign_in(&setup).await;
        setup.open("/setup/devices").await;
        setup.sees("[data-waiting]").await;
        check_appearances(&setup, "waiting-devices", &appearances).await;
        setup.open(&format!("/setup/tablets/{code}")).await;
        setup.sees("[data-waiting]").await;
        check_appearances(&setup, "waiting-approval", &appearances).await;
        setup.open("/setup/tablets/BBBB-BBBB").await;
        setup.sees("[data-notice=not-waiting]").await;
        check_appearances(&setup, "waiting-nobody", &appearances).await;
        setup.open(&format!("/setup/devices/{TABLET}")).await;
        setup.sees("[data-section=pairing] [data-waiting]").await;
        let part = "[data-section=pairing]";
        check_part(&setup, "waiting-device", part, &appearances).await;
        setup
            .press("[data-section=pairing] [data-action=approve]")
            .await;
        tablet.sees("dialog .checks").await;
        check_appearances(&tablet, "checklist-kiosk", &appearances).await;
        setup.sees("[data-section=checklist] .checks").await;
        let part = "[data-section=checklist]";
        check_part(&setup, "checklist-setup", part, &appearances).await;
        env.close().await;
    }
}
