//! Calls of the queue that wait for an answer. After their visitors have left the screen, the menu lists them by
//! reference, without names and words.

use yobirin_api::Millis;
use yobirin_api::call::ShownAnswer;
use yobirin_domain::model::id::CallId;

use super::listening::Wait;
use super::queue::Queue;
use super::queued_call::QueuedCall;

/// Maximum number of calls in the menu's strip; a button beside them shows all.
const MAX_STRIP_CALLS: usize = 3;

/// A listed call, with true for an answered one.
pub(crate) type ListedCall = (CallId, bool);

/// The calls of the menu's strip, in the order of the list. The strip is short, so answered calls are preferred to
/// later ones.
pub(crate) fn strip_calls(listed: &[ListedCall]) -> Vec<ListedCall> {
    let answered = listed.iter().filter(|(_, is_answered)| *is_answered);
    let mut answered_places = MAX_STRIP_CALLS;
    let mut waiting_places = MAX_STRIP_CALLS.saturating_sub(answered.count());
    let has_place = |(_, is_answered): &&ListedCall| {
        let places = match is_answered {
            true => &mut answered_places,
            false => &mut waiting_places,
        };
        let has_place = *places > 0;
        *places = places.saturating_sub(1);
        has_place
    };
    listed.iter().filter(has_place).copied().collect()
}

impl Queue {
    /// Applies an event about the answer of a call; `None` when the answer was deleted.
    pub(crate) fn on_answer(
        &mut self,
        id: CallId,
        answer: Option<&ShownAnswer>,
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

    /// Calls that wait for their visitors, the latest first. Calls whose answer was read are left out.
    pub(crate) fn listed_calls(&self) -> Vec<ListedCall> {
        let latest_first = self.calls.iter().rev();
        let unread =
            latest_first.filter(|(_, call)| call.is_listening() && !call.follow_up.is_read);
        unread
            .map(|(id, call)| (*id, call.follow_up.answer.is_some()))
            .collect()
    }

    /// Records that the visitors of all calls have left the screen, except the visitor of the call on it. An answer counts
    /// as read when its screen is left, by a press or because the tablet goes back to its menu.
    pub(crate) fn record_who_left(&mut self, shown: Option<CallId>) {
        for (id, call) in &mut self.calls {
            let has_left = !call.has_ended() && Some(*id) != shown;
            let follow_up = &mut call.follow_up;
            if follow_up.visitor_has_left != has_left {
                follow_up.visitor_has_left = has_left;
                follow_up.is_read = has_left && follow_up.answer.is_some();
                self.unsaved.push(*id);
            }
        }
    }
}
