//! The admin's account: password, second step, sessions.

use yobirin_api::account::{Account, BothSteps, Enrol, Enrolment, FirstCode, RecoveryCodes};
use yobirin_api::session::{ChangePassword, OpenSession, Reauthenticate};

use super::request::Method;
use crate::api::client::{done, read};
use crate::api::response::ApiResult;
use crate::json;

/// How signing in is guarded.
pub async fn account() -> ApiResult<Account> {
    read(Method::Get, "/api/account", None).await
}

/// Changes the password.
pub async fn change_password(change: &ChangePassword) -> ApiResult<()> {
    done(Method::Post, "/api/password", json::write(change)).await
}

/// Shows password and second step again.
pub async fn reauthenticate(proof: &Reauthenticate) -> ApiResult<()> {
    done(Method::Post, "/api/reauthenticate", json::write(proof)).await
}

/// Begins to switch the second step on.
pub async fn enrol(password: String) -> ApiResult<Enrolment> {
    let body = json::write(&Enrol { password });
    read(Method::Post, "/api/totp/enrolment", body).await
}

/// Switches the second step on with the first code.
pub async fn confirm_second_step(code: String) -> ApiResult<RecoveryCodes> {
    read(Method::Put, "/api/totp", json::write(&FirstCode { code })).await
}

/// Switches the second step off.
pub async fn switch_second_step_off(proof: &BothSteps) -> ApiResult<()> {
    done(Method::Post, "/api/totp/off", json::write(proof)).await
}

/// Fresh recovery codes in place of the old ones.
pub async fn new_recovery_codes(proof: &BothSteps) -> ApiResult<RecoveryCodes> {
    read(Method::Post, "/api/totp/recovery-codes", json::write(proof)).await
}

/// Who is signed in.
pub async fn sessions() -> ApiResult<Vec<OpenSession>> {
    read(Method::Get, "/api/sessions", None).await
}

/// Ends a session.
pub async fn end_session(id: &str) -> ApiResult<()> {
    done(Method::Delete, &format!("/api/sessions/{id}"), None).await
}
