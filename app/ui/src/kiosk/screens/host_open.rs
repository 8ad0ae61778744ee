//! Open host selection (担当者選択（オープン型）): going down the tree of groups to a host.

use leptos::prelude::*;
use yobirin_domain::catalog;
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::{GroupId, HostId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::names::{LATIN_ROW, display_name, index_row, index_rows, sort_by_shown_name};
use yobirin_domain::search::KANA_ROWS;

use super::groups::breadcrumbs;
use super::person_card;
use crate::components::{Icon, Sign};
use crate::kiosk::click_handlers::on_press;
use crate::kiosk::navigation::Intent;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::rendering::rebuilt_by_key;
use crate::kiosk::shared_views;

/// Number of hosts from which the list has an index: buttons that filter it by the first letter of the name.
const INDEX_MIN_HOSTS: usize = 13;
/// Maximum number of hosts that are shown before a row of the index is selected.
const MAX_HOSTS_WITHOUT_ROW: usize = 60;
/// Latin letters with which the romanized names of each row of [`KANA_ROWS`] begin, in the same order.
const LATIN_LETTERS_OF_ROWS: &str = "AIU KG SZJ TDC N HFB M Y R W";

pub(super) fn view(context: &RenderContext, current: Option<&GroupId>) -> AnyView {
    let words = &context.words.choose;
    let settings = context.settings.as_settings();
    let groups = catalog::groups_with_hosts(settings, current);
    let people = catalog::hosts(settings, current);
    let title = if groups.is_empty() {
        words.which_host
    } else {
        words.which_department
    };
    let is_empty = groups.is_empty() && people.is_empty();
    let groups = groups
        .into_iter()
        .map(|group| group_card(context, group))
        .collect_view();
    let people = host_list(context, people);
    view! {
        <section class="choose">
            {shared_views::heading(title)}
            {breadcrumbs(context, None, current)}
            <div class="cards">{groups}</div>
            {people}
            {is_empty.then(|| view! { <p class="lead">{words.nobody_to_call}</p> })}
        </section>
    }
    .into_any()
}

/// Hosts in the order of the visitor's language; above a longer list, buttons that filter it by row.
fn host_list(context: &RenderContext, mut people: Vec<&Host>) -> AnyView {
    let lang = context.lang;
    sort_by_shown_name(&mut people, lang);
    let hosts_by_row: Vec<(char, HostId)> = people
        .iter()
        .map(|host| (index_row(host, lang), host.id.clone()))
        .collect();
    let needs_selection = hosts_by_row.len() > MAX_HOSTS_WITHOUT_ROW;
    if hosts_by_row.len() < INDEX_MIN_HOSTS {
        let cards = people.into_iter().map(|host| host_card(context, host));
        return view! { <div class="cards">{cards.collect_view()}</div> }.into_any();
    }
    // `None` stands for all rows.
    let selected = RwSignal::new(None::<char>);
    let words = &context.words.choose;
    let has_hosts = |wanted: char| hosts_by_row.iter().any(|(row, _)| *row == wanted);
    let row_button = |row: Option<char>, label: String, is_enabled: bool| {
        view! {
            <button
                type="button"
                class="button row"
                data-row=row.map(String::from)
                disabled=!is_enabled
                aria-pressed=move || (selected.get() == row).to_string()
                on:click=move |_| selected.set(row)
            >
                {label}
            </button>
        }
        .into_any()
    };
    let all_button = (!needs_selection).then(|| {
        let is_enabled = true;
        row_button(None, words.all_rows.to_owned(), is_enabled)
    });
    let rows = index_rows(hosts_by_row.iter().map(|(row, _)| *row), lang);
    let row_buttons = rows
        .into_iter()
        .map(|row| row_button(Some(row), row_label(row, lang), has_hosts(row)));
    let row_buttons = row_buttons.collect_view();
    let context = context.clone();
    let cards_of_row = move || {
        let selected = selected.get();
        let settings = context.settings.as_settings();
        let matching = hosts_by_row.iter().filter(|(row, _)| match selected {
            Some(selected) => selected == *row,
            None => !needs_selection,
        });
        let hosts = matching.filter_map(|(_, id)| settings.host(id));
        let cards = hosts.map(|host| host_card(&context, host)).collect_view();
        (selected, cards.into_any())
    };
    view! {
        <div class="rows" role="group" aria-label=words.kana_rows>{all_button}{row_buttons}</div>
        <div class="cards" role="status">{rebuilt_by_key(cards_of_row)}</div>
    }
    .into_any()
}

/// Label of a row: its letter or first kana. Visitors who read Chinese also see the Latin letters with which the
/// names of a kana row begin.
fn row_label(row: char, lang: Lang) -> String {
    let mut kana_rows = KANA_ROWS.iter().zip(LATIN_LETTERS_OF_ROWS.split(' '));
    let kana_row = kana_rows.find(|(kana, _)| **kana == row);
    match (lang, kana_row) {
        (Lang::Ja | Lang::Zh, None) if row == LATIN_ROW => "A–Z".to_owned(),
        (Lang::Zh, Some((_, letters))) => format!("{row} {letters}"),
        _ => row.to_string(),
    }
}

fn group_card(context: &RenderContext, group: &Group) -> AnyView {
    view! {
        <button
            type="button"
            class="card"
            data-group=group.id.to_string()
            data-state="opens"
            on:click=on_press(context.kiosk, Intent::OpenGroup(Some(group.id.clone())))
        >
            <span>{context.text(&group.name).to_owned()}</span>
            <Icon sign=Sign::ONWARD />
        </button>
    }
    .into_any()
}

fn host_card(context: &RenderContext, host: &Host) -> AnyView {
    // The reading is of use only to visitors who read the name in kanji.
    let note = match display_name(host, context.lang).secondary {
        Some(_) => String::new(),
        None => host.kana.clone(),
    };
    let is_masked = false;
    person_card::view(context, host.id.clone(), is_masked, note)
}
