//! Colors as the settings write them, and their relative luminance, by the formulas of WCAG 2.2.

use std::fmt;
use std::str::FromStr;

/// Luminance below which white text contrasts more than black text: √(1.05 × 0.05) − 0.05.
const WHITE_TEXT_MAX_LUMINANCE: f64 = 0.179;

/// A color, written `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

/// The text is not of the form `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidColor;

impl FromStr for Rgb {
    type Err = InvalidColor;
    fn from_str(text: &str) -> Result<Self, InvalidColor> {
        let digits = text.strip_prefix('#').ok_or(InvalidColor)?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(InvalidColor);
        }
        let value = u32::from_str_radix(digits, 16).map_err(|_| InvalidColor)?;
        let [_, r, g, b] = value.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl Rgb {
    /// The channels red, green and blue in linear light, 0 to 1.
    #[must_use]
    pub fn linear(self) -> [f64; 3] {
        self.0.map(|channel| {
            let encoded = f64::from(channel) / 255.0;
            if encoded <= 0.04045 {
                encoded / 12.92
            } else {
                ((encoded + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// Relative luminance, 0 to 1.
    #[must_use]
    pub fn luminance(self) -> f64 {
        luminance_of(self.linear())
    }

    /// The color of text on this one: white or near-black, whichever contrasts more.
    pub(super) fn text_color(self) -> &'static str {
        if self.luminance() < WHITE_TEXT_MAX_LUMINANCE {
            "#ffffff"
        } else {
            "#101317"
        }
    }
}

/// Relative luminance of a color whose channels are in linear light, 0 to 1.
#[must_use]
pub fn luminance_of([r, g, b]: [f64; 3]) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_color_reads_as_it_is_written() {
        assert_eq!("#0b6bcb".parse::<Rgb>().unwrap().to_string(), "#0b6bcb");
        for bad in ["", "#fff", "0b6bcb", "#0b6bcg", "#+b6bcb", "blue"] {
            assert_eq!(bad.parse::<Rgb>(), Err(InvalidColor), "{bad:?}");
        }
    }

    #[test]
    fn text_on_the_accent_contrasts() {
        let text_on = |color: &str| color.parse::<Rgb>().unwrap().text_color();
        assert_eq!(text_on("#0b6bcb"), "#ffffff");
        assert_eq!(text_on("#ffd23f"), "#101317");
    }
}
