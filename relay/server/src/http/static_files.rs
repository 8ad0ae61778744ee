//! The built app, served from inside the binary (see `build.rs`). Paths without a file are pages of the app,
//! which has its own router.

use axum::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    VARY,
};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::etag::matches_etag;

/// File of the app.
struct File {
    path: &'static str,
    /// First characters of its SHA-256, in hex.
    tag: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Length of the hash in a file's name, as Trunk makes it.
const NAME_HASH_CHARS: usize = 16;
/// Page that is served when the binary has no app.
const NOT_BUILT_PAGE: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Yobirin</title>\
    <h1>The app has not been built</h1><p>This relay was compiled without it: run <code>make</code> \
    and start the relay again.";

/// Returns the hashes of inline scripts, for the content security policy.
pub(crate) fn script_hashes() -> &'static str {
    SCRIPT_HASHES
}

/// Serves every path that no route matches.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    match find_file(uri.path()) {
        Some(file) => file_response(file, &headers),
        None if is_page(uri.path()) => match find_file(page_of(uri.path())) {
            Some(file) => file_response(file, &headers),
            None => (
                StatusCode::SERVICE_UNAVAILABLE,
                [
                    (CONTENT_TYPE, "text/html; charset=utf-8"),
                    (CACHE_CONTROL, "no-store"),
                ],
                NOT_BUILT_PAGE,
            )
                .into_response(),
        },
        None => (StatusCode::NOT_FOUND, "no such file\n").into_response(),
    }
}

fn find_file(path: &str) -> Option<&'static File> {
    FILES
        .binary_search_by(|file| file.path.cmp(path))
        .ok()
        .map(|index| &FILES[index])
}

/// True for pages, which have no extension: a missing file must not get a page as its response.
fn is_page(path: &str) -> bool {
    !path.rsplit('/').next().unwrap_or_default().contains('.')
}

/// Returns the page of a path: set-up has all pages below its path, the kiosk the others.
fn page_of(path: &str) -> &'static str {
    if path == "/setup" || path.starts_with("/setup/") {
        "/setup/index.html"
    } else {
        "/index.html"
    }
}

fn file_response(file: &'static File, headers: &HeaderMap) -> Response {
    let etag = format!("W/\"{}\"", file.tag);
    let shared = [
        (ETAG, etag.clone()),
        (CACHE_CONTROL, cache_policy(file.path).to_owned()),
        (VARY, "accept-encoding".to_owned()),
    ];
    if matches_etag(headers, &IF_NONE_MATCH, &etag) == Some(true) {
        return (StatusCode::NOT_MODIFIED, shared).into_response();
    }
    let media_type = [(CONTENT_TYPE, media_type(file.path))];
    let accepts = |coding| accepts_coding(headers, coding);
    match (file.brotli, file.gzip) {
        (Some(bytes), _) if accepts("br") => {
            (shared, media_type, [(CONTENT_ENCODING, "br")], bytes).into_response()
        }
        (_, Some(bytes)) if accepts("gzip") => {
            (shared, media_type, [(CONTENT_ENCODING, "gzip")], bytes).into_response()
        }
        _ => (shared, media_type, file.plain).into_response(),
    }
}

/// True when the client accepts this coding (RFC 9110, section 12.5.3); `q=0` means that it does not.
fn accepts_coding(headers: &HeaderMap, coding: &str) -> bool {
    let lists = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let refused = parts.any(|part| {
            let weight = part.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok());
            weight.is_some_and(|weight| weight <= 0.0)
        });
        named && !refused
    })
}

/// Returns the cache policy. Files with a hash in their name never change.
fn cache_policy(path: &str) -> &'static str {
    if has_hash(path) {
        "public, max-age=31536000, immutable"
    } else {
        // The service worker refuses pages that a proxy has changed.
        "no-cache, no-transform"
    }
}

/// True for names with a hash, such as `app-0123456789abcdef.js` and `app-0123456789abcdef_bg.wasm` (Trunk).
fn has_hash(path: &str) -> bool {
    path.split(['-', '.', '_', '/'])
        .any(|part| part.len() == NAME_HASH_CHARS && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_cached_for_good() {
        for path in [
            "/yobirin-ui-1a2b3c4d5e6f7a8b.js",
            "/yobirin-ui-1a2b3c4d5e6f7a8b_bg.wasm",
        ] {
            assert!(has_hash(path), "{path}");
        }
        for path in [
            "/index.html",
            "/sw.js",
            "/manifest.webmanifest",
            "/icons/bell.svg",
        ] {
            assert!(!has_hash(path), "{path}");
        }
    }

    #[test]
    fn a_coding_with_weight_zero_is_refused() {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, "gzip;q=0.5, br;q=0".parse().unwrap());
        assert!(accepts_coding(&headers, "gzip"));
        assert!(!accepts_coding(&headers, "br"));
        assert!(!accepts_coding(&headers, "zstd"));
    }

    #[test]
    fn pages_have_no_extension() {
        assert!(is_page("/") && is_page("/setup/hosts") && is_page("/a.b/c"));
        assert!(!is_page("/missing.js"));
    }

    #[test]
    fn set_up_and_kiosk_have_pages_of_their_own() {
        for kiosk in ["/", "/pair", "/setups"] {
            assert_eq!(page_of(kiosk), "/index.html", "{kiosk}");
        }
        for setup in ["/setup", "/setup/", "/setup/sign-in", "/setup/hosts/h1"] {
            assert_eq!(page_of(setup), "/setup/index.html", "{setup}");
        }
    }

    #[test]
    fn the_table_is_sorted_for_the_binary_search() {
        assert!(FILES.is_sorted_by_key(|file| file.path));
    }
}
