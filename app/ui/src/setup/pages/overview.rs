//! Overview: the parts of the set-up with their progress, the worst finding of the diagnosis, and today's calls.

mod figures;
mod now;
mod overview_data;
mod parts;
mod tablets;
mod unposted_incidents;
mod worst_finding;

use std::collections::BTreeSet;

use leptos::prelude::*;
use yobirin_domain::setup_progress::PageState;

use crate::components::{Alert, Icon, Sign, Tone};
use crate::router::SetupPage;

use super::guide::ResumeGuide;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::remote::Remote;
use crate::setup::shared::backup::LastBackup;
use crate::setup::shared::chatwork_directory::ChatworkDirectory;
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::{PageFrame, Section};

use now::Today;
use overview_data::OverviewData;
use parts::{PartState, chatwork_part, devices_part, groups_part, hosts_part};
use tablets::SilentTablets;
use unposted_incidents::UnpostedIncidents;
use worst_finding::{WorstFinding, urgent_findings};

#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    let words = words();
    let texts = &words.overview;
    let store = expect_context::<DraftStore>();
    let directory = expect_context::<ChatworkDirectory>();
    let data = OverviewData::load();
    let (tablets, alarms) = (data.tablets, data.alarms);
    let chatwork = Memo::new(move |_| {
        let connection = directory.connection();
        store.with(|document| chatwork_part(words, document, &connection))
    });
    let hosts = store.memo(move |document| hosts_part(words, document));
    let groups = store.memo(move |document| groups_part(words, document));
    let devices = Memo::new(move |_| {
        let paired = tablets.statuses().with(|remote| {
            let statuses = remote.loaded().into_iter().flatten();
            let paired = statuses.filter(|status| status.paired_at.is_some());
            paired
                .map(|status| status.id.clone())
                .collect::<BTreeSet<_>>()
        });
        store.with(|document| devices_part(words, document, &paired))
    });
    let steps = [
        (SetupPage::Chatwork, "1", texts.chatwork, chatwork),
        (SetupPage::Hosts, "2", texts.hosts, hosts),
        (SetupPage::Groups, "3", texts.groups, groups),
        (SetupPage::Devices, "4", texts.devices, devices),
    ];
    // Index of the part to continue with; `None` once all parts are done.
    let next = Memo::new(move |_| {
        let states = [chatwork, hosts, groups, devices].map(|part| part.with(|part| part.state));
        let first = |wanted| states.iter().position(|state| *state == wanted);
        let by_urgency = [
            PartState::Broken,
            PartState::Progress(PageState::Todo),
            PartState::Progress(PageState::Partly),
        ];
        by_urgency.into_iter().find_map(first)
    });
    let cards = steps.into_iter().enumerate().map(move |(index, (page, number, title, part))| {
        let state = move || part.with(|part| part.state);
        let is_next = move || next.get() == Some(index);
        let is_done = move || state() == PartState::Progress(PageState::Done);
        let label = move || match state() {
            PartState::Progress(PageState::Done) => texts.done,
            PartState::Progress(PageState::Partly) => texts.partly,
            PartState::Progress(PageState::Todo) => texts.todo,
            PartState::Broken => texts.broken,
        };
        let state_name = move || match state() {
            PartState::Progress(PageState::Done) => "done",
            PartState::Progress(PageState::Partly) => "partly",
            PartState::Progress(PageState::Todo) => "todo",
            PartState::Broken => "bad",
        };
        view! {
            <li class="step card" class:next=is_next data-step=number data-state=state_name>
                <span class="step-number" aria-hidden="true">
                    {move || is_done().then(|| view! { <Icon sign=Sign::DONE /> })}
                </span>
                <div class="step-text">
                    <h2>{title}</h2>
                    <p>{move || part.with(|part| part.text.clone())}</p>
                </div>
                <p class="badge" data-tone=state_name>
                    {label}
                </p>
                <p class="step-action">
                    <Link to=page class="button">{move || if is_done() { texts.review } else { texts.set_up }}</Link>
                </p>
            </li>
        }
    });
    let findings = urgent_findings(data.doctor);
    let is_clean = Memo::new(move |_| findings.with(Vec::is_empty));
    // Not in green while there are findings, which matter more.
    let ready_notice = move || {
        next.get().is_none().then(|| {
            let (tone, text) = if is_clean.get() {
                (Tone::Good, texts.ready_without_findings)
            } else {
                (Tone::Plain, texts.ready_with_findings)
            };
            view! {
                <Alert tone=tone kind="ready">
                    <p><strong>{text}</strong> {words.sentence_gap()} {texts.ready_explanation}</p>
                    <Link to=SetupPage::Preview class="button small">{texts.try_preview}</Link>
                </Alert>
            }
        })
    };
    let content = view! {
        <ResumeGuide />
        <UnpostedIncidents alarms=alarms />
        <SilentTablets tablets=tablets />
        {ready_notice}
        <WorstFinding findings=findings />
        <ol class="steps" role="list">{cards.collect_view()}</ol>
        <Today data=data />
        <Section title=words.backup.title name="backup">
            <LastBackup alarms=alarms />
        </Section>
    };
    let lead = Signal::derive(move || if next.get().is_some() { texts.lead } else { "" });
    view! {
        <PageFrame name="overview" title=texts.title lead=lead>
            {move || (!data.is_ready()).then(|| loading_view(&Remote::<()>::Loading, || {}))}
            <div class="overview" hidden=move || !data.is_ready()>{content}</div>
        </PageFrame>
    }
}
