//! Page of a device. A device is an entry of the settings, with its name and menu; the hardware that is paired as the
//! device, and whose state the relay reports, is its tablet.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::model::id::{ButtonId, DeviceId};
use yobirin_domain::model::menu::Device;

use crate::browser;
use crate::components::{Alert, TextField, Tone};
use crate::i18n::fill;
use crate::router::SetupPage;

use super::behavior::{Accessibility, DeviceOpeningHours};
use super::checklist::TabletChecklist;
use super::live_preview::LivePreview;
use super::menu::MenuEditor;
use super::pairing::Pairing;
use super::polling::{StaleNotice, TabletPolling};
use super::silence::SilentTablet;
use super::status::{StatusBadge, StatusFacts};
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::{Link, Nav, words};
use crate::setup::shared::delete_entry::DeleteEntry;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::{PageFrame, Section};

#[component]
pub(crate) fn DevicePage(id: DeviceId) -> impl IntoView {
    let words = words();
    let texts = &words.devices;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let device = store.device(id.clone());
    let title = {
        let id = id.clone();
        Signal::derive(move || names.device(&id))
    };
    let tablets = TabletPolling::start();
    let status = tablets.status(id.clone());
    let exists = device.exists();
    let content = move || {
        if exists.get() {
            view! {
                <p class="row device-state">
                    <PairingBadge id=id.clone() status=status />
                    <StatusFacts status=status />
                </p>
                <StaleNotice tablets=tablets />
                <SilentTablet status=status />
                <DeviceForm id=id.clone() device=device status=status />
            }
            .into_any()
        } else {
            view! { <Alert tone=Tone::Warn kind="gone">{words.api_errors.not_found}</Alert> }
                .into_any()
        }
    };
    view! {
        <PageFrame name="device" title=title up=(SetupPage::Devices, texts.title)>
            {content}
        </PageFrame>
    }
}

/// Badge with the state of the tablet. When a saved device has no tablet yet, the badge is a button that scrolls to the
/// section in which one is paired.
#[component]
fn PairingBadge(id: DeviceId, status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let texts = &words().devices;
    let store = expect_context::<DraftStore>();
    let can_pair = Memo::new(move |_| {
        let is_unpaired = status.with(|status| {
            let status = status.as_ref();
            status.is_some_and(|status| status.paired_at.is_none())
        });
        let is_saved = store.with_saved(|saved| saved.devices.iter().any(|device| device.id == id));
        is_unpaired && is_saved
    });
    let go_to_pairing =
        move |_| browser::focus_and_scroll_to("[data-section=pairing] [data-action=pair]");
    move || {
        if can_pair.get() {
            view! {
                <button type="button" class="button small" data-action="to-pairing" on:click=go_to_pairing>
                    <StatusBadge status=status />{texts.to_pairing}
                </button>
            }
            .into_any()
        } else {
            view! { <StatusBadge status=status /> }.into_any()
        }
    }
}

#[component]
fn DeviceForm(
    id: DeviceId,
    device: Binding<Device>,
    status: Memo<Option<DeviceStatus>>,
) -> impl IntoView {
    let texts = &words().devices;
    let opened_button: RwSignal<Option<ButtonId>> = RwSignal::new(None);
    view! {
      <div class="device-columns">
      <LivePreview id=id.clone() opened_button=opened_button />
      <div class="device-form">
        <Section title=texts.details name="basic">
            <div class="fields columns-2">
                <TextField
                    name="device-name"
                    label=texts.name
                    hint=texts.name_hint
                    value=device.text(|device| device.name.clone())
                    on_input=device.set(|device, text| device.name = text)
                    problem=device.problem("name")
                />
                <TextField
                    name="device-place"
                    label=texts.place
                    hint=texts.place_hint
                    value=device.text(|device| device.place.clone())
                    on_input=device.set(|device, text| device.place = text)
                    problem=device.problem("place")
                />
            </div>
            <OfficeLanguages />
        </Section>
        <MenuEditor device=device opened_button=opened_button />
        <DeviceOpeningHours device=device />
        <Accessibility device=device />
        <Pairing id=id.clone() status=status />
        <TabletChecklist status=status />
        <DeleteDevice id=id />
      </div>
      </div>
    }
}

/// The languages of all tablets, and a link to the page where they are chosen.
#[component]
fn OfficeLanguages() -> impl IntoView {
    let words = words();
    let texts = &words.devices;
    let store = expect_context::<DraftStore>();
    let text = store.memo(move |document| {
        let names = document.site.languages.iter().map(|lang| lang.own_name());
        let names = names.collect::<Vec<_>>();
        let languages = names.join(words.names.list_separator);
        fill(texts.languages, &[("languages", &languages)])
    });
    view! {
        <p class="muted small" data-languages="">
            {move || text.get()} " "
            <Link to=SetupPage::Site focus="[data-section=languages] button" action="languages">{texts.change_languages}</Link>
        </p>
    }
}

#[component]
fn DeleteDevice(id: DeviceId) -> impl IntoView {
    let words = words();
    let texts = &words.devices;
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let names = DisplayNames::from_context();
    let id = StoredValue::new(id);
    let question = Signal::derive(move || {
        fill(
            texts.delete_question,
            &[("name", &id.with_value(|id| names.device(id)))],
        )
    });
    let delete = move |()| {
        // First leaves the page, which would show an alert once its device is gone.
        nav.go(SetupPage::Devices);
        store.edit(|document| {
            let devices = &mut document.devices;
            devices.retain(|device| id.with_value(|id| device.id != *id));
        });
    };
    view! {
        <DeleteEntry label=texts.delete question=question kind="delete-device" on_delete=delete>
            <p>{texts.delete_explanation}</p>
        </DeleteEntry>
    }
}
