//! Events that a proxy holds back or cuts: the tablet is quick all the same, and says what is wrong.

use std::time::Duration;

use e2e_tests::nginx::{BARE, Nginx, STUBBORN, of_the_readme};
use e2e_tests::{Behaviour, Browser, Stage};

use super::tap_to_notified;
use crate::steps::admin::{show, signed_in};
use crate::steps::visitor::{is_notified, press_menu};

/// Longest time from tap to "notified" while events come at once, in milliseconds: less than the three
/// seconds after which a tablet asks by itself.
const BY_EVENT: f64 = 2_500.0;
/// The same while they are held back: the tablet asks every second.
const BY_ASKING: f64 = 3_000.0;

#[allow(clippy::print_stdout)] // figures to compare
/// The quickest of three calls, as a shared machine may be slow at any one of them.
async fn quickest(tablet: &Browser, name: &str) -> f64 {
    let mut times = Vec::new();
    for _ in 0..3 {
        times.push(tap_to_notified(tablet).await);
    }
    println!("tap to notified, {name}: {times:.0?} ms");
    times.into_iter().fold(f64::INFINITY, f64::min)
}

#[tokio::test]
async fn behind_nginx_as_the_readme_has_it_and_with_proxy_pass_alone_events_come_at_once() {
    for (name, config) in [
        ("README", of_the_readme()),
        ("proxy_pass alone", BARE.to_owned()),
    ] {
        let (stage, admin) = Stage::furnished().await;
        let Some(nginx) = Nginx::start(&config, &stage.relay.url()).await else {
            return stage.close().await;
        };
        let tablet = stage.paired_at(&admin, nginx.url()).await;
        let took = quickest(&tablet, name).await;
        assert!(took < BY_EVENT, "{name}: {took:.0} ms");

        // Settings are told by an event, too: without it they would take a minute.
        let mut settings = admin.settings().await;
        settings.site.name = "株式会社すぐ".to_owned();
        admin.save(&settings).await;
        tablet.says("株式会社すぐ").await;
        stage.close().await;
    }
}

#[tokio::test]
#[allow(clippy::print_stdout)] // figures to compare
async fn behind_a_proxy_that_holds_events_back_whatever_it_is_told_a_tablet_asks_and_says_so() {
    let (stage, admin) = Stage::furnished().await;
    let Some(nginx) = Nginx::start(STUBBORN, &stage.relay.url()).await else {
        return stage.close().await;
    };
    let tablet = stage.paired_at(&admin, nginx.url()).await;
    let unaware = tap_to_notified(&tablet).await;
    println!("tap to notified, before it is noticed: {unaware:.0} ms");
    // A call finds out. Five seconds have to pass for it, which this page's clock leaves out.
    let later = "const now = Date.now; Date.now = () => now() + 6_000";
    tablet.script(later).await;
    press_menu(&tablet, "parcel").await;
    is_notified(&tablet).await;
    tablet.press("[data-state=done]").await;
    let took = quickest(&tablet, "events held back").await;
    assert!(took < BY_ASKING, "{took:.0} ms");
    tablet.loses("[data-state=news]").await; // calls go through, so that nobody is told otherwise

    let desk = signed_in(&stage).await;
    show(&desk, "/setup/doctor").await;
    desk.sees("[data-finding=events-held-back]").await;
    desk.press("[data-finding=events-held-back] [data-action=open]")
        .await;
    desk.says("プロキシが知らせをためています").await;
    stage.close().await;
}

#[tokio::test]
async fn a_stream_that_is_cut_again_and_again_is_told_to_the_admin_and_heals() {
    let (stage, admin) = Stage::furnished().await;
    let gateway = stage.gateway().await;
    let tablet = stage.paired_at(&admin, gateway.url()).await;
    let cut = Behaviour::CutAfter(Duration::from_millis(200));
    gateway.behave_on("/api/events", cut);
    let before = gateway.asked("/api/heartbeat");
    gateway.until_asked("/api/heartbeat", before + 7).await; // with each cut, and when it is noticed

    let desk = signed_in(&stage).await;
    show(&desk, "/setup/doctor").await;
    desk.sees("[data-finding=events-cut]").await;
    let took = tap_to_notified(&tablet).await;
    assert!(took < BY_ASKING, "{took:.0} ms");

    gateway.behave(Behaviour::Pass);
    let later = "const now = Date.now; Date.now = () => now() + 11 * 60_000";
    gateway.after("/api/heartbeat", tablet.script(later)).await;
    desk.sees("[data-busy=false]").await;
    desk.press("[data-action=examine]").await;
    desk.loses("[data-finding=events-cut]").await;
    stage.close().await;
}
