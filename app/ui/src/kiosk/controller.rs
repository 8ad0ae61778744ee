//! Performs the visitor's actions. A call is built, recorded, shown and then sent, in this order, so that it survives
//! a reload.

use leptos::prelude::{GetUntracked, untrack};
use yobirin_domain::model::id::CallId;

use super::calls::build_call::CallRequest;
use super::calls::{call_store, sync};
use super::navigation::Intent;
use super::state::KioskState;
use crate::browser::{clock, random};

/// Performs an intent of the visitor, with the call that it asks for.
pub(super) fn perform(kiosk: KioskState, intent: Intent) {
    match kiosk.apply_intent(intent) {
        Some(request) => {
            place_call(kiosk, request);
        }
        // A reload must not show a call that its visitor has left.
        None => call_store::save_changes(kiosk),
    }
}

/// Calls staff, unless the screen shows a call to them.
pub(super) fn call_staff(kiosk: KioskState) {
    if !untrack(|| kiosk.is_calling_staff()) {
        perform(kiosk, Intent::CallStaff);
    }
}

/// Repeats a call as a new one, during opening hours. A call that waits for an answer is cancelled, so that one
/// escalation runs and hosts know which call to answer; it stays open when the new one cannot be placed.
pub(super) fn call_again(kiosk: KioskState, id: CallId) {
    if kiosk.is_closed.get_untracked() {
        return;
    }
    let Some(request) = kiosk.request_of_call(id) else {
        return;
    };
    let is_listening = kiosk.queue.with_untracked(|queue| queue.is_listening(id));
    if place_call(kiosk, request) && is_listening {
        cancel_call(kiosk, id);
    }
}

/// Cancels a call: the tablet stops sending it, and asks the relay to withdraw or retract it.
pub(super) fn cancel_call(kiosk: KioskState, id: CallId) {
    let now = clock::now();
    kiosk.queue.update(|queue| queue.cancel(id, now));
    call_store::save_changes(kiosk);
    sync::run(kiosk);
}

/// Shows a call that waits for an answer, to a visitor who knows its reference.
pub(super) fn open_call(kiosk: KioskState, id: CallId) {
    kiosk.reopen_call(id);
    kiosk.after_navigation();
    call_store::save_changes(kiosk);
}

/// Places a call. False when the tablet was unpaired meanwhile.
fn place_call(kiosk: KioskState, request: CallRequest) -> bool {
    let id = random::call_id();
    let now = clock::now();
    let Some(call) = sync::build(kiosk, request, id, now) else {
        kiosk.reset(); // no settings: the tablet was unpaired
        return false;
    };
    kiosk.record_call(id, call, now);
    call_store::save_changes(kiosk);
    sync::run(kiosk);
    true
}
