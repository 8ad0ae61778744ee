//! Layout shifts while pages load from a slow relay, as browsers measure them: what is shown first stays where it is.

use std::fmt::Write;
use std::time::Duration;

use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Behavior, Browser, Size, TestEnv};

use crate::steps::admin::sign_in;

/// Time of one answer of the API; pages show their loading state meanwhile.
const DELAY: Duration = Duration::from_millis(600);
/// Largest allowed sum of a page's shifts. Web Vitals calls 0.1 good.
const MAX_SHIFT: f64 = 0.02;

/// Records shifts from the beginning of the page, and when the page last changed.
const OBSERVE: &str = "
    window.shifts = { sum: 0, moved: [], changed: performance.now() };
    const describe = node => node?.nodeType === 1
        ? node.tagName.toLowerCase() + '.' + node.className : String(node?.textContent);
    new PerformanceObserver(list => {
        for (const shift of list.getEntries()) {
            if (shift.hadRecentInput) continue;
            shifts.sum += shift.value;
            shifts.moved.push(shift.value.toFixed(3) + ' '
                + shift.sources.map(source => describe(source.node)).join(', '));
        }
    }).observe({ type: 'layout-shift', buffered: true });
    new MutationObserver(() => { shifts.changed = performance.now(); })
        .observe(document.body, { subtree: true, childList: true, characterData: true });";

/// True once nothing has changed for longer than an answer takes.
const IS_SETTLED: &str = "return performance.now() - shifts.changed > 1000;";

/// Shifts of the current page: their sum, and the elements that moved.
async fn shifts_of(browser: &Browser) -> (f64, String) {
    browser.script(OBSERVE).await;
    browser.until(IS_SETTLED).await;
    let shifts = browser.script("return shifts;").await;
    let sum = shifts["sum"].as_f64().expect("a number");
    (sum, shifts["moved"].to_string())
}

/// Asserts that no page moved by more than [`MAX_SHIFT`].
fn assert_stable(pages: &[(String, (f64, String))]) {
    let mut table = String::new();
    for (page, (sum, moved)) in pages {
        let _ = writeln!(table, "{sum:.3} {page} {moved}");
    }
    let is_stable = pages.iter().all(|(_, (sum, _))| *sum <= MAX_SHIFT);
    assert!(is_stable, "the layout shifts:\n{table}");
}

#[tokio::test]
async fn no_page_of_set_up_moves_while_a_slow_relay_answers() {
    let (env, admin) = TestEnv::configured().await;
    let proxy = env.proxy().await;
    let setup = Browser::start(proxy.url(), "ja", Size::DESKTOP).await;
    setup.open("/setup").await;
    setup.sees("[data-page=sign-in]").await;
    sign_in(&setup).await;
    let host = host_id(someone_of("開発一課"));
    let one_host = format!("hosts/{host}");
    let one_device = format!("devices/{TABLET}");
    proxy.set_behavior_on("/api/", Behavior::Delay(DELAY));
    let mut pages = Vec::new();
    for size in [Size::DESKTOP, Size::PHONE] {
        setup.resize(size).await;
        for page in [
            "",
            "guide",
            "chatwork",
            "hosts",
            "people",
            &one_host,
            "groups",
            "groups/kaihatsu1",
            "devices",
            &one_device,
            "answers",
            "purpose-notice",
            "alarms",
            "preview",
            "doctor",
            "history",
            "import",
            "retention",
            "versions",
            "site",
            "security",
        ] {
            setup.open(&format!("/setup/{page}")).await;
            setup.sees("[data-page] h1").await;
            let shifts = shifts_of(&setup).await;
            let name = if page.is_empty() { "overview" } else { page };
            pages.push((format!("{name} {}", size.width), shifts));
        }
    }
    setup.resize(Size::PHONE).await;
    let link = admin.personal_link(host.as_str()).await;
    setup
        .open(&link.replace(&env.relay.url(), &proxy.url()))
        .await;
    setup.sees("[data-me]").await;
    pages.push(("me".to_owned(), shifts_of(&setup).await));
    env.close().await;
    assert_stable(&pages);
}

#[tokio::test]
async fn the_menu_does_not_move_while_a_slow_relay_answers() {
    let (env, admin) = TestEnv::configured().await;
    let proxy = env.proxy().await;
    let tablet = env.paired_at(&admin, proxy.url()).await;
    proxy.set_behavior_on("/api/", Behavior::Delay(DELAY));
    let mut screens = Vec::new();
    for size in Size::ALL {
        tablet.resize(size).await;
        tablet.reload().await;
        tablet.sees("[data-screen=menu]").await;
        screens.push((format!("menu {}", size.width), shifts_of(&tablet).await));
    }
    env.close().await;
    assert_stable(&screens);
}
