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

async fn states(app: &TestApp) -> BTreeMap<CallId, CallState> {
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
    let many = std::env::var("BACKLOG").ok();
    let many: usize = many.and_then(|many| many.parse().ok()).unwrap_or(10_000);
    let mut app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let mut handing = JoinSet::new();
    for first in 0..CONCURRENT_TABLETS {
        let tablet = tablet.clone();
        handing.spawn(async move {
            let mut taken = Vec::new();
            for place in (first..many).step_by(CONCURRENT_TABLETS) {
                let draft = CallDraft::now().to_room(ROOMS[place % 2]);
                let accepted = tablet.hand_over(&draft).await;
                taken.push((accepted.sequence, place % 2, draft));
            }
            taken
        });
    }
    let mut taken: Vec<_> = handing.join_all().await.into_iter().flatten().collect();
    taken.sort_by_key(|(sequence, ..)| *sequence);

    app.stop().await;
    let began = Instant::now();
    app.restart().await;
    assert_eq!(status(app.admin.get("/readyz")).await, 200);
    eprintln!(
        "ready after {:?} with {many} calls waiting",
        began.elapsed()
    );
    let waiting = states(&app).await;
    assert_eq!(waiting.len(), many, "all calls are still waiting");
    assert!(waiting.values().all(|state| *state == CallState::Sending));

    assert_eq!(status(app.connect_request(Office::SAMPLE_TOKEN)).await, 200);
    let (_, _, last) = taken.last().unwrap();
    let tablet = app.reconnected(&tablet);
    // Chatwork admits 300 requests in five minutes: the clock advances when nothing is sent.
    let mut stored = 0;
    while tablet.status(last).await.state == CallState::Sending {
        let before = std::mem::replace(&mut stored, app.sim.request_count());
        if stored == before {
            app.clock.advance(Duration::from_secs(10));
        }
        tokio::time::sleep(POLL_INTERVAL).await;
    }
    let ended = eventually("every call is settled", async || {
        let ended = states(&app).await;
        let is_over = ended.values().all(|state| *state != CallState::Sending);
        is_over.then_some(ended)
    })
    .await;
    let mut delivered = 0;
    for (place, room) in ROOMS.into_iter().enumerate() {
        let bodies: Vec<_> = app.sim.messages(room);
        let wanted = taken.iter().filter(|(_, at, _)| *at == place);
        let (mut sent, mut left) = (Vec::new(), 0);
        for (_, _, draft) in wanted {
            match ended[&draft.id] {
                CallState::Notified => sent.push(draft.call.deliveries[0].text.clone()),
                CallState::Expired => left += 1,
                other => panic!("{other:?}: {}", draft.id),
            }
        }
        let bodies: Vec<_> = bodies.into_iter().map(|message| message.body).collect();
        assert_eq!(bodies, sent, "in order of arrival, each once");
        assert!(left < many, "some are delivered before their deadline");
        delivered += sent.len();
    }
    eprintln!(
        "{delivered} delivered within 15 minutes, {} shown as expired",
        many - delivered
    );
    assert_eq!(app.sim.response_count(429), 0);
    app.close().await;
}
