//! Extractors for JSON bodies, path parameters and queries, whose errors are JSON too.
//!
//! A body may take seconds to arrive. The caller's permissions are therefore checked twice: before the body is read, and
//! after.

use axum::RequestExt as _;
use axum::body::HttpBody as _;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use futures_util::future::BoxFuture;
use hyper::body::Bytes;
use percent_encoding::percent_decode;
use serde::de::DeserializeOwned;
use tokio::time::timeout;
use yobirin_api::call::TABLET_TIME;
use yobirin_api::settings::EDITOR_HEADER;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::model::editor_name::{EditorName, EditorNameError};

use crate::auth::{ClientIp, RateLimitKey};
use crate::error::{ApiError, ApiResult, bad_request};
use crate::state::SharedState;

/// JSON body, parsed. The router limits its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApiJson<T>(pub T);

/// JSON body as bytes, for handlers that parse it themselves.
#[derive(Clone, Debug)]
pub(crate) struct JsonBytes(pub Bytes);

/// Path parameter, parsed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApiPath<T>(pub T);

/// Time by the tablet's clock, when the request has the header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TabletTime(pub Option<Millis>);

/// Editor's name, when the request has the header.
#[derive(Clone, Debug)]
pub(crate) struct Editor(pub Option<EditorName>);

/// Query, parsed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApiQuery<T>(pub T);

/// Caller whose permissions were checked before the body was read, and the check to repeat.
#[derive(Clone)]
struct CheckedAccess {
    caller: RateLimitKey,
    check: for<'a> fn(&'a mut Parts, &'a SharedState) -> BoxFuture<'a, ApiResult<()>>,
}

/// Runs the extractor `T` again once the body has arrived: the session or pairing may have ended meanwhile.
pub(crate) fn check_again_after_body<T>(parts: &mut Parts, caller: RateLimitKey)
where
    T: FromRequestParts<SharedState, Rejection = ApiError>,
{
    fn check<'a, T>(parts: &'a mut Parts, state: &'a SharedState) -> BoxFuture<'a, ApiResult<()>>
    where
        T: FromRequestParts<SharedState, Rejection = ApiError>,
    {
        Box::pin(async move { T::from_request_parts(parts, state).await.map(|_| ()) })
    }
    let check = check::<T>;
    parts.extensions.insert(CheckedAccess { caller, check });
}

impl FromRequest<SharedState> for JsonBytes {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &SharedState) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            let message = "the body must be JSON with `content-type: application/json`";
            return Err(ApiError::named(ErrorCode::NotJson, message));
        }
        let (mut parts, body) = request.into_parts();
        let access = parts.extensions.remove::<CheckedAccess>();
        let caller = match &access {
            Some(access) => access.caller.clone(),
            None => {
                let ClientIp(caller) = ClientIp::from_request_parts(&mut parts, state).await?;
                caller.into()
            }
        };
        let _reservation = state.body_quota.reserve(caller, body.size_hint().upper())?;
        let request = Request::from_parts(parts.clone(), body);
        match timeout(state.timeouts.body, request.extract::<Bytes, _>()).await {
            Ok(Ok(bytes)) => {
                if let Some(access) = access {
                    (access.check)(&mut parts, state).await?;
                }
                Ok(Self(bytes))
            }
            Ok(Err(refusal)) => Err(body_error(&refusal)),
            Err(_) => {
                let message = "the body did not arrive in time; send it again";
                Err(ApiError::named(ErrorCode::TooSlow, message))
            }
        }
    }
}

impl<T: DeserializeOwned> FromRequest<SharedState> for ApiJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &SharedState) -> Result<Self, ApiError> {
        let JsonBytes(bytes) = JsonBytes::from_request(request, state).await?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| bad_request(&error))
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for ApiPath<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let parameter = Path::<T>::from_request_parts(parts, state).await;
        parameter
            .map(|Path(parameter)| Self(parameter))
            .map_err(|refusal| bad_request(&refusal))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for TabletTime {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(TABLET_TIME) else {
            return Ok(Self(None));
        };
        let millis = value.to_str().ok().and_then(|text| text.parse().ok());
        let millis = millis.ok_or_else(|| bad_request(&"x-tablet-time: milliseconds since 1970"));
        millis.map(|millis| Self(Some(millis)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Editor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(EDITOR_HEADER) else {
            return Ok(Self(None));
        };
        let decoded = percent_decode(value.as_bytes()).decode_utf8();
        let name = decoded.map_err(|error| bad_request(&format!("{EDITOR_HEADER}: {error}")))?;
        let name = name
            .parse()
            .map_err(|error: EditorNameError| bad_request(&error))?;
        Ok(Self(Some(name)))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|Query(query)| Self(query))
            .map_err(|refusal| bad_request(&refusal))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("application/json")
}

fn body_error(refusal: &BytesRejection) -> ApiError {
    if refusal.status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::named(
            ErrorCode::TooLarge,
            "the body is larger than this path allows",
        )
    } else {
        bad_request(refusal)
    }
}
