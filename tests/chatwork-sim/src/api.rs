//! Routes of Chatwork's API, version 2.
//!
//! A request passes `fault_layer` (injected faults), then `auth_layer` (token and general rate limit), then
//! its handler. An unknown path is refused before the token is checked.

mod account;
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
mod tasks;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, put};

use crate::shared::Shared;
use error::ApiError;

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
        .route(
            "/rooms/{room}/messages/{message}",
            get(messages::show)
                .put(messages::edit)
                .delete(messages::delete),
        )
        .route("/rooms/{room}/tasks", get(tasks::list).post(tasks::create))
        .route("/rooms/{room}/tasks/{task}", get(tasks::show))
        .route("/rooms/{room}/tasks/{task}/status", put(tasks::set_status))
        .route("/my/tasks", get(tasks::list_own))
        .route("/incoming_requests", get(incoming_requests::list))
        .route(
            "/incoming_requests/{request}",
            put(incoming_requests::accept).delete(incoming_requests::decline),
        )
        .route_layer(from_fn_with_state(
            Arc::clone(shared),
            auth_layer::authenticate,
        ))
        .method_not_allowed_fallback(|| async { ApiError::UnknownEndpoint })
        .fallback(|| async { ApiError::UnknownEndpoint })
        .layer(from_fn_with_state(
            Arc::clone(shared),
            fault_layer::apply_faults,
        ))
}
