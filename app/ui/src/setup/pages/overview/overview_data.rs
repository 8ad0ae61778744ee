//! Data of the overview. The page is shown once all of it is loaded, because its notices stand above the steps, and a
//! notice that appeared later would move the steps.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use yobirin_api::call::{CallFigures, CallPage};

use crate::api::admin::AdminClient;
use crate::setup::pages::devices::TabletPolling;
use crate::setup::pages::doctor::Doctor;
use crate::setup::progress::SetupProgress;
use crate::setup::remote::{Remote, poll};
use crate::setup::shared::alarms::AlarmPolling;

/// Maximum time until the page is shown, in milliseconds: Chatwork, which the diagnosis asks, may not respond at all.
const MAX_WAIT_MS: u32 = 4_000;

/// Polling interval of the calls and their figures, in milliseconds: as often as the tablets beside them.
const CALLS_POLL_INTERVAL_MS: u64 = 5_000;

/// Data of the overview.
#[derive(Clone, Copy)]
pub(super) struct OverviewData {
    /// Status of the tablets.
    pub(super) tablets: TabletPolling,
    /// Report of the alarms.
    pub(super) alarms: AlarmPolling,
    /// The diagnosis.
    pub(super) doctor: Doctor,
    /// Newest page of the history, polled.
    pub(super) calls: RwSignal<Remote<CallPage>>,
    /// Figures of today, polled.
    pub(super) figures: RwSignal<Remote<CallFigures>>,
    is_ready: Memo<bool>,
}

impl OverviewData {
    /// Starts loading.
    pub(super) fn load() -> Self {
        let admin = expect_context::<AdminClient>();
        let doctor = expect_context::<Doctor>();
        let progress = expect_context::<SetupProgress>();
        let (tablets, alarms) = (TabletPolling::start(), AlarmPolling::start());
        let calls = RwSignal::new(Remote::<CallPage>::Loading);
        let figures = RwSignal::new(Remote::<CallFigures>::Loading);
        poll(calls, CALLS_POLL_INTERVAL_MS, move || admin.calls(None, ""));
        poll(figures, CALLS_POLL_INTERVAL_MS, move || admin.figures());
        let is_late = RwSignal::new(false);
        let deadline = Timeout::new(MAX_WAIT_MS, move || {
            let _ = is_late.try_set(true);
        });
        let deadline = SendWrapper::new(deadline);
        on_cleanup(move || drop(deadline));
        // Stays true, so that a later reload of a part does not hide the page.
        let is_ready = Memo::new(move |was_ready: Option<&bool>| {
            let is_loaded = progress.is_settled()
                && tablets.statuses().with(Remote::is_settled)
                && alarms.report.with(Remote::is_settled)
                && calls.with(Remote::is_settled)
                && figures.with(Remote::is_settled)
                && doctor.is_collected();
            was_ready == Some(&true) || is_late.get() || is_loaded
        });
        Self {
            tablets,
            alarms,
            doctor,
            calls,
            figures,
            is_ready,
        }
    }

    /// True once everything is loaded or failed to load, and at the latest after [`MAX_WAIT_MS`].
    pub(super) fn is_ready(self) -> bool {
        self.is_ready.get()
    }
}
