//! Limits on what a tablet can hand over (characters, lengths, rates), and independence of other tablets' calls.

use std::time::Duration;

use relay_tests::{
    CallDraft, LOBBY, ROOM, SIDE_DOOR, Tablet, TestApp, error, eventually, json, refusal, settings,
    status,
};
use serde_json::json as body;
use tokio::task::JoinSet;
use yobirin_api::ErrorCode;
use yobirin_api::call::CallStatus;
use yobirin_api::chatwork::Traffic;
use yobirin_domain::caller_limits::{
    CALL_BYTES, CALL_TRACE_STEPS, TABLET_CALLS, TABLET_CANCELLATIONS, TABLET_EARLY_CANCELLATIONS,
};
use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::routing::TraceStep;

const CONTROL_CHARACTERS: [char; 4] = ['\0', '\u{b}', '\u{1b}', '\u{9b}'];

fn changed_call(change: impl FnOnce(&mut CallDraft)) -> CallDraft {
    let mut draft = CallDraft::now().to_room(ROOM);
    change(&mut draft);
    draft
}

#[tokio::test]
async fn control_characters_are_refused_in_every_request() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let own_page = app.own_page("hanako").await;
    for c in CONTROL_CHARACTERS {
        let drafts = [
            changed_call(|draft| draft.call.deliveries[0].text.push(c)),
            changed_call(|draft| {
                draft.call.deliveries[0]
                    .retraction
                    .as_mut()
                    .unwrap()
                    .push(c);
            }),
            changed_call(|draft| draft.call.visitor.company = c.to_string()),
            changed_call(|draft| draft.call.visitor.name = format!("山{c}田")),
            changed_call(|draft| draft.call.visitor.purpose = format!("用{c}")),
        ];
        for draft in drafts {
            let refused = refusal(tablet.hand_over_request(&draft)).await;
            assert_eq!(refused, ErrorCode::Malformed, "{c:?}");
        }
        let beats = [
            body!({"version": format!("1{c}"), "queued": 0}),
            body!({"version": "1", "queued": 0, "crash": {"at": 1, "text": format!("x{c}")}}),
        ];
        for beat in beats {
            let beat = tablet.browser.post("/api/heartbeat").json(&beat);
            assert_eq!(refusal(beat).await, ErrorCode::Malformed, "{c:?}");
        }
        for edit in [
            body!({"kana": format!("さ{c}とう")}),
            body!({"visitor_message": format!("お待ち{c}ください")}),
        ] {
            let edit = own_page.patch("/api/me").json(&edit);
            assert_eq!(refusal(edit).await, ErrorCode::InvalidSettings, "{c:?}");
        }
        let mut document = settings();
        document.devices[0].menu[0].template = Some(format!("{{mentions}}{{reference}}{c}"));
        let put = app.admin.put("/api/settings").json(&document);
        let put = put.header("if-match", app.etag().await);
        assert_eq!(refusal(put).await, ErrorCode::InvalidSettings, "{c:?}");
        let room = body!({"name": format!("受付{c}室"), "people": []});
        let room = app.admin.post("/api/chatwork/rooms").json(&room);
        assert_eq!(refusal(room).await, ErrorCode::Malformed, "{c:?}");
    }
    let lines = changed_call(|draft| draft.call.deliveries[0].text.push_str("\r\n二行目"));
    tablet.hand_over(&lines).await;
    assert_eq!(tablet.final_status(&lines).await.state, CallState::Notified);
    app.close().await;
}

/// Number of valid calls that are handed over beside as many invalid ones.
const VALID_CALLS: usize = 12;

#[tokio::test]
async fn refused_calls_with_control_characters_do_not_delay_other_calls() {
    let app = TestApp::start().await;
    let (stolen_tablet, tablet) = (app.tablet(LOBBY).await, app.tablet(SIDE_DOOR).await);
    let mut handovers = JoinSet::new();
    for number in 0..2 * VALID_CALLS {
        let is_invalid = number % 2 == 0;
        let tablet = if is_invalid { &stolen_tablet } else { &tablet };
        let draft = changed_call(|draft| match number % 4 {
            0 => draft.call.deliveries[0].text.push('\0'),
            2 => draft.call.deliveries[0].retraction = Some(format!("{}\0", draft.reference())),
            _ => {}
        });
        let tablet = tablet.clone();
        handovers
            .spawn(async move { (is_invalid, status(tablet.hand_over_request(&draft)).await) });
    }
    for (is_invalid, status) in handovers.join_all().await {
        assert_eq!(status, if is_invalid { 400 } else { 202 });
    }
    let message_count = || app.sim.messages(ROOM).len();
    eventually("every valid call arrives", async || {
        app.clock.advance(Duration::from_millis(500));
        (message_count() == VALID_CALLS).then_some(())
    })
    .await;
    expire_waiting(&app).await;
    app.close().await;
}

#[tokio::test]
async fn every_documented_length_is_checked() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let full = changed_call(|draft| {
        draft.call.visitor = Visitor {
            company: "社".repeat(Visitor::MAX_NAME_CHARS),
            name: "名".repeat(Visitor::MAX_NAME_CHARS),
            people: Some(Visitor::MAX_PEOPLE),
            purpose: "用".repeat(Visitor::MAX_PURPOSE_CHARS),
            language: None,
        };
        draft.call.trace = vec![TraceStep::UnknownTarget; CALL_TRACE_STEPS];
    });
    tablet.hand_over(&full).await;
    let wrong = [
        changed_call(|draft| draft.call.visitor.name = "名".repeat(60_000)),
        changed_call(|draft| draft.call.visitor.company = "社".repeat(Visitor::MAX_NAME_CHARS + 1)),
        changed_call(|draft| {
            draft.call.visitor.purpose = "用".repeat(Visitor::MAX_PURPOSE_CHARS + 1);
        }),
        changed_call(|draft| draft.call.visitor.people = Some(u16::MAX)),
        changed_call(|draft| {
            draft.call.trace = vec![TraceStep::UnknownTarget; CALL_TRACE_STEPS + 1];
        }),
    ];
    for draft in wrong {
        let refused = refusal(tablet.hand_over_request(&draft)).await;
        assert_eq!(refused, ErrorCode::Malformed);
    }
    let huge = changed_call(|draft| draft.call.visitor.name = "n".repeat(CALL_BYTES));
    assert_eq!(
        refusal(tablet.hand_over_request(&huge)).await,
        ErrorCode::TooLarge
    );
    assert_eq!(tablet.final_status(&full).await.state, CallState::Notified);
    app.close().await;
}

/// Starts an app with the rate limits of real tablets and without Chatwork.
async fn start_with_limits() -> (TestApp, Tablet) {
    let app = TestApp::start_with(|options| options.tablet_calls = TABLET_CALLS).await;
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let tablet = app.tablet(LOBBY).await;
    (app, tablet)
}

/// Advances the clock until waiting calls have expired.
async fn expire_waiting(app: &TestApp) {
    app.clock.advance(Duration::from_secs(16 * 60));
    eventually("nothing waits", async || {
        let traffic: Traffic = json(app.admin.get("/api/chatwork/traffic")).await;
        (traffic.waiting == 0).then_some(())
    })
    .await;
}

#[tokio::test]
async fn calls_are_rate_limited_per_tablet() {
    let (app, tablet) = start_with_limits().await;
    let (first, late) = app
        .with_clock_held(async {
            let first = CallDraft::now().to_room(ROOM);
            tablet.hand_over(&first).await;
            for _ in 1..TABLET_CALLS.burst {
                tablet.hand_over(&CallDraft::now().to_room(ROOM)).await;
            }
            (first, CallDraft::now().to_room(ROOM))
        })
        .await;
    let refused = app
        .with_clock_held(async { tablet.hand_over_request(&late).send().await.unwrap() })
        .await;
    let wait = refused.headers()["retry-after"].to_str().unwrap();
    let wait: u64 = wait.parse().expect("seconds");
    assert!(
        (1..=TABLET_CALLS.refill_millis / 1000).contains(&wait),
        "{wait}"
    );
    assert_eq!(error(refused).await.code, ErrorCode::TooManyTries);
    app.with_clock_held(async {
        for _ in 0..3 {
            tablet.hand_over(&first).await;
        }
        let other = app.tablet(SIDE_DOOR).await;
        other.hand_over(&CallDraft::now().to_room(ROOM)).await;
    })
    .await;
    app.clock.advance(Duration::from_secs(wait));
    tablet.hand_over(&late).await;
    expire_waiting(&app).await;
    app.close().await;
}

#[tokio::test]
async fn large_calls_use_more_of_the_rate_limit() {
    let (app, tablet) = start_with_limits().await;
    let large = || {
        changed_call(|draft| {
            let text = format!("{} {}", "あ".repeat(6_000), draft.reference());
            draft.call.deliveries[0].text.clone_from(&text);
            draft.call.deliveries[0].retraction = Some(text);
        })
    };
    // The first call starts the bucket. Held before it, the clock could be back behind its start.
    assert_eq!(status(tablet.hand_over_request(&large())).await, 202);
    let mut accepted = 1;
    while app
        .with_clock_held(status(tablet.hand_over_request(&large())))
        .await
        == 202
    {
        accepted += 1;
    }
    assert_eq!(
        accepted,
        TABLET_CALLS.burst / 3,
        "36 kB count as three calls"
    );
    expire_waiting(&app).await;
    app.close().await;
}

#[tokio::test]
async fn cancellations_are_rate_limited_and_repeated_ones_are_free() {
    let (app, tablet) = start_with_limits().await;
    let cancel_request = |draft: &CallDraft| tablet.browser.delete(&draft.path());
    let first = CallDraft::now();
    app.with_clock_held(async {
        let _: CallStatus = json(cancel_request(&first)).await;
        for _ in 1..TABLET_CANCELLATIONS.burst {
            let _: CallStatus = json(cancel_request(&CallDraft::now())).await;
        }
    })
    .await;
    app.with_clock_held(async {
        let code = refusal(cancel_request(&CallDraft::now())).await;
        assert_eq!(code, ErrorCode::TooManyTries);
        let _: CallStatus = json(cancel_request(&first)).await;
    })
    .await;
    app.close().await;
}

/// Number of cancellations beyond those that the relay keeps.
const EXCESS_CANCELLATIONS: usize = 5;

#[tokio::test]
async fn only_the_latest_cancellations_without_a_call_are_stored() {
    let (app, tablet) = start_with_limits().await;
    let mut drafts = Vec::new();
    for _ in 0..EXCESS_CANCELLATIONS + TABLET_EARLY_CANCELLATIONS {
        let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
        let _: CallStatus = json(tablet.browser.delete(&draft.path())).await;
        drafts.push(draft);
        app.clock.advance(Duration::from_secs(2));
    }
    let was_cancelled = async |draft: &CallDraft| tablet.hand_over(draft).await.cancelled;
    for draft in &drafts[..EXCESS_CANCELLATIONS] {
        assert!(!was_cancelled(draft).await, "forgotten");
    }
    for draft in [&drafts[EXCESS_CANCELLATIONS], drafts.last().unwrap()] {
        assert!(was_cancelled(draft).await, "stored");
    }
    expire_waiting(&app).await;
    app.close().await;
}
