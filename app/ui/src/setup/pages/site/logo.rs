//! Logo: a picture that is dropped or chosen, scaled down in the browser, and shown on light and dark.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use yobirin_domain::model::settings::Site;

use crate::browser::Event;
use crate::browser::image::{self, ImageError};
use crate::components::{Icon, Sign, fresh_id};

use crate::setup::draft_store::Binding;
use crate::setup::nav::words;

/// Maximum width and height, in pixels: twice the displayed size, for high-density screens.
const MAX_SIZE_PX: (f64, f64) = (400.0, 120.0);
/// Maximum size, in bytes, as `yobirin_domain::validate` allows it.
const MAX_BYTES: usize = 96_000;

#[component]
pub(crate) fn Logo(site: Binding<Site>) -> impl IntoView {
    let texts = &words().site;
    let logo = site.read(|site| site.logo.clone());
    let failure = RwSignal::new(None::<ImageError>);
    let is_dragged_over = RwSignal::new(false);
    let load_logo = move |event: &Event| {
        let Some(file) = image::file_of_event(event) else {
            return;
        };
        failure.set(None);
        spawn_local_scoped_with_cancellation(async move {
            match image::shrink(&file, MAX_SIZE_PX, MAX_BYTES).await {
                Ok(url) => site.edit(|site| site.logo = Some(url)),
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    let problem = site.problem("logo");
    let failure_text = move || match failure.get() {
        Some(ImageError::TooLarge) => Some(texts.logo_too_large.to_owned()),
        Some(ImageError::Unreadable) => Some(texts.logo_unreadable.to_owned()),
        None => problem.get(),
    };
    let input_id = fresh_id();
    let hint_id = fresh_id();
    let problem_id = fresh_id();
    let label_id = fresh_id();
    let button_id = fresh_id();
    let described_by = format!("{hint_id} {problem_id}");
    let samples = move || {
        logo.get().map(|logo| {
            view! {
                <div class="logo-samples">
                    <span class="logo-sample"><img src=logo.clone() alt=texts.logo_on_light data-logo /></span>
                    <span class="logo-sample dark"><img src=logo alt=texts.logo_on_dark /></span>
                    <button
                        type="button"
                        class="button small danger"
                        data-action="remove-logo"
                        on:click=move |_| site.edit(|site| site.logo = None)
                    >
                        <Icon sign=Sign::REMOVE />{texts.logo_remove}
                    </button>
                </div>
            }
        })
    };
    view! {
        <div class="field">
            <span class="label" id=label_id.clone()>{texts.logo}</span>
            {samples}
            <div
                class="drop-zone"
                class:drag-over=is_dragged_over
                on:dragover=move |event| { event.prevent_default(); is_dragged_over.set(true); }
                on:dragleave=move |_| is_dragged_over.set(false)
                on:drop=move |event| { event.prevent_default(); is_dragged_over.set(false); load_logo(&event); }
            >
                <p>{texts.logo_drop}</p>
                <label class="button file-button" for=input_id.clone()>
                    <Icon sign=Sign::ADD />
                    <span id=button_id.clone()>{texts.logo_pick}</span>
                </label>
                <input
                    class="visually-hidden"
                    id=input_id
                    type="file"
                    name="site-logo"
                    aria-labelledby=format!("{label_id} {button_id}")
                    accept="image/*"
                    aria-describedby=described_by
                    on:change=move |event| load_logo(&event)
                />
            </div>
            <p class="hint" id=hint_id>{texts.logo_hint}</p>
            <p class="problem" id=problem_id role="status">{failure_text}</p>
        </div>
    }
}
