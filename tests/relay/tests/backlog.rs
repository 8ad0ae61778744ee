//! A large backlog survives a restart and is delivered in order of arrival. `BACKLOG` sets the number of calls
//! (default 10,000).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chatwork_sim::Office;
use relay_tests::{CallDraft, LOBBY, ROOM, TestApp, eventually, json, status};
use tokio::task::JoinSet;
use yobirin_api::call::CallPage;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::CallId;

const ROOMS: [u64; 2] = [ROOM, Office::SAMPLE_KAIHATSU_ROOM];
/// Concurrent handovers.
const CONCURRENT_TABLETS: usize = 32;
/// Polling interval, longer than the delivery of a message takes.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// State of every call in the history.
async fn call_states(app: &TestApp) -> BTreeMap<CallId, CallState> {
    let mut states = BTreeMap::new();
    let mut before = String::new();
    loop {
        let path = format!("/api/calls?limit=200{before}");
        let page: CallPage = json(app.admin.get(&path)).await;
        states.extend(page.calls.iter().map(|call| (call.id, call.state)));
        let Some(next) = page.next else {
            return states;
        };
        before = format!("&before={next}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_keeps_waiting_calls_and_their_order() {
    let call_count = std::env::var("BACKLOG").ok();
    let call_count: usize = call_count
        .and_then(|count| count.parse().ok())
        .unwrap_or(10_000);
    let mut app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let mut handovers = JoinSet::new();
    for first in 0..CONCURRENT_TABLETS {
        let tablet = tablet.clone();
        handovers.spawn(async move {
            let mut accepted_calls = Vec::new();
            for number in (first..call_count).step_by(CONCURRENT_TABLETS) {
                let draft = CallDraft::now().to_room(ROOMS[number % 2]);
                let accepted = tablet.hand_over(&draft).await;
                let room_index = number % 2;
                accepted_calls.push((accepted.sequence, room_index, draft));
            }
            accepted_calls
        });
    }
    let mut accepted_calls: Vec<_> = handovers.join_all().await.into_iter().flatten().collect();
    accepted_calls.sort_by_key(|(sequence, ..)| *sequence);

    app.stop().await;
    let began = Instant::now();
    app.restart().await;
    assert_eq!(status(app.admin.get("/readyz")).await, 200);
    eprintln!(
        "ready after {:?} with {call_count} calls waiting",
        began.elapsed()
    );
    let states_after_restart = call_states(&app).await;
    assert_eq!(
        states_after_restart.len(),
        call_count,
        "all calls are still waiting"
    );
    assert!(
        states_after_restart
            .values()
            .all(|state| *state == CallState::Sending)
    );

    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
    let (_, _, last) = accepted_calls.last().unwrap();
    let tablet = app.reconnected(&tablet);
    // Chatwork admits 300 requests in five minutes: the clock advances when nothing is sent.
    let mut request_count = 0;
    while tablet.status(last).await.state == CallState::Sending {
        let before = std::mem::replace(&mut request_count, app.sim.request_count());
        if request_count == before {
            app.clock.advance(Duration::from_secs(10));
        }
        tokio::time::sleep(POLL_INTERVAL).await;
    }
    let ended = eventually("every call has its final state", async || {
        let ended = call_states(&app).await;
        let is_over = ended.values().all(|state| *state != CallState::Sending);
        is_over.then_some(ended)
    })
    .await;
    let mut delivered = 0;
    for (index, room) in ROOMS.into_iter().enumerate() {
        let bodies: Vec<_> = app.sim.messages(room);
        let calls_to_room = accepted_calls
            .iter()
            .filter(|(_, room_index, _)| *room_index == index);
        let (mut sent, mut expired) = (Vec::new(), 0);
        for (_, _, draft) in calls_to_room {
            match ended[&draft.id] {
                CallState::Notified => sent.push(draft.call.deliveries[0].text.clone()),
                CallState::Expired => expired += 1,
                other => panic!("{other:?}: {}", draft.id),
            }
        }
        let bodies: Vec<_> = bodies.into_iter().map(|message| message.body).collect();
        assert_eq!(bodies, sent, "in order of arrival, each once");
        assert!(
            expired < call_count,
            "some calls are delivered before their deadline"
        );
        delivered += sent.len();
    }
    eprintln!(
        "{delivered} delivered within 15 minutes, {} shown as expired",
        call_count - delivered
    );
    assert_eq!(app.sim.response_count(429), 0);
    app.close().await;
}
