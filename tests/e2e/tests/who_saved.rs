//! Name of the person who saved: the question in the save bar, the list of versions with a summary, the notice of a
//! conflict, and the dialog that changes the name.

use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, Size};

use crate::steps::admin::{open_navigation, open_setup, save, show, signed_in};

/// Changes the reading of somebody's name.
async fn change_reading(setup: &Browser, department: &str, kana: &str) {
    let id = host_id(someone_of(department)).to_string();
    show(setup, "/setup/hosts").await;
    setup.press(&format!("a[href='/setup/hosts/{id}']")).await;
    setup.type_into("input[name=host-kana]", kana).await;
}

#[tokio::test]
async fn the_name_is_asked_once_kept_and_shown_with_what_changed() {
    let (env, _admin, setup) = open_setup().await;
    change_reading(&setup, "総務", "そうむ").await;
    setup
        .type_into("input[name=editor-name]", "佐藤 <b>花</b>")
        .await;
    save(&setup).await;
    change_reading(&setup, "開発一課", "かいはつ").await;
    setup.sees("[data-save=unsaved]").await;
    assert!(
        setup.all_now("input[name=editor-name]").await.is_empty(),
        "the question is asked only once"
    );
    show(&setup, "/setup/groups").await;
    setup.press_button("総務").await;
    setup.type_into("input[name=group-name-ja]", "総務部").await;
    save(&setup).await;

    show(&setup, "/setup/versions").await;
    setup.sees("[data-version='3'] [data-summary]").await;
    setup.says("佐藤 <b>花</b> が保存").await;
    setup.says("担当者 1 人、グループ 1 件").await;

    setup.reload().await;
    setup.says("編集者：佐藤 <b>花</b>").await;
    setup.press("[data-action=change-editor]").await;
    setup.type_into("input[name=editor]", "").await;
    setup.press("[data-action=keep-editor]").await;
    setup.says("編集者の名前：なし").await;
    env.close().await;
}

#[tokio::test]
async fn somebody_who_leaves_no_name_is_not_asked_again() {
    let (env, _admin, setup) = open_setup().await;
    setup.resize(Size::PHONE).await;
    change_reading(&setup, "総務", "そうむ").await;
    setup.sees("input[name=editor-name]").await;
    setup.assert_no_overflow().await;
    setup.press("[data-action=no-editor]").await;
    setup.no_longer_sees("input[name=editor-name]").await;
    save(&setup).await;
    setup.reload().await;
    change_reading(&setup, "総務", "そーむ").await;
    setup.sees("[data-save=unsaved]").await;
    assert!(setup.all_now("input[name=editor-name]").await.is_empty());
    open_navigation(&setup).await;
    setup.says("編集者の名前：なし").await;
    env.close().await;
}

#[tokio::test]
async fn a_conflict_says_who_saved_first() {
    let (env, _admin, first) = open_setup().await;
    let second = signed_in(&env).await;
    change_reading(&first, "総務", "そうむ").await;
    change_reading(&second, "総務", "そーむ").await;
    first.type_into("input[name=editor-name]", "佐藤").await;
    save(&first).await;
    second.press("[data-action=save]").await;
    second.sees("[data-save=conflict]").await;
    second.sees("[data-saved-first-by]").await;
    second.says("先に保存した人：佐藤").await;
    env.close().await;
}
