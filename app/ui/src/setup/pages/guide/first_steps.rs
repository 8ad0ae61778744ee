//! The steps before the tablet: office, Chatwork, people.

use leptos::prelude::*;
use yobirin_api::chatwork::Connection;
use yobirin_domain::setup_progress::GuideStep;

use super::GuideRun;
use super::next_row::NextRow;
use crate::components::{Alert, SubmitForm, TextField, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::pages::chatwork::{ConnectForm, ConnectedBot, ContactRequests, DefaultRoom};
use crate::setup::pages::people_from_chatwork::{PeopleChooser, PeopleSession};
use crate::setup::remote::Remote;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::contact_fields::ContactFields;
use crate::setup::shared::in_charge_proposals::InChargeProposals;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::Section;

/// Name of the office and the contact for visitors.
#[component]
pub(super) fn OfficeStep(run: GuideRun) -> impl IntoView {
    let words = words();
    let (texts, site_texts) = (&words.guide, &words.site);
    let site = expect_context::<DraftStore>().site();
    let name = site.text(|site| site.name.clone());
    let missing = Signal::derive(move || {
        let is_blank = name.with(|name| name.trim().is_empty());
        if is_blank { texts.office_missing } else { "" }
    });
    let submit = move |()| {
        if missing.get_untracked().is_empty() {
            run.go_on();
        }
    };
    view! {
        <SubmitForm class="guide" name="guide-office" busy=Signal::derive(move || run.is_leaving()) on_submit=submit>
            <div class="card" data-section="office">
                <TextField
                    name="site-name"
                    label=texts.office_name
                    hint=site_texts.name_hint
                    autocomplete="organization"
                    value=name
                    on_input=site.set(|site, text| site.name = text)
                    problem=site.problem("name")
                />
                <ContactFields site=site />
            </div>
            <NextRow run=run label=texts.next missing=missing on_next=submit is_submit=true />
        </SubmitForm>
    }
}

/// The bot's token and the default room.
#[component]
pub(super) fn ChatworkStep(run: GuideRun) -> impl IntoView {
    let words = words();
    let texts = &words.guide;
    let directory = expect_context::<ChatworkDirectory>();
    let store = expect_context::<DraftStore>();
    let room = store.memo(|document| document.site.default_room);
    let is_connected = Memo::new(move |_| {
        matches!(
            directory.connection(),
            Remote::Loaded(Connection::Connected { .. })
        )
    });
    let missing = Signal::derive(move || {
        if !is_connected.get() {
            texts.chatwork_missing
        } else if room.get().is_none() {
            texts.room_missing
        } else {
            ""
        }
    });
    let connection = move || match directory.connection() {
        Remote::Loaded(Connection::Disconnected) => view! { <ConnectForm /> }.into_any(),
        Remote::Loaded(Connection::Connected { bot, since, outage }) => {
            view! { <ConnectedBot bot=bot since=since outage=outage /> }.into_any()
        }
        Remote::Loaded(Connection::Refused { bot, since }) => view! {
            <Alert tone=Tone::Bad kind="refused">{words.chatwork.token_refused_explanation}</Alert>
            <ConnectForm />
            <ConnectedBot bot=bot since=since outage=None is_refused=true />
        }
        .into_any(),
        other => loading_view(&other, move || directory.reload()),
    };
    let default_room = move || is_connected.get().then(|| view! { <DefaultRoom /> });
    view! {
        <Section title=words.chatwork.connection name="connection">{connection}</Section>
        {default_room}
        <NextRow
            run=run
            label=texts.next
            missing=missing
            on_next=move |()| run.go_on()
            is_secondary=Signal::derive(move || !missing.get().is_empty())
        />
    }
}

/// Hosts, groups and rooms from Chatwork.
#[component]
pub(super) fn PeopleStep(run: GuideRun) -> impl IntoView {
    let words = words();
    let texts = &words.guide;
    let directory = expect_context::<ChatworkDirectory>();
    let is_connected = Memo::new(move |_| directory.bot().is_some());
    move || {
        if !is_connected.get() {
            return view! {
                <Alert kind="not-connected">
                    <p>{words.people_from_chatwork.not_connected}</p>
                    <button type="button" class="button small" data-action="to-chatwork" on:click=move |_| run.show(GuideStep::Chatwork)>
                        {texts.to_chatwork}
                    </button>
                </Alert>
                <NextRow run=run label=texts.next missing=texts.chatwork_missing on_next=|()| () />
            }
            .into_any();
        }
        let session = PeopleSession::start();
        let chosen_count = Memo::new(move |_| session.chosen_count());
        let label = Signal::derive(move || match chosen_count.get() {
            0 => texts.next.to_owned(),
            count => counted(texts.people_add, count),
        });
        let next = move |()| {
            if untrack(|| session.has_choice()) {
                session.apply();
            }
            run.go_on();
        };
        // Without contacts nobody can be added, so contact requests to the bot are offered. They stay, because each
        // accepted one may leave others.
        let offers_requests =
            Memo::new(move |offered: Option<&bool>| offered == Some(&true) || session.has_nobody());
        let requests = move || {
            offers_requests
                .get()
                .then(|| view! { <ContactRequests on_accepted=move |()| session.read() /> })
        };
        view! {
            <PeopleChooser session=session />
            <KnownPeople session=session />
            {requests}
            <NextRow run=run label=label missing="" on_next=next />
        }
        .into_any()
    }
}

/// Number of hosts and groups, once nobody is left who is proposed as a host; with links to their pages.
#[component]
fn KnownPeople(session: PeopleSession) -> impl IntoView {
    let words = words();
    let texts = &words.guide;
    let store = expect_context::<DraftStore>();
    let has_open_person = Memo::new(move |_| session.has_open_person());
    let is_complete = Memo::new(move |_| {
        session.is_read() && !session.has_nobody() && !session.has_proposed_person()
    });
    let counts = store.memo(|document| (document.hosts.len(), document.groups.len()));
    move || {
        is_complete.get().then(|| {
            let (hosts, groups) = counts.get();
            let text = fill(
                texts.people_known,
                &[
                    ("hosts", &hosts.to_string()),
                    ("groups", &groups.to_string()),
                ],
            );
            view! {
                <Alert tone=Tone::Good kind="known">
                    <p><strong>{text}</strong></p>
                    <p>{move || if has_open_person.get() { texts.people_known_others } else { texts.people_known_next }}</p>
                    <p class="row">
                        <Link to=SetupPage::Hosts class="button small">{words.layout.hosts}</Link>
                        <Link to=SetupPage::Groups class="button small">{words.layout.groups}</Link>
                    </p>
                </Alert>
                <InChargeProposals />
            }
        })
    }
}
