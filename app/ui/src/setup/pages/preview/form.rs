//! Form of the preview: whom to call, and how.

use leptos::prelude::*;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::{ButtonId, DeviceId};
use yobirin_domain::model::lang::TranslatedText;
use yobirin_domain::model::menu::{Action, Ask, Button, Device, Icon, Method};
use yobirin_domain::routing::Target;
use yobirin_domain::search::in_kana_order;

use crate::components::{SelectField, SelectOption};

use crate::setup::draft::group_tree;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::display_names::{DisplayNames, method_name};

/// Start of the previewed call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum PreviewStart {
    /// A button of a tablet.
    #[default]
    Button,
    /// A group, even one that no tablet offers.
    Group,
    /// A host, even one that no tablet offers.
    Host,
}

/// State of the form. The ids are texts, as the inputs hold them; empty while nothing is chosen.
#[derive(Clone, Copy)]
pub(crate) struct PreviewForm {
    start: RwSignal<PreviewStart>,
    device: RwSignal<String>,
    button: RwSignal<String>,
    group: RwSignal<String>,
    host: RwSignal<String>,
    method: RwSignal<Method>,
}

/// A complete request for a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreviewRequest {
    /// Tablet that the messages name.
    pub(crate) device: Device,
    /// Button that the messages name.
    pub(crate) button: Button,
    /// Host or group to call.
    pub(crate) target: Target,
    /// Notification method.
    pub(crate) method: Method,
}

impl PreviewForm {
    pub(crate) fn new() -> Self {
        let store = expect_context::<DraftStore>();
        let first = store.peek(|document| {
            let device = document.devices.first()?;
            Some((
                device.id.to_string(),
                device.menu.first().map(|button| button.id.to_string()),
            ))
        });
        let (device, button) = first.unwrap_or_default();
        let start = if device.is_empty() {
            PreviewStart::Group
        } else {
            PreviewStart::Button
        };
        Self {
            start: RwSignal::new(start),
            device: RwSignal::new(device),
            button: RwSignal::new(button.unwrap_or_default()),
            group: RwSignal::new(String::new()),
            host: RwSignal::new(String::new()),
            method: RwSignal::new(Method::Room),
        }
    }

    /// The chosen tablet and button.
    fn device_and_button(self, store: DraftStore) -> Option<(Device, Button)> {
        store.with(|document| {
            let device = document
                .devices
                .iter()
                .find(|device| device.id.as_str() == self.device.get())?;
            let button = device
                .menu
                .iter()
                .find(|button| button.id.as_str() == self.button.get())?;
            Some((device.clone(), button.clone()))
        })
    }

    /// Choice that is still to be made: a group, a host, or none for a button that calls one group.
    fn open_choice(self, store: DraftStore) -> Option<PreviewStart> {
        match self.start.get() {
            PreviewStart::Button => {
                let (_, button) = self.device_and_button(store)?;
                match button.action {
                    Action::Custom { .. } => None,
                    Action::GroupSelection { .. } => Some(PreviewStart::Group),
                    Action::HostOpen | Action::HostClosed | Action::HostSearch => {
                        Some(PreviewStart::Host)
                    }
                }
            }
            start => Some(start),
        }
    }

    /// The request; `None` until the form is complete. The messages of a group or host that is chosen directly name the
    /// first button of any tablet.
    pub(crate) fn request(self, store: DraftStore) -> Option<PreviewRequest> {
        let chosen = self.device_and_button(store);
        let first_button = || {
            store.with(|document| {
                let device = document
                    .devices
                    .iter()
                    .find(|device| !device.menu.is_empty())?;
                Some((device.clone(), device.menu.first()?.clone()))
            })
        };
        let is_from_button = self.start.get() == PreviewStart::Button;
        let (device, button) = if is_from_button {
            chosen?
        } else {
            chosen
                .or_else(first_button)
                .unwrap_or_else(placeholder_button)
        };
        let target = match self.open_choice(store) {
            Some(PreviewStart::Host) => Target::Host(self.host.get().parse().ok()?),
            Some(PreviewStart::Group | PreviewStart::Button) => {
                Target::Group(self.group.get().parse().ok()?)
            }
            None => match &button.action {
                Action::Custom { group } => Target::Group(group.clone()),
                _ => return None,
            },
        };
        let method = if is_from_button {
            button.method
        } else {
            self.method.get()
        };
        Some(PreviewRequest {
            device,
            button,
            target,
            method,
        })
    }
}

/// Tablet and button for an office that has none yet.
fn placeholder_button() -> (Device, Button) {
    let button = Button {
        id: ButtonId::from_random(0),
        label: TranslatedText::default(),
        icon: Icon::Bell,
        action: Action::HostSearch,
        method: Method::Room,
        ask: Ask::default(),
        template: None,
        escalation: None,
        missed_visit: false,
    };
    let device = Device::named(DeviceId::from_random(0), words().preview.device);
    (device, button)
}

#[component]
pub(crate) fn PreviewFields(form: PreviewForm) -> impl IntoView {
    let words = words();
    let texts = &words.preview;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let starts = [
        (PreviewStart::Button, "button", texts.by_button),
        (PreviewStart::Group, "group", texts.by_group),
        (PreviewStart::Host, "host", texts.by_host),
    ];
    let choices = starts.map(|(start, key, label)| {
        view! {
            <label class="method">
                <input
                    type="radio"
                    name="preview-start"
                    value=key
                    prop:checked=move || form.start.get() == start
                    on:change=move |_| form.start.set(start)
                />
                <span>{label}</span>
            </label>
        }
    });
    let devices = Signal::derive(move || {
        store.with(|document| {
            let ids = document.devices.iter().map(|device| device.id.clone());
            ids.map(|id| SelectOption::new(id.as_str(), names.device(&id)))
                .collect::<Vec<_>>()
        })
    });
    let buttons = Signal::derive(move || {
        let device = form.device.get();
        let ids = store.with(|document| {
            let device = document
                .devices
                .iter()
                .find(|other| other.id.as_str() == device);
            let menu = device.map(|device| device.menu.iter().map(|button| button.id.clone()));
            menu.map(Iterator::collect::<Vec<_>>).unwrap_or_default()
        });
        ids.into_iter()
            .map(|id| SelectOption::new(id.as_str(), names.button(&id)))
            .collect::<Vec<_>>()
    });
    let with_none = move |options: Vec<SelectOption>| {
        let mut all = vec![SelectOption::new("", texts.choose_option)];
        all.extend(options);
        all
    };
    let groups = Signal::derive(move || {
        let rows = store.with(|document| group_tree::rows(&document.groups));
        let option = |row: group_tree::TreeRow| {
            SelectOption::new(
                row.id.as_str(),
                format!("{}{}", "　".repeat(row.depth), names.group(&row.id)),
            )
        };
        with_none(rows.into_iter().map(option).collect())
    });
    let hosts = Signal::derive(move || {
        let options = store.with(|document| {
            let hosts = in_kana_order(document.hosts.iter()).into_iter();
            let option = |host: &Host| SelectOption::new(host.id.as_str(), &host.name);
            hosts.map(option).collect()
        });
        with_none(options)
    });
    let choose_device = move |id: String| {
        let first_button = store.peek(|document| {
            let device = document
                .devices
                .iter()
                .find(|device| device.id.as_str() == id)?;
            device.menu.first().map(|button| button.id.to_string())
        });
        form.button.set(first_button.unwrap_or_default());
        form.device.set(id);
    };
    let button_fields = move || {
        (form.start.get() == PreviewStart::Button).then(|| {
            view! {
                <SelectField name="preview-device" label=texts.device value=form.device options=devices on_change=choose_device />
                <SelectField name="preview-button" label=texts.button value=form.button options=buttons on_change=move |id| form.button.set(id) />
            }
        })
    };
    let open_choice = Memo::new(move |_| form.open_choice(store));
    let target_field = move || {
        match open_choice.get() {
        Some(PreviewStart::Host) => view! {
            <SelectField name="preview-host" label=texts.host value=form.host options=hosts on_change=move |id| form.host.set(id) />
        }
        .into_any(),
        Some(PreviewStart::Group | PreviewStart::Button) => view! {
            <SelectField name="preview-group" label=texts.group value=form.group options=groups on_change=move |id| form.group.set(id) />
        }
        .into_any(),
        None => ().into_any(),
    }
    };
    let methods: Vec<SelectOption> = Method::ALL
        .into_iter()
        .map(|method| SelectOption::new(method_key(method), method_name(words, method)))
        .collect();
    let method_field = move || {
        let methods = methods.clone();
        (form.start.get() != PreviewStart::Button).then(|| {
            view! {
                <SelectField
                    name="preview-method"
                    label=texts.method
                    value=Signal::derive(move || method_key(form.method.get()).to_owned())
                    options=methods
                    on_change=move |key: String| {
                        let chosen = Method::ALL.into_iter().find(|method| method_key(*method) == key);
                        form.method.set(chosen.unwrap_or(Method::Room));
                    }
                />
            }
        })
    };
    view! {
        <fieldset class="methods">
            <legend class="visually-hidden">{texts.how_called}</legend>
            {choices.collect_view()}
        </fieldset>
        {button_fields}
        {target_field}
        {method_field}
        <p class="muted small">{texts.sample_visitor}</p>
    }
}

fn method_key(method: Method) -> &'static str {
    match method {
        Method::Direct => "direct",
        Method::Room => "room",
        Method::Both => "both",
    }
}
