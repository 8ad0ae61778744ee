//! Duplicates a button, or copies a menu to another tablet.

use leptos::prelude::*;
use yobirin_domain::model::id::{ButtonId, DeviceId};
use yobirin_domain::model::menu::{Button, Device};

use crate::browser::random;
use crate::components::{Alert, Confirm, Icon, SelectField, SelectOption, Sign, Tone};
use crate::i18n::fill;
use crate::i18n::setup::counted;

use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;

/// Inserts a copy of a button, with a new id, after the button.
pub(crate) fn duplicate(menu: &mut Vec<Button>, id: &ButtonId, new_id: ButtonId) {
    if let Some(index) = menu.iter().position(|button| button.id == *id) {
        let copy = Button {
            id: new_id,
            ..menu[index].clone()
        };
        menu.insert(index + 1, copy);
    }
}

/// Replaces a tablet's menu by a copy of another one, with new ids.
fn copy_menu(
    devices: &mut [Device],
    from: &DeviceId,
    to: &DeviceId,
    mut new_id: impl FnMut() -> ButtonId,
) {
    let source = devices.iter().find(|device| device.id == *from);
    let menu = source.map(|device| device.menu.clone());
    let target = devices.iter_mut().find(|device| device.id == *to);
    if let (Some(mut menu), Some(target)) = (menu, target) {
        for button in &mut menu {
            button.id = new_id();
        }
        target.menu = menu;
    }
}

/// Button and dialog that copy the menu to another tablet.
#[component]
pub(crate) fn CopyMenu(from: Binding<Device>) -> impl IntoView {
    let words = words();
    let texts = &words.menu;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let is_confirming = RwSignal::new(false);
    let done_text = RwSignal::new(None::<String>);
    let own_id = from.read(|device| Some(device.id.clone()));
    // Each with the number of its buttons.
    let other_devices = store.memo(move |document| {
        let own_id = own_id.get();
        let other_devices = document
            .devices
            .iter()
            .filter(|device| Some(&device.id) != own_id.as_ref());
        other_devices
            .map(|device| (device.id.clone(), device.menu.len()))
            .collect::<Vec<_>>()
    });
    let selected = RwSignal::new(None::<DeviceId>);
    // The selected device; the first one until one is selected, and when the selected one is deleted.
    let chosen = Memo::new(move |_| {
        let other_devices = other_devices.get();
        let selected = selected.get();
        let chosen = other_devices
            .iter()
            .find(|(id, _)| Some(id) == selected.as_ref());
        chosen.or(other_devices.first()).cloned()
    });
    let options = Signal::derive(move || {
        let option = |(id, _): (DeviceId, usize)| SelectOption::new(id.as_str(), names.device(&id));
        other_devices
            .get()
            .into_iter()
            .map(option)
            .collect::<Vec<_>>()
    });
    let value =
        Signal::derive(move || chosen.get().map_or(String::new(), |(id, _)| id.to_string()));
    let consequence = move || {
        let (id, button_count) = chosen.get()?;
        let sentence = match button_count {
            0 => texts.copy_onto_empty,
            _ => texts.copy_replaces,
        };
        let sentence = counted(sentence, button_count);
        Some(fill(&sentence, &[("name", &names.device(&id))]))
    };
    let copy = move |()| {
        let (Some(from), Some((to, _))) = (own_id.get_untracked(), chosen.get_untracked()) else {
            return;
        };
        store.edit(|document| copy_menu(&mut document.devices, &from, &to, random::button_id));
        done_text.set(Some(fill(texts.copied, &[("name", &names.device(&to))])));
    };
    view! {
        <button
            type="button"
            class="button"
            data-action="copy-menu"
            hidden=move || other_devices.with(Vec::is_empty)
            on:click=move |_| { done_text.set(None); is_confirming.set(true); }
        >
            <Icon sign=Sign::COPY />{texts.copy}
        </button>
        {move || done_text.get().map(|text| view! { <Alert tone=Tone::Good kind="copied">{text}</Alert> })}
        <Confirm
            open=is_confirming
            title=texts.copy_title.to_owned()
            ok=texts.copy_ok
            cancel=words.controls.cancel
            kind="copy-menu"
            on_ok=copy
        >
            <SelectField
                name="copy-to"
                label=texts.copy_to
                value=value
                options=options
                on_change=move |key: String| selected.set(key.parse().ok())
            />
            <p data-replaces>{consequence}</p>
        </Confirm>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yobirin_domain::model::lang::{Lang, TranslatedText};
    use yobirin_domain::model::menu::{Action, Ask, Icon, Method};

    fn id(key: &str) -> ButtonId {
        key.parse().unwrap()
    }

    /// A button whose id is its label too.
    fn button(key: &str) -> Button {
        Button {
            id: id(key),
            label: TranslatedText::of(Lang::Ja, key),
            icon: Icon::Bell,
            action: Action::HostSearch,
            method: Method::Direct,
            ask: Ask::default(),
            template: None,
            escalation: None,
            missed_visit: false,
        }
    }

    fn ids_and_labels(menu: &[Button]) -> Vec<(&str, &str)> {
        menu.iter()
            .map(|button| (button.id.as_str(), button.label.exactly(Lang::Ja)))
            .collect()
    }

    #[test]
    fn a_button_is_copied_beside_itself_under_an_id_of_its_own() {
        let mut menu = vec![button("a"), button("b")];
        duplicate(&mut menu, &id("a"), id("c"));
        assert_eq!(ids_and_labels(&menu), [("a", "a"), ("c", "a"), ("b", "b")]);
        duplicate(&mut menu, &id("gone"), id("d"));
        assert_eq!(menu.len(), 3);
    }

    #[test]
    fn a_copied_menu_replaces_the_other_one_and_shares_no_id() {
        let tablet = |key: &str, menu| Device {
            menu,
            ..Device::named(key.parse().unwrap(), key)
        };
        let mut devices = vec![
            tablet("lobby", vec![button("a"), button("b")]),
            tablet("second", vec![button("old")]),
        ];
        let (from, to) = (devices[0].id.clone(), devices[1].id.clone());
        let mut new_ids = ["x", "y"].map(id).into_iter();
        copy_menu(&mut devices, &from, &to, || new_ids.next().unwrap());
        assert_eq!(ids_and_labels(&devices[0].menu), [("a", "a"), ("b", "b")]);
        assert_eq!(ids_and_labels(&devices[1].menu), [("x", "a"), ("y", "b")]);
    }
}
