//! Parses Chatwork ids from pasted text: URLs, message tags, quotes and bare numbers.
//!
//! Accepted forms: `aid=…` of a quote, `[To:…]`, `#!rid…` of a URL and the 識別ID of Chatwork's user export (help
//! page of [`crate::routing`]), and the other tags of Chatwork's message notation. Ambiguous text is never
//! guessed at: it gives a [`ParseIdError`].

mod prefixes;
#[cfg(test)]
mod tests;

use thiserror::Error;

use self::prefixes::{PrefixedNumbers, lone_number, normalize};
use crate::model::id::{AccountId, RoomId};

/// Reason for which a pasted text has no usable id.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Hash)]
pub enum ParseIdError {
    /// The text is blank.
    #[error("nothing was entered")]
    Empty,
    /// The text contains neither a number nor a tag.
    #[error("there is no Chatwork id in this")]
    NoIdFound,
    /// The text contains several different ids.
    #[error("there are several different ids in this; enter one")]
    SeveralIds,
    /// The text contains an account id where a room id is expected.
    #[error("this is a person's account id; a room's is in its URL after #!rid")]
    AccountForRoom,
    /// The text contains a room id where an account id is expected.
    #[error("this is a room's id; an account's is in a quote after aid= or in [To:…]")]
    RoomForAccount,
    /// The number is outside the range of Chatwork ids.
    #[error("this number is too small or too large for a Chatwork id")]
    OutOfRange,
    /// The text is a Chatwork ID chosen by a user, not the numeric account id.
    #[error("this is a Chatwork ID; the account id is a number")]
    ChatworkName,
    /// The number is in scientific notation: a spreadsheet has lost its last digits.
    #[error("a spreadsheet rounded this number; format its column as text and enter it again")]
    Rounded,
}

/// Parses a room id: a URL with `#!rid…` (of a room or message), `rid…`, or a number.
///
/// # Errors
/// The reason why the text is not a room id.
pub fn parse_room(pasted: &str) -> Result<RoomId, ParseIdError> {
    let text = normalize(pasted);
    let numbers = PrefixedNumbers::of(&text);
    let number = match numbers.rooms.as_slice() {
        [] if !numbers.accounts.is_empty() => return Err(ParseIdError::AccountForRoom),
        [] => match lone_number(&text) {
            // Only users have a Chatwork ID, rooms do not.
            Err(ParseIdError::ChatworkName) => return Err(ParseIdError::NoIdFound),
            number => number?,
        },
        [digits] => digits,
        _ => return Err(ParseIdError::SeveralIds),
    };
    parse_number(number)
        .and_then(|number| RoomId::try_from(number).map_err(|_| ParseIdError::OutOfRange))
}

/// Parses an account id: `[To:…]`, a quote or reply with `aid=…`, a picture or name tag, or a number. In a text with a
/// quote the id of the quoted author counts, and all other ids are ignored.
///
/// # Errors
/// The reason why the text is not an account id.
pub fn parse_account(pasted: &str) -> Result<AccountId, ParseIdError> {
    let text = normalize(pasted);
    let numbers = PrefixedNumbers::of(&text);
    let number = match (numbers.quoted.as_slice(), numbers.accounts.as_slice()) {
        ([digits], _) | ([], [digits]) => digits,
        ([], []) if !numbers.rooms.is_empty() => return Err(ParseIdError::RoomForAccount),
        ([], []) => lone_number(&text)?,
        _ => return Err(ParseIdError::SeveralIds),
    };
    parse_number(number)
        .and_then(|number| AccountId::try_from(number).map_err(|_| ParseIdError::OutOfRange))
}

fn parse_number(digits: &str) -> Result<u64, ParseIdError> {
    digits.parse().map_err(|_| ParseIdError::OutOfRange)
}
