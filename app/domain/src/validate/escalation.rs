//! Validation of steps of escalation, of the site and of buttons.

use super::{Problems, ValidationError};
use crate::model::answer_display::AnswerDisplay;
use crate::model::escalation_step::{
    EscalationStep, MAX_ESCALATION_STEPS, MAX_STEP_SECONDS, MIN_STEP_GAP_SECONDS,
};

pub(super) fn check(
    path: &str,
    steps: &[EscalationStep],
    answers: AnswerDisplay,
    problems: &mut Problems,
) {
    if !steps.is_empty() && !answers.is_on() {
        problems.add(path, ValidationError::AnswersOff);
    }
    if steps.len() > MAX_ESCALATION_STEPS {
        let max = MAX_ESCALATION_STEPS;
        problems.add(path, ValidationError::TooMany { max });
    }
    let mut earlier_seconds = 0_u16;
    for (i, step) in steps.iter().enumerate() {
        let path = format!("{path}[{i}].after_seconds");
        if step.after_seconds < earlier_seconds.saturating_add(MIN_STEP_GAP_SECONDS) {
            let min = MIN_STEP_GAP_SECONDS;
            problems.add(&path, ValidationError::StepTooEarly { min });
        }
        if step.after_seconds > MAX_STEP_SECONDS {
            let max = MAX_STEP_SECONDS;
            problems.add(path, ValidationError::StepTooLate { max });
        }
        earlier_seconds = step.after_seconds;
    }
}
