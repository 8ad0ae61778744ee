//! Comparison of entity tags (RFC 9110, section 13.1).

use axum::http::header::IF_NONE_MATCH;
use axum::http::{HeaderMap, HeaderName};

/// Compares a conditional header with this tag; `*` matches any. `None` without the header.
pub(crate) fn matches_etag(headers: &HeaderMap, header: &HeaderName, etag: &str) -> Option<bool> {
    let mut values = headers.get_all(header).iter().peekable();
    values.peek()?;
    // If-None-Match compares weakly: a weak tag matches as well.
    let allows_weak = *header == IF_NONE_MATCH;
    Some(values.filter_map(|value| value.to_str().ok()).any(|list| {
        list.split(',').map(str::trim).any(|tag| {
            tag == "*" || tag == etag || allows_weak && tag.strip_prefix("W/") == Some(etag)
        })
    }))
}
