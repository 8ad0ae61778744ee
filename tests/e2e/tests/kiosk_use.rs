//! The screen as each visitor needs it, and as staff and the night want it.

use chatwork_sim::Office;
use e2e_tests::{Browser, Stage};
use yobirin_domain::model::hours::Week;
use yobirin_domain::model::menu::{Access, TextSize};

use crate::search::press_keys;
use crate::steps::visitor::{introduce_and_call, is_notified, press_menu, the_only_message};

/// Has the tablet believe that so much time has passed. What the last press still brings about, a screen
/// that moves above all, counts as input and must not come after it.
async fn later(tablet: &Browser, seconds: u32) {
    tablet.script_async(NEXT_FRAME).await;
    let script = format!("const now = Date.now; Date.now = () => now() + {seconds} * 1000;");
    tablet.script(&script).await;
}

async fn attribute(tablet: &Browser, name: &str) -> String {
    let script = format!("return document.documentElement.getAttribute('{name}')");
    tablet
        .script(&script)
        .await
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn a_language_changed_in_mid_flow_keeps_what_was_typed_and_is_told_to_the_host() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    press_menu(&tablet, "open").await;
    tablet.press("[data-group=soumu]").await;
    tablet.press("[data-host]").await;
    tablet.type_into("input[id=company]", "Sample Inc.").await;
    tablet.press("[data-lang=en]").await;
    tablet.says("Please tell us about yourself").await;
    let kept = tablet
        .script("return document.querySelector('#company').value")
        .await;
    assert_eq!(kept, "Sample Inc.");
    introduce_and_call(&tablet, "Sample Inc.", "Jane").await;
    is_notified(&tablet).await;
    tablet.says("We have notified").await;

    let message = the_only_message(&stage.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    assert!(
        message.body.contains("お客様の言語：English"),
        "{}",
        message.body
    );
    tablet.says("Returning to the start in").await;
    later(&tablet, 31).await;
    tablet.sees("[data-screen=menu]").await;
    assert_eq!(
        attribute(&tablet, "lang").await,
        "ja",
        "for the next visitor"
    );
    stage.close().await;
}

#[tokio::test]
async fn typing_extends_the_countdown_and_without_it_everything_is_forgotten() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    press_menu(&tablet, "search").await;
    later(&tablet, 50).await;
    tablet.sees("[data-state=countdown]").await;
    tablet.type_on("さ").await;
    tablet.loses("[data-state=countdown]").await;
    later(&tablet, 50).await;
    tablet.sees("[data-state=countdown]").await;
    press_keys(&tablet, &["と"]).await;
    tablet.loses("[data-state=countdown]").await;

    later(&tablet, 61).await;
    tablet.sees("[data-screen=menu]").await;
    press_menu(&tablet, "search").await;
    let typed = tablet
        .script("return document.querySelector('#find').value")
        .await;
    assert_eq!(typed, "", "the next visitor finds nothing of the last");
    stage.close().await;
}

#[tokio::test]
async fn what_one_visitor_typed_before_going_back_to_the_menu_is_not_there_for_the_next() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    press_menu(&tablet, "search").await;
    tablet.press("[data-key='さ']").await;
    tablet.press("[data-host]").await;
    tablet.type_into("input[id=name]", "山田 花子").await;
    tablet.press("[data-state=back]").await;
    tablet.sees("[data-screen=host-search]").await;
    tablet.press("[data-state=back]").await;

    press_menu(&tablet, "search").await;
    tablet.press("[data-key='さ']").await;
    tablet.press("[data-host]").await;
    tablet.sees("[data-screen=details]").await;
    let name = "return document.querySelector('input[id=name]').value";
    assert_eq!(tablet.script(name).await, "");
    tablet.press("[data-state=home]").await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    let message = the_only_message(&stage.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    assert!(!message.body.contains("山田"), "{}", message.body);
    stage.close().await;
}

#[tokio::test]
async fn looks_are_a_visitors_own_and_the_tablets_come_back() {
    let (stage, admin) = Stage::furnished().await;
    let mut document = admin.settings().await;
    document.devices[0].access = Access {
        text_size: TextSize::Large,
        ..Access::default()
    };
    admin.save(&document).await;
    let tablet = stage.paired(&admin).await;
    assert_eq!(attribute(&tablet, "data-text").await, "large");

    tablet.press("[data-state=access]").await;
    tablet.press_button("とても大きい").await;
    tablet.press_button("くっきり表示").await;
    tablet.press_button("下のほうに表示").await;
    tablet.press("[data-state=close]").await;
    for (name, value) in [("text", "largest"), ("contrast", "high"), ("reach", "low")] {
        assert_eq!(attribute(&tablet, &format!("data-{name}")).await, value);
    }
    // The screen has moved down; that it did counts as input.
    tablet.until("return scrollY > 0").await;
    later(&tablet, 61).await;
    tablet.loses("[data-contrast]").await;
    assert_eq!(attribute(&tablet, "data-text").await, "large");
    assert_eq!(attribute(&tablet, "data-reach").await, "");

    // Whoever sits sees all of a screen that fits: nothing waits unseen below the fold.
    tablet.press("[data-state=access]").await;
    tablet.press_button("標準").await;
    tablet.press_button("下のほうに表示").await;
    tablet.press("[data-state=close]").await;
    is_all_in_sight(&tablet, "[data-button]").await;
    press_menu(&tablet, "search").await;
    tablet.press("[data-key='さ']").await;
    tablet.press("[data-host]").await;
    tablet.sees("[data-screen=details]").await;
    is_all_in_sight(&tablet, "main h1, main input, main [type=submit]").await;
    stage.close().await;
}

const NEXT_FRAME: &str =
    "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done));";

/// All of these lie between the top of the window and the bars at its bottom.
async fn is_all_in_sight(tablet: &Browser, selector: &str) {
    let is_in_sight = format!(
        "const bars = document.querySelector('.top').getBoundingClientRect().top;
         const all = [...document.querySelectorAll('{selector}')].map(e => e.getBoundingClientRect());
         return all.length > 1 && all.every(e => e.top >= 0 && e.bottom <= bars);"
    );
    tablet.until(&is_in_sight).await;
}

#[tokio::test]
async fn staff_leave_the_kiosk_by_holding_the_clock_and_a_pin() {
    let (stage, admin) = Stage::furnished().await;
    let mut document = admin.settings().await;
    document.site.exit_pin = Some("2468".to_owned());
    admin.save(&document).await;
    let tablet = stage.paired(&admin).await;
    let touch = |name: &str| {
        format!(
            "document.querySelector('.clock').dispatchEvent(new PointerEvent('{name}', {{ bubbles: true }}))"
        )
    };
    tablet.script(&touch("pointerdown")).await;
    tablet.sees(".pin").await;
    tablet.script(&touch("pointerup")).await;
    for _ in 0..5 {
        for digit in ["1", "3", "5", "7"] {
            tablet.press(&format!("dialog [data-key='{digit}']")).await;
        }
    }
    tablet.says("間違いが続きました").await;
    later(&tablet, 31).await;
    for digit in ["2", "4", "6", "8"] {
        tablet.press(&format!("dialog [data-key='{digit}']")).await;
    }
    tablet.press("[data-state=open-setup]").await;
    tablet.sees("[data-page=sign-in]").await;
    stage.close().await;
}

#[tokio::test]
async fn outside_opening_hours_the_screen_rests_and_a_touch_tells_when_to_come() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    let mut document = admin.settings().await;
    document.site.opening_hours = Some(Week::default());
    admin.save(&document).await;

    tablet.press("[data-state=rest]").await;
    tablet.sees("[data-screen=closed]").await;
    tablet.loses("[data-state=rest]").await;
    tablet.says("受付時間外").await;
    tablet.says("内線 100").await;
    // The 30 seconds begin with the tablet's next tick: time moves on until it has seen them pass.
    tablet
        .until(
            "const now = Date.now; Date.now = () => now() + 31000;
             return document.querySelector('[data-state=rest]') !== null;",
        )
        .await;

    document.site.opening_hours = None;
    admin.save(&document).await;
    tablet.loses("[data-state=rest]").await;
    tablet.sees("[data-screen=menu]").await;
    stage.close().await;
}

#[tokio::test]
async fn a_finger_on_what_lies_on_top_does_not_press_what_lies_behind() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    let mut document = admin.settings().await;
    document.site.opening_hours = Some(Week::default());
    admin.save(&document).await;
    tablet.sees("[data-state=rest]").await;
    tablet.tap_at("[data-state=staff]").await;
    tablet.loses("[data-state=rest]").await;
    tablet.script_async(NEXT_FRAME).await;
    tablet
        .until("return document.querySelector('dialog[open]') === null")
        .await;
    tablet.tap_at("[data-state=staff]").await;
    tablet.sees("dialog[open]").await;
    stage.close().await;
}

#[tokio::test]
async fn a_double_tap_calls_once() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    tablet.press_twice("[data-button=parcel]").await;
    is_notified(&tablet).await;
    the_only_message(&stage.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    stage.close().await;
}

/// Every button and field that is seen and smaller than a finger wants, with its size.
async fn too_small(tablet: &Browser) -> serde_json::Value {
    let script = "return [...document.querySelectorAll('button, input, a')].map(e => [e, e.getBoundingClientRect()])
        .filter(([e, r]) => r.width && !e.disabled)
        .filter(([e, r]) => {
            const least = e.matches('.tile, .card, .button.main.big') ? 96 : 64;
            return r.height < least - 0.5 || r.width < 63.5 && !e.matches('.key') || r.width < 58;
        })
        .map(([e, r]) => `${e.className} ${e.innerText} ${r.width}×${r.height}`);";
    tablet.script(script).await
}

#[tokio::test]
async fn every_target_is_large_enough() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    let nothing = serde_json::json!([]);
    assert_eq!(too_small(&tablet).await, nothing, "menu");
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
        assert_eq!(too_small(&tablet).await, nothing, "{screen}");
        tablet.press("[data-state=home]").await;
    }
    tablet.press("[data-state=access]").await;
    tablet.sees("dialog[open]").await;
    assert_eq!(too_small(&tablet).await, nothing, "access");
    stage.close().await;
}
