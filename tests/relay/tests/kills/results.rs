//! Result of every acknowledged call, from the simulated Chatwork and the relay's history.

use std::collections::BTreeMap;

use chatwork_sim::Sim;
use relay_tests::{Browser, CallDraft, PASSWORD, Tablet, json};
use yobirin_api::call::{CallPage, CallRecord, Outcome};
use yobirin_api::session::{Login, Session};
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::CallId;

use super::stored_bodies;

/// Numbers of calls by result, and the calls with a forbidden result.
#[derive(Debug, Default)]
pub(super) struct Results {
    pub delivered: usize,
    pub expired: usize,
    /// Expired after an attempt of unknown outcome, which the history shows.
    pub unknown: usize,
    /// Delivered without a response to the post, and reconciled by reading the room.
    pub reconciled: usize,
    /// The state in the history does not agree with the messages in Chatwork.
    pub lost: Vec<CallId>,
    /// With more than one message in Chatwork.
    pub duplicated: Vec<CallId>,
}

/// Waits until every call has its final state, then counts the results by each call's messages in Chatwork.
pub(super) async fn count_results(tablet: &Tablet, sim: &Sim, calls: &[CallDraft]) -> Results {
    let mut states = BTreeMap::new();
    for draft in calls {
        states.insert(draft.id, tablet.final_status(draft).await.state);
    }
    let history = history(&tablet.browser).await;
    let bodies = stored_bodies(sim);
    let mut results = Results::default();
    for draft in calls {
        let reference = draft.reference();
        let messages = bodies.iter().filter(|body| body.contains(&reference));
        let record = history.get(&draft.id);
        let has_attempt = |outcome| record.is_some_and(|record| has_outcome(record, outcome));
        match (states[&draft.id], messages.count()) {
            (CallState::Notified, 1) => results.delivered += 1,
            (CallState::Expired, 0) => results.expired += 1,
            (CallState::Expired, 1)
                if has_attempt(Outcome::Unknown) || has_unfinished_attempt(record) =>
            {
                results.unknown += 1;
            }
            (_, 0 | 1) => results.lost.push(draft.id),
            _ => results.duplicated.push(draft.id),
        }
        results.reconciled += usize::from(has_attempt(Outcome::Found));
    }
    results
}

fn has_outcome(record: &CallRecord, outcome: Outcome) -> bool {
    let mut attempts = record
        .deliveries
        .iter()
        .flat_map(|delivery| &delivery.attempts);
    attempts.any(|attempt| attempt.outcome == Some(outcome))
}

/// True when the history has an attempt without an outcome.
fn has_unfinished_attempt(record: Option<&CallRecord>) -> bool {
    let attempts = record.into_iter().flat_map(|record| &record.deliveries);
    let mut attempts = attempts.flat_map(|delivery| &delivery.attempts);
    attempts.any(|attempt| attempt.outcome.is_none())
}

pub(super) async fn history(browser: &Browser) -> BTreeMap<CallId, CallRecord> {
    let login = Login::Password(PASSWORD.to_owned());
    let _: Session = json(browser.post("/api/login").json(&login)).await;
    let mut records = BTreeMap::new();
    let mut before = String::new();
    loop {
        let page: CallPage = json(browser.get(&format!("/api/calls?limit=200{before}"))).await;
        records.extend(page.calls.into_iter().map(|call| (call.id, call)));
        let Some(next) = page.next else {
            return records;
        };
        before = format!("&before={next}");
    }
}
