//! The parameters of a call: from its body, and from nowhere else.
//!
//! The query is ignored, and a body that is no form holds no parameters at all: that is how JSON
//! gets its 400.

use std::collections::HashMap;
use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};

use super::error::Refusal;
use crate::AccountId;

/// The parameters by name; of those given twice, the last.
#[derive(Debug, Default)]
pub(super) struct Form(HashMap<String, String>);

impl Form {
    /// A parameter that must be there and hold something.
    pub(super) fn required(&self, name: &'static str) -> Result<&str, Refusal> {
        self.get(name).ok_or(Refusal::Required(name))
    }

    /// A parameter, unless it is missing or empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// `0` or `1`; `0` when missing.
    pub(super) fn flag(&self, name: &'static str) -> Result<bool, Refusal> {
        flag(name, self.get(name))
    }

    /// Account ids with commas between; none when missing.
    pub(super) fn ids(&self, name: &'static str) -> Result<Vec<AccountId>, Refusal> {
        let ids = self.get(name).into_iter().flat_map(|list| list.split(','));
        ids.map(|id| AccountId::from_str(id.trim()).map_err(|_| Refusal::Invalid(name)))
            .collect()
    }
}

/// Chatwork's booleans.
pub(super) fn flag(name: &'static str, value: Option<&str>) -> Result<bool, Refusal> {
    match value {
        None | Some("" | "0") => Ok(false),
        Some("1") => Ok(true),
        Some(_) => Err(Refusal::Invalid(name)),
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match kind.as_str() {
            "application/x-www-form-urlencoded" => urlencoded(request, state).await,
            // Undocumented for messages, and yet reported to work.
            "multipart/form-data" => multipart(request, state).await,
            _ => Ok(Self::default()),
        }
    }
}

async fn urlencoded<S: Send + Sync>(request: Request, state: &S) -> Result<Form, Refusal> {
    let body = Bytes::from_request(request, state)
        .await
        .map_err(|_| Refusal::TooLarge)?;
    Ok(Form(decode(&body)))
}

/// Broken percent signs and bytes that are no UTF-8 are taken as they come, as PHP does.
fn decode(body: &[u8]) -> HashMap<String, String> {
    form_urlencoded::parse(body).into_owned().collect()
}

async fn multipart<S: Send + Sync>(request: Request, state: &S) -> Result<Form, Refusal> {
    let refuse = |error: MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Refusal::TooLarge
        } else {
            Refusal::Invalid("body")
        }
    };
    let mut parts = Multipart::from_request(request, state)
        .await
        .map_err(|_| Refusal::Invalid("body"))?;
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
    fn forms_are_read_as_browsers_write_them() {
        let form = Form(decode(
            b"body=%E5%8F%97%E4%BB%98+1%0A2&body2=%&ids=1,+2&bad=1,x&empty=",
        ));
        assert_eq!(form.required("body"), Ok("受付 1\n2"));
        assert_eq!(form.get("body2"), Some("%"));
        assert_eq!(form.required("empty"), Err(Refusal::Required("empty")));
        assert_eq!(form.required("missing"), Err(Refusal::Required("missing")));
        assert_eq!(form.ids("ids"), Ok(vec![1, 2]));
        assert_eq!(form.ids("missing"), Ok(vec![]));
        assert_eq!(form.ids("bad"), Err(Refusal::Invalid("bad")));
    }

    #[test]
    fn a_boolean_is_0_or_1() {
        assert_eq!(flag("force", None), Ok(false));
        assert_eq!(flag("force", Some("0")), Ok(false));
        assert_eq!(flag("force", Some("1")), Ok(true));
        assert_eq!(flag("force", Some("true")), Err(Refusal::Invalid("force")));
    }
}
