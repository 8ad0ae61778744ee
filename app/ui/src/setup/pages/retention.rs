//! Retention: for how long each kind of record is kept, and what set-up cannot erase.

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

/// Offered periods in days, from a month to five years.
const CHOICES: [u16; 8] = [30, 60, 90, 180, 365, 730, 1_095, MAX_RETENTION_DAYS];

#[component]
pub(crate) fn RetentionPage() -> impl IntoView {
    let words = words();
    let texts = &words.retention;
    let site = expect_context::<DraftStore>().site();
    let ceiling = RetentionCeiling::from_context();
    let ceiling_days = Memo::new(move |_| ceiling.days());
    let ceiling_notice = move || {
        let days = ceiling_days.get();
        let has_ceiling = days < MAX_RETENTION_DAYS;
        has_ceiling.then(|| {
            let text = fill(texts.ceiling, &[("time", &time_text(words, days))]);
            view! { <Alert kind="ceiling">{text}</Alert> }
        })
    };
    let fields = RetentionKind::ALL
        .map(|kind| view! { <KindField site=site kind=kind ceiling_days=ceiling_days /> })
        .into_iter()
        .collect_view();
    view! {
        <PageFrame name="retention" title=texts.title lead=texts.lead>
            <Section title=texts.kinds lead=texts.kinds_lead name="kinds">
                {ceiling_notice}
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

/// Choice of the retention of one kind; with the retention that the relay applies, where that is another one.
#[component]
fn KindField(site: Binding<Site>, kind: RetentionKind, ceiling_days: Memo<u16>) -> impl IntoView {
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
    let applied_text = move || {
        let applied = applied(&retention.get(), ceiling_days.get()).days(kind);
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
            <p class="applied small" role="status">{applied_text}</p>
        </div>
    }
}

/// The offered periods, with the current one among them; the `standard` one is marked.
fn options(words: &Words, current: u16, standard: u16) -> Vec<SelectOption> {
    let mut choices = CHOICES.to_vec();
    if let Err(index) = choices.binary_search(&current) {
        choices.insert(index, current);
    }
    let option = |days: u16| {
        let time = time_text(words, days);
        let label = if days == standard {
            fill(words.retention.standard, &[("time", &time)])
        } else {
            time
        };
        SelectOption::new(days.to_string(), label)
    };
    choices.into_iter().map(option).collect()
}

/// Days of a year without a leap day.
const YEAR_DAYS: u16 = 365;

/// A period of days as people say it: one to three years and the longest period, which is five years with their leap
/// days, in years; any other period in days.
pub(crate) fn time_text(words: &Words, days: u16) -> String {
    let texts = &words.retention;
    let years = days / YEAR_DAYS;
    let is_whole_years = days.is_multiple_of(YEAR_DAYS) && (1..=3).contains(&years);
    if days == MAX_RETENTION_DAYS {
        counted(texts.years, 5)
    } else if is_whole_years {
        counted(texts.years, usize::from(years))
    } else {
        counted(texts.days, usize::from(days))
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
        assert_eq!(labels(400)[5], "400\u{a0}日", "between one and two years");
        assert_eq!(time_text(SetupLang::En.words(), 365), "1 year");
    }
}
