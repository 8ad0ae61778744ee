//! Watching what becomes of a call, from both ends.

use std::time::{Duration, Instant};

use chatwork_sim::{Effect, Fault, RequestFilter};
use yobirin_api::call::Outcome;
use yobirin_api::chatwork::Traffic;
use yobirin_domain::model::delivery::{CallState, DeliveryState};

use crate::browser::json;
use crate::calls::CallDraft;
use crate::tablet::Tablet;
use crate::test_app::{Desk, eventually};

/// A fault of everything that posts.
#[must_use]
pub fn posts(effect: Effect) -> Fault {
    Fault::new(effect).on(RequestFilter::posts())
}

impl Desk {
    /// Waits until a call is settled while setting the clock ahead, so that the retry schedule
    /// costs no time. The slower the relay answers, the slower the clock goes.
    pub async fn settled_in_time(&self, tablet: &Tablet, draft: &CallDraft) -> CallState {
        eventually("the call is settled", async || {
            let asked = Instant::now();
            let status = tablet.status(draft).await;
            let answered_in = asked.elapsed();
            let mut all = status.deliveries.iter().chain(&status.fallback);
            if all.all(DeliveryState::is_final) {
                return Some(status.state);
            }
            self.clock.advance(Duration::from_secs(5));
            tokio::time::sleep(Duration::from_millis(20).max(5 * answered_in)).await;
            None
        })
        .await
    }

    /// Waits until the relay has heard of the general limit: that Chatwork has said so is not enough,
    /// and a clock that moves in between puts the end of the limit elsewhere.
    pub async fn rests(&self) {
        eventually("the limit is heard of", async || {
            let traffic: Traffic = json(self.admin.get("/api/chatwork/traffic")).await;
            traffic.resting.map(|_| ())
        })
        .await;
    }

    /// How the tries at a call's first delivery ended, oldest first.
    pub async fn outcomes(&self, draft: &CallDraft) -> Vec<Outcome> {
        let calls = self.history().await.calls;
        let record = calls.into_iter().find(|call| call.id == draft.id);
        let record = record.expect("the call is in the history");
        record.deliveries[0]
            .attempts
            .iter()
            .filter_map(|attempt| attempt.outcome)
            .collect()
    }

    /// How often a room was told of a call.
    #[must_use]
    pub fn told(&self, room: u64, draft: &CallDraft) -> usize {
        let reference = draft.reference();
        self.sim
            .messages(room)
            .iter()
            .filter(|message| message.body.contains(&reference))
            .count()
    }
}
