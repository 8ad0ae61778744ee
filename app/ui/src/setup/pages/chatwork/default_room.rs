//! The default room (acallルーム), which gets the calls that no other room claims.

use leptos::prelude::*;
use yobirin_domain::model::id::RoomId;
use yobirin_domain::people_from_chatwork::{Room, default_room as suited_room};

use crate::i18n::fill;

use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::page_frame::Section;
use crate::setup::shared::room_picker::RoomPicker;

#[component]
pub(crate) fn DefaultRoom() -> impl IntoView {
    let texts = &words().chatwork;
    let store = expect_context::<DraftStore>();
    let directory = expect_context::<ChatworkDirectory>();
    let site = store.site();
    let room = store.memo(|document| document.site.default_room);
    // A room whose name suits, until a room is chosen.
    let suggested_room = Memo::new(move |_| {
        if room.get().is_some() {
            return None;
        }
        let rooms = directory.group_rooms().into_iter().map(|room| Room {
            id: room.id,
            name: room.name,
        });
        let rooms: Vec<Room> = rooms.collect();
        suited_room(&rooms).cloned()
    });
    let suggestion = move || {
        suggested_room.get().map(|suggested| {
            let label = fill(texts.room_use, &[("room", &suggested.name)]);
            let choose = move |_| site.edit(|site| site.default_room = Some(suggested.id));
            view! {
                <p class="row">
                    <button type="button" class="button primary" data-action="use-room" on:click=choose>{label}</button>
                </p>
            }
        })
    };
    view! {
        <Section title=texts.room_title lead=texts.room_lead name="default-room">
            {suggestion}
            <RoomPicker
                name="default-room"
                label=texts.room
                change=texts.room_change
                hint=texts.room_hint
                value=room
                on_change=site.set(|site, room: Option<RoomId>| site.default_room = room)
                problem=site.problem("default_room")
                new_name=texts.new_room_name
            />
        </Section>
    }
}
