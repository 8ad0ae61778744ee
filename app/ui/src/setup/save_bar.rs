//! The bar that appears as soon as something is unsaved: save, discard, and what stands in the way.

use leptos::prelude::*;
use yobirin_domain::check::Problem;

use crate::components::{Confirm, Picture, Sign};
use crate::locale::fill;
use crate::locale::setup::Words;
use crate::page::SetupPage;

use super::draft::merge::{Clash, Prefer};
use super::draft::place::{button_of, page_of};
use super::errors;
use super::names::Names;
use super::nav::{Link, words};
use super::session::Signed;
use super::store::{Saving, Store};

/// The bar.
#[component]
pub(super) fn SaveBar(signed: Signed) -> impl IntoView {
    let (store, words) = (expect_context::<Store>(), words());
    let w = &words.shell;
    let discarding = RwSignal::new(false);
    let busy = move || store.saving() == Saving::Busy;
    let state = move || match store.saving() {
        Saving::Busy => "saving",
        Saving::Saved | Saving::Merged if !store.is_dirty() => "saved",
        Saving::Failed(_) => "failed",
        Saving::Invalid(_) => "invalid",
        Saving::Clashing(_) => "clash",
        Saving::Idle | Saving::Saved | Saving::Merged if store.is_dirty() => "unsaved",
        Saving::Idle | Saving::Saved | Saving::Merged => "clean",
    };
    let says = move || match (state(), store.saving()) {
        ("saving", _) => w.saving.to_owned(),
        (_, Saving::Merged) if !store.is_dirty() => w.merged.to_owned(),
        ("saved", _) => w.saved.to_owned(),
        ("failed", Saving::Failed(error)) => {
            format!("{}。{}", w.save_failed, errors::in_words(words, &error))
        }
        ("invalid", _) => {
            let count = store.problems().len().to_string();
            fill(w.problems, &[("count", &count)])
        }
        ("clash", _) => w.clash_title.to_owned(),
        ("clean", _) => String::new(),
        _ => w.unsaved.to_owned(),
    };
    let clashes = Memo::new(move |_| match store.saving() {
        Saving::Clashing(clashes) => clashes,
        _ => Vec::new(),
    });
    let actions = move || {
        let wanted = store.is_dirty() && clashes.with(Vec::is_empty);
        wanted.then(|| {
            view! {
                <button type="button" class="button" data-action="discard" on:click=move |_| discarding.set(true)>
                    {w.discard}
                </button>
                <button
                    type="button"
                    class="button main"
                    data-action="save"
                    aria-disabled=move || busy().to_string()
                    on:click=move |_| if !busy() { store.save(signed) }
                >
                    {w.save}
                </button>
            }
        })
    };
    view! {
        <section class="save-bar" data-save=state aria-label=w.save hidden=move || state() == "clean">
            <div class="save-line">
                <p role="status" aria-live="polite">
                    {move || (state() == "saved").then(|| view! { <Picture sign=Sign::Done /> })} {says}
                </p>
                <div class="save-actions">{actions}</div>
            </div>
            <Problems />
            {move || clashes.with(|clashes| (!clashes.is_empty()).then(|| clash_view(words, clashes, store, signed)))}
        </section>
        <Confirm
            open=discarding
            title=w.discard_ask
            ok=w.discard
            cancel=words.common.cancel
            danger=true
            kind="discard"
            on_ok=move |()| store.discard()
        >
            <p>{w.discard_words}</p>
        </Confirm>
    }
}

#[component]
fn Problems() -> impl IntoView {
    let (store, words, names) = (expect_context::<Store>(), words(), Names::here());
    let list = move || {
        let problems = store.problems();
        let line = |problem: &Problem| {
            let page = store.with(|document| page_of(document, &problem.path));
            let button = store.with(|document| button_of(document, &problem.path));
            let mut whose = whose(words, names, &page);
            if let Some(button) = button {
                whose = format!("{whose} › {}", names.button(&button));
            }
            view! {
                <li data-problem=problem.path.clone()>
                    <Link to=page>{whose}</Link>
                    " "
                    {words.problem.of(&problem.fault)}
                </li>
            }
        };
        (!problems.is_empty()).then(|| {
            view! { <ul class="problems">{problems.iter().map(line).collect_view()}</ul> }
        })
    };
    view! { <div role="alert">{list}</div> }
}

fn whose(words: &Words, names: Names, page: &SetupPage) -> String {
    let w = &words.shell;
    match page {
        SetupPage::Host(id) => format!("{} › {}", w.hosts, names.host(id)),
        SetupPage::Group(id) => format!("{} › {}", w.groups, names.group(id)),
        SetupPage::Device(id) => format!("{} › {}", w.devices, names.device(id)),
        SetupPage::Hosts => w.hosts.to_owned(),
        SetupPage::Groups => w.groups.to_owned(),
        SetupPage::Devices => w.devices.to_owned(),
        SetupPage::Chatwork => w.chatwork.to_owned(),
        _ => w.site.to_owned(),
    }
}

fn clash_view(
    words: &'static Words,
    clashes: &[Clash],
    store: Store,
    signed: Signed,
) -> impl IntoView + use<> {
    let w = &words.shell;
    let lang = words.lang.lang();
    let line = |clash: &Clash| match clash {
        Clash::Site => w.site.to_owned(),
        Clash::Host(name) => format!("{}：{name}", w.hosts),
        Clash::Group(name) => format!("{}：{}", w.groups, name.best(lang)),
        Clash::Device(name) => format!("{}：{name}", w.devices),
    };
    let lines = clashes
        .iter()
        .map(|clash| view! { <li>{line(clash)}</li> })
        .collect_view();
    let answer = move |prefer, action: &'static str, class: &'static str, says: &'static str| {
        view! {
            <button type="button" class=class data-action=action on:click=move |_| store.save_preferring(signed, prefer)>
                {says}
            </button>
        }
    };
    view! {
        <div class="clash" role="alert">
            <p>{w.clash_words}</p>
            <ul>{lines}</ul>
            <div class="save-actions">
                {answer(Prefer::Theirs, "keep-theirs", "button", w.keep_theirs)}
                {answer(Prefer::Ours, "keep-ours", "button main", w.keep_ours)}
            </div>
        </div>
    }
}
