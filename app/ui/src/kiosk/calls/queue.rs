//! The tablet's queue of calls. A call is undecided from the tap until its outcome is known; if it has notified
//! somebody and an answer is awaited, it is then listening until its deadline; at last it has ended. Plain state: `sync`
//! performs the requests that are due, `call_store` persists the changes.

use yobirin_api::Millis;
use yobirin_api::call::CallStatus;
use yobirin_domain::model::delivery::StateChange;
use yobirin_domain::model::id::CallId;
use yobirin_domain::recipients::Notified;
use yobirin_domain::routing::Target;

use super::local_call_status::{CallOutcome, LocalCallStatus};
use super::persisted_call::PersistedCall;
use super::prepared_call::PreparedCall;
use super::queued_call::{NextRequest, QueuedCall};
use crate::api::response::ApiResult;

/// A request to the relay that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SyncTask {
    /// Hand the call over with this JSON body.
    Submit(CallId, String),
    /// Ask for the status of the call.
    Poll(CallId),
    /// Fetch the settings, which have changed since the tap, and compose the call again.
    Recompose(CallId, Box<PreparedCall>),
    /// Cancel the call, or ask for the state of its cancellation.
    Cancel(CallId),
}

/// All calls that have not ended, and the call on the screen even after its end.
#[derive(Debug)]
pub(crate) struct Queue {
    /// Sorted by id, and so by the time of the tap.
    pub(super) calls: Vec<(CallId, QueuedCall)>,
    /// Calls that may have changed since they were persisted; an id may be in the list several times.
    pub(super) unsaved: Vec<CallId>,
    /// False while the event stream loses or delays events; then calls are polled more often.
    has_reliable_events: bool,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            calls: Vec::new(),
            unsaved: Vec::new(),
            has_reliable_events: true,
        }
    }
}

impl Queue {
    /// Adds a new call.
    pub(crate) fn record(&mut self, id: CallId, call: PreparedCall, now: Millis) {
        self.insert(id, QueuedCall::new(call, now));
        self.unsaved.push(id);
    }

    /// Adds a call that was persisted before a reload.
    pub(crate) fn restore(&mut self, id: CallId, persisted: PersistedCall, now: Millis) {
        self.insert(id, QueuedCall::restore(persisted, now));
    }

    /// Sets whether the event stream is reliable; while it is not, calls are polled more often.
    pub(crate) fn set_events_reliable(&mut self, is_reliable: bool) {
        self.has_reliable_events = is_reliable;
        for (_, call) in &mut self.calls {
            call.has_reliable_events = is_reliable;
        }
    }

    fn insert(&mut self, id: CallId, mut call: QueuedCall) {
        call.has_reliable_events = self.has_reliable_events;
        match self.position(id) {
            Ok(index) => self.calls[index].1 = call,
            Err(index) => self.calls.insert(index, (id, call)),
        }
    }

    /// Index of a call, or the index at which it would be inserted.
    fn position(&self, id: CallId) -> Result<usize, usize> {
        self.calls.binary_search_by(|(other, _)| other.cmp(&id))
    }

    pub(super) fn get(&self, id: CallId) -> Option<&QueuedCall> {
        self.position(id).ok().map(|index| &self.calls[index].1)
    }

    /// The call as it is sent.
    pub(crate) fn call(&self, id: CallId) -> Option<&PreparedCall> {
        self.get(id).map(QueuedCall::call)
    }

    /// Status of a call at this time; `None` when the call is not in the queue.
    pub(crate) fn status(&self, id: CallId, now: Millis) -> Option<LocalCallStatus> {
        self.get(id).map(|call| call.status(now))
    }

    /// Failed attempts to hand a call over; 0 once the relay has it.
    pub(crate) fn failed_attempts(&self, id: CallId) -> u32 {
        self.get(id).map_or(0, QueuedCall::failed_attempts)
    }

    /// Recipients that a call has notified so far; `None` when the call is not in the queue.
    pub(crate) fn notified(&self, id: CallId) -> Option<Notified> {
        self.get(id).map(QueuedCall::notified)
    }

    /// True for a call to staff that is under way or has notified them, so that no second one is needed; false once it
    /// has failed or was cancelled.
    pub(crate) fn is_current_staff_call(&self, id: CallId) -> bool {
        self.get(id).is_some_and(|call| {
            let is_current = match call.outcome() {
                Some(outcome) => matches!(outcome, CallOutcome::Notified { .. }),
                None => !call.is_cancelling(),
            };
            is_current && call.call().target == Target::Staff
        })
    }

    /// True when the call has ended with a success, or waits for an answer ([`CallOutcome::is_success`]).
    pub(crate) fn has_succeeded(&self, id: CallId) -> bool {
        let outcome = self.get(id).and_then(QueuedCall::outcome);
        outcome.is_some_and(CallOutcome::is_success)
    }

    /// The latest call whose visitor may still be at the tablet.
    pub(crate) fn latest_with_visitor(&self) -> Option<CallId> {
        let mut latest = self.calls.iter().rev();
        let has_visitor = |call: &QueuedCall| !call.has_ended() && !call.follow_up.visitor_has_left;
        let (id, _) = latest.find(|(_, call)| has_visitor(call))?;
        Some(*id)
    }

    /// Number of calls whose outcome is not known yet.
    pub(crate) fn undecided_count(&self) -> usize {
        let calls = self.calls.iter();
        calls.filter(|(_, call)| call.outcome().is_none()).count()
    }

    /// True while a call has not ended, so that the relay must be asked about it.
    pub(crate) fn has_work(&self) -> bool {
        self.calls.iter().any(|(_, call)| !call.has_ended())
    }

    /// Requests that are due. A request is returned again after its response, when the response is overdue, and after
    /// [`Self::make_all_due`].
    pub(crate) fn due_tasks(&mut self, now: Millis) -> Vec<SyncTask> {
        let mut tasks = Vec::new();
        for (id, call) in &mut self.calls {
            let had_ended = call.has_ended();
            match call.take_due_request(now) {
                Some(NextRequest::Submit) => {
                    tasks.push(SyncTask::Submit(*id, call.call().body.clone()));
                }
                Some(NextRequest::Poll) => tasks.push(SyncTask::Poll(*id)),
                Some(NextRequest::Recompose) => {
                    tasks.push(SyncTask::Recompose(*id, Box::new(call.call().clone())));
                }
                Some(NextRequest::Cancel) => tasks.push(SyncTask::Cancel(*id)),
                None => {}
            }
            // A call whose time is up has ended: it is removed from storage.
            if call.has_ended() != had_ended {
                self.unsaved.push(*id);
            }
        }
        tasks
    }

    /// Makes every request due now: the network may be back.
    pub(crate) fn make_all_due(&mut self, now: Millis) {
        for (_, call) in &mut self.calls {
            call.make_due(now);
        }
    }

    /// Applies the relay's response to [`SyncTask::Submit`].
    pub(crate) fn on_submit_response(
        &mut self,
        id: CallId,
        response: &ApiResult<CallStatus>,
        now: Millis,
    ) {
        self.update(id, |call| call.on_submit_response(response, now));
    }

    /// Applies the relay's response to [`SyncTask::Poll`].
    pub(crate) fn on_poll_response(
        &mut self,
        id: CallId,
        response: &ApiResult<CallStatus>,
        now: Millis,
    ) {
        self.update(id, |call| call.on_poll_response(response, now));
    }

    /// Applies the result of [`SyncTask::Recompose`]; `None` when the call's button is not in the settings any more.
    pub(crate) fn on_recomposed(&mut self, id: CallId, call: Option<PreparedCall>, now: Millis) {
        self.update(id, |queued| queued.on_recomposed(call, now));
    }

    /// Cancels a call.
    pub(crate) fn cancel(&mut self, id: CallId, now: Millis) {
        self.update(id, |call| call.cancel(now));
    }

    /// Applies the relay's response to [`SyncTask::Cancel`].
    pub(crate) fn on_cancel_response(
        &mut self,
        id: CallId,
        response: &ApiResult<CallStatus>,
        now: Millis,
    ) {
        self.update(id, |call| call.on_cancel_response(response, now));
    }

    /// Ends the waits for an answer, because the office shows no answers any more.
    pub(crate) fn stop_awaiting_answers(&mut self) {
        for (id, call) in &mut self.calls {
            call.stop_awaiting_answer();
            self.unsaved.push(*id);
        }
    }

    /// Applies an event about a delivery of a call.
    pub(crate) fn on_event(&mut self, id: CallId, change: &StateChange, now: Millis) {
        self.update(id, |call| call.on_event(change, now));
    }

    /// Changes a call, if it is in the queue, and marks it to be persisted.
    pub(super) fn update(&mut self, id: CallId, change: impl FnOnce(&mut QueuedCall)) {
        if let Ok(index) = self.position(id) {
            change(&mut self.calls[index].1);
            self.unsaved.push(id);
        }
    }

    /// Removes ended calls, except the call on the screen. They were removed from storage when they ended.
    pub(crate) fn remove_ended(&mut self, shown: Option<CallId>) {
        self.calls
            .retain(|(id, call)| !call.has_ended() || Some(*id) == shown);
    }

    /// Removes all calls, from storage too.
    pub(crate) fn clear(&mut self) {
        self.unsaved.extend(self.calls.iter().map(|(id, _)| *id));
        self.calls.clear();
    }

    /// Returns the calls that have changed since this was last called, with `None` for a call to be removed from
    /// storage.
    pub(crate) fn take_changes(&mut self) -> Vec<(CallId, Option<PersistedCall>)> {
        let changed = std::mem::take(&mut self.unsaved);
        let persisted = |id: CallId| self.get(id).and_then(QueuedCall::to_persisted);
        changed.into_iter().map(|id| (id, persisted(id))).collect()
    }
}

#[cfg(test)]
mod tests;
