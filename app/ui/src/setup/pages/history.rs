//! Call history, newest first, with filter and download.

mod answers;
mod csv;
mod download;
mod erase;
mod failure;
mod filter;
mod notice;
mod record;
mod schedule;

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_api::call::{CallPage, CallRecord};
use yobirin_domain::model::id::CallId;

use crate::api::response::{ApiResult, ClientError};
use crate::components::{Alert, Tone};

use crate::api::admin::AdminClient;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::remote::{Remote, fetch};
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::PageFrame;

use download::CsvDownload;
use erase::{EraseDialog, VisitToErase};
use filter::{Filter, FilterFields};
use record::CallRow;

/// The calls before `before`, or the latest ones. The relay looks through a limited number of calls for one page, so that
/// a page may be empty although older calls match: then it is continued, while the query `is_current`.
async fn page_with_calls(
    admin: AdminClient,
    mut before: Option<CallId>,
    query: &str,
    is_current: impl Fn() -> bool,
) -> ApiResult<CallPage> {
    loop {
        let page = admin.calls(before, query).await?;
        if !page.calls.is_empty() || page.next.is_none() || !is_current() {
            return Ok(page);
        }
        before = page.next;
    }
}

#[component]
pub(crate) fn HistoryPage() -> impl IntoView {
    let words = words();
    let texts = &words.history;
    let admin = expect_context::<AdminClient>();
    provide_context(VisitToErase::new());
    let first_page = RwSignal::new(Remote::<CallPage>::Loading);
    let older_calls = RwSignal::new(Vec::<CallRecord>::new());
    // Id of the oldest loaded call, while there are older ones.
    let next_before = RwSignal::new(None::<CallId>);
    let is_loading_more = RwSignal::new(false);
    let failure = RwSignal::new(None::<ClientError>);
    let filter = RwSignal::new(Filter::default());
    // Number of the current query, by which responses to earlier queries are recognized and dropped.
    let generation = RwSignal::new(0_u32);
    let load = move || {
        older_calls.set(Vec::new());
        next_before.set(None);
        generation.update(|generation| *generation += 1);
        let (own_generation, query) = (generation.get_untracked(), filter.get_untracked().query());
        fetch(first_page, async move {
            let is_current = || generation.try_get_untracked() == Some(own_generation);
            let page = page_with_calls(admin, None, &query, is_current).await?;
            if !is_current() {
                // Another query was started, and its response is the one to show.
                std::future::pending::<()>().await;
            }
            let _ = next_before.try_set(page.next);
            Ok(page)
        });
    };
    load();
    let load_more = move |_| {
        let Some(before) = next_before.get_untracked() else {
            return;
        };
        if is_loading_more.get_untracked() {
            return;
        }
        is_loading_more.set(true);
        failure.set(None);
        let (own_generation, query) = (generation.get_untracked(), filter.get_untracked().query());
        spawn_local_scoped_with_cancellation(async move {
            let is_current = || generation.try_get_untracked() == Some(own_generation);
            let response = page_with_calls(admin, Some(before), &query, is_current).await;
            let _ = is_loading_more.try_set(false);
            if !is_current() {
                return;
            }
            match response {
                Ok(page) => {
                    let _ = older_calls.try_update(|calls| calls.extend(page.calls));
                    let _ = next_before.try_set(page.next);
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    let calls = move || match first_page.get() {
        Remote::Loaded(page) if page.calls.is_empty() => {
            let is_unfiltered = filter.with_untracked(|filter| *filter == Filter::default());
            let (text, kind) = if is_unfiltered {
                (texts.empty, "empty")
            } else {
                (texts.no_match, "none-found")
            };
            view! { <Alert kind=kind>{text}</Alert> }.into_any()
        }
        Remote::Loaded(page) => {
            let rows = page
                .calls
                .into_iter()
                .map(|call| view! { <CallRow record=call /> });
            view! {
                <ul class="rows calls" role="list" aria-label=texts.title>
                    {rows.collect_view()}
                    <For each=move || older_calls.get() key=|call| call.id children=|call| view! { <CallRow record=call /> } />
                </ul>
            }
            .into_any()
        }
        other => loading_view(&other, load),
    };
    view! {
        <PageFrame name="history" title=texts.title lead=texts.lead>
            <FilterFields filter=filter on_change=move |()| load() />
            <CsvDownload filter=filter />
            {calls}
            <EraseDialog />
            {move || failure.get().map(|error| view! {
                <Alert tone=Tone::Bad kind="failed">{errors::text(words, &error)}</Alert>
            })}
            {move || next_before.get().map(|_| view! {
                <button type="button" class="button" data-action="more" aria-disabled=move || is_loading_more.get().to_string() on:click=load_more>
                    {move || if is_loading_more.get() { words.controls.loading } else { words.controls.show_more }}
                </button>
            })}
        </PageFrame>
    }
}
