//! Carries calls from the tablet's queue to the relay and back, and keeps the queue in the browser's
//! storage. What to do when is the queue's to say; this only does it.

use crate::browser::task::spawn;
use yobirin_api::call::CallStatus;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::model::delivery::StateChange;
use yobirin_domain::model::id::CallId;

use super::build_call::{self, CallRequest, CallTime};
use super::queue::{PersistedCall, PreparedCall, Queue, SyncTask};
use crate::api::client;
use crate::api::response::{ApiResult, ClientError};
use crate::browser::{clock, random, storage};
use crate::kiosk::session::boot;
use crate::kiosk::state::KioskState;

/// Storage keys of queued calls start like this, the call's id follows.
const KEY_PREFIX: &str = "yobirin.call.";

fn key(id: CallId) -> String {
    format!("{KEY_PREFIX}{id}")
}

/// Makes a call of an order: recorded first, then shown, then sent.
pub(crate) fn call(kiosk: KioskState, order: CallRequest) {
    let (id, now) = (random::call_id(), clock::now());
    let Some(call) = build(kiosk, order, id, now) else {
        return kiosk.reset(); // the button is gone: the menu of today says what there is instead
    };
    kiosk.queue.update(|queue| queue.record(id, call, now));
    persist(kiosk);
    kiosk
        .navigation
        .update(|navigation| navigation.show_call(id));
    run(kiosk);
}

/// Calls once more, as a new call.
pub(crate) fn call_again(kiosk: KioskState, id: CallId) {
    let Some(office) = kiosk.latest_settings() else {
        return;
    };
    let own = office.own_language();
    let order = kiosk.queue.with_untracked(|queue| {
        queue
            .call(id)
            .map(|call| build_call::repeat_request(call, own))
    });
    if let Some(order) = order {
        call(kiosk, order);
    }
}

/// Takes a call back: nothing more is handed over from here, and the relay is asked to do the rest.
pub(crate) fn cancel(kiosk: KioskState, id: CallId) {
    let now = clock::now();
    kiosk.queue.update(|queue| queue.cancel(id, now));
    persist(kiosk);
    run(kiosk);
}

fn build(
    kiosk: KioskState,
    order: CallRequest,
    id: CallId,
    tapped: Millis,
) -> Option<PreparedCall> {
    let office = kiosk.latest_settings()?;
    let zone = &office.document().site().time_zone;
    let moment = CallTime {
        tapped,
        time: clock::time_of_day(tapped, zone),
        today: clock::today(zone),
    };
    build_call::build_call(&office, order, id, &moment)
}

/// Brings back the calls that a reload interrupted, and the screen of the latest one. Bygone ones are
/// forgotten: whoever made them has left, and somebody else would be asked to call again.
pub(crate) fn restore(kiosk: KioskState) {
    let now = clock::now();
    for key in storage::keys(KEY_PREFIX) {
        let id = key.strip_prefix(KEY_PREFIX).and_then(|id| id.parse().ok());
        match (id, storage::get::<PersistedCall>(&key)) {
            (Some(id), Some(stored)) if !stored.is_expired(now) => {
                kiosk.queue.update(|queue| queue.restore(id, stored, now));
            }
            _ => storage::remove(&key),
        }
    }
    if let Some(id) = kiosk.queue.with_untracked(Queue::latest_open) {
        kiosk
            .navigation
            .update(|navigation| navigation.show_call(id));
    }
    run(kiosk);
}

/// Does what is due.
pub(crate) fn run(kiosk: KioskState) {
    if kiosk.queue.with_untracked(Queue::open_count) == 0 {
        return;
    }
    let now = clock::now();
    let tasks = kiosk.queue.update(|queue| queue.due_tasks(now));
    persist(kiosk);
    for task in tasks {
        spawn(perform(kiosk, task));
    }
}

/// Does everything now: the network may be back.
pub(crate) fn flush_now(kiosk: KioskState) {
    let now = clock::now();
    kiosk
        .queue
        .update_untracked(|queue| queue.make_all_due(now));
    run(kiosk);
}

/// An event of one of this tablet's calls.
pub(crate) fn on_delivery_event(kiosk: KioskState, id: CallId, change: &StateChange) {
    let now = clock::now();
    kiosk.queue.update(|queue| queue.on_event(id, change, now));
    persist(kiosk);
}

/// Forgets all calls, here and in storage.
pub(crate) fn forget_all(kiosk: KioskState) {
    kiosk.queue.update(Queue::clear);
    persist(kiosk);
}

async fn perform(kiosk: KioskState, task: SyncTask) {
    let refusal = match task {
        SyncTask::Submit(id, body) => {
            let answer = client::put_call(id, body).await;
            let now = record_response(kiosk, &answer);
            kiosk
                .queue
                .update(|queue| queue.on_submit_response(id, &answer, now));
            answer.err()
        }
        SyncTask::Poll(id) => {
            let answer = client::call(id).await;
            let now = record_response(kiosk, &answer);
            kiosk
                .queue
                .update(|queue| queue.on_poll_response(id, &answer, now));
            answer.err()
        }
        SyncTask::Cancel(id) => {
            let answer = client::cancel_call(id).await;
            let now = record_response(kiosk, &answer);
            kiosk
                .queue
                .update(|queue| queue.on_cancel_response(id, &answer, now));
            answer.err()
        }
        SyncTask::Rebuild(id, call) => rebuild(kiosk, id, &call).await,
    };
    persist(kiosk);
    if refusal.and_then(|error| error.code()) == Some(ErrorCode::NotSignedIn) {
        boot::on_unpaired(kiosk, None);
    } else {
        run(kiosk);
    }
}

/// Notes that the relay answered, and how far its events can be trusted by then; returns the time.
fn record_response(kiosk: KioskState, answer: &ApiResult<CallStatus>) -> Millis {
    let now = clock::now();
    if answer.is_ok() {
        kiosk.on_relay_response();
    }
    let is_trusted = kiosk.stream_trouble().is_none();
    kiosk
        .queue
        .update_untracked(|queue| queue.set_events_reliable(is_trusted));
    now
}

async fn rebuild(kiosk: KioskState, id: CallId, call: &PreparedCall) -> Option<ClientError> {
    if let Err(error) = boot::refresh(kiosk).await
        && error.is_temporary()
    {
        return Some(error); // the task comes again
    }
    let own = kiosk.latest_settings()?.own_language();
    let anew = build(
        kiosk,
        build_call::repeat_request(call, own),
        id,
        call.tapped,
    );
    let now = clock::now();
    kiosk.queue.update(|queue| queue.on_rebuilt(id, anew, now));
    None
}

/// Storage that is blocked or full is survived: the queue in memory is the one that counts.
fn persist(kiosk: KioskState) {
    let changes = kiosk.queue.update_untracked(Queue::take_changes);
    for (id, stored) in changes {
        match stored {
            Some(stored) => {
                let _ = storage::set(&key(id), &stored);
            }
            None => storage::remove(&key(id)),
        }
    }
}
