//! A tablet that hangs on a wall for months: no network, crashes, broken storage, newer apps.

use chatwork_sim::Office;
use e2e_tests::office::TABLET;
use e2e_tests::{Browser, Stage};

use crate::steps::visitor::{
    call_in_vain, goes_through_once, is_notified, press_menu, the_only_message,
};

/// Waits until the service worker answers for this page.
pub(crate) async fn lives_without_network(tablet: &Browser) {
    let script = "const done = arguments[0]; const workers = navigator.serviceWorker;
        const look = () => workers.controller ? done(true) : setTimeout(look, 50); look();";
    assert_eq!(tablet.script_async(script).await, true);
}

/// The same address in a second tab of the same browser, once it shows this screen.
async fn second_tab_shows(tablet: &Browser, selector: &str) {
    let script = format!(
        "const done = arguments[0]; const tab = window.open('/');
        const look = () => tab.document.querySelector('{selector}') ? done(true) : setTimeout(look, 50); look();"
    );
    assert_eq!(tablet.script_async(&script).await, true);
}

#[tokio::test]
async fn a_tablet_that_starts_without_network_opens_and_sends_its_call_once_when_it_is_back() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    lives_without_network(&tablet).await;

    stage.relay.stop().await;
    tablet.reload().await;
    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=waiting]").await;
    tablet.reload().await;
    tablet.sees("[data-screen=waiting]").await;

    goes_through_once(&mut stage, &tablet).await;
    stage.close().await;
}

#[tokio::test]
async fn two_tabs_of_one_tablet_send_a_call_once() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    lives_without_network(&tablet).await;

    call_in_vain(&mut stage, &tablet).await;
    second_tab_shows(&tablet, "[data-screen=waiting]").await;

    goes_through_once(&mut stage, &tablet).await;
    stage.close().await;
}

#[tokio::test]
async fn a_newer_app_waits_until_a_queued_call_is_through_and_the_visitor_gone() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    lives_without_network(&tablet).await;

    call_in_vain(&mut stage, &tablet).await;
    // What the guard says when a newer service worker has taken over; a night's reload waits likewise.
    let newer =
        "document.documentElement.dataset.sameApp = ''; dispatchEvent(new Event('yobirin-update'))";
    tablet.script(newer).await;

    stage.relay.start_again().await;
    is_notified(&tablet).await;
    tablet.sees("html[data-same-app]").await;
    tablet.press("[data-state=done]").await;
    tablet.loses("html[data-same-app]").await;
    tablet.sees("[data-screen=menu]").await;
    the_only_message(&stage.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    stage.close().await;
}

#[tokio::test]
async fn a_revoked_tablet_keeps_nothing_of_the_office() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    lives_without_network(&tablet).await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;

    admin.unpair(TABLET).await;
    tablet.sees("[data-screen=pairing]").await;
    let kept = "return Object.keys(localStorage).filter((key) => key.startsWith('yobirin.'))";
    assert_eq!(tablet.script(kept).await, serde_json::json!([]));

    stage.relay.stop().await;
    tablet.reload().await;
    tablet.sees(".kiosk").await;
    tablet.loses("[data-screen=menu]").await;
    let cached = "caches.match('/api/settings').then((kept) => arguments[0](kept === undefined))";
    assert_eq!(tablet.script_async(cached).await, true);
    stage.relay.start_again().await;
    stage.close().await;
}

#[tokio::test]
async fn storage_that_is_full_does_not_keep_a_visitor_from_calling() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;

    let fill = "let size = 1 << 20; let n = 0;
        while (size > 0) { try { localStorage.setItem('x' + n++, 'x'.repeat(size)) } catch { size >>= 1 } }";
    tablet.script(fill).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    the_only_message(&stage.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    stage.close().await;
}

#[tokio::test]
async fn storage_that_holds_rubbish_does_not_keep_a_tablet_from_opening() {
    let (mut stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    lives_without_network(&tablet).await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;

    let copied = "const done = arguments[0]; const look = async () =>
        (await caches.match('/api/settings')) ? done(true) : setTimeout(look, 50); look();";
    assert_eq!(tablet.script_async(copied).await, true);

    let spoil = "localStorage.setItem('yobirin.settings', '{\"device\":');
        localStorage.setItem('yobirin.call.x', '[['); localStorage.setItem('yobirin.error', '7')";
    tablet.script(spoil).await;
    stage.relay.stop().await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await; // the service worker's copy of the settings
    stage.relay.start_again().await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    stage.close().await;
}

#[tokio::test]
async fn storage_that_is_blocked_does_not_keep_a_visitor_from_calling() {
    let (stage, admin) = Stage::furnished().await;
    let code = admin.pairing_code(TABLET).await.code;
    let tablet = stage.tablet().await;
    tablet.without_storage().await;
    tablet.open(&format!("/pair#code={code}")).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    the_only_message(&stage.chatwork, Office::SAMPLE_SOUMU_ROOM).await;
    stage.close().await;
}

#[tokio::test]
async fn a_proxy_s_page_in_place_of_the_settings_takes_nothing_from_a_tablet() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
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
    is_notified(&tablet).await;
    let kept = tablet.script("return localStorage['yobirin.settings'] !== undefined");
    assert_eq!(kept.await, true);
    stage.close().await;
}

#[tokio::test]
async fn a_tablet_that_is_paired_once_more_as_what_it_is_goes_on() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    let code = admin.pairing_code(TABLET).await.code;
    tablet.open("/words-en.json").await; // so that the next is no mere change of the fragment
    tablet.open(&format!("/pair#code={code}")).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    stage.close().await;
}
