//! Layout shifts while pages load from a slow relay, as browsers measure them: what is shown first stays where it is.

use std::fmt::Write;
use std::time::Duration;

use chatwork_sim::{Effect, Fault, RequestFilter};
use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Behavior, Browser, Size, TestEnv};
use serde_json::Value;
use yobirin_domain::model::lang::Lang;

use crate::steps::admin::sign_in;
use crate::steps::visitor::{await_notified, enter_details_and_call, press_menu, search_and_pick};

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

/// JavaScript that returns the top of a call's heading and the places of its buttons, in whole pixels of the page.
const PLACES: &str = "
    const top = (element) => Math.round(element.getBoundingClientRect().top + scrollY);
    const place = (button) => [button.innerText, top(button),
        ...['left', 'width', 'height'].map((edge) => Math.round(button.getBoundingClientRect()[edge]))];
    return [['heading', top(document.querySelector('main h1'))],
        ...[...document.querySelectorAll('main .choices button')].map(place)];";

/// Places of heading and buttons in every window and text size.
async fn places_of_call(tablet: &Browser) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    for size in Size::ALL {
        tablet.resize(size).await;
        for text in ["", "large", "largest"] {
            let set = format!(
                "document.documentElement.dataset.text = '{text}';
                if (!'{text}') delete document.documentElement.dataset.text;"
            );
            tablet.script(&set).await;
            let place = tablet.script(PLACES).await;
            places.push((format!("{size:?}, text {text:?}"), place));
        }
        tablet
            .script("delete document.documentElement.dataset.text")
            .await;
    }
    tablet.resize(Size::TABLET).await;
    places
}

/// Compares a call that is being sent, one that takes long, and one that has notified somebody.
async fn assert_call_keeps_its_place(env: &TestEnv, tablet: &Browser, call: impl AsyncFn()) {
    let down = Fault::new(Effect::ServerError { status: 503 });
    env.chatwork.inject(down.on(RequestFilter::posts()));
    call().await;
    tablet.sees("[data-screen=sending]").await;
    let stop_clock = "window.running = Date.now; const now = Date.now(); Date.now = () => now;";
    tablet.script(stop_clock).await;
    let sending = places_of_call(tablet).await;
    let later = "const slow = window.running() + 10_000; Date.now = () => slow;";
    tablet.script(later).await;
    tablet.sees("[data-screen=sending] .call > .contact").await;
    let slow = places_of_call(tablet).await;
    tablet.script("Date.now = window.running").await;
    env.chatwork.clear_faults();
    await_notified(tablet).await;
    let notified = places_of_call(tablet).await;
    assert_eq!(sending, notified);
    assert_eq!(slow, notified);
    tablet.press("[data-state=done]").await;
}

#[tokio::test]
async fn heading_and_buttons_of_a_call_keep_their_place_until_it_has_notified_somebody() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.languages = Lang::ALL.to_vec();
    let host = someone_of("総務");
    let mut hosts = document.hosts.iter_mut();
    let welcoming = hosts.find(|one| one.id == host_id(host));
    welcoming.expect("somebody works in 総務").visitor_message =
        "2 階のラウンジへどうぞ。".to_owned();
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    for lang in [Lang::Ja, Lang::Vi] {
        tablet.press(&format!("[data-lang={}]", lang.tag())).await;
        assert_call_keeps_its_place(&env, &tablet, async || {
            press_menu(&tablet, "parcel").await;
        })
        .await;
    }
    assert_call_keeps_its_place(&env, &tablet, async || {
        press_menu(&tablet, "search").await;
        search_and_pick(&tablet, host.kana, host).await;
        enter_details_and_call(&tablet, "", "山本 一郎").await;
    })
    .await;
    env.close().await;
}
