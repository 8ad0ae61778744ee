//! Names that visitors of every language can read, and searches that find a department or nobody.

use chatwork_sim::Staff;
use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, TestEnv, as_read};
use thirtyfour::Key;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::names::display_name;

use crate::search::press_keys;
use crate::steps::admin::{save, show, signed_in};
use crate::steps::visitor::{await_notified, enter_details_and_call, press_menu};

/// An office that greets in five languages, and a tablet.
async fn office_in_all_languages() -> (TestEnv, Browser, SettingsDocument) {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.languages = Lang::ALL.to_vec();
    document.site.names.set(Lang::En, "Yobirin Inc.");
    document.site.names.set(Lang::Ko, "요비린 주식회사");
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    (env, tablet, document)
}

fn host<'a>(document: &'a SettingsDocument, staff: &Staff) -> &'a Host {
    let id = host_id(staff);
    let mut hosts = document.hosts.iter();
    hosts.find(|host| host.id == id).expect("a host")
}

async fn text(tablet: &Browser, selector: &str) -> String {
    let script = format!("return document.querySelector(`{selector}`)?.textContent ?? ''");
    let text = tablet.script(&script).await;
    as_read(text.as_str().unwrap_or_default().trim())
}

#[tokio::test]
async fn visitors_read_the_name_on_the_card_before_the_call_and_once_notified() {
    let (env, tablet, document) = office_in_all_languages().await;
    let staff = someone_of("総務");
    let host = host(&document, staff);
    for (lang, office) in [
        (Lang::En, "Yobirin Inc."),
        (Lang::Ko, "요비린 주식회사"),
        (Lang::Vi, "Yobirin Inc."),
        (Lang::Zh, "Yobirin Inc."),
    ] {
        let name = display_name(host, lang);
        let own = name.secondary.clone().unwrap_or_default();
        assert_eq!(own.is_empty(), lang == Lang::Zh, "{lang:?}: {name:?}");
        tablet.press(&format!("[data-lang={}]", lang.tag())).await;
        let greets = format!(
            "return document.querySelector('.office').textContent.includes('{office}')
                && document.title.endsWith('{office}')"
        );
        tablet.until(&greets).await;

        press_menu(&tablet, "search").await;
        tablet.type_into("#find", staff.kana).await;
        let card = format!("[data-host={}]", host.id);
        tablet.sees(&card).await;
        assert_eq!(
            text(&tablet, &format!("{card} .card-name")).await,
            name.primary
        );
        assert_eq!(text(&tablet, &format!("{card} .own-name")).await, own);
        tablet.press(&card).await;
        tablet.sees("[data-screen=details]").await;
        assert_eq!(text(&tablet, ".call-target-name").await, name.primary);
        assert_eq!(text(&tablet, ".call-target .own-name").await, own);
        enter_details_and_call(&tablet, "", "Jane").await;
        await_notified(&tablet).await;
        let heading = text(&tablet, "main h1").await;
        assert!(heading.contains(&name.primary), "{heading}");
        assert_eq!(text(&tablet, "main h1 .own-name").await, own);
        tablet.press("[data-state=done]").await;
    }
    tablet.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_list_of_names_is_divided_by_the_letters_of_the_visitors_language() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.languages = Lang::ALL.to_vec();
    for host in &mut document.hosts {
        host.groups = vec!["soumu".parse().expect("a valid id")];
    }
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    for (lang, row) in [("en", "S"), ("ko", "ㅅ"), ("vi", "S"), ("zh-Hans", "さ")] {
        tablet.press(&format!("[data-lang={lang}]")).await;
        press_menu(&tablet, "open").await;
        tablet.press("[data-group=soumu]").await;
        tablet.press(&format!("[data-row={row}]")).await;
        let is_divided = format!(
            "return document.querySelectorAll('[data-host]').length < {}",
            document.hosts.len()
        );
        tablet.until(&is_divided).await;
        let shown = "return [...document.querySelectorAll('[data-host] .card-name')].map((name) => name.textContent)";
        let names = tablet.script(shown).await;
        let names = names.as_array().expect("a list");
        assert!(
            !names.is_empty() && names.len() < document.hosts.len(),
            "{lang}"
        );
        let starts = |name: &str| match lang {
            "en" | "vi" => name.starts_with('S'),
            "ko" => name.starts_with(|c| ('사'..'아').contains(&c)),
            _ => true,
        };
        let all = names.iter().filter_map(|name| name.as_str());
        assert!(all.clone().all(starts), "{lang}: {names:?}");
        tablet.press("[data-state=home]").await;
    }
    env.close().await;
}

#[tokio::test]
async fn a_search_understands_honorifics_and_finds_departments() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    let staff = someone_of("総務");
    let family = staff.name.split_whitespace().next().expect("a family name");
    press_menu(&tablet, "search").await;
    for typed in [format!("{family}さん"), format!("総務の{family}様")] {
        tablet.type_into("#find", &typed).await;
        tablet
            .sees(&format!("[data-host={}]", host_id(staff)))
            .await;
    }
    tablet.type_into("#find", "開発").await;
    tablet.press(".results [data-group=kaihatsu]").await;
    tablet.sees("[data-screen=groups]").await;
    tablet.press("[data-state=back]").await;

    tablet.type_into("#find", "総務").await;
    tablet
        .press(".results [data-group=soumu][data-state=calls]")
        .await;
    enter_details_and_call(&tablet, "", "山本 一郎").await;
    await_notified(&tablet).await;
    tablet.says("総務にお知らせしました").await;
    tablet.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_search_shows_no_department_that_the_menu_does_not_offer() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.devices[0]
        .menu
        .retain(|button| button.id.as_str() == "search");
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "search").await;
    tablet.type_into("#find", "総務").await;
    tablet.says("見つかりません").await;
    assert!(tablet.all_now(".results [data-group]").await.is_empty());
    env.close().await;
}

#[tokio::test]
async fn a_search_that_finds_nobody_offers_departments_staff_and_the_telephone() {
    let (env, tablet, _) = office_in_all_languages().await;
    press_menu(&tablet, "search").await;
    tablet.press(".keyboard-layouts > :nth-child(2)").await;
    press_keys(&tablet, &["z", "z", "z"]).await;
    for way in [
        ".results [data-button=groups]",
        ".results [data-button=open]",
        "[data-state=staff][data-help=ring]",
    ] {
        tablet.sees(way).await;
    }
    let staff_buttons = "return [...document.querySelectorAll('button')]\
        .filter(button => button.textContent.includes('スタッフを呼ぶ')).length === 1";
    tablet.until(staff_buttons).await;
    assert!(tablet.all_now(".results [data-host]").await.is_empty());
    assert!(
        text(&tablet, ".results .contact")
            .await
            .contains("内線 100")
    );
    tablet.press(".results [data-button=groups]").await;
    tablet.sees("[data-screen=groups]").await;
    tablet.press("[data-state=back]").await;
    tablet.press("[data-state=staff]").await;
    await_notified(&tablet).await;
    env.close().await;
}

#[tokio::test]
async fn the_telephone_is_named_in_the_visitors_language() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.languages = Lang::ALL.to_vec();
    let contact = &mut document.site.contact;
    contact.names = TranslatedText::of(Lang::En, "General Affairs").and(Lang::Zh, "总务");
    contact.phones = TranslatedText::of(Lang::En, "ext. 100").and(Lang::Ko, "내선 100");
    admin.save(&document).await;
    let tablet = env.paired(&admin).await;
    for (lang, name, phone) in [
        (Lang::Ja, "総務", "内線 100"),
        (Lang::En, "General Affairs", "ext. 100"),
        (Lang::Zh, "总务", "ext. 100"),
        (Lang::Ko, "General Affairs", "내선 100"),
    ] {
        tablet.press(&format!("[data-lang={}]", lang.tag())).await;
        press_menu(&tablet, "search").await;
        tablet.type_into("#find", "zzz").await;
        tablet.sees(".results .contact").await;
        assert_eq!(text(&tablet, ".contact-name").await, name);
        assert_eq!(text(&tablet, ".contact-phone").await, phone);
        tablet.press("[data-state=home]").await;
    }
    env.close().await;
}

#[tokio::test]
async fn the_arrow_keys_reach_the_results_and_escape_clears_then_goes_back() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "search").await;
    tablet.type_into("#find", "さ").await;
    tablet.sees("[data-host]").await;
    tablet.key("#find", Key::Down).await;
    tablet
        .until("return document.activeElement.matches('[data-host]')")
        .await;
    tablet.key("[data-host]", Key::Up).await;
    tablet
        .until("return document.activeElement.id === 'find'")
        .await;
    tablet.key("#find", Key::Escape).await;
    tablet.no_longer_sees("[data-host]").await;
    tablet
        .until("return document.activeElement.value === ''")
        .await;
    tablet.key("#find", Key::Escape).await;
    tablet.sees("[data-screen=menu]").await;
    env.close().await;
}

#[tokio::test]
async fn names_for_other_languages_are_edited_in_set_up_beside_what_tablets_would_show() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = admin.settings().await;
    document.site.languages = Lang::ALL.to_vec();
    admin.save(&document).await;
    let staff = someone_of("総務");
    let setup = signed_in(&env).await;
    show(&setup, "/setup/hosts").await;
    setup
        .press(&format!("a[href='/setup/hosts/{}']", host_id(staff)))
        .await;
    let document = admin.settings().await;
    let spelled = display_name(host(&document, staff), Lang::En).primary;
    let example = format!(
        "return document.querySelector('[name=host-latin-name]').placeholder === '{spelled}'"
    );
    setup.until(&example).await;
    setup.type_into("[name=host-kana]", "さとう はな").await;
    let example =
        "return document.querySelector('[name=host-latin-name]').placeholder === 'Sato Hana'";
    setup.until(example).await;
    setup.type_into("[name=host-latin-name]", "Hana Sato").await;
    show(&setup, "/setup/site").await;
    let example =
        "return document.querySelector('[name=site-name-ko]').placeholder === 'Sample Inc.'";
    setup.type_into("[name=site-name-en]", "Sample Inc.").await;
    setup.until(example).await;
    setup
        .type_into("[name=contact-name-en]", "General Affairs")
        .await;
    setup.type_into("[name=contact-phone-ko]", "내선 100").await;
    save(&setup).await;
    let document = admin.settings().await;
    assert_eq!(host(&document, staff).latin_name, "Hana Sato");
    assert_eq!(document.site.shown_name(Lang::Vi), "Sample Inc.");
    assert_eq!(document.site.contact_name(Lang::Vi), "General Affairs");
    assert_eq!(document.site.contact_phone(Lang::Ko), "내선 100");
    setup.assert_clean_console().await;
    env.close().await;
}
