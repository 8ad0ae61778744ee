//! Listener: reads the rooms of open calls and stores the messages that answer one. Only the leader listens.
//!
//! `domain::answer::listening` says which request comes next, `domain::answer` which messages are answers. Everything
//! else that is read is talk among colleagues: it is neither stored nor logged.

mod read_room;

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use yobirin_api::Millis;
use yobirin_chatwork::{Account, GatewayError, Permit, Purpose};
use yobirin_domain::answer::listening::{
    ListenStep, MAX_ROOMS_READ_ALONE, next_step, wait_for_budget,
};
use yobirin_domain::answer::{ClockTimes, OpenRoom, RoomMemories, SpentLog, open_rooms};
use yobirin_store::{StoreError, StoredAnswer};

use super::outbox::Outbox;

/// Time between two looks for open calls while nothing tells of one.
const IDLE_MS: Millis = 2_000;
/// Minimum time between two steps of the loop.
const MIN_STEP_INTERVAL: Duration = Duration::from_millis(20);
/// Time after the deadline of a call within which its rooms are read for the last time.
const LAST_READ_MS: Millis = 30_000;

/// Listener with what it remembers of the open rooms.
#[derive(Debug)]
struct Listener {
    outbox: Outbox,
    rooms: RoomMemories,
    spent: SpentLog,
    /// Time of the last list of rooms, by the monotonic clock.
    watched_at: Option<Millis>,
}

/// Runs until the relay stops.
pub(crate) async fn run(outbox: Outbox) {
    let (clock, stopping) = (
        outbox.forwarder.clock.clone(),
        outbox.forwarder.stopping.clone(),
    );
    let handle = outbox.forwarder.listener.clone();
    let mut listener = Listener {
        outbox,
        rooms: RoomMemories::default(),
        spent: SpentLog::default(),
        watched_at: None,
    };
    while !stopping.is_cancelled() {
        let (stepped_at, now) = (Instant::now(), clock.now());
        let wait = listener.step().await.unwrap_or_else(|error| {
            tracing::error!(%error, "failed to listen for answers");
            IDLE_MS
        });
        tokio::select! {
            () = stopping.cancelled() => return,
            () = handle.notified() => {}
            () = clock.sleep_until(now + wait, now) => {}
        }
        sleep_until(stepped_at + MIN_STEP_INTERVAL).await;
    }
}

impl Listener {
    /// Makes the next request, if one is due; returns the time until the next step.
    async fn step(&mut self) -> Result<Millis, StoreError> {
        let forwarder = self.outbox.forwarder.clone();
        let woken = forwarder.listener.take_woken();
        let is_on = forwarder.settings.get().settings.site().answers.is_on();
        let account = forwarder.gateway.accepted_account().filter(|_| is_on);
        let Some(account) = account else {
            self.rooms.clear();
            return Ok(IDLE_MS);
        };
        let now = forwarder.clock.now();
        let since = now.saturating_sub(LAST_READ_MS);
        let calls = forwarder.store.answerable_calls(since).await?;
        let rooms = open_rooms(&calls, now, |room| self.rooms.read_at(room));
        if rooms.is_empty() {
            self.rooms.clear();
            return Ok(IDLE_MS);
        }
        if self.outbox.other_leader_until(now).await?.is_some() {
            // The other relay may store answers that these memories do not know.
            self.rooms.clear();
            return Ok(IDLE_MS);
        }
        if let Some(pause) = forwarder.gateway.limits().pause() {
            return Ok(pause);
        }
        for room in self.rooms.keep(&rooms) {
            let stored = forwarder.store.answers_in(room, since).await?;
            let stored = stored.iter().filter_map(StoredAnswer::to_answer);
            self.rooms.add(room, stored, forwarder.clock.monotonic());
        }
        self.rooms.wake(&woken);
        self.request(&account, &rooms).await
    }

    async fn request(
        &mut self,
        account: &Arc<Account>,
        rooms: &[OpenRoom],
    ) -> Result<Millis, StoreError> {
        let forwarder = self.outbox.forwarder.clone();
        let monotonic = forwarder.clock.monotonic();
        let now = forwarder.clock.now();
        if rooms.len() <= MAX_ROOMS_READ_ALONE {
            self.watched_at = None;
        }
        let times = ClockTimes { now, monotonic };
        let listened = |room| Some((room, self.rooms.listened(room, times)?));
        let (readable, listened): (Vec<_>, Vec<_>) = rooms.iter().filter_map(listened).unzip();
        let since_watch = self.watched_at.map(|at| monotonic.saturating_sub(at));
        let spent = self.spent.within_window(monotonic);
        let step = next_step(&listened, since_watch, spent);
        let permit = match step {
            ListenStep::Idle => return Ok(IDLE_MS),
            ListenStep::Wait(wait) => {
                if wait_for_budget(&listened, spent) > 0 {
                    forwarder.metrics.listen_slowdowns.inc();
                }
                return Ok(wait.min(IDLE_MS));
            }
            ListenStep::Read(_) | ListenStep::Watch => {
                match forwarder.gateway.limits().permit(Purpose::Listen, None) {
                    Ok(permit) => permit,
                    Err(wait) => {
                        forwarder.metrics.listen_slowdowns.inc();
                        return Ok(wait);
                    }
                }
            }
        };
        self.spent.record(monotonic);
        forwarder.metrics.listen_requests.inc();
        match step {
            ListenStep::Read(index) => self.read(account, readable[index], permit).await?,
            _ => self.watch(account, permit).await?,
        }
        Ok(0)
    }

    /// Lists all rooms, and notes in which of the open ones something has changed.
    async fn watch(&mut self, account: &Arc<Account>, permit: Permit) -> Result<(), StoreError> {
        let forwarder = &self.outbox.forwarder;
        self.watched_at = Some(forwarder.clock.monotonic());
        let now = forwarder.clock.now();
        match forwarder.gateway.room_counters(permit, account).await {
            Ok(counters) => {
                for counters in counters {
                    self.rooms.compare_counters(counters, now);
                }
            }
            Err(error) => self.failed(account, &error).await?,
        }
        Ok(())
    }

    /// Handles a request that failed: it is made again at its time.
    async fn failed(&self, account: &Arc<Account>, error: &GatewayError) -> Result<(), StoreError> {
        tracing::debug!(%error, "failed to read for answers");
        match error {
            GatewayError::TokenRefused => self.outbox.forwarder.connection.refuse(account).await,
            _ => Ok(()),
        }
    }
}
