//! Checklist of a tablet: what is set up on it, as its heartbeats report.

use leptos::prelude::*;
use yobirin_api::device::DeviceStatus;
use yobirin_domain::tablet_checks::{TabletCheck, TabletKind, TabletReport};

use crate::components::{Icon, Sign, command_options};
use crate::i18n::kiosk::{kind_name, rare_words};
use crate::setup::nav::words;
use crate::setup::shared::page_frame::Section;

/// Checklist of a paired tablet; nothing for an unpaired one.
#[component]
pub(crate) fn TabletChecklist(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let is_paired = Memo::new(move |_| {
        status.with(|status| {
            status
                .as_ref()
                .is_some_and(|status| status.paired_at.is_some())
        })
    });
    move || is_paired.get().then(|| view! { <Checks status=status /> })
}

#[component]
fn Checks(status: Memo<Option<DeviceStatus>>) -> impl IntoView {
    let words = words();
    let texts = &words.devices;
    let kiosk_texts = &rare_words(words.language()).checklist;
    let report = Memo::new(move |_| -> Option<TabletReport> {
        status.with(|status| status.as_ref()?.heartbeat.as_ref()?.checks.clone())
    });
    // The admin's choice comes before the kind that the tablet reports.
    let chosen_kind = RwSignal::new(None::<TabletKind>);
    let kind = Memo::new(move |_| {
        let reported = || report.with(|report| Some(report.as_ref()?.kind));
        chosen_kind.get().or_else(reported).unwrap_or_default()
    });
    let is_known = Memo::new(move |_| report.with(Option::is_some));
    let kinds = TabletKind::ALL.map(|option| {
        view! {
            <button
                type="button"
                class="segment"
                data-kind=option.key()
                aria-pressed=move || (kind.get() == option).to_string()
                on:click=move |_| chosen_kind.set(Some(option))
            >
                {kind_name(option)}
            </button>
        }
    });
    let line = move |check: TabletCheck| {
        let is_met = Memo::new(move |_| {
            report.with(|report| report.as_ref().is_some_and(|report| report.is_met(check)))
        });
        let content = move || {
            let (name, instruction) = kiosk_texts.line(check, kind.get());
            let (state, sign) = if is_met.get() {
                (kiosk_texts.done, Sign::DONE)
            } else {
                (kiosk_texts.open, Sign::WARNING)
            };
            view! {
                <Icon sign=sign />
                <span><span class="visually-hidden">{state}": "</span>{name}</span>
                {(!is_met.get()).then(|| view! { <p class="muted">{command_options(instruction)}</p> })}
            }
        };
        let applies = Memo::new(move |_| {
            report.with(|report| report.as_ref().is_some_and(|report| report.applies(check)))
        });
        view! {
            <li data-check=check.key() data-met=move || is_met.get().to_string() hidden=move || !applies.get()>
                {content}
            </li>
        }
    };
    let content = move || {
        if is_known.get() {
            let lines = TabletCheck::ALL.map(line).into_iter().collect_view();
            view! { <ul class="checks" role="list">{lines}</ul> }.into_any()
        } else {
            view! { <p class="waiting" role="status"><span class="spinner"></span>{texts.checks_waiting}</p> }
                .into_any()
        }
    };
    view! {
        <Section title=kiosk_texts.title lead=texts.checks_hint name="checklist">
            <div class="segments" role="group" aria-label=kiosk_texts.kind>{kinds.into_iter().collect_view()}</div>
            {content}
            <p class="muted">{kiosk_texts.leave}</p>
        </Section>
    }
}
