//! Adds hosts, groups and rooms from the lists that the bot reads in Chatwork. The rules are in
//! [`yobirin_domain::people_from_chatwork`].

mod gone_list;
mod group_list;
mod people_list;
mod session;

use leptos::prelude::*;
use yobirin_domain::people_from_chatwork::MatchedGroup;

use crate::components::{Alert, Check, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;
use crate::router::SetupPage;
use crate::setup::errors;
use crate::setup::nav::{Link, words};
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::in_charge_proposals::InChargeProposals;
use crate::setup::shared::joined_text::sentences;
use crate::setup::shared::page_frame::PageFrame;

use gone_list::GoneList;
use group_list::GroupList;
use people_list::PeopleList;
use session::{Outcome, Reading};

pub(crate) use session::PeopleSession;

#[component]
pub(crate) fn PeopleFromChatworkPage() -> impl IntoView {
    let words = words();
    let texts = &words.people_from_chatwork;
    let directory = expect_context::<ChatworkDirectory>();
    // A memo of this alone, so that a poll that changes the bot does not start reading again.
    let is_connected = Memo::new(move |_| directory.bot().is_some());
    let content = move || {
        if is_connected.get() {
            let session = PeopleSession::start();
            view! {
                <ApplyBar session=session />
                <PeopleChooser session=session />
            }
            .into_any()
        } else {
            view! {
                <Alert kind="not-connected">
                    <p>{texts.not_connected}</p>
                    <Link to=SetupPage::Chatwork class="button small">{texts.to_chatwork}</Link>
                </Alert>
            }
            .into_any()
        }
    };
    view! {
        <PageFrame name="people" title=texts.title lead=texts.lead up=(SetupPage::Hosts, words.hosts.title)>
            {content}
        </PageFrame>
    }
}

/// The button that applies the choice, and its result.
#[component]
fn ApplyBar(session: PeopleSession) -> impl IntoView {
    let texts = &words().people_from_chatwork;
    let chosen_count = Memo::new(move |_| session.chosen_count());
    let has_choice = Memo::new(move |_| session.has_choice());
    let label = move || match chosen_count.get() {
        0 => texts.apply.to_owned(),
        count => counted(texts.add, count),
    };
    let outcome = move || {
        session.outcome.get().map(|outcome| {
            view! { <Alert tone=Tone::Good kind="applied">{outcome_text(outcome)}</Alert> }
        })
    };
    view! {
        <div class="row apply-bar">
            {move || has_choice.get().then(|| view! {
                <button type="button" class="button primary" data-action="apply" on:click=move |_| session.apply()>{label}</button>
            })}
            <ReadingState session=session />
        </div>
        {outcome}
        {move || session.outcome.with(Option::is_some).then(|| view! { <InChargeProposals /> })}
    }
}

/// Result of applying the choice, in words.
fn outcome_text(outcome: Outcome) -> String {
    let words = words();
    let texts = &words.people_from_chatwork;
    let applied = outcome.applied;
    let parts = [
        (texts.applied, applied.added),
        (texts.applied_linked, applied.linked),
        (texts.applied_groups, applied.groups),
        (texts.applied_rooms, applied.rooms),
        (texts.applied_in_charge, applied.in_charge),
        (texts.applied_removed, outcome.removed),
    ];
    let sentences = parts.into_iter().filter(|(_, count)| *count > 0);
    let mut sentences: Vec<String> = sentences
        .map(|(text, count)| counted(text, count))
        .collect();
    sentences.push(texts.save_it.to_owned());
    sentences.join(words.sentence_gap())
}

/// Progress of reading, and the number of people who are hosts already.
#[component]
fn ReadingState(session: PeopleSession) -> impl IntoView {
    let texts = &words().people_from_chatwork;
    let known_count = Memo::new(move |_| {
        session.proposal.with(|proposal| {
            let people = proposal.people.iter();
            people.filter(|person| !person.is_open()).count()
        })
    });
    let person_count = Memo::new(move |_| session.proposal.with(|proposal| proposal.people.len()));
    let text = move || match session.reading.get() {
        Reading::Contacts => texts.reading.to_owned(),
        Reading::Members { done, total } => fill(
            texts.reading_members,
            &[
                ("done", &(done + 1).to_string()),
                ("total", &total.to_string()),
            ],
        ),
        Reading::Done { .. }
            if known_count.get() == person_count.get() && known_count.get() > 0 =>
        {
            counted(texts.all_known, known_count.get())
        }
        Reading::Done { .. } if known_count.get() > 0 => counted(texts.known, known_count.get()),
        Reading::Done { .. } | Reading::Failed(_) => String::new(),
    };
    let is_reading = Memo::new(move |_| {
        matches!(
            session.reading.get(),
            Reading::Contacts | Reading::Members { .. }
        )
    });
    view! {
        <p class="waiting" role="status">
            {move || is_reading.get().then(|| view! { <span class="spinner"></span> })}
            <span>{text}</span>
        </p>
    }
}

/// The choice of people, their departments as groups, rooms and people in charge of groups, and hosts to remove.
#[component]
pub(crate) fn PeopleChooser(session: PeopleSession) -> impl IntoView {
    let words = words();
    let texts = &words.people_from_chatwork;
    let reading_problem = move || match session.reading.get() {
        Reading::Failed(error) => Some((Tone::Bad, errors::text(words, &error))),
        Reading::Done {
            is_complete: false,
            limit,
        } => {
            let limit = limit.map(|error| errors::text(words, &error));
            let parts = [limit.as_deref(), Some(texts.partly_read)];
            let parts: Vec<&str> = parts.into_iter().flatten().collect();
            Some((Tone::Warn, sentences(words, &parts)))
        }
        _ => None,
    };
    let reading_alert = move || {
        reading_problem().map(|(tone, text)| view! {
            <Alert tone=tone kind="unread">
                <p>{text}</p>
                <button type="button" class="button small" data-action="read-again" on:click=move |_| session.read()>{texts.read_again}</button>
            </Alert>
        })
    };
    let has_nobody = Memo::new(move |_| session.has_nobody());
    let nobody = move || {
        has_nobody.get().then(|| view! {
            <Alert kind="nobody">
                <p>{texts.contacts_none}</p>
                <p class="row">
                    <Link to=SetupPage::Chatwork class="button small">{texts.to_chatwork}</Link>
                    <Link to=SetupPage::Import class="button small">{texts.import_instead}</Link>
                </p>
            </Alert>
        })
    };
    // Number of groups that the departments of the chosen people need, each counted once.
    let new_group_count = Memo::new(move |_| {
        session.proposal.with(|proposal| {
            let people = proposal.people.iter();
            let chosen = people.filter(|person| session.is_chosen(person));
            let groups = chosen.filter_map(|person| {
                proposal
                    .groups_by_department
                    .get(&person.account.department)
            });
            let new = groups.filter(|group| matches!(group, MatchedGroup::New(_)));
            new.collect::<std::collections::BTreeSet<_>>().len()
        })
    });
    let has_departments = Memo::new(move |_| {
        session.proposal.with(|proposal| {
            let mut people = proposal.people.iter();
            people.any(|person| person.is_open() && !person.account.department.is_empty())
        })
    });
    let departments = move || {
        has_departments.get().then(|| {
            let count = new_group_count.get();
            let new_groups = counted(texts.departments_new, count);
            let hints = [texts.departments_hint, &new_groups];
            let hints = if count == 0 { &hints[..1] } else { &hints };
            view! {
                <Check
                    name="departments"
                    label=texts.departments
                    hint=sentences(words, hints)
                    value=session.makes_groups
                    on_change=move |is_on| session.makes_groups.set(is_on)
                />
            }
        })
    };
    view! {
        {reading_alert}
        {nobody}
        {departments}
        <GroupList session=session />
        <GoneList session=session />
        <PeopleList session=session are_contacts=true />
        <PeopleList session=session are_contacts=false />
    }
}
