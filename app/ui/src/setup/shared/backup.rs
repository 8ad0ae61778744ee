//! The last good backup, and how backups are set up.

use leptos::prelude::*;
use yobirin_api::Millis;

use crate::browser::clock;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::alarms::AlarmPolling;
use crate::setup::shared::copy_button::CopyButton;
use crate::setup::shared::moment::moment_with_age;

/// Commands that install the timer of backups, as `relay/deploy/yobirin-backup.service` has them.
const TIMER_COMMANDS: &str = "install -m 644 relay/deploy/yobirin-backup.* /etc/systemd/system/
systemctl daemon-reload && systemctl enable --now yobirin-backup.timer
systemctl start yobirin-backup";
/// Command that makes one backup and deletes old ones.
const BACKUP_COMMAND: &str =
    "yobirin-relay backup --rotate 14 /var/lib/yobirin-backups --data /var/lib/yobirin";
/// One day in milliseconds.
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Highest age of a good backup, in days, where the office has chosen no limit. Where a backup is made every night,
/// some nights may fail.
const USUAL_MAX_DAYS: u16 = 7;

/// State of the backups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BackupState {
    /// No backup was made.
    Missing,
    /// The last backup is older than the limit.
    Old,
    /// The last backup is within the limit.
    Good,
}

impl BackupState {
    fn of(last: Option<Millis>, now: Millis, max_days: Option<u16>) -> Self {
        let max = u64::from(max_days.unwrap_or(USUAL_MAX_DAYS)) * DAY_MS;
        match last {
            None => Self::Missing,
            Some(last) if now.saturating_sub(last) > max => Self::Old,
            Some(_) => Self::Good,
        }
    }
}

/// An age in days.
pub(crate) fn backup_days_text(words: &Words, days: u64) -> String {
    counted(
        words.alarms.days,
        usize::try_from(days).unwrap_or(usize::MAX),
    )
}

/// The last good backup and its age, once the report is loaded; help for setting backups up.
#[component]
pub(crate) fn LastBackup(alarms: AlarmPolling) -> impl IntoView {
    let words = words();
    let texts = &words.backup;
    let store = expect_context::<DraftStore>();
    // Computed anew with each poll, because the age grows.
    let state_and_text = Memo::new(move |_| {
        let last = alarms
            .report
            .with(|remote| remote.loaded().map(|report| report.last_backup))?;
        let now = clock::now();
        let text = last.map_or_else(
            || texts.never.to_owned(),
            |at| {
                let zone = store.with(|document| document.site.time_zone.clone());
                let time = moment_with_age(words, at, now.saturating_sub(at), &zone);
                fill(texts.last, &[("time", &time)])
            },
        );
        let max_days = store.with(|document| document.site.alarms.backup_days);
        Some((BackupState::of(last, now, max_days), text))
    });
    let state = move || {
        let (state, text) = state_and_text.get()?;
        let (label, tone, sign, name) = match state {
            BackupState::Missing => (texts.missing, "partly", Sign::WARNING, "missing"),
            BackupState::Old => (texts.old, "bad", Sign::WARNING, "old"),
            BackupState::Good => (texts.good, "done", Sign::DONE, "good"),
        };
        Some(view! {
            <p class="row" data-backup=name>
                <span class="badge" data-tone=tone><Icon sign=sign />{label}</span>
                <span>{text}</span>
            </p>
        })
    };
    view! {
        {state}
        <BackupHelp />
    }
}

/// Folded instructions for backups.
#[component]
fn BackupHelp() -> impl IntoView {
    let words = words();
    let texts = &words.backup;
    let commands = |text: &'static str| {
        view! {
            <div class="command">
                <pre tabindex="0">{text}</pre>
                <CopyButton text=Signal::stored(text.to_owned()) />
            </div>
        }
    };
    view! {
        <details class="help" data-help="backup">
            <summary>{texts.help}</summary>
            <div class="stack">
                <p>{texts.help_ask}</p>
                <details class="help" data-help="backup-commands">
                    <summary>{texts.help_commands}</summary>
                    <div class="stack">
                        <p>{texts.help_lead}</p>
                        {commands(TIMER_COMMANDS)}
                        <p class="muted">{texts.help_units}</p>
                        <p>{texts.help_timer}</p>
                        {commands(BACKUP_COMMAND)}
                        <p>{texts.help_copy}</p>
                        <p class="muted">{texts.help_postgres} {words.sentence_gap()} {texts.help_restore}</p>
                    </div>
                </details>
            </div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn a_backup_is_too_old_after_the_days_that_the_office_chose() {
        let now = 100 * DAY_MS;
        let state = |age, max_days| BackupState::of(Some(now - age), now, max_days);
        assert_eq!(BackupState::of(None, now, Some(2)), BackupState::Missing);
        assert_eq!(state(2 * DAY_MS, Some(2)), BackupState::Good);
        assert_eq!(state(2 * DAY_MS + 1, Some(2)), BackupState::Old);
        assert_eq!(state(7 * DAY_MS, None), BackupState::Good);
        assert_eq!(state(7 * DAY_MS + 1, None), BackupState::Old);
        let ahead = BackupState::of(Some(now + DAY_MS), now, Some(1));
        assert_eq!(
            ahead,
            BackupState::Good,
            "a backup in the future is good: this machine's clock is behind"
        );
    }

    #[test]
    fn days_are_written_in_words() {
        assert_eq!(backup_days_text(SetupLang::Ja.words(), 7), "7\u{a0}日");
        assert_eq!(backup_days_text(SetupLang::En.words(), 1), "1 day");
    }

    #[test]
    fn the_commands_are_those_of_the_deployed_timer() {
        let unit = include_str!("../../../../../relay/deploy/yobirin-backup.service");
        let (backup, data) = BACKUP_COMMAND.split_once(" --data ").unwrap();
        let data = format!("YOBIRIN_DATA={data}");
        for command in TIMER_COMMANDS.lines().chain([backup, &data]) {
            assert!(unit.contains(command), "{command}");
        }
    }
}
