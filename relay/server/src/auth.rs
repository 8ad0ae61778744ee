//! Who is asking. A handler that asks for [`Admin`], [`Device`], [`Reader`] or [`Myself`] is the check: without
//! the right cookie it does not run.

mod admin;
mod caller;
mod cookies;
mod device;
mod doors;
mod first_run;
mod host;
mod leaked;
mod passwords;
mod steps;
mod totp;

pub(crate) use admin::{
    Admin, Reauthenticated, WithSecondFactor, delete_expired_sessions, open_session, sign_in,
    sign_out,
};
pub(crate) use caller::{ClientIp, client_ip, is_trusted, network};
pub(crate) use cookies::Cookies;
pub(crate) use device::{Device, SettingsReader, pair};
pub(crate) use doors::{LimitedAction, RateLimitKey, RateLimiter};
pub(crate) use first_run::FirstRunLink;
pub(crate) use host::{
    HostSession, close_host_session, delete_expired_host_sessions, open_host_session,
};
pub(crate) use passwords::{PasswordHasher, check_new_password};
pub(crate) use steps::{
    check_sign_in_rate, refund_sign_in, verify_both_factors, verify_password, verify_second_factor,
};
pub(crate) use totp::{check_off, confirm, enrol, new_recovery_codes, two_factor};
