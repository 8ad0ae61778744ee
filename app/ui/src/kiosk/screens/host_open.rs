//! 担当者選択（オープン型）: going down the groups until a name can be picked.

use leptos::prelude::*;
use yobirin_domain::directory::{Group, Host};
use yobirin_domain::id::GroupId;
use yobirin_domain::offer;
use yobirin_domain::route::Target;

use super::groups::crumbs;
use crate::components::{Picture, Sign};
use crate::kiosk::flow::Intent;
use crate::kiosk::parts::{self, press};
use crate::kiosk::shell::Scene;

pub(super) fn view(scene: &Scene, at: Option<&GroupId>) -> AnyView {
    let words = &scene.words.choose;
    let settings = scene.office.settings();
    let groups = offer::peopled_groups(settings, at);
    let people = offer::people(settings, at);
    let title = if groups.is_empty() {
        words.person
    } else {
        words.department
    };
    let nobody = groups.is_empty() && people.is_empty();
    let groups = groups
        .into_iter()
        .map(|group| department(scene, group))
        .collect_view();
    let people = people
        .into_iter()
        .map(|host| person(scene, host))
        .collect_view();
    view! {
        <section class="choose">
            {parts::heading(title)}
            {crumbs(scene, None, at)}
            <div class="cards">{groups}</div>
            <div class="cards">{people}</div>
            {nobody.then(|| view! { <p class="lead">{words.empty}</p> })}
        </section>
    }
    .into_any()
}

fn department(scene: &Scene, group: &Group) -> AnyView {
    view! {
        <button
            type="button"
            class="card"
            data-group=group.id.to_string()
            data-state="opens"
            on:click=press(scene.desk, Intent::Open(Some(group.id.clone())))
        >
            <span>{group.name.best(scene.lang).to_owned()}</span>
            <Picture sign=Sign::Onward />
        </button>
    }
    .into_any()
}

fn person(scene: &Scene, host: &Host) -> AnyView {
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
            on:click=press(scene.desk, choose)
        >
            <span class="card-name">{host.shown_name().to_owned()}</span>
            <span class="card-note">{host.kana.clone()}</span>
        </button>
    }
    .into_any()
}
