//! Cells about the answer to a call, its reminders and the missed visit.

use yobirin_api::Millis;
use yobirin_api::call::{CallRecord, MissedOutcome, SentStep};
use yobirin_domain::answer::{AnswerAuthor, AnswerResult};
use yobirin_domain::model::delivery::DeliveryState;

use super::HistoryCsv;
use crate::setup::shared::escalation::after_text;

impl<T: Fn(Millis) -> String> HistoryCsv<'_, T> {
    /// Result; author, time and seconds from the first delivery of the first answer; words of all answers that were not
    /// withdrawn, the last of which are those that the tablet shows. Empty cells for a call that asks for no answer.
    pub(super) fn answer_cells(&self, record: &CallRecord) -> [String; 5] {
        let (texts, badges) = (&self.words.history_csv, &self.words.history);
        let (result, after) = match record.answer_result(self.now) {
            AnswerResult::NotAwaited => return Default::default(),
            AnswerResult::Waiting => (badges.badge_awaiting, None),
            AnswerResult::Unanswered => (badges.badge_unanswered, None),
            AnswerResult::Answered { after } => (badges.badge_answered, Some(after)),
        };
        let answer = record.first_answer();
        let author = answer.map(|answer| match &answer.who {
            AnswerAuthor::Host(name) => name.clone(),
            AnswerAuthor::Colleague | AnswerAuthor::Erased => texts.colleague.to_owned(),
        });
        let time = answer.map(|answer| (self.timestamp)(answer.at));
        let seconds = after.map(|after| (after / 1000).to_string());
        let words = record.answers.iter();
        let words: Vec<&str> = words
            .filter(|answer| answer.withdrawn.is_none() && !answer.words.is_empty())
            .map(|answer| answer.words.as_str())
            .collect();
        let words = Some(words.join(" / "));
        [Some(result.to_owned()), author, time, seconds, words].map(Option::unwrap_or_default)
    }

    /// All reminders: planned time, destination, and time of delivery.
    pub(super) fn steps_cell(&self, record: &CallRecord) -> String {
        let texts = &self.words.history_csv;
        let step = |step: SentStep<'_>| {
            let after = after_text(self.words, step.later.after_seconds);
            let to = self.destination(step.later.to);
            let state = match step.delivery.map(|delivery| &delivery.state) {
                Some(DeliveryState::Delivered { at, .. }) => (self.timestamp)(*at),
                Some(DeliveryState::Waiting) | None => texts.step_planned.to_owned(),
                Some(DeliveryState::Unknown) => self.words.history.sending.to_owned(),
                Some(
                    DeliveryState::Withdrawn
                    | DeliveryState::Expired
                    | DeliveryState::Rejected { .. },
                ) => texts.step_not_sent.to_owned(),
            };
            format!("{after} {to}: {state}")
        };
        let steps: Vec<String> = record.steps().map(step).collect();
        steps.join("; ")
    }

    /// Texts of the app with plain spaces in place of no-break spaces, so that a search in the spreadsheet finds them.
    pub(super) fn plain(words: &str) -> String {
        words.replace('\u{a0}', " ")
    }

    /// Result of the task for a missed visit; `""` without one.
    pub(super) fn missed_cell(&self, record: &CallRecord) -> &'static str {
        let texts = &self.words.history_csv;
        let Some(missed) = &record.missed else {
            return "";
        };
        match missed.outcome {
            Some(MissedOutcome::Task { .. }) => texts.missed_task,
            Some(MissedOutcome::Posted { .. }) => texts.missed_posted,
            Some(MissedOutcome::Refused) => texts.missed_refused,
            None => texts.missed_pending,
        }
    }
}

#[cfg(test)]
mod tests {
    use yobirin_api::call::{
        AnswerRecord, Call, DeliveryRecord, LaterMessage, MissedRecord, Outgoing,
    };
    use yobirin_domain::model::call::Visitor;
    use yobirin_domain::model::delivery::CallState;
    use yobirin_domain::model::id::CallId;
    use yobirin_domain::model::settings::SettingsDocument;
    use yobirin_domain::routing::{Destination, Target};

    use super::*;
    use crate::i18n::setup::SetupLang;

    const TAPPED: Millis = 1_000;
    const MINUTE: Millis = 60_000;

    fn delivered(at: Millis) -> DeliveryRecord {
        let state = serde_json::json!({ "delivered": { "message": "1", "room": 7, "at": at } });
        DeliveryRecord {
            state: serde_json::from_value(state).unwrap(),
            attempts: Vec::new(),
        }
    }

    fn withdrawn() -> DeliveryRecord {
        DeliveryRecord {
            state: DeliveryState::Withdrawn,
            attempts: Vec::new(),
        }
    }

    fn later(after_seconds: u16) -> LaterMessage {
        LaterMessage {
            after_seconds,
            to: Destination::Room(9.try_into().unwrap()),
            text: String::new(),
            retraction: None,
            answered: None,
        }
    }

    /// A call that asks for an answer, with a reminder that was sent and one that was not.
    fn record() -> CallRecord {
        CallRecord {
            id: CallId::new(TAPPED, &[0; 10]),
            device: "lobby".parse().unwrap(),
            call: Call {
                button: "parcel".parse().unwrap(),
                target: Target::Staff,
                visitor: Visitor::default(),
                notice: None,
                tapped: TAPPED,
                deadline: TAPPED + 15 * MINUTE,
                deliveries: vec![Outgoing {
                    to: Destination::Room(7.try_into().unwrap()),
                    text: String::new(),
                    retraction: None,
                    answered: Some("対応中：{who} {time}".to_owned()),
                }],
                fallback: None,
                later: vec![later(60), later(150)],
                missed: None,
                trace: Vec::new(),
            },
            accepted: TAPPED,
            expires: TAPPED + 15 * MINUTE,
            kept_from: TAPPED,
            state: CallState::Notified,
            deliveries: vec![delivered(2_000)],
            fallback: None,
            cancelled: None,
            retractions: Vec::new(),
            later: vec![delivered(62_000), withdrawn()],
            answers: vec![AnswerRecord {
                message: "2".to_owned().try_into().unwrap(),
                who: AnswerAuthor::Host("佐藤".to_owned()),
                is_erased: false,
                words: "2分で行きます".to_owned(),
                at: 90_000,
                edited: None,
                withdrawn: None,
            }],
            missed: None,
            revoked: None,
            doubted: None,
            erased: None,
            erase_requested: None,
        }
    }

    /// The cells of the answer, the reminders and the missed visit.
    fn cells(record: &CallRecord, now: Millis) -> (Vec<String>, String, &'static str) {
        let settings = SettingsDocument::default();
        let words = SetupLang::Ja.words();
        let csv = HistoryCsv::new(&settings, words, |at| format!("at {at}"), now);
        let answer = csv.answer_cells(record).to_vec();
        (answer, csv.steps_cell(record), csv.missed_cell(record))
    }

    #[test]
    fn an_answered_call_has_author_time_and_words() {
        let (answer, steps, missed) = cells(&record(), 20 * MINUTE);
        // 90 s, the time of the answer, less 2 s, the time of the delivery.
        assert_eq!(
            answer,
            ["応答あり", "佐藤", "at 90000", "88", "2分で行きます"]
        );
        assert_eq!(
            steps,
            "1\u{a0}分後 ルーム 9: at 62000; 2\u{a0}分 30\u{a0}秒後 ルーム 9: 送っていません"
        );
        assert_eq!(missed, "");
        let settings = SettingsDocument::default();
        let csv = HistoryCsv::new(&settings, SetupLang::Ja.words(), |at| format!("at {at}"), 0);
        let row = csv.rows(&[record()]);
        assert!(row.contains("1 分後") && !row.contains('\u{a0}'), "{row}");
    }

    #[test]
    fn a_call_that_was_answered_twice_has_the_time_of_the_first_answer_and_the_words_of_both() {
        let mut record = record();
        let mut second = record.answers[0].clone();
        second.message = "3".to_owned().try_into().unwrap();
        second.who = AnswerAuthor::Host("鈴木".to_owned());
        second.words = "代わりに行きます".to_owned();
        second.at = 120_000;
        let mut deleted = second.clone();
        deleted.withdrawn = Some(130_000);
        record.answers.extend([second, deleted]);
        let (answer, ..) = cells(&record, 20 * MINUTE);
        let words = "2分で行きます / 代わりに行きます";
        assert_eq!(answer, ["応答あり", "佐藤", "at 90000", "88", words]);
    }

    #[test]
    fn a_call_without_an_answer_waits_until_its_deadline() {
        let mut record = record();
        record.answers.clear();
        let result = |record: &CallRecord, now| cells(record, now).0[0].clone();
        assert_eq!(result(&record, MINUTE), "応答待ち");
        assert_eq!(result(&record, 20 * MINUTE), "応答なし");
        record.call.deliveries[0].answered = None;
        assert_eq!(result(&record, 20 * MINUTE), "", "it asks for no answer");
        record.missed = Some(MissedRecord {
            at: 20 * MINUTE,
            outcome: Some(MissedOutcome::Refused),
        });
        assert_eq!(cells(&record, 20 * MINUTE).2, "Chatwork\u{a0}が受け付けず");
    }
}
