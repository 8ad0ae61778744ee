//! Tablets set up by clicking: menu with its live preview, pairing, reloading, hours, logo.

use e2e_tests::admin::Admin;
use e2e_tests::office::{TABLET, button_of};
use e2e_tests::{Browser, Stage};
use thirtyfour::Key;
use yobirin_domain::model::hours::DeviceHours;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::menu::{Device, TextSize};

use crate::steps::admin::{at_the_desk, save, show, signed_in};

/// The page in the preview.
const PREVIEW: &str = "[data-preview] iframe";

/// The page of the sample office's tablet.
async fn a_device_page() -> (Stage, Admin, Browser) {
    let (stage, admin, desk) = at_the_desk().await;
    show(&desk, "/setup/devices").await;
    desk.press(&format!("a[href='/setup/devices/{TABLET}']"))
        .await;
    desk.sees("[data-preview]").await;
    (stage, admin, desk)
}

async fn menu_of(admin: &Admin, device: usize) -> Vec<String> {
    let menu = &admin.settings().await.devices[device].menu;
    menu.iter().map(|button| button.id.to_string()).collect()
}

#[tokio::test]
async fn the_preview_follows_what_is_typed_and_leads_to_what_is_pressed() {
    let (stage, _admin, desk) = a_device_page().await;
    desk.press("[data-button=groups] [data-action=edit-button]")
        .await;
    desk.type_into("input[name=button-label-ja]", "部署の一覧")
        .await;
    desk.press("[data-icon=people]").await;
    desk.enter(PREVIEW).await;
    desk.sees("[data-chosen] [data-button=groups]").await;
    desk.says("部署の一覧").await;
    desk.leave().await;
    desk.press_inside(PREVIEW, "[data-lang=en]").await;
    desk.enter(PREVIEW).await;
    desk.says("How can we help you?").await;
    desk.leave().await;
    desk.press_inside(PREVIEW, "[data-button=parcel]").await;
    desk.sees("li[data-button=parcel].open").await;
    desk.press("[data-hung=upright]").await;
    desk.press("[data-size=largest]").await;
    desk.enter(PREVIEW).await;
    desk.sees("html[data-text=largest]").await;
    desk.leave().await;
    desk.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn a_menu_is_put_in_order_by_keys_and_by_dragging() {
    let (stage, admin, desk) = a_device_page().await;
    let before = menu_of(&admin, 0).await;
    assert_eq!(before[..3], ["groups", "search", "open"]);
    let first = "li[data-button=groups] [data-action=move]";
    desk.key(first, Key::Down).await;
    desk.sees("li[data-button=search] + li[data-button=groups]")
        .await;
    desk.key(first, Key::Down).await;
    desk.sees("li[data-button=open] + li[data-button=groups]")
        .await;
    desk.drag(first, "li[data-button=search]").await;
    desk.sees("li[data-button=groups] + li[data-button=search]")
        .await;
    desk.drag(first, "li[data-button=sales]").await;
    desk.sees("li[data-button=groups]:last-child").await;
    save(&desk).await;
    let after = menu_of(&admin, 0).await;
    assert_eq!(
        after,
        ["search", "open", "closed", "parcel", "sales", "groups"]
    );
    stage.close().await;
}

#[tokio::test]
async fn a_button_is_doubled_and_a_menu_copied_with_a_word_on_what_it_replaces() {
    let (stage, admin) = Stage::furnished().await;
    let mut document = admin.settings().await;
    let second: DeviceId = "second".parse().expect("a key");
    let mut old = button_of(&document, "parcel").clone();
    old.id = "old".parse().expect("a key");
    document.devices.push(Device {
        menu: vec![old],
        ..Device::named(second, "2F 入口")
    });
    admin.save(&document).await;
    let desk = signed_in(&stage).await;
    show(&desk, "/setup/devices").await;
    desk.press(&format!("a[href='/setup/devices/{TABLET}']"))
        .await;

    desk.press("[data-button=parcel] [data-action=edit-button]")
        .await;
    desk.press("[data-button=parcel] [data-action=duplicate-button]")
        .await;
    desk.sees("li[data-button=parcel] + li.open").await;
    desk.press("[data-action=copy-menu]").await;
    desk.says("「2F 入口」のいまのメニュー 1 件は、このメニューに置き換わります。")
        .await;
    desk.press("[data-dialog=copy-menu] [data-action=confirm]")
        .await;
    desk.says("「2F 入口」にコピーしました").await;
    save(&desk).await;
    let kept = admin.settings().await;
    assert_eq!(kept.devices[0].menu.len(), 7);
    let words = |device: &Device| -> Vec<_> {
        let menu = device.menu.iter();
        menu.map(|button| button.label.clone()).collect()
    };
    assert_eq!(words(&kept.devices[1]), words(&kept.devices[0]));
    stage.close().await;
}

#[tokio::test]
async fn a_tablet_is_paired_by_the_code_s_link_reloaded_from_afar_and_turned_away() {
    let (stage, _admin, desk) = a_device_page().await;
    desk.press("[data-action=pair]").await;
    desk.sees("[data-qr]").await;
    let link = desk.find("[data-pairing-link]").await;
    let link = link.attr("href").await.expect("an answer");
    let tablet = stage.tablet().await;
    tablet.open(&link.expect("a link")).await;
    tablet.sees("[data-screen=menu]").await;
    desk.sees(".device-state [data-state=done]").await;
    desk.loses("[data-qr]").await;

    tablet.script("window.before = true").await;
    desk.press("[data-action=reload-device]").await;
    desk.sees("[data-notice=reloaded]").await;
    tablet.until("return window.before !== true").await;
    tablet.sees("[data-screen=menu]").await;

    desk.press("[data-action=unpair]").await;
    desk.press("[data-dialog=unpair] [data-action=confirm]")
        .await;
    tablet.sees("[data-screen=pairing]").await;
    desk.sees(".device-state [data-state=todo]").await;
    stage.close().await;
}

#[tokio::test]
async fn hours_looks_and_the_pin_are_set_by_hand_and_kept() {
    let (stage, admin, desk) = a_device_page().await;
    desk.press("[data-choice=own]").await;
    desk.type_time("input[name=mon-from-0]", "1000AM").await;
    desk.press("[data-day=mon] [data-action=spread]").await;
    desk.press("[data-day=mon] [data-action=add-span]").await;
    desk.press("input[name=fri-open]").await;
    desk.press("[data-size=large]").await;
    desk.press("input[name=low-reach]").await;
    show(&desk, "/setup/site").await;
    desk.press("[data-choice=weekly]").await;
    desk.type_into("input[name=exit-pin]", "12").await;
    desk.sees("input[name=exit-pin][aria-invalid=true]").await;
    desk.type_into("input[name=exit-pin]", "１２３４").await;
    desk.type_time("input[name=closed-day]", "12312026").await;
    desk.press("[data-action=add-closed-day]").await;
    desk.sees("[data-closed-day='2026-12-31']").await;
    save(&desk).await;

    let kept = admin.settings().await;
    assert_eq!(kept.site.exit_pin.as_deref(), Some("1234"));
    let closed: Vec<_> = kept
        .site
        .closed_days
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(closed, ["2026-12-31"]);
    let week = kept.site.opening_hours.expect("the site's hours");
    assert_eq!((week.mon.len(), week.sun.len()), (1, 0));
    let DeviceHours::Own { week } = &kept.devices[0].opening_hours else {
        panic!("the tablet has hours of its own: {:?}", kept.devices[0])
    };
    assert_eq!(week.tue[0].from.to_string(), "10:00");
    assert_eq!((week.mon.len(), week.fri.len()), (2, 0));
    assert_eq!(week.mon[1].from.to_string(), "19:00");
    assert_eq!(kept.devices[0].access.text_size, TextSize::Large);
    assert!(kept.devices[0].access.low_reach);
    stage.close().await;
}

#[tokio::test]
async fn a_logo_is_made_small_and_shows_on_the_tablet() {
    let (stage, admin, desk) = a_device_page().await;
    let tablet = stage.paired(&admin).await;
    show(&desk, "/setup/site").await;
    let picture = e2e_tests::root().join("tests/e2e/pictures/kiosk.png");
    desk.choose_file("input[name=site-logo]", &picture).await;
    desk.sees("[data-logo]").await;
    save(&desk).await;
    let kept = admin.settings().await.site.logo.expect("a logo");
    assert!(kept.starts_with("data:image/"), "{kept:.40}");
    tablet.sees("img.logo").await;
    tablet.console_is_clean().await;
    desk.press("[data-action=remove-logo]").await;
    save(&desk).await;
    tablet.loses("img.logo").await;
    desk.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn a_pale_colour_is_told_and_a_readable_one_offered() {
    let (stage, admin, desk) = a_device_page().await;
    show(&desk, "/setup/site").await;
    desk.type_into("input[name=site-accent]", "#ffd23f").await;
    desk.sees("[data-contrast=light][data-enough=false]").await;
    desk.press("[data-action=better-accent]").await;
    desk.sees("[data-contrast=light][data-enough=true]").await;
    desk.sees("[data-contrast=dark][data-enough=true]").await;
    save(&desk).await;
    assert_ne!(admin.settings().await.site.accent, "#ffd23f");
    stage.close().await;
}
