//! Groups of the chosen people, each with a choice of its room and of one person in charge. Both are optional.

use leptos::prelude::*;
use yobirin_domain::chatwork_id;
use yobirin_domain::people_from_chatwork::{MatchedGroup, OpenGroup, Room};

use super::session::PeopleSession;
use crate::components::{SelectField, SelectOption};
use crate::i18n::fill;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::Section;

/// Number of groups that are shown at first.
const INITIAL_GROUPS: usize = 30;
/// Number of groups that each press of "more" adds.
const MORE_GROUPS: usize = 100;
/// Key of the option that leaves a choice open.
const NOTHING: &str = "";

/// The groups that lack a room or somebody in charge. Renders nothing without any.
#[component]
pub(super) fn GroupList(session: PeopleSession) -> impl IntoView {
    let words = words();
    let texts = &words.people_from_chatwork;
    let limit = RwSignal::new(INITIAL_GROUPS);
    let open_groups = session.open_groups;
    let groups = Memo::new(move |_| {
        open_groups.with(|groups| {
            let groups = groups.iter().take(limit.get());
            groups.map(|open| open.group.clone()).collect::<Vec<_>>()
        })
    });
    let has_room_choice = Memo::new(move |_| {
        let lacks_room = open_groups.with(|groups| groups.iter().any(|open| open.lacks_room));
        lacks_room && session.rooms.with(|rooms| !rooms.is_empty())
    });
    let has_people_choice = Memo::new(move |_| {
        open_groups.with(|groups| groups.iter().any(|open| !open.candidates.is_empty()))
    });
    let leads = move || {
        let leads = [
            (has_room_choice.get(), texts.group_rooms_lead),
            (has_people_choice.get(), texts.group_in_charge_lead),
        ];
        let shown = leads.into_iter().filter(|(is_shown, _)| *is_shown);
        shown
            .map(|(_, lead)| view! { <p class="muted">{lead}</p> })
            .collect_view()
    };
    let more_button = move || {
        let count = open_groups.with(Vec::len).saturating_sub(limit.get());
        (count > 0).then(|| view! {
            <button type="button" class="button" data-action="more-groups" on:click=move |_| limit.update(|limit| *limit += MORE_GROUPS)>
                {fill(texts.more_groups, &[("count", &count.to_string())])}
            </button>
        })
    };
    move || {
        (has_room_choice.get() || has_people_choice.get()).then(|| {
            view! {
                <Section title=texts.groups name="open-groups">
                    {leads}
                    <ul class="open-groups" role="list">
                        <For each=move || groups.get() key=Clone::clone let:group>
                            <GroupRow session=session group=group />
                        </For>
                    </ul>
                    {more_button}
                </Section>
            }
        })
    }
}

#[component]
fn GroupRow(session: PeopleSession, group: MatchedGroup) -> impl IntoView {
    let texts = &words().people_from_chatwork;
    let names = DisplayNames::from_context();
    let (key, name) = match &group {
        MatchedGroup::Existing(id) => (id.to_string(), untrack(|| names.group(id))),
        MatchedGroup::New(name) => (name.clone(), name.clone()),
    };
    let label = name.clone();
    let group = StoredValue::new(group);
    let open_group = Memo::new(move |_| {
        session.open_groups.with(|groups| {
            let is_this = |open: &&OpenGroup| group.with_value(|group| open.group == *group);
            groups.iter().find(is_this).cloned()
        })
    });
    let has_room_choice = Memo::new(move |_| {
        let lacks_room = open_group.with(|open| open.as_ref().is_some_and(|open| open.lacks_room));
        lacks_room && session.rooms.with(|rooms| !rooms.is_empty())
    });
    let has_people_choice = Memo::new(move |_| {
        open_group.with(|open| {
            open.as_ref()
                .is_some_and(|open| !open.candidates.is_empty())
        })
    });
    let rooms = Memo::new(move |_| room_options(session, group));
    let people = Memo::new(move |_| {
        let candidates = open_group.with(|open| open.as_ref().map(|open| open.candidates.clone()));
        let candidates = candidates.unwrap_or_default();
        session.proposal.with(|proposal| {
            let people = proposal.people.iter();
            let people = people.filter(|person| candidates.contains(&person.account.id));
            let options = people.map(|person| {
                SelectOption::new(person.account.id.to_string(), person.name.name.clone())
            });
            let nobody = SelectOption::new(NOTHING, texts.in_charge_later);
            std::iter::once(nobody).chain(options).collect::<Vec<_>>()
        })
    });
    let key_of = |id: Option<String>| id.unwrap_or_else(|| NOTHING.to_owned());
    let room = Signal::derive(move || {
        let room = group.with_value(|group| session.room_of(group));
        key_of(room.map(|id| id.to_string()))
    });
    let person = Signal::derive(move || {
        let account = group.with_value(|group| session.in_charge_of(group));
        key_of(account.map(|id| id.to_string()))
    });
    let choose_room = move |key: String| {
        session.choose_room(group.get_value(), chatwork_id::parse_room(&key).ok());
    };
    let choose_person = move |key: String| {
        session.choose_in_charge(group.get_value(), chatwork_id::parse_account(&key).ok());
    };
    view! {
        <li>
          <div class="open-group" role="group" aria-label=label data-open-group=key>
            <strong class="open-group-name">{name}</strong>
            {move || has_room_choice.get().then(|| view! {
                <SelectField name="open-group-room" label=texts.group_room value=room options=rooms on_change=choose_room />
            })}
            {move || has_people_choice.get().then(|| view! {
                <SelectField name="open-group-in-charge" label=texts.group_in_charge value=person options=people on_change=choose_person />
            })}
          </div>
        </li>
    }
}

/// The bot's rooms, after the option of none; the proposed one says so.
fn room_options(session: PeopleSession, group: StoredValue<MatchedGroup>) -> Vec<SelectOption> {
    let texts = &words().people_from_chatwork;
    let proposed = session.proposal.with(|proposal| {
        let mut rooms = proposal.rooms.iter();
        let found = rooms.find(|found| group.with_value(|group| found.group == *group));
        found.map(|found| found.room.id)
    });
    let none = SelectOption::new(NOTHING, texts.group_room_none);
    let options = session.rooms.with(|rooms| {
        let option = |room: &Room| {
            let label = if proposed == Some(room.id) {
                fill(texts.room_proposed, &[("room", &room.name)])
            } else {
                room.name.clone()
            };
            SelectOption::new(room.id.to_string(), label)
        };
        rooms.iter().map(option).collect::<Vec<_>>()
    });
    std::iter::once(none).chain(options).collect()
}
