//! A host's own page: the link that an office manager hands out, and what the host does with it on a
//! phone.

use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, SOON, Size, Stage};

use crate::steps::admin::{at_the_desk, save, show, signed_in};
use crate::steps::visitor::{
    introduce_and_call, is_notified, press_menu, private_chat, search_and_pick,
};

const MESSAGE: &str = "2 階のラウンジでお待ちください。";

/// A fresh personal link, made on the page of the host who works in this department.
async fn make_link(desk: &Browser, department: &str) -> String {
    show(desk, "/setup/hosts").await;
    let page = format!("a[href='/setup/hosts/{}']", host_id(someone_of(department)));
    desk.press(&page).await;
    desk.press("[data-action=make-link]").await;
    let link = desk.find("[data-personal-link]").await;
    link.text().await.expect("a link is text")
}

#[tokio::test]
async fn a_host_opens_the_link_on_a_phone_and_the_tablet_follows() {
    let (stage, admin) = Stage::furnished().await;
    let host = someone_of("総務");
    let tablet = stage.paired(&admin).await;
    let desk = signed_in(&stage).await;
    let link = make_link(&desk, "総務").await;
    desk.press("[data-action=send-link]").await;
    desk.sees("[data-notice=link-sent]").await;
    let chat = private_chat(&stage.chatwork, host);
    let brings = |message: &chatwork_sim::Message| message.body.contains(&link);
    let message = stage.chatwork.wait_for_message(chat, brings, SOON).await;
    message.expect("the bot brings the link to the host");

    let phone = Browser::start(stage.relay.url(), "ja", Size::PHONE).await;
    phone.open(&link).await;
    phone.sees("[data-page=me] [data-me]").await;
    phone.says(host.name).await;
    let address = phone.script("return location.href").await;
    assert_eq!(
        address.as_str(),
        Some(format!("{}/setup/me", stage.relay.url()).as_str()),
        "the secret does not stay in the address"
    );
    phone.type_into("textarea[name=my-message]", MESSAGE).await;
    assert!(
        phone.all_now("[data-action=present]").await.is_empty(),
        "there is no absence to take back"
    );
    phone.press("[data-action=absent-today]").await;
    phone.sees("[data-save=unsaved]").await;
    // Another language draws everything anew, and nothing typed is lost.
    phone.press("[data-language=en]").await;
    phone.press("[data-language=ja]").await;
    phone.press("[data-action=save-me]").await;
    phone.sees("[data-save=saved]").await;
    phone.sees("[data-notice=absent]").await;
    phone.fits().await;

    let saved = admin.settings().await;
    let own = saved.hosts.iter().find(|one| one.id == host_id(host));
    let own = own.expect("the host is still there");
    assert_eq!(own.visitor_message, MESSAGE);
    assert!(own.absent_until.is_some());

    press_menu(&tablet, "search").await;
    search_and_pick(&tablet, host.kana, host).await;
    introduce_and_call(&tablet, "", "山本 一郎").await;
    is_notified(&tablet).await;
    tablet.says(&format!("{}は不在です", host.name)).await;
    tablet.press("[data-state=done]").await;

    phone.press("[data-action=present]").await;
    phone.press("[data-action=save-me]").await;
    phone.sees("[data-present]").await;
    press_menu(&tablet, "search").await;
    search_and_pick(&tablet, host.kana, host).await;
    introduce_and_call(&tablet, "", "山本 一郎").await;
    is_notified(&tablet).await;
    tablet.says(MESSAGE).await;
    phone.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn what_host_and_office_manager_change_at_once_is_kept_from_both() {
    let (stage, admin, desk) = at_the_desk().await;
    let link = make_link(&desk, "開発一課").await;
    show(&desk, "/setup/site").await;
    desk.type_into("input[name=contact-phone]", "内線 200")
        .await;

    let phone = Browser::start(stage.relay.url(), "ja", Size::PHONE).await;
    phone.open(&link).await;
    phone.type_into("input[name=my-kana]", "べつの よみ").await;
    phone.press("[data-action=save-me]").await;
    phone.sees("[data-save=saved]").await;

    save(&desk).await;
    let kept = admin.settings().await;
    assert_eq!(kept.site.contact.phone, "内線 200");
    assert!(
        kept.hosts.iter().any(|host| host.kana == "べつの よみ"),
        "the host's change is still there"
    );
    stage.close().await;
}

#[tokio::test]
async fn a_revoked_link_closes_the_page_and_says_whom_to_ask() {
    let (stage, _admin, desk) = at_the_desk().await;
    let link = make_link(&desk, "総務").await;
    let phone = Browser::start(stage.relay.url(), "ja", Size::PHONE).await;
    phone.open(&link).await;
    phone.sees("[data-me]").await;

    desk.press("[data-action=revoke-link]").await;
    desk.press("[data-dialog=revoke-link] [data-action=confirm]")
        .await;
    desk.sees("[data-link-state=none]").await;
    phone.type_into("textarea[name=my-message]", MESSAGE).await;
    phone.press("[data-action=save-me]").await;
    phone.sees("[data-notice=link-over]").await;
    phone.open(&link).await;
    phone.sees("[data-notice=link-over]").await;
    phone.open("/setup/me").await;
    phone.sees("[data-notice=no-link]").await;
    stage.close().await;
}

#[tokio::test]
async fn what_cannot_be_saved_is_said_at_its_field_and_stays() {
    let (stage, admin, desk) = at_the_desk().await;
    let link = make_link(&desk, "総務").await;
    let phone = Browser::start(stage.relay.url(), "ja", Size::PHONE).await;
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
    stage.close().await;
}
