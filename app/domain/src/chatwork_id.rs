//! Reads Chatwork ids out of whatever people paste: URLs, tags, quotes, bare numbers.

use thiserror::Error;

use crate::id::{AccountId, RoomId};

/// Why a pasted text gives no id.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Hash)]
pub enum NoId {
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

/// The room a pasted text names.
pub fn room(pasted: &str) -> Result<RoomId, NoId> {
    number(
        pasted
            .trim()
            .trim_start_matches("#!")
            .trim_start_matches("rid"),
    )
    .and_then(|n| RoomId::try_from(n).map_err(|_| NoId::OutOfRange))
}

/// The account a pasted text names.
pub fn account(pasted: &str) -> Result<AccountId, NoId> {
    number(pasted.trim().trim_start_matches("aid="))
        .and_then(|n| AccountId::try_from(n).map_err(|_| NoId::OutOfRange))
}

fn number(digits: &str) -> Result<u64, NoId> {
    if digits.is_empty() {
        return Err(NoId::Empty);
    }
    digits.parse().map_err(|_| NoId::NothingLikeAnId)
}
