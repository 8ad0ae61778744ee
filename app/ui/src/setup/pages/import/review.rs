//! Third step: the proposed changes, counted, filtered and paged.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::import::{Proposal, RowOutcome};

use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::i18n::setup::Words;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::widgets::Section;

use super::rows::ReviewRow;
use super::session::{ImportSession, Step};
use super::wording;

/// Rows on one page.
const ROWS_PER_PAGE: usize = 50;

/// Filter of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowFilter {
    Conflicts,
    Flaws,
    Added,
    Changed,
    Same,
    LeftOut,
}

impl RowFilter {
    const ALL: [Self; 6] = [
        Self::Conflicts,
        Self::Flaws,
        Self::Added,
        Self::Changed,
        Self::LeftOut,
        Self::Same,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Conflicts => "conflicts",
            Self::Flaws => "flaws",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Same => "same",
            Self::LeftOut => "left-out",
        }
    }

    fn words(self, words: &Words) -> &'static str {
        let w = &words.import;
        match self {
            Self::Conflicts => w.undecided,
            Self::Flaws => w.with_problems,
            Self::Added => w.added,
            Self::Changed => w.changed,
            Self::Same => w.unchanged,
            Self::LeftOut => w.left_out,
        }
    }

    /// Places of the rows among the proposal's lines.
    fn places(self, proposal: &Proposal) -> Vec<usize> {
        let flawed: BTreeSet<usize> = proposal.issues.iter().map(|flaw| flaw.line).collect();
        let lines = proposal.rows.iter().enumerate();
        let shown = lines.filter(|(_, line)| match (self, &line.outcome) {
            (Self::Flaws, _) => flawed.contains(&line.line),
            (Self::Conflicts, RowOutcome::Ambiguous(_))
            | (Self::Added, RowOutcome::Added(_))
            | (Self::Changed, RowOutcome::Changed(_))
            | (Self::Same, RowOutcome::Unchanged)
            | (Self::LeftOut, RowOutcome::Skipped) => true,
            _ => false,
        });
        shown.map(|(place, _)| place).collect()
    }
}

#[component]
pub(crate) fn ReviewStep() -> impl IntoView {
    let w = &words().import;
    let session = expect_context::<ImportSession>();
    let content = move || match (session.progress.get(), session.proposal.get()) {
        (Some(done), None) => view! { <ReviewProgress done=done /> }.into_any(),
        (_, Some(proposal)) => view! { <ReviewResult proposal=proposal /> }.into_any(),
        (None, None) => ().into_any(),
    };
    view! { <Section title=w.review lead=w.review_words name="review">{content}</Section> }
}

#[component]
fn ReviewProgress(done: f64) -> impl IntoView {
    let w = &words().import;
    view! {
        <p class="waiting" role="status">
            <span class="spinner"></span>
            {w.reading}
            <progress class="progress" max="1" prop:value=done aria-label=w.reading></progress>
        </p>
    }
}

#[component]
fn ReviewResult(proposal: Arc<Proposal>) -> impl IntoView {
    let words = words();
    let w = &words.import;
    let (session, store) = (
        expect_context::<ImportSession>(),
        expect_context::<DraftStore>(),
    );
    let counts = RowFilter::ALL.map(|show| (show, show.places(&proposal)));
    let count = |wanted: RowFilter| {
        counts
            .iter()
            .find(|(show, _)| *show == wanted)
            .map_or(0, |(_, places)| places.len())
    };
    let (added, changed, conflicts) = (
        count(RowFilter::Added),
        count(RowFilter::Changed),
        count(RowFilter::Conflicts),
    );
    let first = counts
        .iter()
        .find(|(_, places)| !places.is_empty())
        .map_or(RowFilter::Added, |(show, _)| *show);
    // A decision creates a new proposal; filter and page stay.
    let view = expect_context::<ReviewView>();
    let counts = StoredValue::new(counts);
    let total = move |wanted: RowFilter| {
        counts.with_value(|counts| {
            let mut all = counts.iter();
            all.find(|(show, _)| *show == wanted)
                .map_or(0, |(_, places)| places.len())
        })
    };
    let now = move || {
        let wanted = view.show.get().unwrap_or(first);
        if total(wanted) == 0 { first } else { wanted }
    };
    let tab = move |each: RowFilter| {
        view! {
            <button
                type="button"
                class="filter"
                data-show=each.name()
                aria-pressed=move || (each == now()).to_string()
                on:click=move |_| {
                    view.show.set(Some(each));
                    view.page.set(0);
                }
            >
                {each.words(words)} <span class="count">{total(each)}</span>
            </button>
        }
    };
    let filled = RowFilter::ALL.into_iter().filter(|show| total(*show) > 0);
    let tabs = filled.map(tab).collect_view();
    let lines = {
        let proposal = proposal.clone();
        move || {
            let now = now();
            let places = counts.with_value(|counts| {
                let mut all = counts.iter();
                all.find(|(show, _)| *show == now)
                    .map(|(_, places)| places.clone())
            });
            view! { <ReviewRows proposal=proposal.clone() places=places.unwrap_or_default() /> }
        }
    };
    let made = proposal.new_groups.clone();
    let groups = (!made.is_empty()).then(|| {
        let count = made.len().to_string();
        let made = made.join("、");
        view! {
            <Alert kind="new-groups">
                <p>{fill(w.new_groups, &[("count", &count)])}</p>
                <p class="small">{made}</p>
            </Alert>
        }
    });
    let shown_lines: BTreeSet<usize> = proposal.rows.iter().map(|line| line.line).collect();
    let other_flaws = proposal.issues.iter();
    let other_flaws = other_flaws.filter(|flaw| !shown_lines.contains(&flaw.line));
    let other_flaws: Vec<_> = other_flaws.map(|flaw| wording::flaw(words, flaw)).collect();
    let nothing = added + changed == 0;
    let left = (conflicts > 0).then(|| {
        view! { <p class="muted">{fill(w.undecided_left, &[("count", &conflicts.to_string())])}</p> }
    });
    let apply = if nothing {
        w.apply_nothing.to_owned()
    } else {
        fill(
            w.apply,
            &[
                ("added", &added.to_string()),
                ("changed", &changed.to_string()),
            ],
        )
    };
    let back = move |_| session.step.set(Step::Columns);
    view! {
        <div class="filters" role="group" aria-label=w.filter>{tabs}</div>
        {groups}
        {other_flaws.into_iter().map(|text| view! { <Alert tone=Tone::Warn>{text}</Alert> }).collect_view()}
        {nothing.then(|| view! { <Alert tone=Tone::Good kind="no-change">{w.nothing_changes}</Alert> })}
        {lines}
        {left}
        <div class="row">
            <button type="button" class="button" data-action="back" on:click=back>{w.back}</button>
            <button
                type="button"
                class="button primary"
                data-action="apply"
                disabled=nothing
                on:click=move |_| session.apply(store)
            >
                {apply}
            </button>
        </div>
    }
}

/// Filter and page; they stay when a decision creates a new proposal.
#[derive(Clone, Copy)]
pub(crate) struct ReviewView {
    show: RwSignal<Option<RowFilter>>,
    page: RwSignal<usize>,
}

impl ReviewView {
    pub(crate) fn new() -> Self {
        Self {
            show: RwSignal::new(None),
            page: RwSignal::new(0),
        }
    }
}

#[component]
fn ReviewRows(proposal: Arc<Proposal>, places: Vec<usize>) -> impl IntoView {
    let words = words();
    let w = &words.import;
    let page = expect_context::<ReviewView>().page;
    let total = places.len();
    let last = total.saturating_sub(1) / ROWS_PER_PAGE;
    let (places, proposal) = (StoredValue::new(places), StoredValue::new(proposal));
    let at = move || page.get().min(last);
    let rows = move || {
        let from = at() * ROWS_PER_PAGE;
        let shown: Vec<usize> = places.with_value(|places| {
            places
                .iter()
                .skip(from)
                .take(ROWS_PER_PAGE)
                .copied()
                .collect()
        });
        proposal.with_value(|proposal| {
            let row = |place: usize| view! { <ReviewRow proposal=proposal.clone() place=place /> };
            shown.into_iter().map(row).collect_view()
        })
    };
    let range = move || {
        let (from, to) = (
            at() * ROWS_PER_PAGE + 1,
            ((at() + 1) * ROWS_PER_PAGE).min(total),
        );
        let gaps = [
            ("from", from.to_string()),
            ("to", to.to_string()),
            ("total", total.to_string()),
        ];
        let gaps = gaps.each_ref().map(|(name, value)| (*name, value.as_str()));
        fill(w.page_range, &gaps)
    };
    let pager = (last > 0).then(|| {
        view! {
            <div class="pager">
                <button type="button" class="button small" data-action="previous" disabled=move || at() == 0
                    on:click=move |_| page.set(at().saturating_sub(1))>{w.previous}</button>
                <span class="muted small" role="status">{range}</span>
                <button type="button" class="button small" data-action="next" disabled=move || at() == last
                    on:click=move |_| page.set((at() + 1).min(last))>{w.next}</button>
            </div>
        }
    });
    view! {
        <ul class="rows" role="list" aria-label=w.review>{rows}</ul>
        {pager}
    }
}
