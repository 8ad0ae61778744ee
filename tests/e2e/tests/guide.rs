//! The guided set-up: one run from the first-run link to a test visit, left and continued, and not forced upon an
//! existing office.

use std::time::{Duration, Instant};

use chatwork_sim::{Account, Office};
use e2e_tests::admin::PASSWORD;
use e2e_tests::{Browser, Size, TestEnv};

use crate::steps::admin::{choose_password, open_navigation, open_setup};
use crate::steps::visitor::{await_notified, enter_details_and_call, only_message, press_menu};

/// Clicks of the same set-up through the separate pages, without the guide, as measured on 2026-11-29.
const CLICKS_WITHOUT_GUIDE: usize = 29;
/// Saves of the set-up without the guide.
const SAVES_WITHOUT_GUIDE: u64 = 5;
/// Seconds of the set-up without the guide.
const SECONDS_WITHOUT_GUIDE: u64 = 322;

/// Number of the bot's contacts in the office that is set up.
const CONTACTS: u64 = 40;

/// The sample office with so many contacts of the bot.
fn office_with_contacts(contacts: u64) -> Office {
    let sample_contacts = Office::sample_staff().len() - Office::SAMPLE_NON_CONTACTS.len();
    (sample_contacts as u64..contacts).fold(Office::sample(), |office, number| {
        let account = Account::named(7_000_000 + number, &format!("追加 {number}郎"));
        let id = account.account_id;
        let room = 400_000_000 + number;
        office
            .account(account)
            .contact(Office::SAMPLE_BOT, id, room)
    })
}

/// A browser that counts its clicks.
struct ClickCounter<'a> {
    browser: &'a Browser,
    clicks: usize,
}

impl ClickCounter<'_> {
    async fn press(&mut self, selector: &str) {
        self.browser.press(selector).await;
        self.clicks += 1;
    }
}

#[tokio::test]
#[allow(clippy::print_stdout)] // figures beside the old ones
async fn an_office_is_guided_to_its_first_visit_in_twelve_clicks() {
    let env = TestEnv::open_with(office_with_contacts(CONTACTS)).await;
    let browser = env.setup_browser().await;
    let tablet = env.tablet_browser().await;
    let link = env.relay.first_run.clone().expect("a first-run link");
    let start = Instant::now();
    let mut setup = ClickCounter {
        browser: &browser,
        clicks: 0,
    };
    browser.open(&link).await;
    browser.type_into("input[name=password]", PASSWORD).await;
    browser
        .type_into("input[name=password-again]", PASSWORD)
        .await;
    setup.press("[data-action=first-run]").await;
    office_and_chatwork(&mut setup).await;

    browser.sees("[data-guide=people] [data-person]").await;
    // A room of the department's name is chosen already, and nobody need be put in charge.
    browser
        .until(
            "const chosen = (field) => document.querySelector(`[data-open-group='開発部'] select[name=${field}]`)
                 ?.selectedOptions[0].text;
             return chosen('open-group-room') === '開発部ルーム（名前が一致）'
                 && chosen('open-group-in-charge') === '（あとで決める）';",
        )
        .await;
    setup.press("[data-action=next]").await;

    browser.sees("[data-guide=tablet]").await;
    tablet.open("/").await;
    let code = tablet.find("[data-code]").await.text().await;
    let waiting = format!("[data-waiting='{}']", code.expect("the code is text"));
    browser.sees(&waiting).await;
    let primary = browser.all_now("[data-guide=tablet] .primary").await;
    assert_eq!(primary.len(), 1, "approving is the one primary button");
    setup
        .press(&format!("{waiting} [data-action=approve]"))
        .await;
    tablet.sees("[data-screen=menu]").await;
    tablet.close_checklist().await;
    setup.clicks += 1; // closes the checklist
    browser.sees("[data-notice=paired]").await;
    let (clicks_to_pairing, time_to_pairing) = (setup.clicks, start.elapsed());
    setup.press("[data-action=next]").await;

    browser.sees("[data-guide=visit] .waiting").await;
    tablet.press_button_starting("部署を選ぶ").await;
    tablet.press_button_starting("開発部").await;
    enter_details_and_call(&tablet, "株式会社サンプル", "山本 一郎").await;
    await_notified(&tablet).await;
    only_message(&env.chatwork, Office::SAMPLE_KAIHATSU_ROOM).await;
    browser.sees("[data-notice=delivered]").await;
    browser
        .says("届きました。Chatwork の「開発部ルーム」")
        .await;
    browser
        .press("[data-notice=reminder-offer] [data-action=use-preset]")
        .await;
    browser
        .until("return document.activeElement.matches('[data-notice=reminders-set] [data-action=reminders]')")
        .await;
    setup.press("[data-action=next]").await;
    browser.sees("[data-page=overview] [data-step]").await;
    let (clicks, took) = (setup.clicks, start.elapsed());

    await_complete_guide(&browser).await;
    let saves = saved_versions(&browser).await - 1; // without that of the reminders
    println!(
        "guided set-up: {clicks} clicks, {saves} saves, {} s ({} clicks and {} s to the paired tablet); \
         before: {CLICKS_WITHOUT_GUIDE} clicks, {SAVES_WITHOUT_GUIDE} saves, {SECONDS_WITHOUT_GUIDE} s to the paired tablet",
        took.as_secs(),
        clicks_to_pairing,
        time_to_pairing.as_secs()
    );
    assert!(clicks <= 12, "{clicks} clicks");
    assert!(saves < SAVES_WITHOUT_GUIDE, "{saves} saves");
    assert!(took < Duration::from_secs(180), "{took:?}");
    browser.assert_clean_console().await;
    env.close().await;
}

/// The first two steps: name and contact, token and default room.
async fn office_and_chatwork(setup: &mut ClickCounter<'_>) {
    let browser = setup.browser;
    browser.sees("[data-guide=office]").await;
    for (field, text) in [
        ("site-name", "株式会社よびりん"),
        ("contact-name", "総務"),
        ("contact-phone", "内線 100"),
    ] {
        browser
            .type_into(&format!("input[name={field}]"), text)
            .await;
    }
    setup.press("[data-action=next]").await;
    browser.sees("[data-guide=chatwork]").await;
    browser
        .type_into("input[name=token]", Office::SAMPLE_TOKEN)
        .await;
    setup.press("[data-action=connect]").await;
    setup
        .press("[data-dialog=connect] [data-action=confirm]")
        .await;
    // Text typed for another room is dropped with the choice.
    let room_field = "input[name=default-room]";
    browser.type_into(room_field, "総務").await;
    setup.press("[data-action=use-room]").await;
    browser
        .until(&format!(
            "return document.querySelector('{room_field}').value === ''"
        ))
        .await;
    setup.press("[data-action=next]").await;
}

/// Waits until every step is ticked, in the side bar too; asserts that all contacts are hosts in their departments.
async fn await_complete_guide(setup: &Browser) {
    setup.no_longer_sees("[data-notice=guide]").await;
    setup
        .until("return document.querySelectorAll('[data-step][data-state=done]').length === 4;")
        .await;
    setup
        .until(
            "return document.querySelectorAll('nav .step-number[data-state=done]').length === 4;",
        )
        .await;
    setup.says(&format!("{CONTACTS} 人、全員に")).await;
    setup
        .says("7 グループ、うち 2 グループに専用のルーム")
        .await;
}

/// Number of saved versions; the empty settings of the start are none.
async fn saved_versions(setup: &Browser) -> u64 {
    let count = setup
        .script_async(
            "const done = arguments[arguments.length - 1];
         fetch('/api/settings/versions').then(r => r.json()).then(all => done(all.length));",
        )
        .await;
    count.as_u64().expect("a number")
}

#[tokio::test]
async fn the_run_is_left_and_continued_at_the_first_open_step() {
    let env = TestEnv::open().await;
    let setup = env.setup_browser().await;
    let link = env.relay.first_run.clone().expect("a first-run link");
    choose_password(&setup, &link).await;
    setup
        .sees("[data-guide=office] [data-action=next][aria-disabled=true]")
        .await;
    setup.type_into("input[name=site-name]", "本社").await;
    setup.press("[data-action=next]").await;
    setup.sees("[data-guide=chatwork]").await;
    setup
        .sees("[data-guide-step=office][data-state=done]")
        .await;

    setup.press("[data-action=later]").await;
    setup.sees("[data-page=overview] [data-notice=guide]").await;
    setup.press("[data-notice=guide] [data-action=guide]").await;
    setup.press("[data-guide-step=people]").await;
    setup
        .sees("[data-guide=people] [data-notice=not-connected]")
        .await;
    setup
        .press("[data-notice=not-connected] [data-action=to-chatwork]")
        .await;
    setup.sees("[data-guide=chatwork]").await;
    open_navigation(&setup).await;
    setup.press("nav a[href='/setup']").await;
    setup.sees("[data-notice=guide]").await;
    setup.reload().await;
    setup.press("[data-notice=guide] [data-action=guide]").await;
    setup.sees("[data-guide=chatwork]").await;
    // A visit without tablet leads to the tablet's step.
    setup.press("[data-guide-step=visit]").await;
    setup
        .press("[data-notice=no-tablet] [data-action=to-tablet]")
        .await;
    setup.sees("[data-guide=tablet]").await;
    setup.press("[data-guide-step=office]").await;
    setup
        .sees("[data-guide=office] input[name=site-name]")
        .await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn an_existing_office_sees_its_overview_and_no_offer_once_a_call_was_delivered() {
    let (env, admin, setup) = open_setup().await;
    setup.sees("[data-page=overview] [data-notice=guide]").await;
    let tablet = env.paired(&admin).await;
    // A paired tablet completes its step.
    setup.press("[data-notice=guide] [data-action=guide]").await;
    setup.press("[data-guide-step=tablet]").await;
    setup.sees("[data-guide=tablet] [data-notice=paired]").await;
    setup
        .sees("[data-guide=tablet] [data-action=next][aria-disabled=false]")
        .await;
    open_navigation(&setup).await;
    setup.press("nav a[href='/setup']").await;
    setup.sees("[data-page=overview] [data-notice=guide]").await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    // The open page follows, and so does one that is opened later.
    setup.no_longer_sees("[data-notice=guide]").await;
    setup.reload().await;
    setup
        .sees("[data-page=overview] [data-step='4'][data-state=done]")
        .await;
    setup.no_longer_sees("[data-notice=guide]").await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_saved_device_without_tablet_leads_to_its_pairing() {
    let (env, _admin, setup) = open_setup().await;
    for size in [Size::DESKTOP, Size::PHONE] {
        setup.resize(size).await;
        setup.open("/setup/devices/lobby").await;
        setup.press("[data-action=to-pairing]").await;
        setup
            .until(
                "const button = document.querySelector('[data-action=pair]');
             const box = button?.getBoundingClientRect();
             return button === document.activeElement && box.top >= 0 && box.bottom <= innerHeight;",
            )
            .await;
    }
    setup.assert_clean_console().await;
    env.close().await;
}
