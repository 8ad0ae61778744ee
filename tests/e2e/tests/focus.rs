//! Keyboard focus: visible on every focusable element, not covered by a bar, never lost.

use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Browser, Size, TestEnv};
use thirtyfour::Key;
use yobirin_domain::model::directory::Host;

use crate::steps::admin::{open_setup, show};
use crate::steps::visitor::{await_notified, enter_details_and_call, pick_group, press_menu};

/// Checks the focus on the current page.
async fn check_focus_visibility(browser: &Browser, page: &str) {
    browser.assert_tab_stops_visible(page).await;
    for scheme in browser.schemes() {
        browser.assert_focus_rings_visible(page, *scheme).await;
    }
}

#[tokio::test]
async fn the_keyboard_focus_is_visible_on_every_kiosk_screen() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.exit_pin = Some("2468".to_owned());
    admin.save(&document).await;
    let tablet = env.tablet_browser().await;
    tablet.open("/pair").await;
    tablet.sees("[data-screen=pairing]").await;
    check_focus_visibility(&tablet, "pairing").await;
    let code = admin.pairing_code(TABLET).await.code;
    tablet.type_into("#code", &code).await;
    tablet.press("button[type=submit]").await;
    tablet.sees("[data-screen=menu]").await;
    tablet.close_checklist().await;
    for size in [Size::TABLET, Size::PORTRAIT, Size::PHONE] {
        tablet.resize(size).await;
        check_every_screen(&tablet, size).await;
    }
    env.close().await;
}

async fn check_every_screen(tablet: &Browser, size: Size) {
    let home = async || {
        tablet.press("[data-state=home], [data-state=done]").await;
        tablet.sees("[data-screen=menu]").await;
    };
    let look =
        async |page: &str| check_focus_visibility(tablet, &format!("{page}, {size:?}")).await;
    look("menu").await;
    tablet.press("[data-state=access]").await;
    tablet.sees("dialog[open]").await;
    look("access").await;
    tablet.press("[data-state=close]").await;
    tablet.no_longer_sees("dialog[open]").await;
    press_menu(tablet, "groups").await;
    tablet.sees("[data-screen=groups]").await;
    look("groups").await;
    tablet.press("[data-group=kaihatsu]").await;
    tablet.sees(".crumbs").await;
    look("groups below").await;
    home().await;
    press_menu(tablet, "open").await;
    tablet.press("[data-group=soumu]").await;
    tablet.sees("[data-host]").await;
    look("names").await;
    home().await;
    for (button, shown_for_a_letter) in [("search", "[data-host]"), ("closed", ".results")] {
        press_menu(tablet, button).await;
        tablet.sees("#find").await;
        look(button).await;
        tablet.type_into("#find", "さ").await;
        tablet.sees(shown_for_a_letter).await;
        look(&format!("{button} with a letter")).await;
        home().await;
    }
    press_menu(tablet, "groups").await;
    pick_group(tablet, &["soumu"]).await;
    tablet.sees("[data-screen=details]").await;
    look("details").await;
    tablet.type_into("#name", "山本 一郎").await;
    tablet
        .press("[data-screen=details] button[type=submit]")
        .await;
    tablet.sees("[data-screen=confirm]").await;
    look("confirm").await;
    tablet.press("[data-state=call]").await;
    await_notified(tablet).await;
    look("notified").await;
    home().await;
    let hold = "document.querySelector('.clock').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))";
    tablet.script(hold).await;
    tablet.sees(".pin").await;
    look("exit").await;
    for digit in ["2", "4", "6", "8"] {
        tablet.press(&format!("dialog [data-key='{digit}']")).await;
    }
    tablet.sees("[data-state=open-setup]").await;
    look("exit, open").await;
    tablet.press("[data-state=close]").await;
    tablet.no_longer_sees("dialog[open]").await;
}

#[tokio::test]
async fn the_keyboard_focus_is_visible_on_every_set_up_page() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "groups").await;
    pick_group(&tablet, &["soumu"]).await;
    enter_details_and_call(&tablet, "", "山本 一郎").await;
    await_notified(&tablet).await;
    let setup = env.setup_browser().await;
    setup.open("/setup").await;
    setup.sees("[data-page=sign-in]").await;
    check_focus_visibility(&setup, "sign-in").await;
    crate::steps::admin::sign_in(&setup).await;
    check_focus_visibility(&setup, "overview").await;
    for size in [Size::DESKTOP, Size::PHONE] {
        setup.resize(size).await;
        for page in [
            "chatwork", "hosts", "groups", "devices", "preview", "doctor", "history", "versions",
            "site", "security", "import", "alarms",
        ] {
            crate::steps::admin::open_navigation(&setup).await;
            setup.press(&format!("nav a[href='/setup/{page}']")).await;
            setup.sees(&format!("[data-page={page}]")).await;
            setup.no_longer_sees("[data-loading]").await;
            if page == "chatwork" {
                setup.sees("[data-action=accept-all]").await;
            }
            check_focus_visibility(&setup, &format!("{page}, {size:?}")).await;
        }
        let host = host_id(someone_of("総務")).to_string();
        for (list, entry, section) in [
            ("hosts", host.as_str(), "personal-link"),
            ("groups", "kaihatsu1", "room"),
            ("devices", TABLET, "pairing"),
        ] {
            show(&setup, &format!("/setup/{list}")).await;
            let link = format!("a[href='/setup/{list}/{entry}']");
            setup.press(&link).await;
            setup.sees(&format!("[data-section={section}]")).await;
            setup.no_longer_sees("[data-loading]").await;
            check_focus_visibility(&setup, &format!("{list}/{entry}, {size:?}")).await;
        }
    }
    // The save bar is tall while it lists problems.
    show(&setup, "/setup/site").await;
    setup.type_into("[name=exit-pin]", "1").await;
    setup.type_into("[name=site-accent]", "blue").await;
    setup.press("[data-action=save]").await;
    setup.sees("[data-save=invalid]").await;
    check_focus_visibility(&setup, "site with problems").await;
    let host = host_id(someone_of("総務")).to_string();
    let phone = env.setup_browser().await;
    phone.resize(Size::PHONE).await;
    phone.open(&admin.personal_link(&host).await).await;
    phone.sees("[data-me]").await;
    check_focus_visibility(&phone, "own page").await;
    env.close().await;
}

#[tokio::test]
async fn rows_inserted_above_keep_the_focus() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    for place in 0..200 {
        let id = format!("n{place}").parse().expect("an id");
        document
            .hosts
            .push(Host::named(id, format!("担当 {place:03}")));
    }
    admin.save(&document).await;
    let setup = crate::steps::admin::signed_in(&env).await;
    show(&setup, "/setup/hosts").await;
    setup.sees("[data-host]").await;
    setup
        .script("document.querySelector('[data-table=hosts]').scrollTop = 3000")
        .await;
    setup
        .until("return document.querySelector('[data-host]').ariaRowIndex > 20")
        .await;
    setup
        .script("document.querySelector('[data-table=hosts]').focus({ preventScroll: true })")
        .await;
    // The first rendered row is out of view; scrolling to it renders others above.
    setup.tab().await;
    await_focus(&setup, "[data-host] input[name=choose]").await;
    assert_focus_kept(&setup, "scrolling to a row").await;
    await_focus(&setup, "[data-host] input[name=choose]").await;
    env.close().await;
}

/// Waits until a matching element has the focus.
async fn await_focus(setup: &Browser, selector: &str) {
    setup
        .until(&format!(
            "return document.activeElement.matches(`{selector}`)"
        ))
        .await;
}

/// Asserts that the focus is on an element of the page, not on its body, once the action `act` is rendered.
async fn assert_focus_kept(setup: &Browser, act: &str) {
    let settled = "const done = arguments[0];
        let frames = 5; const next = () => frames-- ? requestAnimationFrame(next) : done(document.activeElement.tagName);
        next();";
    let focused = setup.script_async(settled).await;
    assert_ne!(focused, "BODY", "after {act}");
}

#[tokio::test]
async fn ending_inline_editing_in_any_way_keeps_the_focus() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/hosts").await;
    let edit = async || {
        setup.press("[data-host] [data-action=edit-row]").await;
        await_focus(&setup, "[name=row-name]").await;
        setup.type_into("[name=row-name]", "あいだ ためし").await;
    };
    edit().await;
    headings_match(&setup).await;
    setup.press("[data-action=row-done]").await;
    setup.no_longer_sees("[data-editing]").await;
    await_focus(&setup, "[data-table=hosts]").await;
    setup.says("あいだ ためし").await;

    edit().await;
    setup.key("[name=row-name]", Key::Escape).await;
    setup.no_longer_sees("[data-editing]").await;
    await_focus(&setup, "[data-table=hosts]").await;

    edit().await;
    setup.key("[name=row-name]", Key::Enter).await;
    await_focus(&setup, "[name=row-name]").await;
    // The last row has no next row.
    setup.key("[name=row-name]", Key::Escape).await;
    setup.key("[data-table=hosts]", Key::End).await;
    setup.key("[data-table=hosts]", Key::F2).await;
    await_focus(&setup, "[name=row-name]").await;
    setup.key("[name=row-name]", Key::Enter).await;
    setup.no_longer_sees("[data-editing]").await;
    await_focus(&setup, "[data-table=hosts]").await;

    edit().await;
    setup.press("main h1").await;
    setup.no_longer_sees("[data-editing]").await;
    // Leaves the page while a row is edited.
    edit().await;
    setup.press("nav a[href='/setup/groups']").await;
    setup.sees("[data-page=groups]").await;
    assert_focus_kept(&setup, "leaving").await;
    setup.assert_clean_console().await;
    env.close().await;
}

/// Asserts that every input of the row is aligned with its column heading.
async fn headings_match(setup: &Browser) {
    for size in Size::ALL {
        setup.resize(size).await;
        let misaligned = setup
            .script(
                "const heads = [...document.querySelectorAll('.virtual-list-head > span')].filter(h => h.offsetWidth);
                 const at = word => heads.find(h => h.innerText.trim() === word).getBoundingClientRect();
                 return [['row-name', '名前'], ['row-kana', '名前'], ['row-account', 'Chatwork アカウント']]
                     .filter(([name, head]) => {
                         const input = document.querySelector(`[name=${name}]`).getBoundingClientRect();
                         return Math.abs(input.left - at(head).left) > 2;
                     });",
            )
            .await;
        assert_eq!(misaligned, serde_json::json!([]), "{size:?}");
    }
    setup.resize(Size::DESKTOP).await;
}

#[tokio::test]
async fn removing_the_focused_element_keeps_the_focus_in_the_page() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/site").await;
    setup.press("[data-choice=weekly]").await;
    setup.sees("[name=closed-day]").await;
    for button in ["[data-closed-day] button", "[data-action=add-closed-day]"] {
        setup
            .script(
                "const day = document.querySelector('[name=closed-day]'); day.value = '2099-01-02';
            day.dispatchEvent(new Event('input', { bubbles: true }))",
            )
            .await;
        setup.key("[data-action=add-closed-day]", Key::Enter).await;
        setup.sees("[data-closed-day]").await;
        assert_focus_kept(&setup, "adding a day").await;
        setup.key("[data-closed-day] button", Key::Enter).await;
        setup.no_longer_sees("[data-closed-day]").await;
        assert_focus_kept(&setup, button).await;
    }
    show(&setup, "/setup/security").await;
    setup
        .key("[data-action=begin-two-factor]", Key::Enter)
        .await;
    setup
        .key("[data-form=enrol] [data-action=cancel]", Key::Enter)
        .await;
    setup.no_longer_sees("[data-form=enrol]").await;
    assert_focus_kept(&setup, "cancelling the second factor").await;

    let host = host_id(someone_of("総務")).to_string();
    show(&setup, "/setup/hosts").await;
    setup.press(&format!("a[href='/setup/hosts/{host}']")).await;
    setup
        .key("[data-list=host-groups] [data-action=remove]", Key::Enter)
        .await;
    assert_focus_kept(&setup, "leaving a group").await;
    setup.press("[data-action=delete]").await;
    setup
        .key(
            "[data-dialog=delete-host] [data-action=confirm]",
            Key::Enter,
        )
        .await;
    setup.sees("[data-page=hosts]").await;
    assert_focus_kept(&setup, "deleting a host").await;
    setup.key("[data-action=discard]", Key::Enter).await;
    setup
        .key("[data-dialog=discard] [data-action=confirm]", Key::Enter)
        .await;
    setup.no_longer_sees("[data-action=discard]").await;
    assert_focus_kept(&setup, "discarding").await;

    show(&setup, "/setup/groups").await;
    setup
        .key("[data-group=kaihatsu] [data-action=up]", Key::Enter)
        .await;
    assert_focus_kept(&setup, "moving a group to the top").await;
    setup.key("[data-action=save]", Key::Enter).await;
    setup.no_longer_sees("[data-action=save]").await;
    assert_focus_kept(&setup, "saving").await;
    setup.script("history.back()").await;
    setup.sees("[data-page=hosts]").await;
    assert_focus_kept(&setup, "going back").await;
    env.close().await;
}
