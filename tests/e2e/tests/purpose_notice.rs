//! Purpose notice: what visitors read before they enter anything, its version in the history, and its page in
//! set-up.

use chatwork_sim::Office;
use e2e_tests::admin::Admin;
use e2e_tests::{Browser, TestEnv, as_read};
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::menu::Need;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::purpose_notice::{NoticeVersion, duration, exact_duration};

use crate::steps::admin::{save, show, signed_in};
use crate::steps::visitor::{
    await_latest_settings, await_notified, enter_details_and_call, press_menu,
};

const NOTICE: &str = "[data-screen=details] [data-state=purpose-notice]";
const MORE: &str = "[data-state=purpose-notice-more]";

/// The configured office with a change of its settings, and its tablet.
async fn office(change: impl FnOnce(&mut SettingsDocument)) -> (TestEnv, Admin, Browser) {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    change(&mut document);
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    (env, admin, tablet)
}

/// Text of an element.
async fn text_of(browser: &Browser, selector: &str) -> String {
    let element = browser.find(selector).await;
    element.text().await.expect("an element has a text")
}

/// Versions of the notice that the latest calls recorded, newest first.
async fn recorded(admin: &Admin) -> Vec<Option<NoticeVersion>> {
    let calls = admin.calls().await.calls;
    calls.iter().map(|record| record.call.notice).collect()
}

#[tokio::test]
async fn visitors_read_in_their_language_what_for_who_and_how_long_and_the_history_knows_it() {
    let (env, admin, tablet) = office(|document| {
        document.site.languages = Lang::ALL.to_vec();
        document.site.retention.visitors = 80;
        document.site.retention.messages = 45;
        document.site.retention.answers = 33;
        document.site.purpose_notice.responsible = "管理部".to_owned();
        document.site.purpose_notice.inquiries = "privacy@example.com".to_owned();
    })
    .await;
    for (index, lang) in Lang::ALL.into_iter().enumerate() {
        tablet.press(&format!("[data-lang={}]", lang.tag())).await;
        press_menu(&tablet, "sales").await;
        let short = text_of(&tablet, NOTICE).await;
        assert!(short.contains("株式会社よびりん"), "{lang:?}: {short}");
        assert!(
            short.contains(&as_read(&duration(80, lang))),
            "{lang:?}: {short}"
        );

        tablet.press(MORE).await;
        tablet.sees("dialog[open] .notice-details").await;
        let long = text_of(&tablet, "dialog[open]").await;
        let durations = [80, 45, 33].map(|days| as_read(&exact_duration(days, lang)));
        let facts = ["管理部", "privacy@example.com", "Chatwork"].map(str::to_owned);
        for said in durations.iter().chain(&facts) {
            assert!(long.contains(said), "{lang:?} lacks {said}: {long}");
        }
        tablet
            .assert_accessible(&format!("purpose notice, {lang:?}"))
            .await;
        tablet.press("dialog[open] [data-state=close]").await;
        tablet.no_longer_sees("dialog[open]").await;

        enter_details_and_call(&tablet, "", "山田").await;
        await_notified(&tablet).await;
        let versions = recorded(&admin).await;
        assert_eq!(versions.len(), index + 1);
        assert!(versions[0].is_some(), "{lang:?} recorded no version");
        assert!(
            !versions[1..].contains(&versions[0]),
            "each language has a version of its own"
        );
        tablet.press("[data-state=done]").await;
    }

    let setup = signed_in(&env).await;
    show(&setup, "/setup/history").await;
    setup.press("[data-call] details summary").await;
    let line = text_of(&setup, "[data-call] [data-notice]").await;
    let newest = recorded(&admin).await[0].expect("a version");
    assert!(line.contains("いまの文面、ベトナム語"), "{line}");
    assert!(line.contains(&newest.to_string()), "{line}");
    let table = setup.download("[data-action=csv]").await;
    let table = String::from_utf8(table).expect("UTF-8");
    assert!(table.contains(&format!("文面の番号 {newest}")), "{table}");
    env.close().await;
}

#[tokio::test]
async fn a_change_of_language_changes_the_notice_and_the_recorded_version_is_the_last_one_seen() {
    let (env, admin, tablet) = office(|document| {
        document.site.purpose_notice.texts =
            TranslatedText::of(Lang::Ja, "目的\n次の行").and(Lang::En, " \n");
    })
    .await;
    press_menu(&tablet, "sales").await;
    tablet.says("目的").await;
    let own = text_of(&tablet, NOTICE).await;
    assert!(
        !own.contains("次の行"),
        "the first line stands above the questions: {own}"
    );
    enter_details_and_call(&tablet, "", "山田").await;
    await_notified(&tablet).await;
    tablet.press("[data-state=done]").await;

    press_menu(&tablet, "sales").await;
    tablet.says("目的").await;
    tablet.press("[data-lang=en]").await;
    tablet.says(&duration(90, Lang::En)).await;
    tablet.press(MORE).await;
    tablet.sees("dialog[open] .notice-details").await;
    let long = text_of(&tablet, "dialog[open]").await;
    assert!(
        long.contains("What it is for"),
        "a blank text falls back to the standard: {long}"
    );
    tablet.press("dialog[open] [data-state=close]").await;
    enter_details_and_call(&tablet, "", "Yamada").await;
    await_notified(&tablet).await;
    let versions = recorded(&admin).await;
    assert_ne!(versions[0], versions[1]);
    env.close().await;
}

#[tokio::test]
async fn a_visitor_at_the_questions_keeps_them_and_the_notice_that_was_shown() {
    let (env, admin, tablet) = office(|document| {
        document.site.purpose_notice.texts = TranslatedText::of(Lang::Ja, "以前の目的");
    })
    .await;
    press_menu(&tablet, "sales").await;
    enter_details_and_call(&tablet, "", "山田").await;
    await_notified(&tablet).await;
    tablet.press("[data-state=done]").await;

    press_menu(&tablet, "sales").await;
    tablet.says("以前の目的").await;
    let loads = "performance.getEntriesByType('resource')
        .filter(entry => entry.name.endsWith('/api/settings')).length";
    let before = tablet.script(&format!("return {loads}")).await;
    let mut document = admin.settings().await;
    document.site.purpose_notice.texts = TranslatedText::of(Lang::Ja, "新しい目的");
    let mut menu = document.devices[0].menu.iter_mut();
    let sales = menu
        .find(|button| button.id.as_str() == "sales")
        .expect("a button");
    sales.ask.purpose = Need::Required;
    admin.save(&document).await;
    tablet.until(&format!("return {loads} > {before}")).await;
    tablet.says("以前の目的").await;
    enter_details_and_call(&tablet, "", "山田").await;
    await_notified(&tablet).await;
    tablet.press("[data-state=done]").await;

    press_menu(&tablet, "sales").await;
    tablet.says("新しい目的").await;
    tablet.type_into("input[id=purpose]", "打ち合わせ").await;
    enter_details_and_call(&tablet, "", "山田").await;
    await_notified(&tablet).await;
    let versions = recorded(&admin).await;
    assert_eq!(
        versions[1], versions[2],
        "the second visitor saw the former notice"
    );
    assert_ne!(versions[0], versions[1]);
    env.close().await;
}

#[tokio::test]
async fn nothing_is_shown_or_recorded_where_nothing_is_asked_or_the_office_shows_none() {
    let (env, admin, tablet) = office(|_| ()).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    tablet.press("[data-state=done]").await;
    let mut document = admin.settings().await;
    document.site.purpose_notice.is_shown = false;
    document.site.name = "表示なし".to_owned();
    admin.save(&document).await;
    tablet.says("表示なし").await;
    press_menu(&tablet, "sales").await;
    tablet.sees("[data-screen=details] input[id=name]").await;
    assert!(tablet.all_now(NOTICE).await.is_empty());
    enter_details_and_call(&tablet, "", "山田").await;
    await_notified(&tablet).await;
    assert_eq!(recorded(&admin).await, [None, None]);
    env.close().await;
}

#[tokio::test]
async fn the_long_form_says_whom_to_ask_when_its_words_cannot_be_loaded() {
    let (env, _admin, tablet) = office(|_| ()).await;
    let without_words = "const load = fetch;
         window.fetch = (what, ...rest) => String(what.url ?? what).includes('words-rare')
             ? Promise.reject(new TypeError('no network')) : load(what, ...rest);";
    tablet.before_every_page(without_words).await;
    tablet.reload().await; // the checklist has loaded the words
    tablet.sees("[data-screen=menu]").await;
    press_menu(&tablet, "sales").await;
    tablet.press(MORE).await;
    tablet.sees("dialog[open] .notice.warn").await;
    let shown = text_of(&tablet, "dialog[open]").await;
    for said in [as_read(&duration(90, Lang::Ja)), "総務 内線 100".to_owned()] {
        assert!(shown.contains(&said), "{said}: {shown}");
    }
    tablet
        .assert_accessible("purpose notice without its words")
        .await;
    tablet.press("dialog[open] [data-state=close]").await;
    tablet.sees("[data-screen=details] input[id=name]").await;
    env.close().await;
}

#[tokio::test]
async fn an_office_writes_its_own_text_and_sees_it_on_the_tablet_beside_it() {
    const TEXT: &str = "[name=notice-text-ja]";
    const FRAME: &str = "[data-preview] iframe";
    let (env, admin, tablet) = office(|_| ()).await;
    let setup = signed_in(&env).await;
    show(&setup, "/setup/purpose-notice").await;
    setup.says("個人情報保護法第21条第2項").await;
    let standard = setup
        .script(&format!(
            "return document.querySelector('{TEXT}').placeholder"
        ))
        .await;
    assert!(
        standard.to_string().contains(&duration(90, Lang::Ja)),
        "{standard}"
    );

    let long = format!(
        "const text = document.querySelector('{TEXT}'); text.value = '目'.repeat(2001);
         text.dispatchEvent(new Event('input', {{ bubbles: true }}));"
    );
    setup.script(&long).await;
    setup.sees(&format!("{TEXT}[aria-invalid=true]")).await;
    setup.says("2000 文字までにしてください。").await;
    setup
        .type_into(TEXT, "<b>{kept}</b>だけ保存します。{days}")
        .await;
    setup.says("{days} という差し込みはありません。").await;
    setup.type_into(TEXT, "<b>{kept}</b>だけ保存します。").await;
    setup
        .no_longer_sees(&format!("{TEXT}[aria-invalid=true]"))
        .await;
    setup.enter_frame(FRAME).await;
    setup.says("だけ保存します。").await;
    setup.leave_frame().await;
    setup.press_inside(FRAME, MORE).await;
    setup.enter_frame(FRAME).await;
    setup.sees("dialog[open] .notice-details").await;
    setup.leave_frame().await;
    save(&setup).await;
    let saved = admin.settings().await.site.purpose_notice;
    assert_eq!(
        saved.texts,
        TranslatedText::of(Lang::Ja, "{kept}だけ保存します。")
    );

    await_latest_settings(&tablet).await;
    press_menu(&tablet, "sales").await;
    tablet.says("90 日間だけ保存します。").await;
    assert_eq!(env.chatwork.messages(Office::SAMPLE_DEFAULT_ROOM).len(), 0);
    setup.assert_clean_console().await;
    env.close().await;
}
