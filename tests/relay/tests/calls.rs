//! Handing calls over: acceptance, refusal, status and history.

use chatwork_sim::Office;
use relay_tests::{CallDraft, HOST, LOBBY, ROOM, SIDE_DOOR, TestApp, json, refusal, status};
use reqwest::header::CONTENT_TYPE;
use yobirin_api::ErrorCode;
use yobirin_api::call::{CallPage, Outcome};
use yobirin_domain::caller_limits::CALL_BYTES;
use yobirin_domain::model::delivery::{CallState, DeliveryState};
use yobirin_domain::model::id::CallId;

/// Account that the settings do not name.
const UNNAMED_ACCOUNT: u64 = 4_052_718;

#[tokio::test]
async fn a_call_reaches_the_room_and_the_private_chat() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let mut events = tablet.events().await;
    let draft = CallDraft::now().to_account(HOST).to_room(ROOM);
    let accepted = tablet.hand_over(&draft).await;
    assert_eq!((accepted.id, accepted.deliveries.len()), (draft.id, 2));
    let final_status = tablet.final_status(&draft).await;
    assert_eq!(final_status.state, CallState::Notified);

    let private = app.sim.direct_room(Office::SAMPLE_BOT, HOST).unwrap();
    for (index, room) in [(0, private), (1, ROOM)] {
        let messages = app.sim.messages(room);
        let [message] = messages.as_slice() else {
            panic!("one message, not {messages:?}")
        };
        assert_eq!(message.body, draft.call.deliveries[index].text);
        assert_eq!(message.account_id, Office::SAMPLE_BOT);
        let DeliveryState::Delivered {
            message: id,
            room: notified,
            ..
        } = &final_status.deliveries[index]
        else {
            panic!("{final_status:?}")
        };
        assert_eq!(
            (id.as_str(), notified.get()),
            (&*message.message_id.to_string(), room)
        );
    }
    assert_eq!(app.sim.messages(ROOM)[0].mentions, [HOST]);

    let mut deliveries = Vec::new();
    while deliveries.len() < 4 {
        deliveries.push(events.next_delivery().await);
    }
    assert!(
        deliveries.is_sorted_by_key(|(sequence, _)| *sequence),
        "{deliveries:?}"
    );
    assert_eq!(
        deliveries.last().map(|(sequence, _)| *sequence),
        Some(final_status.sequence)
    );
    app.close().await;
}

#[tokio::test]
async fn handing_over_the_same_call_again_is_idempotent() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let draft = CallDraft::now().to_room(ROOM);
    let (one, other) = tokio::join!(tablet.hand_over(&draft), tablet.hand_over(&draft));
    assert_eq!(one.id, other.id);
    tablet.final_status(&draft).await;
    app.clock.advance(std::time::Duration::from_secs(3600));
    let again = tablet.hand_over(&draft).await;
    assert_eq!(
        again.state,
        CallState::Notified,
        "an hour later the response is the call's current state"
    );
    assert_eq!(app.sim.messages(ROOM).len(), 1, "delivered once");

    let mut changed = draft.clone();
    changed.call.visitor.name = "別人".to_owned();
    assert_eq!(
        refusal(tablet.hand_over_request(&changed)).await,
        ErrorCode::CallDiffers
    );
    let other = app.tablet(SIDE_DOOR).await;
    assert_eq!(
        refusal(other.hand_over_request(&draft)).await,
        ErrorCode::CallDiffers
    );
    app.close().await;
}

#[tokio::test]
async fn destinations_outside_the_outbound_policy_are_refused() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let draft = CallDraft::now;
    let mut unmarked = draft().to_room(ROOM);
    unmarked.call.deliveries[0].text = "no reference".to_owned();
    let mao = format!("[To:{}]", Office::SAMPLE_NON_CONTACTS[0]);
    let outside = [
        ("everybody", draft().with_text(ROOM, "[toall]")),
        (
            "a mention of another account",
            draft().with_text(ROOM, "[To:4052718]"),
        ),
        ("a host whom it is not for", draft().with_text(ROOM, &mao)),
        ("a link", draft().with_text(ROOM, "https://evil.example")),
        ("another link", draft().with_text(ROOM, "www.evil.example")),
        (
            "a reply",
            draft().with_text(ROOM, "[rp aid=3128407 to=1-2]"),
        ),
        ("a picture", draft().with_text(ROOM, "[picon:3128407]")),
        ("another room", draft().to_room(Office::SAMPLE_MY_ROOM)),
        ("another account", draft().to_account(UNNAMED_ACCOUNT)),
        (
            "one of two",
            draft().to_room(ROOM).to_account(UNNAMED_ACCOUNT),
        ),
        ("no reference", unmarked),
        ("too long", draft().with_text(ROOM, &"あ".repeat(10_000))),
    ];
    for (what, draft) in outside {
        assert_eq!(
            refusal(tablet.hand_over_request(&draft)).await,
            ErrorCode::DestinationNotAllowed,
            "{what}"
        );
        assert_eq!(
            refusal(tablet.browser.get(&draft.path())).await,
            ErrorCode::NotFound
        );
    }
    assert!(app.history().await.calls.is_empty());
    app.close().await;
}

#[tokio::test]
async fn a_call_with_a_past_or_too_distant_deadline_is_refused() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let now = app.clock.now();
    let minute = 60_000;
    let mut patient = CallDraft::at(now).to_room(ROOM);
    patient.call.deadline += minute;
    let mut backwards = CallDraft::at(now).to_room(ROOM);
    backwards.call.deadline = now - 1;
    let late = CallDraft::at(now - 15 * minute).to_room(ROOM);
    let ahead = CallDraft::at(now + 6 * minute).to_room(ROOM);
    for draft in [&patient, &backwards, &late, &ahead] {
        assert_eq!(
            refusal(tablet.hand_over_request(draft)).await,
            ErrorCode::BadDeadline
        );
    }
    let skewed = CallDraft::at(now + 4 * minute).to_room(ROOM);
    tablet.hand_over(&skewed).await;
    tablet.final_status(&skewed).await;
    app.close().await;
}

#[tokio::test]
async fn a_body_that_is_not_a_call_is_refused() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let valid = CallDraft::now().to_room(ROOM);
    let twice = valid.clone().to_room(ROOM);
    let many = (1..=101).fold(CallDraft::now(), CallDraft::to_room);
    for (what, draft) in [
        ("nowhere", CallDraft::now()),
        ("twice", twice),
        ("101", many),
    ] {
        assert_eq!(
            refusal(tablet.hand_over_request(&draft)).await,
            ErrorCode::Malformed,
            "{what}"
        );
    }
    let put = |path: &str, body: String| {
        tablet
            .browser
            .put(path)
            .header(CONTENT_TYPE, "application/json")
            .body(body)
    };
    let json = serde_json::to_string(&valid.call).unwrap();
    for body in ["", "{", "null", "{}", &json.replacen('{', "{\"x\":1,", 1)] {
        let response = refusal(put(&valid.path(), body.to_owned())).await;
        assert_eq!(response, ErrorCode::Malformed, "{body:.40}");
    }
    for id in ["1", "0192e4a0-0000-4000-8000-ff0000000001"] {
        let response = refusal(put(&format!("/api/calls/{id}"), json.clone())).await;
        assert_eq!(response, ErrorCode::Malformed, "{id}");
    }
    let large = put(&valid.path(), format!("{json}{}", " ".repeat(CALL_BYTES)));
    assert_eq!(refusal(large).await, ErrorCode::TooLarge);
    let text = tablet.browser.put(&valid.path()).body(json);
    assert_eq!(refusal(text).await, ErrorCode::NotJson);
    assert_eq!(
        refusal(app.new_browser().put(&valid.path())).await,
        ErrorCode::NotSignedIn
    );
    assert_eq!(
        refusal(app.admin.put(&valid.path())).await,
        ErrorCode::NotSignedIn,
        "a browser that is not paired cannot hand a call over"
    );
    app.close().await;
}

#[tokio::test]
async fn a_tablet_can_read_only_its_own_calls() {
    let app = TestApp::start().await;
    let (tablet, other) = (app.tablet(LOBBY).await, app.tablet(SIDE_DOOR).await);
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    assert_eq!(
        refusal(other.browser.get(&draft.path())).await,
        ErrorCode::NotFound
    );
    let unknown = CallDraft::now();
    assert_eq!(
        refusal(tablet.browser.get(&unknown.path())).await,
        ErrorCode::NotFound
    );
    assert_eq!(
        refusal(tablet.browser.get("/api/calls/1")).await,
        ErrorCode::Malformed
    );
    tablet.final_status(&draft).await;
    app.close().await;
}

#[tokio::test]
async fn the_history_is_paged_and_lists_every_attempt() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let (mut made, now) = (Vec::new(), app.clock.now());
    for ago in 0..5_u64 {
        let draft = CallDraft::at(now - ago * 1000).to_room(ROOM);
        tablet.hand_over(&draft).await;
        tablet.final_status(&draft).await;
        made.push(draft.id);
    }
    // The tablet's clock steps back between the calls; the history is in order of arrival.
    made.reverse();
    let page = async |query: String| -> CallPage {
        json(app.admin.get(&format!("/api/calls?{query}"))).await
    };
    let first = page("limit=2".to_owned()).await;
    let ids = |page: &CallPage| {
        page.calls
            .iter()
            .map(|call| call.id)
            .collect::<Vec<CallId>>()
    };
    assert_eq!(ids(&first), made[..2], "newest first");
    let next = page(format!("limit=2&before={}", first.next.unwrap())).await;
    assert_eq!(ids(&next), made[2..4]);
    let last = page(format!("limit=2&before={}", next.next.unwrap())).await;
    assert_eq!((ids(&last), last.next), (made[4..].to_vec(), None));

    let record = &first.calls[0];
    assert_eq!(
        (record.device.as_str(), record.state),
        (LOBBY, CallState::Notified)
    );
    let outcomes: Vec<_> = record.deliveries[0]
        .attempts
        .iter()
        .map(|attempt| attempt.outcome)
        .collect();
    assert_eq!(outcomes, [Some(Outcome::Delivered)]);
    for query in ["limit=x", "before=x", "surprise=1"] {
        let response = refusal(app.admin.get(&format!("/api/calls?{query}"))).await;
        assert_eq!(response, ErrorCode::Malformed, "{query}");
    }
    assert_eq!(status(app.admin.get("/api/calls?limit=0")).await, 200);
    app.close().await;
}
