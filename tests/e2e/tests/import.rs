//! Lists of people and departments, in and out.

use chatwork_sim::Office;
use e2e_tests::admin::Admin;
use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, Stage};
use tempfile::TempDir;
use yobirin_domain::export;
use yobirin_domain::model::id::GroupId;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::SettingsDocument;

use crate::steps::admin::{save, show, signed_in};

/// An admin's desk with the import page open.
pub(crate) async fn at_the_import(stage: &Stage) -> Browser {
    let desk = signed_in(stage).await;
    show(&desk, "/setup/import").await;
    desk
}

/// A file as somebody's computer has it.
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

/// Takes a file as far as what would happen.
pub(crate) async fn look_over(desk: &Browser, file: &std::path::Path) {
    desk.choose_file("input[name=file]", file).await;
    desk.sees("[data-section=columns]").await;
    desk.press("[data-action=dry-run]").await;
    desk.sees("[data-action=apply]").await;
}

async fn hosts_named(admin: &Admin, name: &str) -> usize {
    let settings = admin.settings().await;
    let hosts = settings.hosts.iter().filter(|host| host.name == name);
    hosts.count()
}

/// Chatwork's user export as a Japanese Windows saves it, with what goes wrong in such files.
pub(crate) fn chatworks_users() -> String {
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
async fn chatworks_users_in_cp932_are_brought_in_and_their_broken_lines_named() {
    let (stage, admin) = Stage::furnished().await;
    let (desk, files) = (at_the_import(&stage).await, folder());
    let users = file(&files, "users.csv", &cp932(&chatworks_users()));
    desk.choose_file("input[name=file]", &users).await;
    desk.sees("[data-section=columns]").await;
    desk.says("Shift_JIS").await;
    desk.says("髙橋 ①～").await;
    desk.press("[data-action=dry-run]").await;
    desk.sees("[data-line='6'][data-verdict=added]").await;
    desk.says("数字で書いてください").await;
    desk.says("名前がないため取り込みません").await;
    desk.sees("[data-line='8'][data-verdict=left-out]").await;
    desk.says("開発部/開発三課").await;
    assert_eq!(
        hosts_named(&admin, "髙橋 ①～").await,
        0,
        "nothing is saved yet"
    );
    desk.press("[data-action=apply]").await;
    desk.sees("[data-notice=imported]").await;
    save(&desk).await;

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
    stage.close().await;
}

#[tokio::test]
async fn whoever_may_be_somebody_else_is_asked_about_and_taken_as_chosen() {
    let (stage, admin) = Stage::furnished().await;
    let before = admin.settings().await;
    let (desk, files) = (at_the_import(&stage).await, folder());
    let known = someone_of("総務");
    let text = format!(
        "\u{feff}氏名,フリガナ,ChatWorkアカウントID,グループ\n{},カナ,999999,総務\n新人 一,シンジン,,営業部\n",
        known.name
    );
    look_over(&desk, &file(&files, "hosts.csv", text.as_bytes())).await;
    desk.sees("[data-line='2'][data-verdict=conflict]").await;
    let choice = format!("id {}", host_id(known));
    desk.choose("select[name='choice-2']", &choice).await;
    desk.press("[data-show=changed]").await;
    desk.sees("[data-line='2'][data-verdict=changed] [data-field=Account]")
        .await;
    desk.press("[data-action=apply]").await;
    desk.sees("[data-notice=imported]").await;
    save(&desk).await;
    let after = admin.settings().await;
    let host = after.hosts.iter().find(|host| host.id == host_id(known));
    assert_eq!(
        host.and_then(|host| host.account).map(u64::from),
        Some(999_999)
    );
    assert_eq!(after.hosts.len(), before.hosts.len() + 1);
    stage.close().await;
}

#[tokio::test]
async fn what_is_exported_can_be_imported_without_a_change() {
    let (stage, admin) = Stage::furnished().await;
    let settings = admin.settings().await;
    let (desk, files) = (at_the_import(&stage).await, folder());
    for (what, expected) in [
        ("hosts", export::hosts(&settings, true)),
        ("groups", export::groups(&settings, true)),
    ] {
        let bytes = desk.download(&format!("[data-action=export-{what}]")).await;
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
        look_over(&desk, &file(&files, &format!("{what}.csv"), &bytes)).await;
        desk.sees("[data-notice=no-change]").await;
        desk.press("[data-action=back]").await;
        desk.press("[data-action=back]").await;
        desk.sees("[data-section=export]").await;
    }
    let bytes = desk.download("[data-action=export-settings]").await;
    let text = String::from_utf8(bytes).expect("JSON is UTF-8");
    assert_eq!(
        SettingsDocument::from_json(&text).expect("settings"),
        settings
    );
    stage.close().await;
}

#[tokio::test]
async fn settings_with_problems_are_refused_in_words_and_sound_ones_replace_all() {
    let (stage, admin) = Stage::furnished().await;
    let mut settings = admin.settings().await;
    let (desk, files) = (at_the_import(&stage).await, folder());
    settings.hosts[0].name = String::new();
    let broken = file(&files, "broken.json", settings.to_json().as_bytes());
    desk.choose_file("input[name=file]", &broken).await;
    desk.sees("[data-notice=unsound] [data-problem='hosts[0].name']")
        .await;
    desk.press("[data-action=back]").await;

    settings.hosts.truncate(3);
    settings.hosts[0].name = "佐藤 全替".to_owned();
    settings
        .groups
        .iter_mut()
        .for_each(|group| group.in_charge.clear());
    let sound = file(&files, "sound.json", settings.to_json().as_bytes());
    desk.choose_file("input[name=file]", &sound).await;
    desk.press("[data-action=replace]").await;
    desk.press("[data-dialog=replace] [data-action=confirm]")
        .await;
    desk.sees("[data-notice=imported]").await;
    save(&desk).await;
    assert_eq!(admin.settings().await, settings);
    stage.close().await;
}

#[tokio::test]
async fn a_file_that_is_no_list_is_refused_whatever_it_is_called() {
    let (stage, _admin) = Stage::furnished().await;
    let (desk, files) = (at_the_import(&stage).await, folder());
    for (name, bytes) in [
        ("people.xlsx", &b"PK\x03\x04\x14\x00"[..]),
        ("people.csv", b"%PDF-1.7\nname"),
    ] {
        let wrong = file(&files, name, bytes);
        desk.choose_file("input[name=file]", &wrong).await;
        desk.sees("[data-section=choose] [data-notice=refused]")
            .await;
    }
    let right = file(&files, "people.csv", "名前\r\n佐藤\r\n".as_bytes());
    desk.choose_file("input[name=file]", &right).await;
    desk.sees("[data-section=columns]").await;
    stage.close().await;
}

/// Not a test of ours but a measurement: prints how long ten thousand people take, from pressing to
/// seeing what would happen.
#[tokio::test]
#[ignore = "a measurement"]
async fn ten_thousand_people_are_looked_over() {
    let (stage, _admin) = Stage::furnished().await;
    let (desk, files) = (at_the_import(&stage).await, folder());
    let rows = (0..10_000).map(|i| {
        let group = [
            "総務",
            "開発部/開発一課",
            "営業部/営業一課",
            "新設部/第一課",
        ][i % 4];
        format!("{},氏名 {i},しめい {i},{group},キー{i}\r\n", 5_000_000 + i)
    });
    let text = format!(
        "識別ID,名前,ふりがな,グループ,検索キー\r\n{}",
        rows.collect::<String>()
    );
    let people = file(&files, "people.csv", &cp932(&text));
    let watch = |from: &str, until: &str| {
        format!(
            "const done = arguments[arguments.length - 1];
             {from}
             const start = performance.now();
             let longest = 0, last = start;
             const look = () => {{
                 const now = performance.now();
                 longest = Math.max(longest, now - last);
                 last = now;
                 if (document.querySelector('{until}')) done([now - start, longest]);
                 else requestAnimationFrame(look);
             }};
             look();"
        )
    };
    let start = std::time::Instant::now();
    desk.choose_file("input[name=file]", &people).await;
    let read = desk
        .script_async(&watch("", "[data-section=columns]"))
        .await;
    println!(
        "read and guessed: {read} (ms, longest frame), {:?} with the driver",
        start.elapsed()
    );
    for round in ["first", "again"] {
        let press = "document.querySelector('[data-action=dry-run]').click();";
        let took = desk
            .script_async(&watch(press, "[data-action=apply]"))
            .await;
        println!("dry run, {round}: {took} (ms, longest frame)");
        desk.press("[data-action=apply]").await;
        desk.sees("[data-notice=imported]").await;
        desk.press("[data-action=again]").await;
        desk.choose_file("input[name=file]", &people).await;
        desk.sees("[data-section=columns]").await;
    }
    stage.close().await;
}

#[tokio::test]
async fn another_system_s_groups_are_brought_in_with_rooms_people_and_parents() {
    let (stage, admin) = Stage::furnished().await;
    let (desk, files) = (at_the_import(&stage).await, folder());
    let known = someone_of("総務");
    let text = format!(
        "\u{feff}グループ名(*),英語名,親グループ,担当者,Chatwork ROOM ID,デバイス非表示,表示順\r\n\
         広報部,Public Relations,,{},https://www.chatwork.com/#!rid{},,1\r\n\
         広報一課,,広報部,,,1,2\r\n\
         ,,総務,,,,\r\n",
        known.name,
        Office::SAMPLE_SOUMU_ROOM
    );
    look_over(&desk, &file(&files, "groups.csv", text.as_bytes())).await;
    desk.sees("[data-line='4'][data-verdict=left-out]").await;
    desk.press("[data-action=apply]").await;
    desk.sees("[data-notice=imported]").await;
    save(&desk).await;

    let settings = admin.settings().await;
    let named = |name: &str| {
        let mut groups = settings.groups.iter();
        let group = groups.find(|group| group.name.best(Lang::Ja) == name);
        group.unwrap_or_else(|| panic!("{name} is there"))
    };
    let (above, below) = (named("広報部"), named("広報一課"));
    assert_eq!(
        above.room.map(u64::from),
        Some(Office::SAMPLE_SOUMU_ROOM),
        "the room in its URL"
    );
    assert_eq!(above.in_charge, [host_id(known)]);
    assert_eq!(below.parent.as_ref(), Some(&above.id));
    assert!(below.hidden);
    stage.close().await;
}
