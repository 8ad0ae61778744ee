//! Results of a search: hosts, departments, or what a visitor can do when there are none.

use leptos::prelude::*;
use yobirin_domain::catalog::{CatalogGroup, group_in_menu};
use yobirin_domain::model::id::GroupId;
use yobirin_domain::model::menu::{Action, Button, Icon};
use yobirin_domain::model::settings::StaffHelp;
use yobirin_domain::search::{CLOSED_MIN_CHARS, SearchResults, fold, letter_count};

use crate::components::{Icon, Sign};
use crate::kiosk::click_handlers::on_press;
use crate::kiosk::navigation::{GroupPress, Intent};
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::screens::groups;
use crate::kiosk::screens::person_card;
use crate::kiosk::shared_views;

/// Maximum number of hosts that are shown.
const MAX_HOSTS: usize = 24;
/// Maximum number of groups that are shown.
const MAX_GROUPS: usize = 6;

/// The results for a query. With `hides_names`, for closed host selection, a visitor has to type at least
/// [`CLOSED_MIN_CHARS`] letters of the name, and several matches are masked.
pub(super) fn view(context: &RenderContext, query: &str, hides_names: bool) -> AnyView {
    let words = &context.words.find;
    let is_too_short =
        query.is_empty() || hides_names && letter_count(&fold(query)) < CLOSED_MIN_CHARS;
    let SearchResults { mut hosts, groups } = match is_too_short {
        true => SearchResults::default(),
        // One more than is shown, to know whether there are more.
        false => context.settings.index().search(query, MAX_HOSTS + 1),
    };
    if hides_names && !is_too_short {
        // Hosts are matched more strictly; the departments stay.
        hosts = context.settings.index().closed_matches(query);
    }
    // Of several matches no full name is shown, so that nobody reads the list of the staff by typing letters.
    let is_masked = hides_names && hosts.len() > 1;
    let has_more = hosts.len() > MAX_HOSTS;
    hosts.truncate(MAX_HOSTS);
    let groups = group_cards(context, &groups);
    let is_empty = hosts.is_empty() && groups.is_empty();
    let is_by_reading = !context.settings.is_found_only_as_written();
    let note = if is_empty && is_too_short {
        match (hides_names, is_by_reading) {
            (true, true) => words.closed_hint,
            (true, false) => words.closed_hint_as_written,
            (false, true) => words.search_hint,
            (false, false) => words.search_hint_as_written,
        }
    } else if is_empty {
        match is_by_reading {
            true => words.no_match,
            false => words.no_match_as_written,
        }
    } else if is_masked {
        words.several_matches
    } else if has_more {
        words.more_matches
    } else {
        ""
    };
    // Visitors who cannot type kanji need another way before they have typed anything.
    let needs_other_ways = is_empty && (!is_too_short || !is_by_reading);
    let other_ways = needs_other_ways.then(|| other_ways(context));
    let cards = hosts.into_iter().map(|hit| {
        let group = context.settings.first_group_name(&hit.host, context.lang);
        person_card::view(context, hit.host, is_masked, group)
    });
    let note_class = match other_ways {
        Some(_) => "lead",
        None => "hint",
    };
    let groups = (!groups.is_empty()).then(|| {
        view! {
            <h2 class="result-kind">{words.departments}</h2>
            <div class="cards">{groups}</div>
        }
    });
    view! {
        <p class=note_class id="find-hint">{note}</p>
        <div class="cards">{cards.collect_view()}</div>
        {groups}
        {other_ways}
    }
    .into_any()
}

/// Cards of the found groups that this tablet's menu offers.
fn group_cards(context: &RenderContext, found: &[GroupId]) -> Vec<AnyView> {
    let settings = context.settings.as_settings();
    let menu = &context.settings.device().menu;
    let offered = found
        .iter()
        .filter_map(|id| group_in_menu(settings, menu, id));
    let card = |(button, entry): (&Button, CatalogGroup<'_>)| {
        let press = GroupPress::of(&entry);
        let group = entry.group;
        let intent = Intent::ChooseFoundGroup {
            button: button.id.clone(),
            group: group.id.clone(),
            press,
        };
        let label = context.text(&group.name).to_owned();
        groups::card_with_intent(context, &group.id, label, press, intent)
    };
    offered.take(MAX_GROUPS).map(card).collect()
}

/// Other ways to reach somebody: the menu's departments and list of names, and the telephone. The button that calls staff
/// is in the footer.
fn other_ways(context: &RenderContext) -> AnyView {
    let kiosk = context.kiosk;
    let help = context
        .settings
        .staff_help(!kiosk.is_closed.get_untracked());
    let menu = context.settings.device().menu.iter();
    let helpful_buttons = menu.filter(|button| is_other_way(button, help));
    let buttons = helpful_buttons.map(|button| {
        let intent = Intent::PressButton(button.id.clone());
        view! {
            <button type="button" class="card other-way" data-button=button.id.to_string() on:click=on_press(kiosk, intent)>
                <span>{context.text(&button.label).to_owned()}</span>
                <Icon sign=Sign::of(button.icon) />
            </button>
        }
        .into_any()
    });
    let cards: Vec<AnyView> = buttons.collect();
    let site = context.settings.site();
    let phone = (!site.contact.phone.trim().is_empty())
        .then(|| shared_views::contact(site, context.lang, "", ""));
    let nothing = (cards.is_empty() && help == StaffHelp::Nothing)
        .then(|| view! { <p class="lead">{context.words.layout.staff_unavailable}</p> });
    let heading = (!cards.is_empty())
        .then(|| view! { <h2 class="result-kind">{context.words.find.other_ways}</h2> });
    view! {
        {heading}
        <div class="cards">{cards}</div>
        {phone}
        {nothing}
    }
    .into_any()
}

/// True for a button that helps a visitor who does not find a name.
fn is_other_way(button: &Button, help: StaffHelp) -> bool {
    match button.action {
        Action::GroupSelection { .. } | Action::HostOpen => true,
        // By convention a custom button with the bell calls the reception, which helps while the staff button does not
        // ring. Custom buttons with other icons are for couriers and the like.
        Action::Custom { .. } => button.icon == Icon::Bell && help != StaffHelp::Ring,
        Action::HostClosed | Action::HostSearch => false,
    }
}
