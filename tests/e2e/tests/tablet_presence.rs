//! Presence of tablets: silent ones come first, with advice.

use std::time::Duration;

use e2e_tests::admin::Admin;
use e2e_tests::office::TABLET;
use e2e_tests::{Behavior, Browser, Size, TestEnv, WAIT_TIMEOUT};
use yobirin_api::device::Heartbeat;
use yobirin_domain::model::menu::Device;

use crate::steps::admin::{open_navigation, show, sign_in, signed_in};

/// Adds a device without tablet before the others.
async fn add_unpaired_device(admin: &Admin) {
    let mut document = admin.settings().await;
    let new = Device::named("new".parse().expect("an id"), "新しい受付");
    document.devices.insert(0, new);
    admin.save(&document).await;
}

/// Last heartbeat of a tablet whose battery is nearly empty.
fn weak_heartbeat() -> Heartbeat {
    Heartbeat {
        version: "0.0.1".to_owned(),
        queued: 2,
        battery: Some(12),
        ..Heartbeat::default()
    }
}

#[tokio::test]
async fn a_silent_tablet_is_shown_first_with_what_to_look_at_until_it_is_back() {
    let (env, admin) = TestEnv::configured().await;
    add_unpaired_device(&admin).await;
    let tablet = env.paired(&admin).await;
    let setup = signed_in(&env).await;
    let row = format!("[data-section=today] [data-device={TABLET}]");
    setup.sees(&format!("{row} [data-state=done]")).await;
    setup
        .says("1 台が動いています・1 台は未ペアリングです")
        .await;

    // Another page sends no heartbeats; then nine minutes pass.
    tablet.open("/setup").await;
    tablet.sees("[data-page=sign-in]").await;
    admin.until_offline(TABLET).await;
    let age = Duration::from_secs(9 * 60 + 5);
    env.record_old_heartbeat(TABLET, &weak_heartbeat(), age)
        .await;

    setup.sees("[data-notice=silent-tablets]").await;
    setup.says("（9 分前）").await;
    setup
        .sees(&format!(
            "[data-section=today] li:first-child[data-device={TABLET}] [data-state=silent]"
        ))
        .await;
    setup.sees("[data-device=new] [data-state=todo]").await;
    setup.says("送信待ち：2 件").await;
    setup.says("電池：12%").await;
    setup.says("アプリが古いままです（0.0.1）").await;

    show(&setup, "/setup/devices").await;
    setup
        .sees(&format!(
            "main li:first-child[data-device={TABLET}] [data-state=silent]"
        ))
        .await;
    open_navigation(&setup).await;
    setup.press("nav a[href='/setup']").await;
    setup.press("[data-action=silent]").await;
    setup.sees("[data-page=device] [data-notice=silent]").await;
    setup.says("電池の残りは 12% でした。").await;
    setup.screenshot("silent-tablet").await;

    tablet.open("/").await;
    tablet.sees("[data-screen=menu]").await;
    setup.no_longer_sees("[data-notice=silent]").await;
    setup.sees(".device-state [data-state=done]").await;
    open_navigation(&setup).await;
    setup.press("nav a[href='/setup']").await;
    setup.sees(&format!("{row} [data-state=done]")).await;
    setup.no_longer_sees("[data-notice=silent-tablets]").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn the_overview_says_that_it_may_be_outdated_while_the_relay_is_away() {
    let (mut env, admin) = TestEnv::configured().await;
    let _tablet = env.paired(&admin).await;
    let setup = signed_in(&env).await;
    setup.sees("[data-section=today] [data-state=done]").await;
    setup.expect_errors();
    env.relay.stop().await;
    setup.sees("[data-section=today] [data-notice=stale]").await;
    env.relay.restart().await;
    setup.no_longer_sees("[data-notice=stale]").await;
    env.close().await;
}

#[tokio::test]
async fn a_page_that_is_opened_from_the_list_shows_the_tablet_s_state_before_the_relay_answers() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    // Another page sends no heartbeats; then nine minutes pass.
    tablet.open("/setup").await;
    tablet.sees("[data-page=sign-in]").await;
    admin.until_offline(TABLET).await;
    let age = Duration::from_secs(9 * 60 + 5);
    env.record_old_heartbeat(TABLET, &weak_heartbeat(), age)
        .await;
    let proxy = env.proxy().await;
    let setup = Browser::start(proxy.url(), "ja", Size::DESKTOP).await;
    setup.open("/setup").await;
    setup.sees("[data-page=sign-in]").await;
    sign_in(&setup).await;
    setup
        .sees(&format!("[data-device={TABLET}] [data-state=silent]"))
        .await;
    show(&setup, "/setup/devices").await;
    proxy.set_behavior_on("/api/devices", Behavior::Delay(2 * WAIT_TIMEOUT));
    let page = format!("a[href='/setup/devices/{TABLET}']");
    setup.press(&page).await;
    setup.sees("[data-page=device] [data-notice=silent]").await;
    env.close().await;
}
