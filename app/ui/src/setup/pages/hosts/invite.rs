//! Invitations: personal links for many hosts at once, with a dialog before and a report after.
//! Sending continues while other pages are shown.

mod batch;
pub(crate) mod sender;

use leptos::prelude::*;
use yobirin_api::personal::HostLink;
use yobirin_domain::link_reach::is_loopback_link;
use yobirin_domain::model::id::HostId;

use crate::browser::navigation;
use crate::components::{Alert, Check, Dialog, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;
use crate::router::SetupPage;

use super::list::ListState;
use crate::api::admin::AdminClient;
use crate::setup::draft::bulk::SelectedHosts;
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::{Link, words};
use crate::setup::remote::{Remote, fetch};
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::loopback_notice::LoopbackNotice;

use batch::{Batch, BatchReport, InvitationState, Plan};

/// Dialog before links are sent to the selected hosts.
#[component]
pub(crate) fn InviteDialog(open: RwSignal<bool>) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let state = expect_context::<ListState>();
    let title = Signal::derive(move || {
        counted(
            texts.invite_question,
            state.selected.with(SelectedHosts::len),
        )
    });
    view! {
        <Dialog open=open on_close=move |()| open.set(false) title=title kind="invite">
            <InviteDialogContent open=open />
        </Dialog>
    }
}

/// Content of the dialog, once the existing links are loaded.
#[component]
fn InviteDialogContent(open: RwSignal<bool>) -> impl IntoView {
    let admin = expect_context::<AdminClient>();
    let links = RwSignal::new(Remote::<Vec<HostLink>>::Loading);
    let load = move || fetch(links, admin.host_links());
    load();
    move || match links.get() {
        Remote::Loaded(links) => view! { <InvitePlan links=links open=open /> }.into_any(),
        other => loading_view(&other, load),
    }
}

#[component]
fn InvitePlan(links: Vec<HostLink>, open: RwSignal<bool>) -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let store = expect_context::<DraftStore>();
    let state = expect_context::<ListState>();
    let names = DisplayNames::from_context();
    let admin = expect_context::<AdminClient>();
    let chosen = state.selected.get_untracked();
    let plan = store.with_saved(|saved| Plan::of(&saved.hosts, &chosen, &links));
    let replaces_links = RwSignal::new(false);
    let unreachable = (!plan.unreachable.is_empty()).then(|| {
        let names = names.hosts_abbreviated(&plan.unreachable);
        view! { <p data-invite="out">{fill(texts.invite_left_out, &[("names", &names)])}</p> }
    });
    let linked = (!plan.linked.is_empty()).then(|| {
        let text = counted(texts.invite_again, plan.linked.len());
        view! {
            <Check name="invite-again" label=text value=replaces_links on_change=move |is_checked| replaces_links.set(is_checked) />
        }
    });
    let plan = StoredValue::new(plan);
    let is_loopback = is_loopback_link(&navigation::origin());
    let recipients = move || plan.with_value(|plan| plan.recipients(replaces_links.get()));
    let send_button = move || {
        let count = recipients().len();
        (count > 0).then(|| {
            let text = fill(texts.invite_send, &[("count", &count.to_string())]);
            view! {
                <button
                    type="button"
                    class="button"
                    class:primary=!is_loopback
                    data-action="invite"
                    on:click=move |_| {
                        let hosts = recipients();
                        open.set(false);
                        state.invitations.send(admin, hosts);
                    }
                >
                    {text}
                </button>
            }
        })
    };
    let nobody = move || {
        recipients()
            .is_empty()
            .then(|| view! { <p data-invite="nobody"><strong>{texts.invite_nobody}</strong></p> })
    };
    view! {
        <div class="dialog-text">
            <p>{texts.invite_explanation}</p>
            <LoopbackNotice link=navigation::origin() />
            {nobody}
            {linked}
            {unreachable}
        </div>
        <div class="dialog-actions">
            <button type="button" class="button" data-action="cancel" on:click=move |_| open.set(false)>
                {words.controls.cancel}
            </button>
            {send_button}
        </div>
    }
}

/// Progress of the batch, and the report of finished ones.
#[component]
pub(crate) fn InviteReport() -> impl IntoView {
    let words = words();
    let texts = &words.hosts;
    let state = expect_context::<ListState>();
    let names = DisplayNames::from_context();
    let batch = state.invitations.batch;
    let is_running = Memo::new(move |_| batch.with(Batch::is_running));
    let progress = move || {
        batch.with(|batch| {
            let (done, count) = (batch.final_count().to_string(), batch.count().to_string());
            fill(texts.invite_progress, &[("done", &done), ("count", &count)])
        })
    };
    let failed_row = move |(host, state): (HostId, InvitationState)| {
        let reason = match state {
            InvitationState::RequestFailed(error) => errors::text(words, &error),
            InvitationState::Expired => texts.invite_expired.to_owned(),
            _ => words.self_service.not_contact.to_owned(),
        };
        let name = untrack(|| names.host(&host));
        let host_id = host.to_string();
        view! {
            <li data-missed=host_id><Link to=SetupPage::Host(host)>{name}</Link>" · "{reason}</li>
        }
    };
    // A memo, so that the report of finished batches is not rendered again while a batch runs.
    let report = Memo::new(move |_| batch.with(Batch::report));
    let finished = move || {
        let BatchReport {
            delivered,
            delivered_by_last,
            failed,
        } = report.get()?;
        let count = delivered.to_string();
        let text = match delivered_by_last {
            None => fill(texts.invite_reached, &[("count", &count)]),
            Some(new) => fill(
                texts.invite_reached_more,
                &[("count", &count), ("new", &new.to_string())],
            ),
        };
        let (tone, list) = if failed.is_empty() {
            (Tone::Good, None)
        } else {
            let text = fill(
                texts.invite_not_reached,
                &[("count", &failed.len().to_string())],
            );
            let list = view! {
                <p>{text}</p>
                <ul role="list" class="missed">{failed.into_iter().map(failed_row).collect_view()}</ul>
            };
            (Tone::Warn, Some(list))
        };
        Some(view! {
            <Alert tone=tone kind="invited">
                <p>{(delivered > 0 || list.is_none()).then_some(text)}</p>
                {list}
                <p>
                    <button type="button" class="button small" data-action="invited-seen" on:click=move |_| batch.update(Batch::dismiss_finished)>
                        {texts.invite_close}
                    </button>
                </p>
            </Alert>
        })
    };
    view! {
        {move || is_running.get().then(|| view! {
            <p class="waiting" role="status" data-inviting=""><span class="spinner"></span>{progress}</p>
        })}
        {finished}
    }
}
