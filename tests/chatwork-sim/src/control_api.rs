//! `/sim`: the control API, which inspects and changes the simulator over HTTP. Chatwork has no such API.
//!
//! Bodies must be JSON, which a page of another origin cannot send without a preflight, and preflights are
//! refused.
//!
//! | Endpoint below `/sim` | Body |
//! |---|---|
//! | GET `/state`, `/events`, `/traffic`, `/requests` | – |
//! | POST `/rooms`; DELETE `/rooms/{room}` | `{name, members}`; – |
//! | PUT, DELETE `/rooms/{room}/members/{account}` | `{role}`; – |
//! | POST `/rooms/{room}/messages` | `{account_id, body}`, and `reply_to: "message id"` or `mention: account` |
//! | PUT, DELETE `/rooms/{room}/messages/{message}` | `{account_id, body}`; `{account_id}` |
//! | PUT `/rooms/{room}/messages/{message}/hidden` | `{hidden}` |
//! | PUT `/counter_lag`, `/rooms/{room}/counter_lag` | `{message_num, last_update_time, unread}` in milliseconds |
//! | PUT `/tasks/{task}/status` | `{account_id, status}` |
//! | POST `/accounts`, `/contact_requests`; DELETE `/contacts/{one}/{other}` | an account; `{from, to, message}`; – |
//! | POST `/tokens/{token}/revoke`, `/restore` | – |
//! | GET, POST, DELETE `/faults`; DELETE `/faults/{fault}` | POST: a fault |
//! | GET, POST `/webhooks` | `{owner, url, token, events}`; events `"mentions"` or `{room: {room, created, updated}}` |
//! | DELETE `/webhooks/{webhook}`; POST `…/switch_on` | – |
//! | POST `/webhooks/{webhook}/deliveries` | `{body, signature}`; signature `valid`, `wrong` or `missing` |
//! | GET `/deliveries`; POST `/deliveries/{delivery}/repeat` | – |
//! | POST `/deliveries/script` | list of `usual`, `wrong_signature`, `no_signature`, `twice`, `lost` |
//! | POST `/deliveries/hold`, `/deliveries/release` | –; `{order}`: `posted`, `reversed` or `at_once` |

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
