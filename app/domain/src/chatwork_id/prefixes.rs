//! Finds ids by the prefixes that Chatwork puts before them.

use super::ParseIdError;
use crate::text::{is_rounded_number, narrow, plain_number};

/// Prefixes of a room id.
const ROOM_PREFIXES: [&str; 1] = ["rid"];
/// Prefixes of the account id of a quote's author.
const QUOTE_PREFIXES: [&str; 2] = ["[qtmeta aid", "[引用 aid"];
/// Prefixes of an account id.
const ACCOUNT_PREFIXES: [&str; 5] = ["aid", "[to", "picon", "piconname", "pname"];

/// Words that may stand beside a bare number, as in `ルームID：123` or `Account ID 123`.
const IGNORED_LABELS: [&str; 5] = ["id", "room", "account", "chatwork", "no"];

/// Numbers of a text by their prefix, each once, without leading zeros; zero is an empty text.
pub(super) struct PrefixedNumbers<'a> {
    pub(super) rooms: Vec<&'a str>,
    /// Accounts of the authors of quotes.
    pub(super) quoted: Vec<&'a str>,
    pub(super) accounts: Vec<&'a str>,
}

impl<'a> PrefixedNumbers<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            rooms: numbers_after(text, &ROOM_PREFIXES),
            quoted: numbers_after(text, &QUOTE_PREFIXES),
            accounts: numbers_after(text, &ACCOUNT_PREFIXES),
        }
    }
}

/// Text in half-width lower-case letters, trimmed; a number without the format that spreadsheets give it.
pub(super) fn normalize(pasted: &str) -> String {
    let text: String = pasted.chars().map(narrow).collect();
    plain_number(text.to_ascii_lowercase().trim())
}

/// Numbers that follow one of the prefixes, directly or after `=`, `:` or a space.
fn numbers_after<'a>(text: &'a str, prefixes: &[&str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (start, prefix) in prefixes
        .iter()
        .flat_map(|prefix| text.match_indices(prefix))
    {
        // "grid7" is a word, not room 7.
        let is_word_start = !text[..start].ends_with(|c: char| c.is_ascii_alphabetic());
        let after_prefix = text[start + prefix.len()..].trim_start_matches([' ', '=', ':']);
        let digits = leading_digits(after_prefix);
        if is_word_start && !digits.is_empty() {
            let digits = digits.trim_start_matches('0');
            if !found.contains(&digits) {
                found.push(digits);
            }
        }
    }
    found
}

fn leading_digits(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    &text[..end]
}

/// The only number of a text without prefixes; non-ASCII words around it are ignored.
pub(super) fn lone_number(text: &str) -> Result<&str, ParseIdError> {
    let mut numbers: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.trim_start_matches('0'))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    if is_rounded_number(text) {
        return Err(ParseIdError::Rounded);
    }
    if is_amount(text) {
        return Err(ParseIdError::NoIdFound);
    }
    let mut letters = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty());
    if !letters.all(|word| IGNORED_LABELS.contains(&word)) {
        return Err(error_of_words(text));
    }
    match numbers.as_slice() {
        [] if text.is_empty() => Err(ParseIdError::Empty),
        [] => Err(ParseIdError::NoIdFound),
        [digits] => Ok(digits),
        _ => Err(ParseIdError::SeveralIds),
    }
}

/// True for a negative number or a percentage, which no id is.
fn is_amount(text: &str) -> bool {
    let magnitude = text.strip_prefix('-').unwrap_or_default();
    magnitude.starts_with(|c: char| c.is_ascii_digit()) || text.contains('%')
}

/// Error for a text with letters but without prefixes. A Chatwork ID is one word of letters, digits, `_`, `-`
/// and `.`.
fn error_of_words(text: &str) -> ParseIdError {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name = text.trim_start_matches('@');
    if name.chars().all(is_allowed) {
        ParseIdError::ChatworkName
    } else {
        ParseIdError::NoIdFound
    }
}
