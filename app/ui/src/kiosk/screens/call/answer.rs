//! The answer of a host or colleague: the name in large type, the words as they were written.

use leptos::prelude::*;
use yobirin_api::call::ShownAnswer;
use yobirin_domain::answer::AnswerAuthor;
use yobirin_domain::names::{DisplayName, display_name};

use super::CallView;
use crate::browser::clock;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::shared_views;

/// Screen of a call with its answer.
pub(super) fn view(call: &CallView, answer: &ShownAnswer) -> AnyView {
    let context = &call.context;
    let words = &context.words.call;
    let name = author_name(context, &answer.who);
    let time = clock::time_of_day(answer.at, &context.settings.site().time_zone);
    // Of an erased visit nobody knows what the answer said, or whether the visitor is still expected.
    let is_erased = answer.who == AnswerAuthor::Erased;
    let quote = match answer.words.as_str() {
        _ if is_erased => ().into_any(),
        "" => view! { <p class="lead">{words.wait_here}</p> }.into_any(),
        text => {
            let text = fill(words.answer_words, &[("words", text)]);
            // Answers are written in Chatwork, mostly in the office's language.
            let lang = context.settings.office_language().tag();
            view! { <blockquote class="answer-words" lang=lang dir="auto" translate="no">{text}</blockquote> }
                .into_any()
        }
    };
    view! {
        <span class="state good" aria-hidden="true">
            <Icon sign=Sign::SPEECH />
        </span>
        <p class="answer-label">
            {words.answered}
            " "
            <span class="event-time">{time}</span>
        </p>
        <h1 class="heading answer-name">{name.primary} {shared_views::own_name(name.secondary)}</h1>
        {quote}
        <div class="choices">
            {call.home_button("button primary large")}
            {(!is_erased).then(|| call.confirmed_cancel_button())}
        </div>
        {call.reference("")}
        {call.return_countdown()}
    }
    .into_any()
}

/// Name of the author: in the visitor's language for the only host of this name, else as the answer gives it.
fn author_name(context: &RenderContext, author: &AnswerAuthor) -> DisplayName {
    let words = &context.words.call;
    let as_written = |name: &str| DisplayName {
        primary: name.to_owned(),
        secondary: None,
    };
    let AnswerAuthor::Host(host_name) = author else {
        return as_written(words.colleague);
    };
    let hosts = context.settings.as_settings().hosts().iter();
    let mut namesakes = hosts.filter(|host| host.shown_name() == host_name);
    let name = match (namesakes.next(), namesakes.next()) {
        (Some(only_host), None) => display_name(only_host, context.lang),
        _ => as_written(host_name),
    };
    DisplayName {
        primary: fill(words.host_name, &[("name", &name.primary)]),
        ..name
    }
}
