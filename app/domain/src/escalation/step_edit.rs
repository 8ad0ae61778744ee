//! Edits of a list of steps in set-up: a new step, and a step at another time.

use crate::model::escalation_step::{
    EscalationStep, EscalationTarget, MAX_ESCALATION_STEPS, MAX_STEP_SECONDS, MIN_STEP_GAP_SECONDS,
};

/// Time between the last step and a new one, in seconds.
const ADDED_STEP_GAP_SECONDS: u16 = 90;
/// Time of the first step, in seconds.
const FIRST_STEP_SECONDS: u16 = 60;
/// Targets of new steps, from the one that disturbs fewest people.
const ADDED_TARGETS: [EscalationTarget; 5] = [
    EscalationTarget::Again,
    EscalationTarget::GroupRoom,
    EscalationTarget::DefaultRoom,
    EscalationTarget::InCharge,
    EscalationTarget::Delegates,
];

/// New step for a list: after the last one, or in the middle of the longest gap when it would be later than
/// [`MAX_STEP_SECONDS`]. Its target is the first that no step has. `None` when the list is full.
#[must_use]
pub fn added_step(steps: &[EscalationStep]) -> Option<EscalationStep> {
    if steps.len() >= MAX_ESCALATION_STEPS {
        return None;
    }
    let is_free = |to: &EscalationTarget| steps.iter().all(|step| step.to != *to);
    let to = ADDED_TARGETS.into_iter().find(is_free);
    let after_seconds = match steps.last() {
        None => FIRST_STEP_SECONDS,
        Some(last) => {
            let after = last.after_seconds.saturating_add(ADDED_STEP_GAP_SECONDS);
            if after <= MAX_STEP_SECONDS {
                after
            } else {
                middle_of_longest_gap(steps)
            }
        }
    };
    Some(EscalationStep {
        after_seconds,
        to: to.unwrap_or(EscalationTarget::Again),
    })
}

/// Moves the step at `index` to another time, within the limits of one step, and restores the order. Returns its new
/// index.
pub fn move_step(steps: &mut [EscalationStep], index: usize, after_seconds: u16) -> usize {
    let Some(step) = steps.get_mut(index) else {
        return index;
    };
    step.after_seconds = after_seconds.clamp(MIN_STEP_GAP_SECONDS, MAX_STEP_SECONDS);
    let mut index = index;
    let time = |steps: &[EscalationStep], index: usize| Some(steps.get(index)?.after_seconds);
    while index > 0 && time(steps, index - 1) > time(steps, index) {
        steps.swap(index - 1, index);
        index -= 1;
    }
    while index + 1 < steps.len() && time(steps, index + 1) < time(steps, index) {
        steps.swap(index, index + 1);
        index += 1;
    }
    index
}

/// Time in the middle of the longest gap before the last possible time, rounded down to [`MIN_STEP_GAP_SECONDS`].
fn middle_of_longest_gap(steps: &[EscalationStep]) -> u16 {
    let times = steps.iter().map(|step| step.after_seconds);
    let starts = std::iter::once(0).chain(times.clone());
    let ends = times.chain([MAX_STEP_SECONDS]);
    let gaps = starts.zip(ends);
    let longest = gaps.max_by_key(|(start, end)| end.saturating_sub(*start));
    let (start, end) = longest.unwrap_or((0, MAX_STEP_SECONDS));
    let middle = start + end.saturating_sub(start) / 2;
    middle - middle % MIN_STEP_GAP_SECONDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::escalation::preset;
    use crate::model::answer_display::AnswerDisplay;
    use crate::model::settings::SettingsDocument;
    use crate::validate::problems;

    fn times(steps: &[EscalationStep]) -> Vec<u16> {
        steps.iter().map(|step| step.after_seconds).collect()
    }

    fn steps_at(times: &[u16]) -> Vec<EscalationStep> {
        let step = |after_seconds: &u16| EscalationStep {
            after_seconds: *after_seconds,
            to: EscalationTarget::Again,
        };
        times.iter().map(step).collect()
    }

    fn is_valid(steps: &[EscalationStep]) -> bool {
        let mut document = SettingsDocument::default();
        document.site.answers = AnswerDisplay::Words;
        document.site.escalation = steps.to_vec();
        problems(&document).is_empty()
    }

    #[test]
    fn added_steps_are_valid_until_the_list_is_full() {
        for start in [
            Vec::new(),
            preset(),
            steps_at(&[840]),
            steps_at(&[15, 820, 840]),
        ] {
            let mut steps = start.clone();
            while let Some(step) = added_step(&steps) {
                steps.push(step);
                let index = steps.len() - 1;
                move_step(&mut steps, index, step.after_seconds);
                assert!(is_valid(&steps), "{steps:?}");
            }
            assert_eq!(steps.len(), MAX_ESCALATION_STEPS, "{start:?}");
        }
    }

    #[test]
    fn an_added_step_has_a_target_that_no_other_step_has() {
        assert_eq!(added_step(&[]).unwrap().to, EscalationTarget::Again);
        let next = added_step(&preset()).unwrap();
        assert_eq!(next.to, EscalationTarget::InCharge);
        assert_eq!(next.after_seconds, 390);
    }

    #[test]
    fn a_moved_step_takes_its_place_in_the_order() {
        let mut steps = preset();
        assert_eq!(move_step(&mut steps, 0, 200), 1);
        assert_eq!(times(&steps), [150, 200, 300]);
        assert_eq!(steps[1].to, EscalationTarget::Again);
        assert_eq!(move_step(&mut steps, 2, 15), 0);
        assert_eq!(times(&steps), [15, 150, 200]);
        assert_eq!(move_step(&mut steps, 0, 9_999), 2);
        assert_eq!(times(&steps), [150, 200, MAX_STEP_SECONDS]);
        assert_eq!(move_step(&mut steps, 7, 60), 7, "there is no such step");
    }
}
