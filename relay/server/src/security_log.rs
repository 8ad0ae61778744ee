//! Security fields of the request log: kind of caller and security event. `relay/SECURITY.md` lists the
//! events. No value comes from a caller's input, so none is long, secret or a name.

use std::cell::Cell;

use yobirin_api::ErrorCode::{self, *};
use yobirin_api::session::Login;

/// A connection was closed, because its address holds too many.
pub(crate) const CONNECTIONS_REFUSED: &str = "connections_refused";
/// Callers behind a trusted proxy cannot be distinguished.
pub(crate) const CALLERS_UNKNOWN: &str = "callers_unknown";
/// Chatwork refuses the token.
pub(crate) const TOKEN_REFUSED: &str = "token_refused";
/// A file of the data directory was accessible to other users.
pub(crate) const FILE_CLOSED: &str = "file_closed";
/// Certificate and key were read again.
pub(crate) const CERTIFICATE_READ: &str = "certificate_read";
/// Certificate or key were refused.
pub(crate) const CERTIFICATE_REFUSED: &str = "certificate_refused";

/// Events of successful requests: method, route, event.
const SUCCESS_EVENTS: [(&str, &str, &str); 21] = [
    ("POST", "/api/login", "signed_in"),
    ("POST", "/api/reauthenticate", "reauthenticated"),
    ("POST", "/api/logout", "signed_out"),
    ("POST", "/api/first-run", "password_set"),
    ("POST", "/api/password", "password_changed"),
    ("PUT", "/api/totp", "second_step_on"),
    ("POST", "/api/totp/off", "second_step_off"),
    ("POST", "/api/totp/recovery-codes", "recovery_codes_made"),
    ("DELETE", "/api/sessions/{id}", "session_ended"),
    ("PUT", "/api/chatwork", "token_connected"),
    ("DELETE", "/api/chatwork", "token_removed"),
    (
        "POST",
        "/api/devices/{id}/pairing-code",
        "pairing_code_made",
    ),
    ("POST", "/api/pair", "paired"),
    ("DELETE", "/api/devices/{id}/pairing", "pairing_revoked"),
    ("PUT", "/api/settings", "settings_saved"),
    ("POST", "/api/hosts/{id}/link", "link_made"),
    ("POST", "/api/hosts/{id}/link/message", "link_sent"),
    ("DELETE", "/api/hosts/{id}/link", "link_revoked"),
    ("PATCH", "/api/me", "own_page_saved"),
    ("POST", "/api/me/close", "own_page_closed"),
    (
        "GET",
        "/api/settings/versions/{number}",
        "old_settings_read",
    ),
];

/// Returns the event of a refused request.
fn refusal_event(code: ErrorCode, route: &str) -> Option<&'static str> {
    Some(match code {
        WrongSecret if route == "/api/login" => "sign_in_failed",
        WrongSecret => "secret_refused",
        CodeNeeded => "second_step_asked",
        WrongCode => "second_step_failed",
        BadPairingCode => "pairing_failed",
        TooManyTries | Busy => "rate_limited",
        NotSignedIn | Forbidden | ReauthenticationNeeded => "access_refused",
        ForeignOrigin => "foreign_page_refused",
        WrongHost => "wrong_host_refused",
        TokenRefused => TOKEN_REFUSED,
        OutOfReach | BadDeadline | CallDiffers => "call_refused",
        Malformed | TooLarge | NotJson | InvalidSettings | WeakPassword | GuessablePassword
        | TooSlow => "input_refused",
        _ => return None,
    })
}

/// Returns the security event of a request, if it is one.
pub(crate) fn event(method: &str, route: &str, code: Option<ErrorCode>) -> Option<&'static str> {
    match code {
        Some(code) => refusal_event(code, route),
        None => SUCCESS_EVENTS
            .iter()
            .find(|row| (row.0, row.1) == (method, route))
            .map(|row| row.2),
    }
}

tokio::task_local! {
    /// Set while a request is handled.
    static REQUEST_ACTOR: RequestActor;
}

/// Caller of a request, as far as its cookies have shown.
#[derive(Debug, Default)]
pub(crate) struct RequestActor {
    actor: Cell<Option<&'static str>>,
    factor: Cell<Option<&'static str>>,
}

impl RequestActor {
    /// Handles a request; returns the kind of caller and the factor of signing in as well.
    pub(crate) async fn track<T>(
        handling: impl Future<Output = T>,
    ) -> (T, &'static str, Option<&'static str>) {
        REQUEST_ACTOR
            .scope(Self::default(), async {
                let result = handling.await;
                let seen =
                    REQUEST_ACTOR.with(|request| (request.actor.get(), request.factor.get()));
                (result, seen.0.unwrap_or("anonymous"), seen.1)
            })
            .await
    }
}

/// Records the kind of caller: `admin`, `tablet` or `host`.
pub(crate) fn actor(kind: &'static str) {
    // Outside of a request there is no caller.
    let _ = REQUEST_ACTOR.try_with(|request| request.actor.set(Some(kind)));
}

/// Records the factor of signing in.
pub(crate) fn factor(login: &Login) {
    let factor = match login {
        Login::Password(_) => "password",
        Login::PasswordAndCode { .. } => "password_and_code",
        Login::Link(_) => "demo_link",
        Login::Personal(_) => "personal_link",
    };
    let _ = REQUEST_ACTOR.try_with(|request| request.factor.set(Some(factor)));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::routes::router::routes;
    use yobirin_chatwork::CHATWORK_UNREACHABLE;
    use yobirin_store::DATABASE_EXPOSED;

    const DOCUMENT: &str = include_str!("../../SECURITY.md");

    #[test]
    fn the_document_lists_exactly_the_events() {
        let part = DOCUMENT.split("### Security events").nth(1).unwrap();
        let part = part.split("\n## ").next().unwrap();
        let rows = part.lines().filter_map(|line| line.strip_prefix("| `"));
        let written: BTreeSet<&str> = rows.filter_map(|row| row.split('`').next()).collect();
        let source = include_str!("security_log.rs")
            .split("#[cfg(test)]")
            .next()
            .unwrap();
        let names = source.split('"').skip(1).step_by(2);
        let one_word = ["paired", "reauthenticated"];
        let is_event = |name: &&str| name.contains('_') || one_word.contains(name);
        let factors = ["password_and_code", "demo_link", "personal_link"];
        let known: BTreeSet<&str> = names
            .filter(|name| name.bytes().all(|b| b == b'_' || b.is_ascii_lowercase()))
            .filter(is_event)
            .filter(|name| !factors.contains(name))
            .chain([CHATWORK_UNREACHABLE, DATABASE_EXPOSED])
            .collect();
        assert_eq!(written, known);
    }

    #[test]
    fn every_event_belongs_to_a_route() {
        let routes: Vec<_> = routes().iter().map(|row| (row.method, row.path)).collect();
        for (method, route, event) in SUCCESS_EVENTS {
            assert!(
                routes.contains(&(method, route)),
                "{event}: {method} {route}"
            );
        }
    }
}
