//! One request and its answer.

use gloo_net::http::{Headers, RequestBuilder, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use web_sys::AbortController;
use yobirin_api::{ApiError, ErrorCode};

use super::{Answered, ClientError, Tagged};
use crate::json;

pub(super) use gloo_net::http::Method as Verb;

/// Methods the relay knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
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

/// Aborts its request when dropped before the answer is in.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// A whole answer.
pub(super) struct Answer {
    status: u16,
    headers: Headers,
    text: String,
}

impl Answer {
    /// The answer itself when its status is 200 to 299 or 304, else the refusal as `read` finds it.
    pub(super) fn accepted(self, read: fn(&str) -> Option<ApiError>) -> Answered<Self> {
        if (200..300).contains(&self.status) || self.status == 304 {
            return Ok(self);
        }
        Err(read(&self.text).map_or(ClientError::Unexpected(self.status), ClientError::Refused))
    }

    pub(super) fn json<T: DeserializeOwned>(self) -> Answered<T> {
        json::read(&self.text).ok_or(ClientError::Unexpected(self.status))
    }

    /// A header that the relay always sends.
    pub(super) fn header(&self, name: &str) -> Answered<String> {
        self.headers
            .get(name)
            .ok_or(ClientError::Unexpected(self.status))
    }

    pub(super) fn etag(&self) -> Answered<String> {
        self.header("etag")
    }

    pub(super) fn tagged(self) -> Answered<Option<Tagged>> {
        if self.status == 304 {
            return Ok(None);
        }
        let etag = self.etag()?;
        Ok(Some(Tagged {
            json: self.text,
            etag,
        }))
    }
}

/// Sends a request and waits for the whole answer; a refusal comes without its list of problems.
pub(super) async fn send(
    method: Method,
    path: &str,
    body: Option<String>,
    header: Option<(&str, &str)>,
) -> Answered<Answer> {
    let answer = exchange(method, path, body, header).await?;
    answer.accepted(refusal)
}

/// Sends a request and waits for the whole answer, of any status. `body` is JSON.
pub(super) async fn exchange(
    method: Method,
    path: &str,
    body: Option<String>,
    header: Option<(&str, &str)>,
) -> Answered<Answer> {
    let mut guard = AbortOnDrop(AbortController::new().ok());
    let signal = guard.0.as_ref().map(AbortController::signal);
    let mut builder = RequestBuilder::new(path)
        .method(method.into())
        .header("accept", "application/json")
        .abort_signal(signal.as_ref());
    if let Some((name, value)) = header {
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
    let answer = whole(response).await;
    guard.0 = None;
    answer
}

async fn whole(response: Response) -> Answered<Answer> {
    let status = response.status();
    let text = response
        .text()
        .await
        .map_err(|_| ClientError::Unreachable)?;
    Ok(Answer {
        status,
        headers: response.headers(),
        text,
    })
}

/// Reads the relay's refusal. Only saving settings gets a list of problems, and only set-up saves
/// settings, so that the kiosk does without the code that reads them.
pub(super) fn refusal(text: &str) -> Option<ApiError> {
    #[derive(Deserialize)]
    struct Refusal {
        code: ErrorCode,
        message: String,
    }
    let Refusal { code, message } = json::read(text)?;
    Some(ApiError {
        code,
        message,
        problems: Vec::new(),
    })
}

/// Reads the relay's refusal with its list of problems.
pub(super) fn refusal_with_problems(text: &str) -> Option<ApiError> {
    json::read(text)
}
