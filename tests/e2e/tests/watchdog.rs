//! The watchdog scripts (`app/ui/kiosk/guard.js`): crashes, hangs, and restarts with backoff.

use e2e_tests::{Browser, TestEnv};
use serde_json::{Value, json};

use crate::endurance::wait_for_service_worker;
use crate::steps::visitor::{
    await_notified, call_while_relay_is_down, press_menu, restart_relay_and_await_delivery,
};

/// JavaScript that runs into a WebAssembly trap, as a panic of the app does.
const WASM_TRAP: &str = "const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0,
        7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const trap = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports.t;
    setTimeout(trap);";

/// JavaScript that shortens long timeouts and records the requested ones in order.
const SHORTEN_TIMEOUTS: &str = "const wait = window.setTimeout;
    window.setTimeout = (act, time, ...given) => {
        if (!(time >= 1000)) return wait(act, time, ...given);
        const waits = JSON.parse(sessionStorage.waits ?? '[]');
        sessionStorage.waits = JSON.stringify([...waits, time]);
        return waits.length < 6 ? wait(act, 0, ...given) : 0;
    };";

/// JavaScript that speeds the clock up twenty times and exposes the watchdog's interval.
const FAST_CLOCK: &str =
    "const [now, every] = [performance.now.bind(performance), window.setInterval];
    performance.now = () => now() * 20;
    window.looks = 0;
    window.setInterval = (act, time, ...given) => {
        const guards = time === 15000 ? () => { act(); window.looks++ } : act;
        const id = every(guards, time === 15000 ? time / 20 : time, ...given);
        if (time === 1000) window.beat = id;
        return id;
    };";

/// JavaScript that remembers through the restart that the screen of a crash was shown, which lasts a second.
const REMEMBER_CRASH_SCREEN: &str = "new MutationObserver(() => {
        const screen = document.querySelector('[data-state=crashed]');
        if (screen?.checkVisibility()) sessionStorage.sawCrashScreen = 'yes';
    }).observe(document, { subtree: true, childList: true, attributes: true });";

/// Waits until the screen of a crash was shown, on this page or before its restart.
async fn saw_crash_screen(tablet: &Browser) {
    tablet
        .until("return sessionStorage.sawCrashScreen === 'yes'")
        .await;
}

async fn crash_message(tablet: &Browser) -> String {
    let last_crash = tablet
        .script("return localStorage.getItem('yobirin.error')")
        .await;
    last_crash.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_crash_shows_a_plain_screen_and_the_app_restarts() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;

    tablet.script("document.body.dataset.before = ''").await;
    tablet.expect_errors();
    tablet.script(REMEMBER_CRASH_SCREEN).await;
    tablet.script(WASM_TRAP).await;
    saw_crash_screen(&tablet).await;
    tablet.no_longer_sees("[data-before]").await;
    tablet.sees("[data-screen=menu]").await;
    let error = crash_message(&tablet).await;
    // WebKit and Firefox write the word with a capital letter.
    let says_why = error.to_lowercase().contains("unreachable");
    assert!(says_why, "stored for staff: {error}");
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    env.close().await;
}

#[tokio::test]
async fn a_crash_while_sending_neither_loses_nor_duplicates_the_call() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    wait_for_service_worker(&tablet).await;
    call_while_relay_is_down(&mut env, &tablet).await;

    tablet.expect_errors();
    tablet.script(REMEMBER_CRASH_SCREEN).await;
    tablet.script(WASM_TRAP).await;
    saw_crash_screen(&tablet).await;
    tablet.sees("[data-screen=waiting]").await;
    restart_relay_and_await_delivery(&mut env, &tablet).await;
    env.close().await;
}

#[tokio::test]
async fn an_app_that_crashes_at_every_start_is_restarted_with_backoff() {
    let (env, _admin) = TestEnv::configured().await;
    let tablet = env.tablet_browser().await;
    tablet.before_every_page(SHORTEN_TIMEOUTS).await;
    tablet.expect_errors();
    let broken = "for (const name of ['compileStreaming', 'instantiate', 'instantiateStreaming'])
        WebAssembly[name] = () => Promise.reject(new WebAssembly.RuntimeError('broken'));";
    tablet.before_every_page(broken).await;

    tablet.open("/").await;
    tablet
        .until("return JSON.parse(sessionStorage.waits ?? '[]').length === 7")
        .await;
    let waits = tablet
        .script("return JSON.parse(sessionStorage.waits)")
        .await;
    let rarely = json!([1_000, 5_000, 30_000, 120_000, 300_000, 300_000, 300_000]);
    assert_eq!(waits, rarely);
    tablet.says("少々お待ちください").await;

    // Long after the last crash, the backoff starts again.
    let calm = "sessionStorage.setItem('yobirin.crashes', JSON.stringify({ count: 7, at: Date.now() - 601_000 }));
        sessionStorage.waits = '[]'; location.reload()";
    tablet.script(calm).await;
    tablet
        .until("return JSON.parse(sessionStorage.waits ?? '[]').length === 7")
        .await;
    let first: Value = tablet
        .script("return JSON.parse(sessionStorage.waits)[0]")
        .await;
    assert_eq!(first, json!(1_000));
    env.close().await;
}

#[tokio::test]
async fn a_hung_app_is_restarted_and_a_suspended_one_is_not() {
    let (env, admin) = TestEnv::configured().await;
    let code = admin.pairing_code(e2e_tests::office::TABLET).await.code;
    let tablet = env.tablet_browser().await;
    tablet.before_every_page(FAST_CLOCK).await;
    tablet.open(&format!("/pair#code={code}")).await;
    tablet.sees("[data-screen=menu]").await;
    tablet.close_checklist().await;
    tablet.until("return window.looks > 1").await;

    // The machine is suspended for longer than the hang timeout.
    let sleep =
        "document.body.dataset.before = ''; const end = Date.now() + 3500; window.looks = 0;
        while (Date.now() < end);";
    tablet.script(sleep).await;
    tablet.until("return window.looks > 1").await;
    tablet.sees("[data-before] [data-screen=menu]").await;
    assert_eq!(
        crash_message(&tablet).await,
        "",
        "a suspended machine is not a crash"
    );

    tablet.script("clearInterval(window.beat)").await;
    tablet.no_longer_sees("[data-before]").await;
    tablet.sees("[data-screen=menu]").await;
    let error = crash_message(&tablet).await;
    assert!(error.contains("the app has stopped"), "{error}");
    env.close().await;
}
