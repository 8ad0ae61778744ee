//! Ids of hosts, groups, devices and buttons in a settings document.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Maximum length, in bytes.
const MAX_ID_BYTES: usize = 64;

/// The text is not an id.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("an id is 1 to 64 letters, digits, hyphens or underscores")]
pub struct InvalidId;

fn parse(text: String) -> Result<String, InvalidId> {
    let has_length = (1..=MAX_ID_BYTES).contains(&text.len());
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if has_length && text.bytes().all(is_allowed) {
        Ok(text)
    } else {
        Err(InvalidId)
    }
}

macro_rules! string_id {
    ($name:ident, $prefix:literal, $what:literal) => {
        #[doc = concat!("Id of ", $what, ": 1 to 64 of `A-Z a-z 0-9 - _`, unique within one settings document.")]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Creates an id from 64 random bits: 13 hexadecimal digits of the upper 52 bits.
            #[must_use]
            pub fn from_random(bits: u64) -> Self {
                Self(format!(concat!($prefix, "{:013x}"), bits >> 12))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                parse(text).map(Self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                parse(text.to_owned()).map(Self)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

string_id!(HostId, "h", "a host (担当者)");
string_id!(GroupId, "g", "a group (グループ)");
string_id!(DeviceId, "d", "a device (デバイス)");
string_id!(ButtonId, "b", "a button of a device's menu (メニュー)");

impl ButtonId {
    /// Id of the button “call staff” (スタッフを呼ぶ), which is on no menu.
    #[must_use]
    pub fn staff() -> Self {
        Self("staff".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_1_to_64_letters_digits_hyphens_or_underscores() {
        for good in ["a", "h-1_B", &"x".repeat(64)] {
            assert!(
                good.parse::<HostId>().is_ok(),
                "{good:?} should be accepted"
            );
        }
        for bad in ["", "a b", "総務", "a/b", &"x".repeat(65)] {
            assert_eq!(
                bad.parse::<HostId>(),
                Err(InvalidId),
                "{bad:?} should be rejected"
            );
        }
    }

    #[test]
    fn a_random_id_parses() {
        for bits in [0, 1, u64::MAX] {
            let id = GroupId::from_random(bits);
            assert_eq!(id.as_str().parse(), Ok(id));
        }
    }

    #[test]
    fn an_invalid_id_in_json_is_rejected() {
        assert!(serde_json::from_str::<DeviceId>(r#""lobby 1""#).is_err());
    }
}
