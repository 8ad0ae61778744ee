//! Calls that wait for an answer after their visitors have left the screen. The menu lists them by reference, without
//! names and words.

use yobirin_api::Millis;
use yobirin_api::call::Answer;
use yobirin_domain::model::id::CallId;

use super::listening::Wait;
use super::queue::Queue;
use super::queued_call::QueuedCall;

/// Maximum number of calls that the menu lists.
const MAX_LISTED_CALLS: usize = 3;

impl Queue {
    /// An event about the answer of a call; `None` when it was deleted.
    pub(crate) fn on_answer(
        &mut self,
        id: CallId,
        answer: Option<&Answer>,
        sequence: u64,
        now: Millis,
    ) {
        self.update(id, |call| call.on_answer(answer, sequence, now));
    }

    /// What the screen of a call shows while an answer is awaited, or once it has come.
    pub(crate) fn wait(&self, id: CallId, now: Millis) -> Option<Wait> {
        self.get(id).and_then(|call| call.wait(now))
    }

    /// True while an answer to the call is awaited.
    pub(crate) fn is_listening(&self, id: CallId) -> bool {
        self.get(id).is_some_and(QueuedCall::is_listening)
    }

    /// The calls that the menu lists, the latest first, and whether each is answered. Answered ones are preferred; those
    /// whose answer was read are left out.
    pub(crate) fn listed(&self) -> Vec<(CallId, bool)> {
        let calls = self.calls.iter().rev();
        let waiting = calls.filter(|(_, call)| call.is_listening() && !call.follow_up.is_read);
        let mut listed: Vec<(CallId, bool)> = waiting
            .map(|(id, call)| (*id, call.follow_up.answer.is_some()))
            .collect();
        listed.sort_by_key(|(_, is_answered)| !is_answered);
        listed.truncate(MAX_LISTED_CALLS);
        listed.sort_by(|(one, _), (other, _)| other.cmp(one));
        listed
    }

    /// The visitor leaves a call with a touch: an answer on the screen has been read.
    pub(crate) fn mark_read(&mut self, id: CallId) {
        self.update(id, |call| {
            call.follow_up.is_read = call.follow_up.answer.is_some();
        });
    }

    /// Notes which call is shown: only its visitor is at the tablet.
    pub(crate) fn mark_left(&mut self, shown: Option<CallId>) {
        for (id, call) in &mut self.calls {
            let is_left = !call.has_ended() && Some(*id) != shown;
            if call.follow_up.is_left != is_left {
                call.follow_up.is_left = is_left;
                self.unsaved.push(*id);
            }
        }
    }
}
