//! What an answer looks like on the wire: compact JSON in ASCII, or nothing at all.

use std::fmt::Write;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// 200 with a JSON body.
#[derive(Debug)]
pub(super) struct Answer<T>(pub(super) T);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        json(StatusCode::OK, &self.0)
    }
}

/// A list, or 204 where Chatwork has nothing to list.
pub(super) fn list_or_nothing<T: Serialize>(list: Vec<T>) -> Response {
    if list.is_empty() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        Answer(list).into_response()
    }
}

/// Any status with a JSON body.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(text) => {
            let kind = (header::CONTENT_TYPE, "application/json; charset=utf-8");
            (status, [kind], ascii(&text)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written as JSON");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Writes everything beyond ASCII as `\uXXXX`. That only occurs in JSON strings, where it may.
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
    fn everything_beyond_ascii_is_escaped_and_reads_back_the_same() {
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
