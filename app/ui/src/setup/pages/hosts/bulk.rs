//! Bar of actions on the selected hosts.

use leptos::prelude::*;
use yobirin_domain::model::id::GroupId;

use crate::components::combobox::SearchResult;
use crate::components::{Choice, Combobox, Confirm, Dialog, Icon, Sign};
use crate::i18n::fill;
use crate::i18n::setup::counted;

use super::invite::{InviteDialog, InviteReport};
use super::list::ListState;
use crate::setup::draft::bulk::{
    BulkAction, SelectedHosts, apply_to_hosts, deletion_uses, remove_hosts,
};
use crate::setup::draft::group_tree;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::pick::matches;

/// Maximum of listed names; the rest is counted.
const MAX_LISTED_NAMES: usize = 8;

/// Number of found and selected hosts, and the actions.
#[component]
pub(crate) fn BulkBar(
    /// Places of the visible hosts in the document.
    found: Memo<Vec<usize>>,
) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let state = expect_context::<ListState>();
    let count = Memo::new(move |_| found.with(Vec::len));
    let chosen = Memo::new(move |_| state.selected.with(SelectedHosts::len));
    let any_chosen = Memo::new(move |_| chosen.get() > 0);
    let result = RwSignal::new(String::new());
    let all_shown = move || {
        store.peek(|document| {
            found.with_untracked(|found| {
                let hosts = found.iter().filter_map(|&index| document.hosts.get(index));
                hosts.map(|host| host.id.clone()).collect::<SelectedHosts>()
            })
        })
    };
    // The selected hosts that were not deleted in the meantime.
    let alive = move || {
        let chosen = state.selected.get_untracked();
        store.peek(|document| {
            let hosts = document.hosts.iter().map(|host| host.id.clone());
            hosts
                .filter(|id| chosen.contains(id))
                .collect::<SelectedHosts>()
        })
    };
    let done = move |what: BulkAction| {
        let chosen = alive();
        let mut changed = 0;
        store.edit(|document| changed = apply_to_hosts(document, &chosen, &what));
        result.set(fill(texts.bulk_done, &[("count", &changed.to_string())]));
    };
    let count_text = move || match (chosen.get(), count.get()) {
        (0, count) => fill(texts.host_count, &[("count", &count.to_string())]),
        (chosen, count) => fill(
            texts.chosen_count,
            &[
                ("chosen", &chosen.to_string()),
                ("count", &count.to_string()),
            ],
        ),
    };
    let joining = RwSignal::new(None::<bool>);
    let deleting = RwSignal::new(false);
    let inviting = RwSignal::new(false);
    let button = move |action: &'static str,
                       text: &'static str,
                       class: &'static str,
                       act: Callback<()>| {
        view! {
            <button type="button" class=class data-action=action on:click=move |_| act.run(())>{text}</button>
        }
    };
    let acts = move || {
        if !any_chosen.get() {
            return view! { <span class="muted">{texts.choose_several}</span> }.into_any();
        }
        view! {
            {button("bulk-join", texts.bulk_join, "button small", Callback::new(move |()| joining.set(Some(true))))}
            {button("bulk-leave", texts.bulk_leave, "button small", Callback::new(move |()| joining.set(Some(false))))}
            {button("bulk-hide", texts.bulk_hide, "button small", Callback::new(move |()| done(BulkAction::Hide(true))))}
            {button("bulk-show", texts.bulk_show, "button small", Callback::new(move |()| done(BulkAction::Hide(false))))}
            {button("bulk-invite", texts.invite, "button small", Callback::new(move |()| inviting.set(true)))}
            {button("bulk-delete", words.controls.delete, "button small danger", Callback::new(move |()| deleting.set(true)))}
        }
        .into_any()
    };
    let none = move || {
        any_chosen.get().then(|| {
            view! {
                <button
                    type="button"
                    class="button quiet small"
                    data-action="choose-none"
                    on:click=move |_| state.selected.set(SelectedHosts::new())
                >
                    <Icon sign=Sign::CLOSE /><span class="bulk-button-text">{texts.choose_none}</span>
                </button>
            }
        })
    };
    let some_left = move || {
        let (chosen, count) = (chosen.get(), count.get());
        (count > 0 && chosen < count).then(|| {
            let text = fill(texts.choose_all, &[("count", &count.to_string())]);
            view! {
                <button type="button" class="button quiet small" data-action="choose-all" on:click=move |_| state.selected.set(all_shown())>
                    {text}
                </button>
            }
        })
    };
    view! {
        <div class="bulk-bar" role="group" aria-label=texts.bulk hidden=move || count.get() == 0 && !any_chosen.get()>
            <p class="muted" role="status" data-count>{count_text} <span class="bulk-result">{result}</span></p>
            {none}
            {some_left}
            <span class="bulk-actions">{acts}</span>
        </div>
        <InviteReport />
        <InviteDialog open=inviting />
        <GroupDialog joining=joining on_pick=move |(join, group): (bool, GroupId)| {
            done(if join { BulkAction::Join(group) } else { BulkAction::Leave(group) });
        } />
        <DeleteDialog open=deleting on_ok=move |()| {
            let chosen = alive();
            store.edit(|document| remove_hosts(document, &chosen));
            state.selected.set(SelectedHosts::new());
            result.set(fill(texts.bulk_deleted, &[("count", &chosen.len().to_string())]));
        } />
    }
}

/// Dialog that asks for a group: `Some(true)` to join, `Some(false)` to leave.
#[component]
fn GroupDialog(
    joining: RwSignal<Option<bool>>,
    #[prop(into)] on_pick: Callback<(bool, GroupId)>,
) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let state = expect_context::<ListState>();
    let title = Signal::derive(move || {
        let sentence = if joining.get() == Some(false) {
            texts.bulk_leave_title
        } else {
            texts.bulk_join_title
        };
        counted(sentence, state.selected.with(SelectedHosts::len))
    });
    let find = Callback::new(move |query: String| {
        let rows = store.with(|document| group_tree::rows(&document.groups));
        let choices = rows.into_iter().map(|row| Choice {
            key: row.id.to_string(),
            label: format!("{}{}", "　".repeat(row.depth), names.group(&row.id)),
            note: String::new(),
        });
        let fitting: Vec<Choice> = choices
            .filter(|choice| matches(&query, &[&choice.label]))
            .take(50)
            .collect();
        if fitting.is_empty() {
            SearchResult::Nothing(fill(words.pickers.no_match, &[("query", &query)]))
        } else {
            SearchResult::Choices(fitting)
        }
    });
    view! {
        <Dialog
            open=Signal::derive(move || joining.get().is_some())
            on_close=move |()| joining.set(None)
            title=title
            kind="bulk-group"
        >
            <Combobox
                name="bulk-group"
                label=Signal::stored(texts.groups.to_owned())
                find=find
                on_pick=move |key: String| {
                    let join = joining.get_untracked();
                    joining.set(None);
                    if let (Some(join), Ok(group)) = (join, key.parse()) {
                        on_pick.run((join, group));
                    }
                }
            />
            <div class="dialog-actions">
                <button type="button" class="button" data-action="cancel" on:click=move |_| joining.set(None)>
                    {words.controls.cancel}
                </button>
            </div>
        </Dialog>
    }
}

/// Confirmation of deletion, with the references that it removes.
#[component]
fn DeleteDialog(open: RwSignal<bool>, #[prop(into)] on_ok: Callback<()>) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let state = expect_context::<ListState>();
    let names = DisplayNames::from_context();
    let title = Signal::derive(move || {
        counted(
            texts.bulk_delete_question,
            state.selected.with(SelectedHosts::len),
        )
    });
    let some = move |list: Vec<String>| {
        let more = list.len().saturating_sub(MAX_LISTED_NAMES);
        let mut shown: Vec<String> = list.into_iter().take(MAX_LISTED_NAMES).collect();
        if more > 0 {
            shown.push(fill(
                words.changes.and_more,
                &[("count", &more.to_string())],
            ));
        }
        shown.join(words.names.list_separator)
    };
    let sentence_with = move |template: &str, list: Vec<String>| {
        let names = some(list);
        (!names.is_empty()).then(|| view! { <p>{fill(template, &[("names", &names)])}</p> })
    };
    let losses = move || {
        let chosen = state.selected.get();
        let losses = store.with(|document| deletion_uses(document, &chosen));
        let deleted_names = chosen
            .iter()
            .map(|id| names.host(id))
            .take(MAX_LISTED_NAMES + 1);
        let mut deleted_names: Vec<String> = deleted_names.collect();
        deleted_names.extend((deleted_names.len()..chosen.len()).map(|_| String::new()));
        (
            sentence_with("{names}", deleted_names),
            sentence_with(
                texts.delete_in_charge,
                losses.in_charge.iter().map(|id| names.group(id)).collect(),
            ),
            sentence_with(
                texts.bulk_groups_left,
                losses
                    .groups_without_in_charge
                    .iter()
                    .map(|id| names.group(id))
                    .collect(),
            ),
            sentence_with(
                texts.delete_delegates,
                losses.delegate_of.iter().map(|id| names.host(id)).collect(),
            ),
        )
    };
    view! {
        <Confirm
            open=open
            title=title
            ok=words.controls.delete
            cancel=words.controls.cancel
            danger=true
            kind="bulk-delete"
            on_ok=on_ok
        >
            <p>{texts.bulk_delete_explanation}</p>
            {losses}
        </Confirm>
    }
}
