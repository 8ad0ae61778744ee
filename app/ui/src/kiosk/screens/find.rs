//! 担当者検索 and 担当者選択（クローズ型）: finding a person by typing. The first offers whoever matches; the
//! second only for two letters or more, and several matches only partly readable.

use leptos::html::Input;
use leptos::prelude::*;
use yobirin_domain::routing::Target;
use yobirin_domain::search::{CLOSED_MIN_CHARS, Hit, fold};

use super::host_open::absence_mark;
use super::keyboard::{self, Layout};
use super::text_entry::{MAX_QUERY_CHARS, searchable_part};
use crate::components::{Icon, Sign};
use crate::kiosk::app::RenderContext;
use crate::kiosk::navigation::Intent;
use crate::kiosk::widgets::{on_press, rebuilt_by_key};
use yobirin_domain::model::menu::Icon;

/// Most people shown at once.
const MAX_RESULTS: usize = 24;

pub(super) fn search(context: &RenderContext) -> AnyView {
    let words = &context.words.find;
    let office = context.settings.clone();
    let find = move |query: &str| office.index().find(query, MAX_RESULTS);
    view(
        context,
        words.search,
        words.search_hint,
        Box::new(find),
        false,
    )
}

pub(super) fn closed(context: &RenderContext) -> AnyView {
    let words = &context.words.find;
    let office = context.settings.clone();
    let find = move |query: &str| office.index().closed_matches(query);
    view(
        context,
        words.closed,
        words.closed_hint,
        Box::new(find),
        true,
    )
}

type Find = Box<dyn Fn(&str) -> Vec<Hit> + Send + Sync>;

fn view(
    context: &RenderContext,
    title: &'static str,
    hint: &'static str,
    find: Find,
    closed: bool,
) -> AnyView {
    let kiosk = context.kiosk;
    let words = &context.words.find;
    let query = Memo::new(move |_| {
        kiosk
            .navigation
            .with(|navigation| navigation.form.query.clone())
    });
    let input = NodeRef::<Input>::new();
    let composing = StoredValue::new(false);
    let take = move || {
        let text = input
            .get_untracked()
            .map(|input| input.value())
            .unwrap_or_default();
        let counts = searchable_part(&text, composing.get_value())
            .trim()
            .to_owned();
        if query.with_untracked(|known| *known != counts) {
            kiosk
                .navigation
                .update(|navigation| navigation.form.query = counts);
        }
    };
    let results = {
        let context = context.clone();
        move || {
            let query = query.get();
            let found = results(&context, &query, hint, &find, closed);
            (query, found)
        }
    };
    let typed = kiosk
        .navigation
        .with_untracked(|navigation| navigation.form.query.clone());
    let board = RwSignal::new(keyboard::initial_layout(context.lang));
    let own_keys = move || {
        if board.get() == Layout::Device {
            "text"
        } else {
            "none"
        }
    };
    view! {
        <section class="find">
            <h1 class="heading">
                <label for="find">{title}</label>
            </h1>
            <div class="find-box">
                <Icon sign=Sign::of(Icon::Search) />
                <input
                    class="input find-input"
                    type="text"
                    id="find"
                    data-focus=""
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="search"
                    maxlength=MAX_QUERY_CHARS.to_string()
                    inputmode=own_keys
                    placeholder=words.label
                    aria-describedby="find-hint"
                    prop:value=typed
                    node_ref=input
                    on:compositionstart=move |_| composing.set_value(true)
                    on:compositionend=move |_| {
                        composing.set_value(false);
                        take();
                    }
                    on:input=move |_| take()
                />
            </div>
            <div class="results" role="status">{rebuilt_by_key(results)}</div>
            {keyboard::view(&context.words.keys, board, input, take)}
        </section>
    }
    .into_any()
}

fn results(
    context: &RenderContext,
    query: &str,
    hint: &'static str,
    find: &Find,
    closed: bool,
) -> AnyView {
    let words = &context.words.find;
    let hits = if query.is_empty() {
        Vec::new()
    } else {
        find(query)
    };
    let masked = closed && hits.len() > 1;
    let too_short = query.is_empty() || closed && fold(query).chars().count() < CLOSED_MIN_CHARS;
    let note = match (hits.is_empty(), masked) {
        (true, _) if too_short => hint,
        (true, _) => words.none,
        (false, true) => words.masked,
        (false, false) => "",
    };
    let people = hits
        .into_iter()
        .map(|hit| host_card(context, hit, masked))
        .collect_view();
    view! {
        <p class="hint" id="find-hint">{note}</p>
        <div class="cards">{people}</div>
    }
    .into_any()
}

fn host_card(context: &RenderContext, hit: Hit, masked: bool) -> AnyView {
    let id = hit.host.to_string();
    // Of a masked name nothing more is told.
    let host = context
        .settings
        .document()
        .host(&hit.host)
        .filter(|_| !masked);
    let away = host.and_then(|host| absence_mark(context, host));
    let target = Target::Host(hit.host);
    let name = context
        .settings
        .displayed_name(&target, context.lang, masked);
    let place = context.settings.group_name_of(&target, context.lang);
    view! {
        <button
            type="button"
            class="card person"
            data-host=id
            data-state="calls"
            on:click=on_press(context.kiosk, Intent::Choose { target, masked })
        >
            <span class="card-name">{name} {away}</span>
            <span class="card-note">{place}</span>
        </button>
    }
    .into_any()
}
