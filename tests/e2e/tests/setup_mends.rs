//! Set-up in a narrow window, disabled buttons, located problems, failure reasons in the history, and
//! summaries of opening hours.

use chatwork_sim::Office;
use e2e_tests::{Browser, Size, Stage};

use crate::desk::{at_the_desk, save, show, signed_in};
use crate::visit::press_menu;

/// Nothing in the page's content is cut off at its side.
async fn nothing_is_cut(desk: &Browser) {
    let cut = desk
        .script(
            "const cut = e => e.scrollWidth > e.clientWidth + 1
                 && getComputedStyle(e).overflowX !== 'visible'
                 && !e.closest('.visually-hidden, .restore-changes');
             const beyond = e => e.getBoundingClientRect().right > innerWidth + 1;
             return [...document.querySelectorAll('main *')]
                 .filter(e => e.checkVisibility() && (cut(e) || beyond(e)))
                 .map(e => e.outerHTML.slice(0, 120));",
        )
        .await;
    assert_eq!(cut, serde_json::json!([]), "cut off at its side");
}

#[tokio::test]
async fn overview_and_versions_fit_a_telephone() {
    let (stage, admin) = Stage::furnished().await;
    let _tablet = stage.paired(&admin).await;
    let mut document = admin.settings().await;
    document.site.contact.name = format!("https://example.com/{}", "reception".repeat(4));
    admin.save(&document).await;
    let desk = signed_in(&stage).await;
    desk.resize(Size::PHONE).await;
    show(&desk, "/setup/versions").await;
    desk.press("[data-version='2'] [data-action=show-version]")
        .await;
    desk.sees("[data-version='2'] [data-change='contact.name']")
        .await;
    desk.fits().await;
    nothing_is_cut(&desk).await;
    desk.press("nav [data-action=menu]").await;
    desk.press("nav a[href='/setup']").await;
    desk.sees("[data-page=overview] [data-section=today] [data-device]")
        .await;
    desk.fits().await;
    nothing_is_cut(&desk).await;
    stage.close().await;
}

#[tokio::test]
async fn a_disabled_button_does_not_answer_to_the_pointer() {
    let (stage, _admin, desk) = at_the_desk().await;
    let undo = "[data-action=undo][aria-disabled=true]";
    desk.sees(undo).await;
    let look = format!(
        "const style = getComputedStyle(document.querySelector(`{undo}`));
         return [style.backgroundColor, style.color, style.borderColor];"
    );
    let before = desk.script(&look).await;
    desk.hover(undo).await;
    assert_eq!(desk.script(&look).await, before);
    stage.close().await;
}

#[tokio::test]
async fn the_save_bar_names_field_and_entry_of_a_problem_and_leads_there() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/site").await;
    desk.type_into("input[name=site-accent]", "あお").await;
    desk.press("[data-action=save]").await;
    desk.sees("[data-problem='site.accent']").await;
    desk.says("サイト › アクセントカラー").await;
    show(&desk, "/setup/hosts").await;
    desk.press("[data-problem='site.accent'] a").await;
    desk.until("return document.activeElement?.name === 'site-accent'")
        .await;
    stage.close().await;
}

#[tokio::test]
async fn the_history_says_in_the_row_why_a_call_failed() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    for room in [Office::SAMPLE_SOUMU_ROOM, Office::SAMPLE_ACALL_ROOM] {
        let removed = stage.chatwork.remove_member(room, Office::SAMPLE_BOT);
        removed.unwrap_or_else(|error| panic!("{error:?}"));
    }
    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=could-not-notify]").await;
    let desk = signed_in(&stage).await;
    show(&desk, "/setup/history").await;
    desk.sees("[data-call][data-state=failed] [data-failure]")
        .await;
    desk.says("ルームがないか、Bot が参加していません").await;
    stage.close().await;
}

#[tokio::test]
async fn opening_hours_are_summed_up_in_words() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/site").await;
    desk.press("[data-section=opening-hours] [data-choice=weekly]")
        .await;
    desk.sees("[data-hours-summary]").await;
    desk.says("月〜金 9:00–18:00").await;
    save(&desk).await;
    show(&desk, "/setup/versions").await;
    desk.press("[data-version='2'] [data-action=show-version]")
        .await;
    desk.sees("[data-version='2'] [data-change^=opening_hours]")
        .await;
    desk.says("月〜金 9:00–18:00").await;
    stage.close().await;
}
