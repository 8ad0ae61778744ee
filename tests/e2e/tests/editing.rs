//! Nothing that an admin does is lost: not by a reload, not by a colleague, not by the network, not
//! by their own hand.

use e2e_tests::Browser;
use e2e_tests::admin::Admin;
use e2e_tests::office::{host_id, someone_of};
use thirtyfour::Key;
use yobirin_domain::model::directory::Host;

use crate::steps::admin::{at_the_desk, is_saved, save, show, signed_in};

async fn open_host(desk: &Browser, department: &str) -> String {
    let id = host_id(someone_of(department)).to_string();
    show(desk, "/setup/hosts").await;
    desk.press(&format!("a[href='/setup/hosts/{id}']")).await;
    desk.sees("[data-page=host]").await;
    id
}

async fn host(admin: &Admin, id: &str) -> Host {
    let document = admin.settings().await;
    let found = document
        .hosts
        .into_iter()
        .find(|host| host.id.as_str() == id);
    found.unwrap_or_else(|| panic!("{id} is gone"))
}

async fn value(desk: &Browser, selector: &str) -> String {
    let value = desk.find(selector).await.prop("value").await;
    value.ok().flatten().unwrap_or_default()
}

#[tokio::test]
async fn two_browsers_editing_one_host_lose_nothing_and_are_asked_field_by_field() {
    let (stage, admin, first) = at_the_desk().await;
    let second = signed_in(&stage).await;
    let id = open_host(&first, "総務").await;
    open_host(&second, "総務").await;

    first.type_into("input[name=host-name]", "総務 花子").await;
    first
        .type_into("input[name=host-kana]", "そうむ はなこ")
        .await;
    second.type_into("input[name=host-name]", "総務 華子").await;
    second
        .type_into("textarea[name=host-visitor-message]", "まいります")
        .await;
    save(&first).await;

    second.press("[data-action=save]").await;
    second.sees("[data-save=clash]").await;
    second.sees("[data-clash=name]").await;
    let asked = second.all_now("[data-clash]").await;
    assert_eq!(asked.len(), 1, "only the name differs on both sides");
    second.says("総務 花子").await;
    second.says("総務 華子").await;
    second.press("[data-clash=name] input[value=mine]").await;
    second.press("[data-action=save-decided]").await;
    is_saved(&second).await;

    let kept = host(&admin, &id).await;
    assert_eq!(kept.name, "総務 華子", "what the second chose");
    assert_eq!(kept.kana, "そうむ はなこ", "the first one's other field");
    assert_eq!(
        kept.visitor_message, "まいります",
        "the second one's other field"
    );
    stage.close().await;
}

#[tokio::test]
async fn a_reload_in_mid_edit_offers_everything_back() {
    let (stage, admin, desk) = at_the_desk().await;
    let id = open_host(&desk, "総務").await;
    desk.type_into("input[name=host-kana]", "そうむ").await;
    desk.open("about:blank").await;
    desk.open(&format!("/setup/hosts/{id}")).await;
    desk.sees("[data-notice=kept]").await;
    desk.says("よみがな").await;
    desk.press("[data-action=take-up]").await;
    desk.loses("[data-notice=kept]").await;
    assert_eq!(value(&desk, "input[name=host-kana]").await, "そうむ");
    save(&desk).await;
    assert_eq!(host(&admin, &id).await.kana, "そうむ");

    desk.open("about:blank").await;
    desk.open("/setup/hosts").await;
    desk.sees("[data-table=hosts] [data-host]").await;
    assert!(
        desk.all_now("[data-notice=kept]").await.is_empty(),
        "what is saved is not offered again"
    );
    stage.close().await;
}

#[tokio::test]
async fn changes_that_are_not_wanted_back_are_thrown_away_only_when_asked() {
    let (stage, _admin, desk) = at_the_desk().await;
    let id = open_host(&desk, "総務").await;
    let before = value(&desk, "input[name=host-kana]").await;
    desk.type_into("input[name=host-kana]", "まちがい").await;
    desk.open("about:blank").await;
    desk.open(&format!("/setup/hosts/{id}")).await;
    desk.press("[data-action=drop-kept]").await;
    desk.sees("[data-dialog=drop-kept]").await;
    desk.press("[data-dialog=drop-kept] [data-action=confirm]")
        .await;
    desk.loses("[data-notice=kept]").await;
    assert_eq!(value(&desk, "input[name=host-kana]").await, before);
    desk.open("about:blank").await;
    desk.open(&format!("/setup/hosts/{id}")).await;
    desk.sees("input[name=host-kana]").await;
    assert!(desk.all_now("[data-notice=kept]").await.is_empty());
    stage.close().await;
}

#[tokio::test]
async fn a_connection_that_drops_while_saving_loses_nothing_and_saves_by_itself() {
    let (stage, admin, desk) = at_the_desk().await;
    let id = open_host(&desk, "総務").await;
    desk.type_into("input[name=host-kana]", "そうむ").await;
    desk.offline(true).await;
    desk.press("[data-action=save]").await;
    desk.sees("[data-save=failed]").await;
    desk.says("変更は失われていません").await;
    assert_eq!(value(&desk, "input[name=host-kana]").await, "そうむ");
    assert_ne!(host(&admin, &id).await.kana, "そうむ");

    desk.offline(false).await;
    is_saved(&desk).await;
    assert_eq!(host(&admin, &id).await.kana, "そうむ");
    stage.close().await;
}

#[tokio::test]
async fn a_relay_that_stops_while_saving_loses_nothing() {
    let (mut stage, admin, desk) = at_the_desk().await;
    let id = open_host(&desk, "総務").await;
    desk.type_into("input[name=host-kana]", "そうむ").await;
    stage.relay.stop().await;
    desk.press("[data-action=save]").await;
    desk.sees("[data-save=failed]").await;
    stage.relay.start_again().await;
    save(&desk).await;
    assert_eq!(host(&admin, &id).await.kana, "そうむ");
    stage.close().await;
}

#[tokio::test]
async fn a_deleted_host_comes_back_by_keyboard_with_everything_that_named_them() {
    let (stage, admin, desk) = at_the_desk().await;
    let before = admin.settings().await;
    open_host(&desk, "総務").await;
    desk.press("[data-page=host] [data-action=delete]").await;
    desk.says("次のグループの担当者からも外れます").await;
    desk.press("[data-dialog=delete-host] [data-action=confirm]")
        .await;
    desk.sees("[data-save=unsaved]").await;

    let page = desk.find("[data-page=hosts] h1").await;
    page.send_keys(Key::Control + "z").await.unwrap();
    desk.sees("[data-save=stepped]").await;
    desk.says("元に戻しました").await;
    desk.press("[data-action=redo]").await;
    desk.sees("[data-save=unsaved]").await;
    desk.press("[data-action=undo]").await;
    desk.loses("[data-action=save]").await;
    assert_eq!(admin.settings().await, before);
    stage.close().await;
}

#[tokio::test]
async fn a_field_says_what_is_wrong_as_one_types_and_not_before() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/hosts").await;
    desk.press("[data-action=add-host]").await;
    desk.sees("input[name=host-name]").await;
    assert!(
        desk.all_now("[aria-invalid=true]").await.is_empty(),
        "nobody is told off for what they have not come to yet"
    );
    desk.type_into("input[name=host-name]", &"長".repeat(81))
        .await;
    desk.sees("input[name=host-name][aria-invalid=true]").await;
    desk.says("80 文字までにしてください").await;
    desk.type_into("input[name=host-name]", "佐藤 花").await;
    desk.loses("input[name=host-name][aria-invalid=true]").await;
    stage.close().await;
}

#[tokio::test]
async fn an_earlier_version_is_read_and_brought_back() {
    let (stage, admin, desk) = at_the_desk().await;
    let before = admin.settings().await;
    let id = open_host(&desk, "総務").await;
    desk.type_into("input[name=host-kana]", "まちがい").await;
    save(&desk).await;

    show(&desk, "/setup/versions").await;
    desk.press("[data-version='2'] [data-action=show-version]")
        .await;
    desk.sees("[data-version='2'] [data-change=kana]").await;
    desk.says("まちがい").await;
    desk.press("[data-version='1'] [data-action=show-version]")
        .await;
    desk.press("[data-version='1'] [data-action=restore]").await;
    desk.sees("[data-dialog=restore] [data-change=kana]").await;
    desk.press("[data-dialog=restore] [data-action=confirm]")
        .await;
    assert_eq!(
        host(&admin, &id).await.kana,
        "まちがい",
        "nothing is saved unseen"
    );
    save(&desk).await;
    assert_eq!(admin.settings().await, before);
    stage.close().await;
}
