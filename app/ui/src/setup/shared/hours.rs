//! Editor of opening hours, for the site and for a tablet: a row for each weekday.

mod closed_days;
mod day;
mod now;
mod summary;
mod week;
mod week_change;

use yobirin_domain::model::hours::{Span, TimeOfDay, Week};

pub(crate) use closed_days::{closed_days_range, closed_days_text};
pub(crate) use now::OpenNow;
pub(crate) use summary::{days_text, spans_text, week_summary, weekday_name};
pub(crate) use week::WeekEditor;

/// Initial opening hours: Monday to Friday, 9:00 to 18:00.
pub(crate) fn default_week() -> Week {
    let from = TimeOfDay::new(9, 0).unwrap_or(TimeOfDay::MIDNIGHT);
    let to = TimeOfDay::new(18, 0).unwrap_or(TimeOfDay::END);
    Week::workdays(Span { from, to })
}
