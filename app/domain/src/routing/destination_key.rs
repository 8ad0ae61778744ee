//! Destinations as text: `room:` or `account:`, and the id.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::Destination;
use crate::model::id::{AccountId, InvalidChatworkId, RoomId};

/// Error for a text that is not a destination.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a destination is room: or account: with its id")]
pub struct InvalidDestination;

impl From<InvalidChatworkId> for InvalidDestination {
    fn from(_: InvalidChatworkId) -> Self {
        Self
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room(room) => write!(f, "room:{room}"),
            Self::Account(account) => write!(f, "account:{account}"),
        }
    }
}

impl FromStr for Destination {
    type Err = InvalidDestination;

    fn from_str(text: &str) -> Result<Self, InvalidDestination> {
        let (kind, number) = text.split_once(':').ok_or(InvalidDestination)?;
        let number: u64 = number.parse().map_err(|_| InvalidDestination)?;
        match kind {
            "room" => Ok(Self::Room(RoomId::try_from(number)?)),
            "account" => Ok(Self::Account(AccountId::try_from(number)?)),
            _ => Err(InvalidDestination),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_office::{account_id, room_id};

    #[test]
    fn a_destination_is_read_back_from_its_text() {
        let texts = ["room:7", "account:9"];
        let destinations = [
            Destination::Room(room_id(7)),
            Destination::Account(account_id(9)),
        ];
        assert_eq!(destinations.map(|to| to.to_string()), texts);
        let read = texts.map(|text| text.parse::<Destination>().unwrap());
        assert_eq!(read, destinations);
        for bad in ["", "room:", "room:0", "room:x", "person:7", "7"] {
            assert_eq!(bad.parse::<Destination>(), Err(InvalidDestination), "{bad}");
        }
    }
}
