//! Import of a workbook, and the review of the changes that an import would make.

use std::path::PathBuf;

use e2e_tests::{Browser, TestEnv};
use tempfile::TempDir;

use crate::import::{dry_run, file, open_import};
use crate::steps::admin::save;

/// A sample list, from the tests of the import's rules.
fn list_file(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../app/domain/tests/lists");
    PathBuf::from(folder).join(name)
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for files")
}

async fn choose(setup: &Browser, path: &std::path::Path) {
    setup.choose_file("input[name=file]", path).await;
}

#[tokio::test]
async fn a_workbook_is_imported_and_its_reader_is_loaded_only_then() {
    let (env, admin) = TestEnv::configured().await;
    let before = admin.settings().await.hosts.len();
    let setup = open_import(&env).await;
    let loaded = "return performance.getEntriesByType('resource').some(one => one.name.includes('workbook'));";
    assert_eq!(
        setup.script(loaded).await,
        false,
        "the reader of workbooks is not loaded before a workbook is opened"
    );
    dry_run(&setup, &list_file("list.xlsx")).await;
    setup
        .until("return document.querySelector('[data-show=added] .count').textContent === '60';")
        .await;
    setup.press("[data-action=apply]").await;
    setup.sees("[data-notice=imported]").await;
    save(&setup).await;
    let settings = admin.settings().await;
    assert_eq!(settings.hosts.len(), before + 60);
    let host = settings.hosts.iter().find(|host| host.name == "試験 59");
    let account = host.and_then(|host| host.account);
    assert_eq!(account.map(u64::from), Some(7_100_059));
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn a_damaged_workbook_is_refused_with_a_way_out() {
    let (env, _admin) = TestEnv::configured().await;
    let (setup, files) = (open_import(&env).await, folder());
    let bytes = b"PK\x03\x04\x14\x00xl/workbook.xml";
    choose(&setup, &file(&files, "people.xlsx", bytes)).await;
    setup
        .sees("[data-section=choose] [data-notice=refused]")
        .await;
    setup
        .says("CSV で保存するか、表をコピーして下の欄に貼り付けてください")
        .await;
    env.close().await;
}

#[tokio::test]
async fn a_file_of_another_kind_is_called_by_its_name() {
    let (env, _admin) = TestEnv::configured().await;
    let (setup, files) = (open_import(&env).await, folder());
    for (name, bytes, words) in [
        (
            "a.xls",
            &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..],
            "古い形式（.xls）",
        ),
        ("b.xls", b"<html><table></table></html>", "Web ページの形式"),
        ("c.csv", b"%PDF-1.7\n", "PDF からは"),
        ("d.csv", b"\x89PNG\r\n", "画像からは"),
        ("e.zip", b"PK\x03\x04\x14\x00", "圧縮ファイル"),
    ] {
        choose(&setup, &file(&files, name, bytes)).await;
        setup.says(words).await;
    }
    env.close().await;
}

#[tokio::test]
async fn the_separator_is_found_behind_a_preamble_and_can_be_chosen() {
    let (env, _admin) = TestEnv::configured().await;
    let setup = open_import(&env).await;
    choose(&setup, &list_file("semi_preamble.csv")).await;
    setup.sees("[data-column='3']:not(.unused)").await;
    setup.choose("select[name=separator]", "comma").await;
    setup.sees("[data-notice=no-name]").await;
    setup.choose("select[name=separator]", "semicolon").await;
    setup.sees("[data-column='3']:not(.unused)").await;
    setup.press("[data-action=dry-run]").await;
    // Line 1 is the preamble, line 2 has the headers.
    setup.sees("[data-line='3'][data-verdict=added]").await;
    env.close().await;
}

#[tokio::test]
async fn a_table_copied_from_a_spreadsheet_is_imported() {
    let (env, _admin) = TestEnv::configured().await;
    let setup = open_import(&env).await;
    setup.press("[data-section=choose] details summary").await;
    setup
        .script(
            "const area = document.querySelector('textarea[name=pasted]');
             area.value = '氏名\\tフリガナ\\t部署\\n貼付 一郎\\tハリツケ\\t総務\\n';
             area.dispatchEvent(new Event('input', { bubbles: true }));",
        )
        .await;
    setup.press("[data-action=paste]").await;
    setup.press("[data-action=dry-run]").await;
    setup
        .sees("[data-line='2'][data-verdict=added] [data-field=Groups]")
        .await;
    env.close().await;
}

#[tokio::test]
async fn the_review_begins_at_its_top_with_the_problems_and_keeps_its_button_in_sight() {
    let (env, _admin) = TestEnv::configured().await;
    let (setup, files) = (open_import(&env).await, folder());
    let rows: String = (0..90).map(|at| format!("試験 {at},シケン\n")).collect();
    let text = format!("氏名,フリガナ\n{rows},ナナシ\n");
    choose(&setup, &file(&files, "many.csv", text.as_bytes())).await;
    setup.sees("[data-section=columns]").await;
    setup
        .script("window.scrollTo(0, document.body.scrollHeight);")
        .await;
    setup.press("[data-action=dry-run]").await;
    setup.sees("[data-action=apply]").await;
    setup.until("return window.scrollY === 0;").await;
    // Line 1 has the headers, lines 2 to 91 the valid rows.
    let first = "return document.querySelector('.import-row').dataset.line === '92';";
    assert_eq!(
        setup.script(first).await,
        true,
        "the row without a name comes first"
    );
    setup
        .script("window.scrollTo(0, document.body.scrollHeight);")
        .await;
    setup
        .until(
            "const button = document.querySelector('[data-action=apply]').getBoundingClientRect();
             return window.scrollY > 500 && button.top >= 0 && button.bottom <= innerHeight;",
        )
        .await;
    let all_low = "return [...document.querySelectorAll('.import-row')].slice(1).every(row => row.offsetHeight <= 56);";
    assert_eq!(setup.script(all_low).await, true, "each row is one line");
    env.close().await;
}

#[tokio::test]
async fn a_row_is_left_out_and_taken_again() {
    let (env, _admin) = TestEnv::configured().await;
    let (setup, files) = (open_import(&env).await, folder());
    let text = "氏名,フリガナ\n新人 一,シンジン\n新人 二,シンジン\n新人 二,シンジン\n";
    dry_run(&setup, &file(&files, "new.csv", text.as_bytes())).await;
    setup.press("input[name=take-2]").await;
    setup.sees("[data-line='2'][data-verdict=left-out]").await;
    setup.press("input[name=take-2]").await;
    setup.sees("[data-line='2'][data-verdict=added]").await;
    // Line 4 repeats a person, so it is left out unless the admin adds it nevertheless.
    setup.sees("[data-line='4'][data-verdict=left-out]").await;
    setup
        .press("[data-line='4'] [data-action=add-anyway]")
        .await;
    setup.sees("[data-line='4'][data-verdict=added]").await;
    env.close().await;
}

#[tokio::test]
async fn the_examples_of_the_template_are_not_imported() {
    let (env, _admin) = TestEnv::configured().await;
    let (setup, files) = (open_import(&env).await, folder());
    let bytes = setup.download("[data-action=template]").await;
    assert!(
        bytes.starts_with(b"\xef\xbb\xbf"),
        "Excel reads it as UTF-8"
    );
    dry_run(&setup, &file(&files, "template.csv", &bytes)).await;
    setup.sees("[data-notice=no-change]").await;
    setup.says("ひな形の例のため取り込みません").await;
    env.close().await;
}

#[tokio::test]
async fn what_nobody_sees_cannot_keep_a_draft_from_being_saved() {
    let (env, admin) = TestEnv::configured().await;
    let setup = open_import(&env).await;
    choose(&setup, &list_file("newline_name.csv")).await;
    setup.press("[data-action=dry-run]").await;
    setup.says("名前がないため取り込みません").await;
    setup.press("[data-action=apply]").await;
    setup.sees("[data-notice=imported]").await;
    save(&setup).await;
    let settings = admin.settings().await;
    let names: Vec<&str> = settings
        .hosts
        .iter()
        .map(|host| host.name.as_str())
        .collect();
    for name in ["試験 一郎", "試験 二郎", "試験 三郎"] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    // The same rule holds for a typed name: an invisible one is reported at its field.
    let host = settings.hosts.first().expect("a host");
    setup.open(&format!("/setup/hosts/{}", host.id)).await;
    setup.sees("input[name=host-name]").await;
    setup
        .script(
            "const name = document.querySelector('input[name=host-name]');
             name.value = '\\u200b\\u202e';
             name.dispatchEvent(new Event('input', { bubbles: true }));",
        )
        .await;
    setup.press("[data-action=save]").await;
    setup
        .sees("[data-save=invalid] [data-problem='hosts[0].name'] a")
        .await;
    setup
        .type_into("input[name=host-name]", "  山\u{200b}田 太郎 ")
        .await;
    save(&setup).await;
    assert_eq!(admin.settings().await.hosts[0].name, "山田 太郎");
    env.close().await;
}
