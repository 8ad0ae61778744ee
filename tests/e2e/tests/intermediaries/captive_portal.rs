//! A captive portal that answers every request with its page, which must not be cached.

use e2e_tests::{Behavior, Browser, ForeignResponse, TestEnv};

use super::trigger_reconnect;
use crate::endurance::wait_for_service_worker;
use crate::steps::visitor::{await_notified, press_menu};

/// Names of the browser's caches, one for each cached version of the app.
async fn cached_versions(tablet: &Browser) -> Vec<String> {
    let script = "caches.keys().then((names) => arguments[0](names.filter((name) => name.startsWith('yobirin-app'))))";
    let names = tablet.script_async(script).await;
    serde_json::from_value(names).expect("a list of names")
}

/// Waits until no version is cached: the cache of an installation that has failed is deleted after its end.
async fn await_no_cached_version(tablet: &Browser) {
    let script = "const done = arguments[0]; const look = async () =>
        (await caches.keys()).some((name) => name.startsWith('yobirin-app')) ? setTimeout(look, 30) : done(true);
        look();";
    assert_eq!(tablet.script_async(script).await, true);
}

/// Asserts that all entries of the browser's caches come from the relay.
async fn assert_caches_hold_only_own_files(tablet: &Browser) {
    let script = "(async () => {
        const found = [];
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                const text = await (await cache.match(request)).text();
                if (text.includes('Free Wi-Fi') || text.includes('<h1>403')) found.push(request.url);
            }
        }
        for (const key of Object.keys(localStorage)) if (localStorage[key].includes('Free Wi-Fi')) found.push(key);
        return found;
    })().then(arguments[0])";
    let found = tablet.script_async(script).await;
    assert_eq!(
        found,
        serde_json::json!([]),
        "no cached response is an intermediary's"
    );
}

#[tokio::test]
async fn a_captive_portal_during_installation_is_not_cached_and_installation_is_retried() {
    let (mut env, admin) = TestEnv::configured().await;
    for (disturbed, behavior) in [
        ("/words-zh.json", Behavior::Portal),
        ("/manifest.webmanifest", Behavior::PortalRedirect),
        ("/words-", Behavior::Respond(ForeignResponse::FORBIDDEN)),
        (
            "/words-ko.json",
            Behavior::Respond(ForeignResponse::EMPTY_SUCCESS),
        ),
    ] {
        let proxy = env.proxy().await;
        proxy.set_behavior_on(disturbed, behavior.clone());
        let tablet = env.paired_at(&admin, proxy.url()).await;
        proxy.wait_for_requests(disturbed, 1).await;
        proxy.wait_for_requests("/sw.js", 1).await;
        // Installation ends after the response of the last file; no version may be in use then.
        let ended = "navigator.serviceWorker.getRegistration().then(async (registration) => {
            const worker = registration?.installing;
            if (worker) await new Promise((done) => worker.addEventListener('statechange', done));
            arguments[0](navigator.serviceWorker.controller === null);
        })";
        assert_eq!(
            tablet.script_async(ended).await,
            true,
            "{behavior:?} on {disturbed}"
        );
        // A version is installed with all its files or not at all.
        await_no_cached_version(&tablet).await;
        assert_caches_hold_only_own_files(&tablet).await;

        proxy.set_behavior(Behavior::Pass);
        trigger_reconnect(&tablet).await;
        wait_for_service_worker(&tablet).await;
        assert_caches_hold_only_own_files(&tablet).await;
    }
    let tablet = env.paired(&admin).await;
    wait_for_service_worker(&tablet).await;
    env.relay.stop().await;
    tablet.reload().await;
    tablet.press("[data-lang^=en]").await;
    tablet.says("Welcome to").await;
    env.relay.restart().await;
    env.close().await;
}

#[tokio::test]
async fn a_captive_portal_during_an_update_leaves_the_old_version_in_use() {
    let (env, admin) = TestEnv::configured().await;
    let proxy = env.proxy().await;
    let tablet = env.paired_at(&admin, proxy.url()).await;
    wait_for_service_worker(&tablet).await;
    let old = cached_versions(&tablet).await;

    proxy.set_behavior_on(
        "/sw.js",
        Behavior::Edit("yobirin-app-", "yobirin-app-next-"),
    );
    proxy.set_behavior_on("/words-ko.json", Behavior::Portal);
    let asking = trigger_reconnect(&tablet);
    proxy.with_request("/words-ko.json", asking).await;
    let failed = "const done = arguments[0]; const look = async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        registration.installing || registration.waiting ? setTimeout(look, 30) : done(true);
    }; look()";
    assert_eq!(tablet.script_async(failed).await, true);
    assert_eq!(
        cached_versions(&tablet).await,
        old,
        "the old version is in use"
    );
    assert_caches_hold_only_own_files(&tablet).await;

    tablet
        .script("document.documentElement.dataset.sameApp = ''")
        .await;
    proxy.set_behavior_on("/words-ko.json", Behavior::Pass);
    trigger_reconnect(&tablet).await;
    tablet.no_longer_sees("html[data-same-app]").await; // the new version takes over and reloads the page
    tablet.sees("[data-screen=menu]").await;
    let new = cached_versions(&tablet).await;
    assert!(!new.is_empty(), "the new version is cached");
    assert!(new.iter().all(|name| name.contains("-next-")), "{new:?}");
    env.close().await;
}

#[tokio::test]
async fn a_captive_portal_in_place_of_the_settings_loses_nothing_on_a_restarting_tablet() {
    let (env, admin) = TestEnv::configured().await;
    let proxy = env.proxy().await;
    let tablet = env.paired_at(&admin, proxy.url()).await;
    wait_for_service_worker(&tablet).await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    let copied = "const done = arguments[0]; const look = async () =>
        (await caches.match('/api/settings')) ? done(true) : setTimeout(look, 50); look();";
    assert_eq!(tablet.script_async(copied).await, true);

    for behavior in [
        Behavior::Portal,
        Behavior::PortalRedirect,
        Behavior::Respond(ForeignResponse::SIGN_IN),
        Behavior::Respond(ForeignResponse::KNOWN_SIGN_IN_CODE),
        Behavior::Respond(ForeignResponse::EMPTY_SUCCESS),
    ] {
        proxy.set_behavior(behavior);
        let asking = trigger_reconnect(&tablet);
        proxy.with_request("/api/settings", asking).await;
        // Without the page's stored copy, only the service worker's remains.
        tablet
            .script("localStorage.removeItem('yobirin.settings')")
            .await;
        tablet.reload().await;
        tablet.sees("[data-screen=menu]").await;
        assert_caches_hold_only_own_files(&tablet).await;
    }
    // The browser's HTTP cache of the portal's page is not used afterwards.
    proxy.set_behavior(Behavior::Pass);
    let mut settings = admin.settings().await;
    settings.site.name = "株式会社あたらしい".to_owned();
    admin.save(&settings).await;
    tablet.says("株式会社あたらしい").await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    env.close().await;
}
