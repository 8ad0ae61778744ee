//! Signing in and out of set-up, and the first run.

pub(crate) mod first_run;
pub(crate) mod pending_secrets;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod state;
