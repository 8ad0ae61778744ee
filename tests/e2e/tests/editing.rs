//! Edits are not lost by reloads, concurrent edits, network failures or mistakes.

use e2e_tests::Browser;
use e2e_tests::admin::Admin;
use e2e_tests::office::{host_id, someone_of};
use thirtyfour::Key;
use yobirin_domain::model::directory::Host;

use crate::steps::admin::{await_saved, await_value, open_setup, save, show, signed_in, value};

async fn open_host(setup: &Browser, department: &str) -> String {
    let id = host_id(someone_of(department)).to_string();
    show(setup, "/setup/hosts").await;
    setup.press(&format!("a[href='/setup/hosts/{id}']")).await;
    setup.sees("[data-page=host]").await;
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

#[tokio::test]
async fn concurrent_edits_of_one_host_are_merged_field_by_field() {
    let (env, admin, first) = open_setup().await;
    let second = signed_in(&env).await;
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
    second.sees("[data-save=conflict]").await;
    second.sees("[data-conflict=name]").await;
    let asked = second.all_now("[data-conflict]").await;
    assert_eq!(asked.len(), 1, "only the name is a conflict");
    second.says("総務 花子").await;
    second.says("総務 華子").await;
    second.press("[data-conflict=name] input[value=mine]").await;
    second.press("[data-action=save-decided]").await;
    await_saved(&second).await;

    let saved = host(&admin, &id).await;
    assert_eq!(
        saved.name, "総務 華子",
        "the second admin's choice in the conflict is saved"
    );
    assert_eq!(
        saved.kana, "そうむ はなこ",
        "a field that only the first admin changed keeps the change"
    );
    assert_eq!(
        saved.visitor_message, "まいります",
        "a field that only the second admin changed keeps the change"
    );
    env.close().await;
}

#[tokio::test]
async fn a_reload_while_editing_offers_to_restore_the_draft() {
    let (env, admin, setup) = open_setup().await;
    let id = open_host(&setup, "総務").await;
    setup.type_into("input[name=host-kana]", "そうむ").await;
    setup.open("about:blank").await;
    setup.open(&format!("/setup/hosts/{id}")).await;
    setup.sees("[data-notice=kept]").await;
    setup.says("ふりがな").await;
    setup.press("[data-action=take-up]").await;
    setup.no_longer_sees("[data-notice=kept]").await;
    await_value(&setup, "input[name=host-kana]", "そうむ").await;
    save(&setup).await;
    assert_eq!(host(&admin, &id).await.kana, "そうむ");

    setup.open("about:blank").await;
    setup.open("/setup/hosts").await;
    setup.sees("[data-table=hosts] [data-host]").await;
    assert!(
        setup.all_now("[data-notice=kept]").await.is_empty(),
        "a saved draft is not offered again"
    );
    env.close().await;
}

#[tokio::test]
async fn a_recoverable_draft_is_discarded_only_on_request() {
    let (env, _admin, setup) = open_setup().await;
    let id = open_host(&setup, "総務").await;
    let before = value(&setup, "input[name=host-kana]").await;
    setup.type_into("input[name=host-kana]", "まちがい").await;
    setup.open("about:blank").await;
    setup.open(&format!("/setup/hosts/{id}")).await;
    setup.press("[data-action=drop-kept]").await;
    setup.sees("[data-dialog=drop-kept]").await;
    setup
        .press("[data-dialog=drop-kept] [data-action=confirm]")
        .await;
    setup.no_longer_sees("[data-notice=kept]").await;
    await_value(&setup, "input[name=host-kana]", &before).await;
    setup.open("about:blank").await;
    setup.open(&format!("/setup/hosts/{id}")).await;
    setup.sees("input[name=host-kana]").await;
    assert!(setup.all_now("[data-notice=kept]").await.is_empty());
    env.close().await;
}

#[tokio::test]
async fn a_dropped_connection_while_saving_loses_nothing_and_is_retried() {
    let (env, admin, setup) = open_setup().await;
    let id = open_host(&setup, "総務").await;
    setup.type_into("input[name=host-kana]", "そうむ").await;
    setup.offline(true).await;
    setup.press("[data-action=save]").await;
    setup.sees("[data-save=failed]").await;
    setup.says("変更は失われていません").await;
    await_value(&setup, "input[name=host-kana]", "そうむ").await;
    assert_ne!(host(&admin, &id).await.kana, "そうむ");

    setup.offline(false).await;
    await_saved(&setup).await;
    assert_eq!(host(&admin, &id).await.kana, "そうむ");
    env.close().await;
}

#[tokio::test]
async fn a_save_for_which_the_relay_takes_long_is_explained() {
    let (env, admin, setup) = open_setup().await;
    let id = open_host(&setup, "総務").await;
    setup.type_into("input[name=host-kana]", "そうむ").await;
    let hold_requests = "const relay = window.fetch;
        const released = new Promise(release => window.release = release);
        window.fetch = (...given) => released.then(() => relay(...given));";
    setup.script(hold_requests).await;
    setup.press("[data-action=save]").await;
    setup
        .says("サーバーの応答に時間がかかっています。変更は失われていません。")
        .await;
    setup.script("window.release()").await;
    await_saved(&setup).await;
    assert_eq!(host(&admin, &id).await.kana, "そうむ");
    env.close().await;
}

#[tokio::test]
async fn a_save_is_repeated_once_a_stopped_relay_responds() {
    let (mut env, admin, setup) = open_setup().await;
    let id = open_host(&setup, "総務").await;
    setup.type_into("input[name=host-kana]", "そうむ").await;
    env.relay.stop().await;
    setup.press("[data-action=save]").await;
    setup.sees("[data-save=failed]").await;
    env.relay.restart().await;
    await_saved(&setup).await;
    assert_eq!(host(&admin, &id).await.kana, "そうむ");
    env.close().await;
}

#[tokio::test]
async fn undo_by_keyboard_restores_a_deleted_host_with_all_references() {
    let (env, admin, setup) = open_setup().await;
    let before = admin.settings().await;
    open_host(&setup, "総務").await;
    setup.press("[data-page=host] [data-action=delete]").await;
    setup.says("次のグループの担当者からも外れます").await;
    setup
        .press("[data-dialog=delete-host] [data-action=confirm]")
        .await;
    setup.sees("[data-save=unsaved]").await;

    let page = setup.find("[data-page=hosts] h1").await;
    page.send_keys(Key::Control + "z").await.unwrap();
    setup.sees("[data-save=undone]").await;
    setup.says("元に戻しました").await;
    setup.press("[data-action=redo]").await;
    setup.sees("[data-save=unsaved]").await;
    setup.press("[data-action=undo]").await;
    setup.no_longer_sees("[data-action=save]").await;
    assert_eq!(admin.settings().await, before);
    env.close().await;
}

#[tokio::test]
async fn a_field_reports_an_error_while_typing_and_not_earlier() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/hosts").await;
    setup.press("[data-action=add-host]").await;
    setup.sees("input[name=host-name]").await;
    assert!(
        setup.all_now("[aria-invalid=true]").await.is_empty(),
        "a field that was not visited shows no error"
    );
    setup
        .type_into("input[name=host-name]", &"長".repeat(81))
        .await;
    setup.sees("input[name=host-name][aria-invalid=true]").await;
    setup.says("80 文字までにしてください").await;
    setup.type_into("input[name=host-name]", "佐藤 花").await;
    setup
        .no_longer_sees("input[name=host-name][aria-invalid=true]")
        .await;
    env.close().await;
}

#[tokio::test]
async fn an_earlier_version_can_be_viewed_and_restored() {
    let (env, admin, setup) = open_setup().await;
    let before = admin.settings().await;
    let id = open_host(&setup, "総務").await;
    setup.type_into("input[name=host-kana]", "まちがい").await;
    save(&setup).await;

    show(&setup, "/setup/versions").await;
    setup
        .press("[data-version='2'] [data-action=show-version]")
        .await;
    setup.sees("[data-version='2'] [data-change=kana]").await;
    setup.sees("[data-version='2'] [data-count='1']").await;
    setup.says("まちがい").await;
    setup
        .press("[data-version='2'] [data-action=restore-before]")
        .await;
    setup
        .sees("[data-dialog=restore-before] [data-change=kana]")
        .await;
    setup
        .press("[data-dialog=restore-before] [data-action=cancel]")
        .await;
    setup
        .press("[data-version='1'] [data-action=show-version]")
        .await;
    setup
        .press("[data-version='1'] [data-action=restore]")
        .await;
    setup.sees("[data-dialog=restore] [data-change=kana]").await;
    setup
        .press("[data-dialog=restore] [data-action=confirm]")
        .await;
    assert_eq!(
        host(&admin, &id).await.kana,
        "まちがい",
        "nothing is saved without confirmation"
    );
    save(&setup).await;
    assert_eq!(admin.settings().await, before);
    env.close().await;
}
