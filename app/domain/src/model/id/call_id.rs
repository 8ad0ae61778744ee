//! The id of a call, made by the tablet, and the short reference that every message of it carries.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

/// Names a call: a UUID version 7 (RFC 9562), so ids sort by the time of the tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(#[serde(deserialize_with = "read")] Uuid);

/// Without telling what is wrong with the text, which is what `Uuid` weighs most for.
fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
    Uuid::try_parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

impl CallId {
    /// A new id from the time of the tap (milliseconds since 1970) and ten random bytes.
    #[must_use]
    pub fn new(millis: u64, random: &[u8; 10]) -> Self {
        Self(uuid::Builder::from_unix_timestamp_millis(millis, random).into_uuid())
    }

    /// The eight-character reference by which a posted message can be found again.
    #[must_use]
    pub fn reference(self) -> Reference {
        let bytes = self.0.as_bytes();
        // The last 40 bits of a UUIDv7 are random.
        let bits = bytes[11..]
            .iter()
            .fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
        Reference(bits)
    }
}

impl std::str::FromStr for CallId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        Uuid::try_parse(text).map(Self)
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Forty random bits of a call's id, written as `XXXX-XXXX` in Crockford's base 32 (no I, L, O, U).
///
/// Chatwork has no idempotency key, so this is how a message that may or may not have been stored
/// is recognised among a room's recent messages. Two calls of the same site share one by chance
/// about once in 10^12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(u64);

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        for place in (0..8).rev() {
            let digit = DIGITS[(self.0 >> (place * 5) & 31) as usize];
            fmt::Write::write_char(f, char::from(digit))?;
            if place == 4 {
                f.write_str("-")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_is_short_and_stable() {
        let id: CallId = "0192e4a0-0000-7000-8000-00ffffffffff".parse().unwrap();
        assert_eq!(id.reference().to_string(), "ZZZZ-ZZZZ");
        let id: CallId = "0192e4a0-0000-7000-8000-ff0000000001".parse().unwrap();
        assert_eq!(id.reference().to_string(), "0000-0001");
    }

    #[test]
    fn ids_sort_by_the_time_of_the_tap() {
        assert!(CallId::new(1, &[255; 10]) < CallId::new(2, &[0; 10]));
    }
}
