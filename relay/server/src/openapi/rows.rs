//! Operations of the document, in the order of the router's table.

use utoipa::openapi::HttpMethod::{self, Delete, Get, Patch, Post, Put};
use yobirin_api::ErrorCode::{
    BadDeadline, BadPairingCode, Busy, CallDiffers, ChatworkFailed, ChatworkUnreachable,
    CodeNeeded, FirstRunOver, GuessablePassword, IfMatchMissing, InvalidSettings, Malformed,
    NotConnected, NotFound, OutOfReach, ReauthenticationNeeded, SecondStepOff, SecondStepOn,
    SettingsChanged, TokenRefused, TooManyTries, WeakPassword, WrongCode, WrongSecret,
};
use yobirin_api::account::{Account, BothSteps, Enrol, Enrolment, FirstCode, RecoveryCodes};
use yobirin_api::call::{Call, CallPage, CallStatus};
use yobirin_api::chatwork::{Connect, Connection, ContactRequest, NewRoom, Person, Room, Traffic};
use yobirin_api::device::{DeviceStatus, Heartbeat, Pair, Paired, PairingCode};
use yobirin_api::message::{SentMessage, TestMessage};
use yobirin_api::personal::{HostLink, Me, PersonalLink};
use yobirin_api::session::{ChangePassword, FirstRun, Login, OpenSession, Reauthenticate, Session};
use yobirin_api::settings::SavedVersion;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::{CallId, DeviceId, HostId, RoomId};
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::self_edit::SelfEdit;

use super::operation::{ADMIN, DEVICE, HOST, METRICS, Operation};

pub(super) fn rows() -> Vec<Operation> {
    let mut rows = anyone();
    rows.extend(account());
    rows.extend(hosts());
    rows.extend(chatwork());
    rows.extend(devices());
    rows.extend(settings());
    rows.extend(calls());
    rows.extend(watchers());
    rows
}

fn row(method: HttpMethod, path: &'static str, summary: &'static str) -> Operation {
    Operation::new(method, path, summary)
}

fn anyone() -> Vec<Operation> {
    vec![
        row(Get, "/api/session", "Permissions of this browser's cookies").answers::<Session>(200),
        row(Post, "/api/first-run", "Set the first password")
            .json_body::<FirstRun>()
            .answers::<Session>(200)
            .errors(&[FirstRunOver, WrongSecret, WeakPassword, GuessablePassword])
            .errors(&[TooManyTries, Busy]),
        row(Post, "/api/login", "Sign in")
            .json_body::<Login>()
            .answers::<Session>(200)
            .errors(&[WrongSecret, CodeNeeded, WrongCode, TooManyTries, Busy]),
        row(Post, "/api/logout", "Sign out").answers_empty(204),
        row(
            Post,
            "/api/me/close",
            "End the host session of this browser",
        )
        .answers_empty(204),
        row(Post, "/api/pair", "Pair this browser as a tablet")
            .json_body::<Pair>()
            .answers::<Paired>(200)
            .errors(&[BadPairingCode, TooManyTries]),
        row(Get, "/api/openapi.json", "This document").answers_text(200, "application/json"),
    ]
}

fn account() -> Vec<Operation> {
    let both_steps = |path, summary| {
        row(Post, path, summary)
            .only_for(&[ADMIN])
            .json_body::<BothSteps>()
            .errors(&[WrongSecret, CodeNeeded, WrongCode, SecondStepOff])
            .errors(&[TooManyTries, Busy])
    };
    vec![
        row(
            Post,
            "/api/reauthenticate",
            "Reauthenticate, for five minutes",
        )
        .only_for(&[ADMIN])
        .json_body::<Reauthenticate>()
        .answers_empty(204)
        .errors(&[WrongSecret, CodeNeeded, WrongCode, TooManyTries, Busy]),
        row(Get, "/api/account", "Factors of signing in")
            .only_for(&[ADMIN])
            .answers::<Account>(200),
        row(
            Post,
            "/api/totp/enrolment",
            "Begin to switch the second factor on",
        )
        .only_for(&[ADMIN])
        .json_body::<Enrol>()
        .answers::<Enrolment>(200)
        .errors(&[WrongSecret, SecondStepOn, TooManyTries, Busy]),
        row(
            Put,
            "/api/totp",
            "Switch the second factor on with its first code; every other session ends",
        )
        .only_for(&[ADMIN])
        .json_body::<FirstCode>()
        .answers::<RecoveryCodes>(200)
        .errors(&[WrongCode, SecondStepOn, SecondStepOff]),
        both_steps(
            "/api/totp/off",
            "Switch the second factor off; every other session ends",
        )
        .answers_empty(204),
        both_steps(
            "/api/totp/recovery-codes",
            "Replace the recovery codes; every other session ends",
        )
        .answers::<RecoveryCodes>(200),
        row(
            Post,
            "/api/password",
            "Change the password; every other session ends",
        )
        .only_for(&[ADMIN])
        .json_body::<ChangePassword>()
        .answers_empty(204)
        .errors(&[WrongSecret, CodeNeeded, WrongCode, WeakPassword])
        .errors(&[GuessablePassword, TooManyTries, Busy]),
        row(Get, "/api/sessions", "Admin sessions")
            .only_for(&[ADMIN])
            .answers_list::<OpenSession>(),
        row(Delete, "/api/sessions/{id}", "End a session")
            .only_for(&[ADMIN])
            .path_parameter::<String>("id")
            .answers_empty(204)
            .errors(&[NotFound, ReauthenticationNeeded]),
    ]
}

fn hosts() -> Vec<Operation> {
    let one = |method, path, summary| {
        row(method, path, summary)
            .only_for(&[ADMIN])
            .path_parameter::<HostId>("id")
            .errors(&[NotFound])
    };
    vec![
        row(Get, "/api/hosts/links", "Hosts with a personal link")
            .only_for(&[ADMIN])
            .answers_list::<HostLink>(),
        one(
            Post,
            "/api/hosts/{id}/link",
            "Make a personal link; the one before ends",
        )
        .answers::<PersonalLink>(200),
        one(Delete, "/api/hosts/{id}/link", "Revoke a personal link").answers_empty(204),
        one(
            Post,
            "/api/hosts/{id}/link/message",
            "Have the bot send a personal link to its host",
        )
        .json_body::<PersonalLink>()
        .answers::<SentMessage>(202)
        .errors(&[OutOfReach, NotConnected, TokenRefused]),
        row(Get, "/api/me", "A host's own page")
            .only_for(&[HOST])
            .answers::<Me>(200),
        row(Patch, "/api/me", "Change a host's own page")
            .only_for(&[HOST])
            .json_body::<SelfEdit>()
            .answers::<Me>(200)
            .errors(&[NotFound, InvalidSettings, SettingsChanged, TooManyTries]),
    ]
}

fn chatwork() -> Vec<Operation> {
    let trouble = [
        NotConnected,
        TokenRefused,
        TooManyTries,
        ChatworkFailed,
        ChatworkUnreachable,
    ];
    let read = |path, summary| row(Get, path, summary).only_for(&[ADMIN]).errors(&trouble);
    vec![
        row(Get, "/api/chatwork", "Connection to Chatwork")
            .only_for(&[ADMIN])
            .answers::<Connection>(200),
        row(Put, "/api/chatwork", "Connect with a token")
            .only_for(&[ADMIN])
            .json_body::<Connect>()
            .answers::<Connection>(200)
            .errors(&trouble)
            .errors(&[ReauthenticationNeeded]),
        row(Delete, "/api/chatwork", "Delete the token")
            .only_for(&[ADMIN])
            .answers_empty(204)
            .errors(&[ReauthenticationNeeded]),
        read("/api/chatwork/rooms", "Rooms of the bot").answers_listing::<Room>(),
        read("/api/chatwork/rooms/{id}/members", "Members of a room")
            .path_parameter::<RoomId>("id")
            .answers_listing::<Person>()
            .errors(&[NotFound]),
        row(
            Post,
            "/api/chatwork/rooms",
            "Create a group chat of the bot",
        )
        .only_for(&[ADMIN])
        .json_body::<NewRoom>()
        .answers::<Room>(201)
        .errors(&trouble)
        .errors(&[Malformed, NotFound]),
        read("/api/chatwork/contacts", "Contacts of the bot").answers_listing::<Person>(),
        read("/api/chatwork/contact-requests", "Contact requests")
            .answers_listing::<ContactRequest>(),
        row(
            Post,
            "/api/chatwork/contact-requests/{id}",
            "Accept a contact request",
        )
        .only_for(&[ADMIN])
        .path_parameter::<u64>("id")
        .answers_empty(204)
        .errors(&trouble)
        .errors(&[NotFound]),
        row(
            Get,
            "/api/chatwork/traffic",
            "Length of the outbox, and requests left of Chatwork's limit",
        )
        .only_for(&[ADMIN])
        .answers::<Traffic>(200),
        row(Post, "/api/test-message", "Send a test message")
            .only_for(&[ADMIN])
            .json_body::<TestMessage>()
            .answers::<SentMessage>(202)
            .errors(&[NotConnected, TokenRefused, OutOfReach]),
        row(Get, "/api/messages/{id}", "State of a message")
            .only_for(&[ADMIN])
            .path_parameter::<CallId>("id")
            .answers::<SentMessage>(200)
            .errors(&[NotFound]),
    ]
}

fn devices() -> Vec<Operation> {
    let one = |method, path, summary| {
        row(method, path, summary)
            .only_for(&[ADMIN])
            .path_parameter::<DeviceId>("id")
            .errors(&[NotFound])
    };
    vec![
        row(Get, "/api/devices", "State of every tablet")
            .only_for(&[ADMIN])
            .answers_list::<DeviceStatus>(),
        one(
            Post,
            "/api/devices/{id}/pairing-code",
            "Make a pairing code",
        )
        .answers::<PairingCode>(200),
        one(Delete, "/api/devices/{id}/pairing", "Revoke a pairing").answers_empty(204),
        one(
            Post,
            "/api/devices/{id}/reload",
            "Ask a tablet to reload the app",
        )
        .answers_empty(204),
        row(Post, "/api/heartbeat", "Report a tablet's own state")
            .only_for(&[DEVICE])
            .json_body::<Heartbeat>()
            .answers_empty(204),
    ]
}

fn settings() -> Vec<Operation> {
    vec![
        row(
            Get,
            "/api/settings",
            "Settings, with their ETag; the header `yobirin-device` tells a tablet its device",
        )
        .only_for(&[ADMIN, DEVICE])
        .header::<String>("If-None-Match")
        .answers::<SettingsDocument>(200)
        .answers_empty(304),
        row(Put, "/api/settings", "Save the settings")
            .only_for(&[ADMIN])
            .header::<String>("If-Match")
            .json_body::<SettingsDocument>()
            .answers_empty(204)
            .errors(&[IfMatchMissing, SettingsChanged, InvalidSettings]),
        row(
            Get,
            "/api/settings/versions",
            "Latest saved versions, newest first",
        )
        .only_for(&[ADMIN])
        .answers_list::<SavedVersion>(),
        row(
            Get,
            "/api/settings/versions/{number}",
            "A saved version of the settings",
        )
        .only_for(&[ADMIN])
        .path_parameter::<u64>("number")
        .answers::<SettingsDocument>(200)
        .errors(&[NotFound]),
    ]
}

fn calls() -> Vec<Operation> {
    vec![
        row(Get, "/api/calls", "History of calls, newest first")
            .only_for(&[ADMIN])
            .query::<CallId>("before")
            .query::<u32>("limit")
            .query::<Date>("from")
            .query::<Date>("to")
            .query::<DeviceId>("device")
            .query::<CallState>("state")
            .query::<String>("text")
            .answers::<CallPage>(200),
        row(Put, "/api/calls/{id}", "Submit a call")
            .only_for(&[DEVICE])
            .path_parameter::<CallId>("id")
            .header::<u64>("X-Tablet-Time")
            .json_body::<Call>()
            .answers::<CallStatus>(202)
            .errors(&[CallDiffers, OutOfReach, BadDeadline, TooManyTries]),
        row(Get, "/api/calls/{id}", "State of a call of this tablet")
            .only_for(&[DEVICE])
            .path_parameter::<CallId>("id")
            .answers::<CallStatus>(200)
            .errors(&[NotFound]),
        row(
            Delete,
            "/api/calls/{id}",
            "Cancel a call, and retract what was delivered",
        )
        .only_for(&[DEVICE])
        .path_parameter::<CallId>("id")
        .answers::<CallStatus>(202)
        .errors(&[NotFound, TooManyTries]),
        row(
            Get,
            "/api/events",
            "Server-sent events that hold an `Event` each",
        )
        .only_for(&[DEVICE])
        .query::<u64>("after")
        .header::<String>("Last-Event-ID")
        .answers_text(200, "text/event-stream")
        .errors(&[Malformed]),
    ]
}

fn watchers() -> Vec<Operation> {
    let text = "text/plain";
    vec![
        row(Get, "/healthz", "The process runs").answers_text(200, text),
        row(Get, "/readyz", "The relay can accept calls")
            .answers_text(200, text)
            .answers_text(503, text),
        row(
            Get,
            "/metrics",
            "Metrics for Prometheus; without a token on this machine only",
        )
        .only_for(&[METRICS])
        .answers_text(200, text),
    ]
}
