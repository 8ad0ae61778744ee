//! Router of all operations, with the layers around every route.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Response, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::{any, get};
use tower_http::catch_panic::CatchPanicLayer;
use yobirin_api::ErrorCode;

use super::{csrf, host_check, request_log, security_headers};
use crate::error::ApiError;
use crate::http::static_files;
use crate::openapi::operations::operations;
use crate::state::AppState;

/// Default limit of a body.
const MAX_BODY_BYTES: usize = 16 * 1024;

/// Route of the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Path, with parameters as `{…}`.
    pub path: &'static str,
    /// Method, in capitals.
    pub method: &'static str,
}

/// Returns every route, without the app's files.
#[must_use]
pub fn routes() -> Vec<Route> {
    let routes = operations().into_iter().map(|operation| Route {
        path: operation.path,
        method: operation.method_name(),
    });
    routes.collect()
}

/// Returns the router with all layers.
pub(crate) fn router(state: &Arc<AppState>) -> Router {
    operations()
        .into_iter()
        .fold(Router::new(), |router, operation| {
            router.route(operation.path, operation.handler)
        })
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
        .layer(csrf::layer(state))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(request_log::run_to_completion))
        .layer(from_fn_with_state(
            Arc::clone(state),
            host_check::require_own_host,
        ))
        .layer(from_fn_with_state(
            security_headers::SecurityHeaders::of(state),
            security_headers::add_headers,
        ))
        .layer(from_fn_with_state(Arc::clone(state), request_log::log))
        .with_state(Arc::clone(state))
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
