//! Form with which the bot creates a room.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::ErrorCode;
use yobirin_api::chatwork::{Connection, NewRoom, Person};
use yobirin_domain::model::id::{AccountId, RoomId};

use crate::api::response::ClientError;
use crate::components::combobox::SearchResult;
use crate::components::{
    Alert, Combobox, ComboboxOption, SortableList, SortableRow, SubmitForm, TextField, Tone,
};
use crate::i18n::fill;

use crate::api::admin::AdminClient;
use crate::components::sort_handle::move_entry;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::remote::Remote;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::pick::{matches, search_result};
use crate::setup::shared::sort_labels::sort_labels;

/// The form, folded.
#[component]
pub(crate) fn NewRoomForm(
    /// Name that the form proposes.
    suggested: Signal<String>,
    /// Called with the created room.
    #[prop(into)]
    on_made: Callback<RoomId>,
) -> impl IntoView {
    let words = words();
    let texts = &words.chatwork;
    let admin = expect_context::<AdminClient>();
    let directory = expect_context::<ChatworkDirectory>();
    let typed_name = RwSignal::new(None::<String>);
    let name = Signal::derive(move || typed_name.get().unwrap_or_else(|| suggested.get()));
    let people = RwSignal::new(Vec::<AccountId>::new());
    let is_busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);
    let created = RwSignal::new(None::<String>);
    let is_name_missing = RwSignal::new(false);
    let create = move |()| {
        let new_room = NewRoom {
            name: name.get_untracked().trim().to_owned(),
            people: people.get_untracked(),
        };
        is_name_missing.set(new_room.name.is_empty());
        if new_room.name.is_empty() {
            return;
        }
        is_busy.set(true);
        failure.set(None);
        created.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let response = admin.create_room(new_room).await;
            let _ = is_busy.try_set(false);
            match response {
                Ok(room) => {
                    let _ = created.try_set(Some(room.name.clone()));
                    let _ = people.try_set(Vec::new());
                    let id = room.id;
                    directory.add_room(room);
                    on_made.run(id);
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                    // Without a response the room may nevertheless exist.
                    directory.reload_rooms_and_people();
                }
            }
        });
    };
    let find = move |query: String| {
        let chosen = people.get();
        let contacts = directory.people().into_iter();
        let fitting = contacts.filter(|person| {
            !chosen.contains(&person.account)
                && matches(&query, &[&person.name, &person.department])
        });
        let choice = |person: Person| ComboboxOption {
            key: person.account.to_string(),
            label: person.name,
            note: person.department,
        };
        let fitting: Vec<ComboboxOption> = fitting.map(choice).collect();
        if fitting.is_empty() && query.trim().is_empty() {
            return SearchResult::Nothing(texts.new_room_no_contacts.to_owned());
        }
        search_result(words, &query, fitting.into_iter())
    };
    let rows = Signal::derive(move || {
        let row = |account: &AccountId| {
            let id = account.to_string();
            let number = fill(words.names.account_number, &[("id", &id)]);
            SortableRow {
                label: directory.person_name(*account).unwrap_or(number),
                key: id,
                note: String::new(),
            }
        };
        people.with(|people| people.iter().map(row).collect::<Vec<_>>())
    });
    // Also while the connection is loading, so that the fields below do not move.
    let is_offered = move || {
        let connection = directory.connection();
        matches!(
            connection,
            Remote::Loading | Remote::Slow | Remote::Loaded(Connection::Connected { .. })
        )
    };
    let created_notice = move || {
        created.get().map(|name| {
            let message = fill(texts.new_room_created, &[("name", &name)]);
            view! { <Alert tone=Tone::Good kind="room-made">{message}</Alert> }
        })
    };
    let failure_notice = move || {
        failure.get().map(|error| {
            let (reason, advice) = match error.code() {
                Some(ErrorCode::Malformed) => (texts.new_room_refused.to_owned(), ""),
                // Chatwork was not asked.
                Some(ErrorCode::ChatworkLimited) => (errors::text(words, &error), ""),
                _ => (errors::text(words, &error), texts.new_room_unknown),
            };
            view! { <Alert tone=Tone::Bad kind="room-failed"><p>{reason}</p><p>{advice}</p></Alert> }
        })
    };
    let form = move || {
        is_offered().then(|| view! {
            <details class="help" data-new-room="">
                <summary>{texts.new_room_title}</summary>
                <SubmitForm class="form" name="new-room" busy=is_busy on_submit=create>
                    <p class="muted">{texts.new_room_lead}</p>
                    <TextField
                        name="new-room-name"
                        label=texts.new_room_label
                        value=name
                        on_input=move |text| {
                            is_name_missing.set(false);
                            typed_name.set(Some(text));
                        }
                        problem=Signal::derive(move || is_name_missing.get().then(|| words.validation.empty.to_owned()))
                    />
                    <Combobox
                        name="new-room-person"
                        label=Signal::derive(move || texts.new_room_members.to_owned())
                        hint=texts.new_room_members_hint
                        find=find
                        on_pick=move |key: String| {
                            let id = key.parse().ok().and_then(|id: u64| AccountId::try_from(id).ok());
                            people.update(|people| people.extend(id));
                        }
                    />
                    <SortableList
                        label=texts.new_room_members
                        name="new-room-people"
                        rows=rows
                        labels=sort_labels()
                        on_move=move |(from, to)| people.update(|people| move_entry(people, from, to))
                        on_remove=move |key: String| {
                            people.update(|people| people.retain(|account| account.to_string() != key));
                        }
                    />
                    <p class="row">
                        <button type="submit" class="button" data-action="make-room" aria-disabled=move || is_busy.get().to_string()>
                            {texts.new_room_create}
                        </button>
                        {move || is_busy.get().then(|| view! {
                            <span class="waiting" role="status"><span class="spinner"></span>{texts.connecting}</span>
                        })}
                    </p>
                </SubmitForm>
            </details>
        })
    };
    view! { {form} {created_notice} {failure_notice} }
}
