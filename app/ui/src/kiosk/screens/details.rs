//! What the visitor is asked, as the button's settings say: company, name, people, purpose.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use yobirin_domain::model::call::{MissingAnswer, Visitor};
use yobirin_domain::model::menu::{Ask, Need};

use super::confirm;
use crate::components::{Picture, Sign};
use crate::kiosk::desk::Desk;
use crate::kiosk::flow::{Chosen, Draft, Intent};
use crate::kiosk::parts::{self, part};
use crate::kiosk::shell::Scene;
use crate::locale::fill;
use crate::locale::kiosk::Details;
use crate::platform;

/// A line of text that is asked for.
struct Line {
    what: MissingAnswer,
    id: &'static str,
    label: &'static str,
    missing: &'static str,
    need: Need,
    longest: usize,
    slot: fn(&mut Visitor) -> &mut String,
}

pub(super) fn view(scene: &Scene, chosen: &Chosen) -> AnyView {
    let (desk, words) = (scene.desk, &scene.words.details);
    let Some(ask) = scene.office.button(&chosen.button).map(|button| button.ask) else {
        return ().into_any();
    };
    let [company, name, purpose] = lines(words, &ask);
    let people = (ask.people != Need::Off).then(|| people(scene, ask));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        desk.act(Intent::Answered);
        // Still here: show the first thing that is missing.
        request_animation_frame(|| platform::focus("main [aria-invalid=true]"));
    };
    view! {
        <section class="details">
            <div class="details-head">
                {parts::heading(words.title)}
                {confirm::whom(scene, chosen)}
            </div>
            <form class="questions" novalidate="" autocomplete="off" on:submit=submit on:keydown=move |event| enter(&event)>
                {line(scene, &company, ask)}
                {line(scene, &name, ask)}
                {people}
                {line(scene, &purpose, ask)}
                <button type="submit" class="button main big">{words.next}</button>
            </form>
        </section>
    }
    .into_any()
}

/// True when the visitor has tried to go on without answering this; tracked.
fn is_missing(desk: Desk, ask: &Ask, what: MissingAnswer) -> bool {
    desk.flow
        .with(|flow| flow.draft.tried && flow.draft.visitor.missing(ask).contains(&what))
}

/// The Enter that ends a composition is not the Enter that goes on (Safari tells them apart only by
/// the old key code).
fn enter(event: &KeyboardEvent) {
    if event.key() == "Enter" && (event.is_composing() || event.key_code() == 229) {
        event.prevent_default();
    }
}

fn lines(words: &'static Details, ask: &Ask) -> [Line; 3] {
    [
        Line {
            what: MissingAnswer::Company,
            id: "company",
            label: words.company,
            missing: words.missing_company,
            need: ask.company,
            longest: Visitor::MAX_NAME_CHARS,
            slot: |visitor| &mut visitor.company,
        },
        Line {
            what: MissingAnswer::Name,
            id: "name",
            label: words.name,
            missing: words.missing_name,
            need: ask.name,
            longest: Visitor::MAX_NAME_CHARS,
            slot: |visitor| &mut visitor.name,
        },
        Line {
            what: MissingAnswer::Purpose,
            id: "purpose",
            label: words.purpose,
            missing: words.missing_purpose,
            need: ask.purpose,
            longest: Visitor::MAX_PURPOSE_CHARS,
            slot: |visitor| &mut visitor.purpose,
        },
    ]
}

fn line(scene: &Scene, line: &Line, ask: Ask) -> AnyView {
    if line.need == Need::Off {
        return ().into_any();
    }
    let desk = scene.desk;
    let Line {
        what,
        id,
        slot,
        missing: says,
        ..
    } = *line;
    let is_missing = move || is_missing(desk, &ask, what);
    let typed = desk
        .flow
        .with_untracked(|flow| slot(&mut flow.draft.visitor.clone()).clone());
    let problem = format!("{id}-problem");
    view! {
        <div class="field">
            <label for=id>{line.label}{need(&scene.words.details, line.need)}</label>
            <input
                class="input answer"
                type="text"
                id=id
                autocomplete="off"
                enterkeyhint="next"
                maxlength=line.longest.to_string()
                aria-required=(line.need == Need::Required).to_string()
                aria-invalid=move || is_missing().to_string()
                aria-describedby=problem.clone()
                prop:value=typed
                on:input=move |event| {
                    let text = event_target_value(&event);
                    desk.flow.update(|flow| *slot(&mut flow.draft.visitor) = text);
                }
            />
            <p class="problem" id=problem role="alert">{part(move || is_missing().then_some(says))}</p>
        </div>
    }
    .into_any()
}

fn need(words: &Details, need: Need) -> AnyView {
    let (class, text) = match need {
        Need::Required => ("need required", words.required),
        Need::Optional | Need::Off => ("need", words.optional),
    };
    view! { <span class=class>{text}</span> }.into_any()
}

fn people(scene: &Scene, ask: Ask) -> AnyView {
    let (desk, words) = (scene.desk, &scene.words.details);
    let count = move || {
        let people = desk.flow.with(|flow| flow.draft.visitor.people);
        people.map_or(words.uncounted.to_owned(), |people| {
            fill(words.count, &[("n", &people.to_string())])
        })
    };
    let is_missing = move || is_missing(desk, &ask, MissingAnswer::People);
    let step =
        move |more: bool| move |_| desk.flow.update(|flow| Draft::count(&mut flow.draft, more));
    view! {
        <div class="field" role="group" aria-labelledby="people-label">
            <span class="label" id="people-label">{words.people}{need(words, ask.people)}</span>
            <div class="stepper">
                <button
                    type="button"
                    class="button step"
                    data-state="fewer"
                    aria-label=words.fewer
                    aria-invalid=move || is_missing().to_string()
                    on:click=step(false)
                >
                    <Picture sign=Sign::LESS />
                </button>
                <output class="count" aria-live="polite">{part(count)}</output>
                <button type="button" class="button step" data-state="more" aria-label=words.more on:click=step(true)>
                    <Picture sign=Sign::ADD />
                </button>
            </div>
            <p class="problem" role="alert">{part(move || is_missing().then_some(words.missing_people))}</p>
        </div>
    }
    .into_any()
}
