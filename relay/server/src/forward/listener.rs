//! Listener: reads the rooms of open calls and stores the messages that answer one; decides after the last reading which
//! visits were missed. Only the leader listens.
//!
//! `domain::answer::listening` chooses the next request, `domain::answer` the messages that are answers. All other
//! messages are talk among colleagues: they are neither stored nor logged.

mod read_room;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use yobirin_api::Millis;
use yobirin_chatwork::{Account, GatewayError, Permit, Purpose};
use yobirin_domain::answer::listening::{ListenStep, MAX_ROOMS_READ_ALONE, next_step};
use yobirin_domain::answer::{
    ClockTimes, LeaderRequest, OpenRoom, REMEMBERED_MILLIS, RequestLog, RoomMemories,
    RoomsForLeader, calls_to_read, open_rooms,
};
use yobirin_domain::model::id::RoomId;
use yobirin_store::{StoreError, StoredAnswer};

use super::outbox::Outbox;

/// Poll interval while no open call is known.
const IDLE_POLL_MS: Millis = 2_000;
/// Minimum time between two steps of the loop.
const MIN_STEP_INTERVAL: Duration = Duration::from_millis(20);

/// Listener with its memory of the open rooms.
#[derive(Debug)]
struct Listener {
    outbox: Outbox,
    rooms: RoomMemories,
    /// Requests counted against the budget.
    request_log: RequestLog,
    /// Time of the last list of rooms, by the monotonic clock.
    watched_at: Option<Millis>,
    /// Rooms that the leader is to be asked to read, while this relay does not lead.
    for_leader: RoomsForLeader,
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
        request_log: RequestLog::default(),
        watched_at: None,
        for_leader: RoomsForLeader::default(),
    };
    while !stopping.is_cancelled() {
        let (stepped_at, now) = (Instant::now(), clock.now());
        let wait = listener.step().await.unwrap_or_else(|error| {
            tracing::error!(%error, "failed to listen for answers");
            IDLE_POLL_MS
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
    /// Sends the next request, if one is due; returns the time until the next step.
    async fn step(&mut self) -> Result<Millis, StoreError> {
        let forwarder = self.outbox.forwarder.clone();
        let to_read = forwarder.listener.take_rooms_to_read();
        let now = forwarder.clock.now();
        let Some(account) = forwarder.gateway.accepted_account() else {
            self.rooms.clear();
            return Ok(IDLE_POLL_MS);
        };
        let since = now.saturating_sub(REMEMBERED_MILLIS);
        let mut calls = Vec::new();
        if forwarder.settings.get().settings.site().answers.is_on() {
            calls = forwarder.store.answerable_calls(since).await?;
        }
        let rooms = open_rooms(&calls, now, |room| self.rooms.last_read_at(room));
        let new_rooms = self.rooms.retain_open(&rooms, &calls);
        let next_decision = forwarder.store.next_missed_check().await?;
        let is_decision_due = next_decision.is_some_and(|time| time <= now);
        if rooms.is_empty() && !is_decision_due {
            return Ok(IDLE_POLL_MS);
        }
        if self.outbox.acquire_leadership(now).await?.is_some() {
            // The other relay may store answers that the memories of this one do not hold.
            self.rooms.clear();
            return self.forward_to_leader(to_read.by_webhook, &rooms).await;
        }
        if is_decision_due {
            let unread = calls_to_read(&calls, now, |room| self.rooms.last_read_at(room));
            let mut transaction = forwarder.store.begin().await?;
            transaction.decide_missed_visits(&unread, now).await?;
            transaction.commit().await?;
        }
        if let Some(pause) = forwarder.gateway.limits().pause() {
            return Ok(pause.min(IDLE_POLL_MS));
        }
        for room in new_rooms {
            let stored = forwarder.store.answers_in(room, since).await?;
            let stored = stored.iter().filter_map(StoredAnswer::to_answer);
            self.rooms.add(room, stored, forwarder.clock.monotonic());
        }
        self.rooms.wake(&to_read.all);
        self.send_next_request(&account, &rooms).await
    }

    /// Asks the leader to read the open rooms among `named`, which webhook events have named to this relay, and those that
    /// wait since an earlier step. Returns the time until the next step.
    async fn forward_to_leader(
        &mut self,
        named: BTreeSet<RoomId>,
        open: &[OpenRoom],
    ) -> Result<Millis, StoreError> {
        let forwarder = &self.outbox.forwarder;
        let (now, monotonic) = (forwarder.clock.now(), forwarder.clock.monotonic());
        let rooms = match self.for_leader.next_request(named, open, monotonic) {
            LeaderRequest::Nothing => return Ok(IDLE_POLL_MS),
            LeaderRequest::Wait(millis) => return Ok(millis),
            LeaderRequest::Ask(rooms) => rooms,
        };
        let mut transaction = forwarder.store.begin().await?;
        transaction.add_rooms_to_read(rooms, now).await?;
        transaction.commit().await?;
        self.for_leader.record_request(monotonic);
        Ok(IDLE_POLL_MS)
    }

    /// Sends the next request for these rooms, if one is due and the limits allow it; returns the time until the next
    /// step.
    async fn send_next_request(
        &mut self,
        account: &Arc<Account>,
        rooms: &[OpenRoom],
    ) -> Result<Millis, StoreError> {
        let forwarder = self.outbox.forwarder.clone();
        let monotonic = forwarder.clock.monotonic();
        let now = forwarder.clock.now();
        if rooms.len() <= MAX_ROOMS_READ_ALONE {
            // So few rooms are read without the list of rooms. Once there are more, the list is due at once.
            self.watched_at = None;
        }
        let times = ClockTimes { now, monotonic };
        let to_listened = |room| Some((room, self.rooms.to_listened_room(room, times)?));
        let (ready_rooms, listened_rooms): (Vec<_>, Vec<_>) =
            rooms.iter().filter_map(to_listened).unzip();
        let since_watch = self.watched_at.map(|at| monotonic.saturating_sub(at));
        let spent = self.request_log.within_window(monotonic);
        let step = next_step(&listened_rooms, since_watch, spent);
        let permit = match step {
            ListenStep::Idle => return Ok(IDLE_POLL_MS),
            ListenStep::Wait {
                millis,
                is_over_budget,
            } => {
                if is_over_budget {
                    forwarder.metrics.listen_slowdowns.inc();
                }
                return Ok(millis.min(IDLE_POLL_MS));
            }
            ListenStep::Read(_) | ListenStep::Watch => {
                match forwarder.gateway.limits().permit_request(Purpose::Listen) {
                    Ok(permit) => permit,
                    Err(wait) => {
                        forwarder.metrics.listen_slowdowns.inc();
                        return Ok(wait);
                    }
                }
            }
        };
        self.request_log.record(monotonic);
        forwarder.metrics.listen_requests.inc();
        match step {
            ListenStep::Read(index) => self.read(account, ready_rooms[index], permit).await?,
            _ => self.watch(account, permit).await?,
        }
        Ok(0)
    }

    /// Lists all rooms, and marks the open ones in which something has changed.
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
            Err(error) => self.record_failure(account, &error).await?,
        }
        Ok(())
    }

    /// Records a refused token; the request is repeated by a later step.
    async fn record_failure(
        &self,
        account: &Arc<Account>,
        error: &GatewayError,
    ) -> Result<(), StoreError> {
        tracing::debug!(%error, "failed to request messages or rooms");
        if *error == GatewayError::TokenRefused {
            let connection = &self.outbox.forwarder.connection;
            connection.record_token_refused(account).await?;
        }
        Ok(())
    }
}
