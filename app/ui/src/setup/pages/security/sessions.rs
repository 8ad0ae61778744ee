//! Open sessions, and ending them.

use leptos::prelude::*;
use yobirin_api::ErrorCode;
use yobirin_api::session::OpenSession;

use crate::api::response::ClientError;
use crate::browser::clock;
use crate::components::{Alert, Tone};
use crate::i18n::fill;

use super::Reauthenticate;
use crate::api::admin::AdminClient;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::remote::{Remote, Scope, fetch};
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::Section;

#[component]
pub(crate) fn SessionsSection() -> impl IntoView {
    let words = words();
    let texts = &words.security;
    let admin = expect_context::<AdminClient>();
    let sessions = RwSignal::new(Remote::<Vec<OpenSession>>::Loading);
    let failure = RwSignal::new(None::<ClientError>);
    let has_ended = RwSignal::new(false);
    // Sessions to end after reauthentication.
    let awaiting_reauthentication = RwSignal::new(None::<Vec<String>>);
    // The list and the reauthentication form may be replaced during the requests, so they do not own them.
    let scope = Scope::current();
    let load = move || fetch(sessions, admin.sessions());
    load();
    let end = Callback::new(move |ids: Vec<String>| {
        failure.set(None);
        has_ended.set(false);
        scope.spawn(async move {
            let mut last_error = None;
            for id in &ids {
                let error = admin.end_session(id).await.err();
                let code = error.as_ref().and_then(ClientError::code);
                if code == Some(ErrorCode::ReauthenticationNeeded) {
                    let _ = awaiting_reauthentication.try_set(Some(ids));
                    return;
                }
                last_error = error.or(last_error);
            }
            if let Ok(open) = admin.sessions().await {
                let _ = sessions.try_set(Remote::Loaded(open));
            }
            let _ = has_ended.try_set(last_error.is_none());
            let _ = failure.try_set(last_error);
        });
    });
    let list = move || match sessions.get() {
        Remote::Loaded(open) => {
            let others: Vec<String> = open
                .iter()
                .filter(|session| !session.own)
                .map(|session| session.id.clone())
                .collect();
            let end_others_button = (others.len() > 1).then(|| {
                view! {
                    <p><button type="button" class="button danger" data-action="end-others" on:click=move |_| end.run(others.clone())>
                        {texts.end_other_sessions}
                    </button></p>
                }
            });
            let rows = open
                .into_iter()
                .map(|session| view! { <SessionRow session=session end=end /> });
            view! {
                <ul class="rows" role="list" aria-label=texts.sessions>{rows.collect_view()}</ul>
                {end_others_button}
            }
            .into_any()
        }
        other => loading_view(&other, load),
    };
    let reauthentication = move || {
        let ids = awaiting_reauthentication.get()?;
        let end_again = move |()| {
            awaiting_reauthentication.set(None);
            end.run(ids.clone());
        };
        Some(view! {
            <Reauthenticate about=texts.confirm_before_ending_sessions on_done=end_again on_cancel=move |()| awaiting_reauthentication.set(None) />
        })
    };
    view! {
        <Section title=texts.sessions lead=texts.sessions_lead name="sessions">
            {move || failure.get().map(|error| view! {
                <Alert tone=Tone::Bad kind="failed">{errors::text(words, &error)}</Alert>
            })}
            {reauthentication}
            {list}
            <p role="status" class="muted" data-ended=move || has_ended.get().then_some("true")>
                {move || if has_ended.get() { texts.sessions_ended } else { "" }}
            </p>
        </Section>
    }
}

#[component]
fn SessionRow(session: OpenSession, end: Callback<Vec<String>>) -> impl IntoView {
    let words = words();
    let texts = &words.security;
    let zone = expect_context::<DraftStore>().peek(|document| document.site.time_zone.clone());
    let time = |at| clock::format_date_time(at, words.language().tag(), &zone);
    let signed_in_text = fill(texts.signed_in, &[("time", &time(session.signed_in_at))]);
    let last_seen_text = fill(texts.last_seen, &[("time", &time(session.last_seen))]);
    let is_own = session.own;
    let name = if is_own {
        texts.this_browser
    } else {
        texts.other_browser
    };
    let tablet_badge = session
        .on_tablet
        .then(|| view! { <span class="badge" data-on-tablet>{texts.on_tablet}</span> });
    let label = fill(texts.end_named_session, &[("name", &signed_in_text)]);
    let id = session.id.clone();
    let end_button = (!is_own).then(|| {
        view! {
            <button
                type="button"
                class="button small"
                data-action="end-session"
                aria-label=label
                on:click=move |_| end.run(vec![id.clone()])
            >
                {texts.end_session}
            </button>
        }
    });
    view! {
        <li class="list-row" data-session=if is_own { "own" } else { "other" }>
            <span class="row-name">
                <strong>{name}</strong>
                {tablet_badge}
                <span class="muted">{signed_in_text}</span>
                <span class="muted">{last_seen_text}</span>
            </span>
            <span class="row-side">{end_button}</span>
        </li>
    }
}
