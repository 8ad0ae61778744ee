//! Picture of a tablet: an iframe with the kiosk's own styles, of the tablet's size, scaled to the available width.

use leptos::html::{Div, Iframe};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;

use crate::browser::{HtmlElement, iframe};

/// The picture. `draw` renders the screen; it gets the root element of the iframe's document.
#[component]
pub(crate) fn TabletFrame(
    /// Title of the iframe.
    title: &'static str,
    /// Width and height of the tablet, in CSS pixels.
    #[prop(into)]
    size: Signal<(f64, f64)>,
    /// Maximum width of an upright tablet, in CSS pixels, so that it fits a window's height.
    max_upright_width: f64,
    /// Renders the screen.
    draw: impl Fn(Option<HtmlElement>) -> AnyView + Clone + 'static,
) -> impl IntoView {
    let screen = NodeRef::<Div>::new();
    let frame = NodeRef::<Iframe>::new();
    let screen_width = RwSignal::new(0.0_f64);
    Effect::new(move |_| {
        if let Some(screen) = screen.get() {
            iframe::observe_width(&screen, move |width| {
                let _ = screen_width.try_set(width);
            });
        }
    });
    let scale = Memo::new(move |_| screen_width.get() / size.get().0);
    // The styles size the screen, so that it has its place before it is measured.
    let ratio = move || format!("{} / {}", size.get().0, size.get().1);
    let max_width = move || match size.get() {
        (width, height) if width < height => px(max_upright_width),
        _ => "none".to_owned(),
    };
    let mounted = StoredValue::new_local(None::<UnmountHandle<_>>);
    let load = move |_| {
        let Some(body) = frame
            .get()
            .and_then(|frame| iframe::prepare_kiosk_document(&frame))
        else {
            return;
        };
        let (draw, root) = (draw.clone(), iframe::document_root(&body));
        let handle = mount_to(body, move || draw(root));
        mounted.set_value(Some(handle));
    };
    view! {
        <div class="tablet-area">
            <div class="tablet-body">
                <div
                    class="tablet-screen"
                    node_ref=screen
                    style:aspect-ratio=ratio
                    style:max-inline-size=max_width
                >
                    <iframe
                        node_ref=frame
                        title=title
                        srcdoc="<!doctype html>"
                        style:inline-size=move || px(size.get().0)
                        style:block-size=move || px(size.get().1)
                        style:transform=move || format!("scale({:.4})", scale.get())
                        on:load=load
                    ></iframe>
                </div>
            </div>
        </div>
    }
}

fn px(length: f64) -> String {
    format!("{length:.2}px")
}
