//! Contrast of an accent color as the styles use it (`tokens.css`): as the color of text it is mixed with black on
//! light pages and with white on dark ones, in Oklab. Contrast ratios are computed as WCAG 2.2 defines them.

use crate::browser::{Rgb, luminance_of};

/// Minimum ratio of text for WCAG level AA.
pub(crate) const MIN_CONTRAST: f64 = 4.5;

/// Colors of text in the accent color on a page, as `tokens.css` has them.
struct PageColors {
    surface: Rgb,
    /// Color that the accent is mixed with.
    mixed_with: Rgb,
    /// Share of the accent in the mixture, 0 to 1.
    accent_share: f64,
}

const LIGHT_PAGE: PageColors = PageColors {
    surface: Rgb([255, 255, 255]),
    mixed_with: Rgb([0, 0, 0]),
    accent_share: 0.88,
};
const DARK_PAGE: PageColors = PageColors {
    surface: Rgb([0x19, 0x1d, 0x23]),
    mixed_with: Rgb([255, 255, 255]),
    accent_share: 0.55,
};

/// Contrast of the accent as text on light and on dark pages, 1 to 21.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contrast {
    /// On light pages.
    pub(crate) light: f64,
    /// On dark pages.
    pub(crate) dark: f64,
}

impl Contrast {
    /// The contrasts of an accent.
    pub(crate) fn of(accent: Rgb) -> Self {
        let contrast_on = |page: &PageColors| {
            let text = mix(accent, page.mixed_with, page.accent_share);
            ratio(text, page.surface.luminance())
        };
        Self {
            light: contrast_on(&LIGHT_PAGE),
            dark: contrast_on(&DARK_PAGE),
        }
    }

    /// True when both are at least [`MIN_CONTRAST`].
    pub(crate) fn is_readable(self) -> bool {
        self.light >= MIN_CONTRAST && self.dark >= MIN_CONTRAST
    }
}

/// The nearest readable color of the same hue: mixed with ever more black or white, by a hundredth at a time. `None`
/// when there is none.
pub(crate) fn nearest_readable(accent: Rgb) -> Option<Rgb> {
    let steps = (1..100_u32).map(|step| f64::from(step) / 100.0);
    let mut candidates = steps.flat_map(|step| {
        let mixed_with_gray = |level: u8| rgb_of(mix(accent, Rgb([level; 3]), 1.0 - step));
        [mixed_with_gray(0), mixed_with_gray(255)]
    });
    candidates.find(|color| Contrast::of(*color).is_readable())
}

/// Contrast ratio of WCAG 2.2 between a color in linear light and a color of this luminance.
fn ratio(color: [f64; 3], other_luminance: f64) -> f64 {
    let luminance = luminance_of(color);
    let lighter = luminance.max(other_luminance);
    let darker = luminance.min(other_luminance);
    (lighter + 0.05) / (darker + 0.05)
}

/// The mixture `color-mix(in oklab, a share, b)` of CSS, in linear light.
fn mix(a: Rgb, b: Rgb, share: f64) -> [f64; 3] {
    let (a, b) = (oklab(a.linear()), oklab(b.linear()));
    let mixed = [0, 1, 2].map(|i| a[i] * share + b[i] * (1.0 - share));
    linear_of(mixed).map(|channel| channel.clamp(0.0, 1.0))
}

/// Color of linear light as sRGB.
fn rgb_of(linear: [f64; 3]) -> Rgb {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to 0 to 255
    let byte = |channel: f64| {
        let part = if channel <= 0.003_130_8 {
            channel * 12.92
        } else {
            1.055 * channel.powf(1.0 / 2.4) - 0.055
        };
        (part * 255.0).round().clamp(0.0, 255.0) as u8
    };
    Rgb(linear.map(byte))
}

/// Oklab of a color in linear light, with the numbers of CSS Color 4.
fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s,
    ]
}

/// Linear light of a color in Oklab.
fn linear_of([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(text: &str) -> Rgb {
        text.parse().unwrap()
    }

    #[test]
    fn the_accent_that_an_office_begins_with_reads_well_in_both() {
        let contrast = Contrast::of(color("#0b6bcb"));
        assert!(contrast.is_readable(), "{contrast:?}");
        assert!((6.0..8.0).contains(&contrast.light), "{contrast:?}");
    }

    #[test]
    fn white_and_black_have_the_contrast_of_the_standard() {
        let white = ratio([1.0; 3], 0.0);
        assert!((white - 21.0).abs() < 0.01, "{white}");
        assert!((ratio([0.0; 3], 1.0) - 21.0).abs() < 0.01);
    }

    #[test]
    fn mixing_and_back_keeps_the_color() {
        for text in ["#0b6bcb", "#ffd23f", "#123456", "#ffffff", "#000000"] {
            let same = rgb_of(mix(color(text), Rgb([0; 3]), 1.0));
            assert_eq!(same.to_string(), text);
        }
    }

    #[test]
    fn an_unreadable_color_has_a_readable_neighbor_of_its_hue() {
        for text in ["#ffd23f", "#7fffd4", "#ffffff", "#ff99cc"] {
            let accent = color(text);
            assert!(
                !Contrast::of(accent).is_readable(),
                "{text} should be too pale"
            );
            let readable = nearest_readable(accent).expect("there is a readable color");
            assert!(
                Contrast::of(readable).is_readable(),
                "{text} became {readable}"
            );
        }
    }
}
