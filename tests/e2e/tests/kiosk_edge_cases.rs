//! Edge cases of the kiosk: cancellations without an answer, restored calls, the idle countdown, search results, as a
//! visitor sees them.

use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Behavior, Browser, Size, TestEnv};
use serde_json::json;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::lang::Lang;

use crate::endurance::wait_for_service_worker;
use crate::steps::visitor::{call_while_relay_is_down, is_notified, press_menu};

/// Buttons that something else covers at their center.
const COVERED: &str = "
    const isCovered = (button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return !(at && (button.contains(at) || at.contains(button)));
    };
    const buttons = [...document.querySelectorAll('.kiosk button')].filter((button) => button.checkVisibility());
    return buttons.filter((button) => {
        button.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        return isCovered(button);
    }).map((button) => button.innerText);";

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
    is_notified(&tablet).await;

    proxy.set_behavior_on("/api/calls", Behavior::Swallow);
    tablet.press("[data-state=cancel]").await;
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
    is_notified(&tablet).await;
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

/// Lets the clock jump to the countdown, once the last press has had all its effects.
async fn count_down(tablet: &Browser) {
    let frames = "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))";
    tablet.script_async(frames).await;
    let jump = "const now = Date.now; Date.now = () => now() + 45_000;";
    tablet.script(jump).await;
    tablet.sees("[data-state=countdown]").await;
    tablet.script_async(frames).await; // the header's new height is measured
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
async fn a_hidden_kiosk_holds_no_connection_and_follows_when_it_is_shown() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    admin.until_online(TABLET, true).await;
    let become_visible = async |state: &str| {
        let script = format!(
            "Object.defineProperty(document, 'visibilityState', {{ configurable: true, value: '{state}' }});
            document.dispatchEvent(new Event('visibilitychange', {{ bubbles: true }}))"
        );
        tablet.script(&script).await;
    };
    become_visible("hidden").await;
    admin.until_online(TABLET, false).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await; // asked for, without events
    tablet.press("[data-state=done]").await;
    let mut settings = admin.settings().await;
    settings.site.name = "株式会社すぐ".to_owned();
    admin.save(&settings).await;

    become_visible("visible").await;
    admin.until_online(TABLET, true).await;
    tablet.says("株式会社すぐ").await;
    env.close().await;
}
