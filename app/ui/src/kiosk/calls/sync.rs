//! Carries calls from the tablet's queue to the relay and back, and keeps the queue in the browser's
//! storage. What to do when is the queue's to say; this only does it.

use crate::browser::task::spawn;
use yobirin_api::call::CallStatus;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::model::delivery::StateChange;
use yobirin_domain::model::id::CallId;

use super::build_call::{self, Moment, Order};
use super::queue::{Errand, Queue, Sealed, Stored};
use crate::api::client::{self, Answered, ClientError};
use crate::browser::{clock, random, storage};
use crate::kiosk::session::boot;
use crate::kiosk::state::Desk;

/// Storage keys of queued calls start like this, the call's id follows.
const KEY: &str = "yobirin.call.";

fn key(id: CallId) -> String {
    format!("{KEY}{id}")
}

/// Makes a call of an order: recorded first, then shown, then sent.
pub(crate) fn call(desk: Desk, order: Order) {
    let (id, now) = (random::call(), clock::now());
    let Some(call) = worded(desk, order, id, now) else {
        return desk.reset(); // the button is gone: the menu of today says what there is instead
    };
    desk.queue.update(|queue| queue.record(id, call, now));
    keep(desk);
    desk.flow.update(|flow| flow.calling(id));
    run(desk);
}

/// Calls once more, as a new call.
pub(crate) fn call_again(desk: Desk, id: CallId) {
    let Some(office) = desk.latest_office() else {
        return;
    };
    let own = office.own_language();
    let order = desk
        .queue
        .with_untracked(|queue| queue.call(id).map(|call| build_call::again(call, own)));
    if let Some(order) = order {
        call(desk, order);
    }
}

/// Takes a call back: nothing more is handed over from here, and the relay is asked to do the rest.
pub(crate) fn cancel(desk: Desk, id: CallId) {
    let now = clock::now();
    desk.queue.update(|queue| queue.cancel(id, now));
    keep(desk);
    run(desk);
}

fn worded(desk: Desk, order: Order, id: CallId, tapped: Millis) -> Option<Sealed> {
    let office = desk.latest_office()?;
    let zone = &office.settings().site().time_zone;
    let moment = Moment {
        tapped,
        time: clock::time_of_day(tapped, zone),
        today: clock::today(zone),
    };
    build_call::call(&office, order, id, &moment)
}

/// Brings back the calls that a reload interrupted, and the screen of the latest one. Bygone ones are
/// forgotten: whoever made them has left, and somebody else would be asked to call again.
pub(crate) fn restore(desk: Desk) {
    let now = clock::now();
    for key in storage::keys(KEY) {
        let id = key.strip_prefix(KEY).and_then(|id| id.parse().ok());
        match (id, storage::get::<Stored>(&key)) {
            (Some(id), Some(stored)) if !stored.is_bygone(now) => {
                desk.queue.update(|queue| queue.restore(id, stored, now));
            }
            _ => storage::remove(&key),
        }
    }
    if let Some(id) = desk.queue.with_untracked(Queue::latest) {
        desk.flow.update(|flow| flow.calling(id));
    }
    run(desk);
}

/// Does what is due.
pub(crate) fn run(desk: Desk) {
    if desk.queue.with_untracked(Queue::open) == 0 {
        return;
    }
    let now = clock::now();
    let errands = desk.queue.update(|queue| queue.errands(now));
    keep(desk);
    for errand in errands {
        spawn(carry(desk, errand));
    }
}

/// Does everything now: the network may be back.
pub(crate) fn hurry(desk: Desk) {
    let now = clock::now();
    desk.queue.update_untracked(|queue| queue.hurry(now));
    run(desk);
}

/// An event of one of this tablet's calls.
pub(crate) fn heard(desk: Desk, id: CallId, change: &StateChange) {
    let now = clock::now();
    desk.queue.update(|queue| queue.heard(id, change, now));
    keep(desk);
}

/// Forgets all calls, here and in storage.
pub(crate) fn forget_all(desk: Desk) {
    desk.queue.update(Queue::clear);
    keep(desk);
}

async fn carry(desk: Desk, errand: Errand) {
    let refusal = match errand {
        Errand::HandOver(id, body) => {
            let answer = client::put_call(id, body).await;
            let now = note(desk, &answer);
            desk.queue.update(|queue| queue.handed(id, &answer, now));
            answer.err()
        }
        Errand::Look(id) => {
            let answer = client::call(id).await;
            let now = note(desk, &answer);
            desk.queue.update(|queue| queue.looked(id, &answer, now));
            answer.err()
        }
        Errand::Cancel(id) => {
            let answer = client::cancel_call(id).await;
            let now = note(desk, &answer);
            desk.queue.update(|queue| queue.cancelled(id, &answer, now));
            answer.err()
        }
        Errand::Replan(id, call) => replan(desk, id, &call).await,
    };
    keep(desk);
    if refusal.and_then(|error| error.code()) == Some(ErrorCode::NotSignedIn) {
        boot::unpaired(desk, None);
    } else {
        run(desk);
    }
}

/// Notes that the relay answered, and how far its events can be trusted by then; returns the time.
fn note(desk: Desk, answer: &Answered<CallStatus>) -> Millis {
    let now = clock::now();
    if answer.is_ok() {
        desk.relay_answered();
    }
    let is_trusted = desk.stream_trouble().is_none();
    desk.queue
        .update_untracked(|queue| queue.trust_events(is_trusted));
    now
}

async fn replan(desk: Desk, id: CallId, call: &Sealed) -> Option<ClientError> {
    if let Err(error) = boot::refresh(desk).await
        && error.is_temporary()
    {
        return Some(error); // the errand comes again
    }
    let own = desk.latest_office()?.own_language();
    let anew = worded(desk, build_call::again(call, own), id, call.tapped);
    let now = clock::now();
    desk.queue.update(|queue| queue.replanned(id, anew, now));
    None
}

/// Storage that is blocked or full is survived: the queue in memory is the one that counts.
fn keep(desk: Desk) {
    let changes = desk.queue.update_untracked(Queue::take_changes);
    for (id, stored) in changes {
        match stored {
            Some(stored) => {
                let _ = storage::set(&key(id), &stored);
            }
            None => storage::remove(&key(id)),
        }
    }
}
