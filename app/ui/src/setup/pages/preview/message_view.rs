//! A message as Chatwork shows it, with mentions, titled boxes and rules; and folded, its text in Chatwork's notation.

use leptos::prelude::*;
use yobirin_domain::message::chatwork_notation::{MessagePart, parse};

use crate::setup::nav::words;

#[component]
pub(crate) fn MessageView(
    /// Text in Chatwork's notation.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let texts = &words().preview;
    view! {
        <div class="message" data-rendered>{move || text.with(|text| parts_view(parse(text)))}</div>
        <details class="raw-message">
            <summary>{texts.raw_message}</summary>
            <pre class="message">{text}</pre>
        </details>
    }
}

fn parts_view(parts: Vec<MessagePart>) -> AnyView {
    let part_view = |part| match part {
        MessagePart::Text(text) => text.into_any(),
        MessagePart::Mention => view! { <span class="rendered-mention">"TO"</span> }.into_any(),
        MessagePart::Title(title) => view! { <p class="rendered-title">{title}</p> }.into_any(),
        MessagePart::Rule => view! { <hr /> }.into_any(),
        MessagePart::Box(parts) => {
            view! { <div class="rendered-box">{parts_view(parts)}</div> }.into_any()
        }
    };
    parts.into_iter().map(part_view).collect_view().into_any()
}
