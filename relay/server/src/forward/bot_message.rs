//! Messages of the relay's own, such as a test or a personal link. They go the way of calls: within
//! the reach of the settings, through the outbox, settled by their reference.

use yobirin_api::message::SentMessage;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::model::id::{CallId, Reference};
use yobirin_domain::routing::Destination;

use crate::error::{ApiError, ApiResult};
use crate::state::AppState;
use yobirin_chatwork::GatewayError;
use yobirin_store::NewMessage;

/// Keeps a message and has it sent, for `life` milliseconds at most; returns when it is on disk. What
/// it says must carry the reference. Refused at once when nothing can be sent now.
pub(crate) async fn send(
    relay: &AppState,
    to: Destination,
    life: Millis,
    words: impl FnOnce(Reference) -> String,
) -> ApiResult<SentMessage> {
    let account = relay.chatwork.account().ok_or(GatewayError::NotConnected)?;
    if account.refused.is_some() {
        return Err(GatewayError::TokenRefused.into());
    }
    let now = relay.clock.now();
    let id = CallId::new(now, &rand::random());
    let text = words(id.reference());
    relay
        .settings
        .get()
        .reach
        .check(&to, &text, id.reference())
        .map_err(|refusal| ApiError::named(ErrorCode::OutOfReach, refusal.to_string()))?;
    let message = NewMessage {
        id,
        to,
        text: &text,
        expires: now + life,
        now,
    };
    let mut write = relay.store.begin().await?;
    write.add_message(message).await?;
    write.commit().await?;
    status(relay, id).await
}

/// How a message stands.
pub(crate) async fn status(relay: &AppState, id: CallId) -> ApiResult<SentMessage> {
    let message = relay.store.message(id).await?;
    message.ok_or_else(|| ApiError::not_found("message"))
}
