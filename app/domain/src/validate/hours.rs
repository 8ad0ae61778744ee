//! Validation of opening hours of the site and of devices.

use super::{Problems, ValidationError};
use crate::model::date::Weekday;
use crate::model::hours::Week;

/// Maximum number of spans per day.
const MAX_SPANS_PER_DAY: usize = 6;

pub(super) fn check(path: &str, week: &Week, problems: &mut Problems) {
    for day in Weekday::ALL {
        let path = format!("{path}.{}", day.key());
        let spans = week.on(day);
        if spans.len() > MAX_SPANS_PER_DAY {
            problems.add(
                &path,
                ValidationError::TooMany {
                    max: MAX_SPANS_PER_DAY,
                },
            );
        }
        for (i, span) in spans.iter().enumerate() {
            let path = format!("{path}[{i}]");
            if span.to <= span.from {
                problems.add(path, ValidationError::EndsBeforeItBegins);
            } else if spans[..i].iter().any(|earlier| earlier.overlaps(*span)) {
                problems.add(path, ValidationError::HoursOverlap);
            }
        }
    }
}
