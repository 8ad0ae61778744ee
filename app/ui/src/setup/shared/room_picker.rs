//! Choice of a room: a field, a warning when the bot is not in the room, and two buttons for a room that is not found:
//! to load the rooms again, and to have the bot create one.

mod new_room;

use leptos::prelude::*;
use yobirin_api::chatwork::Connection;
use yobirin_domain::model::id::RoomId;

use crate::components::{Alert, Tone};

use super::chatwork_directory::ChatworkDirectory;
use super::pick::RoomField;
use crate::setup::nav::words;
use crate::setup::remote::Remote;

use new_room::NewRoomForm;

/// The choice.
#[component]
pub(crate) fn RoomPicker(
    /// The input's `name`.
    name: &'static str,
    /// Label.
    label: &'static str,
    /// Label once something is chosen.
    change: &'static str,
    /// Hint while Chatwork is connected. Without a connection only a room's URL can be pasted, and the hint says so.
    #[prop(into)]
    hint: Signal<String>,
    /// Current value.
    #[prop(into)]
    value: Signal<Option<RoomId>>,
    /// Called with the new choice.
    on_change: Callback<Option<RoomId>>,
    /// Problem with the choice.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Name that the form for a new room proposes.
    #[prop(into)]
    new_name: Signal<String>,
) -> impl IntoView {
    let texts = &words().chatwork;
    let directory = expect_context::<ChatworkDirectory>();
    let is_disconnected = Memo::new(move |_| {
        matches!(
            directory.connection(),
            Remote::Loaded(Connection::Disconnected)
        )
    });
    let hint = Signal::derive(move || {
        if is_disconnected.get() {
            texts.room_before_connecting.to_owned()
        } else {
            hint.get()
        }
    });
    // Until the rooms are loaded, nothing is known about the chosen one.
    let unseen = move || {
        let room = value.get()?;
        let is_unseen = !directory.group_rooms().is_empty() && directory.room_name(room).is_none();
        is_unseen.then(
            || view! { <Alert tone=Tone::Warn kind="room-unseen">{texts.room_without_bot}</Alert> },
        )
    };
    let reload_or_create = move || {
        (!is_disconnected.get()).then(|| {
            view! {
                <p class="row">
                    <button type="button" class="button small" data-action="look-again" on:click=move |_| directory.reload_rooms_and_people()>
                        {texts.reload_rooms}
                    </button>
                </p>
                <NewRoomForm suggested=new_name on_made=move |room: RoomId| on_change.run(Some(room)) />
            }
        })
    };
    view! {
        <RoomField name=name label=label change=change hint=hint value=value on_change=on_change problem=problem />
        {unseen}
        {reload_or_create}
    }
}
