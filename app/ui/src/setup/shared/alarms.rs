//! Alarms as the relay reports them, with the incidents in words.

mod post_state;

use leptos::prelude::*;
use yobirin_api::alarm::AlarmReport;
use yobirin_domain::alarm::{AlarmCondition, SilentTablet};
use yobirin_domain::model::id::DeviceId;

use crate::api::admin::AdminClient;
use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};
use crate::router::SetupPage;
use crate::setup::remote::{Remote, fetch_detached, poll_with_failure};
use crate::setup::shared::moment::moment_text;

pub(crate) use post_state::{PostState, is_open_now, with_post_state};

/// Polling interval of the report, in milliseconds.
const POLL_INTERVAL_MS: u64 = 5_000;
/// Maximum of tablets that a sentence names.
const MAX_LISTED_NAMES: usize = 5;

/// Report of the alarms, polled until the owner is disposed of.
#[derive(Clone, Copy)]
pub(crate) struct AlarmPolling {
    admin: AdminClient,
    /// The report.
    pub(crate) report: RwSignal<Remote<AlarmReport>>,
    /// True while the last request failed.
    pub(crate) is_failing: RwSignal<bool>,
}

impl AlarmPolling {
    /// Starts polling.
    pub(crate) fn start() -> Self {
        let admin = expect_context::<AdminClient>();
        let report = RwSignal::new(Remote::Loading);
        let is_failing = RwSignal::new(false);
        poll_with_failure(report, is_failing, POLL_INTERVAL_MS, move || admin.alarms());
        Self {
            admin,
            report,
            is_failing,
        }
    }

    /// Loads the report again, after a failure.
    pub(crate) fn reload(self) {
        fetch_detached(self.report, self.admin.alarms());
    }

    /// A part of the report; `None` until loaded.
    pub(crate) fn read<T>(
        self,
        read: impl Fn(&AlarmReport) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.report.with(|remote| remote.loaded().map(&read)))
    }
}

/// An incident in words.
pub(crate) struct IncidentText {
    /// Description of the incident.
    pub(crate) text: String,
    /// Advice to the admin.
    pub(crate) advice: &'static str,
    /// Page with more about it; `None` when set-up has none about it.
    pub(crate) page: Option<SetupPage>,
}

/// Words for an incident of this condition; `name` gives the display name of a device.
pub(crate) fn condition_text(
    words: &Words,
    condition: &AlarmCondition,
    time_zone: &str,
    name: impl Fn(&DeviceId) -> String,
) -> IncidentText {
    let texts = &words.alarms;
    let time = |at: u64| moment_text(words, at, time_zone);
    let with_time = |sentence: &str, at: u64| fill(sentence, &[("time", &time(at))]);
    let (text, advice, page) = match condition {
        AlarmCondition::TabletsSilent { tablets } => {
            let is_silent_now = |tablet: &&SilentTablet| tablet.until.is_none();
            let silent: Vec<&SilentTablet> = tablets.iter().filter(is_silent_now).collect();
            let page = match silent.as_slice() {
                [only] => SetupPage::Device(only.device.clone()),
                _ => SetupPage::Devices,
            };
            let names: Vec<String> = silent.iter().map(|tablet| name(&tablet.device)).collect();
            let text = silent_text(words, &names);
            (text, texts.tablets_fix, Some(page))
        }
        AlarmCondition::CallsFailed { calls, last } => {
            let count = usize::try_from(*calls).unwrap_or(usize::MAX);
            let text = with_time(&counted(texts.calls_failed, count), *last);
            (text, texts.calls_fix, Some(SetupPage::History))
        }
        AlarmCondition::DiskLow { free_percent } => {
            let text = fill(texts.disk_low, &[("percent", &free_percent.to_string())]);
            (text, texts.disk_fix, None)
        }
        AlarmCondition::CertificateEnds { ends } => {
            let ends = clock::format_date_time(*ends, words.language().tag(), time_zone);
            let text = fill(texts.certificate_ends, &[("time", &ends)]);
            (text, texts.certificate_fix, None)
        }
        AlarmCondition::BackupOld { last } => {
            let text = match last {
                Some(at) => with_time(texts.backup_old, *at),
                None => texts.backup_none.to_owned(),
            };
            (text, texts.backup_fix, None)
        }
        AlarmCondition::LimitNearlyUsed => {
            let page = Some(SetupPage::Chatwork);
            (texts.limit.to_owned(), texts.limit_fix, page)
        }
        AlarmCondition::TokenRefused => {
            let page = Some(SetupPage::Chatwork);
            (texts.token_refused.to_owned(), texts.token_fix, page)
        }
        AlarmCondition::ChatworkUnreachable => {
            let text = texts.unreachable.to_owned();
            (text, texts.unreachable_fix, None)
        }
    };
    IncidentText { text, advice, page }
}

/// Sentence about silent tablets, which names the first ones.
fn silent_text(words: &Words, names: &[String]) -> String {
    let texts = &words.alarms;
    let listed = names.get(..MAX_LISTED_NAMES).unwrap_or(names);
    let mut text = listed.join(words.names.list_separator);
    let unlisted = names.len() - listed.len();
    if unlisted > 0 {
        let values = [("names", text.as_str()), ("count", &unlisted.to_string())];
        text = fill(texts.more_names, &values);
    }
    match names {
        [_] => fill(texts.tablet_silent, &[("names", &text)]),
        _ => fill(
            &counted(texts.tablets_silent, names.len()),
            &[("names", &text)],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn silent_tablets_are_named_and_many_are_counted() {
        let names = |count: usize| -> Vec<String> {
            (1..=count).map(|number| format!("受付 {number}")).collect()
        };
        let words = SetupLang::Ja.words();
        assert_eq!(
            silent_text(words, &names(1)),
            "「受付 1」から応答がありません。"
        );
        assert_eq!(
            silent_text(words, &names(2)),
            "2\u{a0}台のタブレットから応答がありません：受付 1、受付 2"
        );
        assert!(silent_text(words, &names(50)).ends_with("受付 5\u{a0}ほか 45\u{a0}台"));
    }

    #[test]
    fn a_silent_tablet_leads_to_its_page_and_several_to_the_list() {
        let tablet = |name: &str, until| SilentTablet {
            device: name.parse().unwrap(),
            since: 0,
            until,
            times: 1,
        };
        let page = |tablets: Vec<SilentTablet>| {
            let condition = AlarmCondition::TabletsSilent { tablets };
            let words = SetupLang::En.words();
            condition_text(words, &condition, "Asia/Tokyo", ToString::to_string).page
        };
        let lobby = SetupPage::Device("lobby".parse().unwrap());
        assert_eq!(
            page(vec![tablet("lobby", None), tablet("attic", Some(9))]),
            Some(lobby)
        );
        assert_eq!(
            page(vec![tablet("lobby", None), tablet("attic", None)]),
            Some(SetupPage::Devices)
        );
    }
}
