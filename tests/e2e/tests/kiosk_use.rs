//! Use of the kiosk: languages, idle reset, display settings, staff exit, closed hours.

use chatwork_sim::Office;
use e2e_tests::{Browser, TestEnv};
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::closed_days::ClosedDays;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::hours::Week;
use yobirin_domain::model::menu::{Accessibility, TextSize};

use crate::search::press_keys;
use crate::steps::visitor::{await_notified, enter_details_and_call, only_message, press_menu};

/// Advances the tablet's clock, after pending effects of the last press (such as scrolling), which count as
/// input.
async fn advance_time(tablet: &Browser, seconds: u32) {
    tablet.await_two_frames().await;
    let script = format!("const now = Date.now; Date.now = () => now() + {seconds} * 1000;");
    tablet.script(&script).await;
}

/// Advances the tablet's clock and stops it there, so that a slow driver misses nothing that is shown for seconds.
async fn advance_and_stop_time(tablet: &Browser, seconds: u32) {
    tablet.await_two_frames().await;
    let script = format!("const then = Date.now() + {seconds} * 1000; Date.now = () => then;");
    tablet.script(&script).await;
}

/// Waits until the page's root element has this attribute; an empty value means none.
async fn await_attribute(tablet: &Browser, name: &str, value: &str) {
    let has_value =
        format!("return (document.documentElement.getAttribute('{name}') ?? '') === '{value}'");
    tablet.until(&has_value).await;
}

#[tokio::test]
async fn changing_the_language_keeps_typed_text_and_is_part_of_the_message() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    // Without answers the tablet returns to the menu sooner.
    document.site.answers = AnswerDisplay::Off;
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "open").await;
    tablet.press("[data-group=soumu]").await;
    tablet.press("[data-host]").await;
    tablet.type_into("input[id=company]", "Sample Inc.").await;
    tablet.press("[data-lang=en]").await;
    tablet.says("Please tell us about yourself").await;
    let typed_company = tablet
        .script("return document.querySelector('#company').value")
        .await;
    assert_eq!(typed_company, "Sample Inc.");
    enter_details_and_call(&tablet, "Sample Inc.", "Jane").await;
    await_notified(&tablet).await;
    tablet.says("We have notified").await;

    let message = only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    assert!(
        message.body.contains("お客様の言語：English"),
        "{}",
        message.body
    );
    tablet.says("Returning to the start in").await;
    advance_time(&tablet, 31).await;
    tablet.sees("[data-screen=menu]").await;
    // The next visitor sees the default language.
    await_attribute(&tablet, "lang", "ja").await;
    env.close().await;
}

#[tokio::test]
async fn typing_extends_the_idle_countdown_whose_end_erases_everything() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "search").await;
    advance_and_stop_time(&tablet, 50).await;
    tablet.sees("[data-state=countdown]").await;
    tablet.type_on("さ").await;
    tablet.no_longer_sees("[data-state=countdown]").await;
    advance_and_stop_time(&tablet, 50).await;
    tablet.sees("[data-state=countdown]").await;
    press_keys(&tablet, &["と"]).await;
    tablet.no_longer_sees("[data-state=countdown]").await;

    advance_and_stop_time(&tablet, 61).await;
    tablet.sees("[data-screen=menu]").await;
    press_menu(&tablet, "search").await;
    tablet.sees("#find").await;
    let typed = tablet
        .script("return document.querySelector('#find').value")
        .await;
    assert_eq!(typed, "", "the previous visitor's text is erased");
    env.close().await;
}

#[tokio::test]
async fn the_menu_goes_back_to_the_office_s_language_without_a_countdown() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    tablet.press("[data-lang=en]").await;
    await_attribute(&tablet, "lang", "en").await;
    let clock = "document.querySelector('.clock').innerText";
    let before = tablet.script(&format!("return {clock}")).await;
    advance_and_stop_time(&tablet, 80).await;
    tablet.until(&format!("return {clock} !== {before}")).await;
    let countdown = "return document.querySelector('[data-state=countdown]')";
    assert!(tablet.script(countdown).await.is_null(), "no button moves");
    await_attribute(&tablet, "lang", "en").await;
    // The timer may have started at the tick after the first jump.
    advance_and_stop_time(&tablet, 91).await;
    await_attribute(&tablet, "lang", "ja").await;
    env.close().await;
}

#[tokio::test]
async fn form_and_confirmation_name_the_pressed_button_above_its_group() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "sales").await;
    let is_named = "const card = document.querySelector('.call-target');
        return card.querySelector('.call-target-label').innerText === '営業のご相談'
            && card.querySelector('.call-target-name').innerText === '営業一課';";
    tablet.sees("[data-screen=details]").await;
    tablet.until(is_named).await;
    tablet.type_into("#name", "山本 一郎").await;
    tablet
        .press("[data-screen=details] button[type=submit]")
        .await;
    tablet.sees("[data-screen=confirm]").await;
    tablet.until(is_named).await;
    env.close().await;
}

#[tokio::test]
async fn returning_to_the_menu_erases_typed_text() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
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
    await_notified(&tablet).await;
    let message = only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    assert!(!message.body.contains("山田"), "{}", message.body);
    env.close().await;
}

#[tokio::test]
async fn a_visitors_display_settings_are_reset_afterwards() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.devices[0].access = Accessibility {
        text_size: TextSize::Large,
        ..Accessibility::default()
    };
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    await_attribute(&tablet, "data-text", "large").await;

    tablet.press("[data-state=access]").await;
    tablet.press_button("とても大きい").await;
    tablet.press_button("くっきり表示").await;
    tablet.press_button("下のほうに表示").await;
    tablet.press("[data-state=close]").await;
    for (name, value) in [("text", "largest"), ("contrast", "high"), ("reach", "low")] {
        await_attribute(&tablet, &format!("data-{name}"), value).await;
    }
    // Scrolling counts as input.
    tablet.until("return scrollY > 0").await;
    advance_time(&tablet, 61).await;
    tablet.no_longer_sees("[data-contrast]").await;
    await_attribute(&tablet, "data-text", "large").await;
    await_attribute(&tablet, "data-reach", "").await;

    // In the lowered position, a screen that fits is completely visible.
    tablet.press("[data-state=access]").await;
    tablet.press_button("標準").await;
    tablet.press_button("下のほうに表示").await;
    tablet.press("[data-state=close]").await;
    assert_fully_visible(&tablet, "[data-button]").await;
    press_menu(&tablet, "search").await;
    tablet.press("[data-key='さ']").await;
    tablet.press("[data-host]").await;
    tablet.sees("[data-screen=details]").await;
    assert_fully_visible(&tablet, "main h1, main input, main [type=submit]").await;
    env.close().await;
}

/// Waits until all matching elements are between the top of the window and the bottom bar.
async fn assert_fully_visible(tablet: &Browser, selector: &str) {
    let is_in_sight = format!(
        "const bars = document.querySelector('.top').getBoundingClientRect().top;
         const all = [...document.querySelectorAll('{selector}')].map(e => e.getBoundingClientRect());
         return all.length > 1 && all.every(e => e.top >= 0 && e.bottom <= bars);"
    );
    tablet.until(&is_in_sight).await;
}

#[tokio::test]
async fn staff_exit_requires_a_long_press_on_the_clock_and_the_pin() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.exit_pin = Some("2468".to_owned());
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    let touch = |name: &str| {
        format!(
            "document.querySelector('.clock').dispatchEvent(new PointerEvent('{name}', {{ bubbles: true }}))"
        )
    };
    let hold_clock = async || {
        tablet.script(&touch("pointerdown")).await;
        tablet.sees(".pin").await;
        tablet.script(&touch("pointerup")).await;
    };
    hold_clock().await;
    for _ in 0..5 {
        for digit in ["1", "3", "5", "7"] {
            tablet.press(&format!("dialog [data-key='{digit}']")).await;
        }
    }
    tablet.says("間違いが続きました").await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    hold_clock().await;
    tablet.says("間違いが続きました").await;
    advance_time(&tablet, 31).await;
    for digit in ["2", "4", "6", "8"] {
        tablet.press(&format!("dialog [data-key='{digit}']")).await;
    }
    tablet.press("[data-state=open-setup]").await;
    tablet.sees("[data-page=sign-in]").await;
    tablet.press("[data-action=back-to-kiosk]").await;
    tablet.sees("[data-screen=menu]").await;
    // A tablet that somebody leaves at the sign-in page is a reception again.
    tablet.open("/setup/sign-in").await;
    tablet.sees("[data-page=sign-in]").await;
    advance_time(&tablet, 3 * 60).await;
    tablet.sees("[data-screen=menu]").await;
    env.close().await;
}

#[tokio::test]
async fn outside_opening_hours_the_closed_screen_shows_the_hours_on_touch() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let mut document = admin.settings().await;
    document.site.opening_hours = Some(Week::default());
    admin.save(&document).await;

    tablet.press("[data-state=rest]").await;
    tablet.sees("[data-screen=closed]").await;
    tablet.no_longer_sees("[data-state=rest]").await;
    tablet.says("受付時間外").await;
    tablet.says("内線 100").await;
    // The 30 seconds start at the tablet's next tick, so the clock advances until the tablet has counted them.
    tablet
        .until(
            "const now = Date.now; Date.now = () => now() + 31000;
             return document.querySelector('[data-state=rest]') !== null;",
        )
        .await;

    document.site.opening_hours = None;
    admin.save(&document).await;
    tablet.no_longer_sees("[data-state=rest]").await;
    tablet.sees("[data-screen=menu]").await;
    env.close().await;
}

#[tokio::test]
async fn the_screensaver_says_when_the_reception_opens() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let mut document = admin.settings().await;
    let span = serde_json::json!([{ "from": "09:00", "to": "18:00" }]);
    let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|day| (day, span.clone()));
    let week: serde_json::Value = week.into_iter().collect();
    document.site.opening_hours = serde_json::from_value(week).ok();
    // Closed on the present UTC day and its neighbors, one of which is the office's today.
    let today = tablet
        .script("return new Date().toISOString().slice(0, 10)")
        .await;
    let today: Date = today
        .as_str()
        .and_then(|day| day.parse().ok())
        .expect("a date");
    let days = [today.previous(), Some(today), today.next()];
    let days: Vec<Date> = days.into_iter().flatten().collect();
    let (first, last) = (days[0], days[days.len() - 1]);
    let name = "創立記念日".to_owned();
    document.site.closed_days = vec![ClosedDays { first, last, name }];
    admin.save(&document).await;
    tablet.sees("[data-state=rest]").await;
    tablet
        .until("return /次の受付は .+ 09:00\\sからです/.test(document.querySelector('[data-state=rest]').innerText)")
        .await;
    tablet.says("本日の受付はありません（創立記念日）").await;
    tablet.press("[data-state=rest]").await;
    tablet.no_longer_sees("[data-state=rest]").await;
    tablet.says("本日の受付はありません（創立記念日）").await;
    env.close().await;
}
