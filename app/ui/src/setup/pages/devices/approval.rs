//! Approval of a waiting tablet as a device, which is saved first when it is new.

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::menu::Device;

use super::default_menu;
use crate::api::admin::AdminClient;
use crate::api::response::ClientError;
use crate::browser::random;
use crate::components::SelectOption;
use crate::i18n::fill;
use crate::setup::draft_store::{DraftStore, Saving};
use crate::setup::nav::words;
use crate::setup::progress::SetupProgress;

/// Key of the option "a new device".
pub(super) const NEW_DEVICE: &str = "";

/// Devices as which a tablet can be approved: devices without tablet, a new one, then devices whose tablet it replaces.
pub(super) fn device_options() -> Memo<Vec<SelectOption>> {
    let texts = &words().devices;
    let store = expect_context::<DraftStore>();
    let tablets = expect_context::<SetupProgress>().tablets();
    Memo::new(move |_| {
        let is_paired = |device: &Device| {
            tablets.with(|remote| {
                let mut statuses = remote.loaded().into_iter().flatten();
                statuses.any(|status| status.id == device.id && status.paired_at.is_some())
            })
        };
        store.with(|document| {
            let (paired, free): (Vec<&Device>, Vec<&Device>) = document
                .devices
                .iter()
                .partition(|device| is_paired(device));
            let free = free.into_iter();
            let free = free.map(|device| SelectOption::new(device.id.as_str(), &device.name));
            let paired = paired.into_iter().map(|device| {
                let label = fill(texts.become_instead, &[("name", &device.name)]);
                SelectOption::new(device.id.as_str(), label)
            });
            let new = SelectOption::new(NEW_DEVICE, texts.become_new);
            free.chain([new]).chain(paired).collect()
        })
    })
}

/// State of an approval.
#[derive(Clone, Debug, Default, PartialEq)]
enum ApprovalStep {
    /// No approval yet.
    #[default]
    Idle,
    /// The device with this id is being saved; then the tablet with this code is approved.
    Saving(DeviceId, String),
    /// The request is in flight.
    Requested,
    /// The relay has approved the tablet.
    Approved,
    /// The request failed.
    Failed(ClientError),
}

/// Approval of waiting tablets.
#[derive(Clone, Copy)]
pub(crate) struct Approval {
    admin: AdminClient,
    store: DraftStore,
    step: RwSignal<ApprovalStep>,
    /// Device as which tablets are approved; `None` lets the admin choose.
    device: StoredValue<Option<DeviceId>>,
    /// Name of the new device as which tablets are approved, in place of `device`.
    new_name: Option<Signal<String>>,
    /// Name of a new device without a name, with a placeholder for its number.
    usual_name: &'static str,
    on_approved: Option<Callback<DeviceId>>,
}

impl Approval {
    /// Starts the approval of tablets as this device, as a new device of this name, or as the one that the admin
    /// chooses. The reactive owner must outlive the saving of a new device.
    pub(crate) fn start(
        device: Option<DeviceId>,
        new_name: Option<Signal<String>>,
        on_approved: Option<Callback<DeviceId>>,
    ) -> Self {
        let approval = Self {
            admin: expect_context(),
            store: expect_context(),
            step: RwSignal::new(ApprovalStep::Idle),
            device: StoredValue::new(device),
            new_name,
            usual_name: words().devices.new_name,
            on_approved,
        };
        Effect::new(move |_| {
            let ApprovalStep::Saving(device, code) = approval.step.get() else {
                return;
            };
            if approval.is_saved(&device) {
                approval.request(device, code);
            } else if !matches!(approval.store.saving(), Saving::Idle | Saving::Busy) {
                approval.step.set(ApprovalStep::Idle); // the save bar shows the problem
            }
        });
        approval
    }

    /// True when the admin has no device to choose.
    pub(super) fn is_fixed(self) -> bool {
        self.device.with_value(Option::is_some) || self.new_name.is_some()
    }

    /// True from the press until the tablet is approved; tracked.
    pub(super) fn is_under_way(self) -> bool {
        self.step.with(|step| *step != ApprovalStep::Idle)
    }

    /// True once the relay has approved a tablet; tracked.
    pub(super) fn is_approved(self) -> bool {
        self.step.with(|step| *step == ApprovalStep::Approved)
    }

    /// Error of the last request; tracked.
    pub(super) fn failure(self) -> Option<ClientError> {
        self.step.with(|step| match step {
            ApprovalStep::Failed(error) => Some(error.clone()),
            _ => None,
        })
    }

    /// Approves the tablet that shows this code; `chosen` is the key of an option.
    pub(super) fn approve(self, code: &str, chosen: &str) {
        if self.step.with_untracked(|step| {
            matches!(step, ApprovalStep::Saving(..) | ApprovalStep::Requested)
        }) {
            return;
        }
        let fixed = self.device.get_value();
        let known = match self.new_name {
            Some(_) => None,
            None => fixed.or_else(|| chosen.parse().ok()),
        };
        let device = known.unwrap_or_else(|| self.add_device());
        if untrack(|| self.is_saved(&device)) {
            self.request(device, code.to_owned());
        } else {
            self.store.save(self.admin);
            self.step.set(ApprovalStep::Saving(device, code.to_owned()));
        }
    }

    fn is_saved(self, id: &DeviceId) -> bool {
        self.store
            .with_saved(|saved| saved.devices.iter().any(|device| device.id == *id))
    }

    fn add_device(self) -> DeviceId {
        let id = random::device_id();
        let name = self.new_name.map(|name| name.get_untracked());
        self.store.edit(|document| {
            let count = (document.devices.len() + 1).to_string();
            let usual = fill(self.usual_name, &[("count", &count)]);
            let name = name.filter(|name| !name.trim().is_empty()).unwrap_or(usual);
            let menu = default_menu(&document.groups, random::button_id);
            document.devices.push(Device {
                menu,
                ..Device::named(id.clone(), name)
            });
        });
        id
    }

    /// Sends the approval. The request is not aborted when the admin leaves the page.
    fn request(self, device: DeviceId, code: String) {
        self.step.set(ApprovalStep::Requested);
        spawn_local(async move {
            let result = self.admin.approve_tablet(device.clone(), code).await;
            let step = match result {
                Ok(()) => ApprovalStep::Approved,
                Err(error) => ApprovalStep::Failed(error),
            };
            let is_approved = step == ApprovalStep::Approved;
            if self.step.try_set(step).is_none()
                && is_approved
                && let Some(on_approved) = self.on_approved
            {
                on_approved.run(device);
            }
        });
    }
}
