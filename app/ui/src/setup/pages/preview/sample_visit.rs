//! A sample visit for previews and for examples of messages.

use leptos::prelude::*;
use yobirin_domain::compose::{ComposedCall, Visit, compose};
use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::{ButtonId, CallId, Reference};
use yobirin_domain::model::menu::{Action, Ask, Button, Device, Method, Need};
use yobirin_domain::model::settings::Settings;
use yobirin_domain::routing::{RouteRequest, Target};

use crate::browser::clock;
use crate::i18n::setup::Words;

use crate::setup::draft_store::DraftStore;

/// A visitor who answers every question that the button asks.
pub(crate) fn sample_visitor(words: &Words, ask: &Ask) -> Visitor {
    let texts = &words.menu;
    let answer = |need: Need, text: &str| {
        if need == Need::Off {
            String::new()
        } else {
            text.to_owned()
        }
    };
    Visitor {
        company: answer(ask.company, texts.visitor_company),
        name: answer(ask.name, texts.visitor_name),
        people: (ask.people != Need::Off).then_some(2),
        purpose: answer(ask.purpose, texts.visitor_purpose),
        language: None,
    }
}

/// Reference of a call that does not exist.
fn reference() -> Reference {
    CallId::new(0, &[0; 10]).reference()
}

/// Composes the call of a visitor who taps the button now.
pub(crate) fn compose_sample(
    settings: &Settings,
    words: &Words,
    (device, button): (&Device, &Button),
    target: Target,
    method: Method,
) -> ComposedCall {
    let zone = &settings.site().time_zone;
    let time = clock::time_of_day(clock::now(), zone);
    let request = RouteRequest {
        target,
        method,
        today: clock::today(zone),
    };
    let visit = Visit {
        device,
        button: Some(button),
        visitor: &sample_visitor(words, &button.ask),
        time: &time,
        reference: reference(),
    };
    compose(settings, &request, &visit)
}

/// A target that a button can call: a host with an account if there is one. `None` when the settings have no group or
/// host.
fn example_target(settings: &Settings, button: &Button) -> Option<Target> {
    match &button.action {
        Action::Custom { group } | Action::GroupSelection { below: Some(group) } => {
            Some(Target::Group(group.clone()))
        }
        Action::GroupSelection { below: None } => settings
            .groups()
            .first()
            .map(|group| Target::Group(group.id.clone())),
        Action::HostOpen | Action::HostClosed | Action::HostSearch => {
            let has_account = |host: &&Host| host.account.is_some();
            let hosts = settings.hosts();
            let host = hosts.iter().find(has_account).or_else(|| hosts.first())?;
            Some(Target::Host(host.id.clone()))
        }
    }
}

/// Example text of a button's notification; `None` while the settings are invalid or have nobody to call.
pub(crate) fn example_text(store: DraftStore, words: &Words, id: &ButtonId) -> Option<String> {
    store.validation().with(|validation| {
        let settings = validation.as_ref().ok()?;
        let (device, button) = settings.button(id)?;
        let target = example_target(settings, button)?;
        let call = compose_sample(settings, words, (device, button), target, button.method);
        call.messages.into_iter().next().map(|message| message.text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn the_example_visitor_answers_only_what_is_asked() {
        let words = SetupLang::Ja.words();
        assert_eq!(sample_visitor(words, &Ask::NOTHING), Visitor::default());
        let asked = Ask {
            people: Need::Required,
            ..Ask::default()
        };
        let visitor = sample_visitor(words, &asked);
        assert!(visitor.missing(&asked).is_empty());
        assert!(visitor.purpose.is_empty());
    }
}
