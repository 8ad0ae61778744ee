//! Who is asking. A handler that asks for [`Admin`], [`Device`] or [`Reader`] is the check: without
//! the right cookie it does not run.

mod admin;
mod cookies;
mod device;
mod doors;
mod first_run;
mod passwords;

pub(crate) use admin::{Admin, SESSION_AGE, SESSION_IDLE, end_dead_sessions, sign_in, sign_out};
pub(crate) use cookies::Cookies;
pub(crate) use device::{Device, Reader, pair};
pub(crate) use doors::{Door, Doors};
pub(crate) use first_run::FirstRunLink;
pub(crate) use passwords::Passwords;
