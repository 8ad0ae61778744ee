//! Pages about the purpose notice and retention: durations under the relay's ceiling, texts that go on, and pages that
//! keep their place while data arrives.

use e2e_tests::{Browser, Size, as_read};
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::purpose_notice::exact_duration;

use crate::steps::admin::{open_setup, show, sign_in};
use crate::steps::visitor::{await_notified, enter_details_and_call, press_menu};

const MORE: &str = "[data-state=purpose-notice-more]";

/// Saves a picture in both color schemes when pictures are asked for.
async fn picture(browser: &Browser, name: &str) {
    if std::env::var("SCREENSHOTS").is_err() {
        return;
    }
    for (dark, scheme) in [(false, "light"), (true, "dark")] {
        browser.prefer_dark(dark).await;
        browser.screenshot(&format!("{name}-{scheme}")).await;
    }
    browser.prefer_dark(false).await;
}

#[tokio::test]
async fn set_up_shows_the_durations_that_the_ceiling_leaves_as_the_tablet_does() {
    let (mut env, admin, setup) = open_setup().await;
    let mut document = admin.settings().await;
    document.site.languages = vec![Lang::Ja, Lang::En];
    admin.save(&document).await;
    env.relay.stop().await;
    env.relay.arguments = vec!["--keep-history-days=45".to_owned()];
    env.relay.restart().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "sales").await;
    let notice = "[data-screen=details] [data-state=purpose-notice]";
    let shown = tablet.find(notice).await.text().await.expect("a text");
    assert!(shown.contains("45 日間"), "{shown}");
    enter_details_and_call(&tablet, "", "山田").await;
    await_notified(&tablet).await;

    setup.reload().await;
    show(&setup, "/setup/purpose-notice").await;
    let frame = "[data-preview] iframe";
    setup.enter_frame(frame).await;
    setup.says("45 日間").await;
    setup.leave_frame().await;
    setup.press_inside(frame, MORE).await;
    setup.enter_frame(frame).await;
    setup.sees("dialog[open] .notice-details").await;
    let long = setup
        .find("dialog[open]")
        .await
        .text()
        .await
        .expect("a text");
    let said = as_read(&exact_duration(45, Lang::Ja));
    assert_eq!(long.matches(&said).count(), 3, "{long}");
    setup.leave_frame().await;

    show(&setup, "/setup/history").await;
    setup.press("[data-call] details summary").await;
    setup.says("いまの文面、日本語").await;
    setup.sees("[data-call] [data-erased-later]").await;
    picture(&setup, "history-erased-later").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn an_open_call_says_why_and_until_when_its_words_are_kept() {
    let (env, admin, setup) = open_setup().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "sales").await;
    enter_details_and_call(&tablet, "", "山田").await;
    await_notified(&tablet).await;
    let record = &admin.calls().await.calls[0];
    // The call was made a moment before it was accepted.
    let left = record.expires - record.accepted;
    assert!((14 * 60_000..=15 * 60_000).contains(&left), "{left}");
    assert_eq!(record.kept_from, record.accepted);
    show(&setup, "/setup/history").await;
    setup.press("[data-call] details summary").await;
    setup.press("[data-action=erase-visit]").await;
    setup.sees("[data-dialog=erase-visit][open]").await;
    setup.says("担当者の応答を待っている呼び出しです。").await;
    setup.says("を過ぎてから消去します。").await;
    picture(&setup, "erase-open-call").await;
    setup
        .press("[data-dialog=erase-visit] [data-action=confirm]")
        .await;
    setup.sees("[data-call] [data-erased]").await;
    setup
        .no_longer_sees("[data-dialog=erase-visit][open]")
        .await;
    setup.says("を過ぎてから消去します。").await;
    assert!(
        setup.all_now("[data-erased-later]").await.is_empty(),
        "one time is enough"
    );
    env.close().await;
}

#[tokio::test]
async fn a_placeholder_without_its_brace_is_a_problem_of_the_field() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/purpose-notice").await;
    let text = "[name=notice-text-ja]";
    setup.type_into(text, "{kept だけ保存します。").await;
    setup.sees(&format!("{text}[aria-invalid=true]")).await;
    setup.says("{kept} は、半角のかっこで囲み").await;
    for size in [Size::DESKTOP, Size::TABLET, Size::PORTRAIT, Size::PHONE] {
        setup.resize(size).await;
        setup.assert_no_overflow().await;
        picture(&setup, &format!("notice-page-{}", size.width)).await;
    }
    setup
        .assert_accessible("purpose notice with a problem")
        .await;
    env.close().await;
}

/// Words of the kiosk in a language.
fn kiosk_words(lang: Lang) -> serde_json::Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../app/ui/i18n/kiosk");
    let name = format!("{lang:?}").to_lowercase();
    let file = std::fs::read_to_string(format!("{folder}/{name}.json"));
    serde_json::from_str(&file.expect("the words are there")).expect("JSON")
}

#[tokio::test]
async fn a_visitor_reads_where_to_wait_while_an_answer_is_awaited_in_every_language() {
    let (env, admin) = e2e_tests::TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.languages = Lang::ALL.to_vec();
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "sales").await;
    enter_details_and_call(&tablet, "", "山田").await;
    tablet.sees("[data-wait=new]").await;
    for lang in Lang::ALL {
        tablet.press(&format!("[data-lang={}]", lang.tag())).await;
        let words = kiosk_words(lang);
        for name in ["wait_here", "answer_shown_here"] {
            let sentence = words["call"][name].as_str().expect("a sentence");
            tablet.says(sentence).await;
        }
        picture(&tablet, &format!("kiosk-wait-{}", lang.tag())).await;
    }
    env.close().await;
}

#[tokio::test]
async fn a_long_notice_on_a_phone_shows_that_it_goes_on_and_can_be_closed() {
    let (env, admin) = e2e_tests::TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.languages = vec![Lang::Ja, Lang::En];
    let text = "目的の説明。".repeat(333);
    document.site.purpose_notice.texts = TranslatedText::of(Lang::Ja, text);
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    tablet.resize(Size::PHONE).await;
    press_menu(&tablet, "sales").await;
    tablet.sees(MORE).await;
    tablet.assert_no_overflow().await;
    picture(&tablet, "kiosk-notice-2000").await;
    for lang in ["ja", "en"] {
        tablet.press(&format!("[data-lang={lang}]")).await;
        tablet.press(MORE).await;
        tablet.sees("dialog[open] .notice-details").await;
        picture(&tablet, &format!("kiosk-notice-long-{lang}")).await;
        let fades = "const dialog = document.querySelector('dialog[open]');
            const button = dialog.querySelector('[data-state=close]');
            const fade = getComputedStyle(button, '::before');
            const box = button.getBoundingClientRect();
            return dialog.scrollHeight > dialog.clientHeight + 8
                && fade.backgroundImage.includes('gradient') && parseFloat(fade.height) >= 24
                && box.top >= 0 && box.bottom <= innerHeight;";
        tablet.until(fades).await;
        // At the end the fade covers no text.
        let ends = "const dialog = document.querySelector('dialog[open]');
            dialog.scrollTop = dialog.scrollHeight;
            const button = dialog.querySelector('[data-state=close]');
            const fade = parseFloat(getComputedStyle(button, '::before').height);
            const last = [...dialog.querySelectorAll('dd')].pop().getBoundingClientRect();
            return last.bottom <= button.getBoundingClientRect().top - fade + 1;";
        tablet.until(ends).await;
        picture(&tablet, &format!("kiosk-notice-end-{lang}")).await;
        tablet.press("dialog[open] [data-state=close]").await;
        tablet.no_longer_sees("dialog[open]").await;
    }
    env.close().await;
}

/// Collects the movements of what is on the page from its load on, without those that follow an input. The version below
/// the page's end may move.
const WATCH_SHIFTS: &str = "window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        const moved = entry.sources.map(source => source.node?.className ?? source.node?.parentNode?.className);
        if (!entry.hadRecentInput && moved.some(name => name !== 'version')) window.shifts.push([entry.value, moved]);
    })).observe({ type: 'layout-shift', buffered: true });";

#[tokio::test]
async fn pages_keep_their_place_when_data_arrives() {
    let (env, admin) = e2e_tests::TestEnv::configured().await;
    let _tablet = env.paired(&admin).await;
    let setup = env.setup_browser().await;
    setup.before_every_page(WATCH_SHIFTS).await;
    setup.open("/setup").await;
    sign_in(&setup).await;
    let device = e2e_tests::office::TABLET;
    let mut jumps = Vec::new();
    for (page, is_there) in [
        (
            format!("/setup/devices/{device}"),
            ".device-state .device-fact",
        ),
        ("/setup/purpose-notice".to_owned(), "[name=notice-text-ja]"),
    ] {
        for size in [Size::DESKTOP, Size::TABLET, Size::PORTRAIT, Size::PHONE] {
            setup.resize(size).await;
            setup.open(&page).await;
            setup.reload().await;
            setup.sees(is_there).await;
            setup
                .until(
                    "return !!document.querySelector('.tablet-screen > iframe')
                .contentDocument?.querySelector('.kiosk-layout')",
                )
                .await;
            // Two frames later, everything that has arrived is painted.
            let painted = "const done = arguments[0];
                requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true))));";
            setup.script_async(painted).await;
            let shifts = setup.script("return window.shifts").await;
            let entries = shifts.as_array().cloned().unwrap_or_default();
            let sum: f64 = entries.iter().filter_map(|entry| entry[0].as_f64()).sum();
            if sum >= 0.01 {
                jumps.push(format!("{page} at {}: {sum} {shifts}", size.width));
            }
        }
    }
    assert!(jumps.is_empty(), "{jumps:#?}");
    env.close().await;
}
