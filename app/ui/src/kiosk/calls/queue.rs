//! The tablet's own queue: every call from the tap until the relay has told how it ended. Plain
//! state; `courier` runs the tasks it hands out and keeps its changes in the browser's storage.

use serde::{Deserialize, Serialize};
use yobirin_api::Millis;
use yobirin_api::call::CallStatus;
use yobirin_domain::model::delivery::StateChange;
use yobirin_domain::model::id::CallId;
use yobirin_domain::recipients::Notified;
use yobirin_domain::routing::Target;

pub(crate) use super::local_call_status::{CallOutcome, LocalCallStatus};
pub(crate) use super::prepared_call::PreparedCall;
use super::queued_call::{NextRequest, QueuedCall};

use crate::api::response::ApiResult;

/// What storage keeps of a call, under one key per call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PersistedCall {
    /// The request, ready to be repeated.
    pub(crate) call: PreparedCall,
    /// The relay has said that it has the call.
    pub(crate) accepted: bool,
    /// The visitor has taken it back.
    #[serde(default)]
    pub(crate) cancelled: bool,
}

impl PersistedCall {
    /// True when nobody waits for it any more, and nothing is left to take back.
    pub(crate) fn is_expired(&self, now: Millis) -> bool {
        !self.cancelled
            && now
                >= self
                    .call
                    .deadline
                    .saturating_add(crate::kiosk::calls::queued_call::GRACE_MS)
    }
}

/// Something to ask of the relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SyncTask {
    /// Hand the call over, with this body.
    Submit(CallId, String),
    /// Ask how it stands.
    Poll(CallId),
    /// The settings have changed since the tap: fetch them and word the call anew.
    Rebuild(CallId, Box<PreparedCall>),
    /// Take it back, or ask how far that has come.
    Cancel(CallId),
}

/// All calls that are under way, and the one whose end is still shown.
#[derive(Debug)]
pub(crate) struct Queue {
    /// In the order of their ids, which is that of the taps.
    calls: Vec<(CallId, QueuedCall)>,
    /// What storage does not know yet.
    unsaved: Vec<CallId>,
    /// Interval until the relay is asked about a call again.
    poll_interval: Millis,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            calls: Vec::new(),
            unsaved: Vec::new(),
            poll_interval: crate::kiosk::calls::queued_call::POLL_INTERVAL_MS,
        }
    }
}

impl Queue {
    /// Takes in a call, before anything else happens to it.
    pub(crate) fn record(&mut self, id: CallId, call: PreparedCall, now: Millis) {
        self.insert(id, QueuedCall::new(call, now));
        self.unsaved.push(id);
    }

    /// Takes in what storage kept over a reload.
    pub(crate) fn restore(&mut self, id: CallId, stored: PersistedCall, now: Millis) {
        self.insert(id, QueuedCall::restore(stored, now));
    }

    /// Whether events tell what becomes of calls; without them the relay is asked more often.
    pub(crate) fn set_events_reliable(&mut self, is_trusted: bool) {
        self.poll_interval = match is_trusted {
            true => crate::kiosk::calls::queued_call::POLL_INTERVAL_MS,
            false => crate::kiosk::calls::queued_call::POLL_INTERVAL_WITHOUT_EVENTS_MS,
        };
        for (_, passage) in &mut self.calls {
            passage.poll_interval = self.poll_interval;
        }
    }

    fn insert(&mut self, id: CallId, mut passage: QueuedCall) {
        passage.poll_interval = self.poll_interval;
        match self.position(id) {
            Ok(place) => self.calls[place].1 = passage,
            Err(place) => self.calls.insert(place, (id, passage)),
        }
    }

    fn position(&self, id: CallId) -> Result<usize, usize> {
        self.calls.binary_search_by(|(known, _)| known.cmp(&id))
    }

    fn get(&self, id: CallId) -> Option<&QueuedCall> {
        self.position(id).ok().map(|place| &self.calls[place].1)
    }

    /// The call itself.
    pub(crate) fn call(&self, id: CallId) -> Option<&PreparedCall> {
        self.get(id).map(QueuedCall::call)
    }

    /// How a call stands, for the visitor.
    pub(crate) fn status(&self, id: CallId, now: Millis) -> Option<LocalCallStatus> {
        self.get(id).map(|passage| passage.status(now))
    }

    /// Recipients that a call has reached, as far as is known.
    pub(crate) fn notified(&self, id: CallId) -> Option<Notified> {
        self.get(id).map(QueuedCall::notified)
    }

    /// True while staff have been called by this call, or may still be: once is enough.
    pub(crate) fn is_calling_staff(&self, id: CallId) -> bool {
        let is_on = |standing| match standing {
            LocalCallStatus::Sending { .. } | LocalCallStatus::Waiting => true,
            LocalCallStatus::Ended(end) => matches!(end, CallOutcome::Notified { .. }),
            LocalCallStatus::Cancelling { .. } => false,
        };
        let call = self.call(id);
        call.is_some_and(|call| call.target == Target::Staff)
            && self.status(id, 0).is_some_and(is_on)
    }

    /// True when the visitor has what they wanted and needs to do nothing more.
    pub(crate) fn has_succeeded(&self, id: CallId) -> bool {
        matches!(self.status(id, 0), Some(LocalCallStatus::Ended(end)) if end.is_success())
    }

    /// The latest call that has not ended.
    pub(crate) fn latest_open(&self) -> Option<CallId> {
        let mut open = self
            .calls
            .iter()
            .rev()
            .filter(|(_, passage)| !passage.has_ended());
        open.next().map(|(id, _)| *id)
    }

    /// How many calls have not ended.
    pub(crate) fn open_count(&self) -> usize {
        let open = self
            .calls
            .iter()
            .filter(|(_, passage)| !passage.has_ended());
        open.count()
    }

    /// What is to be done now; each task is handed out once until its answer is in or overdue.
    pub(crate) fn due_tasks(&mut self, now: Millis) -> Vec<SyncTask> {
        let mut tasks = Vec::new();
        for (id, passage) in &mut self.calls {
            let was_over = passage.has_ended();
            match passage.next_request(now) {
                Some(NextRequest::Submit) => {
                    tasks.push(SyncTask::Submit(*id, passage.call().body.clone()));
                }
                Some(NextRequest::Poll) => tasks.push(SyncTask::Poll(*id)),
                Some(NextRequest::Rebuild) => {
                    tasks.push(SyncTask::Rebuild(*id, Box::new(passage.call().clone())));
                }
                Some(NextRequest::Cancel) => tasks.push(SyncTask::Cancel(*id)),
                None => {}
            }
            if passage.has_ended() != was_over {
                self.unsaved.push(*id);
            }
        }
        tasks
    }

    /// Nothing waits for its turn any more: the network may be back.
    pub(crate) fn make_all_due(&mut self, now: Millis) {
        for (_, passage) in &mut self.calls {
            passage.make_due(now);
        }
    }

    /// The relay's answer to handing over.
    pub(crate) fn on_submit_response(
        &mut self,
        id: CallId,
        answer: &ApiResult<CallStatus>,
        now: Millis,
    ) {
        self.update(id, |passage| passage.on_submit_response(answer, now));
    }

    /// The relay's answer to a look.
    pub(crate) fn on_poll_response(
        &mut self,
        id: CallId,
        answer: &ApiResult<CallStatus>,
        now: Millis,
    ) {
        self.update(id, |passage| passage.on_poll_response(answer, now));
    }

    /// The call worded anew, or `None` when there is no other wording.
    pub(crate) fn on_rebuilt(&mut self, id: CallId, call: Option<PreparedCall>, now: Millis) {
        self.update(id, |passage| passage.on_rebuilt(call, now));
    }

    /// The visitor takes the call back.
    pub(crate) fn cancel(&mut self, id: CallId, now: Millis) {
        self.update(id, |passage| passage.cancel(now));
    }

    /// The relay's answer to that.
    pub(crate) fn on_cancel_response(
        &mut self,
        id: CallId,
        answer: &ApiResult<CallStatus>,
        now: Millis,
    ) {
        self.update(id, |passage| passage.on_cancel_response(answer, now));
    }

    /// An event of the stream.
    pub(crate) fn on_event(&mut self, id: CallId, change: &StateChange, now: Millis) {
        self.update(id, |passage| passage.on_event(change, now));
    }

    fn update(&mut self, id: CallId, act: impl FnOnce(&mut QueuedCall)) {
        if let Ok(place) = self.position(id) {
            act(&mut self.calls[place].1);
            self.unsaved.push(id);
        }
    }

    /// Forgets ended calls, except the one whose end is shown.
    pub(crate) fn remove_ended(&mut self, shown: Option<CallId>) {
        self.calls
            .retain(|(id, passage)| !passage.has_ended() || Some(*id) == shown);
    }

    /// Forgets everything: the tablet is not a tablet any more.
    pub(crate) fn clear(&mut self) {
        self.unsaved.extend(self.calls.iter().map(|(id, _)| *id));
        self.calls.clear();
    }

    /// What storage is to keep since the last time this was asked; `None` means forget.
    pub(crate) fn take_changes(&mut self) -> Vec<(CallId, Option<PersistedCall>)> {
        let changed = std::mem::take(&mut self.unsaved);
        let stored = |id: CallId| self.get(id).and_then(QueuedCall::to_persisted);
        changed.into_iter().map(|id| (id, stored(id))).collect()
    }
}

#[cfg(test)]
mod tests;
