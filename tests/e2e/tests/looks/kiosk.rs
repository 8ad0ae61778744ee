//! The kiosk's screens, each reached as it is reached in an office: by a visitor, a fault or the hour.

mod around;
mod calling;
mod choosing;
mod lobby;
