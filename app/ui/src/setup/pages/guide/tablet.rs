//! The step in which the first tablet is paired: it asks for approval by itself, and is approved as a new device with
//! the default menu.

use leptos::prelude::*;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::menu::Device;
use yobirin_domain::setup_progress::GuideStep;

use super::GuideRun;
use super::next_row::NextRow;
use crate::browser::random;
use crate::components::{Alert, SubmitForm, TextField, Tone};
use crate::i18n::fill;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::pages::devices::{
    Approval, ApprovalTarget, Pairing, TabletChecklist, TabletInvitation, default_menu,
    device_status,
};
use crate::setup::progress::SetupProgress;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::Section;

#[component]
pub(super) fn TabletStep(run: GuideRun) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let progress = expect_context::<SetupProgress>();
    progress.poll_tablets_often();
    // The first device without a tablet, else the first device; `None` without devices.
    let device = Memo::new(move |shown: Option<&Option<DeviceId>>| {
        let tablets = progress.tablets();
        let is_paired = |device: &&Device| {
            tablets.with_untracked(|remote| {
                let mut statuses = remote.loaded().into_iter().flatten();
                statuses.any(|status| status.id == device.id && status.paired_at.is_some())
            })
        };
        store.with(|document| {
            let devices = &document.devices;
            // A device that is shown already stays, also once it is paired.
            let shown = shown.and_then(Option::as_ref);
            let shown = shown.filter(|id| devices.iter().any(|device| device.id == **id));
            let unpaired = devices.iter().find(|device| !is_paired(device));
            let first_choice = unpaired.or(devices.first()).map(|device| &device.id);
            shown.or(first_choice).cloned()
        })
    });
    let new_name = fill(words().devices.new_name, &[("count", "1")]);
    let name = RwSignal::new(new_name);
    // Owned by the step, because the form is replaced as soon as the new device is in the draft.
    let approval = Approval::new(ApprovalTarget::NewDevice(name.into()), None);
    move || match device.get() {
        None => view! { <NewTablet run=run name=name approval=approval /> }.into_any(),
        Some(id) => view! { <PairTablet run=run id=id /> }.into_any(),
    }
}

/// Form for the name of the first device, with instructions for its tablet.
#[component]
fn NewTablet(run: GuideRun, name: RwSignal<String>, approval: Approval) -> impl IntoView {
    let words = words();
    let (texts, device_texts) = (&words.guide, &words.devices);
    let store = expect_context::<DraftStore>();
    let is_blank = Memo::new(move |_| name.with(|name| name.trim().is_empty()));
    let missing = Signal::derive(move || {
        if is_blank.get() {
            words.validation.empty
        } else {
            ""
        }
    });
    let add_device = move |()| {
        if is_blank.get_untracked() {
            return;
        }
        let name = name.get_untracked();
        store.edit(|document| {
            let menu = default_menu(&document.groups, random::button_id);
            document.devices.push(Device {
                menu,
                ..Device::named(random::device_id(), name)
            });
        });
        run.save();
    };
    view! {
        // One form around both sections, so that its button stays in sight.
        <SubmitForm class="guide" name="guide-tablet" busy=Signal::stored(false) on_submit=add_device>
            <Section title=device_texts.approve_title name="invitation"><TabletInvitation approval=approval /></Section>
            <Section title=device_texts.details name="basic">
                <TextField
                    name="device-name"
                    label=device_texts.name
                    hint=device_texts.name_hint
                    value=name
                    on_input=move |text| name.set(text)
                />
            </Section>
            <NextRow run=run label=texts.tablet_make missing=missing on_next=add_device is_submit=true is_secondary=true />
        </SubmitForm>
    }
}

/// Pairing of the tablet, and its checklist.
#[component]
fn PairTablet(run: GuideRun, id: DeviceId) -> impl IntoView {
    let texts = &words().guide;
    let progress = expect_context::<SetupProgress>();
    let status = device_status(progress.tablets(), id.clone());
    let is_paired = Memo::new(move |_| {
        status.with(|status| {
            let status = status.as_ref();
            status.is_some_and(|status| status.paired_at.is_some())
        })
    });
    // Any paired tablet completes the step.
    let missing = Signal::derive(move || {
        if is_paired.get() || progress.is_done(GuideStep::Tablet) {
            ""
        } else {
            texts.tablet_waiting
        }
    });
    let names = DisplayNames::from_context();
    let store = expect_context::<DraftStore>();
    let first_paired = Memo::new(move |_| {
        let paired_ids = progress.paired();
        store.with(|document| {
            let mut devices = document.devices.iter();
            devices
                .find(|device| paired_ids.contains(&device.id))
                .map(|device| device.id.clone())
        })
    });
    let device_id = StoredValue::new(id.clone());
    let state = move || {
        if is_paired.get() {
            return Some(
                view! { <Alert tone=Tone::Good kind="paired">{texts.tablet_paired}</Alert> }
                    .into_any(),
            );
        }
        let ready_name = names.device(&first_paired.get()?);
        let name = device_id.with_value(|id| names.device(id));
        let text = fill(
            texts.tablet_other_paired,
            &[("ready", &ready_name), ("name", &name)],
        );
        Some(view! { <Alert tone=Tone::Good kind="other-paired">{text}</Alert> }.into_any())
    };
    // A further tablet is no condition for going on.
    let is_optional = Signal::derive(move || progress.is_done(GuideStep::Tablet));
    view! {
        {state}
        <Pairing id=id status=status is_guided=true is_secondary=is_optional />
        <TabletChecklist status=status />
        <NextRow
            run=run
            label=texts.next
            missing=missing
            on_next=move |()| run.go_on()
            is_secondary=Signal::derive(move || !missing.get().is_empty())
        />
    }
}
