//! Deletion of a group, with the references that it removes.

use leptos::prelude::*;
use yobirin_domain::model::id::{ButtonId, DeviceId, GroupId};

use crate::i18n::fill;
use crate::router::SetupPage;

use crate::setup::draft::cascade_delete::{group_uses, remove_group};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Nav, words};
use crate::setup::shared::delete_entry::DeleteEntry;
use crate::setup::shared::display_names::DisplayNames;

/// The button and its dialog.
#[component]
pub(crate) fn DeleteGroup(id: GroupId) -> impl IntoView {
    let words = words();
    let texts = &words.groups;
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let names = DisplayNames::from_context();
    let id = StoredValue::new(id);
    let title = Signal::derive(move || {
        fill(
            texts.delete_question,
            &[("name", &id.with_value(|id| names.group(id)))],
        )
    });
    // The references that the deletion removes.
    let consequences = move || {
        let uses = store.with(|document| id.with_value(|id| group_uses(document, id)));
        let sentence_with = |template: &str, list: Vec<String>| {
            let list = list.join(words.names.list_separator);
            (!list.is_empty()).then(|| view! { <p>{fill(template, &[("names", &list)])}</p> })
        };
        let groups = uses
            .children
            .iter()
            .map(|group| names.group(group))
            .collect();
        let hosts = uses.members.iter().map(|host| names.host(host)).collect();
        let buttons = |list: &[(DeviceId, ButtonId)]| {
            let name = |(device, button): &(DeviceId, ButtonId)| {
                format!("{} › {}", names.device(device), names.button(button))
            };
            list.iter().map(name).collect()
        };
        (
            sentence_with(texts.delete_children, groups),
            sentence_with(texts.delete_members, hosts),
            sentence_with(texts.delete_calling_buttons, buttons(&uses.callers)),
            sentence_with(texts.delete_starting_buttons, buttons(&uses.selections)),
        )
    };
    view! {
        <DeleteEntry
            label=texts.delete
            question=title
            kind="delete-group"
            on_delete=move |()| {
                nav.go(SetupPage::Groups);
                store.edit(|document| id.with_value(|id| remove_group(document, id)));
            }
        >
            <p>{texts.delete_explanation}</p>
            {consequences}
        </DeleteEntry>
    }
}
