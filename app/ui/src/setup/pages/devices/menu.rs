//! Menu editor: the buttons of a tablet in order, each with its form.

use leptos::prelude::*;
use yobirin_domain::model::id::ButtonId;
use yobirin_domain::model::lang::TranslatedText;
use yobirin_domain::model::menu::{Action, Button, Device, Icon, Method};

use crate::browser::{self, random};
use crate::components::sort_handle::{Drag, move_entry};
use crate::components::{Alert, Icon, Sign, SortHandle, Tone};
use crate::i18n::fill;
use crate::i18n::setup::{SEPARATOR, Words};

use super::button::ButtonForm;
use super::default_menu::ASKED;
use super::duplicate::{self, CopyMenu};
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;
use crate::setup::shared::display_names::{DisplayNames, method_name};
use crate::setup::shared::joined_text::with_detail;
use crate::setup::shared::page_frame::Section;

#[component]
pub(crate) fn MenuEditor(
    device: Binding<Device>,
    /// The button whose form is open.
    opened_button: RwSignal<Option<ButtonId>>,
) -> impl IntoView {
    let words = words();
    let texts = &words.menu;
    let buttons = device.read(|device| {
        device
            .menu
            .iter()
            .map(|button| button.id.clone())
            .collect::<Vec<_>>()
    });
    let add = move |_| {
        let id = random::button_id();
        device.edit(|device| {
            device.menu.push(Button {
                id: id.clone(),
                label: TranslatedText::of(words.language(), texts.new_label),
                icon: Icon::Bell,
                action: Action::HostSearch,
                method: Method::Direct,
                ask: ASKED,
                template: None,
                escalation: None,
                missed_visit: false,
            });
        });
        opened_button.set(Some(id));
    };
    let count = Memo::new(move |_| buttons.with(Vec::len));
    let drag = RwSignal::new(None::<Drag>);
    let move_status = RwSignal::new(String::new());
    view! {
        <Section title=texts.title lead=texts.lead name="menu">
            {move || (count.get() == 0).then(|| view! { <Alert tone=Tone::Warn kind="empty">{texts.empty}</Alert> })}
            <ol class="menu" role="list">
                <For
                    each=move || buttons.get()
                    key=Clone::clone
                    children=move |id| {
                        view! { <MenuItem id=id device=device opened_button=opened_button drag=drag move_status=move_status /> }
                    }
                />
            </ol>
            <p class="visually-hidden" role="status">{move || move_status.get()}</p>
            <div class="row">
                <button type="button" class="button" data-action="add-button" on:click=add>
                    <Icon sign=Sign::ADD />{texts.add}
                </button>
                <CopyMenu from=device />
            </div>
        </Section>
    }
}

/// Name of an action.
fn action_name(words: &Words, action: &Action) -> &'static str {
    let texts = &words.menu;
    match action {
        Action::GroupSelection { .. } => texts.group_selection,
        Action::Custom { .. } => texts.custom,
        Action::HostOpen => texts.host_open,
        Action::HostClosed => texts.host_closed,
        Action::HostSearch => texts.host_search,
    }
}

#[component]
fn MenuItem(
    id: ButtonId,
    device: Binding<Device>,
    opened_button: RwSignal<Option<ButtonId>>,
    drag: RwSignal<Option<Drag>>,
    /// Announces moves to screen readers.
    move_status: RwSignal<String>,
) -> impl IntoView {
    let words = words();
    let texts = &words.menu;
    let store = expect_context::<DraftStore>();
    let names = DisplayNames::from_context();
    let button = store.button(id.clone());
    let button_id = StoredValue::new(id.clone());
    let is_open = Memo::new(move |_| {
        opened_button.with(|opened| button_id.with_value(|id| opened.as_ref() == Some(id)))
    });
    let label = move || button_id.with_value(|id| names.button(id));
    let index = device.read(move |device| {
        let index_of = |id: &ButtonId| device.menu.iter().position(|button| button.id == *id);
        button_id.with_value(index_of).unwrap_or_default()
    });
    let length = device.read(|device| device.menu.len());
    let on_move = move |(from, to): (usize, usize)| {
        device.edit(|device| move_entry(&mut device.menu, from, to));
        let (place, count) = ((to + 1).to_string(), length.get_untracked().to_string());
        let label = label();
        let values = [
            ("label", label.as_str()),
            ("place", &place),
            ("count", &count),
        ];
        move_status.set(fill(texts.moved, &values));
    };
    let handle_label = Signal::derive(move || fill(texts.move_button, &[("label", &label())]));
    let summary = move || {
        let button = button.get()?;
        let action = match &button.action {
            Action::Custom { group } | Action::GroupSelection { below: Some(group) } => {
                with_detail(
                    words,
                    action_name(words, &button.action),
                    &names.group(group),
                )
            }
            action => action_name(words, action).to_owned(),
        };
        Some(format!(
            "{action}{SEPARATOR}{}",
            method_name(words, button.method)
        ))
    };
    let icon = button.read(|button| button.icon);
    let problem = button.any_problem();
    // The open form shows the problem beside its field.
    let problem_text = move || {
        if !store.show_all_problems().get() || is_open.get() {
            return None;
        }
        let problem = problem.get()?;
        Some(view! { <span class="menu-problem">{problem}</span> })
    };
    let drop_mark = move || drag.get()?.mark_at(index.get(), length.get());
    let is_dragged = move || drag.get().is_some_and(|drag| drag.from == index.get());
    let toggle = move |_| {
        opened_button.set(if is_open.get_untracked() {
            None
        } else {
            Some(button_id.get_value())
        });
    };
    view! {
        <li
            class="menu-item"
            data-button=id.to_string()
            data-drop=drop_mark
            class:open=is_open
            class:dragged=is_dragged
        >
            <div class="menu-line">
                <SortHandle label=handle_label index=index length=length drag=drag on_move=on_move />
                <button
                    type="button"
                    class="menu-open"
                    data-action="edit-button"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=toggle
                >
                    <span class="menu-icon">{move || view! { <Icon sign=Sign::of(icon.get()) /> }}</span>
                    <span class="row-name"><strong>{label}</strong><span class="muted">{summary}</span>{problem_text}</span>
                    {move || {
                        let sign = if is_open.get() { Sign::UP } else { Sign::DOWN };
                        view! { <Icon sign=sign /> }
                    }}
                </button>
            </div>
            {move || is_open.get().then(|| view! {
                <ButtonForm id=button_id.get_value() button=button />
                <MenuItemActions id=button_id.get_value() device=device opened_button=opened_button />
            })}
        </li>
    }
}

/// Buttons that duplicate or delete the entry.
#[component]
fn MenuItemActions(
    id: ButtonId,
    device: Binding<Device>,
    opened_button: RwSignal<Option<ButtonId>>,
) -> impl IntoView {
    let words = words();
    let texts = &words.menu;
    let id = StoredValue::new(id);
    let add_copy = move |_| {
        let copy = random::button_id();
        device.edit(|device| {
            id.with_value(|id| duplicate::duplicate(&mut device.menu, id, copy.clone()));
        });
        browser::scroll_into_view_after_render(format!("li[data-button='{copy}']"));
        opened_button.set(Some(copy));
    };
    let remove = move |_| {
        device.edit(|device| {
            device
                .menu
                .retain(|button| id.with_value(|id| button.id != *id));
        });
    };
    view! {
        <div class="menu-actions">
            <button type="button" class="button small" data-action="duplicate-button" on:click=add_copy>
                <Icon sign=Sign::COPY />{texts.duplicate}
            </button>
            <button type="button" class="button small danger" data-action="remove-button" on:click=remove>
                <Icon sign=Sign::REMOVE />{texts.remove}
            </button>
        </div>
    }
}
