//! Live preview of a tablet beside its editor, drawn with the kiosk's own styles and buttons.

mod screen;

use leptos::prelude::*;
use yobirin_domain::model::id::{ButtonId, DeviceId};

use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::tablet_frame::TabletFrame;
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

/// Maximum width of the preview in portrait, in CSS pixels.
const MAX_PORTRAIT_WIDTH_PX: f64 = 400.0;

/// The preview. Pressing a button in it opens that button's form.
#[component]
pub(crate) fn LivePreview(
    id: DeviceId,
    opened_button: RwSignal<Option<ButtonId>>,
) -> impl IntoView {
    let texts = &words().live_preview;
    let store = expect_context::<DraftStore>();
    let orientation = RwSignal::new(Orientation::default());
    let size = Signal::derive(move || orientation.get().size());
    let draw = move |root| {
        let preview = PreviewScreen::new(store, id.clone(), opened_button);
        screen::view(preview, root).into_any()
    };
    let orientation_button = move |choice: Orientation, key: &'static str, label: &'static str| {
        view! {
            <button
                type="button"
                class="segment"
                data-hung=key
                aria-pressed=move || (orientation.get() == choice).to_string()
                on:click=move |_| orientation.set(choice)
            >
                {label}
            </button>
        }
    };
    view! {
        <section class="tablet" aria-label=texts.title data-preview>
            <div class="tablet-head">
                <h2>{texts.title}</h2>
                <div class="segments" role="group" aria-label=texts.orientation>
                    {orientation_button(Orientation::Landscape, "lying", texts.landscape)}
                    {orientation_button(Orientation::Portrait, "upright", texts.portrait)}
                </div>
            </div>
            <TabletFrame title=texts.title size=size max_upright_width=MAX_PORTRAIT_WIDTH_PX draw=draw />
            <p class="muted small">{texts.hint}</p>
        </section>
    }
}
