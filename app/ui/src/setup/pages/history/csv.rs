//! The call history as CSV for spreadsheets: UTF-8 with a byte order mark, lines that end with CRLF, and no cell that a
//! spreadsheet would take for a formula.

mod answer_cells;
mod name_cells;

pub(crate) use name_cells::RoomNames;

use yobirin_api::Millis;
use yobirin_api::call::CallRecord;
use yobirin_domain::csv::cell;
use yobirin_domain::model::delivery::{DeliveryState, RejectReason};
use yobirin_domain::model::settings::SettingsDocument;

use crate::i18n::fill;
use crate::i18n::setup::Words;

use super::record::badge;

/// Writes calls as CSV, with the names of the saved settings.
pub(crate) struct HistoryCsv<'a, T> {
    settings: &'a SettingsDocument,
    words: &'static Words,
    /// Writes a moment as `2026-11-23 14:05:09` in the office's time zone.
    timestamp: T,
    /// Time of writing, which decides whether a call still waits for its answer.
    now: Millis,
    /// Name of a room; `None` for rooms that the bot does not see.
    room_name: Option<RoomNames<'a>>,
}

impl<'a, T: Fn(Millis) -> String> HistoryCsv<'a, T> {
    pub(crate) fn new(
        settings: &'a SettingsDocument,
        words: &'static Words,
        timestamp: T,
        now: Millis,
    ) -> Self {
        Self {
            settings,
            words,
            timestamp,
            now,
            room_name: None,
        }
    }

    /// Writes rooms with their names instead of their numbers.
    pub(crate) fn with_room_names(mut self, room_name: RoomNames<'a>) -> Self {
        self.room_name = Some(room_name);
        self
    }

    /// Byte order mark and column titles.
    pub(crate) fn head(&self) -> String {
        let texts = &self.words.history_csv;
        let titles = [
            texts.time,
            texts.reference,
            texts.device,
            texts.button,
            texts.target,
            texts.company,
            texts.name,
            texts.people,
            texts.purpose,
            texts.result,
            texts.notified_at,
            texts.sent_to,
            texts.attempts,
            texts.reason,
            texts.answer,
            texts.answered_by,
            texts.answered_at,
            texts.answered_after,
            texts.answer_words,
            texts.steps,
            texts.missed,
            texts.notice,
        ];
        format!("\u{feff}{}", cell::write_csv([titles.map(str::to_owned)]))
    }

    /// One row for each call.
    pub(crate) fn rows(&self, calls: &[CallRecord]) -> String {
        cell::write_csv(calls.iter().map(|call| self.row(call)))
    }

    /// Cells of one call, in the order of the titles in [`Self::head`].
    fn row(&self, record: &CallRecord) -> [String; 22] {
        let call = &record.call;
        let (result, _) = badge(self.words, record, &record.notified_recipients());
        let people = call.visitor.people.map(|count| count.to_string());
        let notice = call.notice.map(|version| {
            // In a sentence, because a spreadsheet would take the version alone for a number.
            let version = version.to_string();
            fill(
                self.words.history_csv.notice_version,
                &[("version", &version)],
            )
        });
        // A fallback that was sent counts as a delivery too.
        let deliveries = || record.deliveries.iter().chain(&record.fallback);
        let notified_at = record.notified_at();
        let attempts: usize = deliveries().map(|delivery| delivery.attempts.len()).sum();
        let destinations = call.deliveries.iter().map(|sent| sent.to);
        let mut sent_to: Vec<String> = destinations.map(|to| self.destination(to)).collect();
        if let (Some(fallback), Some(_)) = (&call.fallback, &record.fallback) {
            let instead = self.words.history_csv.fallback;
            sent_to.push(format!("{instead} {}", self.destination(fallback.to)));
        }
        let mut reasons: Vec<&str> = Vec::new();
        for reason in deliveries().filter_map(|delivery| self.reason(&delivery.state)) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let [
            answer,
            answered_by,
            answered_at,
            answered_after,
            answer_words,
        ] = self.answer_cells(record);
        [
            (self.timestamp)(call.tapped),
            record.id.reference().to_string(),
            self.device(&record.device),
            self.button(&call.button, &call.target),
            self.target(&call.target),
            call.visitor.company.clone(),
            call.visitor.name.clone(),
            people.unwrap_or_default(),
            call.visitor.purpose.clone(),
            Self::plain(result),
            notified_at.map(&self.timestamp).unwrap_or_default(),
            Self::plain(&sent_to.join("; ")),
            attempts.to_string(),
            Self::plain(&reasons.join("; ")),
            answer,
            answered_by,
            answered_at,
            answered_after,
            answer_words,
            Self::plain(&self.steps_cell(record)),
            Self::plain(self.missed_cell(record)),
            Self::plain(&notice.unwrap_or_default()),
        ]
    }

    /// Reason for which Chatwork refused a delivery; `None` for any other state.
    fn reason(&self, state: &DeliveryState) -> Option<&'static str> {
        let texts = &self.words.history_csv;
        let DeliveryState::Rejected { reason } = state else {
            return None;
        };
        Some(match reason {
            RejectReason::NoSuchRoom => texts.no_such_room,
            RejectReason::NotAContact => texts.not_a_contact,
            RejectReason::ContactsUnreadable => texts.contacts_unreadable,
            RejectReason::BadMessage => texts.bad_message,
        })
    }
}

#[cfg(test)]
mod tests {
    use yobirin_api::call::{Attempt, Call, DeliveryRecord, Outcome, Outgoing};
    use yobirin_domain::model::call::Visitor;
    use yobirin_domain::model::delivery::CallState;
    use yobirin_domain::model::id::{ButtonId, CallId, RoomId};
    use yobirin_domain::routing::{Destination, Target, TraceStep};

    use super::*;
    use crate::i18n::setup::SetupLang;

    const TAPPED: Millis = 1_000;
    const DELIVERED: Millis = 2_000;
    const NOW: Millis = 1_000_000;

    fn room(id: u64) -> RoomId {
        id.try_into().unwrap()
    }

    fn outgoing(id: u64) -> Outgoing {
        Outgoing {
            to: Destination::Room(room(id)),
            text: String::new(),
            retraction: None,
            answered: None,
        }
    }

    fn delivery(state: DeliveryState) -> DeliveryRecord {
        DeliveryRecord {
            state,
            attempts: vec![Attempt {
                at: TAPPED,
                outcome: Some(Outcome::Delivered),
            }],
        }
    }

    fn delivered(id: u64) -> DeliveryRecord {
        let state = serde_json::json!({
            "delivered": { "message": "1", "room": id, "at": DELIVERED },
        });
        delivery(serde_json::from_value(state).unwrap())
    }

    /// A notified call to a group that is not in the settings any more.
    fn record() -> CallRecord {
        CallRecord {
            id: CallId::new(TAPPED, &[0; 10]),
            device: "lobby".parse().unwrap(),
            call: Call {
                button: "parcel".parse().unwrap(),
                target: Target::Group("soumu".parse().unwrap()),
                visitor: Visitor::default(),
                notice: None,
                tapped: TAPPED,
                deadline: TAPPED,
                deliveries: vec![outgoing(7)],
                fallback: None,
                later: Vec::new(),
                missed: None,
                trace: vec![TraceStep::Mentions {
                    room: room(7),
                    hosts: vec!["sato".parse().unwrap()],
                }],
            },
            accepted: TAPPED,
            expires: TAPPED,
            kept_from: TAPPED,
            state: CallState::Notified,
            deliveries: vec![delivered(7)],
            fallback: None,
            cancelled: None,
            retractions: Vec::new(),
            later: Vec::new(),
            answers: Vec::new(),
            missed: None,
            revoked: None,
            doubted: None,
            erased: None,
            erase_requested: None,
        }
    }

    /// The column titles as one line, and the cells of the record's row.
    fn write(lang: SetupLang, record: &CallRecord) -> (String, Vec<String>) {
        let settings = SettingsDocument::default();
        let csv = HistoryCsv::new(&settings, lang.words(), |at| format!("at {at}"), NOW);
        let rows = csv.rows(std::slice::from_ref(record));
        let row = rows.strip_suffix("\"\r\n").expect("one row");
        let row = row.strip_prefix('"').expect("quoted cells");
        let cells = row.split("\",\"").map(|cell| cell.replace("\"\"", "\""));
        (csv.head(), cells.collect())
    }

    #[test]
    fn columns_are_titled_in_the_reader_s_language() {
        let (ja, _) = write(SetupLang::Ja, &record());
        assert!(ja.starts_with("\u{feff}\"受付日時\",\"受付番号\","), "{ja}");
        assert!(ja.contains("\"送信回数\",\"理由\",\"応答\","), "{ja}");
        assert!(
            ja.ends_with("\"再通知\",\"応答がなかったとき\",\"利用目的の表示\"\r\n"),
            "{ja}"
        );
        let (en, _) = write(SetupLang::En, &record());
        assert!(en.starts_with("\u{feff}\"Time\",\"Call number\","), "{en}");
    }

    #[test]
    fn a_call_is_one_row_with_ids_for_names_that_are_gone() {
        let record = record();
        let (_, cells) = write(SetupLang::En, &record);
        let reference = record.id.reference().to_string();
        let expected = [
            "at 1000", &reference, "lobby", "parcel", "soumu", "", "", "", "", "Notified",
            "at 2000", "room 7", "1", "", "", "", "", "", "", "", "", "",
        ];
        assert_eq!(cells, expected);
    }

    #[test]
    fn a_call_names_the_version_of_the_notice_as_text() {
        let mut record = record();
        record.call.notice = "12345678".parse().ok();
        let (_, cells) = write(SetupLang::En, &record);
        assert_eq!(cells[21], "text no. 12345678");
    }

    #[test]
    fn a_spreadsheet_finds_nothing_to_calculate() {
        for (typed, cell) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝１", "'＝１"),
            ("\u{200b}=1+1", "'\u{200b}=1+1"),
            ("\u{feff}\u{a0}@SUM(A1)", "'\u{feff}\u{a0}@SUM(A1)"),
            ("a;=1;\"b\"", "a;=1;\"b\""),
            ("佐藤, 鈴木と\"仲間\"", "佐藤, 鈴木と\"仲間\""),
        ] {
            let mut record = record();
            typed.clone_into(&mut record.call.visitor.company);
            typed.clone_into(&mut record.call.visitor.name);
            let (_, cells) = write(SetupLang::Ja, &record);
            assert_eq!((cells[5].as_str(), cells[6].as_str()), (cell, cell));
            assert_eq!(cells[9], "通知済み");
        }
    }

    #[test]
    fn a_call_that_mentioned_nobody_says_so() {
        let mut record = record();
        record.call.trace = vec![TraceStep::Mentions {
            room: room(7),
            hosts: Vec::new(),
        }];
        let (_, cells) = write(SetupLang::En, &record);
        assert_eq!(cells[9], "Sent to the room without mentions");
    }

    #[test]
    fn a_call_that_went_to_the_default_room_instead_says_why() {
        let mut record = record();
        record.deliveries = vec![delivery(DeliveryState::Rejected {
            reason: RejectReason::NoSuchRoom,
        })];
        record.call.fallback = Some(outgoing(9));
        record.fallback = Some(delivered(9));
        let (_, cells) = write(SetupLang::En, &record);
        assert_eq!(cells[9], "Sent to the common room instead");
        assert_eq!(cells[10], "at 2000");
        assert_eq!(cells[11], "room 7; instead: room 9");
        assert_eq!(cells[12], "2", "attempts at both");
        assert_eq!(cells[13], "the room was deleted or the bot is not in it");
    }

    #[test]
    fn each_reason_is_named_once() {
        let rejected = |reason| delivery(DeliveryState::Rejected { reason });
        let mut record = record();
        record.deliveries = vec![
            rejected(RejectReason::NoSuchRoom),
            rejected(RejectReason::BadMessage),
            rejected(RejectReason::NoSuchRoom),
        ];
        let texts = &SetupLang::En.words().history_csv;
        let (_, cells) = write(SetupLang::En, &record);
        assert_eq!(
            cells[13],
            format!("{}; {}", texts.no_such_room, texts.bad_message)
        );
    }

    #[test]
    fn a_call_for_staff_names_its_button() {
        let mut record = record();
        record.call.target = Target::Staff;
        record.call.button = ButtonId::staff();
        let (_, cells) = write(SetupLang::Ja, &record);
        assert_eq!(
            (cells[3].as_str(), cells[4].as_str()),
            ("スタッフを呼ぶ", "スタッフ")
        );
    }
}
