//! Connection to Chatwork, and the lists that set-up chooses from.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::{
    Connect, Connection, ContactRequest, Listing, NewRoom, Person, Room, Traffic,
};
use yobirin_domain::model::id::RoomId;

use crate::auth::{Admin, WithSecondFactor};
use crate::error::{ApiError, ApiResult, bad_request};
use crate::routes::extract::{ApiJson, ApiPath};
use crate::state::{AppState, SharedState};
use yobirin_chatwork::{Account, GatewayError, Token};

/// `GET /api/chatwork`.
pub(crate) async fn show(_: Admin, State(state): State<SharedState>) -> Json<Connection> {
    Json(state.gateway.connection())
}

/// `PUT /api/chatwork`: checks the token with Chatwork before storing it.
pub(crate) async fn connect(
    _: WithSecondFactor,
    State(state): State<SharedState>,
    ApiJson(request): ApiJson<Connect>,
) -> ApiResult<Json<Connection>> {
    let token = Token::parse(request.token)
        .map_err(|refusal| ApiError::named(ErrorCode::TokenRefused, refusal.to_string()))?;
    state.connection.connect(token).await?;
    Ok(Json(state.gateway.connection()))
}

/// `DELETE /api/chatwork`: deletes the token.
pub(crate) async fn disconnect(
    _: WithSecondFactor,
    State(state): State<SharedState>,
) -> ApiResult<StatusCode> {
    state.connection.disconnect().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/chatwork/rooms`.
pub(crate) async fn rooms(
    _: Admin,
    State(state): State<SharedState>,
) -> ApiResult<Json<Listing<Room>>> {
    let account = account(&state)?;
    let rooms = state.gateway.rooms(&account).await;
    respond(&state, &account, rooms).await
}

/// `GET /api/chatwork/rooms/{id}/members`.
pub(crate) async fn members(
    _: Admin,
    State(state): State<SharedState>,
    ApiPath(room): ApiPath<u64>,
) -> ApiResult<Json<Listing<Person>>> {
    let room = RoomId::try_from(room).map_err(|error| bad_request(&error))?;
    let account = account(&state)?;
    let members = state.gateway.members(&account, room).await;
    respond(&state, &account, members).await
}

/// `GET /api/chatwork/contacts`.
pub(crate) async fn contacts(
    _: Admin,
    State(state): State<SharedState>,
) -> ApiResult<Json<Listing<Person>>> {
    let account = account(&state)?;
    let contacts = state.gateway.contacts(&account).await;
    respond(&state, &account, contacts).await
}

/// `GET /api/chatwork/contact-requests`.
pub(crate) async fn contact_requests(
    _: Admin,
    State(state): State<SharedState>,
) -> ApiResult<Json<Listing<ContactRequest>>> {
    let account = account(&state)?;
    let requests = state.gateway.contact_requests(&account).await;
    respond(&state, &account, requests).await
}

/// `POST /api/chatwork/contact-requests/{id}`: accepts the request.
pub(crate) async fn accept_contact(
    _: Admin,
    State(state): State<SharedState>,
    ApiPath(id): ApiPath<u64>,
) -> ApiResult<StatusCode> {
    let account = account(&state)?;
    let accepted = state.gateway.accept_contact(&account, id).await;
    let Json(()) = respond(&state, &account, accepted).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/chatwork/rooms`. Without a response of Chatwork, the room may exist nevertheless.
pub(crate) async fn make_room(
    _: Admin,
    State(state): State<SharedState>,
    ApiJson(mut new): ApiJson<NewRoom>,
) -> ApiResult<(StatusCode, Json<Room>)> {
    new.name = new.name.trim().to_owned();
    new.check().map_err(|problem| bad_request(&problem))?;
    let account = account(&state)?;
    let room = state.gateway.make_room(&account, &new).await;
    if room == Err(GatewayError::BadRequest) {
        return Err(bad_request(
            &"Chatwork does not take this name or one of these people",
        ));
    }
    Ok((StatusCode::CREATED, respond(&state, &account, room).await?))
}

/// `GET /api/chatwork/traffic`.
pub(crate) async fn traffic(
    _: Admin,
    State(state): State<SharedState>,
) -> ApiResult<Json<Traffic>> {
    let (now, waiting) = (state.clock.now(), state.store.queue_stats().await?);
    let limits = state.gateway.limits();
    Ok(Json(Traffic {
        waiting: waiting.deliveries,
        oldest: waiting.oldest,
        requests_left: u32::try_from(limits.remaining()).unwrap_or(u32::MAX),
        paused_until: limits.pause().map(|wait| now + wait),
    }))
}

fn account(state: &AppState) -> ApiResult<Arc<Account>> {
    Ok(state.gateway.account().ok_or(GatewayError::NotConnected)?)
}

/// Converts the result of a request to Chatwork into a response. A refused token is recorded, since it concerns all
/// requests.
async fn respond<T>(
    state: &AppState,
    account: &Arc<Account>,
    result: Result<T, GatewayError>,
) -> ApiResult<Json<T>> {
    if matches!(result, Err(GatewayError::TokenRefused)) {
        state.connection.record_token_refused(account).await?;
    }
    Ok(Json(result?))
}
