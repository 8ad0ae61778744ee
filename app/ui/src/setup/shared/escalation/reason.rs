//! Texts for the reasons of a step: why it notifies somebody, or nobody.

use yobirin_domain::escalation::StepReason;

use crate::i18n::fill;
use crate::i18n::setup::Words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::route_trace;

/// One reason as a sentence for the admin.
pub(crate) fn reason_text(words: &Words, names: DisplayNames, reason: &StepReason) -> String {
    let texts = &words.escalation;
    match reason {
        StepReason::Again => texts.reason_again.to_owned(),
        StepReason::Delegates { hosts } => {
            fill(texts.reason_delegates, &[("hosts", &names.hosts(hosts))])
        }
        StepReason::InCharge {
            group: Some(group),
            hosts,
        } => fill(
            texts.reason_in_charge,
            &[
                ("group", &names.group(group)),
                ("hosts", &names.hosts(hosts)),
            ],
        ),
        StepReason::InCharge { group: None, hosts } => {
            fill(texts.reason_staff, &[("hosts", &names.hosts(hosts))])
        }
        StepReason::Route(trace_step) => route_trace::step_text(words, names, trace_step),
        StepReason::NoDelegates => texts.reason_no_delegates.to_owned(),
        StepReason::NobodyInCharge => texts.reason_nobody_in_charge.to_owned(),
        StepReason::NotifiedTwice(to) => {
            fill(texts.reason_twice, &[("to", &names.destination(*to))])
        }
        StepReason::TooManyMessages => texts.reason_too_many.to_owned(),
    }
}

/// Name of a reason, for tests and styles.
pub(crate) fn reason_kind(reason: &StepReason) -> &'static str {
    match reason {
        StepReason::Again => "again",
        StepReason::Delegates { .. } => "delegates",
        StepReason::InCharge { .. } => "in_charge",
        StepReason::Route(trace_step) => route_trace::step_kind(trace_step),
        StepReason::NoDelegates => "no_delegates",
        StepReason::NobodyInCharge => "nobody_in_charge",
        StepReason::NotifiedTwice(_) => "notified_twice",
        StepReason::TooManyMessages => "too_many_messages",
    }
}
