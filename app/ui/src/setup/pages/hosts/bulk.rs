//! Bar of actions on the selected hosts.

use leptos::prelude::*;
use yobirin_domain::model::id::{GroupId, HostId};

use crate::components::combobox::SearchResult;
use crate::components::{Combobox, ComboboxOption, Confirm, Dialog, Icon, Sign};
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

/// Maximum of listed groups; the others are counted.
const MAX_LISTED_GROUPS: usize = 8;
/// Maximum of groups that the combobox suggests.
const MAX_SUGGESTED_GROUPS: usize = 50;

/// Number of found and selected hosts, and the actions.
#[component]
pub(crate) fn BulkBar(
    /// Positions of the visible hosts in the document.
    found: Memo<Vec<usize>>,
) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let state = expect_context::<ListState>();
    let count = Memo::new(move |_| found.with(Vec::len));
    let chosen_count = Memo::new(move |_| state.selected.with(SelectedHosts::len));
    let has_chosen = Memo::new(move |_| chosen_count.get() > 0);
    let result = RwSignal::new(String::new());
    let visible_hosts = move || {
        store.peek(|document| {
            found.with_untracked(|found| {
                let hosts = found.iter().filter_map(|&index| document.hosts.get(index));
                hosts.map(|host| host.id.clone()).collect::<SelectedHosts>()
            })
        })
    };
    // Without those that were deleted in the meantime.
    let chosen_hosts = move || {
        let chosen = state.selected.get_untracked();
        store.peek(|document| {
            let hosts = document.hosts.iter().map(|host| host.id.clone());
            hosts
                .filter(|id| chosen.contains(id))
                .collect::<SelectedHosts>()
        })
    };
    let apply = move |action: BulkAction| {
        let chosen = chosen_hosts();
        let mut changed = 0;
        store.edit(|document| changed = apply_to_hosts(document, &chosen, &action));
        result.set(fill(texts.bulk_done, &[("count", &changed.to_string())]));
    };
    let count_text = move || match (chosen_count.get(), count.get()) {
        (0, count) => fill(texts.host_count, &[("count", &count.to_string())]),
        (chosen, count) => fill(
            texts.chosen_count,
            &[
                ("chosen", &chosen.to_string()),
                ("count", &count.to_string()),
            ],
        ),
    };
    let membership_change = RwSignal::new(None::<MembershipChange>);
    let is_deleting = RwSignal::new(false);
    let is_inviting = RwSignal::new(false);
    let button = move |action: &'static str,
                       text: &'static str,
                       class: &'static str,
                       on_press: Callback<()>| {
        view! {
            <button type="button" class=class data-action=action on:click=move |_| on_press.run(())>{text}</button>
        }
    };
    let actions = move || {
        if !has_chosen.get() {
            return view! { <span class="muted">{texts.choose_several}</span> }.into_any();
        }
        view! {
            {button("bulk-join", texts.bulk_join, "button small", Callback::new(move |()| membership_change.set(Some(MembershipChange::Join))))}
            {button("bulk-leave", texts.bulk_leave, "button small", Callback::new(move |()| membership_change.set(Some(MembershipChange::Leave))))}
            {button("bulk-hide", texts.bulk_hide, "button small", Callback::new(move |()| apply(BulkAction::Hide(true))))}
            {button("bulk-show", texts.bulk_show, "button small", Callback::new(move |()| apply(BulkAction::Hide(false))))}
            {button("bulk-invite", texts.invite, "button small", Callback::new(move |()| is_inviting.set(true)))}
            {button("bulk-delete", words.controls.delete, "button small danger", Callback::new(move |()| is_deleting.set(true)))}
        }
        .into_any()
    };
    let choose_none = move || {
        has_chosen.get().then(|| {
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
    let choose_all = move || {
        let (chosen, count) = (chosen_count.get(), count.get());
        (count > 0 && chosen < count).then(|| {
            let text = fill(texts.choose_all, &[("count", &count.to_string())]);
            view! {
                <button type="button" class="button quiet small" data-action="choose-all" on:click=move |_| state.selected.set(visible_hosts())>
                    {text}
                </button>
            }
        })
    };
    view! {
        <div class="bulk-bar" role="group" aria-label=texts.bulk hidden=move || count.get() == 0 && !has_chosen.get()>
            <p class="muted" role="status" data-count>{count_text} <span class="bulk-result">{result}</span></p>
            {choose_none}
            {choose_all}
            <span class="bulk-actions">{actions}</span>
        </div>
        <InviteReport />
        <InviteDialog open=is_inviting />
        <GroupDialog change=membership_change on_pick=apply />
        <DeleteDialog open=is_deleting on_ok=move |()| {
            let chosen = chosen_hosts();
            store.edit(|document| remove_hosts(document, &chosen));
            state.selected.set(SelectedHosts::new());
            result.set(fill(texts.bulk_deleted, &[("count", &chosen.len().to_string())]));
        } />
    }
}

/// Change of the selected hosts' groups.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MembershipChange {
    Join,
    Leave,
}

/// Dialog that asks for the group to join or leave.
#[component]
fn GroupDialog(
    /// The change that needs a group; `None` while the dialog is closed.
    change: RwSignal<Option<MembershipChange>>,
    /// Called with the change, once a group is picked.
    #[prop(into)]
    on_pick: Callback<BulkAction>,
) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let state = expect_context::<ListState>();
    let title = Signal::derive(move || {
        let sentence = if change.get() == Some(MembershipChange::Leave) {
            texts.bulk_leave_title
        } else {
            texts.bulk_join_title
        };
        counted(sentence, state.selected.with(SelectedHosts::len))
    });
    let find = Callback::new(move |query: String| {
        let rows = store.with(|document| group_tree::rows(&document.groups));
        let choices = rows.into_iter().map(|row| ComboboxOption {
            key: row.id.to_string(),
            label: format!("{}{}", "　".repeat(row.depth), names.group(&row.id)),
            note: String::new(),
        });
        let fitting: Vec<ComboboxOption> = choices
            .filter(|choice| matches(&query, &[&choice.label]))
            .take(MAX_SUGGESTED_GROUPS)
            .collect();
        if fitting.is_empty() {
            SearchResult::Nothing(fill(words.pickers.no_match, &[("query", &query)]))
        } else {
            SearchResult::Choices(fitting)
        }
    });
    view! {
        <Dialog
            open=Signal::derive(move || change.get().is_some())
            on_close=move |()| change.set(None)
            title=title
            kind="bulk-group"
        >
            <Combobox
                name="bulk-group"
                label=Signal::stored(texts.groups.to_owned())
                find=find
                on_pick=move |key: String| {
                    let chosen_change = change.get_untracked();
                    change.set(None);
                    if let (Some(chosen_change), Ok(group)) = (chosen_change, key.parse()) {
                        on_pick.run(match chosen_change {
                            MembershipChange::Join => BulkAction::Join(group),
                            MembershipChange::Leave => BulkAction::Leave(group),
                        });
                    }
                }
            />
            <div class="dialog-actions">
                <button type="button" class="button" data-action="cancel" on:click=move |_| change.set(None)>
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
    let group_names = move |groups: &[GroupId]| {
        let listed = groups.iter().take(MAX_LISTED_GROUPS);
        let mut listed: Vec<String> = listed.map(|id| names.group(id)).collect();
        let unlisted = groups.len() - listed.len();
        if unlisted > 0 {
            let count = unlisted.to_string();
            listed.push(fill(words.settings_diff.and_more, &[("count", &count)]));
        }
        listed.join(words.names.list_separator)
    };
    let sentence_with = move |template: &str, names: String| {
        (!names.is_empty()).then(|| view! { <p>{fill(template, &[("names", &names)])}</p> })
    };
    let consequences = move || {
        let chosen = state.selected.get();
        let uses = store.with(|document| deletion_uses(document, &chosen));
        let chosen: Vec<HostId> = chosen.into_iter().collect();
        (
            view! { <p>{names.hosts_abbreviated(&chosen)}</p> },
            sentence_with(texts.delete_in_charge, group_names(&uses.in_charge)),
            sentence_with(
                texts.bulk_groups_left,
                group_names(&uses.groups_without_in_charge),
            ),
            sentence_with(
                texts.delete_delegates,
                names.hosts_abbreviated(&uses.delegate_of),
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
            {consequences}
        </Confirm>
    }
}
