//! The default room (acallルーム), which gets the calls that no other room claims.

use leptos::prelude::*;
use yobirin_api::chatwork::Connection;
use yobirin_domain::model::id::RoomId;
use yobirin_domain::people_from_chatwork::{Room, default_room as suited_room};

use crate::components::{Alert, Tone};
use crate::i18n::fill;

use super::new_room::NewRoomForm;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::remote::Remote;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::page_frame::Section;
use crate::setup::shared::pick::RoomField;

#[component]
pub(crate) fn DefaultRoom() -> impl IntoView {
    let texts = &words().chatwork;
    let store = expect_context::<DraftStore>();
    let directory = expect_context::<ChatworkDirectory>();
    let site = store.site();
    let room = store.memo(|document| document.site.default_room);
    // A room can be missing only once the rooms are loaded.
    let unseen = move || {
        let room = room.get()?;
        let rooms_are_loaded = !directory.rooms().is_empty();
        (rooms_are_loaded && directory.room_name(room).is_none()).then(
            || view! { <Alert tone=Tone::Warn kind="room-unseen">{texts.room_without_bot}</Alert> },
        )
    };
    // Without a connection rooms cannot be searched, but a room's URL can be pasted.
    let is_off = Memo::new(move |_| {
        matches!(
            directory.connection(),
            Remote::Loaded(Connection::Disconnected)
        )
    });
    let hint = Signal::derive(move || {
        let text = if is_off.get() {
            texts.room_before_connecting
        } else {
            texts.room_hint
        };
        text.to_owned()
    });
    // Proposes a room whose name suits, until one is chosen.
    let suited = Memo::new(move |_| {
        let rooms = directory.rooms().into_iter().map(|room| Room {
            id: room.id,
            name: room.name,
        });
        let rooms: Vec<Room> = rooms.collect();
        suited_room(&rooms)
            .cloned()
            .filter(|_| room.get().is_none())
    });
    let suggestion = move || {
        suited.get().map(|suited| {
            let label = fill(texts.room_use, &[("room", &suited.name)]);
            let choose = move |_| site.edit(|site| site.default_room = Some(suited.id));
            view! {
                <p class="row">
                    <button type="button" class="button primary" data-action="use-room" on:click=choose>{label}</button>
                </p>
            }
        })
    };
    let at_chatwork = move || {
        (!is_off.get()).then(|| view! {
            <p class="row">
                <button type="button" class="button small" data-action="look-again" on:click=move |_| directory.reload_rooms_and_people()>
                    {texts.reload_rooms}
                </button>
            </p>
            <NewRoomForm on_made=site.set(|site, room: RoomId| site.default_room = Some(room)) />
        })
    };
    view! {
        <Section title=texts.room_title lead=texts.room_lead name="default-room">
            {suggestion}
            <RoomField
                name="default-room"
                label=texts.room
                change=texts.room_change
                hint=hint
                value=room
                on_change=site.set(|site, room: Option<RoomId>| site.default_room = room)
                problem=site.problem("default_room")
            />
            {unseen}
            {at_chatwork}
        </Section>
    }
}
