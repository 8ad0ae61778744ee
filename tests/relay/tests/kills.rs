//! Repeated SIGKILL under load: no acknowledged call is lost or duplicated, counted by the messages in the
//! simulated Chatwork.
//!
//! `SOAK_KILLS` sets the number of kills (default 100, on PostgreSQL 40; `make soak`: 1,000). `SOAK_SEED` repeats
//! a run's kill points. The clock of relay, tablets and Chatwork runs twenty times as fast.

mod answered;
mod kill_point;
mod results;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chatwork_sim::{Office, Sim};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use relay_tests::{CallDraft, HOST, Program, ROOM, Tablet, database_of};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use yobirin_relay::Clock;

use crate::program::{RELAY, restart_program, set_up_program};
use kill_point::KillPoint;
use results::count_results;

/// Factor by which the clock of relay, tablets and Chatwork runs faster.
const CLOCK_SPEED: u64 = 20;
/// Tablets that hand calls over concurrently.
const TABLETS: usize = 3;
/// Undelivered calls above which the tablets make no new ones.
const MAX_WAITING: usize = 40;
const ROOMS: [u64; 3] = [
    ROOM,
    Office::SAMPLE_KAIHATSU_ROOM,
    Office::SAMPLE_DEFAULT_ROOM,
];

/// Calls of the tablets. Those without a response are handed over again after the restart.
#[derive(Debug, Default)]
struct HandedOver {
    acknowledged: Vec<CallDraft>,
    open: Vec<CallDraft>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeated_kills_lose_no_call_and_duplicate_none() {
    let data = tempfile::tempdir().unwrap();
    let database = database_of(data.path()).await;
    let default_kills = if database.is_some() { 40 } else { 100 };
    let kills = number_from_env("SOAK_KILLS").unwrap_or(default_kills);
    let seed = number_from_env("SOAK_SEED").unwrap_or_else(rand::random);
    eprintln!("killing {kills} times; SOAK_SEED={seed} repeats the kill points");
    let mut random = StdRng::seed_from_u64(seed);
    let (clock, fast_clock) = fast_clock();
    let sim = start_fast_sim(&clock).await;
    let start = || start_relay(data.path(), &sim, database.as_deref(), &fast_clock);

    let mut first = start();
    let tablet = set_up_program(&mut first).await;
    first.kill().await;
    let mut handed_over = HandedOver::default();
    let mut kill_points: BTreeMap<KillPoint, usize> = BTreeMap::new();
    for round in 0..kills {
        let kill_point = KillPoint::of_round(usize::try_from(round).unwrap());
        *kill_points.entry(kill_point).or_default() += 1;
        let wait = Duration::from_millis(random.random_range(0..150));
        let acknowledged = Notify::new();
        if kill_point == KillPoint::Starting {
            let program = start();
            kill_point
                .wait(&program, &sim, &acknowledged, wait / 2)
                .await;
            program.kill().await;
            continue;
        }
        let (program, tablet) = restart_program(start(), &tablet).await;
        kill_point.prepare(&sim);
        let acknowledged = Arc::new(acknowledged);
        let random_calls = random.random_range(1..=2);
        // The tablets make no more calls than can be delivered between the kills; else most would expire.
        let is_backlogged = waiting_calls(&handed_over, &sim, clock.now()) > MAX_WAITING;
        let calls_each = if is_backlogged && kill_point != KillPoint::Acknowledged {
            0
        } else {
            random_calls
        };
        let load = start_load(&tablet, &clock, calls_each, &mut handed_over, &acknowledged);
        kill_point.wait(&program, &sim, &acknowledged, wait).await;
        program.kill().await;
        for part in load.join_all().await {
            handed_over.acknowledged.extend(part.acknowledged);
            handed_over.open.extend(part.open);
        }
        sim.clear_faults();
    }

    let (program, tablet) = restart_program(start(), &tablet).await;
    for draft in std::mem::take(&mut handed_over.open) {
        tablet.hand_over(&draft).await;
        handed_over.acknowledged.push(draft);
    }
    let results = count_results(&tablet, &sim, &handed_over.acknowledged).await;
    eprintln!("kill points: {kill_points:?}");
    eprintln!(
        "kills={kills} acknowledged={} delivered={} expired={} unknown shown={} \
         reconciled={} lost={} duplicated={}",
        handed_over.acknowledged.len(),
        results.delivered,
        results.expired,
        results.unknown,
        results.reconciled,
        results.lost.len(),
        results.duplicated.len(),
    );
    assert!(results.lost.is_empty(), "lost: {:?}", results.lost);
    assert!(
        results.duplicated.is_empty(),
        "delivered twice: {:?}",
        results.duplicated
    );
    assert!(
        results.delivered > 0,
        "calls are delivered between the kills"
    );
    assert_eq!(program.terminate().await, Some(0));
}

fn number_from_env(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// The fast clock, and the value of `FAST_CLOCK` that gives the relay's process the same clock.
pub(crate) fn fast_clock() -> (Clock, String) {
    let origin = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let origin = u64::try_from(origin.as_millis()).unwrap();
    let clock = Clock::scaled(origin, CLOCK_SPEED);
    (clock, format!("{origin}:{CLOCK_SPEED}"))
}

pub(crate) async fn start_fast_sim(clock: &Clock) -> Sim {
    let clock = clock.clone();
    let options = chatwork_sim::Options {
        clock: chatwork_sim::Clock::new(move || Duration::from_millis(clock.now())),
        ..chatwork_sim::Options::default()
    };
    let anywhere = "127.0.0.1:0".parse().unwrap();
    Sim::start_with(Office::sample(), anywhere, options)
        .await
        .unwrap()
}

pub(crate) fn start_relay(
    data: &Path,
    sim: &Sim,
    database: Option<&str>,
    fast_clock: &str,
) -> Program {
    let (data, api) = (data.to_str().unwrap(), sim.api());
    let options = [
        "--listen",
        "127.0.0.1:0",
        "--data",
        data,
        "--chatwork-api",
        &api,
        "--database",
        database.unwrap_or("sqlite"),
    ];
    Program::start_with(RELAY, &options, &[("FAST_CLOCK", fast_clock)])
}

/// Starts tablets that hand over open calls, then `calls_each` new ones each, until the relay is down.
fn start_load(
    tablet: &Tablet,
    clock: &Clock,
    calls_each: usize,
    handed_over: &mut HandedOver,
    acknowledged: &Arc<Notify>,
) -> JoinSet<HandedOver> {
    let mut load = JoinSet::new();
    let mut open = std::mem::take(&mut handed_over.open);
    for tablet_number in 0..TABLETS {
        let share = open.len() / (TABLETS - tablet_number);
        let mut queue: Vec<_> = open.drain(..share).collect();
        queue.extend((0..calls_each).map(|number| {
            let draft = CallDraft::at(clock.now());
            match ROOMS.get((tablet_number + number) % (ROOMS.len() + 1)) {
                Some(room) => draft.to_room(*room),
                None => draft.to_account(HOST),
            }
        }));
        load.spawn(hand_over_all(tablet.clone(), queue, acknowledged.clone()));
    }
    load
}

async fn hand_over_all(
    tablet: Tablet,
    queue: Vec<CallDraft>,
    acknowledged: Arc<Notify>,
) -> HandedOver {
    let mut handed_over = HandedOver::default();
    for draft in queue {
        match tablet.hand_over_request(&draft).send().await {
            Ok(response) if response.status() == 202 => {
                acknowledged.notify_one();
                handed_over.acknowledged.push(draft);
            }
            Ok(response) => panic!("{}: {:?}", response.status(), draft.id),
            Err(_) => handed_over.open.push(draft),
        }
    }
    handed_over
}

/// Bodies of all messages that Chatwork has stored.
fn stored_bodies(sim: &Sim) -> Vec<String> {
    let private = sim.direct_room(Office::SAMPLE_BOT, HOST).unwrap();
    let rooms = ROOMS.into_iter().chain([private]);
    rooms
        .flat_map(|room| sim.messages(room))
        .map(|message| message.body)
        .collect()
}

/// Number of acknowledged calls before their deadline that Chatwork has not stored. A message ends with its
/// call's reference.
fn waiting_calls(handed_over: &HandedOver, sim: &Sim, now: u64) -> usize {
    let bodies = stored_bodies(sim);
    let stored: HashSet<_> = bodies
        .iter()
        .filter_map(|body| body.rsplit(' ').next())
        .collect();
    let is_not_stored = |draft: &&CallDraft| !stored.contains(&*draft.reference());
    let is_before_deadline = |draft: &&CallDraft| draft.call.deadline > now;
    handed_over
        .acknowledged
        .iter()
        .filter(is_before_deadline)
        .filter(is_not_stored)
        .count()
}

fn stored_count(sim: &Sim) -> usize {
    stored_bodies(sim).len()
}
