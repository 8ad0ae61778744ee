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
    Admin, Reauthenticated, WithSecondStep, end_dead_sessions, open_session, sign_in, sign_out,
};
pub(crate) use caller::{Caller, caller_address, is_trusted, network};
pub(crate) use cookies::Cookies;
pub(crate) use device::{Device, Reader, pair};
pub(crate) use doors::{Door, Doors, Who};
pub(crate) use first_run::FirstRunLink;
pub(crate) use host::{Myself, close_own_page, end_dead_own_pages, open_own_page};
pub(crate) use passwords::{Passwords, check_new_password};
pub(crate) use steps::{by_both, by_password, by_second_step, enter_signed_in, knock_to_sign_in};
pub(crate) use totp::{check_off, confirm, enrol, new_recovery_codes, second_step};
