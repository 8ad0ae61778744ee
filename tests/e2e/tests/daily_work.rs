//! Daily work of an office manager: the history of a day or a week, holidays with one press, an absence that begins
//! later, and who is in charge of a group.

use e2e_tests::office::{host_id, someone_of};
use yobirin_domain::model::date::Date;
use yobirin_domain::model::hours::Week;

use crate::steps::admin::{await_value, open_setup, save, show, value};
use crate::steps::visitor::press_menu;

#[tokio::test]
async fn the_history_is_narrowed_to_a_day_or_a_week_with_one_press() {
    let (env, admin, setup) = open_setup().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "parcel").await;
    tablet.sees("[data-screen=notified]").await;
    show(&setup, "/setup/history").await;
    setup.sees("[data-call]").await;
    setup.press("[data-period=yesterday]").await;
    setup.sees("[data-notice=none-found]").await;
    let (from, to) = (
        value(&setup, "input[name=history-from]").await,
        value(&setup, "input[name=history-to]").await,
    );
    assert!(!from.is_empty() && from == to, "{from} to {to}");
    for period in ["today", "this-week"] {
        setup.press(&format!("[data-period={period}]")).await;
        setup
            .sees(&format!("[data-period={period}][aria-pressed=true]"))
            .await;
        setup.sees("[data-call]").await;
    }
    setup.press("[data-period=this-week]").await;
    setup
        .sees("[data-period=this-week][aria-pressed=false]")
        .await;
    await_value(&setup, "input[name=history-from]", "").await;
    env.close().await;
}

#[tokio::test]
async fn the_national_holidays_become_closed_days_with_one_press() {
    let (env, admin, setup) = open_setup().await;
    show(&setup, "/setup/site").await;
    setup
        .press("[data-section=opening-hours] [data-choice=weekly]")
        .await;
    setup.press("[data-action=add-holidays]").await;
    setup.no_longer_sees("[data-action=add-holidays]").await;
    save(&setup).await;
    let closed = admin.settings().await.site.closed_days;
    let days: Vec<String> = closed.iter().map(|days| days.first.to_string()).collect();
    let new_year = days.iter().any(|day| day.ends_with("-01-01"));
    assert!(new_year && days.len() >= 16, "{days:?}");
    env.close().await;
}

#[tokio::test]
async fn days_in_a_row_are_one_line_with_a_name_and_removed_as_one() {
    let (env, admin, setup) = open_setup().await;
    let mut document = admin.settings().await;
    document.site.opening_hours = Some(Week::default());
    let past: Date = "2020-01-01".parse().expect("a date");
    document.site.closed_days = vec![past.into()];
    admin.save(&document).await;
    setup.reload().await;
    show(&setup, "/setup/site").await;
    setup
        .sees("[data-closed-day='2020-01-01'][data-past]")
        .await;
    setup.press("[data-action=remove-past]").await;
    setup.no_longer_sees("[data-past]").await;

    let (first, last) = ("input[name=closed-day]", "input[name=closed-day-last]");
    let add = "[data-action=add-closed-day]";
    setup.type_time(first, "12292098").await;
    setup.type_time(last, "12032098").await;
    setup.press(add).await;
    setup
        .says("最後の日は、最初の日か、それより後にしてください。")
        .await;
    setup.type_time(last, "01032099").await;
    let name = "input[name=closed-day-name]";
    setup.type_into(name, "年末年始").await;
    setup.press(add).await;
    let line = "[data-closed-day='2098-12-29']";
    setup.sees(line).await;
    setup.says("年末年始").await;
    setup.says("2098/12/29(月)〜2099/01/03(土)").await;
    setup.says("6 日間").await;
    setup.type_time(first, "12312098").await;
    setup.press(add).await;
    setup
        .says("2098/12/29(月)〜2099/01/03(土)（年末年始）と重なっています。")
        .await;
    save(&setup).await;
    let closed = admin.settings().await.site.closed_days;
    let json = serde_json::to_value(&closed).expect("JSON");
    let expected = serde_json::json!([
        { "from": "2098-12-29", "to": "2099-01-03", "name": "年末年始" }
    ]);
    assert_eq!(json, expected);

    setup.press(&format!("{line} .chip-remove")).await;
    setup.no_longer_sees(line).await;
    save(&setup).await;
    assert_eq!(admin.settings().await.site.closed_days, []);
    env.close().await;
}

#[tokio::test]
async fn an_absence_that_begins_later_is_shown_as_such_and_saved() {
    let (env, admin, setup) = open_setup().await;
    let id = host_id(someone_of("総務"));
    show(&setup, "/setup/hosts").await;
    setup.press(&format!("a[href='/setup/hosts/{id}']")).await;
    setup
        .type_time("input[name=host-absent-from]", "12012099")
        .await;
    // An absence has a last day.
    setup
        .until(
            "return document.querySelector('input[name=host-absent-until]').value === '2099-12-01'",
        )
        .await;
    setup
        .type_time("input[name=host-absent-until]", "12042099")
        .await;
    save(&setup).await;
    let document = admin.settings().await;
    let host = document.hosts.iter().find(|host| host.id == id);
    let host = host.expect("the host is still there");
    let days = (host.absent_from, host.absent_until);
    assert_eq!(days, ("2099-12-01".parse().ok(), "2099-12-04".parse().ok()));
    show(&setup, "/setup/hosts").await;
    setup
        .says("2099/12/01(火) から 2099/12/04(金) まで不在")
        .await;
    env.close().await;
}

#[tokio::test]
async fn groups_without_anybody_in_charge_get_their_hosts_with_one_press() {
    let (env, admin, setup) = open_setup().await;
    let mut document = admin.settings().await;
    for group in &mut document.groups {
        group.in_charge.clear();
    }
    admin.save(&document).await;
    setup.reload().await;
    show(&setup, "/setup/doctor").await;
    setup.sees("[data-notice=nobody-in-charge]").await;
    setup.press("[data-action=set-in-charge]").await;
    setup.no_longer_sees("[data-notice=nobody-in-charge]").await;
    save(&setup).await;
    let document = admin.settings().await;
    let soumu = document
        .groups
        .iter()
        .find(|group| group.id.as_str() == "soumu");
    let soumu = soumu.expect("the group is still there");
    assert_eq!(soumu.in_charge.first(), Some(&host_id(someone_of("総務"))));
    assert!(
        document
            .groups
            .iter()
            .all(|group| !group.in_charge.is_empty())
    );

    show(&setup, "/setup/groups").await;
    setup.press_button("総務").await;
    setup.sees("[data-section=members]").await;
    let name = someone_of("総務").name;
    setup
        .until(&format!(
            "return document.querySelector('[data-section=members]').innerText.includes('{name}')"
        ))
        .await;
    env.close().await;
}
