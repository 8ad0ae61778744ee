//! Character encoding of a CSV file, detected from its bytes. The browser decodes the file.

use serde::{Deserialize, Serialize};

/// Character encoding of a CSV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows-31J, which Japanese Excel writes and calls Shift_JIS.
    Cp932,
    /// UTF-16 little-endian: Excel's "Unicode text".
    Utf16Le,
    /// UTF-16 big-endian.
    Utf16Be,
}

/// Share of zero bytes above which a file is UTF-16, in percent. In UTF-16 each ASCII character has a zero byte; text
/// in UTF-8 or CP932 has none. Our decision: a few stray zero bytes do not make a file UTF-16.
const UTF16_ZERO_PERCENT: usize = 5;

impl Encoding {
    /// All encodings in display order.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Cp932, Self::Utf16Le, Self::Utf16Be];

    /// Label in the WHATWG Encoding Standard, whose `shift_jis` is Windows-31J.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Cp932 => "shift_jis",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    /// Common name, for admins.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Cp932 => "Shift_JIS（CP932）",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
        }
    }

    /// Detects the encoding: by the byte order mark; else UTF-16 when more than [`UTF16_ZERO_PERCENT`] of the
    /// bytes are zero; else UTF-8 or CP932, whichever has fewer errors. A tie is UTF-8: Japanese text in CP932 is
    /// practically never valid UTF-8.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => return Self::Utf8,
            [0xff, 0xfe, ..] => return Self::Utf16Le,
            [0xfe, 0xff, ..] => return Self::Utf16Be,
            _ => {}
        }
        let zeros = |offset: usize| {
            let positions = bytes.iter().skip(offset).step_by(2);
            positions.filter(|&&byte| byte == 0).count()
        };
        let (even, odd) = (zeros(0), zeros(1));
        if (even + odd) * 100 > bytes.len() * UTF16_ZERO_PERCENT {
            // The zero is the first byte of an ASCII character in big-endian order, the second in little-endian order.
            return if even > odd {
                Self::Utf16Be
            } else {
                Self::Utf16Le
            };
        }
        if count_utf8_errors(bytes) <= count_cp932_errors(bytes) {
            Self::Utf8
        } else {
            Self::Cp932
        }
    }
}

fn count_utf8_errors(bytes: &[u8]) -> usize {
    bytes
        .utf8_chunks()
        .filter(|chunk| !chunk.invalid().is_empty())
        .count()
}

/// Counts errors of CP932: lead bytes without trail byte, and undefined bytes.
fn count_cp932_errors(bytes: &[u8]) -> usize {
    let (mut errors, mut remaining) = (0, bytes);
    while let [byte, after @ ..] = remaining {
        remaining = after;
        match byte {
            // Lead byte of a character of two bytes.
            0x81..=0x9f | 0xe0..=0xfc => match after {
                [0x40..=0x7e | 0x80..=0xfc, after_trail @ ..] => remaining = after_trail,
                _ => errors += 1,
            },
            // Undefined.
            0x80 | 0xa0 | 0xfd..=0xff => errors += 1,
            _ => {}
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 名前,髙橋①～ in CP932.
    const CP932: &[u8] = b"\x96\xbc\x91\x4f,\xfb\xfc\x8b\xb4\x87\x40\x81\x60\r\n";

    #[test]
    fn the_encoding_is_detected_by_mark_or_by_errors() {
        let utf16: Vec<u8> = "id,名前,name\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let swapped: Vec<u8> = utf16
            .chunks(2)
            .flat_map(|pair| [pair[1], pair[0]])
            .collect();
        let cases: [(&[u8], Encoding); 9] = [
            (b"", Encoding::Utf8),
            (b"id,name\r\n1,Sato\r\n", Encoding::Utf8),
            ("名前,髙橋①～".as_bytes(), Encoding::Utf8),
            ("\u{feff}名前".as_bytes(), Encoding::Utf8),
            (CP932, Encoding::Cp932),
            (
                &[&[0xff, 0xfe], utf16.as_slice()].concat(),
                Encoding::Utf16Le,
            ),
            (
                &[&[0xfe, 0xff], swapped.as_slice()].concat(),
                Encoding::Utf16Be,
            ),
            (&utf16, Encoding::Utf16Le),
            (&swapped, Encoding::Utf16Be),
        ];
        for (bytes, expected) in cases {
            assert_eq!(Encoding::of(bytes), expected, "{bytes:x?}");
        }
    }

    #[test]
    fn one_broken_byte_does_not_change_the_encoding_of_a_whole_file() {
        let long = "山田 太郎,開発部\r\n".repeat(20);
        let mut utf8 = long.into_bytes();
        utf8[3] = 0xff;
        assert_eq!(Encoding::of(&utf8), Encoding::Utf8);
        let mut cp932 = CP932.repeat(20);
        cp932[5] = 0xff;
        assert_eq!(Encoding::of(&cp932), Encoding::Cp932);
    }
}
