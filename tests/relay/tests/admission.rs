//! What a stolen cookie may hand over: no control characters, nothing longer than documented, so many
//! calls and no more; and what one of them does never stands in another's way.

use std::time::Duration;

use relay_tests::{
    CallDraft, Desk, LOBBY, ROOM, SIDE_DOOR, Tablet, error, eventually, json, refusal, settings,
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

const CONTROLS: [char; 4] = ['\0', '\u{b}', '\u{1b}', '\u{9b}'];

fn with(change: impl FnOnce(&mut CallDraft)) -> CallDraft {
    let mut draft = CallDraft::now().to_room(ROOM);
    change(&mut draft);
    draft
}

#[tokio::test]
async fn control_characters_are_refused_where_they_enter() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let own_page = desk.own_page("hanako").await;
    for c in CONTROLS {
        let drafts = [
            with(|draft| draft.call.deliveries[0].text.push(c)),
            with(|draft| {
                draft.call.deliveries[0]
                    .retraction
                    .as_mut()
                    .unwrap()
                    .push(c);
            }),
            with(|draft| draft.call.visitor.company = c.to_string()),
            with(|draft| draft.call.visitor.name = format!("山{c}田")),
            with(|draft| draft.call.visitor.purpose = format!("用{c}")),
        ];
        for draft in drafts {
            let refused = refusal(tablet.handing_over(&draft)).await;
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
        let put = desk.admin.put("/api/settings").json(&document);
        let put = put.header("if-match", desk.tag().await);
        assert_eq!(refusal(put).await, ErrorCode::InvalidSettings, "{c:?}");
        let room = body!({"name": format!("受付{c}室"), "people": []});
        let room = desk.admin.post("/api/chatwork/rooms").json(&room);
        assert_eq!(refusal(room).await, ErrorCode::Malformed, "{c:?}");
    }
    let lines = with(|draft| draft.call.deliveries[0].text.push_str("\r\n二行目"));
    tablet.hand_over(&lines).await;
    assert_eq!(tablet.settled(&lines).await.state, CallState::Notified);
    desk.close().await;
}

#[tokio::test]
async fn calls_with_control_characters_stand_in_nobodys_way() {
    let desk = Desk::open().await;
    let (stolen, tablet) = (desk.tablet(LOBBY).await, desk.tablet(SIDE_DOOR).await);
    let mut handing = JoinSet::new();
    for number in 0..24 {
        let (bad, tablet) = (
            number % 2 == 0,
            if number % 2 == 0 { &stolen } else { &tablet },
        );
        let draft = with(|draft| match number % 4 {
            0 => draft.call.deliveries[0].text.push('\0'),
            2 => draft.call.deliveries[0].retraction = Some(format!("{}\0", draft.reference())),
            _ => {}
        });
        let tablet = tablet.clone();
        handing.spawn(async move { (bad, status(tablet.handing_over(&draft)).await) });
    }
    for (bad, status) in handing.join_all().await {
        assert_eq!(status, if bad { 400 } else { 202 });
    }
    let sent = || desk.sim.messages(ROOM).len();
    eventually("every sound call arrives", async || {
        desk.clock.advance(Duration::from_millis(500));
        (sent() == 12).then_some(())
    })
    .await;
    idle(&desk).await;
    desk.close().await;
}

#[tokio::test]
async fn every_documented_length_is_checked() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let full = with(|draft| {
        draft.call.visitor = Visitor {
            company: "社".repeat(Visitor::MAX_SHORT),
            name: "名".repeat(Visitor::MAX_SHORT),
            people: Some(Visitor::MAX_PEOPLE),
            purpose: "用".repeat(Visitor::MAX_PURPOSE),
            language: None,
        };
        draft.call.trace = vec![TraceStep::UnknownTarget; CALL_TRACE_STEPS];
    });
    tablet.hand_over(&full).await;
    let wrong = [
        with(|draft| draft.call.visitor.name = "名".repeat(60_000)),
        with(|draft| draft.call.visitor.company = "社".repeat(Visitor::MAX_SHORT + 1)),
        with(|draft| draft.call.visitor.purpose = "用".repeat(Visitor::MAX_PURPOSE + 1)),
        with(|draft| draft.call.visitor.people = Some(u16::MAX)),
        with(|draft| draft.call.trace = vec![TraceStep::UnknownTarget; CALL_TRACE_STEPS + 1]),
    ];
    for draft in wrong {
        let refused = refusal(tablet.handing_over(&draft)).await;
        assert_eq!(refused, ErrorCode::Malformed);
    }
    let huge = with(|draft| draft.call.visitor.name = "n".repeat(CALL_BYTES));
    assert_eq!(
        refusal(tablet.handing_over(&huge)).await,
        ErrorCode::TooLarge
    );
    assert_eq!(tablet.settled(&full).await.state, CallState::Notified);
    desk.close().await;
}

/// A desk with the limits of real tablets, which sends nothing.
async fn limited() -> (Desk, Tablet) {
    let desk = Desk::open_with(|options| options.tablet_calls = TABLET_CALLS).await;
    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    let tablet = desk.tablet(LOBBY).await;
    (desk, tablet)
}

/// Lets what waits expire.
async fn idle(desk: &Desk) {
    desk.clock.advance(Duration::from_secs(16 * 60));
    eventually("nothing waits", async || {
        let traffic: Traffic = json(desk.admin.get("/api/chatwork/traffic")).await;
        (traffic.waiting == 0).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_tablet_hands_over_so_many_calls_and_no_more_and_others_go_on() {
    let (desk, tablet) = limited().await;
    let (first, late) = desk
        .in_no_time(async {
            let first = CallDraft::now().to_room(ROOM);
            tablet.hand_over(&first).await;
            for _ in 1..TABLET_CALLS.burst {
                tablet.hand_over(&CallDraft::now().to_room(ROOM)).await;
            }
            (first, CallDraft::now().to_room(ROOM))
        })
        .await;
    let refused = desk
        .in_no_time(async { tablet.handing_over(&late).send().await.unwrap() })
        .await;
    let wait = refused.headers()["retry-after"].to_str().unwrap();
    let wait: u64 = wait.parse().expect("seconds");
    assert!(
        (1..=TABLET_CALLS.refill_millis / 1000).contains(&wait),
        "{wait}"
    );
    assert_eq!(error(refused).await.code, ErrorCode::TooManyTries);
    desk.in_no_time(async {
        for _ in 0..3 {
            tablet.hand_over(&first).await;
        }
        let other = desk.tablet(SIDE_DOOR).await;
        other.hand_over(&CallDraft::now().to_room(ROOM)).await;
    })
    .await;
    desk.clock.advance(Duration::from_secs(wait));
    tablet.hand_over(&late).await;
    idle(&desk).await;
    desk.close().await;
}

#[tokio::test]
async fn large_calls_use_up_the_limit_sooner() {
    let (desk, tablet) = limited().await;
    let large = || {
        with(|draft| {
            let text = format!("{} {}", "あ".repeat(6_000), draft.reference());
            draft.call.deliveries[0].text.clone_from(&text);
            draft.call.deliveries[0].retraction = Some(text);
        })
    };
    let mut accepted = 0;
    while desk.in_no_time(status(tablet.handing_over(&large()))).await == 202 {
        accepted += 1;
    }
    assert_eq!(accepted, TABLET_CALLS.burst / 3, "36 kB count as three");
    idle(&desk).await;
    desk.close().await;
}

#[tokio::test]
async fn cancellations_are_limited_and_asking_again_is_free() {
    let (desk, tablet) = limited().await;
    let cancelling = |draft: &CallDraft| tablet.browser.delete(&draft.path());
    let first = CallDraft::now();
    desk.in_no_time(async {
        let _: CallStatus = json(cancelling(&first)).await;
        for _ in 1..TABLET_CANCELLATIONS.burst {
            let _: CallStatus = json(cancelling(&CallDraft::now())).await;
        }
    })
    .await;
    desk.in_no_time(async {
        let refused = refusal(cancelling(&CallDraft::now())).await;
        assert_eq!(refused, ErrorCode::TooManyTries);
        let _: CallStatus = json(cancelling(&first)).await;
    })
    .await;
    desk.close().await;
}

#[tokio::test]
async fn of_cancellations_without_calls_the_latest_are_kept() {
    let (desk, tablet) = limited().await;
    let mut drafts = Vec::new();
    for _ in 0..TABLET_EARLY_CANCELLATIONS + 5 {
        let draft = CallDraft::at(desk.clock.now()).to_room(ROOM);
        let _: CallStatus = json(tablet.browser.delete(&draft.path())).await;
        drafts.push(draft);
        desk.clock.advance(Duration::from_secs(2));
    }
    let handed = async |draft: &CallDraft| tablet.hand_over(draft).await.cancelled;
    for draft in &drafts[..5] {
        assert!(!handed(draft).await, "forgotten");
    }
    for draft in [&drafts[5], &drafts[TABLET_EARLY_CANCELLATIONS + 4]] {
        assert!(handed(draft).await, "kept");
    }
    idle(&desk).await;
    desk.close().await;
}
