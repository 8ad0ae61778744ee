//! Routing table, grouped by callers, with the layers around every route.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Response, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{any, get};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use yobirin_api::ErrorCode;
use yobirin_domain::caller_limits::CALL_BYTES;

use super::{host_check, request_log, security_headers};
use crate::error::ApiError;
use crate::http::static_files;
use crate::routes::{
    account, calls, chatwork, devices, events, health, history, host_links, me, messages, metrics,
    openapi, pair, session, settings, totp, versions,
};
use crate::state::AppState;

pub use super::route_table::Route;
use super::route_table::RouteTable;

/// Default limit of a body.
const MAX_BODY_BYTES: usize = 16 * 1024;
/// Limit of a settings document.
const MAX_SETTINGS_BYTES: usize = 4 * 1024 * 1024;

/// Returns every route, without the app's files.
#[must_use]
pub fn routes() -> Vec<Route> {
    table().routes
}

fn table() -> RouteTable {
    let anyone = |table: RouteTable| {
        table
            .get("/api/session", session::show)
            .post("/api/first-run", session::first_run)
            .post("/api/login", session::login)
            .post("/api/logout", session::logout)
            .post("/api/me/close", me::close)
            .post("/api/pair", pair::pair)
            .get("/api/openapi.json", openapi::show)
    };
    let admin = |table: RouteTable| {
        table
            .get("/api/chatwork", chatwork::show)
            .put("/api/chatwork", chatwork::connect)
            .delete("/api/chatwork", chatwork::disconnect)
            .get("/api/chatwork/rooms", chatwork::rooms)
            .post("/api/chatwork/rooms", chatwork::make_room)
            .get("/api/chatwork/rooms/{id}/members", chatwork::members)
            .get("/api/chatwork/contacts", chatwork::contacts)
            .get("/api/chatwork/contact-requests", chatwork::contact_requests)
            .post(
                "/api/chatwork/contact-requests/{id}",
                chatwork::accept_contact,
            )
            .get("/api/chatwork/traffic", chatwork::traffic)
            .post("/api/test-message", messages::test)
            .get("/api/messages/{id}", messages::show)
            .get("/api/devices", devices::list)
            .post("/api/devices/{id}/pairing-code", devices::pairing_code)
            .delete("/api/devices/{id}/pairing", devices::revoke)
            .post("/api/devices/{id}/reload", devices::reload)
            .put_up_to(MAX_SETTINGS_BYTES, "/api/settings", settings::save)
            .get("/api/settings/versions", versions::list)
            .get("/api/settings/versions/{number}", versions::show)
            .get("/api/calls", history::page)
            .get("/api/hosts/links", host_links::list)
            .post("/api/hosts/{id}/link", host_links::make)
            .delete("/api/hosts/{id}/link", host_links::revoke)
            .post("/api/hosts/{id}/link/message", host_links::send)
            .post("/api/reauthenticate", session::reauthenticate)
            .get("/api/account", account::show)
            .post("/api/password", account::change_password)
            .post("/api/totp/enrolment", totp::enrol)
            .put("/api/totp", totp::confirm)
            .post("/api/totp/off", totp::switch_off)
            .post("/api/totp/recovery-codes", totp::recovery_codes)
            .get("/api/sessions", account::sessions)
            .delete("/api/sessions/{id}", account::end_session)
    };
    let admin_or_device = |table: RouteTable| table.get("/api/settings", settings::show);
    let device = |table: RouteTable| {
        table
            .put_up_to(CALL_BYTES, "/api/calls/{id}", calls::accept)
            .get("/api/calls/{id}", calls::status)
            .delete("/api/calls/{id}", calls::cancel)
            .get("/api/events", events::stream)
            .post("/api/heartbeat", devices::heartbeat)
    };
    let host = |table: RouteTable| table.get("/api/me", me::show).patch("/api/me", me::change);
    let watchers = |table: RouteTable| {
        table
            .get("/healthz", health::healthz)
            .get("/readyz", health::readyz)
            .get("/metrics", metrics::show)
    };
    watchers(host(device(admin_or_device(admin(anyone(
        RouteTable::default(),
    ))))))
}

/// Returns the router with all layers.
pub(crate) fn router(state: &Arc<AppState>) -> Router {
    table()
        .router
        .method_not_allowed_fallback(wrong_method)
        .route("/api", any(no_such_address))
        .route("/api/", any(no_such_address))
        .route("/api/{*rest}", any(no_such_address))
        .route(
            "/sign-in",
            get(async || Redirect::temporary("/setup/sign-in")),
        )
        .route(
            "/first-run",
            get(async || Redirect::temporary("/setup/first-run")),
        )
        .fallback(static_files::serve)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(csrf_layer(state))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(request_log::run_to_completion))
        .layer(from_fn_with_state(
            Arc::clone(state),
            host_check::require_own_host,
        ))
        .layer(from_fn_with_state(
            security_headers::SecurityHeaders::of(state),
            security_headers::add,
        ))
        .layer(from_fn_with_state(Arc::clone(state), request_log::log))
        .with_state(Arc::clone(state))
}

type Rejection = fn(ProtectionError) -> axum::response::Response;

/// Protection against cross-site request forgery: changes are refused for pages of other sites, by
/// Sec-Fetch-Site, or Origin against Host.
fn csrf_layer(state: &AppState) -> CsrfLayer<Rejection> {
    let own = state
        .public_url
        .as_ref()
        .map(|url| url.origin().ascii_serialization());
    let layer = match own.map(|origin| CsrfLayer::new().add_trusted_origin(origin)) {
        Some(Ok(layer)) => layer,
        Some(Err(_)) | None => CsrfLayer::new(),
    };
    layer.with_rejection_response(|_| {
        let message = "the request comes from a page of another site";
        ApiError::named(ErrorCode::ForeignOrigin, message).into_response()
    })
}

async fn no_such_address() -> ApiError {
    ApiError::not_found("address")
}

async fn wrong_method() -> ApiError {
    let message = "this path does not support this method";
    ApiError::named(ErrorCode::MethodNotAllowed, message)
}

fn panicked(_: Box<dyn Any + Send>) -> Response<axum::body::Body> {
    // The panic's message may hold anything and goes to stderr only.
    let mut response = ApiError::internal("a handler panicked").into_response();
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}
