//! Set-up that starts on the tablet: the tablet shows a code, an admin approves it, and a checklist follows.

use std::time::{Duration, Instant};

use e2e_tests::admin::PASSWORD;
use e2e_tests::office::TABLET;
use e2e_tests::{Browser, Size, TestEnv};

use crate::steps::admin::{new_device, open_setup, save, show, signed_in};
use crate::steps::visitor::{await_notified, press_menu};

/// The code that an unpaired tablet shows.
async fn shown_code(tablet: &Browser) -> String {
    tablet.sees("[data-screen=pairing] [data-code]").await;
    let code = tablet.find("[data-code]").await.text().await;
    code.expect("the code is text")
}

/// Hides the browser's UI as the installed app does.
async fn run_as_installed_app(tablet: &Browser) {
    tablet
        .before_every_page(
            "const real = window.matchMedia.bind(window);
             window.matchMedia = (query) => query.includes('fullscreen') ? { matches: true } : real(query);",
        )
        .await;
}

#[tokio::test]
async fn an_admin_approves_a_waiting_tablet_from_the_list_and_it_starts_within_seconds() {
    let (env, _admin, setup) = open_setup().await;
    let tablet = env.tablet_browser().await;
    tablet.open("/").await;
    let code = shown_code(&tablet).await;

    show(&setup, "/setup/devices").await;
    setup
        .says(&format!("コード {code} のタブレットが待っています"))
        .await;
    setup.says("接続元：127.0.0.1").await;
    setup.assert_accessible("waiting tablet").await;
    setup
        .press(&format!("[data-waiting='{code}'] [data-action=approve]"))
        .await;
    let pressed = Instant::now();
    tablet.sees("[data-screen=menu]").await;
    assert!(
        pressed.elapsed() < Duration::from_secs(8),
        "{:?}",
        pressed.elapsed()
    );
    tablet.close_checklist().await;

    setup
        .sees("[data-page=device] .device-state [data-state=done]")
        .await;
    setup.sees("[data-test-call] .waiting").await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    setup.sees("[data-test-call] [data-notice=delivered]").await;
    show(&setup, "/setup/devices").await;
    setup.no_longer_sees("[data-waiting]").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_tablet_that_is_in_use_is_replaced_only_once_the_admin_has_confirmed() {
    let (env, admin, setup) = open_setup().await;
    let first = env.paired(&admin).await;
    let second = env.tablet_browser().await;
    second.open("/").await;
    let code = shown_code(&second).await;
    setup.open("/setup/devices").await;
    let card = format!("[data-waiting='{code}']");
    setup
        .choose_by_text(
            &format!("{card} select"),
            "1F 受付（いまのタブレットと入れ替え）",
        )
        .await;
    let primary = setup.all_now("main .button.primary").await;
    assert_eq!(primary.len(), 1, "approving is the one primary button");
    setup.press(&format!("{card} [data-action=approve]")).await;
    setup.sees("[data-dialog=replace-tablet]").await;
    setup.says("いまのタブレットの最後の通信").await;
    setup.assert_accessible("replacement").await;
    setup
        .press("[data-dialog=replace-tablet] [data-action=cancel]")
        .await;
    first.sees("[data-screen=menu]").await;
    setup.press(&format!("{card} [data-action=approve]")).await;
    setup
        .press("[data-dialog=replace-tablet] [data-action=confirm]")
        .await;
    second.sees("[data-screen=menu]").await;
    first.sees("[data-screen=pairing]").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn an_ipad_is_asked_to_install_the_app_before_it_is_paired() {
    let (env, _admin) = TestEnv::configured().await;
    let tablet = env.tablet_browser().await;
    let call_itself_ipad =
        "Object.defineProperty(navigator, 'userAgent', { value: 'Mozilla/5.0 (iPad)' });";
    tablet.before_every_page(call_itself_ipad).await;
    tablet.open("/").await;
    tablet
        .sees("[data-screen=pairing] [data-state=install]")
        .await;
    tablet.says("ホーム画面に追加").await;
    env.close().await;
}

#[tokio::test]
async fn of_several_waiting_tablets_the_newest_is_first_and_has_the_primary_button() {
    let (env, _admin, setup) = open_setup().await;
    let (older, newer) = (env.tablet_browser().await, env.tablet_browser().await);
    older.open("/").await;
    let old_code = shown_code(&older).await;
    show(&setup, "/setup/devices").await;
    setup.sees(&format!("[data-waiting='{old_code}']")).await;
    newer.open("/").await;
    let new_code = shown_code(&newer).await;
    setup
        .until(&format!(
            "const cards = [...document.querySelectorAll('[data-waiting]')];
             return cards.map((card) => card.dataset.waiting).join() === '{new_code},{old_code}'
                 && [...document.querySelectorAll('main .button.primary')]
                     .map((button) => button.closest('[data-waiting]')?.dataset.waiting).join() === '{new_code}';",
        ))
        .await;
    env.close().await;
}

#[tokio::test]
async fn the_qr_code_leads_a_signed_out_admin_to_the_approval_and_a_new_device() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.tablet_browser().await;
    tablet.open("/").await;
    let code = shown_code(&tablet).await;
    let phone = Browser::start(env.relay.url(), "ja", Size::PHONE).await;
    phone.open(&format!("/setup/tablets/{code}")).await;
    phone.type_into("input[name=password]", PASSWORD).await;
    phone.press("[data-action=sign-in]").await;
    phone
        .sees(&format!(
            "[data-page=waiting-tablet] [data-waiting='{code}']"
        ))
        .await;
    phone.assert_accessible("approval").await;
    phone
        .choose_by_text("select[name=waiting-device]", "新しいデバイス")
        .await;
    phone.press("[data-action=approve]").await;
    tablet.sees("[data-screen=menu]").await;
    let devices = admin.settings().await.devices;
    assert_eq!(devices.len(), 2, "a new device was saved");
    assert!(!devices[1].menu.is_empty());

    phone.open(&format!("/setup/tablets/{code}")).await;
    phone.sees("[data-notice=not-waiting]").await;
    phone.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_device_page_offers_the_waiting_tablet_and_the_code_still_works() {
    let (env, admin, setup) = open_setup().await;
    setup.open(&format!("/setup/devices/{TABLET}")).await;
    setup
        .sees("[data-section=pairing] [data-notice=loopback]")
        .await;
    setup.says("このリンクは、この PC でしか開けません").await;
    let tablet = env.tablet_browser().await;
    tablet.open("/").await;
    shown_code(&tablet).await;
    setup
        .sees("[data-section=pairing] [data-action=approve]")
        .await;
    let code = admin.pairing_code(TABLET).await.code;
    tablet.type_into("#code", &code).await;
    tablet.press("button[type=submit]").await;
    tablet.sees("[data-screen=menu]").await;
    setup
        .no_longer_sees("[data-section=pairing] [data-action=approve]")
        .await;
    setup.sees(".device-state [data-state=done]").await;
    env.close().await;
}

#[tokio::test]
async fn the_checklist_ticks_live_on_the_tablet_and_in_set_up() {
    let (env, admin, setup) = open_setup().await;
    let tablet = env.tablet_browser().await;
    run_as_installed_app(&tablet).await;
    let code = admin.pairing_code(TABLET).await.code;
    tablet.open(&format!("/pair#code={code}")).await;
    for (check, met) in [
        ("installed", true),
        ("full-screen", true),
        ("reachable", false),
        ("exit-pin", false),
        ("pinned", false),
    ] {
        tablet
            .sees(&format!("dialog [data-check={check}][data-met={met}]"))
            .await;
    }
    tablet
        .says("いまのアドレスは、この端末でしか開けません")
        .await;
    // The browser keeps the screen on at this address without https, so the line would not be true.
    tablet
        .until("return document.querySelector('dialog [data-check=https][data-met=false]')?.hidden === true;")
        .await;
    tablet.assert_accessible("checklist").await;
    tablet.press("dialog [data-kind=ipad]").await;
    tablet.says("アクセスガイド").await;
    tablet.press("dialog [data-check=pinned] input").await;
    tablet
        .sees("dialog [data-check=pinned][data-met=true]")
        .await;
    let mut document = admin.settings().await;
    document.site.exit_pin = Some("2468".to_owned());
    admin.save(&document).await;
    tablet
        .sees("dialog [data-check=exit-pin][data-met=true]")
        .await;

    setup.open(&format!("/setup/devices/{TABLET}")).await;
    for (check, met) in [("pinned", true), ("exit-pin", true)] {
        setup
            .sees(&format!(
                "[data-section=checklist] [data-check={check}][data-met={met}]"
            ))
            .await;
    }
    setup
        .until("return document.querySelector('[data-section=checklist] [data-check=https][data-met=false]')?.hidden === true;")
        .await;
    setup.assert_accessible("checklist in set-up").await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    let hold = "document.querySelector('.clock').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))";
    tablet.script(hold).await;
    for digit in ["2", "4", "6", "8"] {
        tablet.press(&format!("dialog [data-key='{digit}']")).await;
    }
    tablet.press("dialog [data-state=checklist]").await;
    tablet
        .sees("dialog [data-check=pinned][data-met=true]")
        .await;
    tablet.press("dialog [data-check=pinned] input").await;
    tablet
        .sees("dialog [data-check=pinned][data-met=false]")
        .await;
    tablet.close_checklist().await;
    env.close().await;
}

#[tokio::test]
async fn saving_a_new_device_brings_its_pairing_into_sight() {
    let (env, _admin, setup) = open_setup().await;
    new_device(&setup, "2F 受付").await;
    save(&setup).await;
    setup
        .until(
            "const button = document.querySelector('[data-section=pairing] [data-action=pair]');
             const box = button?.getBoundingClientRect();
             return button === document.activeElement && box.top >= 0 && box.bottom <= innerHeight;",
        )
        .await;
    env.close().await;
}

#[tokio::test]
async fn set_up_offers_a_preview_where_the_kiosk_would_only_ask_to_be_paired() {
    let (env, _admin) = TestEnv::configured().await;
    let setup = signed_in(&env).await;
    setup.press("[data-action=preview-kiosk]").await;
    setup.sees("[data-page=device] .tablet").await;
    env.close().await;
}

#[tokio::test]
async fn links_that_only_this_machine_can_open_say_so() {
    let (env, _admin, setup) = open_setup().await;
    setup.open(&format!("/setup/devices/{TABLET}")).await;
    setup
        .press("[data-section=pairing] [data-action=pair]")
        .await;
    setup
        .sees("[data-section=pairing] [data-notice=loopback]")
        .await;
    show(&setup, "/setup/hosts").await;
    setup.press("[data-host] a").await;
    setup.press("[data-action=make-link]").await;
    setup.sees("[data-personal-link]").await;
    setup.sees("[data-notice=loopback]").await;
    env.close().await;
}

#[tokio::test]
async fn a_missing_exit_pin_is_found_and_the_exit_is_explained_where_the_pin_is_set() {
    let (env, admin, setup) = open_setup().await;
    let _tablet = env.paired(&admin).await;
    show(&setup, "/setup/doctor").await;
    setup.says("終了用 PIN が決まっていません").await;
    show(&setup, "/setup/site").await;
    setup.says("右上の時計を 3 秒長押し").await;
    env.close().await;
}
