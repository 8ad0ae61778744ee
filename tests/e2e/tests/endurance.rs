//! Endurance of a tablet in long use: offline starts, updates, full, corrupt or blocked storage.

use chatwork_sim::Office;
use e2e_tests::office::TABLET;
use e2e_tests::{Browser, TestEnv};

use crate::steps::visitor::{
    await_notified, call_while_relay_is_down, only_message, press_menu,
    restart_relay_and_await_delivery,
};

/// Waits until a service worker controls the page.
pub(crate) async fn wait_for_service_worker(tablet: &Browser) {
    let script = "const done = arguments[0]; const workers = navigator.serviceWorker;
        const look = () => workers.controller ? done(true) : setTimeout(look, 50); look();";
    assert_eq!(tablet.script_async(script).await, true);
}

/// Opens the page in a second tab and waits for this selector there.
async fn second_tab_shows(tablet: &Browser, selector: &str) {
    let script = format!(
        "const done = arguments[0]; const tab = window.open('/');
        const look = () => tab.document.querySelector('{selector}') ? done(true) : setTimeout(look, 50); look();"
    );
    assert_eq!(tablet.script_async(&script).await, true);
}

#[tokio::test]
async fn a_tablet_started_offline_opens_and_sends_its_call_once_when_online() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    wait_for_service_worker(&tablet).await;

    env.relay.stop().await;
    tablet.reload().await;
    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=waiting]").await;
    tablet.reload().await;
    tablet.sees("[data-screen=waiting]").await;

    restart_relay_and_await_delivery(&mut env, &tablet).await;
    env.close().await;
}

#[tokio::test]
async fn scripts_see_the_keep_alive_of_an_idle_stream() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    // In real time: the relay sends one after 15 seconds without an event.
    let keep_alive = "const done = arguments[0];
        const stream = new EventSource('/api/events');
        stream.addEventListener('alive', () => { stream.close(); done(true); });";
    assert_eq!(tablet.script_async(keep_alive).await, true);
    env.close().await;
}

#[tokio::test]
async fn a_page_that_is_reloaded_sends_no_more_requests() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let watch = "
        window.EventSource = class extends EventSource {
            constructor(...given) {
                super(...given);
                this.addEventListener('open', () => (window.isStreaming = true));
            }
        };
        addEventListener('beforeunload', () => {
            const send = window.fetch;
            sessionStorage.requestsAtLeaving = 0;
            window.fetch = (...given) => (sessionStorage.requestsAtLeaving++, send(...given));
        });";
    tablet.before_every_page(watch).await;
    tablet.reload().await;
    tablet.until("return window.isStreaming").await;

    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    let requests = tablet.script("return sessionStorage.requestsAtLeaving");
    assert_eq!(requests.await, "0", "requests whose answers nobody awaits");
    env.close().await;
}

#[tokio::test]
async fn two_tabs_of_one_tablet_send_a_call_once() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    wait_for_service_worker(&tablet).await;

    call_while_relay_is_down(&mut env, &tablet).await;
    second_tab_shows(&tablet, "[data-screen=waiting]").await;

    restart_relay_and_await_delivery(&mut env, &tablet).await;
    env.close().await;
}

#[tokio::test]
async fn an_update_waits_for_queued_calls_and_the_end_of_the_visit() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    wait_for_service_worker(&tablet).await;

    call_while_relay_is_down(&mut env, &tablet).await;
    // The event of the watchdog when a newer service worker takes over; the nightly reload waits in the same way.
    let newer =
        "document.documentElement.dataset.sameApp = ''; dispatchEvent(new Event('yobirin-update'))";
    tablet.script(newer).await;

    env.relay.restart().await;
    await_notified(&tablet).await;
    tablet.sees("html[data-same-app]").await;
    tablet.press("[data-state=done]").await;
    tablet.no_longer_sees("html[data-same-app]").await;
    tablet.sees("[data-screen=menu]").await;
    only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    env.close().await;
}

#[tokio::test]
async fn a_revoked_tablet_erases_the_offices_data() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    wait_for_service_worker(&tablet).await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;

    admin.unpair(TABLET).await;
    tablet.sees("[data-screen=pairing]").await;
    let nothing_is_stored =
        "return !Object.keys(localStorage).some((key) => key.startsWith('yobirin.'))";
    tablet.until(nothing_is_stored).await;

    env.relay.stop().await;
    tablet.reload().await;
    tablet.sees(".kiosk-layout").await;
    tablet.no_longer_sees("[data-screen=menu]").await;
    let are_deleted = "const done = arguments[0]; const look = async () =>
        (await caches.match('/api/settings')) === undefined ? done(true) : setTimeout(look, 50); look();";
    assert_eq!(tablet.script_async(are_deleted).await, true);
    env.relay.restart().await;
    env.close().await;
}

#[tokio::test]
async fn full_storage_does_not_prevent_calls() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;

    let fill = "let size = 1 << 20; let n = 0;
        while (size > 0) { try { localStorage.setItem('x' + n++, 'x'.repeat(size)) } catch { size >>= 1 } }";
    tablet.script(fill).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    env.close().await;
}

#[tokio::test]
async fn corrupt_storage_does_not_prevent_startup() {
    let (mut env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    wait_for_service_worker(&tablet).await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;

    let copied = "const done = arguments[0]; const look = async () =>
        (await caches.match('/api/settings')) ? done(true) : setTimeout(look, 50); look();";
    assert_eq!(tablet.script_async(copied).await, true);

    let spoil = "localStorage.setItem('yobirin.settings', '{\"device\":');
        localStorage.setItem('yobirin.call.x', '[['); localStorage.setItem('yobirin.error', '7')";
    tablet.script(spoil).await;
    env.relay.stop().await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await; // the service worker's copy of the settings
    env.relay.restart().await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    env.close().await;
}

#[tokio::test]
async fn blocked_storage_does_not_prevent_calls() {
    let (env, admin) = TestEnv::configured().await;
    let code = admin.pairing_code(TABLET).await.code;
    let tablet = env.tablet_browser().await;
    tablet.without_storage().await;
    tablet.open(&format!("/pair#code={code}")).await;
    tablet.close_checklist().await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    only_message(&env.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    env.close().await;
}

#[tokio::test]
async fn a_proxy_page_in_place_of_the_settings_loses_nothing_on_a_tablet() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let page = "const relay = window.fetch; window.fetched = 0;
        window.fetch = (request, ...more) => {
            if (!String(request.url ?? request).endsWith('/api/settings')) return relay(request, ...more);
            window.fetched += 1;
            return Promise.resolve(new Response('<p>soon</p>', { headers: { etag: '\"1\"' } }));
        };";
    tablet.before_every_page(page).await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    tablet.until("return window.fetched > 0").await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    let has_settings = tablet.script("return localStorage['yobirin.settings'] !== undefined");
    assert_eq!(has_settings.await, true);
    env.close().await;
}

#[tokio::test]
async fn pairing_a_tablet_again_as_the_same_device_changes_nothing() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let code = admin.pairing_code(TABLET).await.code;
    tablet.open("/words-en.json").await; // so that the next navigation is more than a change of the fragment
    tablet.open(&format!("/pair#code={code}")).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    env.close().await;
}
