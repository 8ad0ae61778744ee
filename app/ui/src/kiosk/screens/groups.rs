//! Group selection (グループ選択): going down the tree of groups to a group to call.

use leptos::prelude::*;
use yobirin_domain::catalog::{self, CatalogGroup};
use yobirin_domain::model::id::{ButtonId, GroupId};
use yobirin_domain::model::menu::{Action, Icon};
use yobirin_domain::routing::Target;

use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::kiosk::click_handlers::on_press;
use crate::kiosk::navigation::{GroupPress, Intent};
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::shared_views;

pub(super) fn view(
    context: &RenderContext,
    button: &ButtonId,
    current: Option<&GroupId>,
) -> AnyView {
    let words = &context.words.choose;
    let root = start_group(context, button);
    let name = current.map(|id| context.settings.group_name(id, context.lang));
    let title = match &name {
        Some(name) => fill(words.which_subgroup, &[("group", name)]),
        None => words.which_group.to_owned(),
    };
    let settings = context.settings.as_settings();
    let offered = catalog::groups(settings, current);
    let callable_group = current
        .and_then(|id| settings.group(id))
        .filter(|group| !group.not_callable);
    let whole_group_card = callable_group.map(|group| {
        let name = context.text(&group.name);
        let label = fill(words.call_group, &[("group", name)]);
        card(context, &group.id, label, GroupPress::Call)
    });
    let is_empty = whole_group_card.is_none() && offered.is_empty();
    let cards = offered
        .iter()
        .map(|group| group_card(context, group))
        .collect_view();
    view! {
        <section class="choose">
            {shared_views::heading(title)}
            {breadcrumbs(context, root.as_ref(), current)}
            <div class="cards call-group">{whole_group_card}</div>
            <div class="cards">{cards}</div>
            {is_empty.then(|| view! { <p class="lead">{words.nobody_to_call}</p> })}
        </section>
    }
    .into_any()
}

/// The group at which the menu button starts; `None` for the top level.
fn start_group(context: &RenderContext, button: &ButtonId) -> Option<GroupId> {
    match &context.settings.button(button)?.action {
        Action::GroupSelection { below } => below.clone(),
        _ => None,
    }
}

fn group_card(context: &RenderContext, offered: &CatalogGroup<'_>) -> AnyView {
    let label = context.text(&offered.group.name).to_owned();
    card(context, &offered.group.id, label, GroupPress::of(offered))
}

/// Card of a group on this screen.
fn card(context: &RenderContext, group: &GroupId, label: String, press: GroupPress) -> AnyView {
    let intent = match press {
        GroupPress::Call => Intent::Choose {
            target: Target::Group(group.clone()),
            is_masked: false,
        },
        GroupPress::Open => Intent::OpenGroup(Some(group.clone())),
    };
    card_with_intent(context, group, label, press, intent)
}

/// Card of a group, whose look shows the effect of a press; `intent` is the intent of the press.
pub(super) fn card_with_intent(
    context: &RenderContext,
    group: &GroupId,
    label: String,
    press: GroupPress,
    intent: Intent,
) -> AnyView {
    let (state, sign) = match press {
        GroupPress::Call => ("calls", Sign::of(Icon::Bell)),
        GroupPress::Open => ("opens", Sign::ONWARD),
    };
    view! {
        <button
            type="button"
            class="card"
            data-group=group.to_string()
            data-state=state
            on:click=on_press(context.kiosk, intent)
        >
            <span>{label}</span>
            <Icon sign=sign />
        </button>
    }
    .into_any()
}

/// The path to the present group: a button for `root`, at which the menu button starts, and for each group below it.
/// Empty at the root.
pub(super) fn breadcrumbs(
    context: &RenderContext,
    root: Option<&GroupId>,
    current: Option<&GroupId>,
) -> AnyView {
    let path = context.settings.breadcrumbs(root, current);
    let Some((current, above)) = path.split_last() else {
        return ().into_any();
    };
    let root_button = breadcrumb_button(
        context,
        context.words.choose.all_groups.to_owned(),
        root.cloned(),
    );
    let buttons_above = above
        .iter()
        .map(|group| {
            breadcrumb_button(
                context,
                context.text(&group.name).to_owned(),
                Some(group.id.clone()),
            )
        })
        .collect_view();
    view! {
        <nav class="crumbs" aria-label=context.words.choose.all_groups>
            {root_button}
            {buttons_above}
            <span aria-current="location">{context.text(&current.name).to_owned()}</span>
        </nav>
    }
    .into_any()
}

fn breadcrumb_button(context: &RenderContext, label: String, to: Option<GroupId>) -> AnyView {
    view! {
        <button type="button" class="button quiet tool" on:click=on_press(context.kiosk, Intent::OpenGroup(to))>
            {label}
        </button>
        <Icon sign=Sign::ONWARD />
    }
    .into_any()
}
