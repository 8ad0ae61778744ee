//! Progress of the set-up, from the saved settings and the relay's status. The rules are in
//! [`yobirin_domain::setup_progress`].

use std::collections::BTreeSet;

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_api::call::{CallPage, CallRecord};
use yobirin_api::chatwork::Connection;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::setup_progress::{
    GuideStep, PageState, RelayStatus, devices_state, first_open_step, groups_state, hosts_state,
};

use crate::api::admin::AdminClient;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::remote::{Remote, fetch_detached, poll};
use crate::setup::shared::chatwork_directory::ChatworkDirectory;

/// Polling interval of the tablets' status and of the history, in milliseconds.
const POLL_INTERVAL_MS: u64 = 10_000;
/// Polling interval while a page waits for a tablet or a call, in milliseconds.
const WAITING_POLL_INTERVAL_MS: u64 = 2_000;

/// Progress of the set-up.
#[derive(Clone, Copy)]
pub(crate) struct SetupProgress {
    admin: AdminClient,
    store: DraftStore,
    directory: ChatworkDirectory,
    tablets: RwSignal<Remote<Vec<DeviceStatus>>>,
    calls: RwSignal<Remote<CallPage>>,
    relay: Memo<RelayStatus>,
}

impl SetupProgress {
    /// Starts loading and polling.
    pub(crate) fn new(admin: AdminClient, store: DraftStore, directory: ChatworkDirectory) -> Self {
        let tablets = RwSignal::new(Remote::<Vec<DeviceStatus>>::Loading);
        let calls = RwSignal::new(Remote::<CallPage>::Loading);
        let relay = Memo::new(move |_| RelayStatus {
            is_connected: matches!(
                directory.connection(),
                Remote::Loaded(Connection::Connected { .. })
            ),
            paired: tablets.with(|remote| {
                let statuses = remote.loaded().into_iter().flatten();
                let paired = statuses.filter(|status| status.paired_at.is_some());
                paired.map(|status| status.id.clone()).collect()
            }),
            has_delivered_call: calls.with(|remote| {
                let mut calls = remote.loaded().into_iter().flat_map(|page| &page.calls);
                calls.any(|call| call.state == CallState::Notified)
            }),
        });
        poll(tablets, POLL_INTERVAL_MS, move || admin.devices());
        fetch_detached(calls, admin.calls(None, ""));
        Self {
            admin,
            store,
            directory,
            tablets,
            calls,
            relay,
        }
    }

    /// True once connection, tablets and calls are loaded or have failed to load.
    pub(crate) fn is_settled(self) -> bool {
        let is_connection_settled = self.directory.connection().is_settled();
        let are_tablets_settled = self.tablets.with(Remote::is_settled);
        let are_calls_settled = self.calls.with(Remote::is_settled);
        is_connection_settled && are_tablets_settled && are_calls_settled
    }

    /// True when connection, tablets and calls are loaded.
    pub(crate) fn is_loaded(self) -> bool {
        let is_connection_loaded = matches!(self.directory.connection(), Remote::Loaded(_));
        let are_tablets_loaded = self.tablets.with(|remote| remote.loaded().is_some());
        let are_calls_loaded = self.calls.with(|remote| remote.loaded().is_some());
        is_connection_loaded && are_tablets_loaded && are_calls_loaded
    }

    /// First step of the guided set-up that is open in the saved settings.
    pub(crate) fn first_open(self) -> Option<GuideStep> {
        self.relay
            .with(|relay| self.store.with_saved(|saved| first_open_step(saved, relay)))
    }

    /// True when the step is complete in the saved settings.
    pub(crate) fn is_done(self, step: GuideStep) -> bool {
        self.relay
            .with(|relay| self.store.with_saved(|saved| step.is_done(saved, relay)))
    }

    /// True when a page for Chatwork, hosts, groups or devices is complete; false for all other pages.
    pub(crate) fn is_page_done(self, page: &SetupPage) -> bool {
        self.relay.with(|relay| {
            self.store.with_saved(|saved| match page {
                SetupPage::Chatwork => GuideStep::Chatwork.is_done(saved, relay),
                SetupPage::Hosts => hosts_state(saved) == PageState::Done,
                SetupPage::Groups => groups_state(saved) == PageState::Done,
                SetupPage::Devices => devices_state(saved, &relay.paired) == PageState::Done,
                _ => false,
            })
        })
    }

    /// Devices with a paired tablet.
    pub(crate) fn paired(self) -> BTreeSet<DeviceId> {
        self.relay.with(|relay| relay.paired.clone())
    }

    /// Status of all tablets.
    pub(crate) fn tablets(self) -> RwSignal<Remote<Vec<DeviceStatus>>> {
        self.tablets
    }

    /// The newest call of the history.
    pub(crate) fn newest_call(self) -> Option<CallRecord> {
        self.calls
            .with(|remote| remote.loaded()?.calls.first().cloned())
    }

    /// The newest call of a tablet that the relay accepted at `since`, by the relay's clock, or later.
    pub(crate) fn newest_call_of(self, device: &DeviceId, since: Millis) -> Option<CallRecord> {
        self.calls.with(|remote| {
            let mut calls = remote.loaded()?.calls.iter();
            calls
                .find(|call| call.device == *device && call.accepted >= since)
                .cloned()
        })
    }

    /// Polls the tablets' status every [`WAITING_POLL_INTERVAL_MS`], until the current owner is disposed of.
    pub(crate) fn poll_tablets_often(self) {
        let admin = self.admin;
        poll(self.tablets, WAITING_POLL_INTERVAL_MS, move || {
            admin.devices()
        });
    }

    /// Polls the history every [`POLL_INTERVAL_MS`], until the current owner is disposed of.
    pub(crate) fn poll_calls(self) {
        let admin = self.admin;
        poll(self.calls, POLL_INTERVAL_MS, move || admin.calls(None, ""));
    }

    /// Polls the history every [`WAITING_POLL_INTERVAL_MS`], until the current owner is disposed of.
    pub(crate) fn poll_calls_often(self) {
        let admin = self.admin;
        poll(self.calls, WAITING_POLL_INTERVAL_MS, move || {
            admin.calls(None, "")
        });
    }
}
