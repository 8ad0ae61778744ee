//! Queued messages, and the requests that are left in Chatwork's rate limit.

use leptos::prelude::*;
use yobirin_api::chatwork::Traffic;

use crate::browser::clock;
use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;

use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::remote::{Remote, fetch_detached, poll};
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
    poll(traffic, POLL_INTERVAL_MS, move || admin.traffic());
    let content = move || match traffic.get() {
        Remote::Loaded(state) => {
            let queue = match state.oldest {
                None => texts.traffic_none.to_owned(),
                Some(since) => fill(
                    &counted(
                        texts.traffic_waiting,
                        usize::try_from(state.waiting).unwrap_or(usize::MAX),
                    ),
                    &[("time", &clock::time_of_day(since, &zone))],
                ),
            };
            let requests_left = fill(
                texts.traffic_quota,
                &[("left", &state.requests_left.to_string())],
            );
            let pause = state.paused_until.map(|until| {
                let time = clock::time_of_day(until, &zone);
                view! { <Alert tone=Tone::Warn kind="resting">{fill(texts.traffic_paused, &[("time", &time)])}</Alert> }
            });
            view! { <p data-waiting=state.waiting.to_string()>{queue}</p> <p class="muted" data-requests-left=state.requests_left.to_string()>{requests_left}</p> {pause} }
                .into_any()
        }
        other => loading_view(&other, move || fetch_detached(traffic, admin.traffic())),
    };
    view! { <Section title=texts.traffic name="traffic">{content}</Section> }
}
