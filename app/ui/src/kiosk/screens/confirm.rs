//! The last look before the call: who will be told, and what they will be told.

use leptos::prelude::*;
use yobirin_domain::recipients::NotifiedParty;
use yobirin_domain::routing::Target;

use crate::components::{Picture, Sign};
use crate::kiosk::flow::{Chosen, Intent};
use crate::kiosk::order;
use crate::kiosk::parts::{self, press};
use crate::kiosk::shell::Scene;
use crate::locale::fill;
use yobirin_domain::model::menu::Icon;

pub(super) fn view(scene: &Scene, chosen: &Chosen) -> AnyView {
    let words = &scene.words.confirm;
    view! {
        <section class="confirm">
            {parts::heading(words.title)}
            {whom(scene, chosen)}
            {instead(scene, chosen)}
            {answers(scene)}
            <button type="button" class="button main big" data-state="call" on:click=press(scene.desk, Intent::Confirmed)>
                <Picture sign=Sign::of(Icon::Bell) />
                {words.call}
            </button>
        </section>
    }
    .into_any()
}

/// Who is going to be called.
pub(super) fn whom(scene: &Scene, chosen: &Chosen) -> AnyView {
    let words = &scene.words.confirm;
    let (label, icon) = match chosen.target {
        Target::Host(_) => (words.person, Icon::Person),
        Target::Group(_) | Target::Staff => (words.group, Icon::People),
    };
    let name = scene
        .office
        .offered_name(&chosen.target, scene.lang, chosen.masked);
    let place = scene.office.place_of(&chosen.target, scene.lang);
    view! {
        <div class="whom">
            <span class="whom-icon">
                <Picture sign=Sign::of(icon) />
            </span>
            <p class="whom-words">
                <span class="whom-label">{label}</span>
                <strong class="whom-name">{name}</strong>
                <span class="whom-place">{place}</span>
            </p>
        </div>
    }
    .into_any()
}

/// Recipients in place of the person who was chosen, and the reason.
fn instead(scene: &Scene, chosen: &Chosen) -> Option<AnyView> {
    let (words, call) = (&scene.words.confirm, &scene.words.call);
    let (office, target) = (&scene.office, &chosen.target);
    let told = order::intended(office, &chosen.button, target, office.today());
    let sentence = match (&told.whom, &told.absent) {
        (NotifiedParty::Host(_), None) => return None,
        (NotifiedParty::Host(_), Some(_)) => words.alone,
        (_, Some(_)) => words.absent,
        (_, None) if matches!(target, Target::Host(_)) => words.through,
        (_, None) => return None,
    };
    let name = office.offered_name(target, scene.lang, chosen.masked);
    let who = match &told.whom {
        NotifiedParty::Delegates(_) if chosen.masked => call.deputy.to_owned(),
        _ => office.told_name(&told, target, scene.lang, call),
    };
    let absent = fill(call.person, &[("name", &name)]);
    let says = fill(sentence, &[("absent", &absent), ("who", &who)]);
    let line = view! { <p class="lead instead" data-told=told.kind()>{says}</p> };
    Some(line.into_any())
}

/// What the visitor has answered.
fn answers(scene: &Scene) -> AnyView {
    let words = &scene.words.details;
    let visitor = scene
        .desk
        .flow
        .with_untracked(|flow| flow.draft.visitor.clone());
    let people = visitor
        .people
        .map(|people| fill(words.count, &[("n", &people.to_string())]));
    let answers = [
        (words.company, visitor.company),
        (words.name, visitor.name),
        (words.people, people.unwrap_or_default()),
        (words.purpose, visitor.purpose),
    ];
    let given = answers
        .into_iter()
        .filter(|(_, answer)| !answer.trim().is_empty());
    let rows = given
        .map(|(label, answer)| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>{answer}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="answers">{rows}</dl> }.into_any()
}
