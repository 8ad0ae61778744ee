//! Texts of alarms, in the office's own language: Japanese, else English. They hold no visitor's words and mention
//! nobody.

use super::silent_tablets::tablets_of;
use super::state::Incident;
use super::{AlarmCondition, SilentTablet};
use crate::message::bot_message_parts::{reception_desk, reference_line};
use crate::message::escape;
use crate::model::hours::LocalDateTime;
use crate::model::id::Reference;
use crate::model::lang::Lang;
use crate::model::settings::Settings;

/// Maximum length of a tablet's name, in characters.
const MAX_TABLET_CHARS: usize = 40;
/// Tablets listed by name; the text counts the others. Keeps the text far below
/// [`crate::message::MAX_TEXT_BYTES`].
const MAX_LISTED_TABLETS: usize = 60;

/// Converts a time to date and time of day of the office.
type Local<'a> = &'a (dyn Fn(u64) -> LocalDateTime + Sync);

/// Writer of one text.
struct Wording<'a> {
    settings: &'a Settings,
    incident: &'a Incident,
    is_japanese: bool,
    /// Time of the post. Times of another day are written with their date.
    posted: u64,
    local: Local<'a>,
}

/// Text of a post that the outbox gets at `posted`. Passes [`crate::outbound_policy::OutboundPolicy::check_text`].
pub(super) fn post(
    settings: &Settings,
    incident: &Incident,
    reference: Reference,
    posted: u64,
    local: Local<'_>,
) -> String {
    Wording::of(settings, incident, posted, local).post(reference, None)
}

/// Last text of a post whose incident is posted in another room from now on. Passes the same check.
pub(super) fn moved_post(
    settings: &Settings,
    incident: &Incident,
    reference: Reference,
    posted: u64,
    local: Local<'_>,
) -> String {
    let wording = Wording::of(settings, incident, posted, local);
    let moved = wording.words(
        "この件の続きは、別のルームでお知らせします。",
        "Updates on this are posted in another room.",
    );
    wording.post(reference, Some(moved))
}

/// Chatwork's frame with a title.
fn frame(title: &str, lines: &[String]) -> String {
    format!("[info][title]{title}[/title]{}[/info]", lines.join("\n"))
}

/// Title of an incident for the alarm webhook.
pub(super) fn title(
    settings: &Settings,
    incident: &Incident,
    now: u64,
    local: Local<'_>,
) -> String {
    Wording::of(settings, incident, now, local).title()
}

/// Text by which an admin tests the room for alarms. Passes
/// [`crate::outbound_policy::OutboundPolicy::check_text`].
#[must_use]
pub fn alarm_test_message(settings: &Settings, reference: Reference) -> String {
    let body = match is_japanese(settings) {
        true => "受付端末やサーバーに問題があるとき、ここにお知らせします。",
        false => "Problems with tablets or the server will be reported here.",
    };
    let lines = [body.to_owned(), signature(settings, reference)];
    frame(&test_title(settings), &lines)
}

/// Title of a test.
pub(super) fn test_title(settings: &Settings) -> String {
    match is_japanese(settings) {
        true => "異常のお知らせ（テスト）".to_owned(),
        false => "Alerts (test)".to_owned(),
    }
}

fn is_japanese(settings: &Settings) -> bool {
    settings.site().office_language() == Lang::Ja
}

/// Last line: whose reception it is, and the reference.
fn signature(settings: &Settings, reference: Reference) -> String {
    let desk = reception_desk(settings);
    let reference_line = reference_line(settings.site().office_language(), reference);
    match is_japanese(settings) {
        true => format!("{desk}　{reference_line}"),
        false => format!("From {desk}. {reference_line}"),
    }
}

impl<'a> Wording<'a> {
    fn of(settings: &'a Settings, incident: &'a Incident, posted: u64, local: Local<'a>) -> Self {
        Self {
            settings,
            incident,
            is_japanese: is_japanese(settings),
            posted,
            local,
        }
    }

    /// The whole post; `more` is a line before its signature.
    fn post(&self, reference: Reference, more: Option<String>) -> String {
        let mut lines = vec![self.body()];
        lines.extend(more);
        lines.push(signature(self.settings, reference));
        frame(&self.title(), &lines)
    }

    /// Chooses the wording of the office's own language.
    fn words(&self, japanese: &str, english: &str) -> String {
        if self.is_japanese { japanese } else { english }.to_owned()
    }

    /// Time of day, with the date unless it is the day of the post.
    fn time(&self, at: u64) -> String {
        let (at, posted) = ((self.local)(at), (self.local)(self.posted));
        match at.day == posted.day {
            true => at.time.to_string(),
            false => format!("{} {}", at.day, at.time),
        }
    }

    /// Name of the condition. Once the incident is resolved, the time of its end stands before the name.
    fn title(&self) -> String {
        let name = self.condition_name();
        // A failed call stays failed: its incident ends without being resolved.
        let is_final = matches!(self.incident.condition, AlarmCondition::CallsFailed { .. });
        match self.incident.ended {
            None => name,
            Some(_) if is_final => name,
            Some(at) if self.is_japanese => format!("{} 復旧：{name}", self.time(at)),
            Some(at) => format!("Resolved {}: {name}", self.time(at)),
        }
    }

    fn condition_name(&self) -> String {
        match &self.incident.condition {
            AlarmCondition::TabletsSilent { tablets } => {
                let has_ended = self.incident.ended.is_some();
                let is_counted = |tablet: &&SilentTablet| has_ended || tablet.until.is_none();
                match (tablets.iter().filter(is_counted).count(), self.is_japanese) {
                    (count, true) => format!("受付端末の応答なし（{count}台）"),
                    (1, false) => "No response from 1 tablet".to_owned(),
                    (count, false) => format!("No response from {count} tablets"),
                }
            }
            AlarmCondition::CallsFailed { calls, .. } => match (calls, self.is_japanese) {
                (calls, true) => format!("届かなかった来訪のお知らせ（{calls}件）"),
                (1, false) => "1 call reached nobody".to_owned(),
                (calls, false) => format!("{calls} calls reached nobody"),
            },
            AlarmCondition::DiskLow { free_percent } => match self.is_japanese {
                true => format!("ディスクの空き容量不足（残り{free_percent}%）"),
                false => format!("Disk almost full, {free_percent}% free"),
            },
            AlarmCondition::CertificateEnds { ends } => {
                let day = (self.local)(*ends).day;
                match self.is_japanese {
                    true => format!("証明書の期限切れが近づいています（{day}まで）"),
                    false => format!("Certificate expires on {day}"),
                }
            }
            AlarmCondition::BackupOld { .. } => {
                self.words("バックアップがとられていません", "No recent backup")
            }
            AlarmCondition::LimitNearlyUsed => self.words(
                "Chatwork APIの利用上限に近づいています",
                "Chatwork's request limit is almost used up",
            ),
            AlarmCondition::TokenRefused => self.words(
                "ChatworkがAPIトークンを受け付けません",
                "Chatwork does not accept the API token",
            ),
            AlarmCondition::ChatworkUnreachable => {
                self.words("Chatworkにつながりません", "Chatwork cannot be reached")
            }
        }
    }

    fn body(&self) -> String {
        match &self.incident.condition {
            AlarmCondition::TabletsSilent { .. } => self.tablets(),
            AlarmCondition::CallsFailed { last, .. } => {
                let last = self.time(*last);
                match self.is_japanese {
                    true => format!(
                        "Chatworkに届かなかった来訪のお知らせがあります（最後は {last}）。\n\
                         受付の様子と、呼び出し履歴をご確認ください。"
                    ),
                    false => format!(
                        "Nothing could be sent to Chatwork, the last time at {last}.\n\
                         Please check the reception and its call history."
                    ),
                }
            }
            AlarmCondition::DiskLow { .. } => self.words(
                "いっぱいになると、来訪を受け付けられません。受付サーバーの空き容量を増やしてください。",
                "Once it is full, no calls can be accepted. Please free some space on the reception's server.",
            ),
            AlarmCondition::CertificateEnds { .. } => self.words(
                "期限を過ぎると、受付端末がつながらなくなります。受付サーバーの証明書を更新してください。",
                "After that, tablets cannot connect. Please renew the certificate of the reception's server.",
            ),
            AlarmCondition::BackupOld { last } => self.backup(*last),
            AlarmCondition::LimitNearlyUsed => self.words(
                "上限に達すると、来訪のお知らせが数分遅れることがあります。\
                 同じAPIトークンを使うほかのプログラムがないか、ご確認ください。",
                "Once it is used up, notifications may arrive a few minutes late. \
                 Please check whether another program uses the same API token.",
            ),
            AlarmCondition::TokenRefused | AlarmCondition::ChatworkUnreachable => String::new(),
        }
    }

    fn backup(&self, last: Option<u64>) -> String {
        let last = last.map(|last| self.time(last));
        let last = match (last, self.is_japanese) {
            (Some(last), true) => format!("最後のバックアップは {last} です。"),
            (None, true) => "まだ一度もとられていません。".to_owned(),
            (Some(last), false) => format!("Last backup: {last}."),
            (None, false) => "None has been made yet.".to_owned(),
        };
        let advice = self.words(
            "定期的なバックアップが動いているか、ご確認ください。",
            " Please check that the regular backup is running.",
        );
        format!("{last}{advice}")
    }

    fn tablets(&self) -> String {
        let has_ended = self.incident.ended.is_some();
        let head = match (has_ended, self.is_japanese) {
            (false, true) => {
                "次の受付端末から応答がありません。電源とネットワークをご確認ください。"
            }
            (true, true) => "次の受付端末から応答のない時間がありました。",
            (false, false) => {
                "These tablets are not responding. Please check their power and network."
            }
            (true, false) => "These tablets did not respond for a while.",
        };
        let tablets = tablets_of(self.incident);
        let listed = tablets.iter().take(MAX_LISTED_TABLETS);
        let mut lines: Vec<String> = listed.map(|tablet| self.tablet(tablet)).collect();
        lines.insert(0, head.to_owned());
        match (
            tablets.len().saturating_sub(MAX_LISTED_TABLETS),
            self.is_japanese,
        ) {
            (0, _) => {}
            (others, true) => lines.push(format!("ほか{others}台")),
            (others, false) => lines.push(format!("and {others} more")),
        }
        lines.join("\n")
    }

    /// Line of one tablet: its name, and the span in which it is or was silent.
    fn tablet(&self, tablet: &SilentTablet) -> String {
        let mut devices = self.settings.devices().iter();
        let device = devices.find(|device| device.id == tablet.device);
        let name = device.map_or(tablet.device.as_str(), |device| device.name.as_str());
        let name = escape(name, MAX_TABLET_CHARS);
        let (since, until) = (
            self.time(tablet.since),
            tablet.until.map(|at| self.time(at)),
        );
        let span = match (until, self.is_japanese) {
            (None, true) => format!("{since}から"),
            (Some(until), true) => format!("{since}から、{until} 復旧"),
            (None, false) => format!("since {since}"),
            (Some(until), false) => format!("{since} to {until}"),
        };
        let times = match (tablet.times, self.is_japanese) {
            (0 | 1, _) => String::new(),
            (times, true) => format!("（{times}回目）"),
            (times, false) => format!(" ({times} times)"),
        };
        let mark = if self.is_japanese { "・" } else { "- " };
        let colon = if self.is_japanese { "：" } else { ": " };
        format!("{mark}{name}{colon}{span}{times}")
    }
}
