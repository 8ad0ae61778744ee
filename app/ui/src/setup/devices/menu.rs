//! The buttons of a tablet, in order, each of which opens into its form.

use leptos::prelude::*;
use yobirin_domain::id::ButtonId;
use yobirin_domain::lang::LocalText;
use yobirin_domain::menu::{Action, Ask, Button, Device, Icon, Method};

use crate::components::{Notice, Picture, Sign, Tone};
use crate::locale::setup::Words;
use crate::platform::ids;

use super::super::names::Names;
use super::super::nav::words;
use super::super::parts::{Section, shift};
use super::super::store::{Entry, Store};
use super::button::ButtonForm;

/// The menu.
#[component]
pub(super) fn MenuEditor(
    device: Entry<Device>,
    /// The button whose form is open.
    opened: RwSignal<Option<ButtonId>>,
) -> impl IntoView {
    let words = words();
    let w = &words.menu;
    let buttons = device.read(|device| {
        device
            .menu
            .iter()
            .map(|button| button.id.clone())
            .collect::<Vec<_>>()
    });
    let add = move |_| {
        let id = ids::button();
        device.edit(|device| {
            device.menu.push(Button {
                id: id.clone(),
                label: LocalText::of(words.lang.lang(), w.new_label),
                icon: Icon::Bell,
                action: Action::HostSearch,
                method: Method::Direct,
                ask: Ask::default(),
                template: None,
            });
        });
        opened.set(Some(id));
    };
    let count = Memo::new(move |_| buttons.with(Vec::len));
    view! {
        <Section title=w.title lead=w.lead name="menu">
            {move || (count.get() == 0).then(|| view! { <Notice tone=Tone::Warn kind="empty">{w.empty}</Notice> })}
            <ol class="menu" role="list">
                <For
                    each=move || buttons.get()
                    key=Clone::clone
                    children=move |id| view! { <Item id=id device=device opened=opened /> }
                />
            </ol>
            <p>
                <button type="button" class="button" data-action="add-button" on:click=add>
                    <Picture sign=Sign::Add />{w.add}
                </button>
            </p>
        </Section>
    }
}

/// What an action is called.
fn action_name(words: &Words, action: &Action) -> &'static str {
    let w = &words.menu;
    match action {
        Action::GroupSelection { .. } => w.group_selection,
        Action::Custom { .. } => w.custom,
        Action::HostOpen => w.host_open,
        Action::HostClosed => w.host_closed,
        Action::HostSearch => w.host_search,
    }
}

/// What a method is called.
pub(in crate::setup) fn method_name(words: &Words, method: Method) -> &'static str {
    match method {
        Method::Direct => words.menu.direct,
        Method::Room => words.menu.room,
        Method::Both => words.menu.both,
    }
}

#[component]
fn Item(id: ButtonId, device: Entry<Device>, opened: RwSignal<Option<ButtonId>>) -> impl IntoView {
    let words = words();
    let w = &words.menu;
    let (store, names) = (expect_context::<Store>(), Names::here());
    let button = store.button(id.clone());
    let key = StoredValue::new(id.clone());
    let is_open =
        Memo::new(move |_| opened.with(|open| key.with_value(|key| open.as_ref() == Some(key))));
    let label = move || key.with_value(|key| names.button(key));
    let place = device.read({
        let id = id.clone();
        move |device| {
            let place = device.menu.iter().position(|button| button.id == id);
            (place, device.menu.len())
        }
    });
    let shift_it = move |up: bool| {
        device.edit(|device| {
            key.with_value(|key| shift(&mut device.menu, |button| button.id == *key, up));
        });
    };
    let step = move |up: bool, sign: Sign, word: &'static str| {
        let at_end = move || {
            let (place, length) = place.get();
            place == if up { Some(0) } else { length.checked_sub(1) }
        };
        view! {
            <button
                type="button"
                class="button quiet small"
                data-action=if up { "up" } else { "down" }
                disabled=at_end
                title=word
                aria-label=move || format!("{word}: {}", label())
                on:click=move |_| shift_it(up)
            >
                <Picture sign=sign />
            </button>
        }
    };
    let summary = move || {
        let button = button.get()?;
        let action = match &button.action {
            Action::Custom { group } | Action::GroupSelection { below: Some(group) } => {
                format!(
                    "{}：{}",
                    action_name(words, &button.action),
                    names.group(group)
                )
            }
            action => action_name(words, action).to_owned(),
        };
        Some(format!("{action} · {}", method_name(words, button.method)))
    };
    let icon = button.read(|button| button.icon);
    let problem = button.any_problem();
    let wrong = move || {
        let why = problem
            .get()
            .filter(|_| store.judging().get() && !is_open.get());
        why.map(|why| view! { <span class="menu-problem">{why}</span> })
    };
    view! {
        <li class="menu-item" data-button=id.to_string() class:open=is_open>
            <div class="menu-line">
                {move || view! { <Picture sign=Sign::Of(icon.get()) /> }}
                <span class="row-name"><strong>{label}</strong><span class="soft">{summary}</span>{wrong}</span>
                {step(true, Sign::Up, words.common.up)}
                {step(false, Sign::Down, words.common.down)}
                <button
                    type="button"
                    class="button quiet small"
                    data-action="remove-button"
                    title=words.common.remove
                    aria-label=move || format!("{}: {}", words.common.remove, label())
                    on:click=move |_| {
                        device.edit(|device| {
                            device.menu.retain(|button| key.with_value(|key| button.id != *key));
                        });
                    }
                >
                    <Picture sign=Sign::Remove />
                </button>
                <button
                    type="button"
                    class="button small"
                    data-action="edit-button"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| {
                        opened.set(if is_open.get_untracked() { None } else { Some(key.get_value()) });
                    }
                >
                    {move || if is_open.get() { w.close } else { w.edit }}
                    <span class="visually-hidden">": " {label}</span>
                </button>
            </div>
            {move || is_open.get().then(|| view! { <ButtonForm id=key.get_value() button=button /> })}
        </li>
    }
}
