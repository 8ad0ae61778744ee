//! Fairness between tablets.

use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{CallDraft, HOST, LOBBY, ROOM, SIDE_DOOR, Tablet, TestApp, eventually, status};
use tokio::task::JoinSet;
use yobirin_domain::caller_limits::RateLimit;
use yobirin_domain::model::delivery::CallState;

/// Calls of the busy tablet, as many as its rate limit admits at once.
const BURST_CALLS: usize = 50;
/// Polling interval, much longer than a request takes: the clock must not advance while one is under way.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// Step by which the clock advances while nothing is sent.
const CLOCK_STEP: Duration = Duration::from_millis(500);

/// Hands over calls concurrently.
async fn hand_over_all(tablet: &Tablet, drafts: &[CallDraft]) {
    for batch in drafts.chunks(50) {
        let mut handovers = JoinSet::new();
        for draft in batch {
            let (tablet, draft) = (tablet.clone(), draft.clone());
            handovers.spawn(async move { tablet.hand_over(&draft).await });
        }
        handovers.join_all().await;
    }
}

/// Final state of the call and the milliseconds it took by the relay's clock, which advances when nothing is
/// sent.
async fn final_state_and_duration(
    app: &TestApp,
    tablet: &Tablet,
    draft: &CallDraft,
) -> (CallState, u64) {
    let began = app.clock.now();
    let mut request_count = 0;
    loop {
        let state = tablet.status(draft).await.state;
        if state != CallState::Sending {
            return (state, app.clock.now() - began);
        }
        let before = std::mem::replace(&mut request_count, app.sim.request_count());
        if request_count == before {
            app.clock.advance(CLOCK_STEP);
        }
        tokio::time::sleep(POLL_INTERVAL).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_from_one_tablet_delays_another_tablet_only_by_the_limit_per_room() {
    let app = TestApp::start().await;
    let (busy, other) = (app.tablet(LOBBY).await, app.tablet(SIDE_DOOR).await);
    let now = app.clock.now();
    let many: Vec<_> = (0..BURST_CALLS)
        .map(|_| CallDraft::at(now).to_room(ROOM))
        .collect();
    hand_over_all(&busy, &many).await;
    let visitor = CallDraft::at(app.clock.now()).to_room(ROOM);
    other.hand_over(&visitor).await;
    let (state, waited) = final_state_and_duration(&app, &other, &visitor).await;
    eprintln!(
        "{BURST_CALLS} calls of one tablet: the other's visitor is {state:?} after {waited} ms"
    );
    assert_eq!(state, CallState::Notified);
    assert!(
        waited < 12_000,
        "{waited} ms: the limit of ten posts in ten seconds requires less than eleven seconds"
    );
    assert_eq!(
        status(app.admin.delete("/api/devices/lobby/pairing")).await,
        204,
        "the busy tablet's remaining calls are withdrawn"
    );
    eventually("every call has its final state", async || {
        let calls = app.history().await.calls;
        let are_final = calls.iter().all(|call| call.state != CallState::Sending);
        are_final.then_some(())
    })
    .await;
    app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_tablet_leaves_part_of_the_request_quota_to_other_tablets() {
    let app = TestApp::start_with(|options| {
        options.tablet_calls = RateLimit::per_minute(1_000, 1_000);
    })
    .await;
    let (busy, other) = (app.tablet(LOBBY).await, app.tablet(SIDE_DOOR).await);
    let now = app.clock.now();
    let rooms = [
        ROOM,
        Office::SAMPLE_DEFAULT_ROOM,
        Office::SAMPLE_KAIHATSU_ROOM,
    ];
    let drafts: Vec<_> = (0..400)
        .map(|number| match rooms.get(number % 4) {
            Some(room) => CallDraft::at(now).to_room(*room),
            None => CallDraft::at(now).to_account(HOST),
        })
        .collect();
    hand_over_all(&busy, &drafts).await;
    // Waits until the busy tablet has to wait for the general rate limit.
    let mut idle = Duration::ZERO;
    while idle < Duration::from_secs(30) {
        let before = app.sim.request_count();
        tokio::time::sleep(POLL_INTERVAL).await;
        match app.sim.request_count() == before {
            true => {
                app.clock.advance(CLOCK_STEP);
                idle += CLOCK_STEP;
            }
            false => idle = Duration::ZERO,
        }
    }
    let visitor = CallDraft::at(app.clock.now()).to_room(ROOM);
    other.hand_over(&visitor).await;
    let (state, waited) = final_state_and_duration(&app, &other, &visitor).await;
    eprintln!("the other tablet's visitor is {state:?} after {waited} ms");
    assert_eq!(state, CallState::Notified);
    assert!(
        waited < 2_000,
        "{waited} ms although requests were reserved"
    );
    assert_eq!(
        status(app.admin.delete("/api/devices/lobby/pairing")).await,
        204,
        "the busy tablet's remaining calls are withdrawn"
    );
    app.close().await;
}
