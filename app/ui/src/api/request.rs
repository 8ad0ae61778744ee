//! A request to the relay and its response.

use gloo_net::http::{Headers, RequestBuilder, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use yobirin_api::{ErrorBody, ErrorCode, RELAY_HEADER};

use crate::api::response::{ApiResult, ClientError, SettingsJson};
use crate::browser::abort::AbortOnDrop;
use crate::browser::{RequestCache, clock};
use crate::json;

pub(crate) use gloo_net::http::Method as Verb;

/// Statuses without a body.
const NO_CONTENT: u16 = 204;
pub(crate) const NOT_MODIFIED: u16 = 304;
/// Chatwork's window of requests, in milliseconds; for a response without a readable `Retry-After`.
const DEFAULT_RETRY_AFTER_MS: u64 = 5 * clock::MINUTE_MS;

/// HTTP methods of the relay's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Put,
    Patch,
    Post,
    Delete,
}

impl From<Method> for Verb {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
        }
    }
}

/// A complete response.
pub(crate) struct RawResponse {
    status: u16,
    headers: Headers,
    text: String,
}

/// Classifies a response. `is_relay` is false without [`RELAY_HEADER`]: then something between browser and relay has
/// sent the response. A refusal must have a known error code that belongs to its status.
fn classify(
    status: u16,
    is_relay: bool,
    body: &str,
    parse_refusal: fn(&str) -> Option<ErrorBody>,
) -> ApiResult<()> {
    if !is_relay {
        return Err(ClientError::NotRelay(status));
    }
    if (200..300).contains(&status) || status == NOT_MODIFIED {
        return Ok(());
    }
    let refusal = parse_refusal(body).filter(|refusal| refusal.code.status() == status);
    Err(refusal.map_or(ClientError::Unexpected(status), ClientError::RelayError))
}

impl RawResponse {
    fn is_relay(&self) -> bool {
        self.headers.has(RELAY_HEADER)
    }

    /// The response if it is a success of the relay, else its error as `parse_refusal` reads it.
    pub(crate) fn into_success(
        self,
        parse_refusal: fn(&str) -> Option<ErrorBody>,
    ) -> ApiResult<Self> {
        match classify(self.status, self.is_relay(), &self.text, parse_refusal) {
            Err(error) if error.code() == Some(ErrorCode::ChatworkLimited) => {
                let until = clock::now() + self.retry_after_ms();
                Err(ClientError::ChatworkLimited { until })
            }
            result => result.map(|()| self),
        }
    }

    /// Time after which another attempt can succeed, in milliseconds.
    fn retry_after_ms(&self) -> u64 {
        let seconds = self.headers.get("retry-after");
        let seconds: Option<u64> = seconds.and_then(|seconds| seconds.parse().ok());
        seconds.map_or(DEFAULT_RETRY_AFTER_MS, |seconds| seconds * 1000)
    }

    pub(crate) fn json<T: DeserializeOwned>(self) -> ApiResult<T> {
        json::read(&self.text).ok_or(ClientError::Unexpected(self.status))
    }

    /// Checks that the response is a 204, without content.
    pub(crate) fn no_content(self) -> ApiResult<()> {
        match self.status {
            NO_CONTENT => Ok(()),
            status => Err(ClientError::Unexpected(status)),
        }
    }

    /// Value of a header that the relay always sends.
    pub(crate) fn header(&self, name: &str) -> ApiResult<String> {
        self.headers
            .get(name)
            .ok_or(ClientError::Unexpected(self.status))
    }

    pub(crate) fn etag(&self) -> ApiResult<String> {
        self.header("etag")
    }

    pub(crate) fn settings_json(self) -> ApiResult<Option<SettingsJson>> {
        if self.status == NOT_MODIFIED {
            return Ok(None);
        }
        let etag = self.etag()?;
        Ok(Some(SettingsJson {
            json: self.text,
            etag,
        }))
    }
}

/// Sends a request and returns a successful response. An error comes without its list of problems.
pub(crate) async fn send(
    method: Method,
    path: &str,
    body: Option<String>,
    header: Option<(&str, &str)>,
) -> ApiResult<RawResponse> {
    let response = send_any_status(method, path, body, header.as_slice()).await?;
    response.into_success(parse_error)
}

/// Sends a request and returns the response, whatever its status. `body` is JSON.
pub(crate) async fn send_any_status(
    method: Method,
    path: &str,
    body: Option<String>,
    headers: &[(&str, &str)],
) -> ApiResult<RawResponse> {
    let mut cache = RequestCache::Default;
    loop {
        let response = attempt(method, path, body.clone(), headers, cache).await?;
        let is_cacheable = method == Method::Get && cache == RequestCache::Default;
        if response.is_relay() || !is_cacheable {
            return Ok(response);
        }
        // The browser's cache may hold the page of a captive portal that is long gone.
        cache = RequestCache::Reload;
    }
}

async fn attempt(
    method: Method,
    path: &str,
    body: Option<String>,
    headers: &[(&str, &str)],
    cache: RequestCache,
) -> ApiResult<RawResponse> {
    let guard = AbortOnDrop::default();
    let signal = guard.signal();
    let mut builder = RequestBuilder::new(path)
        .method(method.into())
        .header("accept", "application/json")
        .cache(cache)
        .abort_signal(signal.as_ref());
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let request = match body {
        Some(json) => builder
            .header("content-type", "application/json")
            .body(json),
        None => builder.build(),
    };
    let request = request.map_err(|_| ClientError::Unreachable)?;
    let response = request.send().await.map_err(|_| ClientError::Unreachable)?;
    let response = read_response(response).await;
    guard.disarm();
    response
}

async fn read_response(response: Response) -> ApiResult<RawResponse> {
    let status = response.status();
    let text = response
        .text()
        .await
        .map_err(|_| ClientError::Unreachable)?;
    Ok(RawResponse {
        status,
        headers: response.headers(),
        text,
    })
}

/// Parses the relay's error without its list of problems. Only saving settings returns problems, so the kiosk does not
/// need the code that parses them.
pub(crate) fn parse_error(text: &str) -> Option<ErrorBody> {
    #[derive(Deserialize)]
    struct Refusal {
        code: ErrorCode,
        message: String,
    }
    let Refusal { code, message } = json::read(text)?;
    Some(ErrorBody {
        code,
        message,
        problems: Vec::new(),
    })
}

/// Parses the relay's error with its list of problems.
pub(crate) fn parse_error_with_problems(text: &str) -> Option<ErrorBody> {
    json::read(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELAY_REFUSAL: &str = r#"{"code":"not_signed_in","message":"pair first"}"#;

    fn classified(status: u16, is_relay: bool, body: &str) -> Result<(), ClientError> {
        classify(status, is_relay, body, parse_error)
    }

    #[test]
    fn an_error_code_of_the_relay_is_a_refusal() {
        let error = classified(401, true, RELAY_REFUSAL).unwrap_err();
        assert_eq!(error.code(), Some(ErrorCode::NotSignedIn));
        assert!(!error.is_temporary());
    }

    #[test]
    fn a_response_that_is_not_the_relays_is_temporary_whatever_its_status_and_body() {
        let bodies = [
            "<html><h1>Forbidden</h1></html>",
            "",
            "{}",
            r#"{"code":"ACCESS_DENIED","message":"policy 7"}"#,
            RELAY_REFUSAL,
            r#"{"code":"not_found","message":"no such route"}"#,
        ];
        let statuses = [
            200, 202, 204, 302, 304, 307, 400, 401, 403, 404, 405, 407, 409, 410, 413, 422, 429,
            451, 500, 502, 503, 504, 511, 520,
        ];
        for status in statuses {
            for body in bodies {
                let error = classified(status, false, body).unwrap_err();
                assert_eq!(error, ClientError::NotRelay(status));
                assert!(
                    error.is_temporary() && error.code().is_none(),
                    "{status} {body}"
                );
            }
        }
    }

    #[test]
    fn an_unknown_error_code_is_not_final() {
        let unknown = [
            (
                403,
                r#"{"code":"outside_of_hours","message":"a newer relay"}"#,
            ),
            (
                410,
                r#"{"code":"not_signed_in","message":"of another status"}"#,
            ),
            (413, "length limit exceeded"),
        ];
        for (status, body) in unknown {
            let error = classified(status, true, body).unwrap_err();
            assert_eq!(error, ClientError::Unexpected(status));
            assert!(error.is_temporary());
        }
    }
}
