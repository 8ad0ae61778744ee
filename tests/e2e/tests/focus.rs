//! The keyboard's focus: seen on everything that can have it, never under a bar, never lost.

use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Browser, Scheme, Size, Stage};
use thirtyfour::Key;
use yobirin_domain::model::directory::Host;

use crate::steps::admin::{at_the_desk, show};
use crate::steps::visitor::{introduce_and_call, is_notified, pick_group, press_menu};

/// Looks at what the page shows now.
async fn is_seen(browser: &Browser, page: &str) {
    browser.every_stop_is_seen(page).await;
    for scheme in [Scheme::Light, Scheme::Dark, Scheme::Forced] {
        browser.every_ring_is_seen(page, scheme).await;
    }
}

#[tokio::test]
async fn a_visitor_at_a_keyboard_sees_the_focus_on_every_screen() {
    let (stage, admin) = Stage::furnished().await;
    let mut document = admin.settings().await;
    document.site.exit_pin = Some("2468".to_owned());
    admin.save(&document).await;
    let tablet = stage.tablet().await;
    tablet.open("/pair").await;
    tablet.sees("[data-screen=pairing]").await;
    is_seen(&tablet, "pairing").await;
    let code = admin.pairing_code(TABLET).await.code;
    tablet.type_into("#code", &code).await;
    tablet.press("button[type=submit]").await;
    tablet.sees("[data-screen=menu]").await;
    for size in [Size::TABLET, Size::UPRIGHT, Size::PHONE] {
        tablet.resize(size).await;
        every_screen(&tablet, size).await;
    }
    stage.close().await;
}

async fn every_screen(tablet: &Browser, size: Size) {
    let home = async || {
        tablet.press("[data-state=home]").await;
        tablet.sees("[data-screen=menu]").await;
    };
    let look = async |page: &str| is_seen(tablet, &format!("{page}, {size:?}")).await;
    look("menu").await;
    tablet.press("[data-state=access]").await;
    tablet.sees("dialog[open]").await;
    look("access").await;
    tablet.press("[data-state=close]").await;
    tablet.loses("dialog[open]").await;
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
    for button in ["search", "closed"] {
        press_menu(tablet, button).await;
        look(button).await;
        tablet.type_into("#find", "さ").await;
        look(&format!("{button} with results")).await;
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
    is_notified(tablet).await;
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
    tablet.loses("dialog[open]").await;
}

#[tokio::test]
async fn an_office_manager_at_a_keyboard_sees_the_focus_on_every_page() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    press_menu(&tablet, "groups").await;
    pick_group(&tablet, &["soumu"]).await;
    introduce_and_call(&tablet, "", "山本 一郎").await;
    is_notified(&tablet).await;
    let desk = stage.desk().await;
    desk.open("/setup").await;
    desk.sees("[data-page=sign-in]").await;
    is_seen(&desk, "sign-in").await;
    crate::steps::admin::sign_in(&desk).await;
    is_seen(&desk, "overview").await;
    for size in [Size::DESK, Size::PHONE] {
        desk.resize(size).await;
        for page in [
            "chatwork", "hosts", "groups", "devices", "preview", "doctor", "history", "versions",
            "site", "security", "import",
        ] {
            desk.script("document.querySelector('nav.nav.open') ?? 0")
                .await;
            crate::steps::admin::unfold(&desk).await;
            desk.press(&format!("nav a[href='/setup/{page}']")).await;
            desk.sees(&format!("[data-page={page}]")).await;
            is_seen(&desk, &format!("{page}, {size:?}")).await;
        }
        let host = host_id(someone_of("総務")).to_string();
        for (list, entry) in [
            ("hosts", host.as_str()),
            ("groups", "kaihatsu1"),
            ("devices", TABLET),
        ] {
            show(&desk, &format!("/setup/{list}")).await;
            let link = format!("a[href='/setup/{list}/{entry}']");
            desk.press(&link).await;
            desk.loses(&link).await;
            is_seen(&desk, &format!("{list}/{entry}, {size:?}")).await;
        }
    }
    // With a save bar that lists what is wrong.
    show(&desk, "/setup/site").await;
    desk.type_into("[name=exit-pin]", "1").await;
    desk.type_into("[name=site-accent]", "blue").await;
    desk.press("[data-action=save]").await;
    desk.sees("[data-save=invalid]").await;
    is_seen(&desk, "site with problems").await;
    let host = host_id(someone_of("総務")).to_string();
    let phone = stage.desk().await;
    phone.resize(Size::PHONE).await;
    phone.open(&admin.personal_link(&host).await).await;
    phone.sees("[data-me]").await;
    is_seen(&phone, "own page").await;
    stage.close().await;
}

#[tokio::test]
async fn rows_that_come_above_leave_the_focus_where_it_is() {
    let (stage, admin) = Stage::furnished().await;
    let mut document = admin.settings().await;
    for place in 0..200 {
        let id = format!("n{place}").parse().expect("an id");
        document
            .hosts
            .push(Host::named(id, format!("担当 {place:03}")));
    }
    admin.save(&document).await;
    let desk = crate::steps::admin::signed_in(&stage).await;
    show(&desk, "/setup/hosts").await;
    desk.sees("[data-host]").await;
    desk.script("document.querySelector('[data-table=hosts]').scrollTop = 3000")
        .await;
    desk.until("return document.querySelector('[data-host]').ariaRowIndex > 20")
        .await;
    desk.script("document.querySelector('[data-table=hosts]').focus({ preventScroll: true })")
        .await;
    // The first row that is drawn is out of sight; to show it others are drawn above.
    desk.tab().await;
    has_focus(&desk, "[data-host] input[name=choose]").await;
    is_not_lost(&desk, "scrolling to a row").await;
    has_focus(&desk, "[data-host] input[name=choose]").await;
    stage.close().await;
}

/// Waits until the keyboard's focus is on something that matches.
async fn has_focus(desk: &Browser, selector: &str) {
    desk.until(&format!(
        "return document.activeElement.matches(`{selector}`)"
    ))
    .await;
}

/// The focus is where something can be done, now and once everything is drawn.
async fn is_not_lost(desk: &Browser, act: &str) {
    let settled = "const done = arguments[0];
        let frames = 5; const next = () => frames-- ? requestAnimationFrame(next) : done(document.activeElement.tagName);
        next();";
    let focused = desk.script_async(settled).await;
    assert_ne!(focused, "BODY", "after {act}");
}

#[tokio::test]
async fn editing_a_row_in_place_ends_in_every_way_without_an_error_and_keeps_the_focus() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/hosts").await;
    let edit = async || {
        desk.press("[data-host] [data-action=edit-row]").await;
        has_focus(&desk, "[name=row-name]").await;
        desk.type_into("[name=row-name]", "あいだ ためし").await;
    };
    edit().await;
    headings_match(&desk).await;
    desk.press("[data-action=row-done]").await;
    desk.loses("[data-editing]").await;
    has_focus(&desk, "[data-table=hosts]").await;
    desk.says("あいだ ためし").await;

    edit().await;
    desk.key("[name=row-name]", Key::Escape).await;
    desk.loses("[data-editing]").await;
    has_focus(&desk, "[data-table=hosts]").await;

    edit().await;
    desk.key("[name=row-name]", Key::Enter).await;
    has_focus(&desk, "[name=row-name]").await;
    // On the last row there is no next one.
    desk.key("[name=row-name]", Key::Escape).await;
    desk.key("[data-table=hosts]", Key::End).await;
    desk.key("[data-table=hosts]", Key::F2).await;
    has_focus(&desk, "[name=row-name]").await;
    desk.key("[name=row-name]", Key::Enter).await;
    desk.loses("[data-editing]").await;
    has_focus(&desk, "[data-table=hosts]").await;

    edit().await;
    desk.press("main h1").await;
    desk.loses("[data-editing]").await;
    // The page is left while a row is edited.
    edit().await;
    desk.press("nav a[href='/setup/groups']").await;
    desk.sees("[data-page=groups]").await;
    is_not_lost(&desk, "leaving").await;
    desk.console_is_clean().await;
    stage.close().await;
}

/// Every input of the row stands below the heading of what it holds.
async fn headings_match(desk: &Browser) {
    for size in Size::ALL {
        desk.resize(size).await;
        let off = desk
            .script(
                "const heads = [...document.querySelectorAll('.windowed-head > span')].filter(h => h.offsetWidth);
                 const at = word => heads.find(h => h.innerText.trim() === word).getBoundingClientRect();
                 return [['row-name', '名前'], ['row-kana', '名前'], ['row-account', 'Chatwork アカウント']]
                     .filter(([name, head]) => {
                         const input = document.querySelector(`[name=${name}]`).getBoundingClientRect();
                         return Math.abs(input.left - at(head).left) > 2;
                     });",
            )
            .await;
        assert_eq!(off, serde_json::json!([]), "{size:?}");
    }
    desk.resize(Size::DESK).await;
}

#[tokio::test]
async fn what_goes_away_under_the_keyboard_leaves_the_focus_in_the_page() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/site").await;
    desk.press("[data-choice=weekly]").await;
    desk.sees("[name=closed-day]").await;
    for button in ["[data-closed-day] button", "[data-action=add-closed-day]"] {
        desk.script(
            "const day = document.querySelector('[name=closed-day]'); day.value = '2099-01-02';
            day.dispatchEvent(new Event('input', { bubbles: true }))",
        )
        .await;
        desk.key("[data-action=add-closed-day]", Key::Enter).await;
        desk.sees("[data-closed-day]").await;
        is_not_lost(&desk, "adding a day").await;
        desk.key("[data-closed-day] button", Key::Enter).await;
        desk.loses("[data-closed-day]").await;
        is_not_lost(&desk, button).await;
    }
    show(&desk, "/setup/security").await;
    desk.key("[data-action=begin-second-step]", Key::Enter)
        .await;
    desk.key("[data-form=enrol] [data-action=cancel]", Key::Enter)
        .await;
    desk.loses("[data-form=enrol]").await;
    is_not_lost(&desk, "cancelling the second step").await;

    let host = host_id(someone_of("総務")).to_string();
    show(&desk, "/setup/hosts").await;
    desk.press(&format!("a[href='/setup/hosts/{host}']")).await;
    desk.key("[data-list=host-groups] [data-action=remove]", Key::Enter)
        .await;
    is_not_lost(&desk, "leaving a group").await;
    desk.press("[data-action=delete]").await;
    desk.key(
        "[data-dialog=delete-host] [data-action=confirm]",
        Key::Enter,
    )
    .await;
    desk.sees("[data-page=hosts]").await;
    is_not_lost(&desk, "deleting a host").await;
    desk.key("[data-action=discard]", Key::Enter).await;
    desk.key("[data-dialog=discard] [data-action=confirm]", Key::Enter)
        .await;
    desk.loses("[data-action=discard]").await;
    is_not_lost(&desk, "discarding").await;

    show(&desk, "/setup/groups").await;
    desk.key("[data-group=kaihatsu] [data-action=up]", Key::Enter)
        .await;
    is_not_lost(&desk, "moving a group to the top").await;
    desk.key("[data-action=save]", Key::Enter).await;
    desk.loses("[data-action=save]").await;
    is_not_lost(&desk, "saving").await;
    desk.script("history.back()").await;
    desk.sees("[data-page=hosts]").await;
    is_not_lost(&desk, "going back").await;
    stage.close().await;
}
