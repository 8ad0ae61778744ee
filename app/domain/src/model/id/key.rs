//! Keys of our own records inside a settings document.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Longest key, in bytes.
const MAX: usize = 64;

/// Why a string is no key.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("an id is 1 to 64 letters, digits, hyphens or underscores")]
pub struct InvalidKey;

fn read(text: String) -> Result<String, InvalidKey> {
    let fits = (1..=MAX).contains(&text.len());
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if fits && text.bytes().all(plain) {
        Ok(text)
    } else {
        Err(InvalidKey)
    }
}

macro_rules! key {
    ($name:ident, $prefix:literal, $what:literal) => {
        #[doc = concat!("Names ", $what, ": 1 to 64 of `A-Z a-z 0-9 - _`, unique within one settings document.")]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// A new key from 64 random bits; randomness is the caller's.
            #[must_use]
            pub fn from_random(bits: u64) -> Self {
                Self(format!(concat!($prefix, "{:013x}"), bits >> 12))
            }

            /// The key as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidKey;
            fn try_from(text: String) -> Result<Self, InvalidKey> {
                read(text).map(Self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidKey;
            fn from_str(text: &str) -> Result<Self, InvalidKey> {
                read(text.to_owned()).map(Self)
            }
        }

        impl From<$name> for String {
            fn from(key: $name) -> Self {
                key.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

key!(HostId, "h", "a host (担当者)");
key!(GroupId, "g", "a group (グループ)");
key!(DeviceId, "d", "a device (デバイス)");
key!(ButtonId, "b", "a button of a device's menu (メニュー)");

impl ButtonId {
    /// The button that is on no menu: スタッフを呼ぶ.
    #[must_use]
    pub fn staff() -> Self {
        Self("staff".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_plain() {
        for good in ["a", "h-1_B", &"x".repeat(64)] {
            assert!(good.parse::<HostId>().is_ok(), "{good:?} should be a key");
        }
        for bad in ["", "a b", "総務", "a/b", &"x".repeat(65)] {
            assert_eq!(
                bad.parse::<HostId>(),
                Err(InvalidKey),
                "{bad:?} should be refused"
            );
        }
    }

    #[test]
    fn a_random_key_reads_back() {
        for bits in [0, 1, u64::MAX] {
            let key = GroupId::from_random(bits);
            assert_eq!(key.as_str().parse(), Ok(key));
        }
    }

    #[test]
    fn a_bad_key_in_json_is_refused() {
        assert!(serde_json::from_str::<DeviceId>(r#""lobby 1""#).is_err());
    }
}
