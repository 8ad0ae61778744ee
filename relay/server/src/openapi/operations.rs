//! Every operation of the relay: path, handler, callers and description. The router and the OpenAPI document
//! are made from this list.

mod admin;

use utoipa::openapi::HttpMethod::{Delete, Get, Patch, Post, Put};
use yobirin_api::ErrorCode::{
    BadDeadline, BadPairingCode, Busy, CallDiffers, CodeNeeded, DestinationNotAllowed,
    FirstRunOver, GuessablePassword, InvalidSettings, Malformed, NotFound, NotJson,
    SettingsChanged, TooLarge, TooManyTries, TooSlow, WeakPassword, WrongCode, WrongSecret,
    WrongSignature,
};
use yobirin_api::call::{Call, CallStatus};
use yobirin_api::device::{Heartbeat, Pair, Paired, PairingRequest};
use yobirin_api::personal::Me;
use yobirin_api::session::{FirstRun, Login, Session};
use yobirin_api::webhook::WEBHOOK_PATH;
use yobirin_domain::caller_limits::{CALL_BYTES, WEBHOOK_BYTES};
use yobirin_domain::model::id::CallId;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::self_edit::SelfEdit;

use super::operation::{ADMIN, DEVICE, HOST, METRICS, Operation, operation};
use crate::routes::{
    calls, devices, events, health, me, metrics, pair, pairing_requests, session, settings, webhook,
};

/// Returns every operation.
pub(crate) fn operations() -> Vec<Operation> {
    [anyone, admin::operations, tablets, hosts, monitoring]
        .into_iter()
        .flat_map(|group| group())
        .collect()
}

fn anyone() -> Vec<Operation> {
    vec![
        operation(Get, "/api/session", session::show)
            .summary("Permissions of this browser's cookies")
            .responds::<Session>(200),
        operation(Post, "/api/first-run", session::first_run)
            .summary("Set the first password")
            .event("password_set")
            .json_body::<FirstRun>()
            .responds::<Session>(200)
            .errors(&[FirstRunOver, WrongSecret, WeakPassword, GuessablePassword])
            .errors(&[TooManyTries, Busy]),
        operation(Post, "/api/login", session::login)
            .summary("Sign in")
            .event("signed_in")
            .json_body::<Login>()
            .responds::<Session>(200)
            .errors(&[WrongSecret, CodeNeeded, WrongCode, TooManyTries, Busy]),
        operation(Post, "/api/logout", session::logout)
            .summary("Sign out")
            .event("signed_out")
            .responds_empty(204),
        operation(Post, "/api/me/close", me::close)
            .summary("End the host session of this browser")
            .event("own_page_closed")
            .responds_empty(204),
        operation(Post, "/api/pair", pair::pair)
            .summary("Pair this browser as a tablet")
            .event("paired")
            .json_body::<Pair>()
            .responds::<Paired>(200)
            .errors(&[BadPairingCode, TooManyTries]),
        operation(Post, "/api/pairing-requests", pairing_requests::submit)
            .summary("Ask an admin to approve this tablet. Repeat the request to learn the result")
            .responds::<PairingRequest>(200)
            .errors(&[TooManyTries]),
        operation(Get, "/api/openapi.json", super::show)
            .summary("This document")
            .responds_text(200, "application/json"),
        operation(Post, WEBHOOK_PATH, webhook::receive)
            .summary(
                "Receive an event of Chatwork's webhook. Without a signature it is refused unread",
            )
            .header::<String>("X-ChatWorkWebhookSignature")
            .body_up_to(WEBHOOK_BYTES)
            .responds_empty(200)
            .errors(&[WrongSignature, NotJson, TooLarge, TooSlow, TooManyTries]),
    ]
}

fn tablets() -> Vec<Operation> {
    vec![
        operation(Get, "/api/settings", settings::show)
            .summary(
                "Settings, with their ETag. The response header `yobirin-device` has the id of the \
                 tablet's device. With `edit=true` a tablet, too, gets the settings as saved",
            )
            .only_for(&[ADMIN, DEVICE])
            .query::<bool>("edit")
            .header::<String>("If-None-Match")
            .responds::<SettingsDocument>(200)
            .responds_empty(304),
        operation(Put, "/api/calls/{id}", calls::accept)
            .summary("Submit a call")
            .only_for(&[DEVICE])
            .path_parameter::<CallId>("id")
            .header::<u64>("X-Tablet-Time")
            .json_body::<Call>()
            .body_up_to(CALL_BYTES)
            .responds::<CallStatus>(202)
            .errors(&[CallDiffers, DestinationNotAllowed])
            .errors(&[BadDeadline, TooManyTries]),
        operation(Get, "/api/calls/{id}", calls::status)
            .summary("State of a call of this tablet")
            .only_for(&[DEVICE])
            .path_parameter::<CallId>("id")
            .responds::<CallStatus>(200)
            .errors(&[NotFound]),
        operation(Delete, "/api/calls/{id}", calls::cancel)
            .summary("Cancel a call, and retract what was delivered")
            .only_for(&[DEVICE])
            .path_parameter::<CallId>("id")
            .responds::<CallStatus>(202)
            .errors(&[NotFound, TooManyTries]),
        operation(Get, "/api/events", events::stream)
            .summary("Server-sent events that hold an `Event` each")
            .only_for(&[DEVICE])
            .query::<u64>("after")
            .header::<String>("Last-Event-ID")
            .responds_text(200, "text/event-stream")
            .errors(&[Malformed]),
        operation(Post, "/api/heartbeat", devices::heartbeat)
            .summary("Report a tablet's own state")
            .only_for(&[DEVICE])
            .json_body::<Heartbeat>()
            .responds_empty(204),
    ]
}

fn hosts() -> Vec<Operation> {
    vec![
        operation(Get, "/api/me", me::show)
            .summary("A host's own page")
            .only_for(&[HOST])
            .responds::<Me>(200),
        operation(Patch, "/api/me", me::change)
            .summary("Change a host's own page")
            .event("own_page_saved")
            .only_for(&[HOST])
            .json_body::<SelfEdit>()
            .responds::<Me>(200)
            .errors(&[NotFound, InvalidSettings, SettingsChanged, TooManyTries]),
    ]
}

fn monitoring() -> Vec<Operation> {
    let text = "text/plain";
    vec![
        operation(Get, "/healthz", health::healthz)
            .summary("The process runs")
            .responds_text(200, text),
        operation(Get, "/readyz", health::readyz)
            .summary("The relay can accept calls")
            .responds_text(200, text)
            .responds_text(503, text)
            .responds_text(507, text),
        operation(Get, "/metrics", metrics::show)
            .summary("Metrics for Prometheus. Other machines need the configured token")
            .only_for(&[METRICS])
            .responds_text(200, text),
    ]
}
