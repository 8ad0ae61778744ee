//! Opening hours: when visitors are received, by weekday, on the clock of the site's time zone.
//! What time it is now is the caller's to say, as a [`Moment`].

#[cfg(test)]
mod tests;
mod time;
mod week;

use serde::{Deserialize, Serialize};

pub use time::{InvalidTime, TimeOfDay};
pub use week::{Span, Week};

use crate::model::date::Date;

/// A point on the site's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalDateTime {
    /// The calendar day.
    pub day: Date,
    /// The time of that day, before 24:00.
    pub time: TimeOfDay,
}

/// The hours of one tablet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "HoursRecord")]
pub enum DeviceHours {
    /// Those of the site.
    #[default]
    AsSite,
    /// Open at all times, closed days too.
    Always,
    /// Its own, minus the site's closed days.
    Own {
        /// The hours.
        week: Week,
    },
}

/// The hours of a tablet as a plain record: it reads with a third of the code that a tagged enum takes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoursRecord {
    kind: HoursKind,
    week: Option<Week>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum HoursKind {
    AsSite,
    Always,
    Own,
}

impl TryFrom<HoursRecord> for DeviceHours {
    type Error = &'static str;

    fn try_from(record: HoursRecord) -> Result<Self, Self::Error> {
        match (record.kind, record.week) {
            (HoursKind::AsSite, None) => Ok(Self::AsSite),
            (HoursKind::Always, None) => Ok(Self::Always),
            (HoursKind::Own, Some(week)) => Ok(Self::Own { week }),
            _ => Err("hours of kind \"own\" have a week, and only those"),
        }
    }
}

impl DeviceHours {
    /// True for the hours of the site; such a device writes none.
    #[must_use]
    pub fn is_as_site(&self) -> bool {
        *self == Self::AsSite
    }
}

/// The hours that hold for one tablet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours<'a> {
    /// Open at all times.
    Always,
    /// By weekday, except on some days.
    Weekly {
        /// When it is open.
        week: &'a Week,
        /// Days on which it is not, whatever the week says.
        closed: &'a [Date],
    },
}

/// The moment at which open turns to closed, or closed to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursTransition {
    /// When.
    pub at: LocalDateTime,
    /// True when it opens then.
    pub opens: bool,
}

/// How far ahead a change is looked for: an office that is closed for longer names no day.
const HORIZON_DAYS: usize = 400;

impl<'a> Hours<'a> {
    /// Opening hours of a tablet, from the site's `week` and `closed` days and the tablet's own setting.
    #[must_use]
    pub fn of(week: Option<&'a Week>, device: &'a DeviceHours, closed: &'a [Date]) -> Self {
        let week = match device {
            DeviceHours::Always => None,
            DeviceHours::AsSite => week,
            DeviceHours::Own { week } => Some(week),
        };
        week.map_or(Self::Always, |week| Self::Weekly { week, closed })
    }

    /// True when visitors are received at that moment.
    #[must_use]
    pub fn is_open(self, now: LocalDateTime) -> bool {
        match self {
            Self::Always => true,
            Self::Weekly { week, closed } => {
                let mut spans = week.on(now.day.weekday()).iter();
                !closed.contains(&now.day) && spans.any(|span| span.contains(now.time))
            }
        }
    }

    /// The next moment after `now` at which open and closed change places; `None` when there is none
    /// within about a year.
    #[must_use]
    pub fn next_change(self, now: LocalDateTime) -> Option<HoursTransition> {
        let Self::Weekly { week, .. } = self else {
            return None;
        };
        let open = self.is_open(now);
        let days = std::iter::successors(Some(now.day), |day| day.next());
        let moments = days.take(HORIZON_DAYS).flat_map(|day| {
            let spans = week.on(day.weekday()).iter();
            let mut times: Vec<_> = spans.flat_map(|span| [span.from, span.to]).collect();
            times.push(TimeOfDay::MIDNIGHT);
            times.sort_unstable();
            let times = times.into_iter().filter(|time| *time < TimeOfDay::END);
            times.map(move |time| LocalDateTime { day, time })
        });
        let mut later = moments.filter(|moment| *moment > now);
        let at = later.find(|moment| self.is_open(*moment) != open)?;
        Some(HoursTransition { at, opens: !open })
    }
}
