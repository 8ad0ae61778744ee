//! Requests that only a signed-in admin may make. Each is a method of [`AdminClient`], so no page can
//! make one without a session; a response "not signed in" to any of them ends the session.

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use yobirin_api::ErrorCode;
use yobirin_api::account::{Account, BothFactors, Enrol, Enrolment, FirstCode, RecoveryCodes};
use yobirin_api::alarm::{AlarmReport, AlarmTarget, AlarmTestResult, TestAlarm};
use yobirin_api::call::{CallFigures, CallPage};
use yobirin_api::chatwork::{
    Connect, Connection, ContactRequest, Listing, NewRoom, Person, Room, Traffic,
};
use yobirin_api::device::{DeviceStatus, Pair, PairingCode, WaitingPairingRequest};
use yobirin_api::message::{SentMessage, TestMessage};
use yobirin_api::personal::{HostLink, PersonalLink};
use yobirin_api::session::{ChangePassword, OpenSession, Reauthenticate, Session};
use yobirin_api::settings::{EDITOR_HEADER, SavedVersion};
use yobirin_api::webhook::{SetWebhook, Webhook};
use yobirin_domain::model::editor_name::EditorName;
use yobirin_domain::model::id::{CallId, DeviceId, HostId, RoomId};
use yobirin_domain::model::retention::Retention;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::retention::{RetentionKind, RetentionPreview, VisitErasure};
use yobirin_domain::routing::Destination;

use crate::api::client::{read, send_for_no_content};
use crate::api::request::{Method, NOT_MODIFIED, parse_error_with_problems, send, send_any_status};
use crate::api::response::{ApiResult, ClientError, SettingsJson};
use crate::browser::navigation;
use crate::json;

/// The relay as a signed-in admin asks it.
#[derive(Clone, Copy)]
pub(crate) struct AdminClient {
    /// Called when the relay no longer knows the session.
    on_session_lost: Callback<()>,
    is_demo: bool,
    version: StoredValue<String>,
}

impl AdminClient {
    /// The client of a session; `None` for a session that is not an admin's.
    pub(crate) fn new(session: &Session, on_session_lost: Callback<()>) -> Option<Self> {
        session.admin.then(|| Self {
            on_session_lost,
            is_demo: session.demo,
            version: StoredValue::new(session.version.clone()),
        })
    }

    /// True when Chatwork is simulated.
    pub(crate) fn is_demo(self) -> bool {
        self.is_demo
    }

    /// The relay's version number, as it was when the session was loaded.
    pub(crate) fn version(self) -> String {
        self.version.get_value()
    }

    /// Returns the response. The error "not signed in" also ends the session.
    fn watch_session<T>(self, response: ApiResult<T>) -> ApiResult<T> {
        if response.as_ref().err().and_then(ClientError::code) == Some(ErrorCode::NotSignedIn) {
            self.on_session_lost.try_run(());
        }
        response
    }

    async fn read<T: DeserializeOwned>(
        self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> ApiResult<T> {
        self.watch_session(read(method, path, body).await)
    }

    async fn get<T: DeserializeOwned>(self, path: &str) -> ApiResult<T> {
        self.read(Method::Get, path, None).await
    }

    async fn send_for_no_content(
        self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> ApiResult<()> {
        self.watch_session(send_for_no_content(method, path, body).await)
    }

    // Chatwork

    pub(crate) async fn connection(self) -> ApiResult<Connection> {
        self.get("/api/chatwork").await
    }

    /// Connects to Chatwork with a bot's token.
    pub(crate) async fn connect(self, token: &str) -> ApiResult<Connection> {
        let token = token.to_owned();
        let body = json::write(&Connect { token });
        self.read(Method::Put, "/api/chatwork", body).await
    }

    /// Deletes the stored token.
    pub(crate) async fn disconnect(self) -> ApiResult<()> {
        self.send_for_no_content(Method::Delete, "/api/chatwork", None)
            .await
    }

    /// State of Chatwork's webhook.
    pub(crate) async fn webhook(self) -> ApiResult<Webhook> {
        self.get("/api/chatwork/webhook").await
    }

    /// Stores the token of Chatwork's webhook.
    pub(crate) async fn set_webhook(self, token: &str) -> ApiResult<Webhook> {
        let token = token.to_owned();
        let body = json::write(&SetWebhook { token });
        self.read(Method::Put, "/api/chatwork/webhook", body).await
    }

    /// Deletes the token of Chatwork's webhook.
    pub(crate) async fn clear_webhook(self) -> ApiResult<()> {
        self.send_for_no_content(Method::Delete, "/api/chatwork/webhook", None)
            .await
    }

    /// Rooms that the bot is a member of.
    pub(crate) async fn rooms(self) -> ApiResult<Listing<Room>> {
        self.get("/api/chatwork/rooms").await
    }

    /// Members of a room that the bot is a member of.
    pub(crate) async fn members(self, room: RoomId) -> ApiResult<Listing<Person>> {
        self.get(&format!("/api/chatwork/rooms/{room}/members"))
            .await
    }

    pub(crate) async fn contacts(self) -> ApiResult<Listing<Person>> {
        self.get("/api/chatwork/contacts").await
    }

    /// Has the bot create a group chat.
    pub(crate) async fn create_room(self, new: NewRoom) -> ApiResult<Room> {
        self.read(Method::Post, "/api/chatwork/rooms", json::write(&new))
            .await
    }

    pub(crate) async fn contact_requests(self) -> ApiResult<Listing<ContactRequest>> {
        self.get("/api/chatwork/contact-requests").await
    }

    pub(crate) async fn accept_contact(self, id: u64) -> ApiResult<()> {
        let path = format!("/api/chatwork/contact-requests/{id}");
        self.send_for_no_content(Method::Post, &path, None).await
    }

    /// Queued messages, and how much of Chatwork's rate limit is left.
    pub(crate) async fn traffic(self) -> ApiResult<Traffic> {
        self.get("/api/chatwork/traffic").await
    }

    /// Sends a test message; `None` sends it to the default room.
    pub(crate) async fn test_message(self, to: Option<Destination>) -> ApiResult<SentMessage> {
        let body = json::write(&TestMessage { to });
        self.read(Method::Post, "/api/test-message", body).await
    }

    /// State of a message that the bot sends for set-up.
    pub(crate) async fn message(self, id: CallId) -> ApiResult<SentMessage> {
        self.get(&format!("/api/messages/{id}")).await
    }

    // Settings

    pub(crate) async fn settings(self) -> ApiResult<SettingsJson> {
        let response = send(Method::Get, "/api/settings?edit=true", None, None).await;
        let settings = response.and_then(|response| {
            // Without If-None-Match the relay has no reason to answer 304.
            response
                .settings_json()?
                .ok_or(ClientError::Unexpected(NOT_MODIFIED))
        });
        self.watch_session(settings)
    }

    /// Saves the document in place of the one under `etag`, with the name of the editor, and returns the new ETag.
    pub(crate) async fn save_settings(
        self,
        document: String,
        etag: &str,
        editor: Option<&EditorName>,
    ) -> ApiResult<String> {
        let editor = editor.map(|name| navigation::percent_encode(name.as_str()));
        let mut headers = vec![("if-match", etag)];
        headers.extend(editor.as_deref().map(|name| (EDITOR_HEADER, name)));
        let response =
            send_any_status(Method::Put, "/api/settings", Some(document), &headers).await;
        self.watch_session(
            response.and_then(|response| response.into_success(parse_error_with_problems)?.etag()),
        )
    }

    /// The latest saved versions of the settings, newest first.
    pub(crate) async fn versions(self) -> ApiResult<Vec<SavedVersion>> {
        self.get("/api/settings/versions").await
    }

    /// The settings of one saved version.
    pub(crate) async fn settings_of_version(self, number: u64) -> ApiResult<SettingsDocument> {
        self.get(&format!("/api/settings/versions/{number}")).await
    }

    // Devices

    pub(crate) async fn devices(self) -> ApiResult<Vec<DeviceStatus>> {
        self.get("/api/devices").await
    }

    pub(crate) async fn pairing_code(self, device: DeviceId) -> ApiResult<PairingCode> {
        let path = format!("/api/devices/{device}/pairing-code");
        self.read(Method::Post, &path, None).await
    }

    pub(crate) async fn unpair(self, device: DeviceId) -> ApiResult<()> {
        let path = format!("/api/devices/{device}/pairing");
        self.send_for_no_content(Method::Delete, &path, None).await
    }

    /// Pairing requests of unpaired tablets that wait for approval.
    pub(crate) async fn pairing_requests(self) -> ApiResult<Vec<WaitingPairingRequest>> {
        self.get("/api/pairing-requests").await
    }

    /// Approves the tablet that shows this code as the device.
    pub(crate) async fn approve_tablet(self, device: DeviceId, code: String) -> ApiResult<()> {
        let path = format!("/api/devices/{device}/pairing");
        self.send_for_no_content(Method::Put, &path, json::write(&Pair { code }))
            .await
    }

    /// Has a tablet load the app again.
    pub(crate) async fn reload_device(self, device: DeviceId) -> ApiResult<()> {
        let path = format!("/api/devices/{device}/reload");
        self.send_for_no_content(Method::Post, &path, None).await
    }

    // Hosts' personal links

    /// The hosts that have a personal link.
    pub(crate) async fn host_links(self) -> ApiResult<Vec<HostLink>> {
        self.get("/api/hosts/links").await
    }

    /// Creates a personal link; an earlier one of the host stops working.
    pub(crate) async fn create_host_link(self, host: HostId) -> ApiResult<PersonalLink> {
        let path = format!("/api/hosts/{host}/link");
        self.read(Method::Post, &path, None).await
    }

    /// Sends a personal link to its host by Chatwork.
    pub(crate) async fn send_host_link(
        self,
        host: HostId,
        link: PersonalLink,
    ) -> ApiResult<SentMessage> {
        let path = format!("/api/hosts/{host}/link/message");
        self.read(Method::Post, &path, json::write(&link)).await
    }

    pub(crate) async fn revoke_host_link(self, host: HostId) -> ApiResult<()> {
        let path = format!("/api/hosts/{host}/link");
        self.send_for_no_content(Method::Delete, &path, None).await
    }

    // Calls

    /// One page of the call history, newest first: the calls before `before`, or the latest ones. `filter` is a query
    /// string.
    pub(crate) async fn calls(self, before: Option<CallId>, filter: &str) -> ApiResult<CallPage> {
        let before = before.map_or(String::new(), |id| format!("before={id}&"));
        self.get(&format!("/api/calls?{before}{filter}")).await
    }

    /// Erases the words of a call. Words that are still needed are erased later; the response says so.
    pub(crate) async fn erase_words(self, call: CallId) -> ApiResult<VisitErasure> {
        let path = format!("/api/calls/{call}/words");
        self.read(Method::Delete, &path, None).await
    }

    /// Number of records that this retention would erase now, and the maximum number of days that the relay allows.
    pub(crate) async fn retention_preview(
        self,
        retention: Retention,
    ) -> ApiResult<RetentionPreview> {
        let pair = |kind: RetentionKind| format!("{}={}", kind.key(), retention.days(kind));
        let query = RetentionKind::ALL.map(pair).join("&");
        self.get(&format!("/api/retention/preview?{query}")).await
    }

    /// Figures of today's calls.
    pub(crate) async fn figures(self) -> ApiResult<CallFigures> {
        self.get("/api/figures").await
    }

    // Alarms

    /// Open incidents, and the places where the office is notified of them.
    pub(crate) async fn alarms(self) -> ApiResult<AlarmReport> {
        self.get("/api/alarms").await
    }

    /// Sends a test alarm.
    pub(crate) async fn test_alarm(self, target: AlarmTarget) -> ApiResult<AlarmTestResult> {
        let body = json::write(&TestAlarm { target });
        self.read(Method::Post, "/api/alarms/test", body).await
    }

    // The admin's own account

    pub(crate) async fn account(self) -> ApiResult<Account> {
        self.get("/api/account").await
    }

    pub(crate) async fn change_password(self, change: ChangePassword) -> ApiResult<()> {
        self.send_for_no_content(Method::Post, "/api/password", json::write(&change))
            .await
    }

    /// Confirms password and second factor again, before an act that needs it.
    pub(crate) async fn reauthenticate(self, credentials: Reauthenticate) -> ApiResult<()> {
        let body = json::write(&credentials);
        self.send_for_no_content(Method::Post, "/api/reauthenticate", body)
            .await
    }

    /// Starts to switch two-factor authentication on.
    pub(crate) async fn enrol(self, password: String) -> ApiResult<Enrolment> {
        let body = json::write(&Enrol { password });
        self.read(Method::Post, "/api/totp/enrolment", body).await
    }

    /// Switches two-factor authentication on with the first code of the authenticator app.
    pub(crate) async fn confirm_two_factor(self, code: String) -> ApiResult<RecoveryCodes> {
        let body = json::write(&FirstCode { code });
        self.read(Method::Put, "/api/totp", body).await
    }

    pub(crate) async fn switch_two_factor_off(self, credentials: BothFactors) -> ApiResult<()> {
        let body = json::write(&credentials);
        self.send_for_no_content(Method::Post, "/api/totp/off", body)
            .await
    }

    /// Creates recovery codes in place of the old ones.
    pub(crate) async fn new_recovery_codes(
        self,
        credentials: BothFactors,
    ) -> ApiResult<RecoveryCodes> {
        let body = json::write(&credentials);
        self.read(Method::Post, "/api/totp/recovery-codes", body)
            .await
    }

    /// The browsers in which an admin is signed in.
    pub(crate) async fn sessions(self) -> ApiResult<Vec<OpenSession>> {
        self.get("/api/sessions").await
    }

    pub(crate) async fn end_session(self, id: &str) -> ApiResult<()> {
        let path = format!("/api/sessions/{id}");
        self.send_for_no_content(Method::Delete, &path, None).await
    }
}
