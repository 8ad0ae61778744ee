//! The last look before the call: who will be told, and what they will be told.

use leptos::prelude::*;
use yobirin_domain::recipients::NotifiedParty;
use yobirin_domain::routing::Target;

use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::kiosk::app::RenderContext;
use crate::kiosk::calls::build_call;
use crate::kiosk::navigation::{Intent, Selection};
use crate::kiosk::widgets::{self, on_press};
use yobirin_domain::model::menu::Icon;

pub(super) fn view(context: &RenderContext, chosen: &Selection) -> AnyView {
    let words = &context.words.confirm;
    view! {
        <section class="confirm">
            {widgets::heading(words.title)}
            {recipient_card(context, chosen)}
            {absence_notice(context, chosen)}
            {visitor_summary(context)}
            <button type="button" class="button main big" data-state="call" on:click=on_press(context.kiosk, Intent::ConfirmCall)>
                <Icon sign=Sign::of(Icon::Bell) />
                {words.call}
            </button>
        </section>
    }
    .into_any()
}

/// Who is going to be called.
pub(super) fn recipient_card(context: &RenderContext, chosen: &Selection) -> AnyView {
    let words = &context.words.confirm;
    let (label, icon) = match chosen.target {
        Target::Host(_) => (words.person, Icon::Person),
        Target::Group(_) | Target::Staff => (words.group, Icon::People),
    };
    let name = context
        .settings
        .displayed_name(&chosen.target, context.lang, chosen.masked);
    let place = context.settings.group_name_of(&chosen.target, context.lang);
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
fn absence_notice(context: &RenderContext, chosen: &Selection) -> Option<AnyView> {
    let (words, call) = (&context.words.confirm, &context.words.call);
    let (office, target) = (&context.settings, &chosen.target);
    let told = build_call::intended_recipients(office, &chosen.button, target, office.today());
    let sentence = match (&told.whom, &told.absent) {
        (NotifiedParty::Host(_), None) => return None,
        (NotifiedParty::Host(_), Some(_)) => words.alone,
        (_, Some(_)) => words.absent,
        (_, None) if matches!(target, Target::Host(_)) => words.through,
        (_, None) => return None,
    };
    let name = office.displayed_name(target, context.lang, chosen.masked);
    let who = match &told.whom {
        NotifiedParty::Deputies(_) if chosen.masked => call.deputy.to_owned(),
        _ => office.notified_name(&told, target, context.lang, call),
    };
    let absent = fill(call.person, &[("name", &name)]);
    let says = fill(sentence, &[("absent", &absent), ("who", &who)]);
    let line = view! { <p class="lead instead" data-told=told.kind()>{says}</p> };
    Some(line.into_any())
}

/// What the visitor has answered.
fn visitor_summary(context: &RenderContext) -> AnyView {
    let words = &context.words.details;
    let visitor = context
        .kiosk
        .navigation
        .with_untracked(|navigation| navigation.form.visitor.clone());
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
