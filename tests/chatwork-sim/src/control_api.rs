//! `/sim`: the control API, which inspects and changes the simulator over HTTP. Chatwork has no such API.
//!
//! Bodies must be JSON, which a page of another origin cannot send without a preflight, and preflights are
//! refused.

mod accounts;
mod error;
mod events;
mod faults;
mod messages;
mod rooms;
mod state;
mod tokens;
mod webhooks;

use std::sync::Arc;

use axum::Router;
use axum::routing::{delete, get, post, put};

use crate::shared::Shared;
use error::ControlError;

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/state", get(state::show))
        .route("/events", get(events::subscribe))
        .route("/traffic", get(state::traffic))
        .route("/requests", get(state::requests))
        .route("/counter_lag", put(rooms::set_counter_lag))
        .route("/rooms", post(rooms::create))
        .route("/rooms/{room}", delete(rooms::delete))
        .route(
            "/rooms/{room}/counter_lag",
            put(rooms::set_room_counter_lag),
        )
        .route("/rooms/{room}/messages", post(messages::post))
        .route(
            "/rooms/{room}/messages/{message}",
            put(messages::edit).delete(messages::delete),
        )
        .route(
            "/rooms/{room}/messages/{message}/hidden",
            put(messages::set_hidden),
        )
        .route("/tasks/{task}/status", put(messages::set_task_status))
        .route(
            "/rooms/{room}/members/{account}",
            put(rooms::set_member).delete(rooms::remove_member),
        )
        .route("/accounts", post(accounts::add))
        .route("/contacts/{one}/{other}", delete(accounts::remove_contact))
        .route("/contact_requests", post(accounts::request_contact))
        .route("/tokens/{token}/revoke", post(tokens::revoke))
        .route("/tokens/{token}/restore", post(tokens::restore))
        .route(
            "/faults",
            get(faults::list).post(faults::inject).delete(faults::clear),
        )
        .route("/faults/{fault}", delete(faults::remove))
        .merge(webhooks::router())
        .fallback(|| async { ControlError::NotFound("unknown endpoint of the control API") })
}
