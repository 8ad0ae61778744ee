//! Touch: taps and double taps, sizes of targets, and tiles without a hole between them.

use chatwork_sim::Office;
use e2e_tests::{Browser, Size, TestEnv};
use yobirin_domain::model::hours::Week;

use crate::steps::visitor::{await_latest_settings, await_notified, only_message, press_menu};

#[tokio::test]
async fn a_tap_on_an_overlay_does_not_press_the_button_behind_it() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let mut document = admin.settings().await;
    document.site.opening_hours = Some(Week::default());
    admin.save(&document).await;
    tablet.sees("[data-state=rest]").await;
    tablet.tap_at("[data-state=staff]").await;
    tablet.no_longer_sees("[data-state=rest]").await;
    tablet.await_two_frames().await;
    tablet
        .until("return document.querySelector('dialog[open]') === null")
        .await;
    tablet.tap_at("[data-state=staff]").await;
    tablet.sees("dialog[open]").await;
    env.close().await;
}

#[tokio::test]
async fn a_double_tap_calls_once() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    tablet.press_twice("[data-button=parcel]").await;
    await_notified(&tablet).await;
    only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    env.close().await;
}

/// Visible buttons and fields smaller than the minimum touch target, with their sizes.
async fn small_targets(tablet: &Browser) -> serde_json::Value {
    let script = "return [...document.querySelectorAll('button, input, a')].map(e => [e, e.getBoundingClientRect()])
        .filter(([e, r]) => r.width && !e.disabled)
        .filter(([e, r]) => {
            const least = e.matches('.tile, .card, .button.primary.large') ? 96 : 64;
            return r.height < least - 0.5 || r.width < 63.5 && !e.matches('.key') || r.width < 58;
        })
        .map(([e, r]) => `${e.className} ${e.innerText} ${r.width}×${r.height}`);";
    tablet.script(script).await
}

#[tokio::test]
async fn every_touch_target_has_the_minimum_size() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let nothing = serde_json::json!([]);
    assert_eq!(small_targets(&tablet).await, nothing, "menu");
    for (button, screen) in [
        ("groups", "groups"),
        ("open", "host-open"),
        ("search", "host-search"),
        ("closed", "host-closed"),
        ("sales", "details"),
        ("parcel", "notified"),
    ] {
        press_menu(&tablet, button).await;
        tablet.sees(&format!("[data-screen={screen}]")).await;
        assert_eq!(small_targets(&tablet).await, nothing, "{screen}");
        tablet.press("[data-state=home], [data-state=done]").await;
    }
    tablet.press("[data-state=access]").await;
    tablet.sees("dialog[open]").await;
    assert_eq!(small_targets(&tablet).await, nothing, "access");
    env.close().await;
}

/// JavaScript that returns true when each row of the menu ends where the menu does, and begins right below the row above.
const HAS_NO_HOLE: &str = "
    const menu = document.querySelector('.tiles');
    const { right } = menu.getBoundingClientRect();
    const gap = parseFloat(getComputedStyle(menu).rowGap);
    const boxes = [...menu.children].map((tile) => tile.getBoundingClientRect());
    return boxes.every((box, index) => {
        const next = boxes[index + 1];
        const isLastOfRow = !next || next.top > box.top + 1;
        return !isLastOfRow
            || Math.abs(box.right - right) <= 1 && !(next?.top - box.bottom > gap + 1);
    });";

#[tokio::test]
async fn no_number_of_buttons_leaves_a_hole_in_the_menu() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let mut document = admin.settings().await;
    let button = document.devices[0].menu[0].clone();
    for count in 1..=8 {
        let numbered = (0..count).map(|index| {
            let mut button = button.clone();
            button.id = format!("button{index}").parse().expect("an id");
            button
        });
        document.devices[0].menu = numbered.collect();
        admin.save(&document).await;
        await_latest_settings(&tablet).await;
        let has_all = format!("return document.querySelectorAll('.tile').length === {count}");
        tablet.until(&has_all).await;
        for size in Size::ALL {
            tablet.resize(size).await;
            let fits = tablet.script(HAS_NO_HOLE).await;
            assert_eq!(fits, true, "{count} buttons, {size:?}");
        }
    }
    env.close().await;
}
