//! Authentication and rate limits. Extractors are the permission checks: a handler that takes [`Admin`], [`Device`],
//! [`SettingsReader`] or [`HostSession`] does not run without the right cookie.

mod admin_session;
mod client_ip;
mod cookies;
mod credentials;
mod demo_credentials;
mod device;
mod first_run;
mod host_session;
mod leaked_passwords;
pub(crate) mod network;
mod password;
mod rate_limit;
mod session;
mod settings_reader;
mod two_factor;

pub(crate) use admin_session::{Admin, Reauthenticated, WithSecondFactor, sign_in};
pub(crate) use client_ip::{ClientIp, client_ip, is_trusted};
pub(crate) use cookies::{CookieKind, Cookies};
pub(crate) use credentials::{
    check_sign_in_rate, refund_sign_in, verify_both_factors, verify_password, verify_second_factor,
};
pub(crate) use demo_credentials::DemoCredentials;
pub(crate) use device::{Device, pair, pairing_request_cookie};
pub(crate) use first_run::FirstRunLink;
pub(crate) use host_session::{HostSession, open_host_session};
pub(crate) use password::PasswordHasher;
pub(crate) use rate_limit::{CallerRateLimiter, RateLimitKey};
pub(crate) use session::{end as end_session, is_session_valid, open_session};
pub(crate) use settings_reader::SettingsReader;
pub(crate) use two_factor::{
    confirm_enrolment, enrol_two_factor, ensure_two_factor_disabled, load_two_factor,
    replace_recovery_codes,
};
