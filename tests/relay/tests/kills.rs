//! kill -9 under load, again and again. What was acknowledged is neither lost nor told twice; whoever
//! counts is the simulated Chatwork.
//!
//! `SOAK_KILLS` says how often (100, with PostgreSQL 40; `make soak`: 1,000), `SOAK_SEED` repeats a run's moments. Time passes
//! twenty times as fast for relay, tablets and Chatwork alike, limits and deadlines included.

mod kill_point;
mod verdict;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chatwork_sim::{Office, Sim};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use relay_tests::{CallDraft, DIRECT, Program, ROOM, Tablet, database_of};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use yobirin_relay::Clock;

use crate::program::{RELAY, come_back, first_steps};
use kill_point::Moment;
use verdict::judge;

const SPEED: u64 = 20;
/// Tablets that hand calls over at the same time.
const TABLETS: usize = 3;
/// Calls on their way before the tablets make no new ones.
const WAITING: usize = 40;
const ROOMS: [u64; 3] = [
    ROOM,
    Office::SAMPLE_KAIHATSU_ROOM,
    Office::SAMPLE_ACALL_ROOM,
];

/// What the tablets know: calls that were acknowledged, and those that are to be handed over again.
#[derive(Debug, Default)]
struct Known {
    acknowledged: Vec<CallDraft>,
    open: Vec<CallDraft>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_it_loses_nothing_and_tells_nothing_twice() {
    let data = tempfile::tempdir().unwrap();
    let database = database_of(data.path()).await;
    let usual = if database.is_some() { 40 } else { 100 };
    let kills = number("SOAK_KILLS").unwrap_or(usual);
    let seed = number("SOAK_SEED").unwrap_or_else(rand::random);
    eprintln!("killing {kills} times; SOAK_SEED={seed} repeats the moments");
    let mut random = StdRng::seed_from_u64(seed);
    let origin = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let origin = u64::try_from(origin.as_millis()).unwrap();
    let (clock, fast) = (Clock::scaled(origin, SPEED), format!("{origin}:{SPEED}"));
    let sim = fast_sim(&clock).await;
    let start = || program(data.path(), &sim, database.as_deref(), &fast);

    let mut first = start();
    let tablet = first_steps(&mut first).await;
    first.kill().await;
    let mut known = Known::default();
    let mut moments: BTreeMap<Moment, usize> = BTreeMap::new();
    for round in 0..kills {
        let moment = Moment::of_round(usize::try_from(round).unwrap());
        *moments.entry(moment).or_default() += 1;
        let wait = Duration::from_millis(random.random_range(0..150));
        let acknowledged = Notify::new();
        if moment == Moment::Starting {
            let program = start();
            moment.comes(&program, &sim, &acknowledged, wait / 2).await;
            program.kill().await;
            continue;
        }
        let (program, tablet) = come_back(start(), &tablet).await;
        moment.prepare(&sim);
        let acknowledged = Arc::new(acknowledged);
        let fresh = random.random_range(1..=2);
        // No more than gets through between the kills, or most would expire.
        let is_much = waiting(&known, &sim, clock.now()) > WAITING;
        let fresh = if is_much && moment != Moment::Acknowledged {
            0
        } else {
            fresh
        };
        let load = load(&tablet, &clock, fresh, &mut known, &acknowledged);
        moment.comes(&program, &sim, &acknowledged, wait).await;
        program.kill().await;
        for handed in load.join_all().await {
            known.acknowledged.extend(handed.acknowledged);
            known.open.extend(handed.open);
        }
        sim.clear_faults();
    }

    let (program, tablet) = come_back(start(), &tablet).await;
    for draft in std::mem::take(&mut known.open) {
        tablet.hand_over(&draft).await;
        known.acknowledged.push(draft);
    }
    let verdict = judge(&tablet, &sim, &known.acknowledged).await;
    eprintln!("moments: {moments:?}");
    eprintln!(
        "kills={kills} acknowledged={} delivered={} expired={} unknown shown={} \
         settled by reading={} lost={} doubled={}",
        known.acknowledged.len(),
        verdict.delivered,
        verdict.expired,
        verdict.unknown,
        verdict.read,
        verdict.lost.len(),
        verdict.doubled.len(),
    );
    assert!(verdict.lost.is_empty(), "lost: {:?}", verdict.lost);
    assert!(
        verdict.doubled.is_empty(),
        "told twice: {:?}",
        verdict.doubled
    );
    assert!(verdict.delivered > 0, "calls go through between the kills");
    assert_eq!(program.terminate().await, Some(0));
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

async fn fast_sim(clock: &Clock) -> Sim {
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

fn program(data: &Path, sim: &Sim, database: Option<&str>, fast: &str) -> Program {
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
    Program::start_with(RELAY, &options, &[("FAST_CLOCK", fast)])
}

/// Tablets that hand over what is open, then fresh calls, until the relay is gone.
fn load(
    tablet: &Tablet,
    clock: &Clock,
    fresh: usize,
    known: &mut Known,
    acknowledged: &Arc<Notify>,
) -> JoinSet<Known> {
    let mut load = JoinSet::new();
    let mut open = std::mem::take(&mut known.open);
    for place in 0..TABLETS {
        let share = open.len() / (TABLETS - place);
        let mut queue: Vec<_> = open.drain(..share).collect();
        queue.extend((0..fresh).map(|more| {
            let draft = CallDraft::at(clock.now());
            match ROOMS.get((place + more) % (ROOMS.len() + 1)) {
                Some(room) => draft.to_room(*room),
                None => draft.to_account(DIRECT),
            }
        }));
        load.spawn(hand_over_all(tablet.clone(), queue, acknowledged.clone()));
    }
    load
}

async fn hand_over_all(tablet: Tablet, queue: Vec<CallDraft>, told: Arc<Notify>) -> Known {
    let mut known = Known::default();
    for draft in queue {
        match tablet.handing_over(&draft).send().await {
            Ok(response) if response.status() == 202 => {
                told.notify_one();
                known.acknowledged.push(draft);
            }
            Ok(response) => panic!("{}: {:?}", response.status(), draft.id),
            Err(_) => known.open.push(draft),
        }
    }
    known
}

/// Everything that Chatwork has stored.
fn bodies(sim: &Sim) -> Vec<String> {
    let private = sim.direct_room(Office::SAMPLE_BOT, DIRECT).unwrap();
    let rooms = ROOMS.into_iter().chain([private]);
    rooms
        .flat_map(|room| sim.messages(room))
        .map(|message| message.body)
        .collect()
}

/// Acknowledged calls, still fresh, that Chatwork has not stored. Their reference is their last word.
fn waiting(known: &Known, sim: &Sim, now: u64) -> usize {
    let bodies = bodies(sim);
    let told: HashSet<_> = bodies
        .iter()
        .filter_map(|body| body.rsplit(' ').next())
        .collect();
    let waits = |draft: &&CallDraft| !told.contains(&*draft.reference());
    let fresh = |draft: &&CallDraft| draft.call.deadline > now;
    known
        .acknowledged
        .iter()
        .filter(fresh)
        .filter(waits)
        .count()
}

fn stored(sim: &Sim) -> usize {
    bodies(sim).len()
}
