//! Detects that a clock was set back, from the times that are read from it. All times are milliseconds since 1970.

/// Smallest step that is reported. Time synchronisation makes smaller steps all the time, and they lengthen no wait by
/// much.
const MIN_STEP_MILLIS: u64 = 10_000;

/// Latest time that the stored times agree with.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClockStepDetector {
    latest: u64,
}

impl ClockStepDetector {
    /// True when `now` is more than [`MIN_STEP_MILLIS`] before an earlier `now`. Stays true until
    /// [`ClockStepDetector::acknowledge`].
    pub fn has_stepped_back(&mut self, now: u64) -> bool {
        self.latest = self.latest.max(now);
        now + MIN_STEP_MILLIS < self.latest
    }

    /// Records that the stored times were repaired to agree with this time.
    pub fn acknowledge(&mut self, now: u64) {
        self.latest = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_back_is_reported_until_it_is_acknowledged() {
        let mut detector = ClockStepDetector::default();
        let seen = [100_000, 200_000, 199_000, 200_500, 50_000, 50_001, 200_000];
        let steps = seen.map(|now| {
            let steps = detector.has_stepped_back(now);
            if steps {
                detector.acknowledge(now);
            }
            steps
        });
        assert_eq!(steps, [false, false, false, false, true, false, false]);
    }

    #[test]
    fn a_failed_repair_is_tried_again() {
        let mut detector = ClockStepDetector::default();
        assert!(!detector.has_stepped_back(100_000));
        assert!(detector.has_stepped_back(50_000) && detector.has_stepped_back(50_001));
        detector.acknowledge(50_001);
        assert!(!detector.has_stepped_back(50_002));
    }
}
