//! The page at `/`: the rooms as they fill, and a way to answer as a host. Also the pictures that
//! the API's answers link to.
//!
//! All files are in the program. The policy lets the page load itself and talk to its own server,
//! and nothing else: what somebody writes in a message can do no harm there.

mod avatar;

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::shared::Shared;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Path, kind and content of everything the page is made of.
const FILES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("page/index.html")),
    ("/page/tokens.css", CSS, include_str!("page/tokens.css")),
    ("/page/layout.css", CSS, include_str!("page/layout.css")),
    ("/page/rooms.css", CSS, include_str!("page/rooms.css")),
    ("/page/message.css", CSS, include_str!("page/message.css")),
    ("/page/main.js", SCRIPT, include_str!("page/main.js")),
    ("/page/office.js", SCRIPT, include_str!("page/office.js")),
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
        router.route(path, get(move || async move { file(kind, content) }))
    })
}

fn file(kind: &'static str, content: impl Into<String>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, content.into()).into_response()
}
