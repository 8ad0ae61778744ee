//! Reads Chatwork ids out of whatever people paste: URLs, tags, whole quotes, bare numbers.
//!
//! The forms are those of the seed (`aid=…` of a quote, `[To:…]`, `#!rid…` of a URL, 識別ID of the
//! user export) and of Chatwork's message notation. Which of two readings is meant is never
//! guessed: the answer is then a [`NoId`] that says why.

mod prefixes;
#[cfg(test)]
mod tests;

use thiserror::Error;

use self::prefixes::{PrefixedNumbers, lone_number, plain};
use crate::model::id::{AccountId, RoomId};

/// Why a pasted text gives no id.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Hash)]
pub enum ParseIdError {
    /// Nothing was pasted.
    #[error("nothing was entered")]
    Empty,
    /// No number and no tag in it.
    #[error("there is no Chatwork id in this")]
    NothingLikeAnId,
    /// More than one id, and they differ.
    #[error("there are several different ids in this; enter one")]
    Several,
    /// An account's id where a room is meant.
    #[error("this is a person's account id; a room's is in its URL after #!rid")]
    AccountForRoom,
    /// A room's id where an account is meant.
    #[error("this is a room's id; an account's is in a quote after aid= or in [To:…]")]
    RoomForAccount,
    /// A number that Chatwork never gives.
    #[error("this number is too small or too large for a Chatwork id")]
    OutOfRange,
    /// The Chatwork ID that a user chose, not the numeric account id.
    #[error("this is a Chatwork ID; the account id is a number")]
    ChatworkName,
}

/// The room a pasted text names: a URL with `#!rid…` (a message's too), `rid…`, or a number.
pub fn room(pasted: &str) -> Result<RoomId, ParseIdError> {
    let text = plain(pasted);
    let marks = PrefixedNumbers::of(&text);
    let number = match marks.rooms.as_slice() {
        [] if !marks.accounts.is_empty() => return Err(ParseIdError::AccountForRoom),
        [] => match lone_number(&text) {
            // A room has no such name; only people do.
            Err(ParseIdError::ChatworkName) => return Err(ParseIdError::NothingLikeAnId),
            number => number?,
        },
        [digits] => digits,
        _ => return Err(ParseIdError::Several),
    };
    read(number).and_then(|number| RoomId::try_from(number).map_err(|_| ParseIdError::OutOfRange))
}

/// The account a pasted text names: `[To:…]`, a quote or reply with `aid=…`, a picture or name tag,
/// or a number. Of a quote it is the account that is quoted, whatever the quoted words contain.
pub fn account(pasted: &str) -> Result<AccountId, ParseIdError> {
    let text = plain(pasted);
    let marks = PrefixedNumbers::of(&text);
    let number = match (marks.quoted.as_slice(), marks.accounts.as_slice()) {
        ([digits], _) | ([], [digits]) => digits,
        ([], []) if !marks.rooms.is_empty() => return Err(ParseIdError::RoomForAccount),
        ([], []) => lone_number(&text)?,
        _ => return Err(ParseIdError::Several),
    };
    read(number)
        .and_then(|number| AccountId::try_from(number).map_err(|_| ParseIdError::OutOfRange))
}

fn read(digits: &str) -> Result<u64, ParseIdError> {
    digits.parse().map_err(|_| ParseIdError::OutOfRange)
}
