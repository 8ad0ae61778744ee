//! Retention: how long each kind of record is kept, and what set-up cannot erase.

use leptos::prelude::*;
use yobirin_domain::model::retention::{MAX_RETENTION_DAYS, Retention};
use yobirin_domain::model::settings::Site;
use yobirin_domain::retention::{RetentionKind, applied};

use crate::components::{Alert, SelectField, SelectOption};
use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};
use crate::router::SetupPage;
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::{Link, words};
use crate::setup::shared::page_frame::{PageFrame, Section};
use crate::setup::shared::retention_ceiling::RetentionCeiling;

/// Choices in days: a month to five years.
const CHOICES: [u16; 8] = [30, 60, 90, 180, 365, 730, 1_095, MAX_RETENTION_DAYS];

/// Page with the retention of every kind of record.
#[component]
pub(crate) fn RetentionPage() -> impl IntoView {
    let words = words();
    let texts = &words.retention;
    let site = expect_context::<DraftStore>().site();
    let known = RetentionCeiling::from_context();
    let ceiling = Memo::new(move |_| known.days());
    let limit = move || {
        let days = ceiling.get();
        let is_limit = days < MAX_RETENTION_DAYS;
        is_limit.then(|| {
            let text = fill(texts.ceiling, &[("time", &time_text(words, days))]);
            view! { <Alert kind="ceiling">{text}</Alert> }
        })
    };
    let fields = RetentionKind::ALL
        .map(|kind| view! { <KindField site=site kind=kind ceiling=ceiling /> })
        .into_iter()
        .collect_view();
    view! {
        <PageFrame name="retention" title=texts.title lead=texts.lead>
            <Section title=texts.kinds lead=texts.kinds_lead name="kinds">
                {limit}
                <div class="fields">{fields}</div>
            </Section>
            <Section title=texts.stays name="stays">
                <ul class="reasons">
                    <li>{texts.stays_chatwork}</li>
                    <li>{texts.stays_backups}</li>
                </ul>
                <p>{texts.one_visit}</p>
                <p class="row"><Link to=SetupPage::History class="button" action="history">{texts.open_history}</Link></p>
            </Section>
        </PageFrame>
    }
}

/// Choice of the retention of one kind, with the one that is applied where it differs.
#[component]
fn KindField(site: Binding<Site>, kind: RetentionKind, ceiling: Memo<u16>) -> impl IntoView {
    let words = words();
    let texts = &words.retention;
    let (label, hint) = match kind {
        RetentionKind::Visitors => (texts.visitors, texts.visitors_hint),
        RetentionKind::Messages => (texts.messages, texts.messages_hint),
        RetentionKind::Answers => (texts.answers, texts.answers_hint),
        RetentionKind::Counts => (texts.counts, texts.counts_hint),
    };
    let retention = site.read(|site| site.retention);
    let days = Memo::new(move |_| retention.get().days(kind));
    let standard = Retention::default().days(kind);
    let options = Signal::derive(move || options(words, days.get(), standard));
    let difference = move || {
        let applied = applied(&retention.get(), ceiling.get()).days(kind);
        (applied != days.get())
            .then(|| fill(texts.applied, &[("time", &time_text(words, applied))]))
    };
    view! {
        <div data-kind=kind.key()>
            <SelectField
                name=format!("retention-{}", kind.key())
                label=label
                hint=hint
                value=Signal::derive(move || days.get().to_string())
                options=options
                on_change=site.set(move |site, days: String| {
                    if let Ok(days) = days.parse() {
                        site.retention.set_days(kind, days);
                    }
                })
                problem=site.problem_in(move || format!("retention.{}", kind.key()))
            />
            <p class="applied small" role="status">{difference}</p>
        </div>
    }
}

/// The choices, with the current value among them.
fn options(words: &Words, current: u16, standard: u16) -> Vec<SelectOption> {
    let mut choices = CHOICES.to_vec();
    if let Err(index) = choices.binary_search(&current) {
        choices.insert(index, current);
    }
    let option = |days: u16| {
        let time = time_text(words, days);
        let label = match days == standard {
            true => fill(words.retention.standard, &[("time", &time)]),
            false => time,
        };
        SelectOption::new(days.to_string(), label)
    };
    choices.into_iter().map(option).collect()
}

/// Days of a year without leap day.
const YEAR: u16 = 365;

/// A period of days as people say it: one to three years and the longest period, which is five years with their leap
/// days, in years; any other period in days.
pub(crate) fn time_text(words: &Words, days: u16) -> String {
    let texts = &words.retention;
    let years = match days {
        MAX_RETENTION_DAYS => Some(5),
        days if days.is_multiple_of(YEAR) && (1..=3).contains(&(days / YEAR)) => Some(days / YEAR),
        _ => None,
    };
    match years {
        Some(years) => counted(texts.years, usize::from(years)),
        None => counted(texts.days, usize::from(days)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn the_current_value_is_among_the_choices() {
        let words = SetupLang::Ja.words();
        let labels = |current| {
            let list = options(words, current, 90).into_iter();
            list.map(|option| option.label).collect::<Vec<_>>()
        };
        assert_eq!(
            labels(90),
            [
                "30\u{a0}日",
                "60\u{a0}日",
                "90\u{a0}日（標準）",
                "180\u{a0}日",
                "1\u{a0}年",
                "2\u{a0}年",
                "3\u{a0}年",
                "5\u{a0}年"
            ]
        );
        assert_eq!(labels(400)[5], "400\u{a0}日");
        assert_eq!(time_text(SetupLang::En.words(), 365), "1 year");
    }
}
