//! Logo: dropped or chosen, scaled down in the browser, shown on light and dark.

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
/// Maximum size, in bytes; `yobirin_domain::validate` allows no more.
const MAX_BYTES: usize = 96_000;

#[component]
pub(crate) fn Logo(site: Binding<Site>) -> impl IntoView {
    let texts = &words().site;
    let logo = site.read(|site| site.logo.clone());
    let failure = RwSignal::new(None::<ImageError>);
    let is_dragged_over = RwSignal::new(false);
    let take = move |event: &Event| {
        let Some(file) = image::file_of_event(event) else {
            return;
        };
        failure.set(None);
        spawn_local_scoped_with_cancellation(async move {
            match image::shrink(&file, MAX_SIZE_PX, MAX_BYTES).await {
                Ok(url) => site.edit(|site| site.logo = Some(url)),
                Err(why) => {
                    let _ = failure.try_set(Some(why));
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
    let id = fresh_id();
    let hint = fresh_id();
    let wrong = fresh_id();
    let name = fresh_id();
    let pick = fresh_id();
    let described = format!("{hint} {wrong}");
    let shown = move || {
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
            <span class="label" id=name.clone()>{texts.logo}</span>
            {shown}
            <div
                class="drop-zone"
                class:drag-over=is_dragged_over
                on:dragover=move |event| { event.prevent_default(); is_dragged_over.set(true); }
                on:dragleave=move |_| is_dragged_over.set(false)
                on:drop=move |event| { event.prevent_default(); is_dragged_over.set(false); take(&event); }
            >
                <p>{texts.logo_drop}</p>
                <label class="button file-button" for=id.clone()>
                    <Icon sign=Sign::ADD />
                    <span id=pick.clone()>{texts.logo_pick}</span>
                </label>
                <input
                    class="visually-hidden"
                    id=id
                    type="file"
                    name="site-logo"
                    aria-labelledby=format!("{name} {pick}")
                    accept="image/*"
                    aria-describedby=described
                    on:change=move |event| take(&event)
                />
            </div>
            <p class="hint" id=hint>{texts.logo_hint}</p>
            <p class="problem" id=wrong role="status">{failure_text}</p>
        </div>
    }
}
