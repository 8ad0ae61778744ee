//! Security fields of the request log: kind of caller and security event. `relay/SECURITY.md` lists the
//! events. No value comes from a caller's input, so none is long, secret or a name.

use std::sync::{Arc, OnceLock};

use axum::http::Extensions;
use axum::http::request::Parts;
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

/// Event of a successful request. An operation adds it to the extensions of its responses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SuccessEvent(pub &'static str);

/// Returns the event of a refused request.
fn refusal_event(code: ErrorCode, route: &str) -> Option<&'static str> {
    Some(match code {
        WrongSecret if route == "/api/login" => "sign_in_failed",
        WrongSecret | WrongSignature => "secret_refused",
        CodeNeeded => "two_factor_asked",
        WrongCode => "two_factor_failed",
        BadPairingCode => "pairing_failed",
        TooManyTries | Busy => "rate_limited",
        NotSignedIn | Forbidden | ReauthenticationNeeded => "access_refused",
        ForeignOrigin => "foreign_page_refused",
        WrongHost => "wrong_host_refused",
        TokenRefused => TOKEN_REFUSED,
        DestinationNotAllowed | BadDeadline | CallDiffers => "call_refused",
        Malformed | TooLarge | NotJson | InvalidSettings | WeakPassword | GuessablePassword
        | TooSlow => "input_refused",
        _ => return None,
    })
}

/// Returns the security event of a response, if it is one.
pub(crate) fn event(route: &str, extensions: &Extensions) -> Option<&'static str> {
    match extensions.get::<ErrorCode>() {
        Some(code) => refusal_event(*code, route),
        None => extensions.get().map(|SuccessEvent(event)| *event),
    }
}

/// Caller of a request, as far as its cookies have shown. The request log adds it to the request's extensions.
#[derive(Debug, Default)]
pub(crate) struct RequestActor {
    actor: OnceLock<&'static str>,
    factor: OnceLock<&'static str>,
}

impl RequestActor {
    /// Returns the kind of caller.
    pub(crate) fn actor(&self) -> &'static str {
        self.actor.get().copied().unwrap_or("anonymous")
    }

    /// Returns the factor of signing in.
    pub(crate) fn factor(&self) -> Option<&'static str> {
        self.factor.get().copied()
    }

    /// Records the factor of signing in.
    pub(crate) fn set_factor(&self, login: &Login) {
        self.factor.get_or_init(|| match login {
            Login::Password(_) => "password",
            Login::PasswordAndCode { .. } => "password_and_code",
            Login::Link(_) => "demo_link",
            Login::Personal(_) => "personal_link",
        });
    }
}

/// Records the kind of caller: `admin`, `tablet` or `host`.
pub(crate) fn set_actor(parts: &Parts, kind: &'static str) {
    if let Some(request) = parts.extensions.get::<Arc<RequestActor>>() {
        request.actor.get_or_init(|| kind);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::openapi::operations::operations;
    use yobirin_chatwork::CHATWORK_UNREACHABLE;
    use yobirin_store::DATABASE_EXPOSED;

    const DOCUMENT: &str = include_str!("../../SECURITY.md");

    #[test]
    fn the_document_lists_exactly_the_events() {
        let part = DOCUMENT.split("### Security events").nth(1).unwrap();
        let part = part.split("\n## ").next().unwrap();
        let rows = part.lines().filter_map(|line| line.strip_prefix("| `"));
        let documented: BTreeSet<&str> = rows.filter_map(|row| row.split('`').next()).collect();
        let source = include_str!("security_log.rs")
            .split("#[cfg(test)]")
            .next()
            .unwrap();
        let operations = operations();
        let names = source.split('"').skip(1).step_by(2);
        let one_word = ["paired", "reauthenticated"];
        let is_event = |name: &&str| name.contains('_') || one_word.contains(name);
        let factors = ["password_and_code", "demo_link", "personal_link"];
        let in_code: BTreeSet<&str> = names
            .filter(|name| name.bytes().all(|b| b == b'_' || b.is_ascii_lowercase()))
            .filter(is_event)
            .filter(|name| !factors.contains(name))
            .chain([CHATWORK_UNREACHABLE, DATABASE_EXPOSED])
            .chain(operations.iter().filter_map(|operation| operation.event))
            .collect();
        assert_eq!(documented, in_code);
    }
}
