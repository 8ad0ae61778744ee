//! The vocabulary of an office and its calls: the settings document, ids, languages, dates and hours, a call
//! and its deliveries. Types and their invariants; the rules that use them are modules of their own.

pub mod call;
pub mod date;
pub mod delivery;
pub mod directory;
pub mod hours;
pub mod id;
pub mod lang;
pub mod menu;
pub mod settings;
