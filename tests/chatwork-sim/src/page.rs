//! The page at `/`, which shows the rooms live and replies, edits and deletes as any host, and the pictures
//! that the API links to.
//!
//! All files are embedded. The content security policy allows the page's own files and server only, so a
//! message cannot inject anything.

mod avatar;

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::shared::Shared;

/// Content security policy.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Path, content type and content of the page's files.
const FILES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("page/index.html")),
    ("/page/tokens.css", CSS, include_str!("page/tokens.css")),
    ("/page/layout.css", CSS, include_str!("page/layout.css")),
    ("/page/rooms.css", CSS, include_str!("page/rooms.css")),
    ("/page/message.css", CSS, include_str!("page/message.css")),
    ("/page/main.js", SCRIPT, include_str!("page/main.js")),
    ("/page/office.js", SCRIPT, include_str!("page/office.js")),
    ("/page/actions.js", SCRIPT, include_str!("page/actions.js")),
    ("/page/element.js", SCRIPT, include_str!("page/element.js")),
    ("/page/rooms.js", SCRIPT, include_str!("page/rooms.js")),
    (
        "/page/timeline.js",
        SCRIPT,
        include_str!("page/timeline.js"),
    ),
    (
        "/page/notation.js",
        SCRIPT,
        include_str!("page/notation.js"),
    ),
    (
        "/page/composer.js",
        SCRIPT,
        include_str!("page/composer.js"),
    ),
    ("/favicon.svg", SVG, include_str!("page/favicon.svg")),
];

pub(crate) fn router() -> Router<Arc<Shared>> {
    let router = Router::new().route("/avatar/{file}", get(avatar::show));
    FILES.iter().fold(router, |router, &(path, kind, content)| {
        router.route(
            path,
            get(move || async move { file_response(kind, content) }),
        )
    })
}

fn file_response(kind: &'static str, content: impl Into<String>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, content.into()).into_response()
}
