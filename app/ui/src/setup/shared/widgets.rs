//! Page frame, section and loading states of set-up's pages.

use leptos::prelude::*;
use yobirin_domain::model::lang::{Lang, LocalText};

use crate::api::response::ClientError;
use crate::components::{Alert, SortLabels, TextField, Tone};
use crate::i18n::setup::Words;
use crate::router::SetupPage;

use crate::setup::draft_store::DraftStore;
use crate::setup::errors;
use crate::setup::nav::{Link, words};
use crate::setup::remote::Remote;

/// Frame of a page: heading, introduction, content.
#[component]
pub(crate) fn PageFrame(
    /// Name for tests and styles, in `data-page`.
    name: &'static str,
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// Introduction.
    #[prop(optional)]
    lead: &'static str,
    /// List page of the shown entry, and its title.
    #[prop(optional)]
    up: Option<(SetupPage, &'static str)>,
    /// Content.
    children: Children,
) -> impl IntoView {
    let product = words().entry.product;
    Effect::new(move |_| crate::browser::set_title(&format!("{} · {product}", title.get())));
    let lead = (!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> });
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

/// Placeholder for data that is loading or failed to load.
pub(crate) fn loading_view<T>(
    load: &Remote<T>,
    retry: impl Fn() + Clone + Send + Sync + 'static,
) -> AnyView {
    let words = words();
    match load {
        Remote::Loading => view! {
            <p class="waiting" role="status"><span class="spinner"></span>{words.controls.loading}</p>
        }
        .into_any(),
        Remote::Slow => view! {
            <p class="waiting" role="status"><span class="spinner"></span>{words.controls.loading_slow}</p>
        }
        .into_any(),
        Remote::Failed(error) => failure_view(words, error, retry),
        Remote::Loaded(_) => ().into_any(),
    }
}

/// An error with a retry button.
pub(crate) fn failure_view(
    words: &'static Words,
    error: &ClientError,
    retry: impl Fn() + Clone + Send + Sync + 'static,
) -> AnyView {
    let why = errors::text(words, error);
    view! {
        <Alert tone=Tone::Bad kind="failed">
            <p>{why}</p>
            <button type="button" class="button small" data-action="retry" on:click=move |_| retry()>
                {words.controls.retry}
            </button>
        </Alert>
    }
    .into_any()
}

/// Button labels of sortable lists.
pub(crate) fn sort_labels() -> SortLabels {
    let controls = &words().controls;
    SortLabels {
        up: controls.move_up,
        down: controls.move_down,
        remove: controls.remove,
        handle: controls.drag_hint,
    }
}

/// A text field for each language of the site.
#[component]
pub(crate) fn LocalFields(
    /// Prefix of the inputs' names; the language tag follows.
    name: &'static str,
    /// Label.
    label: &'static str,
    /// Current value.
    #[prop(into)]
    value: Signal<LocalText>,
    /// Called with language and new text.
    on_input: Callback<(Lang, String)>,
    /// Problem with it.
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let store = expect_context::<DraftStore>();
    let words = words();
    let names = &words.names;
    let languages = store.memo(|document| document.site.languages.clone());
    let fields = move || {
        let languages = languages.get();
        let own = languages.first().copied();
        languages
            .into_iter()
            .map(|lang| {
                let optional = if Some(lang) == own { "" } else { names.optional };
                let problem = Signal::derive(move || problem.get().filter(|_| Some(lang) == own));
                view! {
                    <TextField
                        name=format!("{name}-{}", lang.tag())
                        label=format!("{label} · {}{optional}", words.language(lang))
                        value=Signal::derive(move || value.with(|text| text.exactly(lang).to_owned()))
                        on_input=move |text| on_input.run((lang, text))
                        problem=problem
                    />
                }
            })
            .collect_view()
    };
    view! { <div class="fields localized">{fields}</div> }
}
