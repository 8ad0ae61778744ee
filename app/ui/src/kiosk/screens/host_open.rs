//! 担当者選択（オープン型）: going down the groups until a name can be picked.

use leptos::prelude::*;
use yobirin_domain::catalog;
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::{GroupId, HostId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::routing::Target;
use yobirin_domain::search::{KANA_ROWS, kana_row};

use super::groups::crumbs;
use crate::components::{Icon, Sign};
use crate::kiosk::app::RenderContext;
use crate::kiosk::navigation::Intent;
use crate::kiosk::widgets::{self, press, renewed};

/// A list of as many names or more has an index.
const INDEXED: usize = 13;
/// Of more names than these a row has to be chosen first.
const AT_ONCE: usize = 60;
/// Names without kana, in the index.
const OTHERS: char = 'A';

pub(super) fn view(context: &RenderContext, at: Option<&GroupId>) -> AnyView {
    let words = &context.words.choose;
    let settings = context.office.settings();
    let groups = catalog::groups_with_hosts(settings, at);
    let people = catalog::hosts(settings, at);
    let title = if groups.is_empty() {
        words.person
    } else {
        words.department
    };
    let nobody = groups.is_empty() && people.is_empty();
    let groups = groups
        .into_iter()
        .map(|group| department(context, group))
        .collect_view();
    let people = names(context, people);
    view! {
        <section class="choose">
            {widgets::heading(title)}
            {crumbs(context, None, at)}
            <div class="cards">{groups}</div>
            {people}
            {nobody.then(|| view! { <p class="lead">{words.empty}</p> })}
        </section>
    }
    .into_any()
}

/// Names in 五十音 order, and above a longer list the rows of the table by which it can be cut.
fn names(context: &RenderContext, people: Vec<&Host>) -> AnyView {
    let rows: Vec<(char, HostId)> = people
        .iter()
        .map(|host| (row(host), host.id.clone()))
        .collect();
    let many = rows.len() > AT_ONCE;
    if rows.len() < INDEXED {
        let cards = people.into_iter().map(|host| person(context, host));
        return view! { <div class="cards">{cards.collect_view()}</div> }.into_any();
    }
    let chosen = RwSignal::new(None::<char>);
    let words = &context.words.choose;
    let is_there = |wanted: char| rows.iter().any(|(row, _)| *row == wanted);
    let lang = context.lang;
    let chip = |one: Option<char>, label: String, there: bool| {
        view! {
            <button
                type="button"
                class="button row"
                data-row=one.map(String::from)
                disabled=!there
                aria-pressed=move || (chosen.get() == one).to_string()
                on:click=move |_| chosen.set(one)
            >
                {label}
            </button>
        }
        .into_any()
    };
    let all = (!many).then(|| chip(None, words.all.to_owned(), true));
    let chips = KANA_ROWS
        .iter()
        .chain(&[OTHERS])
        .map(|&one| chip(Some(one), row_label(one, lang), is_there(one)));
    let chips = chips.collect_view();
    let context = context.clone();
    let shown = move || {
        let chosen = chosen.get();
        let settings = context.office.settings();
        let wanted = rows.iter().filter(|(row, _)| match chosen {
            Some(chosen) => chosen == *row,
            None => !many,
        });
        let hosts = wanted.filter_map(|(_, id)| settings.host(id));
        let cards = hosts.map(|host| person(&context, host)).collect_view();
        (chosen, cards.into_any())
    };
    view! {
        <div class="rows" role="group" aria-label=words.rows>{all}{chips}</div>
        <div class="cards" role="status">{renewed(shown)}</div>
    }
    .into_any()
}

fn row(host: &Host) -> char {
    let reading = if host.kana.trim().is_empty() {
        host.shown_name()
    } else {
        &host.kana
    };
    kana_row(reading).unwrap_or(OTHERS)
}

/// A row as its first kana, and for who cannot read it the letters that its names begin with.
fn row_label(row: char, lang: Lang) -> String {
    let sounds = KANA_ROWS
        .iter()
        .zip("AIU KG SZJ TDC N HFB M Y R W".split(' '));
    let sound = sounds.into_iter().find(|(kana, _)| **kana == row);
    match sound {
        None => "A–Z".to_owned(),
        Some(_) if lang == Lang::Ja => row.to_string(),
        Some((_, sound)) => format!("{row} {sound}"),
    }
}

fn department(context: &RenderContext, group: &Group) -> AnyView {
    view! {
        <button
            type="button"
            class="card"
            data-group=group.id.to_string()
            data-state="opens"
            on:click=press(context.kiosk, Intent::Open(Some(group.id.clone())))
        >
            <span>{group.name.best(context.lang).to_owned()}</span>
            <Icon sign=Sign::ONWARD />
        </button>
    }
    .into_any()
}

/// That somebody is absent today.
pub(super) fn away(context: &RenderContext, host: &Host) -> Option<AnyView> {
    let mark = || view! { <span class="away" data-absent="">{context.words.choose.away}</span> };
    context.office.is_absent(host).then(|| mark().into_any())
}

fn person(context: &RenderContext, host: &Host) -> AnyView {
    let choose = Intent::Choose {
        target: Target::Host(host.id.clone()),
        masked: false,
    };
    view! {
        <button
            type="button"
            class="card person"
            data-host=host.id.to_string()
            data-state="calls"
            on:click=press(context.kiosk, choose)
        >
            <span class="card-name">
                {host.shown_name().to_owned()} {away(context, host)}
            </span>
            <span class="card-note">{host.kana.clone()}</span>
        </button>
    }
    .into_any()
}
