//! Picture of a tablet: an iframe with the kiosk's own styles, of the tablet's size, scaled to the available width.

use leptos::html::{Div, Iframe};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;

use crate::browser::{HtmlElement, iframe};

/// The picture. Its styles reserve the space, so that nothing moves once the width is known.
#[component]
pub(crate) fn TabletFrame(
    /// Title of the iframe.
    title: &'static str,
    /// Width and height of the tablet, in CSS pixels.
    #[prop(into)]
    size: Signal<(f64, f64)>,
    /// Maximum width of an upright tablet, in CSS pixels, so that it fits a window's height.
    max_upright_width: f64,
    /// Renders the screen; gets the root element of the iframe's document.
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
    let max_width = move || {
        let (tablet_width, tablet_height) = size.get();
        (tablet_width < tablet_height).then(|| format!("{max_upright_width}px"))
    };
    let ratio = move || {
        let (tablet_width, tablet_height) = size.get();
        format!("{tablet_width} / {tablet_height}")
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
    let px = |length: f64| format!("{length:.2}px");
    view! {
        <div class="tablet-area">
            <div class="tablet-body" style:max-inline-size=max_width>
                <div class="tablet-screen" node_ref=screen style:aspect-ratio=ratio>
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
