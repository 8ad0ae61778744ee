//! Queued messages, and the remaining requests of Chatwork's rate limit.

use leptos::prelude::*;
use yobirin_api::chatwork::Traffic;

use crate::browser::clock;
use crate::components::{Alert, Tone};
use crate::i18n::fill;

use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::remote::{Remote, poll};
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::Section;

/// Polling interval, in milliseconds.
const POLL_INTERVAL_MS: u64 = 5_000;

#[component]
pub(crate) fn TrafficSection() -> impl IntoView {
    let texts = &words().chatwork;
    let admin = expect_context::<AdminClient>();
    let store = expect_context::<DraftStore>();
    let zone = store.peek(|document| document.site.time_zone.clone());
    let traffic = RwSignal::new(Remote::<Traffic>::Loading);
    let load = move || poll(traffic, POLL_INTERVAL_MS, move || admin.traffic());
    load();
    let content = move || match traffic.get() {
        Remote::Loaded(traffic_now) => {
            let waits = match traffic_now.oldest {
                None => texts.traffic_none.to_owned(),
                Some(since) => fill(
                    texts.traffic_waiting,
                    &[
                        ("count", &traffic_now.waiting.to_string()),
                        ("time", &clock::time_of_day(since, &zone)),
                    ],
                ),
            };
            let requests_left = fill(
                texts.traffic_quota,
                &[("left", &traffic_now.requests_left.to_string())],
            );
            let resting = traffic_now.paused_until.map(|until| {
                let time = clock::time_of_day(until, &zone);
                view! { <Alert tone=Tone::Warn kind="resting">{fill(texts.traffic_paused, &[("time", &time)])}</Alert> }
            });
            view! { <p data-waiting=traffic_now.waiting.to_string()>{waits}</p> <p class="muted">{requests_left}</p> {resting} }
                .into_any()
        }
        other => loading_view(&other, load),
    };
    view! { <Section title=texts.traffic name="traffic">{content}</Section> }
}
