//! Test message to a destination of the saved settings.

use leptos::prelude::*;
use yobirin_api::ErrorCode;
use yobirin_domain::routing::Destination;

use crate::components::combobox::SearchResult;
use crate::components::{Alert, Combobox, ComboboxOption, Tone};
use crate::i18n::fill;

use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::Section;
use crate::setup::shared::pick::{matches, search_result};
use crate::setup::shared::test_delivery::{TestDelivery, TestDeliveryState};

/// Maximum of destinations that the combobox suggests.
const MAX_SUGGESTIONS: usize = 20;

/// Destinations of the saved settings that match a query: rooms of groups, then accounts of hosts.
fn destination_choices(store: DraftStore, names: DisplayNames, query: &str) -> Vec<ComboboxOption> {
    store.with_saved(|saved| {
        let groups = saved.groups.iter().filter_map(|group| {
            let room = group.room?;
            let (name, room_name) = (names.group(&group.id), names.room(room));
            matches(query, &[&name, &room_name]).then(|| ComboboxOption {
                key: format!("room:{room}"),
                label: room_name,
                note: name,
            })
        });
        let hosts = saved.hosts.iter().filter_map(|host| {
            let account = host.account?;
            matches(query, &[&host.name, &host.kana]).then(|| ComboboxOption {
                key: format!("account:{account}"),
                label: host.name.clone(),
                note: host.kana.clone(),
            })
        });
        groups.chain(hosts).take(MAX_SUGGESTIONS).collect()
    })
}

/// Destination of a choice's key.
fn parse_destination(key: &str) -> Option<Destination> {
    let (kind, number) = key.split_once(':')?;
    let number: u64 = number.parse().ok()?;
    match kind {
        "room" => number.try_into().ok().map(Destination::Room),
        _ => number.try_into().ok().map(Destination::Account),
    }
}

#[component]
pub(crate) fn TestMessageSection() -> impl IntoView {
    let words = words();
    let texts = &words.chatwork;
    let admin = expect_context::<AdminClient>();
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let to = RwSignal::new(None::<Destination>);
    let test = TestDelivery::new(admin);
    let send = move |_| {
        let to = to.get_untracked();
        test.send(async move { admin.test_message(to).await.map(Some) });
    };
    let find = move |query: String| {
        let choices = destination_choices(store, names, &query);
        if choices.is_empty() && query.trim().is_empty() {
            return SearchResult::Nothing(texts.test_no_others.to_owned());
        }
        search_result(words, &query, choices.into_iter())
    };
    let default_room = Memo::new(move |_| store.with_saved(|saved| saved.site.default_room));
    let default_destination = move || default_room.get().map(Destination::Room);
    let destination_text = move || match to.get() {
        Some(to) => names.destination(to),
        None => default_room.get().map_or_else(
            || texts.test_no_default_room.to_owned(),
            |room| fill(texts.test_default_room, &[("room", &names.room(room))]),
        ),
    };
    let default_button = move || {
        to.get().map(|_| view! {
            <button type="button" class="button small quiet" data-action="test-default" on:click=move |_| to.set(None)>
                {texts.test_back_to_default}
            </button>
        })
    };
    let failure_alert = move || {
        test.failure().map(|error| {
            let text = match error.code() {
                Some(ErrorCode::DestinationNotAllowed)
                    if to.get().or(default_destination()).is_none() =>
                {
                    texts.test_needs_room.to_owned()
                }
                Some(ErrorCode::DestinationNotAllowed) => texts.test_not_saved.to_owned(),
                Some(ErrorCode::TokenRefused) => texts.token_refused_explanation.to_owned(),
                _ => errors::text(words, &error),
            };
            view! { <Alert tone=Tone::Bad kind="test-failed">{text}</Alert> }
        })
    };
    view! {
        <Section title=texts.test lead=texts.test_lead name="test">
            <p class="chosen" data-test-to=""><span class="muted">{texts.test_destination}</span> " " <strong>{destination_text}</strong> " " {default_button}</p>
            <Combobox
                name="test-to"
                label=Signal::derive(move || texts.test_another.to_owned())
                hint=texts.test_hint
                find=find
                on_pick=move |key: String| to.set(parse_destination(&key))
            />
            <p>
                <button
                    type="button"
                    class="button primary"
                    data-action="test"
                    aria-disabled=move || test.is_under_way().to_string()
                    on:click=send
                >
                    {texts.test_send}
                </button>
            </p>
            <TestDeliveryState test=test />
            {failure_alert}
        </Section>
    }
}
