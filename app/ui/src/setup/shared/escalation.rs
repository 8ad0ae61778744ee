//! Steps of escalation (再通知) in words, and the timeline in which an admin edits them.

mod answers_needed;
mod editor;
mod offer;
mod phone_line;
mod reason;
mod step_row;
mod wording;

pub(crate) use answers_needed::AnswersNeeded;
pub(crate) use editor::EscalationEditor;
pub(crate) use offer::ReminderOffer;
pub(crate) use reason::{reason_kind, reason_text};
pub(crate) use wording::{after_text, duration_text, summary, target_heading, target_name};
