//! Set-up of tablets: menu with live preview, pairing, remote reload, hours, logo.

use e2e_tests::admin::Admin;
use e2e_tests::office::{TABLET, button_of};
use e2e_tests::{Browser, Engine, TestEnv};
use thirtyfour::Key;
use yobirin_domain::model::hours::DeviceHours;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::menu::{Device, TextSize};

use crate::steps::admin::{open_setup, save, show, signed_in};

/// Selector of the preview's frame.
const PREVIEW: &str = "[data-preview] iframe";

/// Opens the page of the sample office's tablet.
async fn open_device_page() -> (TestEnv, Admin, Browser) {
    let (env, admin, setup) = open_setup().await;
    show(&setup, "/setup/devices").await;
    setup
        .press(&format!("a[href='/setup/devices/{TABLET}']"))
        .await;
    setup.sees("[data-preview]").await;
    (env, admin, setup)
}

async fn menu_of(admin: &Admin, device: usize) -> Vec<String> {
    let menu = &admin.settings().await.devices[device].menu;
    menu.iter().map(|button| button.id.to_string()).collect()
}

#[tokio::test]
async fn the_preview_updates_while_typing_and_a_press_opens_the_pressed_button() {
    let (env, _admin, setup) = open_device_page().await;
    setup
        .press("[data-button=groups] [data-action=edit-button]")
        .await;
    setup
        .type_into("input[name=button-label-ja]", "部署の一覧")
        .await;
    setup.press("[data-icon=people]").await;
    setup.enter_frame(PREVIEW).await;
    setup.sees("[data-chosen] [data-button=groups]").await;
    setup.says("部署の一覧").await;
    setup.leave_frame().await;
    setup.press_inside(PREVIEW, "[data-lang=en]").await;
    setup.enter_frame(PREVIEW).await;
    setup.says("How can we help you?").await;
    setup.leave_frame().await;
    setup.press_inside(PREVIEW, "[data-button=parcel]").await;
    setup.sees("li[data-button=parcel].open").await;
    setup.press("[data-hung=upright]").await;
    setup.press("[data-size=largest]").await;
    setup.enter_frame(PREVIEW).await;
    setup.sees("html[data-text=largest]").await;
    setup.leave_frame().await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_menu_is_sorted_by_keyboard_and_by_dragging() {
    let (env, admin, setup) = open_device_page().await;
    let before = menu_of(&admin, 0).await;
    assert_eq!(before[..3], ["groups", "search", "open"]);
    let first = "li[data-button=groups] [data-action=move]";
    setup.key(first, Key::Down).await;
    setup
        .sees("li[data-button=search] + li[data-button=groups]")
        .await;
    setup.key(first, Key::Down).await;
    setup
        .sees("li[data-button=open] + li[data-button=groups]")
        .await;
    setup.drag(first, "li[data-button=search]").await;
    setup
        .sees("li[data-button=groups] + li[data-button=search]")
        .await;
    setup.drag(first, "li[data-button=sales]").await;
    setup.sees("li[data-button=groups]:last-child").await;
    save(&setup).await;
    let after = menu_of(&admin, 0).await;
    assert_eq!(
        after,
        ["search", "open", "closed", "parcel", "sales", "groups"]
    );
    env.close().await;
}

#[tokio::test]
async fn a_button_can_be_duplicated_and_a_menu_copied_after_a_warning() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    let second: DeviceId = "second".parse().expect("a valid id");
    let mut old = button_of(&document, "parcel").clone();
    old.id = "old".parse().expect("a valid id");
    document.devices.push(Device {
        menu: vec![old],
        ..Device::named(second, "2F 入口")
    });
    admin.save(&document).await;
    let setup = signed_in(&env).await;
    show(&setup, "/setup/devices").await;
    setup
        .press(&format!("a[href='/setup/devices/{TABLET}']"))
        .await;

    setup
        .press("[data-button=parcel] [data-action=edit-button]")
        .await;
    setup
        .press("[data-button=parcel] [data-action=duplicate-button]")
        .await;
    setup.sees("li[data-button=parcel] + li.open").await;
    setup.press("[data-action=copy-menu]").await;
    setup
        .says("「2F 入口」のいまのメニュー 1 件は、このメニューに置き換わります。")
        .await;
    setup
        .press("[data-dialog=copy-menu] [data-action=confirm]")
        .await;
    setup.says("「2F 入口」にコピーしました").await;
    save(&setup).await;
    let saved = admin.settings().await;
    assert_eq!(saved.devices[0].menu.len(), 7);
    let words = |device: &Device| -> Vec<_> {
        let menu = device.menu.iter();
        menu.map(|button| button.label.clone()).collect()
    };
    assert_eq!(words(&saved.devices[1]), words(&saved.devices[0]));
    env.close().await;
}

#[tokio::test]
async fn a_tablet_is_paired_by_link_reloaded_remotely_and_revoked() {
    let (env, _admin, setup) = open_device_page().await;
    setup.press("[data-action=pair]").await;
    setup.sees("[data-qr]").await;
    let link = setup.find("[data-pairing-link]").await;
    let link = link.attr("href").await.expect("an answer");
    let tablet = env.tablet_browser().await;
    tablet.open(&link.expect("a link")).await;
    tablet.sees("[data-screen=menu]").await;
    tablet.close_checklist().await;
    setup.sees(".device-state [data-state=done]").await;
    setup.no_longer_sees("[data-qr]").await;

    tablet.script("window.before = true").await;
    setup.press("[data-action=reload-device]").await;
    setup.sees("[data-notice=reloaded]").await;
    tablet.until("return window.before !== true").await;
    tablet.sees("[data-screen=menu]").await;

    setup.press("[data-action=unpair]").await;
    setup
        .press("[data-dialog=unpair] [data-action=confirm]")
        .await;
    tablet.sees("[data-screen=pairing]").await;
    setup.sees(".device-state [data-state=todo]").await;
    env.close().await;
}

#[tokio::test]
async fn hours_appearance_and_pin_are_set_and_saved() {
    let (env, admin, setup) = open_device_page().await;
    setup.press("[data-choice=own]").await;
    setup.type_time("input[name=mon-from-0]", "1000AM").await;
    setup.press("[data-day=mon] [data-action=spread]").await;
    setup.press("[data-day=mon] [data-action=add-span]").await;
    setup.press("input[name=fri-open]").await;
    setup.press("[data-size=large]").await;
    setup.press("input[name=low-reach]").await;
    show(&setup, "/setup/site").await;
    setup.press("[data-choice=weekly]").await;
    setup.type_into("input[name=exit-pin]", "12").await;
    setup.sees("input[name=exit-pin][aria-invalid=true]").await;
    setup.type_into("input[name=exit-pin]", "１２３４").await;
    setup.type_time("input[name=closed-day]", "12312026").await;
    setup.press("[data-action=add-closed-day]").await;
    setup.sees("[data-closed-day='2026-12-31']").await;
    save(&setup).await;

    let saved = admin.settings().await;
    assert_eq!(saved.site.exit_pin.as_deref(), Some("1234"));
    let closed: Vec<_> = saved
        .site
        .closed_days
        .iter()
        .map(|days| (days.first.to_string(), days.count()))
        .collect();
    assert_eq!(closed, [("2026-12-31".to_owned(), Some(1))]);
    let week = saved.site.opening_hours.expect("the site's hours");
    assert_eq!((week.mon.len(), week.sun.len()), (1, 0));
    let DeviceHours::Own { week } = &saved.devices[0].opening_hours else {
        panic!("the tablet has hours of its own: {:?}", saved.devices[0])
    };
    assert_eq!(week.tue[0].from.to_string(), "10:00");
    assert_eq!((week.mon.len(), week.fri.len()), (2, 0));
    assert_eq!(week.mon[1].from.to_string(), "19:00");
    assert_eq!(saved.devices[0].access.text_size, TextSize::Large);
    assert!(saved.devices[0].access.low_reach);
    env.close().await;
}

#[tokio::test]
async fn a_logo_is_resized_and_shown_on_the_tablet() {
    let (env, admin, setup) = open_device_page().await;
    let tablet = env.paired(&admin).await;
    show(&setup, "/setup/site").await;
    let screenshot = e2e_tests::root().join("tests/e2e/pictures/kiosk.png");
    setup
        .choose_file("input[name=site-logo]", &screenshot)
        .await;
    setup.sees("[data-logo]").await;
    save(&setup).await;
    let logo = admin.settings().await.site.logo.expect("a logo");
    assert!(logo.starts_with("data:image/"), "{logo:.40}");
    tablet.sees("img.logo").await;
    tablet.assert_clean_console().await;
    setup.press("[data-action=remove-logo]").await;
    save(&setup).await;
    tablet.no_longer_sees("img.logo").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_low_contrast_color_is_reported_with_a_readable_alternative() {
    let (env, admin, setup) = open_device_page().await;
    show(&setup, "/setup/site").await;
    setup.type_into("input[name=site-accent]", "#ffd23f").await;
    setup.sees("[data-contrast=light][data-enough=false]").await;
    setup.press("[data-action=better-accent]").await;
    setup.sees("[data-contrast=light][data-enough=true]").await;
    setup.sees("[data-contrast=dark][data-enough=true]").await;
    save(&setup).await;
    assert_ne!(admin.settings().await.site.accent, "#ffd23f");
    env.close().await;
}

#[tokio::test]
async fn the_page_of_a_device_says_what_its_tablets_browser_cannot_do() {
    let (env, admin, setup) = open_setup().await;
    let tablet = env.paired(&admin).await;
    let is_chromium = Engine::of_this_run() == Engine::Chromium;
    if is_chromium {
        // Removed here, because Chromium has every feature.
        let remove_features = "delete Navigator.prototype.wakeLock; delete Navigator.prototype.getBattery;
             Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };";
        tablet.before_every_page(remove_features).await;
        tablet.reload().await;
        tablet.sees("[data-screen=menu]").await;
    }
    let lacks = tablet
        .script("return window.yobirinLacks.split(' ').sort().join()")
        .await;
    assert!(
        lacks
            .as_str()
            .is_some_and(|names| names.contains("battery_level")),
        "missing in this browser: {lacks}"
    );
    show(&setup, "/setup/devices").await;
    setup
        .press(&format!("a[href='/setup/devices/{TABLET}']"))
        .await;
    let are_listed = format!(
        "const listed = [...document.querySelectorAll('[data-lacks]')].map(e => e.dataset.lacks);
         return listed.sort().join() === {lacks};"
    );
    setup.until(&are_listed).await;
    setup.says("電池の残量を確認できません").await;
    if is_chromium {
        setup.says("何も保存できません").await;
    }
    setup.screenshot("engine-gaps").await;
    env.close().await;
}
