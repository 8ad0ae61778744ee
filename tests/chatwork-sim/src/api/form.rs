//! Form parameters of a request, read from its body only.
//!
//! The query string is ignored. A body of another content type holds no parameters, so JSON is refused
//! with 400.

use std::collections::HashMap;
use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};

use super::error::ApiError;
use crate::AccountId;

/// Parameters by name. Of a repeated parameter the last value counts.
#[derive(Debug, Default)]
pub(super) struct Form(HashMap<String, String>);

impl Form {
    /// A parameter that must be present and not empty.
    pub(super) fn required(&self, name: &'static str) -> Result<&str, ApiError> {
        self.get(name).ok_or(ApiError::MissingParameter(name))
    }

    /// A parameter; `None` when it is missing or empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// `0` or `1`; `0` when missing.
    pub(super) fn flag(&self, name: &'static str) -> Result<bool, ApiError> {
        flag(name, self.get(name))
    }

    /// Comma-separated account ids; empty when missing.
    pub(super) fn ids(&self, name: &'static str) -> Result<Vec<AccountId>, ApiError> {
        let ids = self.get(name).into_iter().flat_map(|list| list.split(','));
        ids.map(|id| AccountId::from_str(id.trim()).map_err(|_| ApiError::InvalidParameter(name)))
            .collect()
    }
}

/// Parses a boolean as Chatwork writes it.
pub(super) fn flag(name: &'static str, value: Option<&str>) -> Result<bool, ApiError> {
    match value {
        None | Some("" | "0") => Ok(false),
        Some("1") => Ok(true),
        Some(_) => Err(ApiError::InvalidParameter(name)),
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let value = request.headers().get(header::CONTENT_TYPE);
        let value = value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let media_type = value
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match media_type.as_str() {
            "application/x-www-form-urlencoded" => urlencoded(request, state).await,
            // Not documented for messages, but reported to work.
            "multipart/form-data" => multipart(request, state).await,
            _ => Ok(Self::default()),
        }
    }
}

async fn urlencoded<S: Send + Sync>(request: Request, state: &S) -> Result<Form, ApiError> {
    let body = Bytes::from_request(request, state)
        .await
        .map_err(|_| ApiError::PayloadTooLarge)?;
    Ok(Form(decode(&body)))
}

/// Decodes leniently, as PHP does: invalid percent-encoding and invalid UTF-8 are accepted.
fn decode(body: &[u8]) -> HashMap<String, String> {
    form_urlencoded::parse(body).into_owned().collect()
}

async fn multipart<S: Send + Sync>(request: Request, state: &S) -> Result<Form, ApiError> {
    let refuse = |error: MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ApiError::PayloadTooLarge
        } else {
            ApiError::InvalidParameter("body")
        }
    };
    let mut parts = Multipart::from_request(request, state)
        .await
        .map_err(|_| ApiError::InvalidParameter("body"))?;
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await.map_err(refuse)? {
        let Some(name) = part.name().map(str::to_owned) else {
            continue;
        };
        form.0.insert(name, part.text().await.map_err(refuse)?);
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_decoded_as_browsers_encode_them() {
        let form = Form(decode(
            b"body=%E5%8F%97%E4%BB%98+1%0A2&body2=%&ids=1,+2&bad=1,x&empty=",
        ));
        assert_eq!(form.required("body"), Ok("受付 1\n2"));
        assert_eq!(form.get("body2"), Some("%"));
        assert_eq!(
            form.required("empty"),
            Err(ApiError::MissingParameter("empty"))
        );
        assert_eq!(
            form.required("missing"),
            Err(ApiError::MissingParameter("missing"))
        );
        assert_eq!(form.ids("ids"), Ok(vec![1, 2]));
        assert_eq!(form.ids("missing"), Ok(vec![]));
        assert_eq!(form.ids("bad"), Err(ApiError::InvalidParameter("bad")));
    }

    #[test]
    fn a_boolean_is_0_or_1() {
        assert_eq!(flag("force", None), Ok(false));
        assert_eq!(flag("force", Some("0")), Ok(false));
        assert_eq!(flag("force", Some("1")), Ok(true));
        assert_eq!(
            flag("force", Some("true")),
            Err(ApiError::InvalidParameter("force"))
        );
    }
}
