//! Sends deliveries over HTTP, each once.

use std::sync::Arc;
use std::time::Duration;

use form_urlencoded::byte_serialize;
use futures_util::future::join_all;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, USER_AGENT};
use hyper::{Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::sync::mpsc;

use super::{Delivery, DeliveryId, DeliveryOutcome, DeliveryWork, WEBHOOK_SIGNATURE_HEADER};
use crate::shared::Shared;

/// Time for the receiver's response. Not documented.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(10);

type HttpClient = Client<HttpConnector, Full<Bytes>>;

/// Sends deliveries until the channel is closed. A slow receiver delays the deliveries after it.
pub(crate) async fn dispatch(mut work: mpsc::UnboundedReceiver<DeliveryWork>, shared: Arc<Shared>) {
    let client: HttpClient = Client::builder(TokioExecutor::new()).build_http();
    while let Some(work) = work.recv().await {
        match work {
            DeliveryWork::InOrder(ids) => {
                for id in ids {
                    deliver(id, &client, &shared).await;
                }
            }
            DeliveryWork::AtOnce(ids) => {
                join_all(ids.into_iter().map(|id| deliver(id, &client, &shared))).await;
            }
        }
    }
}

async fn deliver(id: DeliveryId, client: &HttpClient, shared: &Shared) {
    let delivery = shared.state().delivery(id).cloned();
    let Some(delivery) = delivery else {
        return;
    };
    let outcome = match tokio::time::timeout(RESPONSE_TIMEOUT, send(&delivery, client)).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => DeliveryOutcome::Failed { error },
        Err(_) => DeliveryOutcome::Failed {
            error: format!("no response within {RESPONSE_TIMEOUT:?}"),
        },
    };
    if !outcome.is_success() {
        tracing::debug!(
            delivery = id,
            ?outcome,
            "failed to deliver event to webhook"
        );
    }
    shared.state().finish_delivery(id, outcome);
}

async fn send(delivery: &Delivery, client: &HttpClient) -> Result<DeliveryOutcome, String> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(url(delivery))
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, "ChatWork-Webhook/1.0");
    if let Some(signature) = &delivery.signature {
        request = request.header(WEBHOOK_SIGNATURE_HEADER, signature);
    }
    let request = request
        .body(Full::from(delivery.body.clone()))
        .map_err(|error| error.to_string())?;
    let response = client
        .request(request)
        .await
        .map_err(|error| error.to_string())?;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await;
    let body = body.map_err(|error| error.to_string())?.to_bytes();
    Ok(DeliveryOutcome::Responded {
        status,
        bytes: body.len(),
    })
}

/// The URL with the signature in its query, where Chatwork sends it too.
fn url(delivery: &Delivery) -> String {
    let Some(signature) = &delivery.signature else {
        return delivery.url.clone();
    };
    let separator = if delivery.url.contains('?') { '&' } else { '?' };
    let signature: String = byte_serialize(signature.as_bytes()).collect();
    format!(
        "{}{separator}chatwork_webhook_signature={signature}",
        delivery.url
    )
}
