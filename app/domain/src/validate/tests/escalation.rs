//! Problems of answers, escalation and missed visits.

use super::{assert_problems, problems};
use crate::model::answer_display::AnswerDisplay;
use crate::model::escalation_step::{EscalationStep, EscalationTarget};

fn steps(after: &[u16]) -> Vec<EscalationStep> {
    let step = |after: &u16| EscalationStep {
        after_seconds: *after,
        to: EscalationTarget::Again,
    };
    after.iter().map(step).collect()
}

#[test]
fn every_problem_of_an_escalation_is_reported_at_its_path() {
    assert_problems(vec![
        (
            "site.escalation: needs answers: switch them on for the site",
            Box::new(|d| {
                d.site.answers = AnswerDisplay::Off;
                d.site.escalation = steps(&[60]);
            }),
        ),
        (
            "site.escalation: must be at most 5 entries",
            Box::new(|d| d.site.escalation = steps(&[15, 30, 45, 60, 75, 90])),
        ),
        (
            "site.escalation[0].after_seconds: must be at least 15 seconds after the step before it",
            Box::new(|d| d.site.escalation = steps(&[14, 60])),
        ),
        (
            "site.escalation[1].after_seconds: must be at least 15 seconds after the step before it",
            Box::new(|d| d.site.escalation = steps(&[60, 60, 80])),
        ),
        (
            "site.escalation[0].after_seconds: must be at most 840 seconds after the notification",
            Box::new(|d| d.site.escalation = steps(&[841])),
        ),
        (
            "devices[0].menu[1].escalation: needs answers: switch them on for the site",
            Box::new(|d| {
                d.site.answers = AnswerDisplay::Off;
                d.devices[0].menu[1].escalation = Some(steps(&[60]));
            }),
        ),
        (
            "devices[0].menu[1].escalation[0].after_seconds: must be at least 15 seconds after the step before it",
            Box::new(|d| d.devices[0].menu[1].escalation = Some(steps(&[0]))),
        ),
        (
            "devices[0].menu[2].missed_visit: needs answers: switch them on for the site",
            Box::new(|d| {
                d.site.answers = AnswerDisplay::Off;
                d.devices[0].menu[2].missed_visit = true;
            }),
        ),
    ]);
}

#[test]
fn steps_at_their_limits_are_valid() {
    for answers in [AnswerDisplay::Noticed, AnswerDisplay::Words] {
        let found = problems(|d| {
            d.site.answers = answers;
            d.site.escalation = steps(&[15, 30, 45, 60, 840]);
            d.devices[0].menu[0].escalation = Some(steps(&[840]));
            d.devices[0].menu[1].escalation = Some(Vec::new());
            d.devices[0].menu[2].missed_visit = true;
        });
        assert_eq!(found, [] as [String; 0], "{answers:?}");
    }
    let without_answers = problems(|d| {
        d.site.answers = AnswerDisplay::Off;
        d.devices[0].menu[1].escalation = Some(Vec::new());
    });
    assert_eq!(
        without_answers,
        [] as [String; 0],
        "an empty list needs none"
    );
}
