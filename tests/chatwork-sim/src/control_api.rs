//! `/sim`: looking at the simulator and stirring it over HTTP. Nothing of this is Chatwork's.
//!
//! Bodies are JSON, which no page of another origin can send without a preflight, and preflights
//! are not answered.

mod accounts;
mod error;
mod events;
mod faults;
mod rooms;
mod state;
mod tokens;

use std::sync::Arc;

use axum::Router;
use axum::routing::{delete, get, post, put};

use crate::shared::Shared;
use error::Problem;

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/state", get(state::show))
        .route("/events", get(events::follow))
        .route("/traffic", get(state::traffic))
        .route("/rooms", post(rooms::create))
        .route("/rooms/{room}", delete(rooms::dissolve))
        .route("/rooms/{room}/messages", post(rooms::say))
        .route(
            "/rooms/{room}/members/{account}",
            put(rooms::bring).delete(rooms::remove),
        )
        .route("/accounts", post(accounts::add))
        .route("/contacts/{one}/{other}", delete(accounts::part))
        .route("/contact_requests", post(accounts::ask))
        .route("/tokens/{token}/revoke", post(tokens::revoke))
        .route("/tokens/{token}/restore", post(tokens::restore))
        .route(
            "/faults",
            get(faults::list).post(faults::inject).delete(faults::clear),
        )
        .route("/faults/{fault}", delete(faults::withdraw))
        .fallback(|| async { Problem::Unknown("no such call") })
}
