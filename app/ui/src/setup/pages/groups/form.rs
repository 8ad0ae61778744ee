//! Page of a group.

use leptos::prelude::*;
use yobirin_domain::model::directory::Group;
use yobirin_domain::model::id::{GroupId, RoomId};
use yobirin_domain::model::lang::Lang;

use crate::components::{Alert, Check, SelectField, SelectOption, Tone};
use crate::router::SetupPage;

use super::delete::DeleteGroup;
use super::effective_room::GroupRoomText;
use super::members::Members;
use super::room_findings::RoomFindings;
use crate::setup::draft::group_tree;
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::in_charge_proposals::InChargeProposalOf;
use crate::setup::shared::page_frame::{PageFrame, Section};
use crate::setup::shared::pick::HostList;
use crate::setup::shared::room_picker::RoomPicker;
use crate::setup::shared::translated_fields::TranslatedFields;

#[component]
pub(crate) fn GroupPage(id: GroupId) -> impl IntoView {
    let words = words();
    let texts = &words.groups;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let group = store.group(id.clone());
    let title = {
        let id = id.clone();
        Signal::derive(move || names.group(&id))
    };
    let exists = group.exists();
    let content = move || {
        if exists.get() {
            view! { <GroupForm id=id.clone() group=group /> }.into_any()
        } else {
            view! { <Alert tone=Tone::Warn kind="gone">{words.api_errors.not_found}</Alert> }
                .into_any()
        }
    };
    view! {
        <PageFrame name="group" title=title up=(SetupPage::Groups, texts.title)>
            {content}
        </PageFrame>
    }
}

#[component]
fn GroupForm(id: GroupId, group: Binding<Group>) -> impl IntoView {
    let texts = &words().groups;
    let has_no_room = group.read(|group| group.room.is_none());
    let names = DisplayNames::from_context();
    let id = StoredValue::new(id);
    let group_name = Signal::derive(move || id.with_value(|id| names.group(id)));
    view! {
        <Section title=texts.details name="place">
            <TranslatedFields
                name="group-name"
                label=texts.name
                value=group.read(|group| group.name.clone())
                on_input=group.set(|group, (lang, text): (Lang, String)| group.name.set(lang, text))
                problem=group.problem("name")
            />
            <ParentField id=id.get_value() group=group />
        </Section>
        <Section title=texts.room_title lead=texts.room_lead name="room">
            {move || has_no_room.get().then(|| view! { <p><GroupRoomText id=id.get_value() /></p> })}
            <RoomPicker
                name="group-room"
                label=texts.room
                change=texts.room_change
                hint=texts.room_hint
                value=group.read(|group| group.room)
                on_change=group.set(|group, room: Option<RoomId>| group.room = room)
                problem=group.problem("room")
                new_name=group_name
            />
            <RoomFindings id=id.get_value() />
        </Section>
        <Section title=texts.in_charge lead=texts.in_charge_lead name="in-charge">
            <HostList
                name="group-in-charge"
                label=texts.in_charge
                hint=texts.in_charge_hint
                value=group.read(|group| group.in_charge.clone())
                on_change=group.set(|group, hosts| group.in_charge = hosts)
                problem=group.problem("in_charge")
            />
            <InChargeProposalOf group=id.get_value() />
        </Section>
        <Members id=id.get_value() />
        <Section title=texts.on_tablets name="on-tablets">
            <Check
                name="group-hidden"
                label=texts.hidden
                hint=texts.hidden_hint
                value=group.read(|group| group.hidden)
                on_change=group.set(|group, hidden| group.hidden = hidden)
            />
            <Check
                name="group-not-callable"
                label=texts.not_callable
                hint=texts.not_callable_hint
                value=group.read(|group| group.not_callable)
                on_change=group.set(|group, not_callable| group.not_callable = not_callable)
            />
        </Section>
        <DeleteGroup id=id.get_value() />
    }
}

/// Field for the parent group. Offers neither the group itself nor its descendants.
#[component]
fn ParentField(id: GroupId, group: Binding<Group>) -> impl IntoView {
    let texts = &words().groups;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let possible_parents = {
        let id = id.clone();
        store.memo(move |document| group_tree::parents_for(&document.groups, &id))
    };
    let options = Signal::derive(move || {
        let parents = possible_parents.get().into_iter().map(|row| {
            let label = format!("{}{}", "　".repeat(row.depth), names.group(&row.id));
            SelectOption::new(row.id.as_str(), label)
        });
        std::iter::once(SelectOption::new("", texts.no_parent))
            .chain(parents)
            .collect::<Vec<_>>()
    });
    view! {
        <SelectField
            name="group-parent"
            label=texts.parent
            value=group.text(|group| group.parent.as_ref().map(ToString::to_string).unwrap_or_default())
            options=options
            on_change=move |key: String| {
                store.edit(|document| group_tree::move_below(document, &id, key.parse().ok()));
            }
            problem=group.problem("parent")
        />
    }
}
