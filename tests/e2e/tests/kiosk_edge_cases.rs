//! Edge cases of the kiosk: cancellations without an answer, restored calls, the idle countdown, search results, as a
//! visitor sees them.

use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Behavior, Browser, Size, TestEnv};
use serde_json::json;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::{Accessibility, TextSize};

use crate::endurance::wait_for_service_worker;
use crate::steps::visitor::{
    await_notified, call_while_relay_is_down, cancel_notified, press_menu,
};

/// Buttons that something else covers at their center.
const COVERED: &str = "
    const isCovered = (button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return !(at && (button.contains(at) || at.contains(button)));
    };
    const buttons = [...document.querySelectorAll('.kiosk-layout button')].filter((button) => button.checkVisibility());
    return buttons.filter((button) => {
        button.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        return isCovered(button);
    }).map((button) => button.innerText);";

/// On-screen keys that lie under a bar or outside of the window.
const HIDDEN_KEYS: &str = "
    scrollTo(0, 0);
    return [...document.querySelectorAll('.keyboard button')].filter((key) => {
        const { left, right, top, bottom } = key.getBoundingClientRect();
        const corners = [[left + 6, top + 6], [right - 6, bottom - 6]];
        return !corners.every(([x, y]) => key.contains(document.elementFromPoint(x, y)));
    }).map((key) => key.innerText);";

/// Style rules for hovering that apply to a disabled button.
const HOVERED_DISABLED: &str = "
    const button = document.createElement('button');
    document.querySelector('main').append(button);
    const rules = (list) => [...list].flatMap((rule) => rule.cssRules?.length ? rules(rule.cssRules) : [rule]);
    const hovers = [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules))
        .flatMap((rule) => rule.selectorText?.split(/,(?![^(]*[)])/) ?? [])
        .filter((selector) => selector.includes(':hover') && !selector.includes(':is('))
        .map((selector) => selector.replace(':hover', ''));
    const found = [];
    for (const look of ['', 'main', 'quiet']) {
        button.className = `button ${look}`;
        button.disabled = false;
        const reacts = hovers.some((selector) => button.matches(selector));
        button.disabled = true;
        const reactsDisabled = hovers.some((selector) => button.matches(selector));
        found.push([reacts, reactsDisabled]);
    }
    button.remove();
    return found;";

#[tokio::test]
async fn a_cancellation_without_an_answer_shows_the_contact_and_the_way_back_also_after_a_reload() {
    let (env, admin) = TestEnv::configured().await;
    let proxy = env.proxy().await;
    let tablet = env.paired_at(&admin, proxy.url()).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;

    proxy.set_behavior_on("/api/calls", Behavior::Swallow);
    cancel_notified(&tablet).await;
    tablet.says("取り消しています").await;
    tablet
        .says("取り消しをお知らせできたか確認できません")
        .await;
    tablet.says("内線 100").await;

    tablet.reload().await;
    tablet.sees("[data-screen=cancelling]").await;
    tablet
        .says("取り消しをお知らせできたか確認できません")
        .await;
    tablet.press("[data-state=done]").await;
    tablet.sees("[data-screen=menu]").await;

    proxy.set_behavior(Behavior::Pass);
    env.close().await;
}

#[tokio::test]
async fn sending_again_without_network_says_that_it_was_tried() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    tablet.expect_errors();
    call_while_relay_is_down(&mut env, &tablet).await;
    tablet.press("[data-state=retry]").await;
    tablet
        .until(
            "const result = document.querySelector('.retry-result');
            return result.innerText.includes('ただいま通信がつながっていません');",
        )
        .await;
    env.relay.restart().await;
    await_notified(&tablet).await;
    env.close().await;
}

#[tokio::test]
async fn a_cancelled_call_does_not_look_like_a_notified_one() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let sign = "return document.querySelector('.state').className + document.querySelector('.state path').getAttribute('d')";
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    let notified = tablet.script(sign).await;
    cancel_notified(&tablet).await;
    tablet.says("呼び出しを取り消しました").await;
    assert_ne!(tablet.script(sign).await, notified);
    env.close().await;
}

#[tokio::test]
async fn a_call_that_a_reload_interrupts_goes_on_in_its_visitors_language() {
    let (mut env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.languages = Lang::ALL.to_vec();
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    wait_for_service_worker(&tablet).await;
    tablet.press("[data-lang=en]").await;
    tablet.says("How can we help you?").await;
    call_while_relay_is_down(&mut env, &tablet).await;

    tablet.reload().await;
    tablet.sees("[data-screen=waiting]").await;
    tablet.says("Waiting for the network").await;
    env.relay.restart().await;
    await_notified(&tablet).await;
    tablet.says("We have notified").await;
    env.close().await;
}

#[tokio::test]
async fn the_idle_countdown_covers_no_button_in_any_window() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    for size in Size::ALL {
        tablet.resize(size).await;
        press_menu(&tablet, "open").await;
        tablet.press("[data-group=soumu]").await;
        tablet.sees("[data-host]").await;
        count_down(&tablet).await;
        assert_eq!(tablet.script(COVERED).await, json!([]), "{size:?}");
        tablet.press("[data-state=home]").await;
        tablet.sees("[data-screen=menu]").await;
    }
    env.close().await;
}

/// Lets the clock jump to the countdown, once the last press has had all its effects, and stops it there, so that the
/// tablet does not go back to its menu during the check.
async fn count_down(tablet: &Browser) {
    tablet.await_two_frames().await;
    let jump = "const then = Date.now() + 45_000; Date.now = () => then;";
    tablet.script(jump).await;
    tablet.sees("[data-state=countdown]").await;
    tablet.await_two_frames().await; // the header's new height is measured
}

#[tokio::test]
async fn the_report_of_a_crash_keeps_file_and_line_of_the_panic() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    tablet.expect_errors();
    // The panic hook's report, and the trap that follows it.
    let panic = "document.body.dataset.before = '';
        const report = { at: Date.now(), text: 'app/ui/src/kiosk/app.rs:42: no menu' };
        localStorage.setItem('yobirin.error', JSON.stringify(report));
        const error = new WebAssembly.RuntimeError('unreachable');
        setTimeout(() => dispatchEvent(new ErrorEvent('error', { error })));";
    tablet.script(panic).await;
    tablet.no_longer_sees("[data-before]").await;
    tablet.sees("[data-screen=menu]").await;
    let report = "return JSON.parse(localStorage.getItem('yobirin.error')).text";
    let report = tablet.script(report).await;
    assert_eq!(report, json!("app/ui/src/kiosk/app.rs:42: no menu"));
    env.close().await;
}

#[tokio::test]
async fn a_disabled_button_does_not_react_to_the_pointer() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let found = tablet.script(HOVERED_DISABLED).await;
    assert_eq!(found, json!([[true, false], [true, false], [true, false]]));
    env.close().await;
}

#[tokio::test]
async fn a_search_says_that_there_are_more_results_than_are_shown() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    for number in 1..=30 {
        let mut host = Host::named(
            format!("many{number}").parse().expect("an id"),
            format!("御手洗 {number:02}"),
        );
        host.kana = format!("みたらい {number:02}");
        document.hosts.push(host);
    }
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "search").await;
    tablet.type_into("#find", "みたらい").await;
    tablet.says("ほかにも該当する担当者がいます").await;
    assert_eq!(tablet.all_now("[data-host]").await.len(), 24);
    tablet.resize(Size::TABLET).await;
    let field_stays_in_sight = "scrollTo(0, document.documentElement.scrollHeight);
        const field = document.querySelector('.find-box').getBoundingClientRect();
        return scrollY > 0 && field.top >= 0 && field.bottom <= innerHeight;";
    tablet.until(field_stays_in_sight).await;
    let host = someone_of("総務");
    tablet.type_into("#find", host.kana).await;
    tablet.sees(&format!("[data-host={}]", host_id(host))).await;
    tablet.no_longer_sees("[data-host=many1]").await;
    let words = tablet.text().await;
    assert!(!words.contains("ほかにも該当する"), "{words}");
    env.close().await;
}

#[tokio::test]
async fn a_long_press_opens_no_menu_of_the_browser() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "open").await;
    tablet.press("[data-group=soumu]").await;
    tablet.press("[data-host]").await;
    tablet.sees("input[id=company]").await;
    for pressed in ["main", "main button", "input[id=company]"] {
        let script = format!(
            "const press = new MouseEvent('contextmenu', {{ bubbles: true, cancelable: true }});
            return document.querySelector('{pressed}').dispatchEvent(press)"
        );
        assert_eq!(tablet.script(&script).await, false, "{pressed}");
    }
    env.close().await;
}

#[tokio::test]
async fn a_hidden_kiosk_holds_no_connection_and_gets_missed_events_when_it_is_shown() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    admin.until_online(TABLET).await;
    let set_visibility = async |state: &str| {
        let script = format!(
            "Object.defineProperty(document, 'visibilityState', {{ configurable: true, value: '{state}' }});
            document.dispatchEvent(new Event('visibilitychange', {{ bubbles: true }}))"
        );
        tablet.script(&script).await;
    };
    set_visibility("hidden").await;
    admin.until_offline(TABLET).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await; // by polling, without events
    tablet.press("[data-state=done]").await;
    let mut settings = admin.settings().await;
    settings.site.name = "株式会社すぐ".to_owned();
    admin.save(&settings).await;

    set_visibility("visible").await;
    admin.until_online(TABLET).await;
    tablet.says("株式会社すぐ").await;
    env.close().await;
}

#[tokio::test]
async fn in_low_windows_the_on_screen_keys_end_above_the_footer() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "search").await;
    tablet.sees("#find").await;
    for layout in [1, 2] {
        tablet
            .press(&format!(".keyboard-layouts > :nth-child({layout})"))
            .await;
        for (width, height) in [(1024, 600), (1280, 660), (1280, 720), (1024, 768)] {
            tablet.resize(Size { width, height }).await;
            for text in ["", "large", "largest"] {
                tablet
                    .script(&format!(
                        "document.documentElement.dataset.text = '{text}';
                        if (!'{text}') delete document.documentElement.dataset.text;"
                    ))
                    .await;
                tablet.await_two_frames().await; // the bars are measured
                let hidden = tablet.script(HIDDEN_KEYS).await;
                assert_eq!(hidden, json!([]), "{width}×{height}, text {text:?}");
            }
        }
    }
    env.close().await;
}

#[tokio::test]
async fn below_the_offline_banner_the_on_screen_keys_end_above_the_footer() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "search").await;
    env.relay.stop().await;
    tablet.sees("[data-state=banner]").await;
    for (width, height) in [(1280, 800), (1024, 768)] {
        tablet.resize(Size { width, height }).await;
        let are_visible = format!(
            "const hidden = (() => {{ {HIDDEN_KEYS} }})(); return hidden.length === 0 || hidden;"
        );
        tablet.until(&are_visible).await;
    }
    env.relay.restart().await;
    env.close().await;
}

/// Controls that are wholly visible between the bars, without scrolling.
const IN_SIGHT: &str = "
    const bars = [...document.querySelectorAll('.kiosk-layout > .top, .kiosk-layout > .bottom, .find > .keyboard')];
    const isFree = (x, y) => !bars.some((bar) => bar.contains(document.elementFromPoint(x, y)));
    const isSeen = (control) => {
        const { left, top, bottom } = control.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight && isFree(left + 8, top + 2) && isFree(left + 8, bottom - 2);
    };
    return [...document.querySelectorAll('main [data-host], main .choices button')].filter(isSeen).length;";

#[tokio::test]
async fn with_largest_text_and_low_reach_results_and_buttons_are_in_sight() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.devices[0].access = Accessibility {
        text_size: TextSize::Largest,
        low_reach: true,
        ..Accessibility::default()
    };
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    let in_sight = async |least: u64, picture: &str| {
        tablet.await_two_frames().await;
        tablet.screenshot(&format!("low-largest-{picture}")).await;
        let count = tablet.script(IN_SIGHT).await;
        assert!(count.as_u64() >= Some(least), "{picture}: {count}");
    };
    press_menu(&tablet, "search").await;
    tablet.press("[data-key='さ']").await;
    tablet.sees("[data-host]").await;
    in_sight(2, "search").await;
    tablet.press("[data-state=home]").await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    in_sight(2, "notified").await;
    env.close().await;
}

#[tokio::test]
async fn a_phone_on_its_side_uses_its_own_keyboard() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    tablet.resize(Size::PHONE_LANDSCAPE).await;
    press_menu(&tablet, "search").await;
    tablet.sees("#find[inputmode=text]").await;
    tablet
        .until("return !document.querySelector('.keyboard').checkVisibility()")
        .await;
    env.close().await;
}
