//! The download of the call history: reads every page of the filtered list and saves it as CSV.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::Millis;

use super::csv::HistoryCsv;
use super::filter::Filter;
use crate::api::admin::AdminClient;
use crate::api::response::{ApiResult, ClientError};
use crate::browser::{clock, file};
use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;

/// Calls of one request: the maximum that the relay allows.
const CALLS_PER_PAGE: usize = 200;
/// Maximum of calls in one file, which the browser holds in memory while it grows.
const MAX_CALLS: usize = 50_000;
const CSV_MIME: &str = "text/csv;charset=utf-8";

/// Progress and result of the CSV download.
#[derive(Clone, PartialEq, Eq)]
enum Download {
    Idle,
    /// In progress, with the number of calls read so far.
    Reading(usize),
    /// Saved, without the calls beyond [`MAX_CALLS`].
    LimitReached,
    Failed(ClientError),
}

/// Button, progress and result.
#[component]
pub(crate) fn CsvDownload(filter: RwSignal<Filter>) -> impl IntoView {
    let words = words();
    let texts = &words.history_csv;
    let admin = expect_context::<AdminClient>();
    let store = expect_context::<DraftStore>();
    let directory = expect_context::<ChatworkDirectory>();
    let state = RwSignal::new(Download::Idle);
    let is_reading = move || state.with(|state| matches!(state, Download::Reading(_)));
    // Ends when the page is left: a file that nobody waits for is not saved.
    let download = move |_| {
        if untrack(is_reading) {
            return;
        }
        state.set(Download::Reading(0));
        let query = filter.get_untracked().query();
        spawn_local_scoped_with_cancellation(async move {
            let on_progress = move |count| {
                let _ = state.try_set(Download::Reading(count));
            };
            let result = match read_all(admin, store, directory, words, &query, on_progress).await {
                Ok((text, is_complete)) => {
                    let zone = time_zone(store);
                    let name = format!("yobirin-calls-{}.csv", clock::today(&zone));
                    file::save(&name, CSV_MIME, &text);
                    if is_complete {
                        Download::Idle
                    } else {
                        Download::LimitReached
                    }
                }
                Err(error) => Download::Failed(error),
            };
            let _ = state.try_set(result);
        });
    };
    let status = move || match state.get() {
        Download::Idle => ().into_any(),
        Download::Reading(count) => {
            let text = counted(texts.progress, count);
            view! {
                <p class="waiting" role="status" data-csv="reading"><span class="spinner"></span>{text}</p>
            }
            .into_any()
        }
        Download::LimitReached => {
            let text = fill(texts.limit_reached, &[("count", &MAX_CALLS.to_string())]);
            view! { <Alert tone=Tone::Warn kind="csv-limit">{text}</Alert> }.into_any()
        }
        Download::Failed(error) => {
            let text = errors::text(words, &error);
            view! { <Alert tone=Tone::Bad kind="csv-failed">{text}</Alert> }.into_any()
        }
    };
    view! {
        <p class="row">
            <button
                type="button"
                class="button"
                data-action="csv"
                aria-disabled=move || is_reading().to_string()
                on:click=download
            >
                {words.history.download_csv}
            </button>
        </p>
        {status}
    }
}

/// Reads all pages of the list. Returns the CSV, and true if it holds every call, false if it ends at [`MAX_CALLS`].
async fn read_all(
    admin: AdminClient,
    store: DraftStore,
    directory: ChatworkDirectory,
    words: &'static Words,
    query: &str,
    on_progress: impl Fn(usize),
) -> ApiResult<(String, bool)> {
    let zone = time_zone(store);
    let settings = untrack(|| store.with_saved(Clone::clone));
    let room_name = |room| untrack(|| directory.room_name(room));
    let csv = HistoryCsv::new(&settings, words, |at| timestamp(at, &zone), clock::now())
        .with_room_names(&room_name);
    let page_query = if query.is_empty() {
        format!("limit={CALLS_PER_PAGE}")
    } else {
        format!("limit={CALLS_PER_PAGE}&{query}")
    };
    let mut text = csv.head();
    let (mut count, mut before) = (0, None);
    loop {
        let page = admin.calls(before, &page_query).await?;
        text.push_str(&csv.rows(&page.calls));
        count += page.calls.len();
        on_progress(count);
        before = page.next;
        let is_complete = before.is_none();
        if is_complete || count >= MAX_CALLS {
            return Ok((text, is_complete));
        }
    }
}

fn time_zone(store: DraftStore) -> String {
    store.peek(|document| document.site.time_zone.clone())
}

/// A moment as spreadsheets read it: `2026-11-23 14:05:09`.
fn timestamp(at: Millis, zone: &str) -> String {
    // Time zones differ by whole minutes, so the seconds are the same in each zone.
    let seconds = at / 1_000 % 60;
    let (day, time) = (clock::day_of(at, zone), clock::time_of_day(at, zone));
    format!("{day} {time}:{seconds:02}")
}
