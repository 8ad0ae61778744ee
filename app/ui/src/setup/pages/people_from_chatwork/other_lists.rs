//! Choice of the rooms that are proposed for groups, and of the hosts to remove because their account is gone.

use leptos::prelude::*;
use yobirin_domain::model::id::HostId;
use yobirin_domain::people_from_chatwork::{MatchedGroup, RoomProposal, RoomReason};

use super::session::PeopleSession;
use crate::i18n::fill;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::Section;

/// Rooms for groups, with the reason why each fits.
#[component]
pub(super) fn RoomList(session: PeopleSession) -> impl IntoView {
    let texts = &words().people_from_chatwork;
    let names = DisplayNames::from_context();
    // A room for a new group is proposed only while departments become groups.
    let rooms = Memo::new(move |_| {
        let makes_groups = session.makes_groups.get();
        session.proposal.with(|proposal| {
            let is_possible = |room: &&RoomProposal| {
                makes_groups || matches!(room.group, MatchedGroup::Existing(_))
            };
            let rooms = proposal.rooms.iter().filter(is_possible);
            rooms.cloned().collect::<Vec<_>>()
        })
    });
    let row = move |proposal: RoomProposal| {
        let room = proposal.room.id;
        let group = match &proposal.group {
            MatchedGroup::Existing(id) => names.group(id),
            MatchedGroup::New(name) => name.clone(),
        };
        let reason = match proposal.reason {
            RoomReason::SameName => texts.room_same_name,
            RoomReason::SameNameAndWord => texts.room_same_word,
        };
        view! {
            <li data-proposed-room=room.to_string()>
                <label class="person">
                    <input
                        type="checkbox"
                        prop:checked=move || session.is_room_chosen(room)
                        on:change=move |event| session.choose_room(room, event_target_checked(&event))
                    />
                    <span class="person-name">
                        <span>{group} " ↔ " <strong>{proposal.room.name}</strong></span>
                        " " <span class="muted small">{reason}</span>
                    </span>
                </label>
            </li>
        }
    };
    let list = move || rooms.get().into_iter().map(row).collect_view();
    let is_empty = Memo::new(move |_| rooms.with(Vec::is_empty));
    move || {
        (!is_empty.get()).then(|| {
            view! {
                <Section title=texts.rooms lead=texts.rooms_lead name="rooms">
                    <ul class="people" role="list">{list}</ul>
                </Section>
            }
        })
    }
}

/// Hosts whose account is gone from Chatwork. A host is removed only when it is ticked.
#[component]
pub(super) fn GoneList(session: PeopleSession) -> impl IntoView {
    let texts = &words().people_from_chatwork;
    let names = DisplayNames::from_context();
    let gone = Memo::new(move |_| session.proposal.with(|proposal| proposal.gone.clone()));
    let row = move |id: HostId| {
        let label = fill(texts.gone_remove, &[("name", &untrack(|| names.host(&id)))]);
        let key = id.to_string();
        let id = StoredValue::new(id);
        view! {
            <li data-gone=key>
                <label class="person">
                    <input
                        type="checkbox"
                        prop:checked=move || id.with_value(|id| session.is_removed(id))
                        on:change=move |event| session.choose_removal(id.get_value(), event_target_checked(&event))
                    />
                    <span class="person-name">{label}</span>
                </label>
            </li>
        }
    };
    let list = move || gone.get().into_iter().map(row).collect_view();
    let is_empty = Memo::new(move |_| gone.with(Vec::is_empty));
    move || {
        (!is_empty.get()).then(|| {
            view! {
                <Section title=texts.gone lead=texts.gone_lead name="gone">
                    <ul class="people" role="list">{list}</ul>
                </Section>
            }
        })
    }
}
