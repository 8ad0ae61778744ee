//! Row of the review: its check box, name, changes and problems, and the admin's decision.

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::csv::field::{Field, Kind};
use yobirin_domain::import::{FieldChange, IssueKind, Proposal, RowChoice, RowOutcome};

use crate::browser::clock;
use crate::components::{Icon, SelectField, SelectOption, Sign};
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;

use super::session::ImportSession;
use super::wording;

#[component]
#[allow(clippy::needless_pass_by_value)] // a component owns what it shows
pub(crate) fn ReviewRow(proposal: Arc<Proposal>, index: usize) -> impl IntoView {
    let words = words();
    let texts = &words.import;
    let row = proposal.rows.get(index).cloned()?;
    let (tone, badge, verdict) = match &row.outcome {
        RowOutcome::Unchanged => ("", texts.unchanged, "same"),
        RowOutcome::Added(_) => ("done", texts.added, "added"),
        RowOutcome::Changed(_) => ("partly", texts.changed, "changed"),
        RowOutcome::Ambiguous(_) => ("bad", texts.undecided, "ambiguous"),
        RowOutcome::Skipped => ("", texts.left_out, "left-out"),
    };
    let issues: Vec<_> = proposal
        .issues
        .iter()
        .filter(|issue| issue.line == row.line)
        .collect();
    let has_issues = !issues.is_empty();
    let is_repeated = issues
        .iter()
        .any(|issue| matches!(issue.kind, IssueKind::DuplicateRow { .. }));
    let issue_items = issues
        .into_iter()
        .map(|issue| wording::issue_text(words, issue));
    let issue_items = issue_items.map(|text| view! { <li><Icon sign=Sign::WARNING />{text}</li> });
    let issue_items = has_issues
        .then(|| view! { <ul class="row-problems" role="list">{issue_items.collect_view()}</ul> });
    let name_text = if row.name.is_empty() {
        words.names.unnamed.to_owned()
    } else {
        row.name.clone()
    };
    let line = fill(texts.line_number, &[("line", &row.line.to_string())]);
    Some(view! {
        <tr class="import-row" class:flawed=has_issues role="row" data-line=row.line.to_string() data-verdict=verdict>
            <td class="cell-take" role="cell"><TakeCheck line=row.line outcome=row.outcome.clone() name_text=name_text.clone() /></td>
            <td class="cell-line digits muted" role="cell"><span aria-label=line>{row.line.to_string()}</span></td>
            <th class="cell-who" role="rowheader" scope="row">{name_text.clone()}</th>
            <td class="cell-outcome" role="cell"><span class="badge" data-tone=tone>{badge}</span></td>
            <td class="cell-content" role="cell">
                <Changes name=row.name outcome=row.outcome.clone() />
                {issue_items}
                <RowDecision line=row.line outcome=row.outcome is_repeated=is_repeated name_text=name_text />
            </td>
        </tr>
    })
}

/// Values that a row adds or changes. `name` is the row's name.
#[component]
fn Changes(name: String, outcome: RowOutcome) -> impl IntoView {
    let words = words();
    let texts = &words.import;
    let session = expect_context::<ImportSession>();
    let kind = session
        .layout
        .with_untracked(|layout| layout.as_ref().map_or(Kind::Hosts, |layout| layout.kind));
    let changes = match outcome {
        RowOutcome::Added(changes) | RowOutcome::Changed(changes) => changes,
        RowOutcome::Unchanged | RowOutcome::Ambiguous(_) | RowOutcome::Skipped => Vec::new(),
    };
    // The name of a new record is in the row already.
    let is_shown = |change: &FieldChange| {
        let is_new_name = change.before.is_empty() && change.after == name;
        !is_new_name
    };
    let text = |field: Field, text: String| match field {
        Field::AbsentFrom | Field::AbsentUntil => {
            clock::format_iso_day(&text, words.language().tag())
        }
        _ => text,
    };
    let change = |change: FieldChange| {
        let before = text(change.field, change.before);
        let before = (!before.is_empty()).then(|| view! { <del>{before}</del> " → " });
        let after = if change.after.is_empty() {
            texts.cleared.to_owned()
        } else {
            text(change.field, change.after)
        };
        view! {
            <div class="import-value" data-field=format!("{:?}", change.field)>
                <dt>{wording::field(words, kind, change.field)}</dt>
                <dd>{before}<ins>{after}</ins></dd>
            </div>
        }
    };
    let changes: Vec<_> = changes.into_iter().filter(is_shown).map(change).collect();
    (!changes.is_empty()).then(|| view! { <dl class="import-values">{changes}</dl> })
}

/// Check box that leaves a row out; for rows that add or change something, and those that were left out with it.
#[component]
fn TakeCheck(line: usize, outcome: RowOutcome, name_text: String) -> impl IntoView {
    let texts = &words().import;
    let (session, store) = (
        expect_context::<ImportSession>(),
        expect_context::<DraftStore>(),
    );
    let choice = session.choice_of(line);
    let is_taken = match outcome {
        RowOutcome::Added(_) | RowOutcome::Changed(_) => true,
        RowOutcome::Skipped if choice == Some(RowChoice::Skip) => false,
        RowOutcome::Unchanged | RowOutcome::Ambiguous(_) | RowOutcome::Skipped => return None,
    };
    Some(view! {
        <input
            type="checkbox"
            name=format!("take-{line}")
            aria-label=fill(texts.take_this, &[("name", &name_text)])
            prop:checked=is_taken
            on:change=move |event| {
                let choice = (!event_target_checked(&event)).then_some(RowChoice::Skip);
                session.decide(store, line, choice);
            }
        />
    })
}

/// Beginning of an option's key before a host's id, so that no id is taken for `new` or `skip`.
const ID_PREFIX: &str = "id ";

/// Choice of an option's key; `None` for the option that decides nothing.
fn choice_of_key(key: &str) -> Option<RowChoice> {
    match key {
        "new" => Some(RowChoice::New),
        "skip" => Some(RowChoice::Skip),
        _ => {
            let id = key.strip_prefix(ID_PREFIX)?;
            Some(RowChoice::Existing(id.to_owned()))
        }
    }
}

/// Choice for an ambiguous row, or a button for a row that was decided or repeats an earlier row (`is_repeated`).
#[component]
fn RowDecision(
    line: usize,
    outcome: RowOutcome,
    is_repeated: bool,
    name_text: String,
) -> impl IntoView {
    let texts = &words().import;
    let (session, store) = (
        expect_context::<ImportSession>(),
        expect_context::<DraftStore>(),
    );
    let choice = session.choice_of(line);
    let button_name = name_text.clone();
    let button = move |action: &'static str, label: &'static str, choice: Option<RowChoice>| {
        view! {
            <button type="button" class="button small" data-action=action
                on:click=move |_| session.decide(store, line, choice.clone())>
                {label}<span class="visually-hidden">" "{button_name}</span>
            </button>
        }
        .into_any()
    };
    match outcome {
        RowOutcome::Ambiguous(candidates) => {
            let mut options = vec![SelectOption::new("", texts.choose_candidate)];
            options.extend(candidates.into_iter().map(|candidate| {
                let text = fill(texts.take_existing, &[("name", &candidate.name)]);
                let note = if candidate.note.is_empty() {
                    candidate.id.clone()
                } else {
                    candidate.note
                };
                SelectOption::new(
                    format!("{ID_PREFIX}{}", candidate.id),
                    fill(texts.candidate_host, &[("name", &text), ("note", &note)]),
                )
            }));
            options.push(SelectOption::new("new", texts.add_as_new));
            options.push(SelectOption::new("skip", texts.leave_out));
            view! {
                <SelectField
                    name=format!("choice-{line}")
                    label=fill(texts.who_is, &[("name", &name_text)])
                    value=Signal::stored(String::new())
                    options=Signal::stored(options)
                    on_change=move |key: String| {
                        session.decide(store, line, choice_of_key(&key));
                    }
                />
            }
            .into_any()
        }
        RowOutcome::Skipped if is_repeated && choice.is_none() => {
            button("add-anyway", texts.add_anyway, Some(RowChoice::New))
        }
        RowOutcome::Added(_) | RowOutcome::Changed(_) if choice.is_some() => {
            button("undecide", texts.decide_again, None)
        }
        _ => ().into_any(),
    }
}
