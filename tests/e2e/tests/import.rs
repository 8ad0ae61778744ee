//! Import and export of hosts and groups.

use chatwork_sim::Office;
use e2e_tests::admin::Admin;
use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, TestEnv};
use tempfile::TempDir;
use yobirin_domain::export;
use yobirin_domain::model::id::GroupId;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::SettingsDocument;

use crate::steps::admin::{save, show, signed_in};

/// Signs in and opens the import page.
pub(crate) async fn open_import(env: &TestEnv) -> Browser {
    let setup = signed_in(env).await;
    show(&setup, "/setup/import").await;
    setup
}

/// Writes a file into the folder.
pub(crate) fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("the file can be written");
    path
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for files")
}

fn cp932(text: &str) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!lost, "the text fits CP932");
    bytes.into_owned()
}

/// Chooses a file and opens the preview of its import.
pub(crate) async fn dry_run(setup: &Browser, file: &std::path::Path) {
    setup.choose_file("input[name=file]", file).await;
    setup.sees("[data-section=columns]").await;
    setup.press("[data-action=dry-run]").await;
    setup.sees("[data-action=apply]").await;
}

async fn hosts_named(admin: &Admin, name: &str) -> usize {
    let settings = admin.settings().await;
    let hosts = settings.hosts.iter().filter(|host| host.name == name);
    hosts.count()
}

/// Chatwork's user export with typical errors, by line:
///
/// - 1, 2: the headers in both languages; 5: an empty line.
/// - 3: a host of the settings. 4: a new host in a new group.
/// - 6 and 7, one record with a line break in the name: the account is not a number, so the host is added without it.
/// - 8: no name, so the record is left out.
/// - 9: fewer cells than headers, and still a host.
pub(crate) fn chatwork_user_export() -> String {
    let known = someone_of("総務");
    format!(
        "識別ID,名前,メールアドレス,言語,部署,部署公開設定\r\n\
         account_id,name,login_mail,language,department,department_privacy\r\n\
         {},{},a@example.com,ja,総務,public\r\n\
         7000001,髙橋 ①～,b@example.com,ja,開発部/開発三課,contact\r\n\
         \r\n\
         なし,\"新田,\r\n真剣佑\",c@example.com,ja,総務,\r\n\
         7000002,,d@example.com,ja,総務,public\r\n\
         7000003,山本 五郎\r\n",
        known.account_id, known.name
    )
}

#[tokio::test]
async fn a_chatwork_user_export_in_cp932_is_imported_and_its_broken_lines_are_listed() {
    let (env, admin) = TestEnv::configured().await;
    let setup = open_import(&env).await;
    let files = folder();
    let users = file(&files, "users.csv", &cp932(&chatwork_user_export()));
    setup.choose_file("input[name=file]", &users).await;
    setup.sees("[data-section=columns]").await;
    setup.says("Shift_JIS").await;
    setup.says("髙橋 ①～").await;
    setup.press("[data-action=dry-run]").await;
    setup.sees("[data-line='6'][data-verdict=added]").await;
    setup.says("数字で書いてください").await;
    setup.says("名前がないため取り込みません").await;
    setup.sees("[data-line='8'][data-verdict=left-out]").await;
    setup.says("開発部/開発三課").await;
    assert_eq!(
        hosts_named(&admin, "髙橋 ①～").await,
        0,
        "the dry run saves nothing"
    );
    setup.sees("[data-notice=no-account]").await;
    setup.press("[data-action=apply]").await;
    setup
        .sees("[data-imported=unsaved] [data-notice=imported]")
        .await;
    save(&setup).await;
    setup
        .sees("[data-imported=saved] [data-notice=imported]")
        .await;

    let settings = admin.settings().await;
    let added = |name: &str| {
        let host = settings.hosts.iter().find(|host| host.name == name);
        host.unwrap_or_else(|| panic!("{name} is there")).clone()
    };
    let takahashi = added("髙橋 ①～");
    assert_eq!(takahashi.account.map(u64::from), Some(7_000_001));
    let group = settings.groups.last().expect("a group was made");
    assert_eq!(takahashi.groups, std::slice::from_ref(&group.id));
    assert_eq!(group.parent.as_ref().map(GroupId::as_str), Some("kaihatsu"));
    assert_eq!(added("山本 五郎").account.map(u64::from), Some(7_000_003));
    assert_eq!(added("新田, 真剣佑").account, None);
    env.close().await;
}

#[tokio::test]
async fn a_known_name_with_another_account_is_asked_about_and_imported_as_chosen() {
    let (env, admin) = TestEnv::configured().await;
    let before = admin.settings().await;
    let setup = open_import(&env).await;
    let files = folder();
    let known = someone_of("総務");
    let text = format!(
        "\u{feff}氏名,フリガナ,ChatWorkアカウントID,グループ\n{},カナ,999999,総務\n新人 一,シンジン,,営業部\n",
        known.name
    );
    dry_run(&setup, &file(&files, "hosts.csv", text.as_bytes())).await;
    // Line 2 has the name of a host of the settings, but another account: the same person, or another one?
    setup.sees("[data-line='2'][data-verdict=ambiguous]").await;
    let choice = format!("id {}", host_id(known));
    setup.choose("select[name='choice-2']", &choice).await;
    setup.press("[data-show=changed]").await;
    setup
        .sees("[data-line='2'][data-verdict=changed] [data-field=Account]")
        .await;
    setup.press("[data-action=apply]").await;
    setup.sees("[data-notice=imported]").await;
    save(&setup).await;
    let after = admin.settings().await;
    let host = after.hosts.iter().find(|host| host.id == host_id(known));
    assert_eq!(
        host.and_then(|host| host.account).map(u64::from),
        Some(999_999)
    );
    assert_eq!(after.hosts.len(), before.hosts.len() + 1);
    env.close().await;
}

#[tokio::test]
async fn an_export_can_be_imported_without_changes() {
    let (env, admin) = TestEnv::configured().await;
    let settings = admin.settings().await;
    let setup = open_import(&env).await;
    let files = folder();
    for (what, expected) in [
        ("hosts", export::hosts(&settings, Lang::Ja)),
        ("groups", export::groups(&settings, Lang::Ja)),
    ] {
        let bytes = setup
            .download(&format!("[data-action=export-{what}]"))
            .await;
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
        dry_run(&setup, &file(&files, &format!("{what}.csv"), &bytes)).await;
        setup.sees("[data-notice=no-change]").await;
        setup.press("[data-action=back]").await;
        setup.press("[data-action=back]").await;
        setup.sees("[data-section=export]").await;
    }
    let bytes = setup.download("[data-action=export-settings]").await;
    let text = String::from_utf8(bytes).expect("JSON is UTF-8");
    assert_eq!(
        SettingsDocument::from_json(&text).expect("settings"),
        settings
    );
    env.close().await;
}

#[tokio::test]
async fn an_invalid_settings_file_is_refused_and_a_valid_one_replaces_everything() {
    let (env, admin) = TestEnv::configured().await;
    let mut settings = admin.settings().await;
    let setup = open_import(&env).await;
    let files = folder();
    settings.hosts[0].name = String::new();
    let broken = file(&files, "broken.json", settings.to_json().as_bytes());
    setup.choose_file("input[name=file]", &broken).await;
    setup
        .sees("[data-notice=unsound] [data-problem='hosts[0].name']")
        .await;
    setup.press("[data-action=back]").await;

    settings.hosts.truncate(3);
    settings.hosts[0].name = "佐藤 全替".to_owned();
    // The groups may name hosts that were just cut off.
    settings
        .groups
        .iter_mut()
        .for_each(|group| group.in_charge.clear());
    let sound = file(&files, "sound.json", settings.to_json().as_bytes());
    setup.choose_file("input[name=file]", &sound).await;
    setup.press("[data-action=replace]").await;
    setup
        .press("[data-dialog=replace] [data-action=confirm]")
        .await;
    setup.sees("[data-notice=imported]").await;
    save(&setup).await;
    assert_eq!(admin.settings().await, settings);
    env.close().await;
}

#[tokio::test]
async fn a_file_that_is_not_a_list_is_refused_whatever_its_name() {
    let (env, _admin) = TestEnv::configured().await;
    let setup = open_import(&env).await;
    let files = folder();
    for (name, bytes) in [
        ("people.xlsx", &b"PK\x03\x04\x14\x00"[..]),
        ("people.csv", b"%PDF-1.7\nname"),
    ] {
        let wrong = file(&files, name, bytes);
        setup.choose_file("input[name=file]", &wrong).await;
        setup
            .sees("[data-section=choose] [data-notice=refused]")
            .await;
    }
    let right = file(&files, "people.csv", "名前\r\n佐藤\r\n".as_bytes());
    setup.choose_file("input[name=file]", &right).await;
    setup.sees("[data-section=columns]").await;
    env.close().await;
}

#[tokio::test]
async fn groups_of_another_system_are_imported_with_rooms_hosts_and_parents() {
    let (env, admin) = TestEnv::configured().await;
    let setup = open_import(&env).await;
    let files = folder();
    let known = someone_of("総務");
    let text = format!(
        "\u{feff}グループ名(*),英語名,親グループ,担当者,Chatwork ROOM ID,デバイス非表示,表示順\r\n\
         広報部,Public Relations,,{},https://www.chatwork.com/#!rid{},,1\r\n\
         広報一課,,広報部,,,1,2\r\n\
         ,,総務,,,,\r\n",
        known.name,
        Office::SAMPLE_SOUMU_ROOM
    );
    dry_run(&setup, &file(&files, "groups.csv", text.as_bytes())).await;
    // Line 4 has no group name.
    setup.sees("[data-line='4'][data-verdict=left-out]").await;
    setup.press("[data-action=apply]").await;
    setup.sees("[data-notice=imported]").await;
    save(&setup).await;

    let settings = admin.settings().await;
    let named = |name: &str| {
        let mut groups = settings.groups.iter();
        let group = groups.find(|group| group.name.best(Lang::Ja) == name);
        group.unwrap_or_else(|| panic!("{name} is there"))
    };
    let (parent, child) = (named("広報部"), named("広報一課"));
    assert_eq!(
        parent.room.map(u64::from),
        Some(Office::SAMPLE_SOUMU_ROOM),
        "a room's URL is imported as its number"
    );
    assert_eq!(parent.in_charge, [host_id(known)]);
    assert_eq!(child.parent.as_ref(), Some(&parent.id));
    assert!(child.hidden);
    env.close().await;
}
