//! Authentication in set-up: the first run, sign-in, sign-out, the state of the session, and secrets that are shown
//! only once.

pub(crate) mod back_to_kiosk;
pub(crate) mod first_run;
pub(crate) mod pending_secrets;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod state;
