//! Devices: the list, and the page of a device.

mod action;
mod approval;
mod behavior;
mod button;
mod checklist;
mod default_menu;
mod duplicate;
mod engine_gaps;
mod form;
mod live_preview;
mod menu;
mod open_kiosk;
mod pairing;
mod polling;
mod replacement;
mod silence;
mod standard_label;
mod status;
mod template;
mod test_call;
mod unanswered;
mod waiting;

use leptos::prelude::*;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::menu::Device;

use crate::browser::{self, random};
use crate::components::{Alert, Icon, Sign};
use crate::i18n::fill;
use crate::router::SetupPage;

use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, Nav, words};
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::page_frame::PageFrame;
use waiting::{WaitingTablets, WaitingTabletsAlert};

pub(crate) use approval::{Approval, ApprovalTarget};
pub(crate) use checklist::TabletChecklist;
pub(crate) use default_menu::default_menu;
pub(crate) use form::DevicePage;
pub(crate) use pairing::Pairing;
pub(crate) use polling::{StaleNotice, TabletPolling, device_status};
pub(crate) use status::{StatusBadge, StatusFacts};
pub(crate) use waiting::{TabletInvitation, WaitingTabletPage};

#[component]
pub(crate) fn DevicesPage() -> impl IntoView {
    let texts = &words().devices;
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let tablets = TabletPolling::start();
    let devices = tablets.ordered_devices(store);
    let waiting = WaitingTablets::poll();
    let add = move |_| {
        let id = random::device_id();
        store.edit(|document| {
            let count = (document.devices.len() + 1).to_string();
            let menu = default_menu(&document.groups, random::button_id);
            document.devices.push(Device {
                menu,
                ..Device::named(id.clone(), fill(texts.new_name, &[("count", &count)]))
            });
        });
        nav.go(SetupPage::Device(id));
        browser::focus_after_render("[name=device-name]");
    };
    view! {
        <PageFrame name="devices" title=texts.title lead=texts.lead>
            <WaitingTabletsAlert waiting=waiting />
            <div class="toolbar">
                <button type="button" class="button" class:primary=move || !waiting.are_asking() data-action="add-device" on:click=add>
                    <Icon sign=Sign::ADD />{texts.add}
                </button>
            </div>
            {move || devices.with(Vec::is_empty).then(|| view! {
                <Alert kind="empty"><p><strong>{texts.empty}</strong></p><p>{texts.empty_explanation}</p></Alert>
            })}
            <StaleNotice tablets=tablets />
            <ul class="rows" role="list" aria-label=texts.title>
                <For each=move || devices.get() key=Clone::clone let:id>
                    <DeviceRow id=id tablets=tablets />
                </For>
            </ul>
        </PageFrame>
    }
}

#[component]
fn DeviceRow(id: DeviceId, tablets: TabletPolling) -> impl IntoView {
    let texts = &words().devices;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let device = store.device(id.clone());
    let status = tablets.status(id.clone());
    let name = {
        let id = id.clone();
        move || names.device(&id)
    };
    let place = device.text(|device| device.place.clone());
    let button_count = device.read(|device| device.menu.len());
    view! {
        <li class="list-row" data-device=id.to_string()>
            <span class="row-name">
                <Link to=SetupPage::Device(id.clone())>{name}</Link>
                <span class="muted">{place}</span>
            </span>
            <span class="row-chips muted">
                {move || fill(texts.menu_count, &[("count", &button_count.get().to_string())])}
                <StatusFacts status=status />
            </span>
            <span class="row-side"><StatusBadge status=status /></span>
        </li>
    }
}
