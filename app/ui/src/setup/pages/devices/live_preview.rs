//! Live preview of a tablet beside its editor: the kiosk's own styles and buttons, in an iframe of
//! the tablet's size, scaled to the available width.

mod screen;

use leptos::html::{Div, Iframe};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use yobirin_domain::model::id::{ButtonId, DeviceId};

use crate::browser::iframe;

use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use screen::PreviewScreen;

/// Orientation of the previewed tablet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Orientation {
    /// Wider than high.
    #[default]
    Landscape,
    /// Higher than wide.
    Portrait,
}

impl Orientation {
    /// Width and height of a common tablet, in CSS pixels.
    fn size(self) -> (f64, f64) {
        match self {
            Self::Landscape => (1180.0, 820.0),
            Self::Portrait => (820.0, 1180.0),
        }
    }
}

/// Width of the casing on both sides, in CSS pixels.
const CASING_WIDTH_PX: f64 = 26.0;

/// Maximum width of the preview in portrait, in CSS pixels.
const MAX_PORTRAIT_WIDTH_PX: f64 = 400.0;

/// The preview. Pressing a button in it opens that button's form.
#[component]
pub(crate) fn LivePreview(id: DeviceId, opened: RwSignal<Option<ButtonId>>) -> impl IntoView {
    let texts = &words().live_preview;
    let store = expect_context::<DraftStore>();
    let orientation = RwSignal::new(Orientation::default());
    let container = NodeRef::<Div>::new();
    let frame = NodeRef::<Iframe>::new();
    let container_width = RwSignal::new(0.0_f64);
    Effect::new(move |_| {
        if let Some(container) = container.get() {
            iframe::observe_width(&container, move |width| {
                let _ = container_width.try_set(width);
            });
        }
    });
    let scale = Memo::new(move |_| {
        let (tablet_width, tablet_height) = orientation.get().size();
        let available = (container_width.get() - CASING_WIDTH_PX).max(0.0);
        // In portrait it must still fit a window's height.
        let max_width = match tablet_width < tablet_height {
            true => available.min(MAX_PORTRAIT_WIDTH_PX),
            false => available,
        };
        max_width / tablet_width
    });
    let mounted = StoredValue::new_local(None::<UnmountHandle<_>>);
    let draw = move |_| {
        let Some(body) = frame
            .get()
            .and_then(|frame| iframe::prepare_kiosk_document(&frame))
        else {
            return;
        };
        let preview = PreviewScreen::new(store, id.clone(), opened);
        let root = iframe::document_root(&body);
        let handle = mount_to(body, move || screen::view(preview, root));
        mounted.set_value(Some(handle));
    };
    let orientation_button = move |to: Orientation, key: &'static str, label: &'static str| {
        view! {
            <button
                type="button"
                class="segment"
                data-hung=key
                aria-pressed=move || (orientation.get() == to).to_string()
                on:click=move |_| orientation.set(to)
            >
                {label}
            </button>
        }
    };
    let px = |length: f64| format!("{length:.2}px");
    view! {
        <section class="tablet" aria-label=texts.title data-preview>
            <div class="tablet-head">
                <h2>{texts.title}</h2>
                <div class="segments" role="group" aria-label=texts.orientation>
                    {orientation_button(Orientation::Landscape, "lying", texts.landscape)}
                    {orientation_button(Orientation::Portrait, "upright", texts.portrait)}
                </div>
            </div>
            <div class="tablet-area" node_ref=container>
                <div class="tablet-body">
                    <div
                        class="tablet-screen"
                        style:inline-size=move || px(orientation.get().size().0 * scale.get())
                        style:block-size=move || px(orientation.get().size().1 * scale.get())
                    >
                        <iframe
                            node_ref=frame
                            title=texts.title
                            srcdoc="<!doctype html>"
                            style:inline-size=move || px(orientation.get().size().0)
                            style:block-size=move || px(orientation.get().size().1)
                            style:transform=move || format!("scale({:.4})", scale.get())
                            on:load=draw
                        ></iframe>
                    </div>
                </div>
            </div>
            <p class="muted small">{texts.hint}</p>
        </section>
    }
}
