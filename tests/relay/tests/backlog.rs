//! Many calls waiting: a restart keeps them all, and they go out in the order in which they came.
//! `BACKLOG` says how many (10,000).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chatwork_sim::Office;
use relay_tests::{CallDraft, Desk, LOBBY, ROOM, eventually, json, status};
use tokio::task::JoinSet;
use yobirin_api::call::CallPage;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::CallId;

const ROOMS: [u64; 2] = [ROOM, Office::SAMPLE_KAIHATSU_ROOM];
/// Tablets that hand over at once.
const AT_ONCE: usize = 32;
/// Longer than a message takes.
const TICK: Duration = Duration::from_millis(20);

async fn states(desk: &Desk) -> BTreeMap<CallId, CallState> {
    let mut states = BTreeMap::new();
    let mut before = String::new();
    loop {
        let path = format!("/api/calls?limit=200{before}");
        let page: CallPage = json(desk.admin.get(&path)).await;
        states.extend(page.calls.iter().map(|call| (call.id, call.state)));
        let Some(next) = page.next else {
            return states;
        };
        before = format!("&before={next}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_keeps_everything_that_waits_and_its_order() {
    let many = std::env::var("BACKLOG").ok();
    let many: usize = many.and_then(|many| many.parse().ok()).unwrap_or(10_000);
    let mut desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    assert_eq!(status(desk.admin.delete("/api/chatwork")).await, 204);
    let mut handing = JoinSet::new();
    for first in 0..AT_ONCE {
        let tablet = tablet.clone();
        handing.spawn(async move {
            let mut taken = Vec::new();
            for place in (first..many).step_by(AT_ONCE) {
                let draft = CallDraft::now().to_room(ROOMS[place % 2]);
                let accepted = tablet.hand_over(&draft).await;
                taken.push((accepted.sequence, place % 2, draft));
            }
            taken
        });
    }
    let mut taken: Vec<_> = handing.join_all().await.into_iter().flatten().collect();
    taken.sort_by_key(|(sequence, ..)| *sequence);

    desk.stop().await;
    let began = Instant::now();
    desk.start_again().await;
    assert_eq!(status(desk.admin.get("/readyz")).await, 200);
    eprintln!(
        "ready after {:?} with {many} calls waiting",
        began.elapsed()
    );
    let waiting = states(&desk).await;
    assert_eq!(waiting.len(), many, "all still there");
    assert!(waiting.values().all(|state| *state == CallState::Sending));

    assert_eq!(status(desk.connecting(Office::SAMPLE_TOKEN)).await, 200);
    let (_, _, last) = taken.last().unwrap();
    let tablet = desk.follow(&tablet);
    // At Chatwork's pace, three hundred in five minutes: the clock goes on when nothing else does.
    let mut stored = 0;
    while tablet.status(last).await.state == CallState::Sending {
        let before = std::mem::replace(&mut stored, desk.sim.request_count());
        if stored == before {
            desk.clock.advance(Duration::from_secs(10));
        }
        tokio::time::sleep(TICK).await;
    }
    let ended = eventually("every call has come to its end", async || {
        let ended = states(&desk).await;
        let is_over = ended.values().all(|state| *state != CallState::Sending);
        is_over.then_some(ended)
    })
    .await;
    let mut told = 0;
    for (place, room) in ROOMS.into_iter().enumerate() {
        let bodies: Vec<_> = desk.sim.messages(room);
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
        assert_eq!(bodies, sent, "in the order in which they came, each once");
        assert!(left < many, "some are told before their time is up");
        told += sent.len();
    }
    eprintln!(
        "{told} told within their 15 minutes, {} shown as expired",
        many - told
    );
    assert_eq!(desk.sim.response_count(429), 0);
    desk.close().await;
}
