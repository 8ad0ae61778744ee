//! A QR code as one SVG path, with the quiet zone that the standard demands. The relay draws it for tablets, because
//! an encoder would weigh more than the kiosk's screen for it.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};
use serde::{Deserialize, Serialize};

/// White modules around the code; ISO/IEC 18004 demands four.
const QUIET_ZONE_MODULES: usize = 4;

/// A QR code as an SVG path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QrDrawing {
    /// Modules along a side, quiet zone included.
    pub side: usize,
    /// Path of the dark modules, one rectangle per run in a row.
    pub outline: String,
}

impl QrDrawing {
    /// Draws a text; `None` when the text is too long for a QR code.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
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
        Some(Self {
            side: width + 2 * QUIET_ZONE_MODULES,
            outline,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::QrDrawing;

    #[test]
    fn a_code_has_its_quiet_zone_and_its_finder_patterns() {
        let drawn = QrDrawing::of("https://reception.example.jp/pair#code=BBBB-BBBB").unwrap();
        assert_eq!(
            drawn.side,
            33 + 8,
            "33 modules and the quiet zone on both sides"
        );
        // The three finder patterns begin with a bar of seven modules, inside the quiet zone.
        assert!(drawn.outline.starts_with("M4 4h7v1h-7z"));
        assert!(drawn.outline.contains("M30 4h7v1h-7z"));
        assert!(drawn.outline.contains("M4 30h7v1h-7z"));
        assert!(!drawn.outline.contains("M0 "), "the quiet zone stays white");
    }

    #[test]
    fn a_text_that_is_too_long_for_a_code_draws_nothing() {
        assert_eq!(QrDrawing::of(&"x".repeat(3_000)), None);
    }
}
