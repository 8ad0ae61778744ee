//! A missed visit: the deadline of a call has passed, nobody has answered and the visitor has not cancelled. The
//! relay then makes a task in Chatwork, or posts a message when nobody can be given the task. A setting of each
//! button, off by default. All rules are our decision.

mod decision;
#[cfg(test)]
mod tests;

pub use decision::{
    CallAtDeadline, DECISION_DELAY_MILLIS, MissedDecision, TASK_LIFETIME_MILLIS, decide,
};

use crate::model::call::DEADLINE_MILLIS;
use crate::model::closed_days::closed_on;
use crate::model::delivery::{MISSED_POST_INDEX, MISSED_TASK_INDEX};
use crate::model::hours::{Hours, LocalDateTime, TimeOfDay};
use crate::model::id::AccountId;
use crate::model::menu::{Button, Device};
use crate::model::settings::Settings;
use crate::routing::{self, Destination, RouteRequest, Target};

/// Maximum number of days that are searched for the next opening day: more than a year of closed days.
const MAX_SEARCHED_DAYS: usize = 400;

/// True when a missed call of this button becomes a task. `None` is “call staff”, which has no such setting.
#[must_use]
pub fn is_on(settings: &Settings, button: Option<&Button>) -> bool {
    settings.site().answers.is_on() && button.is_some_and(|button| button.missed_visit)
}

/// Accounts that get the task: the called host, else the in-charge hosts of the group, of the host's first group or
/// of the nearest ancestor that has any; for a call to staff the in-charge hosts of the default room's groups. Empty
/// when none of them has an account.
#[must_use]
pub fn assignees(settings: &Settings, request: &RouteRequest) -> Vec<AccountId> {
    let group = match &request.target {
        Target::Host(id) => {
            let host = settings.host(id);
            if let Some(account) = host.and_then(|host| host.account) {
                return vec![account];
            }
            host.and_then(|host| host.groups.first())
        }
        Target::Group(id) => Some(id),
        Target::Staff => {
            let staff = routing::staff(settings, request.today);
            return staff.all().map(|(_, account)| account).collect();
        }
    };
    let Some(group) = group else {
        return Vec::new();
    };
    match routing::in_charge_above(settings, group, request.today) {
        Some((_, people)) => people.all().map(|(_, account)| account).collect(),
        None => Vec::new(),
    }
}

/// Accounts that get the task at `first_notified`, the destination that was notified first. In a private chat only
/// its host can get it.
#[must_use]
pub fn assignees_in(first_notified: Destination, assignees: &[AccountId]) -> Vec<AccountId> {
    match first_notified {
        Destination::Account(account) => vec![account],
        Destination::Room(_) => assignees.to_vec(),
    }
}

/// Index of the delivery that reports a missed visit: of the task, or of a message when nobody can be assigned.
#[must_use]
pub fn delivery_index(first_notified: Destination, assignees: &[AccountId]) -> usize {
    if assignees_in(first_notified, assignees).is_empty() {
        MISSED_POST_INDEX
    } else {
        MISSED_TASK_INDEX
    }
}

/// Due time of the task of a call that was tapped at `tapped`: the first closing time after the call's deadline,
/// counting only the last one of each day. When the tablet is always or never open, the end of the day of the
/// deadline.
#[must_use]
pub fn due(settings: &Settings, device: &Device, tapped: LocalDateTime) -> LocalDateTime {
    let site = settings.site();
    let missed_at = deadline(tapped);
    let hours = Hours::of(
        site.opening_hours.as_ref(),
        &device.opening_hours,
        &site.closed_days,
    );
    let end_of_day = LocalDateTime {
        day: missed_at.day,
        time: TimeOfDay::END,
    };
    let Hours::Weekly { week, closed } = hours else {
        return end_of_day;
    };
    let days = std::iter::successors(Some(missed_at.day), |day| day.next());
    let open_days = days
        .take(MAX_SEARCHED_DAYS)
        .filter(|day| closed_on(closed, *day).is_none());
    let mut closing_times = open_days.filter_map(|day| {
        let spans = week.on(day.weekday()).iter();
        let time = spans.map(|span| span.to).max()?;
        Some(LocalDateTime { day, time })
    });
    closing_times
        .find(|closing| *closing > missed_at)
        .unwrap_or(end_of_day)
}

/// Time at which the call is missed.
fn deadline(tapped: LocalDateTime) -> LocalDateTime {
    let minutes = u64::from(tapped.time.minutes()) + DEADLINE_MILLIS / 60_000;
    let day_minutes = u64::from(TimeOfDay::END.minutes());
    let (day, minutes) = match tapped.day.next() {
        Some(next) if minutes >= day_minutes => (next, minutes - day_minutes),
        _ => (tapped.day, minutes.min(day_minutes)),
    };
    let minutes = u16::try_from(minutes).unwrap_or_default();
    let time = TimeOfDay::new(minutes / 60, minutes % 60).unwrap_or(TimeOfDay::END);
    LocalDateTime { day, time }
}
