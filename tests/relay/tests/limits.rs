//! Chatwork's rate limits under load, and the circuit breaker. The clock advances when the quota is used up.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{
    CallDraft, HOST, LOBBY, ROOM, Tablet, TestApp, error, eventually, json, settings, status,
};
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::{Connection, Traffic};
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::directory::Host;

/// Requests that a busy tablet leaves to others: `fair_queue::RESERVED_REQUESTS`.
const RESERVED_REQUESTS: u32 = 12;
/// Waiting calls, more than Chatwork admits in five minutes.
const WAITING_CALLS: usize = 340;

/// Starts an app whose hosts are all contacts of the bot; returns their accounts.
async fn start_with_many_hosts() -> (TestApp, Tablet, Vec<u64>) {
    let app = TestApp::start().await;
    let mut document = settings();
    let strangers = Office::SAMPLE_NON_CONTACTS;
    let staff: Vec<u64> = Office::sample_staff()
        .iter()
        .map(|staff| staff.account_id)
        .filter(|account| !strangers.contains(account))
        .collect();
    let host = |account: &u64| Host {
        account: Some((*account).try_into().unwrap()),
        ..Host::named(format!("h{account}").parse().unwrap(), "担当")
    };
    document.hosts = staff.iter().map(host).collect();
    document.groups[0].in_charge = vec![format!("h{HOST}").parse().unwrap()];
    app.save(&document).await;
    let tablet = app.tablet(LOBBY).await;
    (app, tablet, staff)
}

/// Hands over this many calls, one to each account in turn.
async fn hand_over(app: &TestApp, tablet: &Tablet, staff: &[u64], calls: usize) -> Vec<CallDraft> {
    let now = app.clock.now();
    let mut drafts = Vec::new();
    for account in staff.iter().cycle().take(calls) {
        drafts.push(CallDraft::at(now).to_account(*account));
    }
    for some in drafts.chunks(50) {
        let mut handing = tokio::task::JoinSet::new();
        for draft in some {
            let (tablet, draft) = (tablet.clone(), draft.clone());
            handing.spawn(async move { tablet.hand_over(&draft).await });
        }
        handing.join_all().await;
    }
    drafts
}

fn delivered_count(app: &TestApp, staff: &[u64]) -> usize {
    let room = |account: &u64| app.sim.direct_room(Office::SAMPLE_BOT, *account);
    let messages = |room| app.sim.messages(room).len();
    staff.iter().filter_map(room).map(messages).sum()
}

#[tokio::test]
async fn hundreds_of_waiting_calls_use_the_rate_limit_without_exceeding_it() {
    let (app, tablet, staff) = start_with_many_hosts().await;
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let drafts = hand_over(&app, &tablet, &staff, WAITING_CALLS).await;
    let mut waited = Duration::ZERO;
    let pause = Duration::from_millis(500);
    let _: Connection = json(app.connect_request(Office::SAMPLE_TOKEN)).await;
    let waiting = || json::<Traffic>(app.admin.get("/api/chatwork/traffic"));
    loop {
        let now = waiting().await;
        match now.waiting {
            0 => break,
            _ if now.left <= RESERVED_REQUESTS => {
                app.clock.advance(pause);
                waited += pause;
            }
            _ => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
    assert_eq!(delivered_count(&app, &staff), WAITING_CALLS);
    assert_eq!(
        app.sim.response_count(429),
        0,
        "Chatwork refused no request"
    );
    // Almost 300 requests at once, the rest five minutes later, because one tablet leaves some to others. The
    // time that posting takes is not counted.
    let used = f64::from(300 - RESERVED_REQUESTS) / waited.as_secs_f64();
    assert!(used >= 0.95, "{:.1} % of the limit used", used * 100.0);
    for draft in &drafts {
        assert_eq!(tablet.settled(draft).await.state, CallState::Notified);
    }
    app.close().await;
}

#[tokio::test]
async fn requests_by_admins_leave_part_of_the_quota_to_calls() {
    let (app, tablet, _) = start_with_many_hosts().await;
    let rooms = || app.admin.get("/api/chatwork/rooms");
    let mut looked = 0;
    let refusal = loop {
        let response = rooms().send().await.unwrap();
        if response.status() != 200 {
            break error(response).await.code;
        }
        looked += 1;
        assert!(looked <= 200, "set-up uses only the quota that calls leave");
    };
    assert_eq!(refusal, ErrorCode::TooManyTries);
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.settled(&draft).await.state, CallState::Notified);
    assert_eq!(app.sim.response_count(429), 0);
    app.close().await;
}

#[tokio::test]
async fn requests_before_a_restart_still_count_against_the_rate_limit() {
    let (mut app, tablet, staff) = start_with_many_hosts().await;
    let rooms = || app.admin.get("/api/chatwork/rooms");
    for _ in 0..150 {
        assert_eq!(status(rooms()).await, 200);
    }
    app.stop().await;
    app.restart().await;
    let tablet = app.reconnected(&tablet);
    let drafts = hand_over(&app, &tablet, &staff, WAITING_CALLS / 2).await;
    eventually(
        "the quota is used except the part reserved for other tablets",
        async || {
            let traffic: Traffic = json(app.admin.get("/api/chatwork/traffic")).await;
            (traffic.left <= RESERVED_REQUESTS && app.sim.request_count() >= 276).then_some(())
        },
    )
    .await;
    app.clock.advance(Duration::from_secs(301));
    for draft in &drafts {
        assert_eq!(tablet.settled(draft).await.state, CallState::Notified);
    }
    assert_eq!(
        app.sim.response_count(429),
        0,
        "Chatwork refused no request"
    );
    app.close().await;
}

#[tokio::test]
async fn an_open_circuit_breaker_probes_with_one_request() {
    for effect in [
        Effect::ServerError { status: 503 },
        Effect::ServerError { status: 500 },
        Effect::Reset,
    ] {
        let (app, tablet, staff) = start_with_many_hosts().await;
        let fault = app
            .sim
            .inject(Fault::new(effect.clone()).on(RequestFilter::any()));
        let calls = staff.len();
        let drafts = hand_over(&app, &tablet, &staff, calls).await;
        // At most eight were in flight when the first failed.
        let wait_until_rate_limited = async |asked: u64| {
            eventually("the relay probes the token", async || {
                (app.sim.request_count() >= asked).then_some(())
            })
            .await;
        };
        wait_until_rate_limited(3).await;
        app.clock.advance(Duration::from_millis(2_500));
        let before = app.sim.request_count();
        assert!(
            before <= 12,
            "{before} requests for {calls} calls: {effect:?}"
        );
        for _ in 0..5 {
            let asked = app.sim.request_count();
            wait_until_rate_limited(asked + 1).await;
            app.clock.advance(Duration::from_secs(31));
        }
        let asked = app.sim.request_count() - before;
        assert!(
            asked <= 12,
            "{asked} requests in five cooldowns: {effect:?}"
        );
        app.sim.remove_fault(fault);
        for draft in &drafts {
            let state = app.settled_advancing_clock(&tablet, draft).await;
            assert_eq!(state, CallState::Notified, "{effect:?}");
        }
        app.close().await;
    }
}

#[tokio::test]
async fn after_a_general_rate_limit_one_request_probes_first() {
    let (app, tablet, staff) = start_with_many_hosts().await;
    let limited = app
        .sim
        .inject(Fault::new(Effect::GeneralLimit).on(RequestFilter::posts()));
    let drafts = hand_over(&app, &tablet, &staff, staff.len()).await;
    let refused = || app.sim.response_count(429);
    // Several were in flight when the first was refused. All have returned before the clock moves.
    let all_are_back = async || {
        let calls = app.history().await.calls;
        let mut attempts = calls
            .iter()
            .flat_map(|call| &call.deliveries)
            .flat_map(|delivery| &delivery.attempts);
        attempts
            .all(|attempt| attempt.outcome.is_some())
            .then_some(())
    };
    app.wait_until_rate_limited().await;
    eventually("all requests have returned", all_are_back).await;
    let before = refused();
    assert!(before <= 8, "{before} were refused, the others waited");
    app.clock.advance(Duration::from_secs(301));
    eventually("one relay probes the token", async || {
        (refused() > before).then_some(())
    })
    .await;
    app.wait_until_rate_limited().await;
    eventually("the second relay is back too", all_are_back).await;
    assert_eq!(refused(), before + 1, "only one relay probed");
    app.sim.remove_fault(limited);
    app.clock.advance(Duration::from_secs(301));
    for draft in &drafts {
        assert_eq!(tablet.settled(draft).await.state, CallState::Notified);
    }
    app.close().await;
}
