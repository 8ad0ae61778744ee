//! Finding what Chatwork puts before its ids.

use super::ParseIdError;

/// What stands before a room's id.
const ROOM: [&str; 1] = ["rid"];
/// What stands before the account that a quote quotes.
const QUOTED: [&str; 2] = ["[qtmeta aid", "[引用 aid"];
/// What stands before an account's id.
const ACCOUNT: [&str; 5] = ["aid", "[to", "picon", "piconname", "pname"];

/// Words that people copy along with a bare number, as in `ルームID：123` or `Account ID 123`.
const LABELS: [&str; 5] = ["id", "room", "account", "chatwork", "no"];

/// Ids that the text marks as such, each once, as digits without leading zeros.
pub(super) struct PrefixedNumbers<'a> {
    pub(super) rooms: Vec<&'a str>,
    pub(super) quoted: Vec<&'a str>,
    pub(super) accounts: Vec<&'a str>,
}

impl<'a> PrefixedNumbers<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            rooms: after(text, &ROOM),
            quoted: after(text, &QUOTED),
            accounts: after(text, &ACCOUNT),
        }
    }
}

/// The text in half-width small letters, without white space around it.
pub(super) fn plain(pasted: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        // The full-width twins of ASCII stand in its order.
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    let text: String = pasted.chars().map(narrow).collect();
    text.to_ascii_lowercase().trim().to_owned()
}

/// Digits that follow one of the marks, directly or after `=`, `:` or a space.
fn after<'a>(text: &'a str, marks: &[&str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, mark) in marks.iter().flat_map(|mark| text.match_indices(mark)) {
        // "grid7" is a word, not the room 7.
        let begins_word = !text[..at].ends_with(|c: char| c.is_ascii_alphabetic());
        let rest = text[at + mark.len()..].trim_start_matches([' ', '=', ':']);
        let digits = leading_digits(rest);
        if begins_word && !digits.is_empty() {
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

/// The only number of a text without marks, words that are not ASCII around it or not; an error that
/// says what the text is instead.
pub(super) fn lone_number(text: &str) -> Result<&str, ParseIdError> {
    let mut numbers: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.trim_start_matches('0'))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut letters = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty());
    if !letters.all(|word| LABELS.contains(&word)) {
        return Err(words(text));
    }
    match numbers.as_slice() {
        [] if text.is_empty() => Err(ParseIdError::Empty),
        [] => Err(ParseIdError::NothingLikeAnId),
        [digits] => Ok(digits),
        _ => Err(ParseIdError::Several),
    }
}

/// What a text with letters is when no mark was found in it. A Chatwork ID is one word of letters,
/// digits and `_`, `-`, `.`.
fn words(text: &str) -> ParseIdError {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name = text.trim_start_matches('@');
    if name.chars().all(part) {
        ParseIdError::ChatworkName
    } else {
        ParseIdError::NothingLikeAnId
    }
}
