//! Earlier versions of the settings.

use relay_tests::{TestApp, json, refusal, settings};
use yobirin_api::ErrorCode;
use yobirin_api::settings::{EDITOR_HEADER, SavedVersion};
use yobirin_domain::diff::ChangeCounts;
use yobirin_domain::model::settings::SettingsDocument;

/// Longest name of an editor in characters.
const MAX_EDITOR: usize = 40;

#[tokio::test]
async fn every_saved_version_can_be_read_again() {
    let app = TestApp::start().await;
    let mut renamed = settings();
    renamed.site.name = "別の試験室".to_owned();
    app.save(&renamed).await;

    let versions: Vec<SavedVersion> = json(app.admin.get("/api/settings/versions")).await;
    let numbers: Vec<u64> = versions.iter().map(|version| version.number).collect();
    assert_eq!(numbers, [2, 1], "newest first");
    for version in &versions {
        assert!(version.saved > 0 && version.by == "admin", "{version:?}");
    }
    let tag = format!("\"v{}\"", versions[0].number);
    assert_eq!(app.etag().await, tag, "the newest version is in force");
    for (number, expected) in [(1, settings()), (2, renamed)] {
        let path = format!("/api/settings/versions/{number}");
        let document: SettingsDocument = json(app.admin.get(&path)).await;
        assert_eq!(document, expected, "version {number}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_version_has_the_name_of_its_editor_and_counts_of_changes() {
    let app = TestApp::start().await;
    let mut renamed = settings();
    renamed.site.name = "別の試験室".to_owned();
    let save_as = |editor: &str, tag: String| {
        let put = app.admin.put("/api/settings").header("if-match", tag);
        put.header(EDITOR_HEADER, editor).json(&renamed)
    };
    for (editor, flaw) in [
        ("%20", "blank"),
        ("%E4%BD%90%0A", "a line break"),
        ("%E2%80%AE", "an invisible character"),
        ("%FF", "not UTF-8"),
        ("+%00", "a control character"),
        (&"a".repeat(MAX_EDITOR + 1), "too long"),
    ] {
        let request = save_as(editor, app.etag().await);
        assert_eq!(refusal(request).await, ErrorCode::Malformed, "{flaw}");
    }
    // 佐藤<b>, percent-encoded.
    let saved = save_as("%E4%BD%90%E8%97%A4%3Cb%3E", app.etag().await).send();
    assert_eq!(saved.await.expect("a response").status(), 204);

    let versions: Vec<SavedVersion> = json(app.admin.get("/api/settings/versions")).await;
    let editors = versions.iter().map(|version| version.editor.as_deref());
    assert_eq!(editors.collect::<Vec<_>>(), [Some("佐藤<b>"), None]);
    let renamed_site = ChangeCounts {
        office_fields: 1,
        ..ChangeCounts::default()
    };
    assert_eq!(versions[0].changes, renamed_site);
    let first = ChangeCounts::between(&SettingsDocument::default(), &settings());
    assert_eq!(versions[1].changes, first);
    app.close().await;
}

#[tokio::test]
async fn unknown_versions_are_not_found() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let versions: Vec<SavedVersion> = json(app.admin.get("/api/settings/versions")).await;
    assert!(versions.is_empty());
    for (number, expected) in [
        ("0", ErrorCode::NotFound),
        ("1", ErrorCode::NotFound),
        ("18446744073709551615", ErrorCode::NotFound),
        ("-1", ErrorCode::Malformed),
        ("v1", ErrorCode::Malformed),
    ] {
        let path = format!("/api/settings/versions/{number}");
        assert_eq!(refusal(app.admin.get(&path)).await, expected, "{number}");
    }
    app.close().await;
}
