//! What became of every acknowledged call, as the simulated Chatwork and the relay's history have it.

use std::collections::BTreeMap;

use chatwork_sim::Sim;
use relay_tests::{Browser, CallDraft, PASSWORD, Tablet, json};
use yobirin_api::call::{CallPage, CallRecord, Outcome};
use yobirin_api::session::{Login, Session};
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::CallId;

use super::bodies;

#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub delivered: usize,
    pub expired: usize,
    /// Expired after a try of which nobody could find out what became of it; the history shows it.
    pub unknown: usize,
    /// Notified by reading the room: the answer to the post was never seen.
    pub read: usize,
    pub lost: Vec<CallId>,
    pub doubled: Vec<CallId>,
}

/// Waits until every call is settled, then counts its messages.
pub(super) async fn judge(tablet: &Tablet, sim: &Sim, calls: &[CallDraft]) -> Verdict {
    let mut states = BTreeMap::new();
    for draft in calls {
        states.insert(draft.id, tablet.settled(draft).await.state);
    }
    let history = history(&tablet.browser).await;
    let bodies = bodies(sim);
    let mut verdict = Verdict::default();
    for draft in calls {
        let reference = draft.reference();
        let told = bodies.iter().filter(|body| body.contains(&reference));
        let record = history.get(&draft.id);
        let tried = |outcome| record.is_some_and(|record| ended(record, outcome));
        match (states[&draft.id], told.count()) {
            (CallState::Notified, 1) => verdict.delivered += 1,
            (CallState::Expired, 0) => verdict.expired += 1,
            (CallState::Expired, 1) if tried(Outcome::Unknown) || tried_unseen(record) => {
                verdict.unknown += 1;
            }
            (_, 0 | 1) => verdict.lost.push(draft.id),
            _ => verdict.doubled.push(draft.id),
        }
        verdict.read += usize::from(tried(Outcome::Found));
    }
    verdict
}

fn ended(record: &CallRecord, outcome: Outcome) -> bool {
    let mut tries = record.deliveries.iter().flat_map(|one| &one.attempts);
    tries.any(|one| one.outcome == Some(outcome))
}

/// True when the history shows a try without an end.
fn tried_unseen(record: Option<&CallRecord>) -> bool {
    let tries = record.into_iter().flat_map(|record| &record.deliveries);
    let mut tries = tries.flat_map(|one| &one.attempts);
    tries.any(|one| one.outcome.is_none())
}

async fn history(browser: &Browser) -> BTreeMap<CallId, CallRecord> {
    let login = Login::Password(PASSWORD.to_owned());
    let _: Session = json(browser.post("/api/login").json(&login)).await;
    let mut all = BTreeMap::new();
    let mut before = String::new();
    loop {
        let page: CallPage = json(browser.get(&format!("/api/calls?limit=200{before}"))).await;
        all.extend(page.calls.into_iter().map(|call| (call.id, call)));
        let Some(next) = page.next else {
            return all;
        };
        before = format!("&before={next}");
    }
}
