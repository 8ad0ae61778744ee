//! Third step: the proposed changes as a table with filters and pages, below a bar that stays in sight.

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
use super::session::{ImportSession, ImportStep};
use super::wording;

/// Number of rows on one page.
const ROWS_PER_PAGE: usize = 100;

#[component]
pub(crate) fn ReviewStep() -> impl IntoView {
    let texts = &words().import;
    let session = expect_context::<ImportSession>();
    let content = move || {
        // While a decision is worked in, the earlier proposal stays.
        if let Some(proposal) = session.proposal.get() {
            return view! { <ReviewResult proposal=proposal /> }.into_any();
        }
        match session.progress.get() {
            Some(progress) => view! { <ReviewProgress progress=progress /> }.into_any(),
            None => ().into_any(),
        }
    };
    view! { <Section title=texts.review lead=texts.review_explanation name="review">{content}</Section> }
}

/// Progress of the dry run, from 0 to 1.
#[component]
fn ReviewProgress(progress: f64) -> impl IntoView {
    let texts = &words().import;
    view! {
        <p class="waiting" role="status">
            <span class="spinner"></span>
            {texts.reading}
            <progress class="progress" max="1" prop:value=progress aria-label=texts.reading></progress>
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
    let filter = Signal::derive(move || {
        let chosen = view.filter.get();
        if count(chosen) == 0 {
            RowFilter::All
        } else {
            chosen
        }
    });
    let rows = {
        let proposal = proposal.clone();
        move || {
            let indices = filtered.with_value(|rows| rows.indices(filter.get()).to_vec());
            view! { <ReviewRows proposal=proposal.clone() indices=indices /> }
        }
    };
    let is_unchanged = count(RowFilter::Added) + count(RowFilter::Changed) == 0;
    view! {
        <div class="import-bar">
            <FilterTabs filtered=filtered current=filter />
            <ReviewActions filtered=filtered is_unchanged=is_unchanged />
        </div>
        {is_unchanged.then(|| view! { <Alert tone=Tone::Good kind="no-change">{texts.nothing_changes}</Alert> })}
        <Remarks proposal=proposal ambiguous_count=count(RowFilter::Ambiguous) />
        {rows}
    }
}

/// A button for each filter that has rows, with their number.
#[component]
fn FilterTabs(filtered: StoredValue<FilteredRows>, current: Signal<RowFilter>) -> impl IntoView {
    let words = words();
    let view = expect_context::<ReviewView>();
    let count = move |filter| filtered.with_value(|rows| rows.count(filter));
    let tab = move |filter: RowFilter| {
        let needs_care = matches!(filter, RowFilter::Ambiguous | RowFilter::WithIssues);
        view! {
            <button
                type="button"
                class="filter"
                class:care=needs_care
                data-show=filter.name()
                aria-pressed=move || (filter == current.get()).to_string()
                on:click=move |_| {
                    view.filter.set(filter);
                    view.page.set(0);
                }
            >
                {filter.label(words)} <span class="count">{count(filter)}</span>
            </button>
        }
    };
    let filled = RowFilter::ALL
        .into_iter()
        .filter(|filter| count(*filter) > 0);
    let tabs = filled.map(tab).collect_view();
    view! { <div class="filters" role="group" aria-label=words.import.filter>{tabs}</div> }
}

#[component]
fn ReviewActions(filtered: StoredValue<FilteredRows>, is_unchanged: bool) -> impl IntoView {
    let texts = &words().import;
    let (session, store) = (
        expect_context::<ImportSession>(),
        expect_context::<DraftStore>(),
    );
    let count = |filter| filtered.with_value(|rows| rows.count(filter)).to_string();
    let apply_text = if is_unchanged {
        texts.apply_nothing.to_owned()
    } else {
        let (added, changed) = (count(RowFilter::Added), count(RowFilter::Changed));
        fill(texts.apply, &[("added", &added), ("changed", &changed)])
    };
    let go_back = move |_| session.step.set(ImportStep::Columns);
    view! {
        <div class="import-actions">
            <button type="button" class="button" data-action="back" on:click=go_back>{texts.back}</button>
            <button
                type="button"
                class="button primary"
                data-action="apply"
                disabled=is_unchanged
                on:click=move |_| session.apply(store)
            >
                {apply_text}
            </button>
        </div>
    }
}

/// Notices about rows that need a decision, new hosts without account, problems that belong to no row, and new groups.
#[component]
#[allow(clippy::needless_pass_by_value)] // a component owns what it shows
fn Remarks(proposal: Arc<Proposal>, ambiguous_count: usize) -> impl IntoView {
    let words = words();
    let texts = &words.import;
    let undecided = (ambiguous_count > 0).then(|| {
        let text = fill(
            texts.undecided_left,
            &[("count", &ambiguous_count.to_string())],
        );
        view! { <Alert tone=Tone::Warn kind="undecided">{text}</Alert> }
    });
    let session = expect_context::<ImportSession>();
    let count = session.added_without_account(&proposal);
    let without_account = (count > 0).then(|| {
        view! { <Alert tone=Tone::Warn kind="no-account">{counted(texts.added_without_account, count)}</Alert> }
    });
    let row_lines: BTreeSet<usize> = proposal.rows.iter().map(|row| row.line).collect();
    let issues = proposal.issues.iter();
    let without_row = issues.filter(|issue| !row_lines.contains(&issue.line));
    let issue_alert = |issue| {
        let text = wording::issue_text(words, issue);
        view! { <Alert tone=Tone::Warn>{text}</Alert> }
    };
    let issues_without_row = without_row.map(issue_alert).collect_view();
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
    view! { {undecided}{without_account}{issues_without_row}{groups} }
}

/// Chosen filter and page of the review, which are kept when a decision creates a new proposal.
#[derive(Clone, Copy)]
pub(crate) struct ReviewView {
    filter: RwSignal<RowFilter>,
    /// Index of the page.
    page: RwSignal<usize>,
}

impl ReviewView {
    pub(crate) fn new() -> Self {
        Self {
            filter: RwSignal::new(RowFilter::All),
            page: RwSignal::new(0),
        }
    }
}

#[component]
fn ReviewRows(proposal: Arc<Proposal>, indices: Vec<usize>) -> impl IntoView {
    let texts = &words().import;
    let page = expect_context::<ReviewView>().page;
    let row_count = indices.len();
    let last_page = row_count.saturating_sub(1) / ROWS_PER_PAGE;
    let (indices, proposal) = (StoredValue::new(indices), StoredValue::new(proposal));
    // A decision can leave the filter with fewer pages.
    let current_page = Signal::derive(move || page.get().min(last_page));
    let rows = move || {
        let start = current_page.get() * ROWS_PER_PAGE;
        let shown: Vec<usize> = indices.with_value(|indices| {
            let shown = indices.iter().skip(start).take(ROWS_PER_PAGE);
            shown.copied().collect()
        });
        proposal.with_value(|proposal| {
            let row = |index: usize| view! { <ReviewRow proposal=proposal.clone() index=index /> };
            shown.into_iter().map(row).collect_view()
        })
    };
    view! {
        // The roles are written out, because browsers drop them when a narrow window lays the table out as cards.
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
        {(last_page > 0).then(|| view! { <Pager current=current_page chosen=page last=last_page row_count=row_count /> })}
    }
}

#[component]
fn Pager(
    /// Index of the shown page.
    current: Signal<usize>,
    /// Set to the index of the page to show.
    chosen: RwSignal<usize>,
    /// Index of the last page.
    last: usize,
    /// Number of rows on all pages.
    row_count: usize,
) -> impl IntoView {
    let texts = &words().import;
    let range = move || {
        let from = (current.get() * ROWS_PER_PAGE + 1).to_string();
        let to = ((current.get() + 1) * ROWS_PER_PAGE).min(row_count);
        let (to, total) = (to.to_string(), row_count.to_string());
        fill(
            texts.page_range,
            &[("from", &from), ("to", &to), ("total", &total)],
        )
    };
    view! {
        <div class="pager">
            <button type="button" class="button small" data-action="previous" disabled=move || current.get() == 0
                on:click=move |_| chosen.set(current.get_untracked().saturating_sub(1))>{texts.previous}</button>
            <span class="muted small" role="status">{range}</span>
            <button type="button" class="button small" data-action="next" disabled=move || current.get() == last
                on:click=move |_| chosen.set((current.get_untracked() + 1).min(last))>{texts.next}</button>
        </div>
    }
}
