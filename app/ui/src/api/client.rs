//! Talking to the relay. One error type for everything that can go wrong on the way; a request is
//! aborted when its future is dropped, so leaving a page leaves nothing running.

use serde::de::DeserializeOwned;
use yobirin_api::call::{CallPage, CallStatus, TABLET_TIME};
use yobirin_api::chatwork::{
    Connect, Connection, ContactRequest, Listing, NewRoom, Person, Room, Traffic,
};
use yobirin_api::device::{DeviceStatus, Heartbeat, Pair, Paired, PairingCode};
use yobirin_api::message::{SentMessage, TestMessage};
use yobirin_api::session::{FirstRun, Login, Session};
use yobirin_api::settings::{DEVICE_HEADER, SavedVersion};
use yobirin_domain::model::id::{CallId, DeviceId, RoomId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::SettingsDocument;

use crate::api::request::{Method, exchange, refusal_with_problems, send};
use crate::api::response::{ApiResult, WithEtag};
use crate::browser::clock;
use crate::json;

pub(crate) async fn read<T: DeserializeOwned>(
    method: Method,
    path: &str,
    body: Option<String>,
) -> ApiResult<T> {
    send(method, path, body, None).await?.json()
}

/// For what the relay answers with 204. A portal's page, which is a 200, has done nothing.
pub(crate) async fn done(method: Method, path: &str, body: Option<String>) -> ApiResult<()> {
    send(method, path, body, None).await?.empty()
}

/// Whom this browser's cookies stand for.
pub async fn session() -> ApiResult<Session> {
    read(Method::Get, "/api/session", None).await
}

/// The kiosk's words in a language that does not come with the app, in the order of their declaration.
pub async fn words(lang: Lang) -> ApiResult<Vec<String>> {
    let tag = lang.tag().split('-').next().unwrap_or_default();
    read(Method::Get, &format!("/words-{tag}.json"), None).await
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
    done(Method::Post, "/api/logout", None).await
}

/// The connection to Chatwork.
pub async fn connection() -> ApiResult<Connection> {
    read(Method::Get, "/api/chatwork", None).await
}

/// Connects to Chatwork with a bot's token.
pub async fn connect(token: &str) -> ApiResult<Connection> {
    read(
        Method::Put,
        "/api/chatwork",
        json::write(&Connect {
            token: token.to_owned(),
        }),
    )
    .await
}

/// Forgets the token.
pub async fn disconnect() -> ApiResult<()> {
    done(Method::Delete, "/api/chatwork", None).await
}

/// Rooms the bot is in.
pub async fn rooms() -> ApiResult<Listing<Room>> {
    read(Method::Get, "/api/chatwork/rooms", None).await
}

/// Members of a room the bot is in.
pub async fn members(room: RoomId) -> ApiResult<Listing<Person>> {
    read(
        Method::Get,
        &format!("/api/chatwork/rooms/{room}/members"),
        None,
    )
    .await
}

/// The bot's contacts.
pub async fn contacts() -> ApiResult<Listing<Person>> {
    read(Method::Get, "/api/chatwork/contacts", None).await
}

/// Has the bot make a group chat.
pub async fn make_room(new: &NewRoom) -> ApiResult<Room> {
    read(Method::Post, "/api/chatwork/rooms", json::write(new)).await
}

/// Who asks to become a contact of the bot.
pub async fn contact_requests() -> ApiResult<Listing<ContactRequest>> {
    read(Method::Get, "/api/chatwork/contact-requests", None).await
}

/// Makes one of them a contact.
pub async fn accept_contact(id: u64) -> ApiResult<()> {
    let path = format!("/api/chatwork/contact-requests/{id}");
    done(Method::Post, &path, None).await
}

/// What waits to be sent, and what may be sent.
pub async fn traffic() -> ApiResult<Traffic> {
    read(Method::Get, "/api/chatwork/traffic", None).await
}

/// Has the bot say that this is a test.
pub async fn test_message(test: &TestMessage) -> ApiResult<SentMessage> {
    read(Method::Post, "/api/test-message", json::write(test)).await
}

/// The settings document; `None` when it is still the one under `known`.
pub async fn settings(known: Option<&str>) -> ApiResult<Option<WithEtag>> {
    let condition = known.map(|etag| ("if-none-match", etag));
    let answer = send(Method::Get, "/api/settings", None, condition).await?;
    answer.tagged()
}

/// The settings document as a tablet asks for it: with the device that this browser is paired as.
pub async fn own_settings(known: Option<&str>) -> ApiResult<(Option<DeviceId>, Option<WithEtag>)> {
    let condition = known.map(|etag| ("if-none-match", etag));
    let answer = send(Method::Get, "/api/settings", None, condition).await?;
    let device = answer.header(DEVICE_HEADER)?;
    Ok((device.parse().ok(), answer.tagged()?))
}

/// Saves the settings document in place of the one under `etag`; the new ETag comes back.
pub async fn save_settings(document: String, etag: &str) -> ApiResult<String> {
    let condition = Some(("if-match", etag));
    let answer = exchange(Method::Put, "/api/settings", Some(document), condition).await?;
    answer.accepted(refusal_with_problems)?.etag()
}

/// How every tablet is doing.
pub async fn devices() -> ApiResult<Vec<DeviceStatus>> {
    read(Method::Get, "/api/devices", None).await
}

/// A fresh pairing code for a tablet.
pub async fn pairing_code(device: &DeviceId) -> ApiResult<PairingCode> {
    read(
        Method::Post,
        &format!("/api/devices/{device}/pairing-code"),
        None,
    )
    .await
}

/// Revokes a tablet's pairing.
pub async fn unpair(device: &DeviceId) -> ApiResult<()> {
    done(
        Method::Delete,
        &format!("/api/devices/{device}/pairing"),
        None,
    )
    .await
}

/// Asks a tablet to load the app anew.
pub async fn reload_device(device: &DeviceId) -> ApiResult<()> {
    done(Method::Post, &format!("/api/devices/{device}/reload"), None).await
}

/// Makes this browser a tablet.
pub async fn pair(code: &str) -> ApiResult<Paired> {
    read(
        Method::Post,
        "/api/pair",
        json::write(&Pair {
            code: code.to_owned(),
        }),
    )
    .await
}

/// Hands a call over: `body` is the JSON of a `Call`, the same at each repetition; safe to repeat. What
/// our clock shows goes with it, so that the relay can tell how long ago the tap was.
pub async fn put_call(id: CallId, body: String) -> ApiResult<CallStatus> {
    let now = clock::now().to_string();
    let header = Some((TABLET_TIME, now.as_str()));
    send(Method::Put, &format!("/api/calls/{id}"), Some(body), header)
        .await?
        .json()
}

/// How a call of this tablet stands.
pub async fn call(id: CallId) -> ApiResult<CallStatus> {
    read(Method::Get, &format!("/api/calls/{id}"), None).await
}

/// Takes a call back; safe to repeat.
pub async fn cancel_call(id: CallId) -> ApiResult<CallStatus> {
    read(Method::Delete, &format!("/api/calls/{id}"), None).await
}

/// One page of the history, newest first; `filter` is a query of the address.
pub async fn calls(before: Option<CallId>, filter: &str) -> ApiResult<CallPage> {
    let before = before.map_or(String::new(), |id| format!("before={id}&"));
    read(Method::Get, &format!("/api/calls?{before}{filter}"), None).await
}

/// The latest saved versions of the settings, newest first.
pub async fn versions() -> ApiResult<Vec<SavedVersion>> {
    read(Method::Get, "/api/settings/versions", None).await
}

/// The settings as they were in a version.
pub async fn settings_at(number: u64) -> ApiResult<SettingsDocument> {
    read(
        Method::Get,
        &format!("/api/settings/versions/{number}"),
        None,
    )
    .await
}

/// Tells the relay how this tablet is doing.
pub async fn heartbeat(heartbeat: &Heartbeat) -> ApiResult<()> {
    done(Method::Post, "/api/heartbeat", json::write(heartbeat)).await
}
