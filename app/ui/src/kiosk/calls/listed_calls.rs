//! Calls of the queue that wait for an answer. After their visitors have left the screen, the menu lists them by
//! reference, without names and words.

use yobirin_api::Millis;
use yobirin_api::call::Answer;
use yobirin_domain::model::id::CallId;

use super::listening::Wait;
use super::queue::Queue;
use super::queued_call::QueuedCall;

/// Maximum number of calls that the menu lists.
const MAX_LISTED_CALLS: usize = 3;

impl Queue {
    /// Applies an event about the answer of a call; `None` when the answer was deleted.
    pub(crate) fn on_answer(
        &mut self,
        id: CallId,
        answer: Option<&Answer>,
        sequence: u64,
        now: Millis,
    ) {
        self.update(id, |call| call.on_answer(answer, sequence, now));
    }

    /// State of the wait for an answer, for the screen of a call; `None` when no answer is awaited.
    pub(crate) fn wait(&self, id: CallId, now: Millis) -> Option<Wait> {
        self.get(id).and_then(|call| call.wait(now))
    }

    /// True while an answer to the call is awaited.
    pub(crate) fn is_listening(&self, id: CallId) -> bool {
        self.get(id).is_some_and(QueuedCall::is_listening)
    }

    /// Calls that the menu lists, the latest first, with true for an answered call. The list is short, so answered
    /// calls are preferred to later ones; calls whose answer was read are left out.
    pub(crate) fn listed_calls(&self) -> Vec<(CallId, bool)> {
        let latest_first = self.calls.iter().rev();
        let unread =
            latest_first.filter(|(_, call)| call.is_listening() && !call.follow_up.is_read);
        let mut listed: Vec<(CallId, bool)> = unread
            .map(|(id, call)| (*id, call.follow_up.answer.is_some()))
            .collect();
        listed.sort_by_key(|(_, is_answered)| !is_answered);
        listed.truncate(MAX_LISTED_CALLS);
        listed.sort_by(|(one, _), (other, _)| other.cmp(one)); // ids are in the order of time
        listed
    }

    /// Marks the answer to a call as read, because the visitor has left it by a press. A call without an answer stays
    /// unread.
    pub(crate) fn mark_read(&mut self, id: CallId) {
        self.update(id, |call| {
            call.follow_up.is_read = call.follow_up.answer.is_some();
        });
    }

    /// Records that the visitors of all calls have left the screen, except the visitor of the call on it.
    pub(crate) fn record_who_left(&mut self, shown: Option<CallId>) {
        for (id, call) in &mut self.calls {
            let has_left = !call.has_ended() && Some(*id) != shown;
            if call.follow_up.visitor_has_left != has_left {
                call.follow_up.visitor_has_left = has_left;
                self.unsaved.push(*id);
            }
        }
    }
}
