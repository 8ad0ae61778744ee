//! Observation of a call's delivery, at the relay and at Chatwork.

use std::time::{Duration, Instant};

use chatwork_sim::{Effect, Fault, RequestFilter};
use yobirin_api::call::Outcome;
use yobirin_api::chatwork::Traffic;
use yobirin_domain::model::delivery::{CallState, DeliveryState};

use crate::browser::json;
use crate::calls::CallDraft;
use crate::eventually::eventually;
use crate::tablet::Tablet;
use crate::test_app::TestApp;

/// A fault that applies to every post.
#[must_use]
pub fn fault_on_posts(effect: Effect) -> Fault {
    Fault::new(effect).on(RequestFilter::posts())
}

impl TestApp {
    /// Waits until a call has its final state while advancing the clock, so that retry delays take no real time.
    pub async fn final_state_with_fast_clock(
        &self,
        tablet: &Tablet,
        draft: &CallDraft,
    ) -> CallState {
        eventually("the call has its final state", async || {
            let requested_at = Instant::now();
            let status = tablet.status(draft).await;
            let response_time = requested_at.elapsed();
            let mut deliveries = status.deliveries.iter().chain(&status.fallback);
            if deliveries.all(DeliveryState::is_final) {
                return Some(status.state);
            }
            self.clock.advance(Duration::from_secs(5));
            // Leaves the relay time to work: more on a slow machine, where it responds slowly.
            tokio::time::sleep(Duration::from_millis(20).max(5 * response_time)).await;
            None
        })
        .await
    }

    /// Waits until the relay has processed a 429 of the general limit. Moving the clock before that would
    /// shift the end of the limit.
    pub async fn wait_until_rate_limited(&self) {
        eventually("the relay has processed the rate limit", async || {
            let traffic: Traffic = json(self.admin.get("/api/chatwork/traffic")).await;
            traffic.paused_until.map(|_| ())
        })
        .await;
    }

    /// Outcomes of the attempts at a call's first delivery, oldest first.
    pub async fn attempt_outcomes(&self, draft: &CallDraft) -> Vec<Outcome> {
        let calls = self.history().await.calls;
        let record = calls.into_iter().find(|call| call.id == draft.id);
        let record = record.expect("the call is in the history");
        record.deliveries[0]
            .attempts
            .iter()
            .filter_map(|attempt| attempt.outcome)
            .collect()
    }

    /// Number of a call's messages in a room.
    #[must_use]
    pub fn message_count(&self, room: u64, draft: &CallDraft) -> usize {
        let reference = draft.reference();
        self.sim
            .messages(room)
            .iter()
            .filter(|message| message.body.contains(&reference))
            .count()
    }
}
