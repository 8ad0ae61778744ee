//! The people with a tick box each, by department.

use leptos::prelude::*;
use yobirin_domain::people_from_chatwork::{Person, PersonState};

use super::session::PeopleSession;
use crate::i18n::fill;
use crate::i18n::setup::SEPARATOR;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

/// Number of people who are shown at first.
const INITIAL_PEOPLE: usize = 200;
/// Number of people that each press of "more" adds.
const MORE_PEOPLE: usize = 400;

/// People of one department.
#[derive(Clone, Debug, PartialEq, Eq)]
struct DepartmentPeople {
    department: String,
    people: Vec<Person>,
}

/// Splits people into departments; they are sorted by department already.
fn by_department(people: impl Iterator<Item = Person>) -> Vec<DepartmentPeople> {
    let mut departments: Vec<DepartmentPeople> = Vec::new();
    for person in people {
        let name = &person.account.department;
        match departments.last_mut() {
            Some(last) if last.department == *name => last.people.push(person),
            _ => departments.push(DepartmentPeople {
                department: name.clone(),
                people: vec![person],
            }),
        }
    }
    departments
}

/// People who can be added: with `are_contacts` the bot's contacts, else the other members of its rooms.
#[component]
pub(super) fn PeopleList(session: PeopleSession, are_contacts: bool) -> impl IntoView {
    let texts = &words().people_from_chatwork;
    let limit = RwSignal::new(INITIAL_PEOPLE);
    let people = Memo::new(move |_| {
        session.proposal.with(|proposal| {
            let people = proposal.people.iter();
            let people = people
                .filter(|person| person.is_open() && person.account.is_contact == are_contacts);
            people.cloned().collect::<Vec<_>>()
        })
    });
    let departments = Memo::new(move |_| {
        people.with(|people| by_department(people.iter().take(limit.get()).cloned()))
    });
    let list = move || {
        let group = |group: DepartmentPeople| view! { <Department session=session group=group /> };
        departments.get().into_iter().map(group).collect_view()
    };
    let more_button = move || {
        let count = people.with(Vec::len).saturating_sub(limit.get());
        (count > 0).then(|| view! {
            <button type="button" class="button" data-action="more" on:click=move |_| limit.update(|limit| *limit += MORE_PEOPLE)>
                {fill(texts.more, &[("count", &count.to_string())])}
            </button>
        })
    };
    let lacks_furigana =
        Memo::new(move |_| people.with(|people| people.iter().any(Person::lacks_furigana)));
    let section = move || match (are_contacts, lacks_furigana.get()) {
        (true, true) => (texts.people, texts.no_kana, "people"),
        (true, false) => (texts.people, "", "people"),
        (false, _) => (texts.members, texts.members_lead, "members"),
    };
    let is_empty = Memo::new(move |_| people.with(Vec::is_empty));
    move || {
        (!is_empty.get()).then(|| {
            let (title, lead, name) = section();
            view! {
                <Section title=title lead=lead name=name>
                    {list}
                    {more_button}
                </Section>
            }
        })
    }
}

#[component]
fn Department(session: PeopleSession, group: DepartmentPeople) -> impl IntoView {
    let texts = &words().people_from_chatwork;
    let name = if group.department.is_empty() {
        texts.no_department.to_owned()
    } else {
        group.department.clone()
    };
    let select_all_label = fill(texts.select_all, &[("name", &name)]);
    let people = StoredValue::new(group.people.clone());
    let chosen_count = Memo::new(move |_| {
        people.with_value(|people| {
            let people = people.iter();
            people.filter(|person| session.is_chosen(person)).count()
        })
    });
    let total = group.people.len();
    let choose_all = move |is_chosen: bool| {
        let accounts = people.with_value(|people| {
            let accounts = people.iter().map(|person| person.account.id);
            accounts.collect::<Vec<_>>()
        });
        session.choose(accounts, is_chosen);
    };
    let rows = group
        .people
        .into_iter()
        .map(|person| view! { <PersonRow session=session person=person /> });
    let label = name.clone();
    view! {
        <div class="people-group" role="group" aria-label=label data-department=group.department>
            <label class="people-head">
                <input
                    type="checkbox"
                    aria-label=select_all_label
                    prop:checked=move || chosen_count.get() == total
                    prop:indeterminate=move || (1..total).contains(&chosen_count.get())
                    on:change=move |event| choose_all(event_target_checked(&event))
                />
                <span>{name}</span>
                <span class="muted small digits">{move || format!("{} / {total}", chosen_count.get())}</span>
            </label>
            <ul class="people" role="list">{rows.collect_view()}</ul>
        </div>
    }
}

#[component]
fn PersonRow(session: PeopleSession, person: Person) -> impl IntoView {
    let texts = &words().people_from_chatwork;
    let account = person.account.id;
    let note = match person.state {
        PersonState::Link(_) => texts.link,
        PersonState::SameName(_) => texts.same_name,
        PersonState::New | PersonState::Known(_) => "",
    };
    let note = (!note.is_empty()).then(|| view! { <span class="people-note">{note}</span> });
    let spellings = [person.name.kana.clone(), person.name.latin_name.clone()];
    let spellings = spellings
        .into_iter()
        .filter(|spelling| !spelling.is_empty() && *spelling != person.name.name)
        .collect::<Vec<_>>()
        .join(SEPARATOR);
    let spellings =
        (!spellings.is_empty()).then(|| view! { <span class="muted small">{spellings}</span> });
    let name = person.name.name.clone();
    let person = StoredValue::new(person);
    view! {
        <li data-person=account.to_string()>
            <label class="person">
                <input
                    type="checkbox"
                    prop:checked=move || person.with_value(|person| session.is_chosen(person))
                    on:change=move |event| session.choose([account], event_target_checked(&event))
                />
                <span class="person-name">{name} " " {spellings} {note}</span>
            </label>
        </li>
    }
}
