//! Approval of a waiting tablet as a device. A device that is not saved yet is saved first.

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

/// Devices as which a tablet can be approved: devices without a tablet, a new device, then devices whose tablet it
/// replaces.
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
            let new_device = SelectOption::new(NEW_DEVICE, texts.become_new);
            free.chain([new_device]).chain(paired).collect()
        })
    })
}

/// Device as which tablets are approved.
#[derive(Clone)]
pub(crate) enum ApprovalTarget {
    /// A device of the draft.
    Device(DeviceId),
    /// A new device with this name; with a numbered name if it is blank.
    NewDevice(Signal<String>),
    /// The device that the admin chooses, or a new one.
    ChosenByAdmin,
}

/// State of an approval.
#[derive(Clone, Debug, Default, PartialEq)]
enum ApprovalStep {
    /// Nothing was approved yet, or a new device could not be saved.
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
    target: StoredValue<ApprovalTarget>,
    /// Name of a new device without a name of its own, with a placeholder for its number.
    numbered_name: &'static str,
    /// Called with the device once its tablet is approved.
    on_approved: Option<Callback<DeviceId>>,
}

impl Approval {
    /// An approval of tablets as `target`. Its reactive owner must live until a new device is saved.
    pub(crate) fn new(target: ApprovalTarget, on_approved: Option<Callback<DeviceId>>) -> Self {
        let approval = Self {
            admin: expect_context(),
            store: expect_context(),
            step: RwSignal::new(ApprovalStep::Idle),
            target: StoredValue::new(target),
            numbered_name: words().devices.new_name,
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
        self.target
            .with_value(|target| !matches!(target, ApprovalTarget::ChosenByAdmin))
    }

    /// True from the first press on, also after the tablet is approved or the approval has failed; tracked.
    pub(super) fn has_started(self) -> bool {
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

    /// Approves the tablet that shows this code. `chosen` is the key of the option that the admin chose, if there is a
    /// choice.
    pub(super) fn approve(self, code: &str, chosen: &str) {
        let is_busy = self.step.with_untracked(|step| {
            matches!(step, ApprovalStep::Saving(..) | ApprovalStep::Requested)
        });
        if is_busy {
            return;
        }
        let device = match self.target.get_value() {
            ApprovalTarget::Device(device) => device,
            ApprovalTarget::NewDevice(name) => self.add_device(&name.get_untracked()),
            // The key of "a new device" is not an id.
            ApprovalTarget::ChosenByAdmin => match chosen.parse() {
                Ok(device) => device,
                Err(_) => self.add_device(""),
            },
        };
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

    /// Adds a device to the draft; with a numbered name if `name` is blank.
    fn add_device(self, name: &str) -> DeviceId {
        let id = random::device_id();
        self.store.edit(|document| {
            let count = (document.devices.len() + 1).to_string();
            let name = if name.trim().is_empty() {
                fill(self.numbered_name, &[("count", &count)])
            } else {
                name.to_owned()
            };
            let menu = default_menu(&document.groups, random::button_id);
            document.devices.push(Device {
                menu,
                ..Device::named(id.clone(), name)
            });
        });
        id
    }

    /// Sends the approval. The request goes on when the admin leaves the page; only `on_approved` is not called then.
    fn request(self, device: DeviceId, code: String) {
        self.step.set(ApprovalStep::Requested);
        spawn_local(async move {
            let result = self.admin.approve_tablet(device.clone(), code).await;
            let step = match result {
                Ok(()) => ApprovalStep::Approved,
                Err(error) => ApprovalStep::Failed(error),
            };
            let is_approved = step == ApprovalStep::Approved;
            // `try_set` returns the step when the page was left.
            let is_page_shown = self.step.try_set(step).is_none();
            if is_page_shown
                && is_approved
                && let Some(on_approved) = self.on_approved
            {
                on_approved.run(device);
            }
        });
    }
}
