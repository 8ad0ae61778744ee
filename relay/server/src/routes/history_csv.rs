//! History as CSV for spreadsheets: UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would
//! evaluate.

use yobirin_api::call::{CallRecord, DeliveryRecord};
use yobirin_domain::csv::cell;
use yobirin_domain::model::delivery::{CallState, DeliveryState, RejectReason};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Settings;
use yobirin_domain::recipients::{NotifiedParty, Recipients};
use yobirin_domain::routing::{Destination, Target};

use crate::routes::office_time::OfficeTime;

/// Column titles in Japanese and English.
const COLUMN_TITLES: [[&str; 14]; 2] = [
    [
        "受付日時",
        "受付番号",
        "デバイス",
        "メニュー",
        "呼び出し先",
        "会社名",
        "お名前",
        "人数",
        "ご用件",
        "結果",
        "通知日時",
        "通知先",
        "試行回数",
        "理由",
    ],
    [
        "Time",
        "Reference",
        "Device",
        "Button",
        "Called",
        "Company",
        "Name",
        "People",
        "Purpose",
        "Result",
        "Notified",
        "Sent to",
        "Attempts",
        "Reason",
    ],
];

/// Writes calls with the names of the current settings.
pub(crate) struct HistoryCsv<'a> {
    settings: &'a Settings,
    zone: OfficeTime,
    english: bool,
}

impl<'a> HistoryCsv<'a> {
    pub(crate) fn of(settings: &'a Settings, english: bool) -> Self {
        Self {
            settings,
            zone: OfficeTime::of(settings),
            english,
        }
    }

    /// Returns the byte order mark and the column titles.
    pub(crate) fn head(&self) -> String {
        let row = COLUMN_TITLES[usize::from(self.english)].map(str::to_owned);
        format!("\u{feff}{}", cell::write_csv([row]))
    }

    /// Returns the rows of calls.
    pub(crate) fn rows(&self, calls: &[CallRecord]) -> String {
        cell::write_csv(calls.iter().map(|call| self.row(call)))
    }

    fn row(&self, record: &CallRecord) -> [String; 14] {
        let call = &record.call;
        let people = call.visitor.people.map(|count| count.to_string());
        // The fallback counts as the other deliveries do.
        let deliveries = || record.deliveries.iter().chain(&record.fallback);
        let notified = deliveries().filter_map(delivered).min();
        let attempts: usize = deliveries().map(|delivery| delivery.attempts.len()).sum();
        let mut to: Vec<String> = call
            .deliveries
            .iter()
            .map(|delivery| self.to(delivery.to))
            .collect();
        if let (Some(sent), Some(_)) = (&call.fallback, &record.fallback) {
            to.push(self.fallback_title(sent.to));
        }
        let mut reasons: Vec<&str> = deliveries()
            .filter_map(|delivery| self.reason(&delivery.state))
            .collect();
        reasons.dedup();
        [
            self.zone.time(call.tapped),
            record.id.reference().to_string(),
            self.device(record),
            self.button(record),
            self.target(&call.target),
            call.visitor.company.clone(),
            call.visitor.name.clone(),
            people.unwrap_or_default(),
            call.visitor.purpose.clone(),
            self.state(record).to_owned(),
            notified.map(|at| self.zone.time(at)).unwrap_or_default(),
            to.join("; "),
            attempts.to_string(),
            reasons.join("; "),
        ]
    }

    fn pick(&self, ja: &'static str, en: &'static str) -> &'static str {
        if self.english { en } else { ja }
    }

    fn lang(&self) -> Lang {
        if self.english { Lang::En } else { Lang::Ja }
    }

    fn state(&self, record: &CallRecord) -> &'static str {
        let call = &record.call;
        let to = call.deliveries.iter().map(|delivery| delivery.to);
        let states: Vec<_> = record
            .deliveries
            .iter()
            .map(|delivery| delivery.state.clone())
            .collect();
        let fallback = record.fallback.as_ref().map(|delivery| &delivery.state);
        let notified_party =
            Recipients::of(&call.target, to, &call.trace).notified(&states, fallback);
        match record.state {
            CallState::Notified
                if !notified_party.alerted
                    && notified_party.whom != NotifiedParty::FallbackRoom =>
            {
                self.pick(
                    "通知済み（担当者個人には届いていません）",
                    "notified (nobody personally)",
                )
            }
            CallState::Sending => self.pick("送信中", "sending"),
            CallState::Notified => self.pick("通知済み", "notified"),
            CallState::Failed => self.pick("通知できず", "failed"),
            CallState::Expired => self.pick("期限切れ", "expired"),
            CallState::Withdrawn => self.pick("取り消し", "withdrawn"),
        }
    }

    fn reason(&self, state: &DeliveryState) -> Option<&'static str> {
        let DeliveryState::Rejected { reason } = state else {
            return None;
        };
        Some(match reason {
            RejectReason::NoSuchRoom => self.pick(
                "ルームがないか、Bot が参加していません",
                "the room is gone or the bot is not in it",
            ),
            RejectReason::NotAContact => self.pick(
                "Bot とコンタクトになっていません",
                "not among the bot's contacts",
            ),
            RejectReason::ContactsUnreadable => self.pick(
                "Bot のコンタクト一覧を読み取れませんでした",
                "the bot's contacts could not be read",
            ),
            RejectReason::BadMessage => self.pick(
                "Chatwork が文面を受け付けませんでした",
                "Chatwork did not accept the message",
            ),
        })
    }

    fn device(&self, record: &CallRecord) -> String {
        let mut devices = self.settings.devices().iter();
        let found = devices.find(|device| device.id == record.device);
        found.map_or_else(|| record.device.to_string(), |device| device.name.clone())
    }

    fn button(&self, record: &CallRecord) -> String {
        let id = &record.call.button;
        let mut buttons = self
            .settings
            .devices()
            .iter()
            .flat_map(|device| &device.menu);
        let found = buttons.find(|button| button.id == *id);
        found.map_or_else(
            || match record.call.target {
                Target::Staff => self.pick("スタッフを呼ぶ", "Call staff").to_owned(),
                _ => id.to_string(),
            },
            |button| button.label.best(self.lang()).to_owned(),
        )
    }

    fn target(&self, target: &Target) -> String {
        match target {
            Target::Host(id) => {
                let host = self.settings.hosts().iter().find(|host| host.id == *id);
                host.map_or_else(|| id.to_string(), |host| host.name.clone())
            }
            Target::Staff => self.pick("スタッフ", "Staff").to_owned(),
            Target::Group(id) => {
                let group = self.settings.groups().iter().find(|group| group.id == *id);
                group.map_or_else(
                    || id.to_string(),
                    |group| group.name.best(self.lang()).to_owned(),
                )
            }
        }
    }

    /// Returns the title of a fallback: the default room in place of a missing destination.
    fn fallback_title(&self, to: Destination) -> String {
        format!("{} {}", self.pick("代わりに", "instead:"), self.to(to))
    }

    fn to(&self, to: Destination) -> String {
        match to {
            Destination::Room(room) => format!("{} {room}", self.pick("ルーム", "room")),
            Destination::Account(account) => {
                let mut hosts = self.settings.hosts().iter();
                let host = hosts.find(|host| host.account == Some(account));
                let name = host.map_or_else(|| account.to_string(), |host| host.name.clone());
                format!("{} {name}", self.pick("ダイレクト", "direct"))
            }
        }
    }
}

fn delivered(delivery: &DeliveryRecord) -> Option<u64> {
    match delivery.state {
        DeliveryState::Delivered { at, .. } => Some(at),
        _ => None,
    }
}
