//! Layout and wording that all pages of set-up share: the focus before set-up, the save bar's place, suggestions above
//! it, whole names in rows of a fixed height, and one form of dates.

use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Size, TestEnv};
use yobirin_domain::model::date::Date;

use crate::steps::admin::{choose_password, open_setup, show};

#[tokio::test]
async fn the_first_field_has_the_focus_before_set_up() {
    let env = TestEnv::open().await;
    let setup = env.setup_browser().await;
    let has_focus = "return document.activeElement?.name === 'password'";
    let link = env.relay.first_run.clone().expect("a first-run link");
    setup.open(&link).await;
    setup.sees("[data-page=first-run]").await;
    setup.until(has_focus).await;
    choose_password(&setup, &link).await;
    let visitor = env.setup_browser().await;
    visitor.open("/setup").await;
    visitor.sees("[data-page=sign-in]").await;
    visitor.until(has_focus).await;
    env.close().await;
}

#[tokio::test]
async fn the_save_bar_is_at_the_window_s_end_on_short_pages_and_covers_no_suggestion() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/groups").await;
    setup.press("a[href='/setup/groups/eigyo1']").await;
    setup
        .type_into("input[name=group-name-ja]", "営業第一課")
        .await;
    setup.sees("[data-save=unsaved]").await;
    setup.type_into("input[name=group-in-charge]", "さ").await;
    setup.sees("[data-choice]").await;
    let is_clear = "const bar = document.querySelector('.save-bar').getBoundingClientRect();
        const choice = document.querySelector('[data-choice]').getBoundingClientRect();
        return choice.top >= 0 && choice.bottom <= bar.top + 1;";
    setup.until(is_clear).await;

    show(&setup, "/setup/preview").await;
    let is_at_end = "const bar = document.querySelector('.save-bar').getBoundingClientRect();
        return Math.abs(bar.bottom - innerHeight) <= 1;";
    setup.until(is_at_end).await;
    env.close().await;
}

#[tokio::test]
async fn a_date_has_one_form_on_every_page() {
    let (env, admin, setup) = open_setup().await;
    let id = host_id(someone_of("総務"));
    let mut document = admin.settings().await;
    document.site.opening_hours = Some(yobirin_domain::model::hours::Week::default());
    document.site.closed_days = vec!["2099-12-31".parse::<Date>().expect("a date").into()];
    let host = document.hosts.iter_mut().find(|host| host.id == id);
    host.expect("somebody works in 総務").absent_until = "2099-12-31".parse().ok();
    admin.save(&document).await;
    setup.reload().await;
    for (page, is_english) in [
        ("hosts", false),
        ("site", false),
        ("versions", false),
        ("hosts", true),
        ("site", true),
    ] {
        show(&setup, &format!("/setup/{page}")).await;
        let lang = if is_english { "en" } else { "ja" };
        setup.press(&format!("[data-language={lang}]")).await;
        if page == "versions" {
            setup.press("[data-action=show-version]").await;
        }
        setup
            .says(if is_english {
                "Thu, Dec 31, 2099"
            } else {
                "2099/12/31(木)"
            })
            .await;
        let text = setup.text().await;
        assert!(!text.contains("2099-12-31"), "{page}: {text}");
    }
    env.close().await;
}

#[tokio::test]
async fn the_list_of_groups_cuts_no_line_of_names_in_half() {
    let (env, admin, setup) = open_setup().await;
    let mut document = admin.settings().await;
    let in_charge: Vec<_> = document
        .hosts
        .iter()
        .take(3)
        .map(|host| host.id.clone())
        .collect();
    for group in &mut document.groups {
        group.in_charge.clone_from(&in_charge);
    }
    admin.save(&document).await;
    setup.open("/setup/groups").await;
    setup.sees("[data-page=groups] .row-people").await;
    let cut_off = "const isCut = (people) => people.getBoundingClientRect().bottom
            > people.closest('.virtual-list-row').getBoundingClientRect().bottom;
        return [...document.querySelectorAll('.row-people')].filter(isCut).length;";
    for size in [Size::DESKTOP, Size::TABLET] {
        setup.resize(size).await;
        assert_eq!(setup.script(cut_off).await, 0, "{size:?}");
    }
    env.close().await;
}
