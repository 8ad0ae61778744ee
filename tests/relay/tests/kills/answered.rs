//! Repeated SIGKILL while calls are answered and escalate: no answer is lost or sent twice, no step is doubled, and
//! none is begun after an answer was stored.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::time::Duration;

use chatwork_sim::{Effect, Fault, Office, RequestFilter, Sim};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use relay_tests::{
    Browser, CallDraft, HOST, LOBBY, ROOM, Tablet, database_of, eventually, fault_on_posts, json,
    settings_with_answers,
};
use tokio::time::{sleep, timeout};
use yobirin_api::device::{Pair, Paired, PairingCode};
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::CallId;
use yobirin_relay::Clock;

use super::results::history;
use super::{number_from_env, start_fast_sim, start_relay};
use crate::program::{restart_program, set_up_site};

const DEFAULT_ROOM: u64 = Office::SAMPLE_DEFAULT_ROOM;
/// Timeout for a fault to be used up, which means that its request has come.
const POINT_TIMEOUT: Duration = Duration::from_secs(2);

/// Call, with the replies and the first answer that the test has seen.
#[derive(Debug)]
struct ObservedCall {
    draft: CallDraft,
    /// Number of replies in Chatwork.
    replies: usize,
    /// Time at which the tablet first showed an answer.
    answered_at: Option<u64>,
}

/// Faults that stop the relay at a boundary: between post and record of a step, while an answer is read, between an
/// edit and its record. The last round of each cycle has none and is killed at a random time.
fn boundary(round: u64) -> Option<Fault> {
    let reads = RequestFilter::reads_of(ROOM);
    match round % 6 {
        0 => Some(fault_on_posts(Effect::HangAfterStoring)),
        1 => Some(fault_on_posts(Effect::Hang)),
        2 => Some(Fault::new(Effect::HangAfterStoring).on(RequestFilter::edits_in(ROOM))),
        3 => Some(Fault::new(Effect::Hang).on(reads)),
        4 => Some(fault_on_posts(Effect::ConnectionResetAfterStoring)),
        _ => None,
    }
}

fn posts(sim: &Sim, room: u64, draft: &CallDraft) -> Vec<u64> {
    let messages = sim.messages(room).into_iter();
    messages
        .filter(|message| message.account_id == Office::SAMPLE_BOT)
        .filter(|message| message.body.contains(&draft.reference()))
        .map(|message| message.message_id)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeated_kills_lose_no_answer_and_send_no_step_after_one() {
    let data = tempfile::tempdir().unwrap();
    let database = database_of(data.path()).await;
    let kills = number_from_env("SOAK_KILLS").map_or(24, |kills| kills / 4);
    let seed = number_from_env("SOAK_SEED").unwrap_or_else(rand::random);
    eprintln!("killing {kills} times; SOAK_SEED={seed} repeats the kill points");
    let mut random = StdRng::seed_from_u64(seed);
    let (clock, fast_clock) = super::fast_clock();
    let sim = start_fast_sim(&clock).await;
    let start = || start_relay(data.path(), &sim, database.as_deref(), &fast_clock);

    let mut program = start();
    let (base, admin) = set_up_site(&mut program, &settings_with_answers()).await;
    let code: PairingCode = json(admin.post(&format!("/api/devices/{LOBBY}/pairing-code"))).await;
    let browser = Browser::new(&base);
    let _: Paired = json(browser.post("/api/pair").json(&Pair { code: code.code })).await;
    let mut tablet = Tablet { browser };
    let mut calls: Vec<ObservedCall> = Vec::new();
    for round in 0..kills {
        let draft = CallDraft::at(clock.now()).to_room(ROOM).answerable();
        let draft = draft
            .escalate_to_room(15, ROOM)
            .escalate_to_room(30, DEFAULT_ROOM);
        tablet.hand_over(&draft).await;
        calls.push(ObservedCall {
            draft,
            replies: 0,
            answered_at: None,
        });
        if let Some(fault) = boundary(round) {
            // A random time, so that a fault hits the call's first message or one of its steps.
            sleep(Duration::from_millis(random.random_range(0..900))).await;
            sim.inject(fault.once());
        }
        for call in calls.iter_mut().rev().take(4) {
            observe(&tablet, &clock, call).await;
            let first = posts(&sim, ROOM, &call.draft).first().copied();
            if let Some(post) = first
                && random.random_range(0..3) == 0
            {
                sim.reply_as(ROOM, HOST, post, &format!("返事{round}"))
                    .unwrap();
                call.replies += 1;
            }
        }
        // The fault is used up by the request at which the relay is to be killed.
        let used_up = async {
            while !sim.faults().is_empty() {
                sleep(Duration::from_millis(1)).await;
            }
        };
        drop(timeout(POINT_TIMEOUT, used_up).await);
        // A random kill point.
        sleep(Duration::from_millis(random.random_range(0..200))).await;
        program.kill().await;
        sim.clear_faults();
        (program, tablet) = restart_program(start(), &tablet).await;
    }
    for call in &calls {
        let is_answered = call.replies > 0;
        eventually("every call has its final state", async || {
            let status = tablet.status(&call.draft).await;
            let all = status.deliveries.iter().chain(&status.later);
            let is_final = all.clone().all(DeliveryState::is_final);
            (is_final && status.answer.is_some() == is_answered).then_some(())
        })
        .await;
    }
    assert_events(&tablet, &calls).await;
    let records = history(&tablet.browser).await;
    let mut sent_steps = 0;
    // Calls with fewer or more posts than the history says, and steps that were begun after an answer was stored.
    let (mut lost, mut doubled, mut late) = (Vec::new(), Vec::new(), Vec::new());
    for call in &calls {
        let record = &records[&call.draft.id];
        let all = record.deliveries.iter().chain(&record.later);
        let states: Vec<&DeliveryState> = all.map(|delivery| &delivery.state).collect();
        let delivered = |state: &&&DeliveryState| matches!(state, DeliveryState::Delivered { .. });
        let expected = states.iter().filter(delivered).count();
        sent_steps += expected.saturating_sub(1);
        let found =
            posts(&sim, ROOM, &call.draft).len() + posts(&sim, DEFAULT_ROOM, &call.draft).len();
        match found.cmp(&expected) {
            Ordering::Less => lost.push((call, states)),
            Ordering::Greater => doubled.push((call, states)),
            Ordering::Equal => {}
        }
        let attempts = record.later.iter().flat_map(|later| &later.attempts);
        let is_late = |time: u64| call.answered_at.is_some_and(|answered| time > answered);
        late.extend(attempts.filter(|attempt| is_late(attempt.at)).map(|_| call));
    }
    let replies: usize = calls.iter().map(|call| call.replies).sum();
    eprintln!(
        "kills={kills} calls={} replies={replies} steps sent={sent_steps} lost={} doubled={} \
         steps after a stored answer={}",
        calls.len(),
        lost.len(),
        doubled.len(),
        late.len(),
    );
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert!(doubled.is_empty(), "doubled: {doubled:?}");
    assert!(late.is_empty(), "a step after an answer: {late:?}");
    assert!(
        replies > 0 && sent_steps > 0,
        "answers and steps happen between the kills"
    );
    assert_eq!(program.terminate().await, Some(0));
}

async fn observe(tablet: &Tablet, clock: &Clock, call: &mut ObservedCall) {
    if call.answered_at.is_none() && tablet.status(&call.draft).await.answer.is_some() {
        call.answered_at = Some(clock.now());
    }
}

/// Asserts that every reply is one event of its call.
async fn assert_events(tablet: &Tablet, calls: &[ObservedCall]) {
    let mut last = 0;
    for call in calls {
        last = last.max(tablet.status(&call.draft).await.sequence);
    }
    let mut answer_events: BTreeMap<CallId, usize> = BTreeMap::new();
    let mut events = tablet.events_after(1).await;
    while let Some((sequence, event)) = events.next().await {
        if let Event::Answer { call, .. } = event {
            *answer_events.entry(call).or_default() += 1;
        }
        if sequence.is_some_and(|sequence| sequence >= last) {
            break;
        }
    }
    for call in calls {
        let count = answer_events
            .get(&call.draft.id)
            .copied()
            .unwrap_or_default();
        assert_eq!(count, call.replies, "{call:?}");
    }
}
