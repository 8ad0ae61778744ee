//! A QR code as one SVG path, dark on white in light and dark mode, because cameras expect that.

use leptos::prelude::*;
use yobirin_domain::qr::QrDrawing;

/// The QR code of a text. The page must offer the text in another way too.
#[component]
pub fn Qr(
    /// Encoded text.
    #[prop(into)]
    text: Signal<String>,
    /// Accessible name.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    move || text.with(|text| Some(qr_view(QrDrawing::of(text)?, label.clone())))
}

/// A drawn QR code.
pub fn qr_view(drawing: QrDrawing, label: String) -> AnyView {
    let side = drawing.side;
    view! {
        <svg
            class="qr"
            viewBox=format!("0 0 {side} {side}")
            role="img"
            aria-label=label
            shape-rendering="crispEdges"
            data-qr
        >
            <path d=drawing.outline />
        </svg>
    }
    .into_any()
}
