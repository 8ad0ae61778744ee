//! Filters of the call history, and its CSV export.

use chatwork_sim::Office;
use relay_tests::{Browser, CallDraft, LOBBY, ROOM, SIDE_DOOR, TestApp, json, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::call::CallPage;
use yobirin_domain::routing::TraceStep;

/// A delivered call of this visitor to 総務.
async fn call_from(app: &TestApp, device: &str, name: &str, company: &str) -> CallDraft {
    let tablet = app.tablet(device).await;
    let mut draft = CallDraft::now().to_room(ROOM);
    draft.call.visitor.name = name.to_owned();
    draft.call.visitor.company = company.to_owned();
    tablet.hand_over(&draft).await;
    tablet.settled(&draft).await;
    draft
}

async fn search(admin: &Browser, query: &str) -> Vec<String> {
    let page: CallPage = json(admin.get(&format!("/api/calls?{query}"))).await;
    let calls = page.calls.into_iter();
    calls.map(|call| call.call.visitor.name).collect()
}

async fn export_csv(admin: &Browser, query: &str) -> String {
    let response = admin.get(&format!("/api/calls.csv?{query}")).send().await;
    let response = response.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(
        response.headers()["content-type"],
        "text/csv; charset=utf-8"
    );
    let shown = response.headers()["content-disposition"].to_str().unwrap();
    assert!(
        shown.starts_with("attachment; filename=\"yobirin-calls-2"),
        "{shown}"
    );
    // `text()` would remove the byte order mark.
    let bytes = response.bytes().await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn the_history_is_filtered_by_text_tablet_state_and_date() {
    let app = TestApp::start().await;
    let yamada = call_from(&app, LOBBY, "山田", "サンプル").await;
    call_from(&app, SIDE_DOOR, "鈴木", "Example Inc.").await;
    let admin = &app.admin;
    let both = ["鈴木", "山田"];
    for (query, names) in [
        ("", &both[..]),
        ("text=ｻﾝﾌﾟﾙ", &both[1..]),
        ("text=EXAMPLE", &both[..1]),
        ("text=総務", &both[..]),
        ("text=nobody", &[]),
        ("text=_", &[]),
        ("text=%25", &[]),
        ("text=.", &both[..1]),
        ("state=notified", &both[..]),
        ("state=failed", &[]),
        ("from=2000-01-01", &both[..]),
        ("to=2000-01-01", &[]),
        ("from=2999-12-31", &[]),
    ] {
        assert_eq!(search(admin, query).await, names, "{query}");
    }
    let lobby = format!("device={LOBBY}");
    assert_eq!(search(admin, &lobby).await, ["山田"]);
    let reference = format!("text={}", yamada.reference());
    assert_eq!(search(admin, &reference).await, ["山田"]);
    for wrong in ["from=2026-02-30", "state=maybe", "colour=red"] {
        let response = refusal(admin.get(&format!("/api/calls?{wrong}"))).await;
        assert_eq!(response, ErrorCode::Malformed, "{wrong}");
    }
    app.close().await;
}

#[tokio::test]
async fn the_pages_of_a_filtered_history_are_complete() {
    let app = TestApp::start().await;
    for place in 0..5 {
        let name = if place % 2 == 0 { "山田" } else { "鈴木" };
        call_from(&app, LOBBY, name, &place.to_string()).await;
    }
    let mut seen = Vec::new();
    let mut query = "text=山田&limit=2".to_owned();
    loop {
        let page: CallPage = json(app.admin.get(&format!("/api/calls?{query}"))).await;
        assert!(page.calls.len() <= 2);
        seen.extend(page.calls.into_iter().map(|call| call.call.visitor.company));
        let Some(next) = page.next else {
            break;
        };
        query = format!("text=山田&limit=2&before={next}");
    }
    assert_eq!(seen, ["4", "2", "0"]);
    app.close().await;
}

#[tokio::test]
async fn the_csv_opens_in_a_spreadsheet_without_formulas() {
    let app = TestApp::start().await;
    call_from(
        &app,
        LOBBY,
        "=HYPERLINK(\"http://x\")",
        "佐藤, 鈴木と\"仲間\"",
    )
    .await;
    call_from(&app, LOBBY, "@SUM(A1)", "＝１").await;
    let text = export_csv(&app.admin, "").await;
    assert!(text.starts_with("\u{feff}\"受付日時\","), "{text}");
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(
        lines[1].contains(r#","'＝１","'@SUM(A1)","#),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].contains(r#""佐藤, 鈴木と""仲間""","'=HYPERLINK(""http://x"")","#),
        "{}",
        lines[2]
    );
    assert!(lines[2].contains("通知済み"), "{}", lines[2]);

    let english = export_csv(&app.admin, "lang=en&text=hyperlink").await;
    let lines: Vec<&str> = english.trim_end().split("\r\n").collect();
    assert!(
        lines[0].starts_with("\u{feff}\"Time\",\"Reference\","),
        "{english}"
    );
    assert_eq!(lines.len(), 2, "{english}");
    assert_eq!(status(app.admin.get("/api/calls.csv?from=x")).await, 400);
    app.close().await;
}

#[tokio::test]
async fn the_csv_shows_that_a_call_mentioned_nobody() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let mut draft = CallDraft::now().to_room(ROOM);
    let room = ROOM.try_into().unwrap();
    let hosts = Vec::new();
    draft.call.trace = vec![TraceStep::Mentions { room, hosts }];
    tablet.hand_over(&draft).await;
    tablet.settled(&draft).await;
    let text = export_csv(&app.admin, "lang=en").await;
    assert!(
        text.contains(",\"notified (nobody personally)\","),
        "{text}"
    );
    app.close().await;
}

#[tokio::test]
async fn the_csv_shows_a_fallback_to_the_default_room() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    app.sim.delete_room(ROOM).unwrap();
    let draft = CallDraft::now().to_room(ROOM).or_default_room();
    tablet.hand_over(&draft).await;
    tablet.settled(&draft).await;
    let text = export_csv(&app.admin, "lang=en").await;
    let (_, row) = text.split_once("\r\n").unwrap();
    let row = row.trim_end().trim_matches('"');
    let cells: Vec<&str> = row.split("\",\"").collect();
    let default_room = Office::SAMPLE_ACALL_ROOM;
    assert_eq!(cells[9], "notified", "{row}");
    assert!(!cells[10].is_empty(), "the time is in the row: {row}");
    assert_eq!(
        cells[11],
        format!("room {ROOM}; instead: room {default_room}")
    );
    assert_eq!(cells[12], "2", "attempts at both: {row}");
    assert_eq!(cells[13], "the room is gone or the bot is not in it");
    app.close().await;
}
