//! What each address takes and answers, in the order of the router's table.

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
        row(Get, "/api/session", "What this browser's cookies stand for").answers::<Session>(200),
        row(Post, "/api/first-run", "Choose the first password")
            .takes::<FirstRun>()
            .answers::<Session>(200)
            .fails(&[FirstRunOver, WrongSecret, WeakPassword, GuessablePassword])
            .fails(&[TooManyTries, Busy]),
        row(Post, "/api/login", "Sign in")
            .takes::<Login>()
            .answers::<Session>(200)
            .fails(&[WrongSecret, CodeNeeded, WrongCode, TooManyTries, Busy]),
        row(Post, "/api/logout", "Sign out").done(204),
        row(
            Post,
            "/api/me/close",
            "Close a host's own page in this browser",
        )
        .done(204),
        row(Post, "/api/pair", "Become the tablet that a code is for")
            .takes::<Pair>()
            .answers::<Paired>(200)
            .fails(&[BadPairingCode, TooManyTries]),
        row(Get, "/api/openapi.json", "This document").says(200, "application/json"),
    ]
}

fn account() -> Vec<Operation> {
    let both_steps = |path, summary| {
        row(Post, path, summary)
            .only(&[ADMIN])
            .takes::<BothSteps>()
            .fails(&[WrongSecret, CodeNeeded, WrongCode, SecondStepOff])
            .fails(&[TooManyTries, Busy])
    };
    vec![
        row(
            Post,
            "/api/reauthenticate",
            "Show password and second step again, for five minutes of acts that need it",
        )
        .only(&[ADMIN])
        .takes::<Reauthenticate>()
        .done(204)
        .fails(&[WrongSecret, CodeNeeded, WrongCode, TooManyTries, Busy]),
        row(Get, "/api/account", "How signing in is guarded")
            .only(&[ADMIN])
            .answers::<Account>(200),
        row(
            Post,
            "/api/totp/enrolment",
            "Begin to switch the second step of signing in on",
        )
        .only(&[ADMIN])
        .takes::<Enrol>()
        .answers::<Enrolment>(200)
        .fails(&[WrongSecret, SecondStepOn, TooManyTries, Busy]),
        row(
            Put,
            "/api/totp",
            "Switch it on with the first code; every other session ends",
        )
        .only(&[ADMIN])
        .takes::<FirstCode>()
        .answers::<RecoveryCodes>(200)
        .fails(&[WrongCode, SecondStepOn, SecondStepOff]),
        both_steps(
            "/api/totp/off",
            "Switch the second step off; every other session ends",
        )
        .done(204),
        both_steps(
            "/api/totp/recovery-codes",
            "Fresh recovery codes; the old ones and every other session end",
        )
        .answers::<RecoveryCodes>(200),
        row(
            Post,
            "/api/password",
            "Change the password; every other session ends",
        )
        .only(&[ADMIN])
        .takes::<ChangePassword>()
        .done(204)
        .fails(&[WrongSecret, CodeNeeded, WrongCode, WeakPassword])
        .fails(&[GuessablePassword, TooManyTries, Busy]),
        row(Get, "/api/sessions", "Who is signed in as admin")
            .only(&[ADMIN])
            .lists::<OpenSession>(),
        row(Delete, "/api/sessions/{id}", "End a session")
            .only(&[ADMIN])
            .part::<String>("id")
            .done(204)
            .fails(&[NotFound, ReauthenticationNeeded]),
    ]
}

fn hosts() -> Vec<Operation> {
    let one = |method, path, summary| {
        row(method, path, summary)
            .only(&[ADMIN])
            .part::<HostId>("id")
            .fails(&[NotFound])
    };
    vec![
        row(Get, "/api/hosts/links", "The hosts with a personal link")
            .only(&[ADMIN])
            .lists::<HostLink>(),
        one(
            Post,
            "/api/hosts/{id}/link",
            "A fresh personal link; the one before ends",
        )
        .answers::<PersonalLink>(200),
        one(Delete, "/api/hosts/{id}/link", "End a personal link").done(204),
        one(
            Post,
            "/api/hosts/{id}/link/message",
            "Have the bot bring a personal link to its host",
        )
        .takes::<PersonalLink>()
        .answers::<SentMessage>(202)
        .fails(&[OutOfReach, NotConnected, TokenRefused]),
        row(Get, "/api/me", "What a host sees on their own page")
            .only(&[HOST])
            .answers::<Me>(200),
        row(Patch, "/api/me", "What a host may change of themselves")
            .only(&[HOST])
            .takes::<SelfEdit>()
            .answers::<Me>(200)
            .fails(&[NotFound, InvalidSettings, SettingsChanged, TooManyTries]),
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
    let read = |path, summary| row(Get, path, summary).only(&[ADMIN]).fails(&trouble);
    vec![
        row(Get, "/api/chatwork", "The connection to Chatwork")
            .only(&[ADMIN])
            .answers::<Connection>(200),
        row(Put, "/api/chatwork", "Connect with a token")
            .only(&[ADMIN])
            .takes::<Connect>()
            .answers::<Connection>(200)
            .fails(&trouble)
            .fails(&[ReauthenticationNeeded]),
        row(Delete, "/api/chatwork", "Forget the token")
            .only(&[ADMIN])
            .done(204)
            .fails(&[ReauthenticationNeeded]),
        read("/api/chatwork/rooms", "The rooms the bot is in").listing::<Room>(),
        read("/api/chatwork/rooms/{id}/members", "Who is in a room")
            .part::<RoomId>("id")
            .listing::<Person>()
            .fails(&[NotFound]),
        row(
            Post,
            "/api/chatwork/rooms",
            "Have the bot make a group chat",
        )
        .only(&[ADMIN])
        .takes::<NewRoom>()
        .answers::<Room>(201)
        .fails(&trouble)
        .fails(&[Malformed, NotFound]),
        read("/api/chatwork/contacts", "The bot's contacts").listing::<Person>(),
        read(
            "/api/chatwork/contact-requests",
            "Who asks to become a contact",
        )
        .listing::<ContactRequest>(),
        row(
            Post,
            "/api/chatwork/contact-requests/{id}",
            "Make them a contact",
        )
        .only(&[ADMIN])
        .part::<u64>("id")
        .done(204)
        .fails(&trouble)
        .fails(&[NotFound]),
        row(
            Get,
            "/api/chatwork/traffic",
            "What waits to be sent, and what may be sent",
        )
        .only(&[ADMIN])
        .answers::<Traffic>(200),
        row(
            Post,
            "/api/test-message",
            "Have the bot say that this is a test",
        )
        .only(&[ADMIN])
        .takes::<TestMessage>()
        .answers::<SentMessage>(202)
        .fails(&[NotConnected, TokenRefused, OutOfReach]),
        row(Get, "/api/messages/{id}", "How such a message stands")
            .only(&[ADMIN])
            .part::<CallId>("id")
            .answers::<SentMessage>(200)
            .fails(&[NotFound]),
    ]
}

fn devices() -> Vec<Operation> {
    let one = |method, path, summary| {
        row(method, path, summary)
            .only(&[ADMIN])
            .part::<DeviceId>("id")
            .fails(&[NotFound])
    };
    vec![
        row(Get, "/api/devices", "How the tablets are doing")
            .only(&[ADMIN])
            .lists::<DeviceStatus>(),
        one(
            Post,
            "/api/devices/{id}/pairing-code",
            "A fresh pairing code",
        )
        .answers::<PairingCode>(200),
        one(Delete, "/api/devices/{id}/pairing", "End a pairing").done(204),
        one(
            Post,
            "/api/devices/{id}/reload",
            "Have a tablet load the app anew",
        )
        .done(204),
        row(Post, "/api/heartbeat", "How this tablet is doing")
            .only(&[DEVICE])
            .takes::<Heartbeat>()
            .done(204),
    ]
}

fn settings() -> Vec<Operation> {
    vec![
        row(
            Get,
            "/api/settings",
            "The settings, with their ETag; the header `yobirin-device` tells a tablet its device",
        )
        .only(&[ADMIN, DEVICE])
        .header::<String>("If-None-Match")
        .answers::<SettingsDocument>(200)
        .done(304),
        row(Put, "/api/settings", "Save the settings")
            .only(&[ADMIN])
            .header::<String>("If-Match")
            .takes::<SettingsDocument>()
            .done(204)
            .fails(&[IfMatchMissing, SettingsChanged, InvalidSettings]),
        row(
            Get,
            "/api/settings/versions",
            "The latest saved versions, newest first",
        )
        .only(&[ADMIN])
        .lists::<SavedVersion>(),
        row(
            Get,
            "/api/settings/versions/{number}",
            "The settings as they were",
        )
        .only(&[ADMIN])
        .part::<u64>("number")
        .answers::<SettingsDocument>(200)
        .fails(&[NotFound]),
    ]
}

fn calls() -> Vec<Operation> {
    vec![
        row(Get, "/api/calls", "The history, newest first")
            .only(&[ADMIN])
            .query::<CallId>("before")
            .query::<u32>("limit")
            .query::<Date>("from")
            .query::<Date>("to")
            .query::<DeviceId>("device")
            .query::<CallState>("state")
            .query::<String>("text")
            .answers::<CallPage>(200),
        row(Put, "/api/calls/{id}", "Hand a call over")
            .only(&[DEVICE])
            .part::<CallId>("id")
            .header::<u64>("X-Tablet-Time")
            .takes::<Call>()
            .answers::<CallStatus>(202)
            .fails(&[CallDiffers, OutOfReach, BadDeadline, TooManyTries]),
        row(Get, "/api/calls/{id}", "How a call of this tablet stands")
            .only(&[DEVICE])
            .part::<CallId>("id")
            .answers::<CallStatus>(200)
            .fails(&[NotFound]),
        row(
            Delete,
            "/api/calls/{id}",
            "Take a call back, and tell whoever was told",
        )
        .only(&[DEVICE])
        .part::<CallId>("id")
        .answers::<CallStatus>(202)
        .fails(&[NotFound, TooManyTries]),
        row(
            Get,
            "/api/events",
            "What happens, as server-sent events that hold an `Event` each",
        )
        .only(&[DEVICE])
        .query::<u64>("after")
        .header::<String>("Last-Event-ID")
        .says(200, "text/event-stream")
        .fails(&[Malformed]),
    ]
}

fn watchers() -> Vec<Operation> {
    let text = "text/plain";
    vec![
        row(Get, "/healthz", "The program runs").says(200, text),
        row(Get, "/readyz", "It can take calls")
            .says(200, text)
            .says(503, text),
        row(
            Get,
            "/metrics",
            "For Prometheus; open to this machine without a token",
        )
        .only(&[METRICS])
        .says(200, text),
    ]
}
