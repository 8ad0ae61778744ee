//! Calls that wait for an answer after their visitors have left the screen: their numbers on the menu, and outside
//! opening hours.

use yobirin_domain::model::hours::Week;

use crate::answers::{call_host, home, start_with_answers};
use crate::steps::visitor::{await_notified, press_menu};

#[tokio::test]
async fn the_fourth_waiting_number_is_found_behind_a_button() {
    let (env, _admin, tablet) = start_with_answers(|_| {}).await;
    let mut references = Vec::new();
    for _ in 0..4 {
        press_menu(&tablet, "parcel").await;
        await_notified(&tablet).await;
        let reference = tablet.find(".reference strong").await.text().await;
        references.push(reference.expect("a reference"));
        home(&tablet).await;
    }
    tablet.says("ほか\u{a0}1\u{a0}件").await;
    tablet.press("[data-state=more-calls]").await;
    tablet
        .until("return document.querySelectorAll('dialog [data-state=listed-call]').length === 4")
        .await;
    tablet.assert_accessible("all waiting calls").await;
    // The first visitor's number is the last in the list.
    tablet
        .press("dialog [data-state=listed-call]:last-child")
        .await;
    tablet.sees("[data-wait=new]").await;
    tablet.says(&references[0]).await;
    env.close().await;
}

#[tokio::test]
async fn outside_opening_hours_a_waiting_call_is_not_repeated() {
    let (env, admin, tablet) = start_with_answers(|_| {}).await;
    call_host(&env, &tablet).await;
    home(&tablet).await;
    let mut document = admin.settings().await;
    document.site.opening_hours = Some(Week::default());
    admin.save(&document).await;
    tablet.press("[data-state=rest]").await;
    tablet.sees("[data-screen=closed]").await;
    tablet.press("[data-state=listed-call]").await;
    tablet
        .script("const now = Date.now; Date.now = () => now() + 100_000; dispatchEvent(new Event('click'))")
        .await;
    tablet.sees("[data-wait=long]").await;
    tablet.sees("[data-state=long-wait] .contact").await;
    let again = tablet
        .script("return document.querySelector('[data-state=again]')")
        .await;
    assert!(again.is_null(), "nobody can be called now");
    env.close().await;
}
