//! No overlaps: at every text size, window size and screen position, controls are visible and their text is not
//! cut off.

use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Browser, Size, TestEnv};
use serde_json::json;
use yobirin_domain::model::lang::Lang;

use crate::steps::admin::{open_navigation, show, signed_in};
use crate::steps::visitor::{await_notified, pick_group, press_menu};

/// JavaScript that lists controls that another element covers at one of five points, or whose text is cut off:
/// bars and keys first, then each control scrolled into view as for keyboard focus.
const FIND_OVERLAPS: &str = r"
    const root = document.querySelector('dialog[open]') ?? document;
    const name = e => `${e.className} «${e.innerText || e.value || e.getAttribute('aria-label')}»`;
    const bad = [];
    const isCovered = e => {
        const r = (e.matches('a') ? e.getClientRects()[0] : e.getBoundingClientRect());
        const owner = e.closest('label') ?? e;
        const [x, y] = [Math.min(8, r.width / 4), Math.min(8, r.height / 4)];
        const places = [[r.left + r.width / 2, r.top + r.height / 2], [r.left + x, r.top + y],
            [r.right - x, r.top + y], [r.left + x, r.bottom - y], [r.right - x, r.bottom - y]];
        for (const [px, py] of places) {
            const at = document.elementFromPoint(px, py);
            if (at && (e.contains(at) || owner.contains(at) || at.contains(e))) continue;
            bad.push(`${name(e)} lies under ${at ? name(at) : 'the edge of the window'}`);
            return;
        }
    };
    scrollTo(0, 0);
    const fixed = '.kiosk-layout > .top button, .kiosk-layout > .bottom button, .keyboard button';
    if (root === document && getComputedStyle(document.querySelector('.kiosk-layout > .top') ?? document.body).position === 'sticky')
        document.querySelectorAll(fixed).forEach(e => e.getClientRects().length > 0 && isCovered(e));
    for (const e of root.querySelectorAll('button, a[href], input, select, textarea, summary')) {
        const isSeen = e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        if (!isSeen || getComputedStyle(e).clipPath !== 'none' || e.closest('.skip-link')) continue;
        e.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
        isCovered(e);
        const style = getComputedStyle(e);
        if (e.matches('button, summary') && style.textOverflow !== 'ellipsis'
            && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
            bad.push(`${name(e)} is cut off`);
    }
    const hasOwnText = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim() !== '');
    for (const e of root.querySelectorAll('main *')) {
        const style = getComputedStyle(e);
        const isClipped = style.overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1 && style.clipPath === 'none';
        if (isClipped && hasOwnText(e) && (style.textOverflow !== 'ellipsis' || style.display.includes('flex')))
            bad.push(`${name(e)} is cut off without an ellipsis`);
    }
    return bad;";

async fn check_overlaps(browser: &Browser, page: &str) {
    // The bars are measured after a frame.
    browser.await_two_frames().await;
    assert_eq!(browser.script(FIND_OVERLAPS).await, json!([]), "{page}");
    browser.assert_no_overflow().await;
}

/// Text sizes as attribute values of the root element; the default is empty.
const TEXT_SIZES: [&str; 3] = ["", "large", "largest"];

/// Checks a screen in every display setting of the root element.
async fn in_every_appearance(tablet: &Browser, screen: &str) {
    for size in Size::ALL {
        tablet.resize(size).await;
        for text in TEXT_SIZES {
            for reach in ["", "low"] {
                let marks = format!(
                    "for (const [name, value] of [['data-text', '{text}'], ['data-reach', '{reach}']])
                         value ? document.documentElement.setAttribute(name, value)
                               : document.documentElement.removeAttribute(name);"
                );
                tablet.script(&marks).await;
                let look = format!("{screen}, text {text:?}, reach {reach:?}, {size:?}");
                check_overlaps(tablet, &look).await;
            }
        }
        // Counts as input, so that the idle reset does not interrupt the check.
        tablet
            .script("dispatchEvent(new Event('click')); delete document.documentElement.dataset.text; delete document.documentElement.dataset.reach")
            .await;
    }
    tablet.resize(Size::TABLET).await;
}

#[tokio::test]
async fn no_controls_overlap_on_any_kiosk_screen_in_any_appearance() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.languages = Lang::ALL.to_vec();
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    let home = async || {
        tablet.press("[data-state=home], [data-state=done]").await;
        tablet.sees("[data-screen=menu]").await;
    };
    in_every_appearance(&tablet, "menu").await;
    tablet.press("[data-state=access]").await;
    tablet.sees("dialog[open]").await;
    in_every_appearance(&tablet, "access").await;
    tablet.press("[data-state=close]").await;
    tablet.no_longer_sees("dialog[open]").await;
    press_menu(&tablet, "groups").await;
    tablet.press("[data-group=kaihatsu]").await;
    tablet.sees(".crumbs").await;
    in_every_appearance(&tablet, "groups").await;
    home().await;
    press_menu(&tablet, "open").await;
    tablet.press("[data-group=soumu]").await;
    tablet.sees("[data-host]").await;
    in_every_appearance(&tablet, "names").await;
    home().await;
    for (button, shown_for_a_letter) in [("search", "[data-host]"), ("closed", ".results")] {
        press_menu(&tablet, button).await;
        tablet.sees("#find").await;
        in_every_appearance(&tablet, button).await;
        tablet.type_into("#find", "さ").await;
        tablet.sees(shown_for_a_letter).await;
        in_every_appearance(&tablet, &format!("{button} with a letter")).await;
        home().await;
    }
    press_menu(&tablet, "groups").await;
    pick_group(&tablet, &["soumu"]).await;
    tablet.sees("[data-screen=details]").await;
    in_every_appearance(&tablet, "details").await;
    tablet.type_into("#name", "山本 一郎").await;
    tablet
        .press("[data-screen=details] button[type=submit]")
        .await;
    tablet.sees("[data-screen=confirm]").await;
    in_every_appearance(&tablet, "confirm").await;
    tablet.press("[data-state=call]").await;
    await_notified(&tablet).await;
    in_every_appearance(&tablet, "notified").await;
    env.close().await;
}

#[tokio::test]
async fn no_controls_overlap_on_any_set_up_page() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    let long_name = "プロダクト戦略本部海外事業推進グループ第三チーム";
    document.groups[0].name.set(Lang::Ja, long_name);
    admin.save(&document).await;
    let setup = signed_in(&env).await;
    for size in Size::ALL {
        setup.resize(size).await;
        open_navigation(&setup).await;
        setup.press("nav a[href='/setup']").await;
        setup.sees("[data-page=overview] [data-step]").await;
        check_overlaps(&setup, &format!("overview, {size:?}")).await;
        for page in [
            "chatwork",
            "answers",
            "hosts",
            "groups",
            "devices",
            "preview",
            "doctor",
            "history",
            "versions",
            "site",
            "security",
            "import",
            "alarms",
            "retention",
            "purpose-notice",
        ] {
            show(&setup, &format!("/setup/{page}")).await;
            check_overlaps(&setup, &format!("{page}, {size:?}")).await;
        }
        let host = host_id(someone_of("総務")).to_string();
        for (list, entry) in [
            ("hosts", host.as_str()),
            ("groups", "kaihatsu1"),
            ("devices", TABLET),
        ] {
            show(&setup, &format!("/setup/{list}")).await;
            let link = format!("a[href='/setup/{list}/{entry}']");
            setup.press(&link).await;
            setup.no_longer_sees(&link).await;
            check_overlaps(&setup, &format!("{list}/{entry}, {size:?}")).await;
        }
        show(&setup, "/setup/hosts").await;
        setup.press("[data-host] [data-action=edit-row]").await;
        setup.sees("[data-editing]").await;
        check_overlaps(&setup, &format!("an edited row, {size:?}")).await;
        open_navigation(&setup).await;
    }
    env.close().await;
}
