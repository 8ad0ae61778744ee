//! Response bodies as Chatwork sends them: compact JSON in ASCII, or no body.

use std::fmt::Write;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// 200 with a JSON body.
#[derive(Debug)]
pub(super) struct AsciiJson<T>(pub(super) T);

impl<T: Serialize> IntoResponse for AsciiJson<T> {
    fn into_response(self) -> Response {
        json(StatusCode::OK, &self.0)
    }
}

/// 200 with the list, or 204 when the list is empty.
pub(super) fn list_or_no_content<T: Serialize>(list: Vec<T>) -> Response {
    if list.is_empty() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        AsciiJson(list).into_response()
    }
}

/// Adds the headers that announce messages hidden by the office's plan.
pub(super) fn limited(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        "chatwork-message-limitation",
        HeaderValue::from_static("true"),
    );
    // The words are not documented.
    headers.insert(
        "chatwork-message-limitation-summary",
        HeaderValue::from_static("latest 5000 messages within 40 days"),
    );
    response
}

/// A JSON body with the given status.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(text) => {
            let content_type = (header::CONTENT_TYPE, "application/json; charset=utf-8");
            (status, [content_type], ascii(&text)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "failed to serialise response");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Escapes every non-ASCII character as `\uXXXX`. JSON holds such characters in strings only.
fn ascii(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            for unit in c.encode_utf16(&mut units) {
                // Writing into a string cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn non_ascii_characters_are_escaped_and_parse_back_unchanged() {
        let cases = [
            ("受付bot", r#""\u53d7\u4ed8bot""#),
            ("𠮷田", r#""\ud842\udfb7\u7530""#),
            ("Nguyễn", r#""Nguy\u1ec5n""#),
            ("a\"b\\c\n", r#""a\"b\\c\n""#),
        ];
        for (text, escaped) in cases {
            let json = ascii(&serde_json::to_string(text).unwrap());
            assert_eq!(json, escaped);
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
