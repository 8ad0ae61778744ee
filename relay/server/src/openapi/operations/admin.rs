//! Operations of admins.

use axum::handler::Handler;
use utoipa::openapi::HttpMethod::{self, Delete, Get, Post, Put};
use yobirin_api::ErrorCode::{
    self, Busy, ChatworkFailed, ChatworkLimited, ChatworkUnreachable, CodeNeeded,
    DestinationNotAllowed, GuessablePassword, IfMatchMissing, InvalidSettings, Malformed,
    NotConnected, NotFound, ReauthenticationNeeded, SettingsChanged, TokenRefused, TooManyTries,
    TwoFactorOff, TwoFactorOn, WeakPassword, WrongCode, WrongSecret,
};
use yobirin_api::account::{Account, BothFactors, Enrol, Enrolment, FirstCode, RecoveryCodes};
use yobirin_api::alarm::{AlarmReport, AlarmTestResult, TestAlarm};
use yobirin_api::call::{CallFigures, CallOutcome, CallPage};
use yobirin_api::chatwork::{Connect, Connection, ContactRequest, NewRoom, Person, Room, Traffic};
use yobirin_api::device::{DeviceStatus, Pair, PairingCode, WaitingPairingRequest};
use yobirin_api::message::{SentMessage, TestMessage};
use yobirin_api::personal::{HostLink, PersonalLink};
use yobirin_api::session::{ChangePassword, OpenSession, Reauthenticate};
use yobirin_api::settings::{EDITOR_HEADER, SavedVersion};
use yobirin_api::webhook::{SetWebhook, Webhook};
use yobirin_domain::model::date::Date;
use yobirin_domain::model::id::{CallId, DeviceId, HostId, RoomId};
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::retention::{RetentionPreview, VisitErasure};

use crate::openapi::operation::{ADMIN, Operation, operation};
use crate::routes::{
    account, alarms, chatwork, devices, history, host_links, messages, pairing_requests, session,
    settings, totp, versions, webhook,
};
use crate::state::SharedState;

/// Limit of a settings document.
const MAX_SETTINGS_BYTES: usize = 4 * 1024 * 1024;

/// Errors of every request that is passed on to Chatwork.
const CHATWORK_ERRORS: [ErrorCode; 5] = [
    NotConnected,
    TokenRefused,
    ChatworkLimited,
    ChatworkFailed,
    ChatworkUnreachable,
];

pub(super) fn operations() -> Vec<Operation> {
    [account, host_links, chatwork, alarms, devices, settings]
        .into_iter()
        .flat_map(|group| group())
        .collect()
}

fn admin<H: Handler<T, SharedState>, T: 'static>(
    method: HttpMethod,
    path: &'static str,
    handler: H,
) -> Operation {
    operation(method, path, handler).only_for(&[ADMIN])
}

fn account() -> Vec<Operation> {
    vec![
        admin(Post, "/api/reauthenticate", session::reauthenticate)
            .summary("Reauthenticate, for five minutes")
            .event("reauthenticated")
            .json_body::<Reauthenticate>()
            .responds_empty(204)
            .errors(&[WrongSecret, CodeNeeded, WrongCode, TooManyTries, Busy]),
        admin(Get, "/api/account", account::show)
            .summary("Factors of signing in")
            .responds::<Account>(200),
        admin(Post, "/api/totp/enrolment", totp::enrol)
            .summary("Begin to switch two-factor authentication on")
            .json_body::<Enrol>()
            .responds::<Enrolment>(200)
            .errors(&[WrongSecret, TwoFactorOn, TooManyTries, Busy]),
        admin(Put, "/api/totp", totp::confirm)
            .summary(
                "Switch two-factor authentication on with its first code. Every other session ends",
            )
            .event("two_factor_on")
            .json_body::<FirstCode>()
            .responds::<RecoveryCodes>(200)
            .errors(&[WrongCode, TwoFactorOn, TwoFactorOff]),
        admin(Post, "/api/totp/off", totp::switch_off)
            .summary("Switch two-factor authentication off. Every other session ends")
            .event("two_factor_off")
            .json_body::<BothFactors>()
            .responds_empty(204)
            .errors(&[WrongSecret, CodeNeeded, WrongCode, TwoFactorOff])
            .errors(&[TooManyTries, Busy]),
        admin(Post, "/api/totp/recovery-codes", totp::recovery_codes)
            .summary("Replace the recovery codes. Every other session ends")
            .event("recovery_codes_made")
            .json_body::<BothFactors>()
            .responds::<RecoveryCodes>(200)
            .errors(&[WrongSecret, CodeNeeded, WrongCode, TwoFactorOff])
            .errors(&[TooManyTries, Busy]),
        admin(Post, "/api/password", account::change_password)
            .summary("Change the password. Every other session ends")
            .event("password_changed")
            .json_body::<ChangePassword>()
            .responds_empty(204)
            .errors(&[WrongSecret, CodeNeeded, WrongCode, WeakPassword])
            .errors(&[GuessablePassword, TooManyTries, Busy]),
        admin(Get, "/api/sessions", account::sessions)
            .summary("Admin sessions")
            .responds_list::<OpenSession>(),
        admin(Delete, "/api/sessions/{id}", account::end_session)
            .summary("End a session")
            .event("session_ended")
            .path_parameter::<String>("id")
            .responds_empty(204)
            .errors(&[NotFound, ReauthenticationNeeded]),
    ]
}

fn host_links() -> Vec<Operation> {
    vec![
        admin(Get, "/api/hosts/links", host_links::list)
            .summary("Hosts with a personal link")
            .responds_list::<HostLink>(),
        admin(Post, "/api/hosts/{id}/link", host_links::make)
            .summary("Make a personal link. The previous link ends")
            .event("link_made")
            .path_parameter::<HostId>("id")
            .responds::<PersonalLink>(200)
            .errors(&[NotFound]),
        admin(Delete, "/api/hosts/{id}/link", host_links::revoke)
            .summary("Revoke a personal link")
            .event("link_revoked")
            .path_parameter::<HostId>("id")
            .responds_empty(204)
            .errors(&[NotFound]),
        admin(Post, "/api/hosts/{id}/link/message", host_links::send)
            .summary("Have the bot send a personal link to its host")
            .event("link_sent")
            .path_parameter::<HostId>("id")
            .json_body::<PersonalLink>()
            .responds::<SentMessage>(202)
            .errors(&[NotFound, DestinationNotAllowed, NotConnected, TokenRefused]),
    ]
}

fn chatwork() -> Vec<Operation> {
    vec![
        admin(Get, "/api/chatwork", chatwork::show)
            .summary("Connection to Chatwork")
            .responds::<Connection>(200),
        admin(Put, "/api/chatwork", chatwork::connect)
            .summary("Connect with a token")
            .event("token_connected")
            .json_body::<Connect>()
            .responds::<Connection>(200)
            .errors(&CHATWORK_ERRORS)
            .errors(&[ReauthenticationNeeded]),
        admin(Delete, "/api/chatwork", chatwork::disconnect)
            .summary("Delete the token")
            .event("token_removed")
            .responds_empty(204)
            .errors(&[ReauthenticationNeeded]),
        admin(Get, "/api/chatwork/webhook", webhook::show)
            .summary("Webhook of Chatwork, without its token")
            .responds::<Webhook>(200),
        admin(Put, "/api/chatwork/webhook", webhook::set_token)
            .summary("Store the webhook token")
            .event("webhook_set")
            .json_body::<SetWebhook>()
            .responds::<Webhook>(200)
            .errors(&[ReauthenticationNeeded]),
        admin(Delete, "/api/chatwork/webhook", webhook::clear)
            .summary("Delete the webhook token")
            .event("webhook_removed")
            .responds_empty(204)
            .errors(&[ReauthenticationNeeded]),
        admin(Get, "/api/chatwork/rooms", chatwork::rooms)
            .summary("Rooms of the bot")
            .responds_listing::<Room>()
            .errors(&CHATWORK_ERRORS),
        admin(Get, "/api/chatwork/rooms/{id}/members", chatwork::members)
            .summary("Members of a room")
            .path_parameter::<RoomId>("id")
            .responds_listing::<Person>()
            .errors(&CHATWORK_ERRORS)
            .errors(&[NotFound]),
        admin(Post, "/api/chatwork/rooms", chatwork::make_room)
            .summary("Create a group chat of the bot")
            .json_body::<NewRoom>()
            .responds::<Room>(201)
            .errors(&CHATWORK_ERRORS)
            .errors(&[Malformed, NotFound]),
        admin(Get, "/api/chatwork/contacts", chatwork::contacts)
            .summary("Contacts of the bot")
            .responds_listing::<Person>()
            .errors(&CHATWORK_ERRORS),
        admin(
            Get,
            "/api/chatwork/contact-requests",
            chatwork::contact_requests,
        )
        .summary("Contact requests")
        .responds_listing::<ContactRequest>()
        .errors(&CHATWORK_ERRORS),
        admin(
            Post,
            "/api/chatwork/contact-requests/{id}",
            chatwork::accept_contact,
        )
        .summary("Accept a contact request")
        .path_parameter::<u64>("id")
        .responds_empty(204)
        .errors(&CHATWORK_ERRORS)
        .errors(&[NotFound]),
        admin(Get, "/api/chatwork/traffic", chatwork::traffic)
            .summary("Length of the outbox, and requests left of Chatwork's limit")
            .responds::<Traffic>(200),
        admin(Post, "/api/test-message", messages::test)
            .summary("Send a test message")
            .json_body::<TestMessage>()
            .responds::<SentMessage>(202)
            .errors(&[NotConnected, TokenRefused, DestinationNotAllowed]),
        admin(Get, "/api/messages/{id}", messages::show)
            .summary("State of a message")
            .path_parameter::<CallId>("id")
            .responds::<SentMessage>(200)
            .errors(&[NotFound]),
    ]
}

fn alarms() -> Vec<Operation> {
    vec![
        admin(Get, "/api/alarms", alarms::show)
            .summary("Open incidents, and where they are posted")
            .responds::<AlarmReport>(200),
        admin(Post, "/api/alarms/test", alarms::test)
            .summary("Send a test to the room for alarms or to the alarm webhook")
            .json_body::<TestAlarm>()
            .responds::<AlarmTestResult>(202)
            .errors(&[NotConnected, TokenRefused, DestinationNotAllowed, NotFound]),
    ]
}

fn devices() -> Vec<Operation> {
    vec![
        admin(Get, "/api/devices", devices::list)
            .summary("State of every tablet")
            .responds_list::<DeviceStatus>(),
        admin(
            Post,
            "/api/devices/{id}/pairing-code",
            devices::pairing_code,
        )
        .summary("Make a pairing code")
        .event("pairing_code_made")
        .path_parameter::<DeviceId>("id")
        .responds::<PairingCode>(200)
        .errors(&[NotFound]),
        admin(Get, "/api/pairing-requests", pairing_requests::list)
            .summary("Pairing requests that wait for approval")
            .responds_list::<WaitingPairingRequest>(),
        admin(Put, "/api/devices/{id}/pairing", pairing_requests::approve)
            .summary("Approve a pairing request: its tablet is paired as this device")
            .event("pairing_approved")
            .path_parameter::<DeviceId>("id")
            .json_body::<Pair>()
            .responds_empty(204)
            .errors(&[NotFound]),
        admin(Delete, "/api/devices/{id}/pairing", devices::revoke)
            .summary("Revoke a pairing")
            .event("pairing_revoked")
            .path_parameter::<DeviceId>("id")
            .responds_empty(204)
            .errors(&[NotFound]),
        admin(Post, "/api/devices/{id}/reload", devices::reload)
            .summary("Ask a tablet to reload the app")
            .path_parameter::<DeviceId>("id")
            .responds_empty(204)
            .errors(&[NotFound]),
    ]
}

fn settings() -> Vec<Operation> {
    vec![
        admin(Put, "/api/settings", settings::save)
            .summary("Save the settings")
            .event("settings_saved")
            .header::<String>("If-Match")
            .header::<String>(EDITOR_HEADER)
            .json_body::<SettingsDocument>()
            .body_up_to(MAX_SETTINGS_BYTES)
            .responds_empty(204)
            .errors(&[IfMatchMissing, SettingsChanged, InvalidSettings]),
        admin(Get, "/api/settings/versions", versions::list)
            .summary("Latest saved versions, newest first")
            .responds_list::<SavedVersion>(),
        admin(Get, "/api/settings/versions/{number}", versions::show)
            .summary("A saved version of the settings")
            .event("old_settings_read")
            .path_parameter::<u64>("number")
            .responds::<SettingsDocument>(200)
            .errors(&[NotFound]),
        admin(Get, "/api/calls", history::page)
            .summary("History of calls, newest first")
            .query::<CallId>("before")
            .query::<u32>("limit")
            .query::<Date>("from")
            .query::<Date>("to")
            .query::<DeviceId>("device")
            .query::<CallOutcome>("outcome")
            .query::<String>("text")
            .responds::<CallPage>(200),
        admin(Delete, "/api/calls/{id}/words", history::erase_visit)
            .summary(
                "Erase the words, messages and answers of a visit, as soon as they are not needed",
            )
            .event("visit_erased")
            .path_parameter::<CallId>("id")
            .responds::<VisitErasure>(200)
            .errors(&[NotFound]),
        admin(Get, "/api/retention/preview", history::retention_preview)
            .summary("Number of records that this retention would erase now")
            .query::<u16>("visitors")
            .query::<u16>("messages")
            .query::<u16>("answers")
            .query::<u16>("counts")
            .responds::<RetentionPreview>(200),
        admin(Get, "/api/figures", history::figures)
            .summary("Figures of today's calls")
            .responds::<CallFigures>(200),
    ]
}
