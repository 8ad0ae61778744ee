//! A QR code, drawn as one outline: dark on white whatever the page's colours are, since cameras
//! expect that, with the quiet margin that the standard asks for.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the code.
const QUIET_ZONE_MODULES: usize = 4;

/// What is drawn: modules along a side, margin included, and the outline of the dark ones.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Drawing {
    side: usize,
    outline: String,
}

/// The code of a text; `None` when the text is longer than a code holds.
fn draw(text: &str) -> Option<Drawing> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let colors = code.into_colors();
    let mut outline = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let (left, top, length) =
                    (x + QUIET_ZONE_MODULES, y + QUIET_ZONE_MODULES, run.len());
                // Writing into a string cannot fail.
                let _ = write!(outline, "M{left} {top}h{length}v1h-{length}z");
            }
            x += run.len();
        }
    }
    Some(Drawing {
        side: width + 2 * QUIET_ZONE_MODULES,
        outline,
    })
}

/// The QR code of a text. Beside it the page must show the text itself, or another way to get there.
#[component]
pub fn Qr(
    /// What scanning gives.
    #[prop(into)]
    text: Signal<String>,
    /// What the picture is, for those who do not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    move || {
        let drawing = text.with(|text| draw(text))?;
        let side = drawing.side;
        Some(view! {
            <svg
                class="qr"
                viewBox=format!("0 0 {side} {side}")
                role="img"
                aria-label=label.clone()
                shape-rendering="crispEdges"
                data-qr
            >
                <path d=drawing.outline />
            </svg>
        })
    }
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn a_code_has_its_margin_and_its_corners() {
        let drawn = draw("https://reception.example.jp/pair#code=BBBB-BBBB").unwrap();
        assert_eq!(
            drawn.side,
            33 + 8,
            "33 modules and the margin on both sides"
        );
        // The three finders begin with a bar of seven, inside the margin.
        assert!(drawn.outline.starts_with("M4 4h7v1h-7z"));
        assert!(drawn.outline.contains("M30 4h7v1h-7z"));
        assert!(drawn.outline.contains("M4 30h7v1h-7z"));
        assert!(!drawn.outline.contains("M0 "), "the margin stays white");
    }

    #[test]
    fn a_text_no_code_can_hold_draws_nothing() {
        assert_eq!(draw(&"x".repeat(3_000)), None);
    }
}
