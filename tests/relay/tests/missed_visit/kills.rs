//! SIGKILL while the task for a missed visit is given: it is neither lost nor given twice.

use std::time::{SystemTime, UNIX_EPOCH};

use chatwork_sim::{Effect, Fault, RequestFilter, Sim};
use relay_tests::{Browser, CallDraft, HOST, LOBBY, ROOM, Tablet, database_of, eventually, json};
use yobirin_api::call::CallPage;
use yobirin_api::device::{Pair, Paired, PairingCode};
use yobirin_relay::Clock;

use super::{settings_with_answers, with_task};
use crate::kills::{start_fast_sim, start_relay};
use crate::program::{restart_program, set_up_site};

/// Factor by which the clock of relay and Chatwork runs faster.
const CLOCK_SPEED: u64 = 20;
/// Time from the tap to the deadline, short for a real clock.
const LIFE_MS: u64 = 30_000;

fn task_count(sim: &Sim) -> usize {
    sim.tasks(ROOM).len()
}

#[tokio::test]
async fn a_relay_killed_while_a_task_is_given_gives_it_once() {
    for (effect, is_stored) in [(Effect::HangAfterStoring, true), (Effect::Hang, false)] {
        let data = tempfile::tempdir().unwrap();
        let database = database_of(data.path()).await;
        let origin = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let origin = u64::try_from(origin.as_millis()).unwrap();
        let clock = Clock::scaled(origin, CLOCK_SPEED);
        let fast_clock = format!("{origin}:{CLOCK_SPEED}");
        let sim = start_fast_sim(&clock).await;
        let start = || start_relay(data.path(), &sim, database.as_deref(), &fast_clock);
        let mut program = start();
        let (base, admin) = set_up_site(&mut program, &settings_with_answers()).await;
        let path = format!("/api/devices/{LOBBY}/pairing-code");
        let code: PairingCode = json(admin.post(&path)).await;
        let browser = Browser::new(&base);
        let _: Paired = json(browser.post("/api/pair").json(&Pair { code: code.code })).await;
        let tablet = Tablet { browser };

        let hang = Fault::new(effect.clone()).on(RequestFilter::new_tasks_in(ROOM));
        sim.inject(hang.once());
        let mut draft = with_task(CallDraft::at(clock.now()).to_room(ROOM), &[HOST]);
        draft.call.deadline = draft.call.tapped + LIFE_MS;
        tablet.hand_over(&draft).await;
        eventually("the task is on its way", async || {
            sim.faults().is_empty().then_some(())
        })
        .await;
        program.kill().await;
        assert_eq!(task_count(&sim), usize::from(is_stored), "{effect:?}");

        // The admin's browser moves to the new address as the tablet's does.
        let admin = Tablet { browser: admin };
        let (program, admin) = restart_program(start(), &admin).await;
        eventually("the history has the task", async || {
            let page: CallPage = json(admin.browser.get("/api/calls")).await;
            page.calls[0].missed.clone()?.outcome
        })
        .await;
        assert_eq!(task_count(&sim), 1, "{effect:?}");
        assert_eq!(program.terminate().await, Some(0));
    }
}
