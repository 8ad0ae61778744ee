//! Card of a host in a list: the name that the visitor can read, and the name as colleagues write it.

use leptos::prelude::*;
use yobirin_domain::model::id::HostId;
use yobirin_domain::routing::Target;

use crate::kiosk::click_handlers::on_press;
use crate::kiosk::navigation::Intent;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::shared_views::own_name;

/// The card, which selects the host; `note` stands below the name. A masked card does not show that the host is absent.
pub(super) fn view(context: &RenderContext, id: HostId, is_masked: bool, note: String) -> AnyView {
    let settings = &context.settings;
    let host = settings.as_settings().host(&id);
    let is_absent = !is_masked && host.is_some_and(|host| settings.is_absent(host));
    let absence = is_absent
        .then(|| view! { <span class="away" data-absent="">{context.words.choose.absent}</span> });
    let key = id.to_string();
    let target = Target::Host(id);
    let name = settings.displayed_name(&target, context.lang, is_masked);
    view! {
        <button
            type="button"
            class="card person"
            data-host=key
            data-state="calls"
            on:click=on_press(context.kiosk, Intent::Choose { target, is_masked })
        >
            <span class="card-name">{name.primary} {absence}</span>
            {own_name(name.secondary)}
            <span class="card-note">{note}</span>
        </button>
    }
    .into_any()
}
