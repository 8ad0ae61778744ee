//! Extractors for what comes in: JSON bodies, path parts and queries, each refusal in JSON.

use axum::RequestExt as _;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use hyper::body::Bytes;
use serde::de::DeserializeOwned;
use tokio::time::timeout;
use yobirin_api::call::TABLET_TIME;
use yobirin_api::{ErrorCode, Millis};

use crate::error::Failure;
use crate::relay::App;

/// A JSON body, read and parsed. How large it may be is the router's to say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body<T>(pub T);

/// The bytes of a JSON body, for those who parse it themselves.
#[derive(Clone, Debug)]
pub(crate) struct JsonBytes(pub Bytes);

/// One part of the path, as the type it stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<T>(pub T);

/// What the tablet's clock shows, if it says so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TabletTime(pub Option<Millis>);

/// The query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<T>(pub T);

impl FromRequest<App> for JsonBytes {
    type Rejection = Failure;

    async fn from_request(request: Request, relay: &App) -> Result<Self, Failure> {
        if !is_json(request.headers()) {
            let message = "the body must be JSON, marked `content-type: application/json`";
            return Err(Failure::named(ErrorCode::NotJson, message));
        }
        match timeout(relay.limits.body, request.extract::<Bytes, _>()).await {
            Ok(Ok(bytes)) => Ok(Self(bytes)),
            Ok(Err(refusal)) => Err(unread(&refusal)),
            Err(_) => {
                let message = "the body did not arrive in time; send it again";
                Err(Failure::named(ErrorCode::TooSlow, message))
            }
        }
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &App) -> Result<Self, Failure> {
        let JsonBytes(bytes) = JsonBytes::from_request(request, state).await?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| malformed(&error))
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Part<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let part = Path::<T>::from_request_parts(parts, state).await;
        part.map(|Path(part)| Self(part))
            .map_err(|refusal| malformed(&refusal))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for TabletTime {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let Some(value) = parts.headers.get(TABLET_TIME) else {
            return Ok(Self(None));
        };
        let millis = value.to_str().ok().and_then(|text| text.parse().ok());
        let millis = millis.ok_or_else(|| malformed(&"x-tablet-time: milliseconds since 1970"));
        millis.map(|millis| Self(Some(millis)))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|Query(query)| Self(query))
            .map_err(|refusal| malformed(&refusal))
    }
}

/// 400, with where and why.
pub(crate) fn malformed(why: &impl std::fmt::Display) -> Failure {
    Failure::named(ErrorCode::Malformed, why.to_string())
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn unread(refusal: &BytesRejection) -> Failure {
    if refusal.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::named(
            ErrorCode::TooLarge,
            "the body is larger than this address takes",
        )
    } else {
        malformed(refusal)
    }
}
