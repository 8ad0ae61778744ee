//! State of an incident's post in Chatwork, with the reason when there is none.

use yobirin_api::alarm::{AlarmReport, OpenAlarm};
use yobirin_domain::model::hours::{DeviceHours, Hours};
use yobirin_domain::model::settings::Site;

use crate::browser::clock;
use crate::setup::draft_store::DraftStore;

/// State of telling the office of one incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Telling {
    /// Chatwork stored a post about the incident.
    Told,
    /// The reception is closed. The post follows when it opens.
    Closed,
    /// No room for alarms is chosen.
    NoRoom,
    /// The post is on its way, or Chatwork does not take it.
    Failing,
}

impl Telling {
    /// State of telling of an incident. A failure of Chatwork itself cannot be posted there, whether the reception is
    /// open or not.
    fn of(alarm: &OpenAlarm, report: &AlarmReport, is_open: bool) -> Self {
        if alarm.is_posted {
            Self::Told
        } else if !alarm.condition.is_told_in_chatwork() {
            Self::Failing
        } else if report.posted_to.is_none() {
            Self::NoRoom
        } else if is_open {
            Self::Failing
        } else {
            Self::Closed
        }
    }
}

/// Open incidents with the state of telling each.
pub(crate) fn with_telling(report: &AlarmReport, is_open: bool) -> Vec<(OpenAlarm, Telling)> {
    let alarms = report.open.iter();
    alarms
        .map(|alarm| (alarm.clone(), Telling::of(alarm, report, is_open)))
        .collect()
}

/// True within the opening hours of the saved settings.
pub(crate) fn is_open_now(store: DraftStore) -> bool {
    store.with_saved(|saved| is_site_open(&saved.site))
}

fn is_site_open(site: &Site) -> bool {
    let week = site.opening_hours.as_ref();
    let hours = Hours::of(week, &DeviceHours::AsSite, &site.closed_days);
    hours.is_open(clock::local_date_time(&site.time_zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use yobirin_domain::alarm::AlarmCondition;

    fn report(room: Option<u64>, condition: AlarmCondition, is_posted: bool) -> AlarmReport {
        AlarmReport {
            open: vec![OpenAlarm {
                condition,
                since: 1,
                is_posted,
            }],
            posted_to: room.and_then(|room| room.try_into().ok()),
            ..AlarmReport::default()
        }
    }

    #[test]
    fn the_reason_why_nobody_was_told_is_the_first_that_applies() {
        let limit = || AlarmCondition::LimitNearlyUsed;
        for (report, is_open, expected) in [
            (report(Some(1), limit(), true), false, Telling::Told),
            (report(None, limit(), true), true, Telling::Told),
            (report(None, limit(), false), true, Telling::NoRoom),
            (report(None, limit(), false), false, Telling::NoRoom),
            (report(Some(1), limit(), false), true, Telling::Failing),
            (report(Some(1), limit(), false), false, Telling::Closed),
            (
                report(None, AlarmCondition::TokenRefused, false),
                false,
                Telling::Failing,
            ),
        ] {
            let telling = with_telling(&report, is_open)[0].1;
            assert_eq!(telling, expected, "{report:?}, open {is_open}");
        }
    }
}
