//! Answers to a call of the history, its reminders with their times, and the missed visit.

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_api::call::{AnswerRecord, CallRecord, MissedOutcome, SentStep};
use yobirin_domain::answer::{AnswerAuthor, AnswerResult};
use yobirin_domain::model::delivery::DeliveryState;

use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::setup::Words;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::escalation::{after_text, duration_text};

use super::failure::Failure;

/// Formats times in the office's time zone.
#[derive(Clone)]
struct Times {
    words: &'static Words,
    zone: String,
}

impl Times {
    fn from_context() -> Self {
        let store = expect_context::<DraftStore>();
        Self {
            words: words(),
            zone: store.peek(|document| document.site.time_zone.clone()),
        }
    }

    fn text(&self, at: Millis) -> String {
        clock::format_date_time(at, self.words.language().tag(), &self.zone)
    }

    /// Fills `{time}` of a sentence.
    fn fill(&self, sentence: &str, at: Millis) -> String {
        fill(sentence, &[("time", &self.text(at))])
    }
}

fn author_text(words: &Words, author: &AnswerAuthor) -> String {
    match author {
        AnswerAuthor::Host(name) => fill(words.history.host, &[("name", name)]),
        AnswerAuthor::Colleague | AnswerAuthor::Erased => words.history.colleague.to_owned(),
    }
}

/// Words of an answer in quotes; without any, the reason.
fn quote(words: &Words, answer: &AnswerRecord) -> String {
    let texts = &words.history;
    if !answer.words.is_empty() {
        fill(texts.answer_words, &[("words", &answer.words)])
    } else if answer.is_erased {
        texts.answer_erased.to_owned()
    } else {
        texts.answer_no_words.to_owned()
    }
}

/// Label and tone of a badge, and its name for tests; `None` for a call that asks for no answer.
fn badge(
    words: &Words,
    result: AnswerResult,
) -> Option<(&'static str, &'static str, &'static str)> {
    let texts = &words.history;
    match result {
        AnswerResult::NotAwaited => None,
        AnswerResult::Waiting => Some((texts.badge_awaiting, "partly", "waiting")),
        AnswerResult::Answered { .. } => Some((texts.badge_answered, "done", "answered")),
        AnswerResult::Unanswered => Some((texts.badge_unanswered, "bad", "unanswered")),
    }
}

/// Badge of a call: answered, unanswered or waiting.
#[component]
pub(super) fn AnswerBadge(record: StoredValue<CallRecord>) -> impl IntoView {
    let result = record.with_value(|record| record.answer_result(clock::now()));
    badge(words(), result).map(|(label, tone, name)| {
        view! { <span class="badge" data-tone=tone data-answer=name>{label}</span> }
    })
}

/// Headline of the answers: who answered first and after how long, and the words that the tablet shows.
#[component]
pub(super) fn AnswerLine(record: StoredValue<CallRecord>) -> impl IntoView {
    let times = Times::from_context();
    record.with_value(|record| {
        let (text, quote) = headline(words(), record, clock::now(), |at| times.text(at))?;
        Some(view! { <p data-answered="">{text} " " <strong>{quote}</strong></p> })
    })
}

/// Sentence and words of the headline. The words are those of the answer that the tablet shows; the sentence names its
/// author too when it is not the first answer.
fn headline(
    words: &Words,
    record: &CallRecord,
    now: Millis,
    time: impl Fn(Millis) -> String,
) -> Option<(String, String)> {
    let texts = &words.history;
    let AnswerResult::Answered { after } = record.answer_result(now) else {
        return None;
    };
    let (first, shown) = (record.first_answer()?, record.shown_answer()?);
    let sentence = |sentence, answer: &AnswerRecord| {
        fill(
            sentence,
            &[
                ("who", &author_text(words, &answer.who)),
                ("after", &duration_text(words, after / 1000)),
                ("time", &time(answer.at)),
            ],
        )
    };
    let mut text = sentence(texts.answered, first);
    if first.message != shown.message {
        text += &sentence(texts.answered_latest, shown);
    }
    Some((text, quote(words, shown)))
}

/// All answers, all reminders with their times, and the missed visit.
#[component]
pub(super) fn AnswerDetails(record: StoredValue<CallRecord>) -> impl IntoView {
    let words = words();
    let texts = &words.history;
    let times = Times::from_context();
    record.with_value(|record| {
        let has_section = record.call.asks_for_answer() || !record.answers.is_empty();
        let answers = has_section.then(|| {
            let entries = record.answers.iter();
            let entries = entries.map(|answer| answer_view(words, &times, answer));
            let none = record
                .answers
                .is_empty()
                .then(|| view! { <p class="muted" data-answers="none">{texts.no_answers}</p> });
            view! { <h2>{texts.answers}</h2> {none} <ul class="deliveries" data-answers="">{entries.collect_view()}</ul> }
        });
        let steps = (!record.call.later.is_empty()).then(|| {
            let steps = record.steps();
            let steps = steps.map(|step| step_view(words, &times, record, step));
            view! { <h2>{texts.steps}</h2> <ol class="deliveries" data-steps="">{steps.collect_view()}</ol> }
        });
        let missed = record.missed.as_ref().map(|missed| {
            let text = match missed.outcome {
                Some(MissedOutcome::Task { .. }) => times.fill(texts.missed_task, missed.at),
                Some(MissedOutcome::Posted { .. }) => times.fill(texts.missed_posted, missed.at),
                Some(MissedOutcome::Refused) => times.fill(texts.missed_refused, missed.at),
                None => texts.missed_pending.to_owned(),
            };
            view! { <p data-missed="">{text}</p> }
        });
        view! { {answers} {steps} {missed} }
    })
}

fn answer_view(words: &'static Words, times: &Times, answer: &AnswerRecord) -> AnyView {
    let texts = &words.history;
    let edited = answer.edited.map(|at| times.fill(texts.answer_edited, at));
    let withdrawn = answer
        .withdrawn
        .map(|at| times.fill(texts.answer_withdrawn, at));
    // Of a withdrawn answer no words are left to quote.
    let quote = answer.withdrawn.is_none().then(|| quote(words, answer));
    let notes: Vec<String> = edited.into_iter().chain(withdrawn).collect();
    view! {
        <li>
            <p>
                <strong>{author_text(words, &answer.who)}</strong> " " <span class="digits">{times.text(answer.at)}</span> " " {quote}
                <span class="muted">" " {notes.join(words.names.list_separator)}</span>
            </p>
        </li>
    }
    .into_any()
}

fn step_view(
    words: &'static Words,
    times: &Times,
    record: &CallRecord,
    step: SentStep<'_>,
) -> AnyView {
    let names = DisplayNames::from_context();
    let to = step.later.to;
    let after = after_text(words, step.later.after_seconds);
    let state = step_state(words, times, record, step);
    view! {
        <li data-after=step.later.after_seconds.to_string()>
            <p><span class="muted">{after}</span> " " <strong>{move || names.destination(to)}</strong> " " {state}</p>
        </li>
    }
    .into_any()
}

/// Result of a reminder, in words.
fn step_state(
    words: &'static Words,
    times: &Times,
    record: &CallRecord,
    step: SentStep<'_>,
) -> String {
    let texts = &words.history;
    match step.delivery.map(|delivery| &delivery.state) {
        Some(DeliveryState::Delivered { at, .. }) => times.fill(texts.step_sent, *at),
        Some(DeliveryState::Waiting) | None => match step.at {
            Some(at) => times.fill(texts.step_planned, at),
            None => texts.delivery_waiting.to_owned(),
        },
        Some(DeliveryState::Unknown) => texts.delivery_unknown.to_owned(),
        Some(DeliveryState::Withdrawn) => {
            let reason = if !record.answers.is_empty() {
                texts.step_answered
            } else if record.cancelled.is_some() || record.revoked.is_some() {
                texts.step_cancelled
            } else if step.is_replaced_by_fallback {
                texts.step_replaced
            } else {
                texts.step_too_late
            };
            reason.to_owned()
        }
        Some(DeliveryState::Rejected { .. } | DeliveryState::Expired) => {
            let failure = step.delivery.and_then(Failure::of);
            failure.map_or("", |failure| failure.text(words)).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::erase::sample::record;
    use super::*;
    use crate::i18n::setup::SetupLang;

    fn headline_of(record: &CallRecord) -> (String, String) {
        let time = |at| format!("at {at}");
        headline(SetupLang::Ja.words(), record, 0, time).unwrap()
    }

    #[test]
    fn the_headline_has_the_words_that_the_tablet_shows() {
        let mut record = record();
        record.call.deliveries[0].answered = Some("対応中：{who} {time}".to_owned());
        record.answers[0].at = 21_000;
        let (text, quote) = headline_of(&record);
        assert!(
            text.starts_with("佐藤さんが") && text.contains("（at 21000）"),
            "{text}"
        );
        assert!(!text.contains("最新"), "{text}");
        assert_eq!(quote, "「すぐ行きます」");

        let mut second = record.answers[0].clone();
        second.message = "100".to_owned().try_into().unwrap();
        second.who = AnswerAuthor::Host("鈴木".to_owned());
        second.words = "代わりに行きます".to_owned();
        second.at = 120_000;
        record.answers.push(second);
        let (both, quote) = headline_of(&record);
        assert_eq!(both, format!("{text}。最新の応答は鈴木さん（at 120000）"));
        assert_eq!(quote, "「代わりに行きます」");

        record.answers[1].withdrawn = Some(130_000);
        assert_eq!(headline_of(&record), (text, "「すぐ行きます」".to_owned()));
    }
}
