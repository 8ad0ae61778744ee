//! Deadline of a call's notifications, and the times at which its words are erased.

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_api::call::CallRecord;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::retention::Retention;
use yobirin_domain::retention::{RetentionKind, WordsNeed, erased_from};

use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::setup::Words;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::retention_ceiling::RetentionCeiling;

/// Line with the deadline of a call that is being sent, or whose deadline has passed.
#[component]
pub(super) fn DeadlineLine(record: StoredValue<CallRecord>) -> impl IntoView {
    let texts = &words().history;
    record.with_value(|record| {
        let text = match record.state {
            CallState::Sending => texts.deadline,
            CallState::Expired => texts.deadline_passed,
            CallState::Notified | CallState::Failed | CallState::Withdrawn => return None,
        };
        let line = at_time(text, record.expires);
        Some(view! { <p class="muted" data-deadline="">{line}</p> })
    })
}

/// Lines with the times at which retention erases the words of a call, by the saved settings.
#[component]
pub(super) fn ErasureTimes(record: StoredValue<CallRecord>) -> impl IntoView {
    let words = words();
    let store = expect_context::<DraftStore>();
    let ceiling = RetentionCeiling::from_context();
    move || {
        let applied = store.with_saved(|saved| ceiling.applied_to(&saved.site).retention);
        let due = record.with_value(|record| erasures(record, &applied));
        let line = |(kinds, at): (Vec<RetentionKind>, Millis)| {
            let line = fill(
                words.retention.erased_later,
                &[("what", &kinds_text(words, &kinds))],
            );
            view! { <p class="muted" data-erased-later="">{at_time(&line, at)}</p> }
        };
        due.into_iter().map(line).collect_view()
    }
}

/// Fills `{time}` of a sentence in the office's time zone.
pub(super) fn at_time(sentence: &str, at: Millis) -> String {
    let zone = expect_context::<DraftStore>().peek(|document| document.site.time_zone.clone());
    let time = clock::format_date_time(at, words().language().tag(), &zone);
    fill(sentence, &[("time", &time)])
}

/// Sentence that says why the words of a call are still needed and until when; `None` when they can be erased.
pub(super) fn words_need(record: &CallRecord, now: Millis) -> Option<String> {
    let texts = &words().retention;
    let visit = record.visit_state();
    let need = visit.words_need(now)?;
    let sentence = match need {
        WordsNeed::Answer => texts.needed_for_answer,
        WordsNeed::Cancellation => texts.needed_for_cancellation,
        WordsNeed::Delivery => texts.needed_for_delivery,
        WordsNeed::Retraction => texts.needed_for_retraction,
        WordsNeed::MissedVisit => texts.needed_for_missed_visit,
        WordsNeed::PostEdit => texts.erasure_is_near,
    };
    Some(at_time(sentence, visit.needed_until(need)))
}

/// Names of kinds of words, in one text.
fn kinds_text(words: &Words, kinds: &[RetentionKind]) -> String {
    let texts = &words.retention;
    let name = |kind: &RetentionKind| match kind {
        RetentionKind::Visitors => texts.visitors,
        RetentionKind::Messages => texts.messages,
        RetentionKind::Answers => texts.answers,
        RetentionKind::Counts => texts.counts,
    };
    let names: Vec<&str> = kinds.iter().map(name).collect();
    names.join(words.names.list_separator)
}

/// Kinds of words that a call still has, grouped by the time at which `applied` erases them; none once an admin has
/// requested the erasure, which does not wait for these times.
fn erasures(record: &CallRecord, applied: &Retention) -> Vec<(Vec<RetentionKind>, Millis)> {
    let mut due: Vec<(Vec<RetentionKind>, Millis)> = Vec::new();
    if record.erase_requested.is_some() {
        return due;
    }
    let call = &record.call;
    let sent = call.deliveries.iter().chain(&call.fallback);
    let texts = sent.map(|sent| &sent.text);
    let mut texts = texts.chain(call.later.iter().map(|later| &later.text));
    let has_messages = texts.any(|text| !text.is_empty());
    let has_answers = record.answers.iter().any(|answer| !answer.is_erased);
    for (kind, has_words) in [
        (RetentionKind::Visitors, record.erased.is_none()),
        (RetentionKind::Messages, has_messages),
        (RetentionKind::Answers, has_answers),
    ] {
        if !has_words {
            continue;
        }
        let at = erased_from(applied, kind, record.kept_from, record.expires);
        match due.iter_mut().find(|(_, other)| *other == at) {
            Some((kinds, _)) => kinds.push(kind),
            None => due.push((vec![kind], at)),
        }
    }
    due
}

#[cfg(test)]
mod tests {
    use yobirin_domain::retention::DAY_MILLIS;

    use super::super::erase::sample::record;
    use super::*;

    fn kept_for(visitors: u16, answers: u16) -> Retention {
        Retention {
            visitors,
            messages: visitors,
            answers,
            counts: 1_827,
        }
    }

    #[test]
    fn kinds_erased_at_one_time_share_a_line_and_erased_words_have_none() {
        let mut call = record();
        call.kept_from = 5;
        call.call.deliveries[0].text = "来訪".to_owned();
        let due = erasures(&call, &kept_for(30, 60));
        let together = vec![RetentionKind::Visitors, RetentionKind::Messages];
        let answers = vec![RetentionKind::Answers];
        let after_days = |days: u64| call.kept_from + days * DAY_MILLIS;
        assert_eq!(
            due,
            [
                (together, after_days(30)),
                (answers.clone(), after_days(60))
            ]
        );
        let answers_due = [(answers, after_days(60))];
        call.erased = Some(0);
        call.call.deliveries[0].text.clear();
        assert_eq!(erasures(&call, &kept_for(30, 60)), answers_due);
        call.erase_requested = Some(0);
        assert_eq!(erasures(&call, &kept_for(30, 60)), []);
    }
}
