//! Chatwork's ids. Chatwork API v2 sends JSON integers for accounts and rooms, and strings of digits for
//! messages.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Largest integer that JSON parsers represent exactly: 2^53 - 1.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// The number is not a Chatwork account or room id.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a Chatwork id is a whole number from 1 to 9007199254740991")]
pub struct InvalidChatworkId;

/// Defines a newtype for one kind of numeric id.
macro_rules! numeric_id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("Chatwork's id of ", $what, ", from 1 to 2^53 - 1.")]
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(try_from = "u64", into = "u64")]
        pub struct $name(u64);

        impl $name {
            /// Numeric value of the id.
            #[must_use]
            pub fn get(self) -> u64 {
                self.0
            }
        }

        impl TryFrom<u64> for $name {
            type Error = InvalidChatworkId;
            fn try_from(number: u64) -> Result<Self, InvalidChatworkId> {
                if (1..=MAX_SAFE_INTEGER).contains(&number) {
                    Ok(Self(number))
                } else {
                    Err(InvalidChatworkId)
                }
            }
        }

        impl From<$name> for u64 {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}

numeric_id!(AccountId, "an account (アカウントID・識別ID)");
numeric_id!(RoomId, "a room (ルームID)");

/// The text is not a Chatwork message id.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a Chatwork message id is 1 to 20 digits, not all zero")]
pub struct InvalidMessageId;

/// Chatwork's id of a posted message, 1 to 20 digits. It proves that Chatwork has stored the message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MessageId(String);

impl MessageId {
    /// The id as Chatwork sent it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MessageId {
    type Error = InvalidMessageId;
    fn try_from(text: String) -> Result<Self, InvalidMessageId> {
        let is_number = (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let is_zero = text.bytes().all(|b| b == b'0');
        if is_number && !is_zero {
            Ok(Self(text))
        } else {
            Err(InvalidMessageId)
        }
    }
}

impl From<MessageId> for String {
    fn from(id: MessageId) -> Self {
        id.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_and_integers_above_2_pow_53_are_rejected() {
        assert_eq!(RoomId::try_from(0), Err(InvalidChatworkId));
        assert_eq!(AccountId::try_from(1 << 53), Err(InvalidChatworkId));
        assert_eq!(
            RoomId::try_from(93_207_172).map(RoomId::get),
            Ok(93_207_172)
        );
    }

    #[test]
    fn a_message_id_is_a_string_of_digits() {
        assert!(MessageId::try_from("1007287971738591232".to_owned()).is_ok());
        assert!(serde_json::from_str::<MessageId>("1007287971738591232").is_err());
        for bad in ["<html>", "", "0", "000"] {
            assert!(MessageId::try_from(bad.to_owned()).is_err(), "{bad:?}");
        }
    }
}
