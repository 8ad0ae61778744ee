//! The last look before the call: who will be told, and what they will be told.

use leptos::prelude::*;
use yobirin_domain::recipients::NotifiedParty;
use yobirin_domain::routing::Target;

use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::kiosk::app::RenderContext;
use crate::kiosk::calls::build_call;
use crate::kiosk::navigation::{Chosen, Intent};
use crate::kiosk::widgets::{self, press};
use yobirin_domain::model::menu::Icon;

pub(super) fn view(context: &RenderContext, chosen: &Chosen) -> AnyView {
    let words = &context.words.confirm;
    view! {
        <section class="confirm">
            {widgets::heading(words.title)}
            {whom(context, chosen)}
            {instead(context, chosen)}
            {answers(context)}
            <button type="button" class="button main big" data-state="call" on:click=press(context.kiosk, Intent::Confirmed)>
                <Icon sign=Sign::of(Icon::Bell) />
                {words.call}
            </button>
        </section>
    }
    .into_any()
}

/// Who is going to be called.
pub(super) fn whom(context: &RenderContext, chosen: &Chosen) -> AnyView {
    let words = &context.words.confirm;
    let (label, icon) = match chosen.target {
        Target::Host(_) => (words.person, Icon::Person),
        Target::Group(_) | Target::Staff => (words.group, Icon::People),
    };
    let name = context
        .office
        .offered_name(&chosen.target, context.lang, chosen.masked);
    let place = context.office.place_of(&chosen.target, context.lang);
    view! {
        <div class="whom">
            <span class="whom-icon">
                <Icon sign=Sign::of(icon) />
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
fn instead(context: &RenderContext, chosen: &Chosen) -> Option<AnyView> {
    let (words, call) = (&context.words.confirm, &context.words.call);
    let (office, target) = (&context.office, &chosen.target);
    let told = build_call::intended(office, &chosen.button, target, office.today());
    let sentence = match (&told.whom, &told.absent) {
        (NotifiedParty::Host(_), None) => return None,
        (NotifiedParty::Host(_), Some(_)) => words.alone,
        (_, Some(_)) => words.absent,
        (_, None) if matches!(target, Target::Host(_)) => words.through,
        (_, None) => return None,
    };
    let name = office.offered_name(target, context.lang, chosen.masked);
    let who = match &told.whom {
        NotifiedParty::Delegates(_) if chosen.masked => call.deputy.to_owned(),
        _ => office.told_name(&told, target, context.lang, call),
    };
    let absent = fill(call.person, &[("name", &name)]);
    let says = fill(sentence, &[("absent", &absent), ("who", &who)]);
    let line = view! { <p class="lead instead" data-told=told.kind()>{says}</p> };
    Some(line.into_any())
}

/// What the visitor has answered.
fn answers(context: &RenderContext) -> AnyView {
    let words = &context.words.details;
    let visitor = context
        .kiosk
        .navigation
        .with_untracked(|navigation| navigation.draft.visitor.clone());
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
