//! Event streams that a proxy buffers or closes: the tablet falls back to polling and reports the cause.

use std::time::Duration;

use e2e_tests::nginx::{BUFFERING, MINIMAL, Nginx, readme_configuration};
use e2e_tests::{Behavior, Browser, TestEnv};

use super::tap_to_notified;
use crate::steps::admin::{show, signed_in};
use crate::steps::visitor::{await_notified, press_menu};

/// Maximum milliseconds from tap to "notified" with working events: less than the three seconds after which a
/// tablet polls.
const MAX_BY_EVENT_MS: f64 = 2_500.0;
/// Maximum milliseconds from tap to "notified" by polling, which happens every second.
const MAX_BY_POLLING_MS: f64 = 3_000.0;

/// Milliseconds of the fastest of three calls, because a shared machine may slow any of them down.
#[allow(clippy::print_stdout)] // figures to compare
async fn fastest_call_ms(tablet: &Browser, name: &str) -> f64 {
    let mut times = Vec::new();
    for _ in 0..3 {
        times.push(tap_to_notified(tablet).await);
    }
    println!("tap to notified, {name}: {times:.0?} ms");
    times.into_iter().fold(f64::INFINITY, f64::min)
}

#[tokio::test]
async fn events_arrive_at_once_behind_nginx_with_the_readmes_and_a_minimal_configuration() {
    for (name, config) in [
        ("README", readme_configuration()),
        ("proxy_pass alone", MINIMAL.to_owned()),
    ] {
        let (env, admin) = TestEnv::configured().await;
        let Some(nginx) = Nginx::start(&config, &env.relay.url()).await else {
            return env.close().await;
        };
        let tablet = env.paired_at(&admin, nginx.url()).await;
        let took = fastest_call_ms(&tablet, name).await;
        assert!(took < MAX_BY_EVENT_MS, "{name}: {took:.0} ms");

        // Without events, changed settings would arrive after a minute.
        let mut settings = admin.settings().await;
        settings.site.name = "株式会社すぐ".to_owned();
        admin.save(&settings).await;
        tablet.says("株式会社すぐ").await;
        env.close().await;
    }
}

#[tokio::test]
#[allow(clippy::print_stdout)] // figures to compare
async fn behind_a_buffering_proxy_a_tablet_polls_and_reports_it() {
    let (env, admin) = TestEnv::configured().await;
    let Some(nginx) = Nginx::start(BUFFERING, &env.relay.url()).await else {
        return env.close().await;
    };
    let tablet = env.paired_at(&admin, nginx.url()).await;
    let before_detection = tap_to_notified(&tablet).await;
    println!("tap to notified before detection: {before_detection:.0} ms");
    // A call detects it after five seconds, which are skipped on the page's clock.
    let advance_time = "const now = Date.now; Date.now = () => now() + 6_000";
    tablet.script(advance_time).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    tablet.press("[data-state=done]").await;
    let took = fastest_call_ms(&tablet, "buffered events").await;
    assert!(took < MAX_BY_POLLING_MS, "{took:.0} ms");
    tablet.no_longer_sees("[data-state=banner]").await; // no alert, because calls are delivered

    let setup = signed_in(&env).await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-finding=events-held-back]").await;
    setup
        .press("[data-finding=events-held-back] [data-action=open]")
        .await;
    setup.says("途中のプロキシが通信をためているようです").await;
    env.close().await;
}

#[tokio::test]
async fn a_repeatedly_closed_event_stream_is_reported_to_the_admin_and_recovers() {
    let (env, admin) = TestEnv::configured().await;
    let proxy = env.proxy().await;
    let tablet = env.paired_at(&admin, proxy.url()).await;
    let cut = Behavior::CutAfter(Duration::from_millis(200));
    proxy.set_behavior_on("/api/events", cut);
    let before = proxy.request_count("/api/heartbeat");
    proxy.wait_for_requests("/api/heartbeat", before + 7).await; // after each closed stream, and on detection

    let setup = signed_in(&env).await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-finding=events-cut]").await;
    let took = fastest_call_ms(&tablet, "closed streams").await;
    assert!(took < MAX_BY_POLLING_MS, "{took:.0} ms");

    proxy.set_behavior(Behavior::Pass);
    let advance_time = "const now = Date.now; Date.now = () => now() + 11 * 60_000";
    proxy
        .with_request("/api/heartbeat", tablet.script(advance_time))
        .await;
    setup.sees("[data-busy=false]").await;
    // The request may be a heartbeat about the last closed stream; the next one is a second later.
    let examine_again = "
        document.querySelector('[data-action=examine]:enabled')?.click();
        return !document.querySelector('[data-finding=events-cut]')";
    setup.until(examine_again).await;
    setup.no_longer_sees("[data-finding=events-cut]").await;
    env.close().await;
}
