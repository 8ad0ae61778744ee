//! SIGKILL while the relay creates the task for a missed visit: the task is neither lost nor created twice.

use chatwork_sim::{Effect, Fault, RequestFilter, Sim};
use relay_tests::{Browser, CallDraft, HOST, LOBBY, ROOM, Tablet, database_of, eventually, json};
use yobirin_api::call::CallPage;
use yobirin_api::device::{Pair, Paired, PairingCode};

use super::{settings_with_two_people, with_task};
use crate::kills::{fast_clock, start_fast_sim, start_relay};
use crate::program::{restart_program, set_up_site};

/// Time from the tap to the deadline in milliseconds, by the fast clock.
const CALL_LIFE_MS: u64 = 30_000;

fn task_count(sim: &Sim) -> usize {
    sim.tasks(ROOM).len()
}

#[tokio::test]
async fn a_relay_killed_while_it_creates_a_task_creates_it_once() {
    for (effect, is_stored) in [(Effect::HangAfterStoring, true), (Effect::Hang, false)] {
        let data = tempfile::tempdir().unwrap();
        let database = database_of(data.path()).await;
        let (clock, fast_clock) = fast_clock();
        let sim = start_fast_sim(&clock).await;
        let start = || start_relay(data.path(), &sim, database.as_deref(), &fast_clock);
        let mut program = start();
        let (base, admin) = set_up_site(&mut program, &settings_with_two_people()).await;
        let path = format!("/api/devices/{LOBBY}/pairing-code");
        let code: PairingCode = json(admin.post(&path)).await;
        let browser = Browser::new(&base);
        let _: Paired = json(browser.post("/api/pair").json(&Pair { code: code.code })).await;
        let tablet = Tablet { browser };

        let hang = Fault::new(effect.clone()).on(RequestFilter::new_tasks_in(ROOM));
        sim.inject(hang.once());
        let mut draft = with_task(CallDraft::at(clock.now()).to_room(ROOM), &[HOST]);
        draft.call.deadline = draft.call.tapped + CALL_LIFE_MS;
        tablet.hand_over(&draft).await;
        eventually("the request that creates the task has begun", async || {
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
