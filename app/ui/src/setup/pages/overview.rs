//! Overview: the parts of the set-up with their progress, the worst finding of the diagnosis,
//! and today's calls.

mod figures;
mod now;
mod overview_data;
mod tablets;
mod untold_incidents;
mod worst_finding;

use std::collections::BTreeSet;

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_api::chatwork::{Connection, Outage};
use yobirin_domain::setup_progress::{PageState, devices_state, groups_state, hosts_state};

use crate::browser::clock;
use crate::components::{Alert, Icon, Sign, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;
use crate::router::SetupPage;

use super::chatwork::outage_text;
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
use tablets::SilentTablets;
use untold_incidents::UntoldIncidents;
use worst_finding::{WorstFinding, urgent_findings};

/// Time for which an outage of the token is shown, in milliseconds.
const OUTAGE_SHOWN_MS: Millis = 24 * 60 * 60 * 1000;

#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    let words = words();
    let texts = &words.overview;
    let store = expect_context::<DraftStore>();
    let directory = expect_context::<ChatworkDirectory>();
    let data = OverviewData::load();
    let (tablets, alarms) = (data.tablets, data.alarms);
    let number_text = |number: usize| number.to_string();

    let chatwork = Memo::new(move |_| match directory.connection() {
        Remote::Loaded(Connection::Connected { bot, outage, .. }) => {
            let mut sentences = vec![fill(texts.chatwork_done, &[("bot", &bot.name)])];
            let is_recent = |outage: &Outage| outage.until + OUTAGE_SHOWN_MS > clock::now();
            if let Some(outage) = outage.filter(is_recent) {
                let zone = store.with(|document| document.site.time_zone.clone());
                sentences.push(outage_text(words, texts.chatwork_outage, outage, &zone));
            }
            let state = if store.with(|document| document.site.default_room.is_some()) {
                PageState::Done
            } else {
                sentences.push(texts.chatwork_room.to_owned());
                PageState::Partly
            };
            (state, sentences.join(words.sentence_gap()))
        }
        Remote::Loaded(Connection::Refused { .. }) => {
            (PageState::Partly, texts.chatwork_refused.to_owned())
        }
        Remote::Loaded(Connection::Disconnected) => {
            (PageState::Todo, texts.chatwork_todo.to_owned())
        }
        Remote::Loading | Remote::Slow => (PageState::Todo, words.controls.loading.to_owned()),
        Remote::Failed(error) => (
            PageState::Todo,
            crate::setup::errors::text(words, &error).to_owned(),
        ),
    });
    let hosts = store.memo(move |document| {
        let host_count = document.hosts.len();
        let missing = document
            .hosts
            .iter()
            .filter(|host| host.account.is_none())
            .count();
        let values = [
            ("count", number_text(host_count)),
            ("missing", number_text(missing)),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let state = hosts_state(document);
        let text = match state {
            PageState::Todo => texts.hosts_todo.to_owned(),
            PageState::Done => counted(texts.hosts_done, host_count),
            PageState::Partly => fill(texts.hosts_partly, &values),
        };
        (state, text)
    });
    let groups = store.memo(move |document| {
        let rooms = document
            .groups
            .iter()
            .filter(|group| group.room.is_some())
            .count();
        let group_count = document.groups.len();
        let state = groups_state(document);
        let sentence = match state {
            PageState::Todo => texts.groups_todo,
            PageState::Partly => texts.groups_nowhere,
            PageState::Done if rooms == 0 => texts.groups_default,
            PageState::Done => texts.groups_done,
        };
        let sentence = counted(sentence, group_count);
        (state, fill(&sentence, &[("rooms", &number_text(rooms))]))
    });
    let devices = Memo::new(move |_| {
        let paired_ids = tablets.statuses().with(|remote| {
            let paired = remote
                .loaded()
                .into_iter()
                .flatten()
                .filter(|status| status.paired_at.is_some());
            paired
                .map(|status| status.id.clone())
                .collect::<BTreeSet<_>>()
        });
        store.with(|document| {
            let device_count = document.devices.len();
            let missing = document
                .devices
                .iter()
                .filter(|device| !paired_ids.contains(&device.id))
                .count();
            let values = [
                ("count", number_text(device_count)),
                ("missing", number_text(missing)),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            let state = devices_state(document, &paired_ids);
            let text = match state {
                PageState::Todo if device_count == 0 => texts.devices_todo.to_owned(),
                PageState::Todo => fill(texts.devices_unpaired, &values),
                PageState::Done => counted(texts.devices_done, device_count),
                PageState::Partly => fill(texts.devices_partly, &values),
            };
            (state, text)
        })
    });
    let steps = [
        (SetupPage::Chatwork, "1", texts.chatwork, chatwork),
        (SetupPage::Hosts, "2", texts.hosts, hosts),
        (SetupPage::Groups, "3", texts.groups, groups),
        (SetupPage::Devices, "4", texts.devices, devices),
    ];
    let next = Memo::new(move |_| {
        let states = [
            chatwork.get().0,
            hosts.get().0,
            groups.get().0,
            devices.get().0,
        ];
        let first = |wanted| states.iter().position(|state| *state == wanted);
        first(PageState::Todo).or_else(|| first(PageState::Partly))
    });
    let cards = steps.into_iter().enumerate().map(move |(index, (page, number, title, state))| {
        let is_next = move || next.get() == Some(index);
        let label = move || match state.get().0 {
            PageState::Done => texts.done,
            PageState::Partly => texts.partly,
            PageState::Todo => texts.todo,
        };
        let mark = move || match state.get().0 {
            PageState::Done => "done",
            PageState::Partly => "partly",
            PageState::Todo => "todo",
        };
        view! {
            <li class="step card" class:next=is_next data-step=number data-state=mark>
                <span class="step-number" aria-hidden="true">
                    {move || (state.get().0 == PageState::Done).then(|| view! { <Icon sign=Sign::DONE /> })}
                </span>
                <div class="step-text">
                    <h2>{title}</h2>
                    <p>{move || state.get().1}</p>
                </div>
                <p class="badge" data-tone=mark>
                    {label}
                </p>
                <p class="step-action">
                    <Link to=page class="button">{move || if state.get().0 == PageState::Done { texts.review } else { texts.set_up }}</Link>
                </p>
            </li>
        }
    });
    let findings = urgent_findings(data.doctor);
    let is_clean = Memo::new(move |_| findings.with(Vec::is_empty));
    // Findings come before "ready".
    let ready = move || {
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
        <UntoldIncidents alarms=alarms />
        <SilentTablets tablets=tablets />
        {ready}
        <WorstFinding findings=findings />
        <ol class="steps" role="list">{cards.collect_view()}</ol>
        <Today data=data />
        <Section title=words.backup.title name="backup">
            <LastBackup alarms=alarms />
        </Section>
    };
    view! {
        <PageFrame name="overview" title=texts.title lead=texts.lead>
            {move || (!data.is_ready()).then(|| loading_view(&Remote::<()>::Loading, || {}))}
            <div class="overview" hidden=move || !data.is_ready()>{content}</div>
        </PageFrame>
    }
}
