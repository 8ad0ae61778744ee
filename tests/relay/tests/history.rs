//! Filters of the call history.

use std::time::Duration;

use relay_tests::{
    Browser, CallDraft, LOBBY, PASSWORD, ROOM, SIDE_DOOR, TestApp, json, refusal,
    settings_with_answers, status,
};
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
async fn the_history_is_filtered_by_text_tablet_outcome_and_date() {
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
        ("outcome=notified", &newest_first[..]),
        ("outcome=not_delivered", &[]),
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
    for query in ["from=2026-02-30", "outcome=maybe", "color=red"] {
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
    assert_eq!(companies(&app, "text=山田").await, ["4", "2", "0"]);
    app.close().await;
}

/// Companies of the calls on all pages of a filtered history, the newest call first.
async fn companies(app: &TestApp, filter: &str) -> Vec<String> {
    let mut companies = Vec::new();
    let mut query = format!("{filter}&limit=2");
    loop {
        let page: CallPage = json(app.admin.get(&format!("/api/calls?{query}"))).await;
        assert!(page.calls.len() <= 2);
        companies.extend(page.calls.into_iter().map(|call| call.call.visitor.company));
        let Some(next) = page.next else {
            return companies;
        };
        query = format!("{filter}&limit=2&before={next}");
    }
}

#[tokio::test]
async fn the_pages_of_calls_with_one_outcome_are_complete() {
    let app = TestApp::start().await;
    app.save(&settings_with_answers()).await;
    let tablet = app.tablet(LOBBY).await;
    for number in 0..5 {
        let mut draft = CallDraft::at(app.clock.now()).to_room(ROOM);
        if number % 2 == 0 {
            draft = draft.answerable();
        }
        draft.call.visitor.company = number.to_string();
        tablet.hand_over(&draft).await;
        tablet.final_status(&draft).await;
    }
    let (even, all) = (["4", "2", "0"], ["4", "3", "2", "1", "0"]);
    assert_eq!(companies(&app, "outcome=awaiting_answer").await, even);
    assert_eq!(
        companies(&app, "outcome=unanswered").await,
        [""; 0],
        "an answer may still come"
    );
    assert_eq!(companies(&app, "outcome=notified").await, all);
    app.clock.advance(Duration::from_secs(16 * 60));
    let sign_in = app.sign_in_request(&app.admin, PASSWORD);
    assert_eq!(status(sign_in).await, 200);
    assert_eq!(companies(&app, "outcome=unanswered").await, even);
    assert_eq!(companies(&app, "outcome=awaiting_answer").await, [""; 0]);
    app.close().await;
}
