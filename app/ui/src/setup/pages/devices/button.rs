//! Form of a menu button: label, icon, action, method, questions, message.

use leptos::prelude::*;
use yobirin_domain::model::id::ButtonId;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::{Ask, Button, Icon, Method, Need};

use crate::components::{Icon, SelectField, SelectOption, Sign, fresh_id};

use super::action::ActionFields;
use super::template::TemplateFields;
use super::unanswered::UnansweredFields;
use crate::setup::draft_store::Binding;
use crate::setup::nav::words;
use crate::setup::shared::display_names::method_name;
use crate::setup::shared::translated_fields::TranslatedFields;

#[component]
pub(crate) fn ButtonForm(id: ButtonId, button: Binding<Button>) -> impl IntoView {
    let texts = &words().menu;
    view! {
        <div class="menu-form">
            <TranslatedFields
                name="button-label"
                label=texts.label
                value=button.read(|button| button.label.clone())
                on_input=button.set(|button, (lang, text): (Lang, String)| button.label.set(lang, text))
                problem=button.problem("label")
            />
            <IconField button=button />
            <ActionFields button=button />
            <MethodField button=button />
            <Questions button=button />
            <TemplateFields id=id button=button />
            <UnansweredFields button=button />
        </div>
    }
}

/// Choice of the picture on the button.
#[component]
fn IconField(button: Binding<Button>) -> impl IntoView {
    let texts = &words().menu;
    let name = |icon| match icon {
        Icon::Bell => texts.icon_bell,
        Icon::Person => texts.icon_person,
        Icon::People => texts.icon_people,
        Icon::Search => texts.icon_search,
        Icon::Parcel => texts.icon_parcel,
        Icon::Interview => texts.icon_interview,
        Icon::Building => texts.icon_building,
        Icon::Help => texts.icon_help,
    };
    let chosen = button.read(|button| button.icon);
    let radio_group = fresh_id();
    let choice = move |icon: Icon| {
        view! {
            <label class="icon-choice" data-icon=format!("{icon:?}").to_lowercase() title=name(icon)>
                <input
                    type="radio"
                    name=format!("button-icon-{radio_group}")
                    value=format!("{icon:?}").to_lowercase()
                    prop:checked=move || chosen.get() == icon
                    on:change=move |_| button.edit(|button| button.icon = icon)
                />
                <Icon sign=Sign::of(icon) />
                <span class="visually-hidden">{name(icon)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{texts.icon}</legend>
            {Icon::ALL.map(choice).collect_view()}
        </fieldset>
    }
}

/// Choice of the notification method: direct, room or both (ダイレクト／ルーム／両方).
#[component]
fn MethodField(button: Binding<Button>) -> impl IntoView {
    let words = words();
    let texts = &words.menu;
    let radio_group = fresh_id();
    let chosen = button.read(|button| Some(button.method));
    let choice = move |method: Method| {
        let (key, hint) = match method {
            Method::Direct => ("direct", texts.direct_hint),
            Method::Room => ("room", texts.room_hint),
            Method::Both => ("both", texts.both_hint),
        };
        view! {
            <label class="method" data-method=key>
                <input
                    type="radio"
                    name=format!("button-method-{radio_group}")
                    value=key
                    prop:checked=move || chosen.get() == Some(method)
                    on:change=move |_| button.edit(|button| button.method = method)
                />
                <span><strong>{method_name(words, method)}</strong><span class="muted">{hint}</span></span>
            </label>
        }
    };
    view! {
        <fieldset class="methods">
            <legend>{texts.method}</legend>
            {Method::ALL.map(choice).collect_view()}
        </fieldset>
    }
}

/// Questions to the visitor, each off, optional or required.
#[component]
fn Questions(button: Binding<Button>) -> impl IntoView {
    let texts = &words().menu;
    let options = || {
        vec![
            SelectOption::new("off", texts.not_asked),
            SelectOption::new("optional", texts.optional),
            SelectOption::new("required", texts.required),
        ]
    };
    let question = |name: &'static str, label: &'static str, need_of: fn(&mut Ask) -> &mut Need| {
        let value = button.text(move |button| {
            let mut ask = button.ask;
            let key = match *need_of(&mut ask) {
                Need::Off => "off",
                Need::Optional => "optional",
                Need::Required => "required",
            };
            key.to_owned()
        });
        let on_change = button.set(move |button, key: String| {
            *need_of(&mut button.ask) = match key.as_str() {
                "required" => Need::Required,
                "optional" => Need::Optional,
                _ => Need::Off,
            };
        });
        view! { <SelectField name=name label=label value=value options=options() on_change=on_change /> }
    };
    view! {
        <fieldset>
            <legend>{texts.questions}</legend>
            <div class="fields columns-4">
                {question("ask-company", texts.company, |ask| &mut ask.company)}
                {question("ask-name", texts.name, |ask| &mut ask.name)}
                {question("ask-people", texts.people, |ask| &mut ask.people)}
                {question("ask-purpose", texts.purpose, |ask| &mut ask.purpose)}
            </div>
        </fieldset>
    }
}
