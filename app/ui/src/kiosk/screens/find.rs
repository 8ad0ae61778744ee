//! 担当者検索 and 担当者選択（クローズ型）: finding a person by typing. The first offers whoever matches; the
//! second only for two letters or more, and several matches only partly readable.

use leptos::html::Input;
use leptos::prelude::*;
use yobirin_domain::routing::Target;
use yobirin_domain::search::{CLOSED_MIN_CHARS, Hit, fold};

use super::host_open::away;
use super::keyboard::{self, Board};
use super::text_entry::{LONGEST, settled};
use crate::components::{Picture, Sign};
use crate::kiosk::app::Scene;
use crate::kiosk::navigation::Intent;
use crate::kiosk::widgets::{press, renewed};
use yobirin_domain::model::menu::Icon;

/// Most people shown at once.
const SHOWN: usize = 24;

pub(super) fn search(scene: &Scene) -> AnyView {
    let words = &scene.words.find;
    let office = scene.office.clone();
    let find = move |query: &str| office.people().find(query, SHOWN);
    view(
        scene,
        words.search,
        words.search_hint,
        Box::new(find),
        false,
    )
}

pub(super) fn closed(scene: &Scene) -> AnyView {
    let words = &scene.words.find;
    let office = scene.office.clone();
    let find = move |query: &str| office.people().closed_matches(query);
    view(scene, words.closed, words.closed_hint, Box::new(find), true)
}

type Find = Box<dyn Fn(&str) -> Vec<Hit> + Send + Sync>;

fn view(
    scene: &Scene,
    title: &'static str,
    hint: &'static str,
    find: Find,
    closed: bool,
) -> AnyView {
    let desk = scene.desk;
    let words = &scene.words.find;
    let query = Memo::new(move |_| desk.flow.with(|flow| flow.draft.query.clone()));
    let input = NodeRef::<Input>::new();
    let composing = StoredValue::new(false);
    let take = move || {
        let text = input
            .get_untracked()
            .map(|input| input.value())
            .unwrap_or_default();
        let counts = settled(&text, composing.get_value()).trim().to_owned();
        if query.with_untracked(|known| *known != counts) {
            desk.flow.update(|flow| flow.draft.query = counts);
        }
    };
    let results = {
        let scene = scene.clone();
        move || {
            let query = query.get();
            let found = results(&scene, &query, hint, &find, closed);
            (query, found)
        }
    };
    let typed = desk.flow.with_untracked(|flow| flow.draft.query.clone());
    let board = RwSignal::new(keyboard::first(scene.lang));
    let own_keys = move || {
        if board.get() == Board::Device {
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
                <Picture sign=Sign::of(Icon::Search) />
                <input
                    class="input find-input"
                    type="text"
                    id="find"
                    data-focus=""
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="search"
                    maxlength=LONGEST.to_string()
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
            <div class="results" role="status">{renewed(results)}</div>
            {keyboard::view(&scene.words.keys, board, input, take)}
        </section>
    }
    .into_any()
}

fn results(scene: &Scene, query: &str, hint: &'static str, find: &Find, closed: bool) -> AnyView {
    let words = &scene.words.find;
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
        .map(|hit| person(scene, hit, masked))
        .collect_view();
    view! {
        <p class="hint" id="find-hint">{note}</p>
        <div class="cards">{people}</div>
    }
    .into_any()
}

fn person(scene: &Scene, hit: Hit, masked: bool) -> AnyView {
    let id = hit.host.to_string();
    // Of a masked name nothing more is told.
    let host = scene.office.settings().host(&hit.host).filter(|_| !masked);
    let away = host.and_then(|host| away(scene, host));
    let target = Target::Host(hit.host);
    let name = scene.office.offered_name(&target, scene.lang, masked);
    let place = scene.office.place_of(&target, scene.lang);
    view! {
        <button
            type="button"
            class="card person"
            data-host=id
            data-state="calls"
            on:click=press(scene.desk, Intent::Choose { target, masked })
        >
            <span class="card-name">{name} {away}</span>
            <span class="card-note">{place}</span>
        </button>
    }
    .into_any()
}
