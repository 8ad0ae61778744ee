//! Row of the review: entry, changes by field, problems, and the admin's decision.

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::csv::field::Kind;
use yobirin_domain::import::{Choice, FieldChange, Proposal, RowOutcome};

use crate::components::{Check, Icon, SelectField, SelectOption, Sign};
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;

use super::session::ImportSession;
use super::wording;

#[component]
#[allow(clippy::needless_pass_by_value)] // a component owns what it shows
pub(crate) fn ReviewRow(proposal: Arc<Proposal>, place: usize) -> impl IntoView {
    let words = words();
    let w = &words.import;
    let session = expect_context::<ImportSession>();
    let kind = session
        .layout
        .with_untracked(|layout| layout.as_ref().map_or(Kind::Hosts, |layout| layout.kind));
    let row = proposal.rows.get(place).cloned()?;
    let (tone, badge, name) = match &row.outcome {
        RowOutcome::Unchanged => ("", w.unchanged, "same"),
        RowOutcome::Added(_) => ("done", w.added, "added"),
        RowOutcome::Changed(_) => ("partly", w.changed, "changed"),
        RowOutcome::Ambiguous(_) => ("bad", w.undecided, "conflict"),
        RowOutcome::Skipped => ("", w.left_out, "left-out"),
    };
    let changes = match &row.outcome {
        RowOutcome::Added(changes) | RowOutcome::Changed(changes) => changes.clone(),
        RowOutcome::Unchanged | RowOutcome::Ambiguous(_) | RowOutcome::Skipped => Vec::new(),
    };
    let change = |change: FieldChange| {
        let before =
            (!change.before.is_empty()).then(|| view! { <del>{change.before}</del> " → " });
        let after = if change.after.is_empty() {
            w.cleared.to_owned()
        } else {
            change.after
        };
        view! {
            <div class="change" data-field=format!("{:?}", change.field)>
                <dt>{wording::field(words, kind, change.field)}</dt>
                <dd>{before}<ins>{after}</ins></dd>
            </div>
        }
    };
    let changes = (!changes.is_empty()).then(
        || view! { <dl class="import-changes">{changes.into_iter().map(change).collect_view()}</dl> },
    );
    let flaws = proposal.issues.iter().filter(|flaw| flaw.line == row.line);
    let flaws: Vec<String> = flaws.map(|flaw| wording::flaw(words, flaw)).collect();
    let flaws = (!flaws.is_empty()).then(|| {
        let text = flaws
            .into_iter()
            .map(|text| view! { <li><Icon sign=Sign::WARNING />{text}</li> });
        view! { <ul class="row-problems" role="list">{text.collect_view()}</ul> }
    });
    let shown = if row.name.is_empty() {
        words.names.unnamed.to_owned()
    } else {
        row.name.clone()
    };
    Some(view! {
        <li class="import-row" data-line=row.line.to_string() data-verdict=name>
            <p class="import-head">
                <span class="digits muted">{fill(w.line_number, &[("line", &row.line.to_string())])}</span>
                <strong>{shown.clone()}</strong>
                <span class="badge" data-tone=tone>{badge}</span>
            </p>
            {changes}
            {flaws}
            <RowDecision line=row.line outcome=row.outcome shown=shown />
        </li>
    })
}

/// Decision about a row.
#[component]
fn RowDecision(line: usize, outcome: RowOutcome, shown: String) -> impl IntoView {
    let w = &words().import;
    let (session, store) = (
        expect_context::<ImportSession>(),
        expect_context::<DraftStore>(),
    );
    let choice = session
        .options
        .with_untracked(|options| options.choices.get(&line).cloned());
    match outcome {
        RowOutcome::Ambiguous(candidates) => {
            let mut options = vec![SelectOption::new("", w.choose_candidate)];
            options.extend(candidates.into_iter().map(|candidate| {
                let text = fill(w.take_existing, &[("name", &candidate.name)]);
                let note = if candidate.note.is_empty() {
                    candidate.id.clone()
                } else {
                    candidate.note
                };
                SelectOption::new(
                    format!("id {}", candidate.id),
                    fill(w.candidate_host, &[("name", &text), ("note", &note)]),
                )
            }));
            options.push(SelectOption::new("new", w.add_as_new));
            options.push(SelectOption::new("skip", w.leave_out));
            view! {
                <SelectField
                    name=format!("choice-{line}")
                    label=fill(w.who_is, &[("name", &shown)])
                    value=Signal::stored(String::new())
                    options=Signal::stored(options)
                    on_change=move |key: String| {
                        let choice = match key.as_str() {
                            "" => None,
                            "new" => Some(Choice::New),
                            "skip" => Some(Choice::Skip),
                            id => Some(Choice::Existing(id.trim_start_matches("id ").to_owned())),
                        };
                        session.decide(store, line, choice);
                    }
                />
            }
            .into_any()
        }
        RowOutcome::Skipped if choice == Some(Choice::Skip) => view! {
            <button type="button" class="button small" data-action="unskip"
                on:click=move |_| session.decide(store, line, None)>
                {w.bring_in}<span class="visually-hidden">" "{shown}</span>
            </button>
        }
        .into_any(),
        RowOutcome::Added(_) | RowOutcome::Changed(_) => {
            let decided = choice.is_some().then(|| {
                let shown = shown.clone();
                view! {
                    <button type="button" class="button small" data-action="undecide"
                        on:click=move |_| session.decide(store, line, None)>
                        {w.decide_again}<span class="visually-hidden">" "{shown}</span>
                    </button>
                }
            });
            view! {
                <div class="row">
                    <Check
                        name=format!("skip-{line}")
                        label=fill(w.leave_out_named, &[("name", &shown)])
                        value=Signal::stored(false)
                        on_change=move |_: bool| session.decide(store, line, Some(Choice::Skip))
                    />
                    {decided}
                </div>
            }
            .into_any()
        }
        RowOutcome::Unchanged | RowOutcome::Skipped => ().into_any(),
    }
}
