//! A Wi-Fi portal that answers everything with its own page: nothing of it is kept.

use e2e_tests::{Behaviour, Browser, Foreign, Stage};

use super::network_returns;
use crate::endurance::lives_without_network;
use crate::steps::visitor::{is_notified, press_menu};

/// The apps that the browser keeps, by the names of their caches.
async fn kept_apps(tablet: &Browser) -> Vec<String> {
    let script = "caches.keys().then((names) => arguments[0](names.filter((name) => name.startsWith('yobirin-app'))))";
    let names = tablet.script_async(script).await;
    serde_json::from_value(names).expect("a list of names")
}

/// Everything that any cache of the browser holds is the relay's.
async fn keeps_nothing_foreign(tablet: &Browser) {
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
    assert_eq!(found, serde_json::json!([]), "kept of somebody else");
}

#[tokio::test]
async fn a_portal_while_the_app_is_first_kept_is_not_kept_and_it_is_tried_again() {
    let (mut stage, admin) = Stage::furnished().await;
    for (disturbed, behaviour) in [
        ("/words-zh.json", Behaviour::Portal),
        ("/manifest.webmanifest", Behaviour::PortalRedirect),
        ("/words-", Behaviour::Answer(Foreign::FORBIDDEN)),
        ("/words-ko.json", Behaviour::Answer(Foreign::EMPTY_SUCCESS)),
    ] {
        let gateway = stage.gateway().await;
        gateway.behave_on(disturbed, behaviour.clone());
        let tablet = stage.paired_at(&admin, gateway.url()).await;
        gateway.until_asked(disturbed, 1).await;
        gateway.until_asked("/sw.js", 1).await;
        // The installation ends when every file has been answered; none may be in use then.
        let ended = "navigator.serviceWorker.getRegistration().then(async (registration) => {
            const worker = registration?.installing;
            if (worker) await new Promise((done) => worker.addEventListener('statechange', done));
            arguments[0](navigator.serviceWorker.controller === null);
        })";
        assert_eq!(
            tablet.script_async(ended).await,
            true,
            "{behaviour:?} on {disturbed}"
        );
        assert!(kept_apps(&tablet).await.is_empty(), "all or nothing");
        keeps_nothing_foreign(&tablet).await;

        gateway.behave(Behaviour::Pass);
        network_returns(&tablet).await;
        lives_without_network(&tablet).await;
        keeps_nothing_foreign(&tablet).await;
    }
    let tablet = stage.paired(&admin).await;
    lives_without_network(&tablet).await;
    stage.relay.stop().await;
    tablet.reload().await;
    tablet.press("[data-lang^=en]").await;
    tablet.says("Welcome to").await;
    stage.relay.start_again().await;
    stage.close().await;
}

#[tokio::test]
async fn a_portal_while_a_newer_app_comes_leaves_the_old_one_in_use_until_it_is_gone() {
    let (stage, admin) = Stage::furnished().await;
    let gateway = stage.gateway().await;
    let tablet = stage.paired_at(&admin, gateway.url()).await;
    lives_without_network(&tablet).await;
    let old = kept_apps(&tablet).await;

    gateway.behave_on(
        "/sw.js",
        Behaviour::Edit("yobirin-app-", "yobirin-app-next-"),
    );
    gateway.behave_on("/words-ko.json", Behaviour::Portal);
    let asking = network_returns(&tablet);
    gateway.after("/words-ko.json", asking).await;
    let failed = "const done = arguments[0]; const look = async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        registration.installing || registration.waiting ? setTimeout(look, 30) : done(true);
    }; look()";
    assert_eq!(tablet.script_async(failed).await, true);
    assert_eq!(kept_apps(&tablet).await, old, "the old app is in use");
    keeps_nothing_foreign(&tablet).await;

    tablet
        .script("document.documentElement.dataset.sameApp = ''")
        .await;
    gateway.behave_on("/words-ko.json", Behaviour::Pass);
    network_returns(&tablet).await;
    tablet.loses("html[data-same-app]").await; // the newer one takes over and loads the page anew
    tablet.sees("[data-screen=menu]").await;
    let new = kept_apps(&tablet).await;
    assert!(new.iter().all(|name| name.contains("-next-")), "{new:?}");
    stage.close().await;
}

#[tokio::test]
async fn a_portal_in_place_of_the_settings_takes_nothing_from_a_tablet_that_starts_anew() {
    let (stage, admin) = Stage::furnished().await;
    let gateway = stage.gateway().await;
    let tablet = stage.paired_at(&admin, gateway.url()).await;
    lives_without_network(&tablet).await;
    tablet.reload().await;
    tablet.sees("[data-screen=menu]").await;
    let copied = "const done = arguments[0]; const look = async () =>
        (await caches.match('/api/settings')) ? done(true) : setTimeout(look, 50); look();";
    assert_eq!(tablet.script_async(copied).await, true);

    for behaviour in [
        Behaviour::Portal,
        Behaviour::PortalRedirect,
        Behaviour::Answer(Foreign::SIGN_IN),
        Behaviour::Answer(Foreign::SAME_SIGN_IN),
        Behaviour::Answer(Foreign::EMPTY_SUCCESS),
    ] {
        gateway.behave(behaviour);
        let asking = network_returns(&tablet);
        gateway.after("/api/settings", asking).await;
        // Without the page's own copy the service worker's is all there is.
        tablet
            .script("localStorage.removeItem('yobirin.settings')")
            .await;
        tablet.reload().await;
        tablet.sees("[data-screen=menu]").await;
        keeps_nothing_foreign(&tablet).await;
    }
    // What the browser itself has kept of the portal's page is not used after it is gone.
    gateway.behave(Behaviour::Pass);
    let mut settings = admin.settings().await;
    settings.site.name = "株式会社あたらしい".to_owned();
    admin.save(&settings).await;
    tablet.says("株式会社あたらしい").await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    stage.close().await;
}
