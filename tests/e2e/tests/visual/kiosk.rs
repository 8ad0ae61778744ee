//! Screens of the kiosk, each reached as in an office: by a visitor's actions, a fault or the time of day.

mod answer_states;
mod call_states;
mod kiosk_env;
mod other_screens;
mod selection;
