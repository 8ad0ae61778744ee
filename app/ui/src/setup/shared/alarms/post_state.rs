//! State of an incident's post in Chatwork, with the reason when there is none.

use yobirin_api::alarm::{AlarmReport, OpenAlarm};
use yobirin_domain::model::hours::{DeviceHours, Hours};
use yobirin_domain::model::settings::Site;

use crate::browser::clock;
use crate::setup::draft_store::DraftStore;

/// State of an incident's post, from best to worst: the greatest is the one to warn of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PostState {
    /// Chatwork stored a post about the incident.
    Posted,
    /// The reception is closed, and the relay posts when it opens.
    HeldUntilOpening,
    /// No room for alarms is chosen.
    NoRoom,
    /// The post is on its way, or Chatwork does not take it, or the incident is a failure of Chatwork itself.
    NotPosted,
}

impl PostState {
    /// State of the post about `alarm`. A failure of Chatwork itself cannot be posted there, whether the reception is
    /// open or not.
    fn of(alarm: &OpenAlarm, report: &AlarmReport, is_open: bool) -> Self {
        if alarm.is_posted {
            Self::Posted
        } else if !alarm.condition.can_be_posted() {
            Self::NotPosted
        } else if report.posted_to.is_none() {
            Self::NoRoom
        } else if is_open {
            Self::NotPosted
        } else {
            Self::HeldUntilOpening
        }
    }
}

/// Open incidents, each with the state of its post. `is_open` is true while the reception is open.
pub(crate) fn with_post_state(report: &AlarmReport, is_open: bool) -> Vec<(OpenAlarm, PostState)> {
    let alarms = report.open.iter();
    alarms
        .map(|alarm| (alarm.clone(), PostState::of(alarm, report, is_open)))
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
    fn the_reason_for_a_missing_post_is_the_first_that_applies() {
        let limit = || AlarmCondition::LimitNearlyUsed;
        for (report, is_open, expected) in [
            (report(Some(1), limit(), true), false, PostState::Posted),
            (report(None, limit(), true), true, PostState::Posted),
            (report(None, limit(), false), true, PostState::NoRoom),
            (report(None, limit(), false), false, PostState::NoRoom),
            (report(Some(1), limit(), false), true, PostState::NotPosted),
            (
                report(Some(1), limit(), false),
                false,
                PostState::HeldUntilOpening,
            ),
            (
                report(None, AlarmCondition::TokenRefused, false),
                false,
                PostState::NotPosted,
            ),
        ] {
            let (_, state) = with_post_state(&report, is_open)[0].clone();
            assert_eq!(state, expected, "{report:?}, open {is_open}");
        }
    }
}
