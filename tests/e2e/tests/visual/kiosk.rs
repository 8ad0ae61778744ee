//! The kiosk's screens, each reached as it is reached in an office: by a visitor, a fault or the hour.

mod call_states;
mod kiosk_env;
mod other_screens;
mod selection;
