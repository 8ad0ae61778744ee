//! Who is asking. A handler that asks for [`Admin`], [`Device`], [`Reader`] or [`Myself`] is the check: without
//! the right cookie it does not run.

mod admin;
mod caller;
mod cookies;
mod device;
mod doors;
mod first_run;
mod host;
mod passwords;
mod steps;
mod totp;

pub(crate) use admin::{Admin, SESSION_AGE, SESSION_IDLE, end_dead_sessions, sign_in, sign_out};
pub(crate) use caller::{Caller, caller_address, is_trusted, network};
pub(crate) use cookies::Cookies;
pub(crate) use device::{Device, Reader, pair};
pub(crate) use doors::{Door, Doors, Who};
pub(crate) use first_run::FirstRunLink;
pub(crate) use host::{Myself, close_own_page, end_dead_own_pages, open_own_page};
pub(crate) use passwords::Passwords;
pub(crate) use steps::{Proof, by_code, by_password};
pub(crate) use totp::{confirm, enrol, new_recovery_codes, second_step};
