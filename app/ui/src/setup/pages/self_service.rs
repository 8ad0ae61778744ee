//! A host's own page, opened by a personal link: absence, message to the visitor, kana, account.
//! Designed for a phone held in one hand.

mod form;
mod own_page;

use leptos::prelude::*;

use crate::browser::{self, clock, navigation};
use crate::components::{Alert, SubmitForm, TextArea, TextField, Tone};
use crate::i18n::fill;

use crate::setup::auth::state::AuthState;
use crate::setup::errors;
use crate::setup::language::LanguageSwitch;
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

pub(crate) use own_page::SelfServiceState;
use own_page::{PageState, SaveState};

#[component]
pub(crate) fn SelfServicePage() -> impl IntoView {
    let words = words();
    let texts = &words.self_service;
    let page = expect_context::<SelfServiceState>();
    if page.state.get_untracked() == PageState::NotLoaded {
        page.open();
    }
    browser::set_title(&format!("{} · {}", texts.title, words.sign_in.product));
    let is_loaded = Memo::new(move |_| {
        page.state
            .with(|state| matches!(state, PageState::Loaded(_)))
    });
    let content = move || {
        if is_loaded.get() {
            return view! { <SelfServiceFields /> }.into_any();
        }
        let message = |tone, kind, text: &'static str| {
            view! {
                <h1>{texts.title}</h1>
                <Alert tone=tone kind=kind>{text}</Alert>
            }
            .into_any()
        };
        match page.state.get() {
            PageState::NoLink => message(Tone::Warn, "no-link", texts.no_link),
            PageState::LinkExpired => message(Tone::Warn, "link-over", texts.link_over),
            PageState::Closed => message(Tone::Good, "closed", texts.closed),
            PageState::Failed(error) => view! {
                <h1>{texts.title}</h1>
                <Alert tone=Tone::Bad kind="failed">
                    <p>{errors::text(words, &error)}</p>
                    <button type="button" class="button small" data-action="retry" on:click=move |_| navigation::reload()>
                        {words.controls.retry}
                    </button>
                </Alert>
            }
            .into_any(),
            PageState::NotLoaded | PageState::Loading | PageState::Loaded(_) => view! {
                <p class="waiting" role="status"><span class="spinner"></span>{texts.opening}</p>
            }
            .into_any(),
        }
    };
    view! {
        <header class="self-service-head">
            <p class="brand"><span class="product">{words.sign_in.product}</span></p>
            <LanguageSwitch />
        </header>
        <main class="self-service" data-page="me">{content}</main>
    }
}

#[component]
fn SelfServiceFields() -> impl IntoView {
    let words = words();
    let texts = &words.self_service;
    let page = expect_context::<SelfServiceState>();
    let auth = expect_context::<AuthState>();
    let is_busy = Signal::derive(move || page.saving.get() == SaveState::Sending);
    let problem = move |field: &'static str| {
        Signal::derive(move || {
            page.saving.with(|saving| match saving {
                SaveState::Invalid(problems) => {
                    let problem = problems.iter().find(|problem| problem.path == field)?;
                    Some(words.validation.of(&problem.error))
                }
                _ => None,
            })
        })
    };
    let relay_problem = problem("account");
    let account_problem = Signal::derive(move || {
        let own_problem = page.form.with(|typed| typed.account_problem(words));
        own_problem
            .map(str::to_owned)
            .or_else(|| relay_problem.get())
    });
    view! {
        <HostHeader />
        <SubmitForm class="stack" name="me" busy=is_busy on_submit=move |()| page.save()>
            <Absence />
            <Section title=texts.visitor_message name="message">
                <TextArea
                    name="my-message"
                    label=texts.visitor_message
                    hint=texts.visitor_message_hint
                    value=Signal::derive(move || page.form.with(|typed| typed.message.clone()))
                    on_input=move |text| page.change(|typed| typed.message = text)
                    problem=problem("visitor_message")
                />
            </Section>
            <Section title=texts.personal_data name="about">
                <TextField
                    name="my-kana"
                    label=texts.kana
                    hint=texts.kana_hint
                    value=Signal::derive(move || page.form.with(|typed| typed.kana.clone()))
                    on_input=move |text| page.change(|typed| typed.kana = text)
                    problem=problem("kana")
                />
                <TextField
                    name="my-account"
                    label=texts.account
                    hint=texts.account_hint
                    value=Signal::derive(move || page.form.with(|typed| typed.account.clone()))
                    on_input=move |text| page.change(|typed| typed.account = text)
                    problem=account_problem
                />
            </Section>
            <SaveStatus />
        </SubmitForm>
        <div class="stack self-service-close">
            <p class="muted small">{texts.close_explanation}</p>
            <p><button type="button" class="button quiet" data-action="close" on:click=move |_| page.close(auth.is_tablet_now())>{texts.close}</button></p>
        </div>
    }
}

/// Name, office and groups of the host.
#[component]
fn HostHeader() -> impl IntoView {
    let words = words();
    let texts = &words.self_service;
    let page = expect_context::<SelfServiceState>();
    move || {
        let PageState::Loaded(me) = page.state.get() else {
            return None;
        };
        let lang = words.language();
        let chips = me.groups.iter().enumerate().map(|(index, group)| {
            let name = group.best(lang).to_owned();
            view! { <span class="chip" class:first-group=index == 0>{name}</span> }
        });
        let groups = (!me.groups.is_empty()).then(|| {
            view! { <p class="row-chips" aria-label=texts.groups role="group">{chips.collect_view()}</p> }
        });
        Some(view! {
            <div class="self-service-host">
                <p class="muted">{me.office.clone()}</p>
                <h1 data-me>{me.name.clone()}</h1>
                {groups}
                <p class="muted">{texts.lead}</p>
            </div>
        })
    }
}

#[component]
fn Absence() -> impl IntoView {
    let words = words();
    let texts = &words.self_service;
    let page = expect_context::<SelfServiceState>();
    let me = move || match page.state.get() {
        PageState::Loaded(me) => Some(me),
        _ => None,
    };
    let today = move || me().map(|me| clock::today(&me.time_zone));
    let state = move || {
        let (me, today) = (me()?, today()?);
        let last_day = me.absent_until.filter(|last| today <= *last);
        let later_start = me.absent_from.filter(|first| today < *first);
        Some(match last_day {
            Some(last) => {
                let date = |day| clock::format_full_day(day, words.language().tag());
                let last = date(last);
                let text = match later_start.map(date) {
                    Some(first) => fill(texts.absent_later, &[("first", &first), ("last", &last)]),
                    None => fill(texts.absent_state, &[("day", &last)]),
                };
                view! { <Alert tone=Tone::Warn kind="absent">{text}</Alert> }.into_any()
            }
            None => view! { <p data-present>{texts.present_state}</p> }.into_any(),
        })
    };
    let delegates = move || {
        let names = me()?.delegates.join(words.names.list_separator);
        Some(if names.is_empty() {
            texts.no_delegates.to_owned()
        } else {
            fill(texts.delegates, &[("names", &names)])
        })
    };
    let set_until = move |text: String| page.change(|typed| typed.set_absent_until(text));
    let set_from = move |text: String| page.change(|typed| typed.set_absent_from(text));
    let has_absence = Memo::new(move |_| page.form.with(|typed| !typed.absent_until.is_empty()));
    let clear_absence = move |_| {
        page.change(|typed| {
            typed.absent_from = String::new();
            typed.absent_until = String::new();
        });
        // The pressed button is removed.
        browser::focus_after_render("[name=my-absent-until]");
    };
    let clear_button = move || {
        has_absence.get().then(|| {
            view! {
                <button type="button" class="button" data-action="present" on:click=clear_absence>{texts.clear_absence}</button>
            }
        })
    };
    view! {
        <Section title=texts.absence name="absence">
            {state}
            <div class="fields columns-2">
                <TextField
                    name="my-absent-from"
                    kind="date"
                    label=texts.absent_from
                    hint=texts.absent_from_hint
                    value=Signal::derive(move || page.form.with(|typed| typed.absent_from.clone()))
                    on_input=set_from
                />
                <TextField
                    name="my-absent-until"
                    kind="date"
                    label=texts.absent_until
                    hint=texts.absent_hint
                    value=Signal::derive(move || page.form.with(|typed| typed.absent_until.clone()))
                    on_input=set_until
                />
            </div>
            <div class="row">
                <button
                    type="button"
                    class="button"
                    data-action="absent-today"
                    on:click=move |_| page.change(|typed| {
                        typed.absent_from = String::new();
                        typed.absent_until = untrack(today).map(|day| day.to_string()).unwrap_or_default();
                    })
                >
                    {texts.absent_today}
                </button>
                {clear_button}
            </div>
            <p class="muted small">{delegates}</p>
        </Section>
    }
}

/// Save bar at the bottom of the window.
#[component]
fn SaveStatus() -> impl IntoView {
    let words = words();
    let texts = &words.self_service;
    let page = expect_context::<SelfServiceState>();
    let message = move || match page.saving.get() {
        SaveState::Failed(error) => errors::text(words, &error),
        SaveState::Invalid(_) => words.layout.save_failed.to_owned(),
        SaveState::Sending => texts.saving.to_owned(),
        SaveState::Saved if !page.is_dirty() => texts.saved.to_owned(),
        SaveState::Saved | SaveState::Idle if page.is_dirty() => texts.unsaved.to_owned(),
        SaveState::Saved | SaveState::Idle => String::new(),
    };
    let state = move || match page.saving.get() {
        SaveState::Failed(_) | SaveState::Invalid(_) => "failed",
        SaveState::Sending => "saving",
        SaveState::Saved if !page.is_dirty() => "saved",
        SaveState::Saved | SaveState::Idle if page.is_dirty() => "unsaved",
        SaveState::Saved | SaveState::Idle => "idle",
    };
    view! {
        <div class="self-service-save" data-save=state>
            <p role="status">{message}</p>
            <button
                type="submit"
                class="button primary"
                data-action="save-me"
                aria-disabled=move || (!page.is_dirty() || page.saving.get() == SaveState::Sending).to_string()
            >
                {texts.save}
            </button>
        </div>
    }
}
