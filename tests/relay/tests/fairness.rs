//! One tablet's calls never hold another's up.

use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{CallDraft, Desk, HOST, LOBBY, ROOM, SIDE_DOOR, Tablet, eventually, status};
use tokio::task::JoinSet;
use yobirin_domain::caller_limits::RateLimit;
use yobirin_domain::model::delivery::CallState;

/// Calls of the first tablet, as many as it may hand over at once.
const FLOOD: usize = 50;
/// Longer than a message takes.
const TICK: Duration = Duration::from_millis(10);
/// The clock is set ahead by this much while nothing happens.
const STEP: Duration = Duration::from_millis(500);

/// Hands over many calls at once, to a room each.
async fn hand_over_all(tablet: &Tablet, drafts: &[CallDraft]) {
    for some in drafts.chunks(50) {
        let mut handing = JoinSet::new();
        for draft in some {
            let (tablet, draft) = (tablet.clone(), draft.clone());
            handing.spawn(async move { tablet.hand_over(&draft).await });
        }
        handing.join_all().await;
    }
}

/// Milliseconds of the relay's clock until a call is settled, at Chatwork's pace: the clock goes on when
/// nothing else does.
async fn wait_of(desk: &Desk, tablet: &Tablet, draft: &CallDraft) -> (CallState, u64) {
    let began = desk.clock.now();
    let mut asked = 0;
    loop {
        let state = tablet.status(draft).await.state;
        if state != CallState::Sending {
            return (state, desk.clock.now() - began);
        }
        let before = std::mem::replace(&mut asked, desk.sim.request_count());
        if asked == before {
            desk.clock.advance(STEP);
        }
        tokio::time::sleep(TICK).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_tablets_visitor_waits_for_no_more_than_the_limit_of_the_room() {
    let desk = Desk::open().await;
    let (busy, other) = (desk.tablet(LOBBY).await, desk.tablet(SIDE_DOOR).await);
    let now = desk.clock.now();
    let many: Vec<_> = (0..FLOOD)
        .map(|_| CallDraft::at(now).to_room(ROOM))
        .collect();
    hand_over_all(&busy, &many).await;
    let visitor = CallDraft::at(desk.clock.now()).to_room(ROOM);
    other.hand_over(&visitor).await;
    let (state, waited) = wait_of(&desk, &other, &visitor).await;
    eprintln!("{FLOOD} calls of one tablet: the other's visitor is {state:?} after {waited} ms");
    assert_eq!(state, CallState::Notified);
    assert!(
        waited < 12_000,
        "{waited} ms: ten posts in ten seconds force less than eleven seconds"
    );
    assert_eq!(
        status(desk.admin.delete("/api/devices/lobby/pairing")).await,
        204,
        "what the first tablet still has is withdrawn"
    );
    let last = &many[FLOOD - 1];
    eventually("the last call is withdrawn", async || {
        let calls = desk.history().await.calls;
        let last = calls.into_iter().find(|call| call.id == last.id);
        last.filter(|call| call.state != CallState::Sending)
    })
    .await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_that_calls_many_rooms_leaves_requests_of_chatworks_limit_to_other_tablets() {
    let desk = Desk::open_with(|options| {
        options.tablet_calls = RateLimit::per_minute(1_000, 1_000);
    })
    .await;
    let (busy, other) = (desk.tablet(LOBBY).await, desk.tablet(SIDE_DOOR).await);
    let now = desk.clock.now();
    let rooms = [
        ROOM,
        Office::SAMPLE_ACALL_ROOM,
        Office::SAMPLE_KAIHATSU_ROOM,
    ];
    let drafts: Vec<_> = (0..400)
        .map(|number| match rooms.get(number % 4) {
            Some(room) => CallDraft::at(now).to_room(*room),
            None => CallDraft::at(now).to_account(HOST),
        })
        .collect();
    hand_over_all(&busy, &drafts).await;
    // At Chatwork's pace, until the busy tablet has to wait for the general limit.
    let mut idle = Duration::ZERO;
    while idle < Duration::from_secs(30) {
        let before = desk.sim.request_count();
        tokio::time::sleep(TICK).await;
        match desk.sim.request_count() == before {
            true => {
                desk.clock.advance(STEP);
                idle += STEP;
            }
            false => idle = Duration::ZERO,
        }
    }
    let visitor = CallDraft::at(desk.clock.now()).to_room(ROOM);
    other.hand_over(&visitor).await;
    let (state, waited) = wait_of(&desk, &other, &visitor).await;
    eprintln!("the other tablet's visitor is {state:?} after {waited} ms");
    assert_eq!(state, CallState::Notified);
    assert!(
        waited < 2_000,
        "{waited} ms although requests were reserved"
    );
    assert_eq!(
        status(desk.admin.delete("/api/devices/lobby/pairing")).await,
        204,
        "what the busy tablet still has is withdrawn"
    );
    desk.close().await;
}
