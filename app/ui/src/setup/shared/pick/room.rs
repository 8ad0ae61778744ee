//! Fields for a Chatwork room or account: shown by name, picked from the bot's directory, or pasted
//! in any form that `chatwork_id` parses.

use leptos::prelude::*;
use yobirin_domain::chatwork_id;
use yobirin_domain::model::id::{AccountId, RoomId};

use crate::api::response::ClientError;
use crate::components::combobox::SearchResult;
use crate::components::{Combobox, ComboboxOption, Icon, Sign};
use crate::i18n::fill;
use crate::i18n::setup::Words;

use super::{id_problem, matches, search_result};
use crate::setup::nav::words;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::loading_view::failure_view;

/// Field for a room.
#[component]
pub(crate) fn RoomField(
    /// The input's `name`.
    name: &'static str,
    /// Label.
    label: &'static str,
    /// Label once something is chosen.
    change: &'static str,
    /// Hint.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Current value.
    #[prop(into)]
    value: Signal<Option<RoomId>>,
    /// Called with the new choice.
    on_change: Callback<Option<RoomId>>,
    /// Problem with the choice.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let directory = expect_context::<ChatworkDirectory>();
    let words = words();
    let find = move |query: String| find_room(words, directory, &query);
    let chosen_label = Signal::derive(move || {
        let id = value.get()?;
        let number_label = fill(words.names.room_number, &[("id", &id.to_string())]);
        Some(ChosenLabel::of(
            directory.room_name(id),
            number_label,
            id.to_string(),
        ))
    });
    let pick = move |key: String| on_change.run(chatwork_id::parse_room(&key).ok());
    view! {
        <ChosenEntry label=label name=name chosen_label=chosen_label on_clear=move |()| on_change.run(None) />
        <Combobox
            name=name
            label=combobox_label(label, change, chosen_label)
            hint=hint
            example=words.chatwork.room_example
            problem=problem
            current=Signal::derive(move || value.get().map(|id| id.to_string()))
            find=find
            on_pick=pick
        />
        <ListFailure failure=Signal::derive(move || directory.rooms_failure()) />
    }
}

/// Field for an account.
#[component]
pub(crate) fn AccountField(
    /// The input's `name`.
    name: &'static str,
    /// Label.
    label: &'static str,
    /// Label once something is chosen.
    change: &'static str,
    /// Hint.
    #[prop(optional)]
    hint: &'static str,
    /// Current value.
    #[prop(into)]
    value: Signal<Option<AccountId>>,
    /// Called with the new choice.
    on_change: Callback<Option<AccountId>>,
    /// Problem with the choice.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let directory = expect_context::<ChatworkDirectory>();
    let words = words();
    let find = move |query: String| find_account(words, directory, &query);
    let chosen_label = Signal::derive(move || {
        let id = value.get()?;
        let number_label = fill(words.names.account_number, &[("id", &id.to_string())]);
        Some(ChosenLabel::of(
            directory.person_name(id),
            number_label,
            id.to_string(),
        ))
    });
    let pick = move |key: String| on_change.run(chatwork_id::parse_account(&key).ok());
    view! {
        <ChosenEntry label=label name=name chosen_label=chosen_label on_clear=move |()| on_change.run(None) />
        <Combobox
            name=name
            label=combobox_label(label, change, chosen_label)
            hint=hint
            example=words.hosts.account_example
            problem=problem
            current=Signal::derive(move || value.get().map(|id| id.to_string()))
            find=find
            on_pick=pick
        />
        <ListFailure failure=Signal::derive(move || directory.people_failure()) />
    }
}

/// Says why the list to pick from could not be loaded, and offers to load it again. Silent about a refused token, which
/// every page names already.
#[component]
fn ListFailure(failure: Signal<Option<ClientError>>) -> impl IntoView {
    let words = words();
    let directory = expect_context::<ChatworkDirectory>();
    move || {
        let error = failure.get().filter(ClientError::is_temporary)?;
        Some(failure_view(words, &error, move || {
            directory.reload_rooms_and_people();
        }))
    }
}

/// Label of the chosen room or account.
#[derive(Clone)]
struct ChosenLabel {
    /// Name, or the number in words while the name is not known.
    title: String,
    /// Number beside the name; `None` when the title is the number already.
    number: Option<String>,
    id: String,
}

impl ChosenLabel {
    /// Label of the entry with this id; `number_label` is the title while its name is not known.
    fn of(name: Option<String>, number_label: String, id: String) -> Self {
        Self {
            number: name.is_some().then(|| id.clone()),
            title: name.unwrap_or(number_label),
            id,
        }
    }
}

/// Label of the combobox: another one once something is chosen.
fn combobox_label(
    label: &'static str,
    change: &'static str,
    chosen_label: Signal<Option<ChosenLabel>>,
) -> Signal<String> {
    Signal::derive(move || {
        let is_chosen = chosen_label.with(Option::is_some);
        if is_chosen { change } else { label }.to_owned()
    })
}

/// The chosen entry, with a button to clear it.
#[component]
fn ChosenEntry(
    label: &'static str,
    name: &'static str,
    chosen_label: Signal<Option<ChosenLabel>>,
    #[prop(into)] on_clear: Callback<()>,
) -> impl IntoView {
    let remove = words().controls.remove;
    move || {
        chosen_label.get().map(|ChosenLabel { title, number, id }| {
            let number =
                number.map(|number| view! { " " <span class="muted digits">{number}</span> });
            view! {
                <p class="chosen" data-chosen=name data-id=id>
                    <Icon sign=Sign::DONE />
                    <span class="chosen-label">{title.clone()}{number}</span>
                    <button
                        type="button"
                        class="button quiet small"
                        data-action="clear"
                        aria-label=format!("{label}: {remove} {title}")
                        on:click=move |_| on_clear.run(())
                    >
                        {remove}
                    </button>
                </p>
            }
        })
    }
}

/// Choices for a text: the room of a pasted id, else the group chats whose name matches.
fn find_room(words: &Words, directory: ChatworkDirectory, query: &str) -> SearchResult {
    let rooms = directory.group_rooms();
    let pasted = chatwork_id::parse_room(query);
    if let Ok(id) = pasted {
        let name = rooms
            .into_iter()
            .find(|room| room.id == id)
            .map(|room| room.name);
        return SearchResult::Choices(vec![choice_by_id(words, &id.to_string(), name)]);
    }
    let problem = pasted.err().and_then(|error| id_problem(words, error));
    if let Some(problem) = problem {
        return SearchResult::Nothing(problem.to_owned());
    }
    if directory.rooms_failure().is_some() {
        return SearchResult::Nothing(words.pickers.not_loaded.to_owned());
    }
    let matching = rooms
        .into_iter()
        .filter(|room| matches(query, &[&room.name]));
    search_result(
        words,
        query,
        matching.map(|room| ComboboxOption {
            key: room.id.to_string(),
            label: room.name,
            note: room.id.to_string(),
        }),
    )
}

/// Choices for a text: the account of a pasted id, else the people whose name or department matches.
fn find_account(words: &Words, directory: ChatworkDirectory, query: &str) -> SearchResult {
    let people = directory.people();
    let pasted = chatwork_id::parse_account(query);
    if let Ok(id) = pasted {
        let name = people
            .into_iter()
            .find(|person| person.account == id)
            .map(|person| person.name);
        return SearchResult::Choices(vec![choice_by_id(words, &id.to_string(), name)]);
    }
    if directory.people_failure().is_some() {
        return SearchResult::Nothing(words.pickers.not_loaded.to_owned());
    }
    let matching: Vec<ComboboxOption> = people
        .into_iter()
        .filter(|person| matches(query, &[&person.name, &person.department]))
        .map(|person| ComboboxOption {
            key: person.account.to_string(),
            label: person.name,
            note: person.department,
        })
        .collect();
    // A Latin name may look like a Chatwork ID; matching people come first.
    let problem = pasted.err().and_then(|error| id_problem(words, error));
    match problem {
        Some(problem) if matching.is_empty() => SearchResult::Nothing(problem.to_owned()),
        _ => search_result(words, query, matching.into_iter()),
    }
}

/// Choice for a pasted id, which may be of a room or person that the bot does not know.
fn choice_by_id(words: &Words, id: &str, name: Option<String>) -> ComboboxOption {
    let unnamed = fill(words.pickers.use_number, &[("id", id)]);
    ComboboxOption {
        key: id.to_owned(),
        note: if name.is_some() {
            id.to_owned()
        } else {
            String::new()
        },
        label: name.unwrap_or(unnamed),
    }
}
