//! Opening hours by weekday, in the site's time zone. The current time is an argument ([`LocalDateTime`]).

#[cfg(test)]
mod tests;
mod time;
mod week;

use serde::{Deserialize, Serialize};

pub use time::{InvalidTime, TimeOfDay};
pub use week::{Span, Week};

use crate::model::closed_days::{ClosedDays, closed_on};
use crate::model::date::Date;

/// Date and time of day in the site's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalDateTime {
    /// Calendar date.
    pub day: Date,
    /// Time of that day, before 24:00.
    pub time: TimeOfDay,
}

/// Opening hours of one tablet, as the settings document holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeviceHours {
    /// The site's hours.
    #[default]
    AsSite,
    /// Open at all times, also on the site's closed days.
    Always,
    /// The tablet's own hours, except on the site's closed days.
    Own {
        /// Opening hours by weekday.
        week: Week,
    },
}

impl DeviceHours {
    /// True for the site's hours, which the JSON form leaves out.
    #[must_use]
    pub fn is_as_site(&self) -> bool {
        *self == Self::AsSite
    }
}

/// Opening hours in effect for one tablet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours<'a> {
    /// Open at all times.
    Always,
    /// Open by weekday, except on closed days.
    Weekly {
        /// Opening hours by weekday.
        week: &'a Week,
        /// Closed days; they override the week.
        closed: &'a [ClosedDays],
    },
}

/// Transition from open to closed or from closed to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursTransition {
    /// Date and time of the transition, in the site's time zone.
    pub at: LocalDateTime,
    /// True when the tablet opens, false when it closes.
    pub opens: bool,
}

/// Maximum number of days that [`Hours::next_transition`] searches: more than a year of closed days.
const MAX_SEARCHED_DAYS: usize = 400;

impl<'a> Hours<'a> {
    /// Opening hours of a tablet, from the site's `week` and `closed` days and the tablet's setting.
    #[must_use]
    pub fn of(week: Option<&'a Week>, device: &'a DeviceHours, closed: &'a [ClosedDays]) -> Self {
        let week = match device {
            DeviceHours::Always => None,
            DeviceHours::AsSite => week,
            DeviceHours::Own { week } => Some(week),
        };
        week.map_or(Self::Always, |week| Self::Weekly { week, closed })
    }

    /// True when visitors are received at `now`.
    #[must_use]
    pub fn is_open(self, now: LocalDateTime) -> bool {
        match self {
            Self::Always => true,
            Self::Weekly { week, closed } => {
                let mut spans = week.on(now.day.weekday()).iter();
                closed_on(closed, now.day).is_none() && spans.any(|span| span.contains(now.time))
            }
        }
    }

    /// The first transition after `now`; `None` when there is none within [`MAX_SEARCHED_DAYS`].
    #[must_use]
    pub fn next_transition(self, now: LocalDateTime) -> Option<HoursTransition> {
        let Self::Weekly { week, .. } = self else {
            return None;
        };
        let is_open = self.is_open(now);
        let days = std::iter::successors(Some(now.day), |day| day.next());
        // The tablet opens and closes only at the ends of spans, and at midnight, when a closed day begins or ends.
        let candidates = days.take(MAX_SEARCHED_DAYS).flat_map(|day| {
            let spans = week.on(day.weekday()).iter();
            let mut times: Vec<_> = spans.flat_map(|span| [span.from, span.to]).collect();
            times.push(TimeOfDay::MIDNIGHT);
            times.sort_unstable();
            let times = times.into_iter().filter(|time| *time < TimeOfDay::END);
            times.map(move |time| LocalDateTime { day, time })
        });
        let mut later = candidates.filter(|time| *time > now);
        let at = later.find(|time| self.is_open(*time) != is_open)?;
        Some(HoursTransition {
            at,
            opens: !is_open,
        })
    }
}
