//! Performs the requests to the relay that the queue has due, and persists the queue's changes.

use yobirin_api::call::{CallStatus, ShownAnswer};
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::model::delivery::StateChange;
use yobirin_domain::model::id::CallId;

use super::build_call::{self, CallRequest, CallTime};
use super::call_store;
use super::prepared_call::PreparedCall;
use super::queue::{Queue, SyncTask};
use crate::api::client;
use crate::api::response::{ApiResult, ClientError};
use crate::browser::clock;
use crate::browser::task::spawn;
use crate::kiosk::session::settings_sync;
use crate::kiosk::state::KioskState;

/// Builds the call of a request with the latest settings. `None` when its button is not in them any more.
pub(crate) fn build(
    kiosk: KioskState,
    request: CallRequest,
    id: CallId,
    tapped_at: Millis,
) -> Option<PreparedCall> {
    let settings = kiosk.latest_settings()?;
    let zone = &settings.site().time_zone;
    let tap = CallTime {
        tapped_at,
        time: clock::time_of_day(tapped_at, zone),
        today: clock::today(zone),
    };
    build_call::build_call(&settings, request, id, &tap)
}

/// Performs the requests that are due.
pub(crate) fn run(kiosk: KioskState) {
    if !kiosk.queue.with_untracked(Queue::has_work) {
        return;
    }
    let now = clock::now();
    let tasks = kiosk.queue.update(|queue| queue.due_tasks(now));
    call_store::save_changes(kiosk);
    for task in tasks {
        spawn(perform(kiosk, task));
    }
}

/// Performs all requests now, even those whose retry is not due yet: the network may be back.
pub(crate) fn flush_now(kiosk: KioskState) {
    let now = clock::now();
    kiosk
        .queue
        .update_untracked(|queue| queue.make_all_due(now));
    run(kiosk);
}

/// Applies an event about a delivery of one of this tablet's calls.
pub(crate) fn on_delivery_event(kiosk: KioskState, id: CallId, change: &StateChange) {
    let now = clock::now();
    kiosk.queue.update(|queue| queue.on_event(id, change, now));
    call_store::save_changes(kiosk);
}

/// Applies an event about the answer of one of this tablet's calls; `None` when it was deleted.
pub(crate) fn on_answer_event(
    kiosk: KioskState,
    id: CallId,
    answer: Option<&ShownAnswer>,
    sequence: u64,
) {
    let now = clock::now();
    kiosk
        .queue
        .update(|queue| queue.on_answer(id, answer, sequence, now));
    call_store::save_changes(kiosk);
    run(kiosk);
}

async fn perform(kiosk: KioskState, task: SyncTask) {
    let error = match task {
        SyncTask::Submit(id, body) => {
            let response = client::put_call(id, body).await;
            let now = record_response(kiosk, &response);
            kiosk
                .queue
                .update(|queue| queue.on_submit_response(id, &response, now));
            response.err()
        }
        SyncTask::Poll(id) => {
            let response = client::call_status(id).await;
            let now = record_response(kiosk, &response);
            kiosk
                .queue
                .update(|queue| queue.on_poll_response(id, &response, now));
            response.err()
        }
        SyncTask::Cancel(id) => {
            let response = client::cancel_call(id).await;
            let now = record_response(kiosk, &response);
            kiosk
                .queue
                .update(|queue| queue.on_cancel_response(id, &response, now));
            response.err()
        }
        SyncTask::Recompose(id, call) => recompose(kiosk, id, &call).await,
    };
    call_store::save_changes(kiosk);
    if error.and_then(|error| error.code()) == Some(ErrorCode::NotSignedIn) {
        settings_sync::on_unpaired(kiosk, None);
    } else {
        run(kiosk);
    }
}

/// Sets in the queue whether the event stream is reliable; while it is not, the queue polls its calls more often.
pub(crate) fn update_stream_reliability(kiosk: KioskState) {
    let is_reliable = kiosk.is_stream_reliable();
    kiosk
        .queue
        .update_untracked(|queue| queue.set_events_reliable(is_reliable));
}

/// Records that the relay was reached, after a success, and whether its events are reliable. Returns the present time.
fn record_response(kiosk: KioskState, response: &ApiResult<CallStatus>) -> Millis {
    let now = clock::now();
    if response.is_ok() {
        kiosk.on_relay_response();
    }
    update_stream_reliability(kiosk);
    now
}

/// Composes a call again with fresh settings. Returns the error of fetching them.
async fn recompose(kiosk: KioskState, id: CallId, call: &PreparedCall) -> Option<ClientError> {
    if let Err(error) = settings_sync::refresh(kiosk).await
        && error.is_temporary()
    {
        return Some(error); // the queue repeats the task
    }
    let office_language = kiosk.latest_settings()?.office_language();
    let request = build_call::request_of(call, office_language);
    let recomposed = build(kiosk, request, id, call.tapped_at);
    let now = clock::now();
    kiosk
        .queue
        .update(|queue| queue.on_recomposed(id, recomposed, now));
    None
}
