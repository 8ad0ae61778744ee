//! Frame of set-up's pages, and the sections in it.

use leptos::prelude::*;

use crate::router::SetupPage;
use crate::setup::nav::{Link, words};

/// Frame of a page: heading, introduction, content.
#[component]
pub(crate) fn PageFrame(
    /// Name for tests and styles, in `data-page`.
    name: &'static str,
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// Introduction; `""` for none.
    #[prop(optional, into)]
    lead: Signal<&'static str>,
    /// List page that contains the shown entry, and the list's title; `None` for a page that shows no entry.
    #[prop(optional)]
    up: Option<(SetupPage, &'static str)>,
    /// Content.
    children: Children,
) -> impl IntoView {
    let product = words().sign_in.product;
    Effect::new(move |_| crate::browser::set_title(&format!("{} · {product}", title.get())));
    let lead = move || {
        let lead = lead.get();
        (!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> })
    };
    let up = up
        .map(|(list, name)| view! { <p class="parent-link"><Link to=list>"← " {name}</Link></p> });
    view! {
        <main class="page" id="content" data-page=name>
            <header class="page-head">
                {up}
                <h1 tabindex="-1">{move || title.get()}</h1>
                {lead}
            </header>
            {children()}
        </main>
    }
}

/// A titled part of a page.
#[component]
pub(crate) fn Section(
    /// Heading.
    #[prop(into)]
    title: String,
    /// Introduction; `""` for none.
    #[prop(optional)]
    lead: &'static str,
    /// Name for tests, in `data-section`.
    #[prop(optional)]
    name: &'static str,
    /// Content.
    children: Children,
) -> impl IntoView {
    let lead = (!lead.is_empty()).then(|| view! { <p class="muted">{lead}</p> });
    view! {
        <section class="card" data-section=name>
            <h2>{title}</h2>
            {lead}
            {children()}
        </section>
    }
}
