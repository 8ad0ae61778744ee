//! Chatwork's rate limits under load, and the circuit breaker. Tests advance the clock when the quota is used up.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter};
use relay_tests::{
    CallDraft, HOST, LOBBY, ROOM, Tablet, TestApp, error, eventually, json, settings, status,
};
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::{Connection, Traffic};
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::directory::Host;

/// Requests that Chatwork admits in five minutes.
const QUOTA_REQUESTS: u32 = 300;
/// Advance of the clock after which the whole quota is free again: a second more than Chatwork's five minutes.
const PAST_QUOTA_WINDOW: Duration = Duration::from_secs(301);
/// Requests that a busy tablet leaves to others: `fair_queue::RESERVED_REQUESTS`.
const RESERVED_REQUESTS: u32 = 12;
/// Waiting calls, more than Chatwork admits in five minutes.
const WAITING_CALLS: usize = 340;
/// Calls that are handed over at once.
const CONCURRENT_CALLS: usize = 50;
/// Deliveries that the relay has in flight at once, at most.
const MAX_IN_FLIGHT: u64 = 8;
/// Consecutive failures that open the circuit breaker.
const BREAKER_FAILURES: u64 = 3;
/// Advance of the clock past the first cooldown of the circuit breaker, which is 2 seconds.
const PAST_FIRST_COOLDOWN: Duration = Duration::from_millis(2_500);
/// Advance of the clock past the longest cooldown of the circuit breaker, which is 30 seconds.
const PAST_LONGEST_COOLDOWN: Duration = Duration::from_secs(31);

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

/// Hands over this many calls to the accounts of `staff`, in rotation.
async fn hand_over(app: &TestApp, tablet: &Tablet, staff: &[u64], calls: usize) -> Vec<CallDraft> {
    let now = app.clock.now();
    let mut drafts = Vec::new();
    for account in staff.iter().cycle().take(calls) {
        drafts.push(CallDraft::at(now).to_account(*account));
    }
    for batch in drafts.chunks(CONCURRENT_CALLS) {
        let mut handovers = tokio::task::JoinSet::new();
        for draft in batch {
            let (tablet, draft) = (tablet.clone(), draft.clone());
            handovers.spawn(async move { tablet.hand_over(&draft).await });
        }
        handovers.join_all().await;
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
    let mut advanced = Duration::ZERO;
    let clock_step = Duration::from_millis(500);
    let _: Connection = json(app.connect_request(Office::SAMPLE_TOKEN)).await;
    loop {
        let traffic: Traffic = json(app.admin.get("/api/chatwork/traffic")).await;
        match traffic.waiting {
            0 => break,
            _ if traffic.requests_left <= RESERVED_REQUESTS => {
                app.clock.advance(clock_step);
                advanced += clock_step;
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
    // All requests but the reserved ones are made at once, and the others when the quota is free again. Chatwork
    // admits one request per second on average. The time that posting takes is not counted.
    let used_share = f64::from(QUOTA_REQUESTS - RESERVED_REQUESTS) / advanced.as_secs_f64();
    assert!(
        used_share >= 0.95,
        "{:.1} % of the limit used",
        used_share * 100.0
    );
    for draft in &drafts {
        assert_eq!(tablet.final_status(draft).await.state, CallState::Notified);
    }
    app.close().await;
}

#[tokio::test]
async fn requests_by_admins_leave_part_of_the_quota_to_calls() {
    let (app, tablet, _) = start_with_many_hosts().await;
    let rooms = || app.admin.get("/api/chatwork/rooms");
    let mut admin_requests = 0;
    let refusal = loop {
        let response = rooms().send().await.unwrap();
        if response.status() != 200 {
            break error(response).await.code;
        }
        admin_requests += 1;
        assert!(
            admin_requests <= 200,
            "set-up is refused while a third of the quota is left for calls"
        );
    };
    assert_eq!(refusal, ErrorCode::ChatworkLimited);
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
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
    // Chatwork has received the requests before and after the restart, with a margin as large as the reserve.
    let min_requests = u64::from(QUOTA_REQUESTS - 2 * RESERVED_REQUESTS);
    eventually(
        "the quota is used except the part reserved for other tablets",
        async || {
            let traffic: Traffic = json(app.admin.get("/api/chatwork/traffic")).await;
            (traffic.requests_left <= RESERVED_REQUESTS && app.sim.request_count() >= min_requests)
                .then_some(())
        },
    )
    .await;
    app.clock.advance(PAST_QUOTA_WINDOW);
    for draft in &drafts {
        assert_eq!(tablet.final_status(draft).await.state, CallState::Notified);
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
        Effect::ConnectionReset,
    ] {
        let (app, tablet, staff) = start_with_many_hosts().await;
        let fault = app
            .sim
            .inject(Fault::new(effect.clone()).on(RequestFilter::any()));
        let calls = staff.len();
        let drafts = hand_over(&app, &tablet, &staff, calls).await;
        let wait_for_request_count = async |count: u64| {
            eventually("Chatwork has received the requests", async || {
                (app.sim.request_count() >= count).then_some(())
            })
            .await;
        };
        wait_for_request_count(BREAKER_FAILURES).await;
        app.clock.advance(PAST_FIRST_COOLDOWN);
        let first_requests = app.sim.request_count();
        // The deliveries in flight at the first failures, with a margin; the other calls wait.
        assert!(
            first_requests <= MAX_IN_FLIGHT + 4,
            "{first_requests} requests for {calls} calls: {effect:?}"
        );
        for _ in 0..5 {
            let request_count = app.sim.request_count();
            wait_for_request_count(request_count + 1).await;
            app.clock.advance(PAST_LONGEST_COOLDOWN);
        }
        let probe_requests = app.sim.request_count() - first_requests;
        // One probe after the first cooldown and one after each of the five; the factor of two is a margin.
        assert!(
            probe_requests <= 2 * (1 + 5),
            "{probe_requests} requests in five cooldowns: {effect:?}"
        );
        app.sim.remove_fault(fault);
        for draft in &drafts {
            let state = app.final_state_with_fast_clock(&tablet, draft).await;
            assert_eq!(state, CallState::Notified, "{effect:?}");
        }
        app.close().await;
    }
}

#[tokio::test]
async fn after_a_general_rate_limit_one_request_probes_first() {
    let (app, tablet, staff) = start_with_many_hosts().await;
    let rate_limit = app
        .sim
        .inject(Fault::new(Effect::GeneralLimit).on(RequestFilter::posts()));
    let drafts = hand_over(&app, &tablet, &staff, staff.len()).await;
    let refused_posts = || app.sim.response_count(429);
    // Several posts were in flight when the first was refused. All have ended before the clock advances.
    let all_attempts_ended = async || {
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
    eventually("all attempts have ended", all_attempts_ended).await;
    let refused_at_first = refused_posts();
    assert!(
        refused_at_first <= MAX_IN_FLIGHT,
        "{refused_at_first} posts were refused, the other calls waited"
    );
    app.clock.advance(PAST_QUOTA_WINDOW);
    eventually("the relay probes Chatwork with a post", async || {
        (refused_posts() > refused_at_first).then_some(())
    })
    .await;
    app.wait_until_rate_limited().await;
    eventually("the probe has ended", all_attempts_ended).await;
    assert_eq!(
        refused_posts(),
        refused_at_first + 1,
        "one post finds out whether the limit has ended"
    );
    app.sim.remove_fault(rate_limit);
    app.clock.advance(PAST_QUOTA_WINDOW);
    for draft in &drafts {
        assert_eq!(tablet.final_status(draft).await.state, CallState::Notified);
    }
    app.close().await;
}
