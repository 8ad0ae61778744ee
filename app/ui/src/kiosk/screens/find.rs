//! Host search (担当者検索) and closed host selection (担当者選択（クローズ型）): finding a host by typing. The latter
//! shows matches only for two letters or more, and masks the names while there are several.

use leptos::html::Input;
use leptos::prelude::*;
use yobirin_domain::routing::Target;
use yobirin_domain::search::{CLOSED_MIN_CHARS, Hit, fold};

use super::host_open::absence_mark;
use super::keyboard::{self, Layout};
use super::text_entry::{MAX_QUERY_CHARS, searchable_part};
use crate::components::{Icon, Sign};
use crate::kiosk::navigation::Intent;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::widgets::{on_press, rebuilt_by_key};
use yobirin_domain::model::menu::Icon;

/// Maximum number of results that are shown.
const MAX_RESULTS: usize = 24;

pub(super) fn search(context: &RenderContext) -> AnyView {
    let words = &context.words.find;
    let settings = context.settings.clone();
    // One more than is shown, to know whether there are more.
    let find = move |query: &str| settings.index().find(query, MAX_RESULTS + 1);
    view(
        context,
        words.search_heading,
        words.search_hint,
        Box::new(find),
        false,
    )
}

pub(super) fn closed(context: &RenderContext) -> AnyView {
    let words = &context.words.find;
    let settings = context.settings.clone();
    let find = move |query: &str| settings.index().closed_matches(query);
    view(
        context,
        words.closed_heading,
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
    is_closed: bool,
) -> AnyView {
    let kiosk = context.kiosk;
    let words = &context.words.find;
    let query = Memo::new(move |_| {
        kiosk
            .navigation
            .with(|navigation| navigation.form.query.clone())
    });
    let input = NodeRef::<Input>::new();
    let is_composing = StoredValue::new(false);
    let update_query = move || {
        let text = input
            .get_untracked()
            .map(|input| input.value())
            .unwrap_or_default();
        let searchable = searchable_part(&text, is_composing.get_value())
            .trim()
            .to_owned();
        if query.with_untracked(|current| *current != searchable) {
            kiosk
                .navigation
                .update(|navigation| navigation.form.query = searchable);
        }
    };
    let results = {
        let context = context.clone();
        move || {
            let query = query.get();
            let results = results(&context, &query, hint, &find, is_closed);
            (query, results)
        }
    };
    let typed = kiosk
        .navigation
        .with_untracked(|navigation| navigation.form.query.clone());
    let layout = RwSignal::new(keyboard::initial_layout(context.lang));
    let input_mode = move || {
        if layout.get() == Layout::Device {
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
                    inputmode=input_mode
                    placeholder=words.name
                    aria-describedby="find-hint"
                    prop:value=typed
                    node_ref=input
                    on:compositionstart=move |_| is_composing.set_value(true)
                    on:compositionend=move |_| {
                        is_composing.set_value(false);
                        update_query();
                    }
                    on:input=move |_| update_query()
                />
            </div>
            <div class="results" role="status">{rebuilt_by_key(results)}</div>
            {keyboard::view(&context.words.keyboard, layout, input, update_query)}
        </section>
    }
    .into_any()
}

fn results(
    context: &RenderContext,
    query: &str,
    hint: &'static str,
    find: &Find,
    is_closed: bool,
) -> AnyView {
    let words = &context.words.find;
    let mut hits = if query.is_empty() {
        Vec::new()
    } else {
        find(query)
    };
    let masked = is_closed && hits.len() > 1;
    let has_more = hits.len() > MAX_RESULTS;
    hits.truncate(MAX_RESULTS);
    let is_too_short =
        query.is_empty() || is_closed && fold(query).chars().count() < CLOSED_MIN_CHARS;
    let note = match (hits.is_empty(), masked) {
        (true, _) if is_too_short => hint,
        (true, _) => words.no_match,
        (false, true) => words.several_matches,
        (false, false) if has_more => words.more_matches,
        (false, false) => "",
    };
    let cards = hits
        .into_iter()
        .map(|hit| host_card(context, hit, masked))
        .collect_view();
    view! {
        <p class="hint" id="find-hint">{note}</p>
        <div class="cards">{cards}</div>
    }
    .into_any()
}

fn host_card(context: &RenderContext, hit: Hit, masked: bool) -> AnyView {
    let id = hit.host.to_string();
    // A masked card does not show that the host is absent.
    let host = context
        .settings
        .as_settings()
        .host(&hit.host)
        .filter(|_| !masked);
    let away = host.and_then(|host| absence_mark(context, host));
    let target = Target::Host(hit.host);
    let name = context
        .settings
        .displayed_name(&target, context.lang, masked);
    let group = context.settings.first_group_name(&target, context.lang);
    view! {
        <button
            type="button"
            class="card person"
            data-host=id
            data-state="calls"
            on:click=on_press(context.kiosk, Intent::Choose { target, masked })
        >
            <span class="card-name">{name} {away}</span>
            <span class="card-note">{group}</span>
        </button>
    }
    .into_any()
}
