//! Filters of the call history.

use relay_tests::{Browser, CallDraft, LOBBY, ROOM, SIDE_DOOR, TestApp, json, refusal};
use yobirin_api::ErrorCode;
use yobirin_api::call::CallPage;

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
    for wrong in ["from=2026-02-30", "state=maybe", "color=red"] {
        let response = refusal(admin.get(&format!("/api/calls?{wrong}"))).await;
        assert_eq!(response, ErrorCode::Malformed, "{wrong}");
    }
    app.close().await;
}

#[tokio::test]
async fn the_pages_of_a_filtered_history_are_complete() {
    let app = TestApp::start().await;
    for number in 0..5 {
        let name = if number % 2 == 0 { "山田" } else { "鈴木" };
        call_from(&app, LOBBY, name, &number.to_string()).await;
    }
    let mut companies = Vec::new();
    let mut query = "text=山田&limit=2".to_owned();
    loop {
        let page: CallPage = json(app.admin.get(&format!("/api/calls?{query}"))).await;
        assert!(page.calls.len() <= 2);
        companies.extend(page.calls.into_iter().map(|call| call.call.visitor.company));
        let Some(next) = page.next else {
            break;
        };
        query = format!("text=山田&limit=2&before={next}");
    }
    assert_eq!(companies, ["4", "2", "0"]);
    app.close().await;
}
