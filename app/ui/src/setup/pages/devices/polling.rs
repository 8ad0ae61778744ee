//! Status of the tablets, polled while a page shows it, and the order in which lists show them.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::tablet_presence::TabletPresence;

use crate::api::admin::AdminClient;
use crate::components::{Alert, Tone};
use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::words;
use crate::setup::progress::SetupProgress;
use crate::setup::remote::{Remote, poll_with_failure};

/// Polling interval of the tablets' status, in milliseconds.
const STATUS_POLL_INTERVAL_MS: u64 = 5_000;

/// Status of all tablets, polled until the owner is disposed of.
#[derive(Clone, Copy)]
pub(crate) struct TabletPolling {
    statuses: RwSignal<Remote<Vec<DeviceStatus>>>,
    is_failing: RwSignal<bool>,
}

impl TabletPolling {
    /// Starts polling, with the statuses that set-up knows already: a page that is reached from another one shows them
    /// at once, and nothing moves when its own first response arrives.
    pub(crate) fn start() -> Self {
        let admin = expect_context::<AdminClient>();
        let known = expect_context::<SetupProgress>().tablets();
        let statuses = RwSignal::new(known.get_untracked());
        let is_failing = RwSignal::new(false);
        poll_with_failure(statuses, is_failing, STATUS_POLL_INTERVAL_MS, move || {
            admin.devices()
        });
        Self {
            statuses,
            is_failing,
        }
    }

    /// The statuses.
    pub(crate) fn statuses(self) -> RwSignal<Remote<Vec<DeviceStatus>>> {
        self.statuses
    }

    /// Status of one tablet; `None` until loaded.
    pub(crate) fn status(self, id: DeviceId) -> Memo<Option<DeviceStatus>> {
        device_status(self.statuses, id)
    }

    /// Devices of the draft with their presence, which is `None` until loaded: silent tablets first, else in the order
    /// of the document.
    pub(crate) fn presences(
        self,
        store: DraftStore,
    ) -> Memo<Vec<(DeviceId, Option<TabletPresence>)>> {
        Memo::new(move |_| {
            self.statuses.with(|remote| {
                let ids = store.with(|document| {
                    let devices = document.devices.iter();
                    devices.map(|device| device.id.clone()).collect()
                });
                with_presence(ids, remote.loaded().map(Vec::as_slice))
            })
        })
    }

    /// Devices of the draft in the order of [`Self::presences`].
    pub(crate) fn ordered_devices(self, store: DraftStore) -> Memo<Vec<DeviceId>> {
        let presences = self.presences(store);
        Memo::new(move |_| {
            let ids = presences.get().into_iter();
            ids.map(|(id, _)| id).collect::<Vec<_>>()
        })
    }
}

/// The devices with their presence, silent tablets first; the presence is `None` without `statuses`.
fn with_presence(
    device_ids: Vec<DeviceId>,
    statuses: Option<&[DeviceStatus]>,
) -> Vec<(DeviceId, Option<TabletPresence>)> {
    let presence = |id: &DeviceId| {
        let status = statuses?.iter().find(|status| status.id == *id);
        Some(status.map_or(TabletPresence::Unpaired, DeviceStatus::presence))
    };
    let mut devices = Vec::with_capacity(device_ids.len());
    for id in device_ids {
        let presence = presence(&id);
        devices.push((id, presence));
    }
    devices.sort_by_key(|(_, presence)| *presence != Some(TabletPresence::Silent));
    devices
}

/// Status of a device's tablet, also of a device without one; `None` until loaded.
pub(crate) fn device_status(
    statuses: RwSignal<Remote<Vec<DeviceStatus>>>,
    id: DeviceId,
) -> Memo<Option<DeviceStatus>> {
    Memo::new(move |_| {
        statuses.with(|remote| {
            let status = remote
                .loaded()?
                .iter()
                .find(|status| status.id == id)
                .cloned();
            // The relay does not list devices that never had a tablet.
            Some(status.unwrap_or_else(|| DeviceStatus {
                id: id.clone(),
                paired_at: None,
                online: false,
                last_seen: None,
                silent_for: None,
                heartbeat: None,
            }))
        })
    })
}

/// Notice that the shown status is missing or may be outdated. Renders nothing while polling works.
#[component]
pub(crate) fn StaleNotice(tablets: TabletPolling) -> impl IntoView {
    let words = words();
    let notice = Memo::new(move |_| {
        tablets.statuses.with(|remote| match remote {
            Remote::Failed(error) => Some(("failed", errors::text(words, error))),
            Remote::Loaded(_) if tablets.is_failing.get() => {
                Some(("stale", words.devices.stale.to_owned()))
            }
            Remote::Loading | Remote::Slow | Remote::Loaded(_) => None,
        })
    });
    move || {
        notice
            .get()
            .map(|(kind, text)| view! { <Alert tone=Tone::Warn kind=kind>{text}</Alert> })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yobirin_domain::alarm::SILENCE_MILLIS;

    fn id(text: &str) -> DeviceId {
        text.parse().unwrap()
    }

    fn status(name: &str, silent_for: u64) -> DeviceStatus {
        DeviceStatus {
            id: id(name),
            paired_at: Some(1),
            online: true,
            last_seen: Some(1),
            silent_for: Some(silent_for),
            heartbeat: None,
        }
    }

    #[test]
    fn silent_tablets_lead_the_list_and_the_others_keep_their_order() {
        let ids = || ["new", "lobby", "garage", "attic"].map(id).to_vec();
        let statuses = [
            status("lobby", 0),
            status("garage", SILENCE_MILLIS),
            status("attic", 0),
        ];
        let listed = with_presence(ids(), Some(&statuses));
        let expected = [
            ("garage", TabletPresence::Silent),
            ("new", TabletPresence::Unpaired),
            ("lobby", TabletPresence::Connected),
            ("attic", TabletPresence::Connected),
        ];
        assert_eq!(
            listed,
            expected.map(|(name, presence)| (id(name), Some(presence)))
        );
        let unloaded: Vec<_> = ids().into_iter().map(|id| (id, None)).collect();
        assert_eq!(with_presence(ids(), None), unloaded);
    }
}
