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
use super::queued_call::{Next, QueuedCall};

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
    pub(crate) fn is_bygone(&self, now: Millis) -> bool {
        !self.cancelled
            && now
                >= self
                    .call
                    .deadline
                    .saturating_add(crate::kiosk::calls::queued_call::GRACE)
    }
}

/// Something to ask of the relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SyncTask {
    /// Hand the call over, with this body.
    HandOver(CallId, String),
    /// Ask how it stands.
    Look(CallId),
    /// The settings have changed since the tap: fetch them and word the call anew.
    Replan(CallId, Box<PreparedCall>),
    /// Take it back, or ask how far that has come.
    Cancel(CallId),
}

/// All calls that are under way, and the one whose end is still shown.
#[derive(Debug)]
pub(crate) struct Queue {
    /// In the order of their ids, which is that of the taps.
    passages: Vec<(CallId, QueuedCall)>,
    /// What storage does not know yet.
    changed: Vec<CallId>,
    /// Interval until the relay is asked about a call again.
    look: Millis,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            passages: Vec::new(),
            changed: Vec::new(),
            look: crate::kiosk::calls::queued_call::LOOK,
        }
    }
}

impl Queue {
    /// Takes in a call, before anything else happens to it.
    pub(crate) fn record(&mut self, id: CallId, call: PreparedCall, now: Millis) {
        self.insert(id, QueuedCall::new(call, now));
        self.changed.push(id);
    }

    /// Takes in what storage kept over a reload.
    pub(crate) fn restore(&mut self, id: CallId, stored: PersistedCall, now: Millis) {
        self.insert(id, QueuedCall::restore(stored, now));
    }

    /// Whether events tell what becomes of calls; without them the relay is asked more often.
    pub(crate) fn trust_events(&mut self, is_trusted: bool) {
        self.look = match is_trusted {
            true => crate::kiosk::calls::queued_call::LOOK,
            false => crate::kiosk::calls::queued_call::LOOK_WITHOUT_EVENTS,
        };
        for (_, passage) in &mut self.passages {
            passage.look = self.look;
        }
    }

    fn insert(&mut self, id: CallId, mut passage: QueuedCall) {
        passage.look = self.look;
        match self.place(id) {
            Ok(place) => self.passages[place].1 = passage,
            Err(place) => self.passages.insert(place, (id, passage)),
        }
    }

    fn place(&self, id: CallId) -> Result<usize, usize> {
        self.passages.binary_search_by(|(known, _)| known.cmp(&id))
    }

    fn get(&self, id: CallId) -> Option<&QueuedCall> {
        self.place(id).ok().map(|place| &self.passages[place].1)
    }

    /// The call itself.
    pub(crate) fn call(&self, id: CallId) -> Option<&PreparedCall> {
        self.get(id).map(QueuedCall::call)
    }

    /// How a call stands, for the visitor.
    pub(crate) fn standing(&self, id: CallId, now: Millis) -> Option<LocalCallStatus> {
        self.get(id).map(|passage| passage.standing(now))
    }

    /// Recipients that a call has reached, as far as is known.
    pub(crate) fn told(&self, id: CallId) -> Option<Notified> {
        self.get(id).map(QueuedCall::told)
    }

    /// True while staff have been called by this call, or may still be: once is enough.
    pub(crate) fn is_ringing_staff(&self, id: CallId) -> bool {
        let is_on = |standing| match standing {
            LocalCallStatus::Sending { .. } | LocalCallStatus::Waiting => true,
            LocalCallStatus::Over(end) => matches!(end, CallOutcome::Notified { .. }),
            LocalCallStatus::Cancelling { .. } => false,
        };
        let call = self.call(id);
        call.is_some_and(|call| call.target == Target::Staff)
            && self.standing(id, 0).is_some_and(is_on)
    }

    /// True when the visitor has what they wanted and needs to do nothing more.
    pub(crate) fn is_done(&self, id: CallId) -> bool {
        matches!(self.standing(id, 0), Some(LocalCallStatus::Over(end)) if end.is_good())
    }

    /// The latest call that has not ended.
    pub(crate) fn latest(&self) -> Option<CallId> {
        let mut open = self
            .passages
            .iter()
            .rev()
            .filter(|(_, passage)| !passage.is_over());
        open.next().map(|(id, _)| *id)
    }

    /// How many calls have not ended.
    pub(crate) fn open(&self) -> usize {
        let open = self
            .passages
            .iter()
            .filter(|(_, passage)| !passage.is_over());
        open.count()
    }

    /// What is to be done now; each task is handed out once until its answer is in or overdue.
    pub(crate) fn due_tasks(&mut self, now: Millis) -> Vec<SyncTask> {
        let mut tasks = Vec::new();
        for (id, passage) in &mut self.passages {
            let was_over = passage.is_over();
            match passage.next(now) {
                Some(Next::HandOver) => {
                    tasks.push(SyncTask::HandOver(*id, passage.call().body.clone()));
                }
                Some(Next::Look) => tasks.push(SyncTask::Look(*id)),
                Some(Next::Replan) => {
                    tasks.push(SyncTask::Replan(*id, Box::new(passage.call().clone())));
                }
                Some(Next::Cancel) => tasks.push(SyncTask::Cancel(*id)),
                None => {}
            }
            if passage.is_over() != was_over {
                self.changed.push(*id);
            }
        }
        tasks
    }

    /// Nothing waits for its turn any more: the network may be back.
    pub(crate) fn hurry(&mut self, now: Millis) {
        for (_, passage) in &mut self.passages {
            passage.hurry(now);
        }
    }

    /// The relay's answer to handing over.
    pub(crate) fn handed(&mut self, id: CallId, answer: &ApiResult<CallStatus>, now: Millis) {
        self.update(id, |passage| passage.handed(answer, now));
    }

    /// The relay's answer to a look.
    pub(crate) fn looked(&mut self, id: CallId, answer: &ApiResult<CallStatus>, now: Millis) {
        self.update(id, |passage| passage.looked(answer, now));
    }

    /// The call worded anew, or `None` when there is no other wording.
    pub(crate) fn replanned(&mut self, id: CallId, call: Option<PreparedCall>, now: Millis) {
        self.update(id, |passage| passage.replanned(call, now));
    }

    /// The visitor takes the call back.
    pub(crate) fn cancel(&mut self, id: CallId, now: Millis) {
        self.update(id, |passage| passage.cancel(now));
    }

    /// The relay's answer to that.
    pub(crate) fn cancelled(&mut self, id: CallId, answer: &ApiResult<CallStatus>, now: Millis) {
        self.update(id, |passage| passage.cancelled(answer, now));
    }

    /// An event of the stream.
    pub(crate) fn heard(&mut self, id: CallId, change: &StateChange, now: Millis) {
        self.update(id, |passage| passage.heard(change, now));
    }

    fn update(&mut self, id: CallId, act: impl FnOnce(&mut QueuedCall)) {
        if let Ok(place) = self.place(id) {
            act(&mut self.passages[place].1);
            self.changed.push(id);
        }
    }

    /// Forgets ended calls, except the one whose end is shown.
    pub(crate) fn sweep(&mut self, shown: Option<CallId>) {
        self.passages
            .retain(|(id, passage)| !passage.is_over() || Some(*id) == shown);
    }

    /// Forgets everything: the tablet is not a tablet any more.
    pub(crate) fn clear(&mut self) {
        self.changed.extend(self.passages.iter().map(|(id, _)| *id));
        self.passages.clear();
    }

    /// What storage is to keep since the last time this was asked; `None` means forget.
    pub(crate) fn take_changes(&mut self) -> Vec<(CallId, Option<PersistedCall>)> {
        let changed = std::mem::take(&mut self.changed);
        let stored = |id: CallId| self.get(id).and_then(QueuedCall::stored);
        changed.into_iter().map(|id| (id, stored(id))).collect()
    }
}

#[cfg(test)]
mod tests;
