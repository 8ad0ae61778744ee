//! Half-width forms, and numbers as spreadsheets write them.

/// Distance of a full-width form from its half-width form. The forms are in the order of ASCII.
const FULL_WIDTH_DISTANCE: u32 = '！' as u32 - '!' as u32;

/// Half-width form of a full-width ASCII character.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - FULL_WIDTH_DISTANCE).unwrap_or(c),
        other => other,
    }
}

/// Text in half-width lower-case letters, trimmed.
pub(crate) fn narrow_lowercase(text: &str) -> String {
    let narrow: String = text.chars().map(narrow).collect();
    narrow.to_lowercase().trim().to_owned()
}

/// Digits of a number that a spreadsheet formatted with thousands separators or zero decimals: `7,100,002`,
/// `7100002.0`. Other texts are returned unchanged. Expects half-width characters.
pub(crate) fn plain_number(text: &str) -> String {
    let whole = match text.split_once('.') {
        Some((whole, decimals)) if !decimals.is_empty() && is_zeros(decimals) => whole,
        Some(_) => return text.to_owned(),
        None => text,
    };
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", whole),
    };
    let groups: Vec<&str> = digits.split(',').collect();
    let is_number = match groups.as_slice() {
        [ungrouped] => is_digits(ungrouped),
        [first, rest @ ..] => {
            is_digits(first)
                && first.len() <= 3
                && rest
                    .iter()
                    .all(|group| is_digits(group) && group.len() == 3)
        }
        [] => false,
    };
    if is_number {
        format!("{sign}{}", groups.concat())
    } else {
        text.to_owned()
    }
}

/// True for a number in scientific notation, whose last digits a spreadsheet has lost: `7.1E+06`. Expects half-width
/// lower-case characters.
pub(crate) fn is_rounded_number(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once('e') else {
        return false;
    };
    let is_decimal = |text: &str| text.split('.').count() <= 2 && text.split('.').all(is_digits);
    let digits = exponent.trim_start_matches(['+', '-']);
    // Without point or sign it may be a code, such as 7e6.
    is_decimal(mantissa) && is_digits(digits) && (mantissa.contains('.') || digits != exponent)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_zeros(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_spreadsheets_become_digits() {
        for (text, digits) in [
            ("7,100,002", "7100002"),
            ("7100002.0", "7100002"),
            ("7,100,002.00", "7100002"),
            ("-1,000", "-1000"),
            ("0007", "0007"),
        ] {
            assert_eq!(plain_number(text), digits);
        }
        for text in [
            "", "7,10,002", "7.1", "1,2", "7100,002", "a,100", ".0", "1.", ",100",
        ] {
            assert_eq!(plain_number(text), text);
        }
    }

    #[test]
    fn a_rounded_number_is_recognized_by_its_exponent() {
        for text in ["7.1e+06", "7e+6", "7.1e6", "1e-3"] {
            assert!(is_rounded_number(text), "{text}");
        }
        for text in ["7e6", "e+6", "7.1", "sato.e+1", "7.1.2e+6", ""] {
            assert!(!is_rounded_number(text), "{text}");
        }
    }
}
