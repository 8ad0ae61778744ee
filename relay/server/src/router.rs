//! The whole URL table, grouped by who calls, and what every request passes through.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Response, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{any, delete, get, post, put};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use yobirin_api::ErrorCode;

use crate::error::Failure;
use crate::relay::Relay;
use crate::routes::{calls, chatwork, devices, events, health, pair, session, settings};
use crate::{assets, headers, requests};

/// Largest body when nothing else is said, in bytes.
const BODY: usize = 16 * 1024;
/// Largest settings document.
const SETTINGS_BODY: usize = 4 * 1024 * 1024;
/// Largest call.
const CALL_BODY: usize = 256 * 1024;

/// Everything the relay answers.
pub(crate) fn router(relay: &Arc<Relay>) -> Router {
    let anyone = Router::new()
        .route("/api/session", get(session::show))
        .route("/api/first-run", post(session::first_run))
        .route("/api/login", post(session::login))
        .route("/api/logout", post(session::logout))
        .route("/api/pair", post(pair::pair));
    let admin = Router::new()
        .route(
            "/api/chatwork",
            get(chatwork::show)
                .put(chatwork::connect)
                .delete(chatwork::disconnect),
        )
        .route("/api/chatwork/rooms", get(chatwork::rooms))
        .route("/api/chatwork/rooms/{id}/members", get(chatwork::members))
        .route("/api/chatwork/contacts", get(chatwork::contacts))
        .route("/api/devices", get(devices::list))
        .route(
            "/api/devices/{id}/pairing-code",
            post(devices::pairing_code),
        )
        .route("/api/devices/{id}/pairing", delete(devices::revoke))
        .route("/api/devices/{id}/reload", post(devices::reload))
        .route("/api/calls", get(calls::history));
    let both = Router::new().route(
        "/api/settings",
        get(settings::show)
            .put(settings::save)
            .layer(DefaultBodyLimit::max(SETTINGS_BODY)),
    );
    let device = Router::new()
        .route(
            "/api/calls/{id}",
            put(calls::accept)
                .get(calls::status)
                .layer(DefaultBodyLimit::max(CALL_BODY)),
        )
        .route("/api/events", get(events::stream))
        .route("/api/heartbeat", post(devices::heartbeat));
    let watchers = Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz));

    anyone
        .merge(admin)
        .merge(both)
        .merge(device)
        .merge(watchers)
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
        .fallback(assets::serve)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(same_site_only(relay))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(requests::see_through))
        .layer(from_fn_with_state(headers::Policy::of(relay), headers::add))
        .layer(from_fn(requests::log))
        .with_state(Arc::clone(relay))
}

type Rejection = fn(ProtectionError) -> axum::response::Response;

/// Cross-site request forgery: nothing is changed for another site's page, by what browsers say of
/// themselves (Sec-Fetch-Site, else Origin against Host).
fn same_site_only(relay: &Relay) -> CsrfLayer<Rejection> {
    let own = relay
        .public_url
        .as_ref()
        .map(|url| url.origin().ascii_serialization());
    let layer = match own.map(|origin| CsrfLayer::new().add_trusted_origin(origin)) {
        Some(Ok(layer)) => layer,
        Some(Err(_)) | None => CsrfLayer::new(),
    };
    layer.with_rejection_response(|_| {
        let message = "this request comes from another site's page";
        Failure::named(ErrorCode::ForeignOrigin, message).into_response()
    })
}

async fn no_such_address() -> Failure {
    Failure::not_found("address")
}

async fn wrong_method() -> Failure {
    let message = "this address does not take this method";
    Failure::named(ErrorCode::MethodNotAllowed, message)
}

fn panicked(_: Box<dyn Any + Send>) -> Response<axum::body::Body> {
    // The panic itself, which may hold anything, went to stderr only.
    let mut response = Failure::internal("a handler panicked").into_response();
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}
