//! Host search (担当者検索) and closed host selection (担当者選択（クローズ型）): finding a host by typing. The closed
//! selection shows matches only for two letters or more, and masks the names while several hosts match.

mod results;

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use yobirin_domain::model::menu::Icon;

use super::keyboard::{self, Layout};
use super::text_entry::{MAX_QUERY_CHARS, searchable_part};
use crate::browser;
use crate::components::{Icon, Sign};
use crate::kiosk::controller;
use crate::kiosk::navigation::Intent;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::rendering::rebuilt_by_key;

/// Selects the elements between which the arrow keys move the focus.
const ARROW_STOPS: &str = "#find, .results button";

/// Host search.
pub(super) fn search(context: &RenderContext) -> AnyView {
    let hides_names = false;
    view(context, context.words.find.search_heading, hides_names)
}

/// Closed host selection.
pub(super) fn closed(context: &RenderContext) -> AnyView {
    let hides_names = true;
    view(context, context.words.find.closed_heading, hides_names)
}

fn view(context: &RenderContext, title: &'static str, hides_names: bool) -> AnyView {
    let kiosk = context.kiosk;
    let words = &context.words.find;
    let query = Memo::new(move |_| {
        kiosk
            .navigation
            .with(|navigation| navigation.form.query.clone())
    });
    let input = NodeRef::<Input>::new();
    let is_composing = StoredValue::new(false);
    // Stores the part of the text that is searched for, if it has changed.
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
    let clear = move || {
        if let Some(input) = input.get_untracked() {
            input.set_value("");
            update_query();
            browser::focus("#find");
        }
    };
    let clear_or_go_back = move || match query.with_untracked(String::is_empty) {
        true => controller::perform(kiosk, Intent::Back),
        false => clear(),
    };
    let results = {
        let context = context.clone();
        move || {
            let query = query.get();
            let results = results::view(&context, &query, hides_names);
            (query, results)
        }
    };
    let typed = kiosk
        .navigation
        .with_untracked(|navigation| navigation.form.query.clone());
    let is_found_only_as_written = context.settings.is_found_only_as_written();
    let layout = RwSignal::new(keyboard::initial_layout(
        context.lang,
        is_found_only_as_written,
    ));
    let press_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => browser::move_focus(ARROW_STOPS, 1),
            "ArrowUp" => browser::move_focus(ARROW_STOPS, -1),
            "Escape" => clear_or_go_back(),
            _ => return,
        }
        event.prevent_default();
    };
    let input_mode = move || {
        if layout.get() == Layout::Device {
            "text"
        } else {
            "none"
        }
    };
    view! {
        <section class="find" on:keydown=press_key>
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
                // Hidden by the styles while the field is empty.
                <button
                    type="button"
                    class="button quiet find-clear"
                    data-state="clear"
                    aria-label=context.words.keyboard.clear
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| clear()
                >
                    <Icon sign=Sign::CLOSE />
                </button>
            </div>
            <div class="results" role="status">{rebuilt_by_key(results)}</div>
            {keyboard::view(&context.words.keyboard, layout, input, update_query)}
        </section>
    }
    .into_any()
}
