//! Codes that people type: of a pairing, of an authenticator app, and for recovery.

/// Maximum length of a typed code; longer than any code.
const MAX_CODE_CHARS: usize = 64;

/// Normalizes a typed code for comparison and hashing: case, width, spaces and hyphens do not matter.
#[must_use]
pub fn normalize(typed: &str) -> String {
    typed
        .chars()
        .map(half_width)
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .take(MAX_CODE_CHARS)
        .collect()
}

/// Converts the full-width letters and digits of a Japanese keyboard, which Unicode has in the order of ASCII.
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_the_same_however_it_is_typed() {
        for typed in [
            "BCDF-1234",
            " bcdf 1234 ",
            "ｂｃｄｆー１２３４",
            "ＢＣＤＦ－１２３４",
        ] {
            assert_eq!(normalize(typed), "BCDF1234", "{typed}");
        }
        assert_eq!(normalize(&"7".repeat(1_000)).len(), MAX_CODE_CHARS);
    }
}
