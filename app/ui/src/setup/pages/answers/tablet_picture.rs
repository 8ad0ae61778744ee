//! Small picture of a tablet that shows an answer.

use leptos::prelude::*;
use yobirin_domain::model::answer_display::AnswerDisplay;

use crate::setup::nav::words;

/// Picture of the tablet with this setting.
#[component]
pub(super) fn TabletPicture(display: AnswerDisplay) -> impl IntoView {
    let texts = &words().answers;
    let screen = match display {
        AnswerDisplay::Off => view! {
            <span class="answer-picture-line">{texts.picture_notified}</span>
            <span class="answer-picture-small">{texts.picture_wait}</span>
        }
        .into_any(),
        AnswerDisplay::Noticed | AnswerDisplay::Words => {
            let reply = (display == AnswerDisplay::Words)
                .then(|| view! { <span class="answer-picture-words">{texts.picture_words}</span> });
            view! {
                <span class="answer-picture-small">{texts.picture_answered}</span>
                <span class="answer-picture-host">{texts.picture_host}</span>
                {reply}
            }
            .into_any()
        }
    };
    view! {
        <span class="answer-picture">
            <span class="visually-hidden">{texts.picture}</span>
            <span class="answer-picture-screen">{screen}</span>
        </span>
    }
}
