//! Bot messages: messages that belong to no call, such as a test or a personal link. Like the deliveries of a call, they
//! are checked against the outbound policy, sent by the outbox, and reconciled by their reference.

use yobirin_api::message::SentMessage;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::bot_message::BotMessage;
use yobirin_domain::model::id::{CallId, Reference};
use yobirin_domain::routing::Destination;

use crate::error::{ApiError, ApiResult};
use crate::state::AppState;
use yobirin_chatwork::GatewayError;

/// Stores a message to be sent within `lifetime` milliseconds; returns once it is on disk. The text that
/// `make_text` returns must contain the reference. Fails at once when no account is connected, or Chatwork refuses its
/// token.
pub(crate) async fn send(
    state: &AppState,
    to: Destination,
    lifetime: Millis,
    make_text: impl FnOnce(Reference) -> String,
) -> ApiResult<SentMessage> {
    let account = state.gateway.account().ok_or(GatewayError::NotConnected)?;
    if account.refused_since.is_some() {
        return Err(GatewayError::TokenRefused.into());
    }
    let now = state.clock.now();
    let id = CallId::new(now, &rand::random());
    let text = make_text(id.reference());
    let current = state.settings.get();
    let outbound_policy = &current.outbound_policy;
    let checked = outbound_policy.check_bot_message(&to, &text, id.reference());
    checked.map_err(|why| ApiError::named(ErrorCode::DestinationNotAllowed, why.to_string()))?;
    let message = BotMessage {
        id,
        to,
        text,
        expires: now + lifetime,
    };
    let mut transaction = state.store.begin().await?;
    transaction.add_bot_message(&message, now).await?;
    transaction.commit().await?;
    status(state, id).await
}

/// Returns the state of a message.
pub(crate) async fn status(state: &AppState, id: CallId) -> ApiResult<SentMessage> {
    let message = state.store.bot_message(id).await?;
    message.ok_or_else(|| ApiError::not_found("message"))
}
