//! Chatwork's API, version 2: the calls, and what lies around every one of them.
//!
//! A call passes `weather` (injected faults), then `gate` (token and general limit), then its own
//! handler. An unknown path is told so before anybody looks at the token.

mod auth_layer;
mod contacts;
mod error;
mod fault_layer;
mod form;
mod incoming_requests;
mod me;
mod members;
mod messages;
mod path;
mod response;
mod rooms;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, put};

use crate::shared::Shared;
use error::Refusal;

pub(crate) fn router(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    Router::new()
        .route("/me", get(me::show))
        .route("/contacts", get(contacts::list))
        .route("/rooms", get(rooms::list).post(rooms::create))
        .route("/rooms/{room}", get(rooms::show))
        .route(
            "/rooms/{room}/members",
            get(members::list).put(members::replace),
        )
        .route(
            "/rooms/{room}/messages",
            get(messages::list).post(messages::post),
        )
        .route("/rooms/{room}/messages/{message}", get(messages::show))
        .route("/incoming_requests", get(incoming_requests::list))
        .route(
            "/incoming_requests/{request}",
            put(incoming_requests::accept).delete(incoming_requests::decline),
        )
        .route_layer(from_fn_with_state(Arc::clone(shared), auth_layer::admit))
        .method_not_allowed_fallback(|| async { Refusal::Endpoint })
        .fallback(|| async { Refusal::Endpoint })
        .layer(from_fn_with_state(Arc::clone(shared), fault_layer::pass))
}
