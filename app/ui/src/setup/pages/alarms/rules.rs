//! Conditions that the office is notified of, and the hours in which it is notified.

use leptos::prelude::*;
use yobirin_domain::model::settings::Site;

use crate::components::{SelectField, SelectOption};
use crate::i18n::setup::Words;
use crate::router::SetupPage;
use crate::setup::draft_store::Binding;
use crate::setup::nav::{Link, words};
use crate::setup::shared::backup::backup_days_text;
use crate::setup::shared::hours::OpenNow;

/// Offered ages of the last backup, in days.
const BACKUP_DAYS: [u16; 6] = [1, 2, 3, 7, 14, 30];
/// Key of the option with which the office is never notified of an old backup.
const NEVER: &str = "never";

/// Options for the age of the last backup; a `current` age that is not offered otherwise is one of them.
fn backup_options(words: &Words, current: Option<u16>) -> Vec<SelectOption> {
    let mut days = BACKUP_DAYS.to_vec();
    days.extend(current);
    days.sort_unstable();
    days.dedup();
    let option =
        |days: u16| SelectOption::new(days.to_string(), backup_days_text(words, days.into()));
    std::iter::once(SelectOption::new(NEVER, words.alarms.backup_never))
        .chain(days.into_iter().map(option))
        .collect()
}

/// The conditions, and the choice of the age from which a backup is too old.
#[component]
pub(super) fn AlarmConditions(site: Binding<Site>) -> impl IntoView {
    let words = words();
    let texts = &words.alarms;
    let backup_days = site.read(|site| site.alarms.backup_days);
    let key = Signal::derive(move || {
        backup_days
            .get()
            .map_or_else(|| NEVER.to_owned(), |days| days.to_string())
    });
    let options = Signal::derive(move || backup_options(words, backup_days.get()));
    // Without a detail, `detail` is empty.
    let rule = |text: &'static str, detail: &'static str| {
        let detail =
            (!detail.is_empty()).then(|| view! { <span class="muted small">{detail}</span> });
        view! { <li><span>{text}</span>{detail}</li> }
    };
    let backup_off = move || {
        let is_off = backup_days.with(Option::is_none);
        is_off.then_some(texts.rule_backup_off)
    };
    view! {
        <ul class="alarm-conditions" role="list">
            {rule(texts.rule_tablets, texts.rule_tablets_more)}
            {rule(texts.rule_calls, "")}
            <li>
                <span>{texts.rule_backup}</span>
                <span class="muted small">{backup_off}</span>
            </li>
            {rule(texts.rule_disk, "")}
            {rule(texts.rule_certificate, "")}
            {rule(texts.rule_limit, texts.rule_limit_more)}
        </ul>
        <SelectField
            name="backup-days"
            label=texts.backup_days
            value=key
            options=options
            on_change=site.set(|site, key: String| site.alarms.backup_days = key.parse().ok())
            problem=site.problem("alarms.backup_days")
        />
    }
}

/// Hours in which the office is notified.
#[component]
pub(super) fn AlarmHours(site: Binding<Site>) -> impl IntoView {
    let texts = &words().alarms;
    let week = site.read(|site| site.opening_hours.clone());
    let closed = site.read(|site| site.closed_days.clone());
    let zone = site.text(|site| site.time_zone.clone());
    let has_week = Memo::new(move |_| week.with(Option::is_some));
    let text = move || {
        if has_week.get() {
            texts.when_hours
        } else {
            texts.when_always
        }
    };
    let open_now = move || {
        has_week
            .get()
            .then(|| view! { <OpenNow week=week closed=closed zone=zone /> })
    };
    view! {
        <div class="stack" data-alarm-hours="">
            <h3>{texts.when_title}</h3>
            <p>{text}</p>
            {open_now}
            <p><Link to=SetupPage::Site focus="[data-section=opening-hours] h2">{texts.when_edit}</Link></p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn an_age_that_is_not_among_the_offered_ones_stays_chosen() {
        let keys = |current| -> Vec<String> {
            let options = backup_options(SetupLang::En.words(), current).into_iter();
            options.map(|option| option.key).collect()
        };
        assert_eq!(keys(None), ["never", "1", "2", "3", "7", "14", "30"]);
        assert_eq!(keys(Some(7)), keys(None));
        assert_eq!(
            keys(Some(5)),
            ["never", "1", "2", "3", "5", "7", "14", "30"]
        );
    }
}
