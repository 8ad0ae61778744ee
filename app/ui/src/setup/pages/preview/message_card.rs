//! One message of a previewed call: destination, mentions, text.

use leptos::prelude::*;
use yobirin_domain::compose::ComposedMessage;
use yobirin_domain::model::menu::Icon;
use yobirin_domain::routing::Destination;

use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;

use super::message_view::MessageView;

/// Entry of one message in a list.
#[component]
pub(super) fn MessageCard(message: ComposedMessage) -> impl IntoView {
    let words = words();
    let texts = &words.preview;
    let names = DisplayNames::from_context();
    let (key, sign) = match message.to {
        Destination::Room(room) => (format!("room:{room}"), Sign::of(Icon::People)),
        Destination::Account(account) => (format!("account:{account}"), Sign::of(Icon::Person)),
    };
    let to = message.to;
    let mentions = (!message.mentions.is_empty()).then(|| {
        let ids = message.mentions.clone();
        view! {
            <p class="muted" data-mentions>
                {move || fill(texts.mentions, &[("names", &names.hosts(&ids))])}
            </p>
        }
    });
    view! {
        <li class="destination" data-destination=key>
            <p class="destination-name"><Icon sign=sign /><strong>{move || names.destination(to)}</strong></p>
            {mentions}
            <p class="label visually-hidden">{texts.message_text}</p>
            <MessageView text=message.text />
        </li>
    }
}
