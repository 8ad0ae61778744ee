//! Chatwork page: connection, default room, contact requests, test message, webhook, traffic.

mod connect;
mod connected;
mod default_room;
mod requests;
mod test_message;
mod traffic;
mod webhook;
mod webhook_token;

use leptos::prelude::*;
use yobirin_api::chatwork::Connection;

use crate::components::{Alert, Tone};
use crate::router::SetupPage;

use crate::setup::nav::{Link, words};
use crate::setup::remote::Remote;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::{PageFrame, Section};

pub(crate) use connect::ConnectForm;
pub(crate) use connected::{ConnectedBot, outage_text};
pub(crate) use default_room::DefaultRoom;
pub(crate) use requests::ContactRequests;
use test_message::TestMessageSection;
use traffic::TrafficSection;
use webhook::WebhookCard;

#[component]
pub(crate) fn ChatworkPage() -> impl IntoView {
    let texts = &words().chatwork;
    let directory = expect_context::<ChatworkDirectory>();
    let state = move || match directory.connection() {
        Remote::Loaded(Connection::Disconnected) => view! { <ConnectForm /> }.into_any(),
        Remote::Loaded(Connection::Connected { bot, since, outage }) => {
            view! { <ConnectedBot bot=bot since=since outage=outage /> }.into_any()
        }
        Remote::Loaded(Connection::Refused { bot, since }) => view! {
            <Alert tone=Tone::Bad kind="refused">{texts.token_refused_explanation}</Alert>
            <ConnectForm />
            <ConnectedBot bot=bot since=since outage=None is_refused=true />
        }
        .into_any(),
        other => loading_view(&other, move || directory.reload()),
    };
    // The sections below are not shown before the first one has its height, so that they do not move; a later reload
    // does not hide them.
    let is_known =
        Memo::new(move |was_known| was_known == Some(&true) || directory.connection().is_settled());
    let default_room = move || is_known.get().then(|| view! { <DefaultRoom /> });
    // A memo, so that a change of the bot does not render the sections again.
    let is_connected = Memo::new(move |_| {
        matches!(
            directory.connection(),
            Remote::Loaded(Connection::Connected { .. })
        )
    });
    let connected_sections = move || {
        is_connected
            .get()
            .then(|| view! { <AddPeople /> <ContactRequests /> <TestMessageSection /> <WebhookCard /> <TrafficSection /> })
    };
    view! {
        <PageFrame name="chatwork" title=texts.title lead=texts.lead>
            <Section title=texts.connection name="connection">{state}</Section>
            {default_room}
            {connected_sections}
        </PageFrame>
    }
}

/// Section with a link to the page that adds the bot's contacts as hosts.
#[component]
fn AddPeople() -> impl IntoView {
    let words = words();
    view! {
        <Section title=words.hosts.title lead=words.chatwork.people_lead name="people">
            <p class="row">
                <Link to=SetupPage::PeopleFromChatwork class="button" action="from-chatwork">{words.people_from_chatwork.open}</Link>
            </p>
        </Section>
    }
}
