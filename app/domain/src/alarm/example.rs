//! Posts about an imagined incident, as set-up shows them.

use super::state::Incident;
use super::{AlarmCondition, MINUTE, SILENCE_MILLIS, SilentTablet, text};
use crate::model::hours::LocalDateTime;
use crate::model::id::{CallId, DeviceId};
use crate::model::settings::Settings;

/// Time for which the imagined tablet is silent.
const OUTAGE_MILLIS: u64 = 27 * MINUTE;

/// Returns the text of a post about a tablet that has come back `now`: as posted when it fell silent, and as edited
/// now. `local` converts a time to date and time of day of the office.
#[must_use]
pub fn example_posts(
    settings: &Settings,
    device: &DeviceId,
    now: u64,
    local: &(dyn Fn(u64) -> LocalDateTime + Sync),
) -> [String; 2] {
    let since = now.saturating_sub(OUTAGE_MILLIS);
    let posted = since + SILENCE_MILLIS;
    let id = CallId::new(since, &[0; 10]);
    let post = |ended: Option<u64>| {
        let tablet = SilentTablet {
            device: device.clone(),
            since,
            until: ended,
            times: 1,
        };
        let condition = AlarmCondition::TabletsSilent {
            tablets: vec![tablet],
        };
        let mut incident = Incident::new(id, condition, since, posted);
        incident.ended = ended;
        text::post(settings, &incident, id.reference(), posted, local)
    };
    [post(None), post(Some(now))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::Date;
    use crate::model::hours::TimeOfDay;
    use crate::test_office;

    #[test]
    fn the_example_is_one_post_before_and_after_its_end() {
        let settings = test_office::office(|_| {});
        let device = settings.devices()[0].clone();
        // Time of day in the first minutes of 1970.
        let local = |at: u64| LocalDateTime {
            day: Date::EPOCH,
            time: TimeOfDay::new(10, u16::try_from(at / MINUTE).unwrap()).unwrap(),
        };
        let [open, over] = example_posts(&settings, &device.id, 42 * MINUTE, &local);
        assert!(open.contains("10:15から"), "{open}");
        assert!(!open.contains("復旧"), "{open}");
        assert!(over.contains("10:42 復旧"), "{over}");
        assert!(open.contains(&device.name) && over.contains(&device.name));
    }
}
