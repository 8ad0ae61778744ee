//! Requests that need no signed-in admin: signing in and out, a tablet's requests, and a host's own page. The requests
//! of an admin are methods of [`AdminClient`](super::admin::AdminClient).
//!
//! A request is aborted when its future is dropped, as it is when its page is left.

use serde::de::DeserializeOwned;
use yobirin_api::call::{CallStatus, TABLET_TIME};
use yobirin_api::device::{Heartbeat, Pair, Paired, PairingRequest};
use yobirin_api::personal::Me;
use yobirin_api::session::{FirstRun, Login, Session};
use yobirin_api::settings::DEVICE_HEADER;
use yobirin_domain::model::id::{CallId, DeviceId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::self_edit::SelfEdit;

use crate::api::request::{Method, parse_error_with_problems, send, send_any_status};
use crate::api::response::{ApiResult, SettingsJson};
use crate::browser::clock;
use crate::json;

/// Sends a request and reads the JSON of the response.
pub(crate) async fn read<T: DeserializeOwned>(
    method: Method,
    path: &str,
    body: Option<String>,
) -> ApiResult<T> {
    send(method, path, body, None).await?.json()
}

/// Sends a request whose only success is 204, without content. Any other status is an error: a captive portal
/// responds with 200 and has done nothing.
pub(crate) async fn send_for_no_content(
    method: Method,
    path: &str,
    body: Option<String>,
) -> ApiResult<()> {
    send(method, path, body, None).await?.no_content()
}

/// The session that this browser's cookies stand for.
pub async fn session() -> ApiResult<Session> {
    read(Method::Get, "/api/session", None).await
}

/// Signs in.
pub async fn login(login: &Login) -> ApiResult<()> {
    let session: ApiResult<Session> = read(Method::Post, "/api/login", json::write(login)).await;
    session.map(|_| ())
}

/// Sets the first password and signs in.
pub async fn first_run(first_run: &FirstRun) -> ApiResult<()> {
    let body = json::write(first_run);
    let session: ApiResult<Session> = read(Method::Post, "/api/first-run", body).await;
    session.map(|_| ())
}

/// Signs out.
pub async fn logout() -> ApiResult<()> {
    send_for_no_content(Method::Post, "/api/logout", None).await
}

/// The kiosk's words in a language, ordered by part and name (see `.make/pack.mjs`).
pub async fn words(lang: Lang) -> ApiResult<Vec<String>> {
    words_file("words-", lang).await
}

/// The kiosk's rarely shown words in a language, ordered by part and name.
pub async fn rare_words(lang: Lang) -> ApiResult<Vec<String>> {
    words_file("words-rare-", lang).await
}

async fn words_file(prefix: &str, lang: Lang) -> ApiResult<Vec<String>> {
    // The name of the file has the language without its script: `zh` for `zh-Hans`.
    let language = lang.tag().split('-').next().unwrap_or_default();
    read(Method::Get, &format!("/{prefix}{language}.json"), None).await
}

/// The device that this browser is paired as, `None` for a browser that is not a tablet, and the settings document,
/// `None` when it still is the one under `known_etag`.
pub async fn own_settings(
    known_etag: Option<&str>,
) -> ApiResult<(Option<DeviceId>, Option<SettingsJson>)> {
    let condition = known_etag.map(|etag| ("if-none-match", etag));
    let response = send(Method::Get, "/api/settings", None, condition).await?;
    let device = response.header(DEVICE_HEADER)?;
    Ok((device.parse().ok(), response.settings_json()?))
}

/// Pairs this browser as a tablet.
pub async fn pair(code: &str) -> ApiResult<Paired> {
    let code = code.to_owned();
    read(Method::Post, "/api/pair", json::write(&Pair { code })).await
}

/// Requests an admin's approval of this browser as a tablet. Repeated, it returns whether the approval was given.
pub async fn ask_for_pairing() -> ApiResult<PairingRequest> {
    read(Method::Post, "/api/pairing-requests", None).await
}

/// Hands a call over; idempotent. `body` is the JSON of a `Call`, the same at each repetition. A header holds the
/// tablet's time, by which the relay computes how long ago the tap was.
pub async fn put_call(id: CallId, body: String) -> ApiResult<CallStatus> {
    let now = clock::now().to_string();
    let header = Some((TABLET_TIME, now.as_str()));
    send(Method::Put, &format!("/api/calls/{id}"), Some(body), header)
        .await?
        .json()
}

/// Status of a call of this tablet.
pub async fn call_status(id: CallId) -> ApiResult<CallStatus> {
    read(Method::Get, &format!("/api/calls/{id}"), None).await
}

/// Cancels a call; idempotent.
pub async fn cancel_call(id: CallId) -> ApiResult<CallStatus> {
    read(Method::Delete, &format!("/api/calls/{id}"), None).await
}

/// Reports this tablet's state to the relay.
pub async fn heartbeat(heartbeat: &Heartbeat) -> ApiResult<()> {
    send_for_no_content(Method::Post, "/api/heartbeat", json::write(heartbeat)).await
}

/// The host whose own page is open in this browser.
pub async fn me() -> ApiResult<Me> {
    read(Method::Get, "/api/me", None).await
}

/// Saves a host's changes of their own entry. A refusal lists the problem of each field.
pub async fn change_me(edit: &SelfEdit) -> ApiResult<Me> {
    let response = send_any_status(Method::Patch, "/api/me", json::write(edit), &[]).await?;
    response.into_success(parse_error_with_problems)?.json()
}

/// Closes the host's own page in this browser.
pub async fn close_me() -> ApiResult<()> {
    send_for_no_content(Method::Post, "/api/me/close", None).await
}
