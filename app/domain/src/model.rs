//! Data types of an office and its calls: settings document, ids, languages, dates, opening hours, calls and
//! deliveries, with their invariants. The rules that use these types are modules of their own.

pub mod alarm_settings;
pub mod answer_display;
pub mod call;
pub mod closed_days;
pub mod date;
pub mod delivery;
pub mod directory;
pub mod editor_name;
pub mod escalation_step;
pub mod hours;
pub mod id;
pub mod lang;
pub mod menu;
pub mod purpose_notice;
pub mod retention;
pub mod settings;
