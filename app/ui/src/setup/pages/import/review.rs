//! Third step: the proposed changes as a table, counted, filtered and paged, below a bar that stays in sight.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::import::Proposal;

use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

use super::filter::{FilteredRows, RowFilter};
use super::rows::ReviewRow;
use super::session::{ImportSession, Step};
use super::wording;

/// Rows on one page.
const ROWS_PER_PAGE: usize = 100;

#[component]
pub(crate) fn ReviewStep() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    let content = move || match (session.progress.get(), session.proposal.get()) {
        (Some(done), None) => view! { <ReviewProgress done=done /> }.into_any(),
        (_, Some(proposal)) => view! { <ReviewResult proposal=proposal /> }.into_any(),
        (None, None) => ().into_any(),
    };
    view! { <Section title=texts.review lead=texts.review_explanation name="review">{content}</Section> }
}

#[component]
fn ReviewProgress(done: f64) -> impl IntoView {
    let texts = &words().import;
    view! {
        <p class="waiting" role="status">
            <span class="spinner"></span>
            {texts.reading}
            <progress class="progress" max="1" prop:value=done aria-label=texts.reading></progress>
        </p>
    }
}

#[component]
fn ReviewResult(proposal: Arc<Proposal>) -> impl IntoView {
    let texts = &words().import;
    let filtered = StoredValue::new(FilteredRows::of(&proposal));
    let count = move |filter| filtered.with_value(|rows| rows.count(filter));
    // A decision creates a new proposal; filter and page stay.
    let view = expect_context::<ReviewView>();
    let now = Signal::derive(move || {
        let wanted = view.show.get().unwrap_or(RowFilter::All);
        if count(wanted) == 0 {
            RowFilter::All
        } else {
            wanted
        }
    });
    let rows = {
        let proposal = proposal.clone();
        move || {
            let places = filtered.with_value(|rows| rows.places(now.get()).to_vec());
            view! { <ReviewRows proposal=proposal.clone() places=places /> }
        }
    };
    let nothing = count(RowFilter::Added) + count(RowFilter::Changed) == 0;
    view! {
        <div class="import-bar">
            <FilterTabs filtered=filtered now=now />
            <ReviewActions filtered=filtered nothing=nothing />
        </div>
        {nothing.then(|| view! { <Alert tone=Tone::Good kind="no-change">{texts.nothing_changes}</Alert> })}
        <Remarks proposal=proposal conflicts=count(RowFilter::Conflicts) />
        {rows}
    }
}

/// Totals; each shows its rows.
#[component]
fn FilterTabs(filtered: StoredValue<FilteredRows>, now: Signal<RowFilter>) -> impl IntoView {
    let words = words();
    let view = expect_context::<ReviewView>();
    let count = move |filter| filtered.with_value(|rows| rows.count(filter));
    let tab = move |each: RowFilter| {
        let needs_care = matches!(each, RowFilter::Conflicts | RowFilter::Issues);
        view! {
            <button
                type="button"
                class="filter"
                class:care=needs_care
                data-show=each.name()
                aria-pressed=move || (each == now.get()).to_string()
                on:click=move |_| {
                    view.show.set(Some(each));
                    view.page.set(0);
                }
            >
                {each.words(words)} <span class="count">{count(each)}</span>
            </button>
        }
    };
    let filled = RowFilter::ALL.into_iter().filter(|each| count(*each) > 0);
    let tabs = filled.map(tab).collect_view();
    view! { <div class="filters" role="group" aria-label=words.import.filter>{tabs}</div> }
}

#[component]
fn ReviewActions(filtered: StoredValue<FilteredRows>, nothing: bool) -> impl IntoView {
    let texts = &words().import;
    let (session, store) = (
        expect_context::<ImportSession>(),
        expect_context::<DraftStore>(),
    );
    let count = |filter| filtered.with_value(|rows| rows.count(filter)).to_string();
    let apply = if nothing {
        texts.apply_nothing.to_owned()
    } else {
        let (added, changed) = (count(RowFilter::Added), count(RowFilter::Changed));
        fill(texts.apply, &[("added", &added), ("changed", &changed)])
    };
    let go_back = move |_| session.step.set(Step::Columns);
    view! {
        <div class="import-actions">
            <button type="button" class="button" data-action="back" on:click=go_back>{texts.back}</button>
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

/// New groups, rows that wait for a decision, and problems that belong to no row.
#[component]
#[allow(clippy::needless_pass_by_value)] // a component owns what it shows
fn Remarks(proposal: Arc<Proposal>, conflicts: usize) -> impl IntoView {
    let words = words();
    let texts = &words.import;
    let undecided = (conflicts > 0).then(|| {
        let text = fill(texts.undecided_left, &[("count", &conflicts.to_string())]);
        view! { <Alert tone=Tone::Warn kind="undecided">{text}</Alert> }
    });
    let session = expect_context::<ImportSession>();
    let count = session.added_without_account(&proposal);
    let without_account = (count > 0).then(|| {
        view! { <Alert tone=Tone::Warn kind="no-account">{counted(texts.added_without_account, count)}</Alert> }
    });
    let lines: BTreeSet<usize> = proposal.rows.iter().map(|row| row.line).collect();
    let others = proposal.issues.iter();
    let others = others.filter(|issue| !lines.contains(&issue.line));
    let others: Vec<String> = others
        .map(|issue| wording::issue_text(words, issue))
        .collect();
    let others = others.into_iter();
    let others = others.map(|text| view! { <Alert tone=Tone::Warn>{text}</Alert> });
    let others = others.collect_view();
    let new_groups = &proposal.new_groups;
    let groups = (!new_groups.is_empty()).then(|| {
        let count = new_groups.len().to_string();
        let names = new_groups.join(words.names.list_separator);
        view! {
            <details class="help" data-notice="new-groups">
                <summary>{fill(texts.new_groups, &[("count", &count)])}</summary>
                <p>{names}</p>
            </details>
        }
    });
    view! { {undecided}{without_account}{others}{groups} }
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
    let texts = &words().import;
    let page = expect_context::<ReviewView>().page;
    let total = places.len();
    let last = total.saturating_sub(1) / ROWS_PER_PAGE;
    let (places, proposal) = (StoredValue::new(places), StoredValue::new(proposal));
    let at = Signal::derive(move || page.get().min(last));
    let rows = move || {
        let from = at.get() * ROWS_PER_PAGE;
        let shown: Vec<usize> = places.with_value(|places| {
            let rest = places.iter().skip(from);
            rest.take(ROWS_PER_PAGE).copied().collect()
        });
        proposal.with_value(|proposal| {
            let row = |place: usize| view! { <ReviewRow proposal=proposal.clone() place=place /> };
            shown.into_iter().map(row).collect_view()
        })
    };
    view! {
        // The roles stay when a narrow window lays the table out as cards.
        <table class="import-table" role="table" aria-label=texts.review>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">{texts.column_take}</th>
                    <th role="columnheader" scope="col">{texts.column_line}</th>
                    <th role="columnheader" scope="col">{texts.column_name}</th>
                    <th role="columnheader" scope="col">{texts.column_outcome}</th>
                    <th role="columnheader" scope="col">{texts.column_content}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
        {(last > 0).then(|| view! { <Pager at=at page=page last=last total=total /> })}
    }
}

#[component]
fn Pager(at: Signal<usize>, page: RwSignal<usize>, last: usize, total: usize) -> impl IntoView {
    let texts = &words().import;
    let range = move || {
        let from = (at.get() * ROWS_PER_PAGE + 1).to_string();
        let to = ((at.get() + 1) * ROWS_PER_PAGE).min(total).to_string();
        let total = total.to_string();
        fill(
            texts.page_range,
            &[("from", &from), ("to", &to), ("total", &total)],
        )
    };
    view! {
        <div class="pager">
            <button type="button" class="button small" data-action="previous" disabled=move || at.get() == 0
                on:click=move |_| page.set(at.get_untracked().saturating_sub(1))>{texts.previous}</button>
            <span class="muted small" role="status">{range}</span>
            <button type="button" class="button small" data-action="next" disabled=move || at.get() == last
                on:click=move |_| page.set((at.get_untracked() + 1).min(last))>{texts.next}</button>
        </div>
    }
}
