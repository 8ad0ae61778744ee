//! Filters of the call history.

use relay_tests::{Browser, CallDraft, LOBBY, ROOM, SIDE_DOOR, TestApp, json, refusal};
use yobirin_api::ErrorCode;
use yobirin_api::call::CallPage;

/// Hands over a call of this visitor to General Affairs (総務), and waits until it is delivered.
async fn deliver_call(app: &TestApp, device: &str, name: &str, company: &str) -> CallDraft {
    let tablet = app.tablet(device).await;
    let mut draft = CallDraft::now().to_room(ROOM);
    draft.call.visitor.name = name.to_owned();
    draft.call.visitor.company = company.to_owned();
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    draft
}

/// Names of the visitors that a search of the history finds, the newest call first.
async fn search(admin: &Browser, query: &str) -> Vec<String> {
    let page: CallPage = json(admin.get(&format!("/api/calls?{query}"))).await;
    let calls = page.calls.into_iter();
    calls.map(|call| call.call.visitor.name).collect()
}

#[tokio::test]
async fn the_history_is_filtered_by_text_tablet_state_and_date() {
    let app = TestApp::start().await;
    let yamada = deliver_call(&app, LOBBY, "山田", "サンプル").await;
    deliver_call(&app, SIDE_DOOR, "鈴木", "Example Inc.").await;
    let admin = &app.admin;
    let newest_first = ["鈴木", "山田"];
    let (suzuki_alone, yamada_alone) = newest_first.split_at(1);
    for (query, names) in [
        ("", &newest_first[..]),
        // Half-width kana finds full-width kana: サンプル.
        ("text=ｻﾝﾌﾟﾙ", yamada_alone),
        // Case is ignored.
        ("text=EXAMPLE", suzuki_alone),
        // The called group is searched too.
        ("text=総務", &newest_first[..]),
        ("text=nobody", &[]),
        // `_` and `%` (here `%25`, encoded) are SQL's wildcards, and no wildcards here.
        ("text=_", &[]),
        ("text=%25", &[]),
        // A dot is not a wildcard either: only "Example Inc." has one.
        ("text=.", suzuki_alone),
        ("state=notified", &newest_first[..]),
        ("state=failed", &[]),
        ("from=2000-01-01", &newest_first[..]),
        ("to=2000-01-01", &[]),
        ("from=2999-12-31", &[]),
    ] {
        assert_eq!(search(admin, query).await, names, "{query}");
    }
    let lobby = format!("device={LOBBY}");
    assert_eq!(search(admin, &lobby).await, ["山田"]);
    let reference = format!("text={}", yamada.reference());
    assert_eq!(search(admin, &reference).await, ["山田"]);
    for query in ["from=2026-02-30", "state=maybe", "color=red"] {
        let code = refusal(admin.get(&format!("/api/calls?{query}"))).await;
        assert_eq!(code, ErrorCode::Malformed, "{query}");
    }
    app.close().await;
}

#[tokio::test]
async fn the_pages_of_a_filtered_history_are_complete() {
    let app = TestApp::start().await;
    for number in 0..5 {
        let name = if number % 2 == 0 { "山田" } else { "鈴木" };
        deliver_call(&app, LOBBY, name, &number.to_string()).await;
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
