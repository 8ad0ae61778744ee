//! Webhooks and their deliveries.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::ControlError;
use crate::shared::Shared;
use crate::{
    Delivery, DeliveryId, DeliveryScript, ReleaseOrder, SignatureKind, Webhook, WebhookId,
};

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/webhooks", get(list).post(add))
        .route("/webhooks/{webhook}", delete(remove))
        .route("/webhooks/{webhook}/switch_on", post(switch_on))
        .route("/webhooks/{webhook}/deliveries", post(send))
        .route("/deliveries", get(list_deliveries))
        .route("/deliveries/script", post(script))
        .route("/deliveries/hold", post(hold))
        .route("/deliveries/release", post(release))
        .route("/deliveries/{delivery}/repeat", post(repeat))
}

#[derive(Debug, Serialize)]
struct ListedWebhook {
    webhook_id: WebhookId,
    is_on: bool,
    #[serde(flatten)]
    webhook: Webhook,
}

async fn list(State(shared): State<Arc<Shared>>) -> Json<Vec<ListedWebhook>> {
    let state = shared.state();
    let webhooks = state
        .webhooks()
        .map(|(webhook_id, webhook, is_on)| ListedWebhook {
            webhook_id,
            is_on,
            webhook: webhook.clone(),
        });
    Json(webhooks.collect())
}

async fn add(
    State(shared): State<Arc<Shared>>,
    Json(webhook): Json<Webhook>,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let webhook_id = shared.state().add_webhook(webhook)?;
    Ok((
        StatusCode::CREATED,
        Json(json!({ "webhook_id": webhook_id })),
    ))
}

async fn remove(
    State(shared): State<Arc<Shared>>,
    Path(webhook): Path<WebhookId>,
) -> Result<StatusCode, ControlError> {
    no_content_if(shared.state().remove_webhook(webhook), "no such webhook")
}

async fn switch_on(
    State(shared): State<Arc<Shared>>,
    Path(webhook): Path<WebhookId>,
) -> Result<StatusCode, ControlError> {
    no_content_if(shared.state().switch_on_webhook(webhook), "no such webhook")
}

/// A delivery with a body that a test has written.
#[derive(Debug, Deserialize)]
struct MadeUpDelivery {
    body: String,
    #[serde(default)]
    signature: SignatureKind,
}

async fn send(
    State(shared): State<Arc<Shared>>,
    Path(webhook): Path<WebhookId>,
    Json(made_up): Json<MadeUpDelivery>,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let delivery_id = shared
        .state()
        .send_to_webhook(webhook, made_up.body, made_up.signature)?;
    Ok(created_response(delivery_id))
}

async fn list_deliveries(State(shared): State<Arc<Shared>>) -> Json<Vec<Delivery>> {
    Json(shared.state().deliveries().to_vec())
}

async fn script(
    State(shared): State<Arc<Shared>>,
    Json(steps): Json<Vec<DeliveryScript>>,
) -> StatusCode {
    shared.state().script_deliveries(steps);
    StatusCode::NO_CONTENT
}

async fn hold(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.state().hold_deliveries();
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct Release {
    order: ReleaseOrder,
}

async fn release(State(shared): State<Arc<Shared>>, Json(release): Json<Release>) -> StatusCode {
    shared.state().release_deliveries(release.order);
    StatusCode::NO_CONTENT
}

async fn repeat(
    State(shared): State<Arc<Shared>>,
    Path(delivery): Path<DeliveryId>,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let repeated = shared.state().repeat_delivery(delivery);
    repeated
        .map(created_response)
        .ok_or(ControlError::NotFound("no such delivery"))
}

fn created_response(delivery_id: DeliveryId) -> (StatusCode, Json<Value>) {
    (
        StatusCode::CREATED,
        Json(json!({ "delivery_id": delivery_id })),
    )
}

fn no_content_if(found: bool, what: &'static str) -> Result<StatusCode, ControlError> {
    if found {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ControlError::NotFound(what))
    }
}
