//! Self-service of hosts: the personal link, and the page that it opens on a phone.

use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, Size, TestEnv, WAIT_TIMEOUT};

use crate::steps::admin::{open_setup, save, show, signed_in};
use crate::steps::visitor::{
    await_latest_settings, await_notified, enter_details_and_call, press_menu, private_chat,
    search_and_pick,
};

const MESSAGE: &str = "2 階のラウンジでお待ちください。";

/// Makes a personal link on the page of a host of this department.
async fn make_link(setup: &Browser, department: &str) -> String {
    show(setup, "/setup/hosts").await;
    let page = format!("a[href='/setup/hosts/{}']", host_id(someone_of(department)));
    setup.press(&page).await;
    setup.press("[data-action=make-link]").await;
    let link = setup.find("[data-personal-link]").await;
    link.text().await.expect("a link is text")
}

#[tokio::test]
async fn a_hosts_change_on_a_phone_is_shown_on_the_tablet() {
    let (env, admin) = TestEnv::configured().await;
    let host = someone_of("総務");
    let tablet = env.paired(&admin).await;
    let setup = signed_in(&env).await;
    let link = make_link(&setup, "総務").await;
    // The link leads to this machine itself, so it is no primary button, and a question comes first.
    setup.press("[data-action=send-link]:not(.primary)").await;
    setup
        .press("[data-dialog=send-loopback] [data-action=confirm]")
        .await;
    setup.sees("[data-notice=link-sent]").await;
    let chat = private_chat(&env.chatwork, host);
    let brings = |message: &chatwork_sim::Message| message.body.contains(&link);
    let message = env
        .chatwork
        .wait_for_message(chat, brings, WAIT_TIMEOUT)
        .await;
    message.expect("the bot brings the link to the host");

    let phone = Browser::start(env.relay.url(), "ja", Size::PHONE).await;
    phone.open(&link).await;
    phone.sees("[data-page=me] [data-me]").await;
    phone.says(host.name).await;
    let address = phone.script("return location.href").await;
    assert_eq!(
        address.as_str(),
        Some(format!("{}/setup/me", env.relay.url()).as_str()),
        "the secret is removed from the URL"
    );
    phone.type_into("textarea[name=my-message]", MESSAGE).await;
    assert!(
        phone.all_now("[data-action=present]").await.is_empty(),
        "there is no absence to clear"
    );
    phone.press("[data-action=absent-today]").await;
    phone.sees("[data-save=unsaved]").await;
    // Changing the language re-renders the page and keeps typed text.
    phone.press("[data-language=en]").await;
    phone.press("[data-language=ja]").await;
    phone.press("[data-action=save-me]").await;
    phone.sees("[data-save=saved]").await;
    phone.sees("[data-notice=absent]").await;
    phone.assert_no_overflow().await;

    let saved = admin.settings().await;
    let own = saved.hosts.iter().find(|entry| entry.id == host_id(host));
    let own = own.expect("the host is still there");
    assert_eq!(own.visitor_message, MESSAGE);
    assert!(own.absent_until.is_some());

    await_latest_settings(&tablet).await;
    press_menu(&tablet, "search").await;
    search_and_pick(&tablet, host.kana, host).await;
    enter_details_and_call(&tablet, "", "山本 一郎").await;
    await_notified(&tablet).await;
    tablet.says(&format!("{}は不在です", host.name)).await;
    tablet.press("[data-state=done]").await;

    phone.press("[data-action=present]").await;
    // The button is gone and the page may have scrolled to the field that has the focus now.
    phone
        .until("return document.activeElement?.name === 'my-absent-until'")
        .await;
    phone.press("[data-action=save-me]").await;
    phone.sees("[data-present]").await;
    await_latest_settings(&tablet).await;
    press_menu(&tablet, "search").await;
    search_and_pick(&tablet, host.kana, host).await;
    enter_details_and_call(&tablet, "", "山本 一郎").await;
    await_notified(&tablet).await;
    tablet.says(MESSAGE).await;
    phone.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn concurrent_changes_by_host_and_admin_are_merged() {
    let (env, admin, setup) = open_setup().await;
    let link = make_link(&setup, "開発一課").await;
    show(&setup, "/setup/site").await;
    setup
        .type_into("input[name=contact-phone]", "内線 200")
        .await;

    let phone = Browser::start(env.relay.url(), "ja", Size::PHONE).await;
    phone.open(&link).await;
    phone.type_into("input[name=my-kana]", "べつの よみ").await;
    phone.press("[data-action=save-me]").await;
    phone.sees("[data-save=saved]").await;

    save(&setup).await;
    let saved = admin.settings().await;
    assert_eq!(saved.site.contact.phone, "内線 200");
    assert!(
        saved.hosts.iter().any(|host| host.kana == "べつの よみ"),
        "the host's change is still there"
    );
    env.close().await;
}

#[tokio::test]
async fn a_revoked_link_closes_the_page_and_names_whom_to_ask() {
    let (env, _admin, setup) = open_setup().await;
    let link = make_link(&setup, "総務").await;
    let phone = Browser::start(env.relay.url(), "ja", Size::PHONE).await;
    phone.open(&link).await;
    phone.sees("[data-me]").await;

    setup.press("[data-action=revoke-link]").await;
    setup
        .press("[data-dialog=revoke-link] [data-action=confirm]")
        .await;
    setup.sees("[data-link-state=none]").await;
    phone.type_into("textarea[name=my-message]", MESSAGE).await;
    phone.press("[data-action=save-me]").await;
    phone.sees("[data-notice=link-over]").await;
    phone.open(&link).await;
    phone.sees("[data-notice=link-over]").await;
    phone.open("/setup/me").await;
    phone.sees("[data-notice=no-link]").await;
    env.close().await;
}

#[tokio::test]
async fn an_invalid_value_is_reported_at_its_field_and_kept() {
    let (env, admin, setup) = open_setup().await;
    let link = make_link(&setup, "総務").await;
    let phone = Browser::start(env.relay.url(), "ja", Size::PHONE).await;
    phone.open(&link).await;
    let other = someone_of("開発一課").account_id.to_string();
    phone.type_into("input[name=my-account]", &other).await;
    phone.press("[data-action=save-me]").await;
    phone
        .sees("input[name=my-account][aria-invalid=true]")
        .await;
    phone.says("ほかの担当者にも登録されています").await;
    phone
        .type_into("input[name=my-account]", "[rp aid=987654 to=1-2]")
        .await;
    phone.press("[data-action=save-me]").await;
    phone.sees("[data-save=saved]").await;
    let saved = admin.settings().await;
    assert!(
        saved
            .hosts
            .iter()
            .any(|host| host.account.is_some_and(|id| id.get() == 987_654))
    );
    env.close().await;
}
