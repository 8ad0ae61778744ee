//! Version of a purpose notice, which calls record.

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Version of a notice: a hash of its text in one language, written as 8 hexadecimal digits such as `3f9a01c2`. Equal
/// texts have equal versions on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NoticeVersion(u32);

/// The text is no version of a notice.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the version of a purpose notice has 8 hexadecimal digits, such as 3f9a01c2")]
pub struct ParseNoticeVersionError;

impl NoticeVersion {
    /// Hashes the parts of a notice with FNV-1a, whose 32 bits are enough to distinguish the texts of one office. A
    /// library would be larger than the loop, and hashers of the standard library may change.
    pub(super) fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        const OFFSET_BASIS: u32 = 0x811c_9dc5;
        const PRIME: u32 = 0x0100_0193;
        let mut hash = OFFSET_BASIS;
        for part in parts {
            // 0xff occurs in no UTF-8 text, so it separates the parts.
            for byte in part.bytes().chain([0xff]) {
                hash = (hash ^ u32::from(byte)).wrapping_mul(PRIME);
            }
        }
        Self(hash)
    }
}

impl Display for NoticeVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08x}", self.0)
    }
}

impl FromStr for NoticeVersion {
    type Err = ParseNoticeVersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 8 || !text.bytes().all(is_digit) {
            return Err(ParseNoticeVersionError);
        }
        let number = u32::from_str_radix(text, 16).map_err(|_| ParseNoticeVersionError)?;
        Ok(Self(number))
    }
}

impl TryFrom<String> for NoticeVersion {
    type Error = ParseNoticeVersionError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<NoticeVersion> for String {
    fn from(version: NoticeVersion) -> Self {
        version.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_reads_as_eight_digits() {
        let version = NoticeVersion::of([]);
        assert_eq!(
            version.to_string(),
            "811c9dc5",
            "the offset basis of FNV-1a"
        );
        let json = serde_json::to_string(&version).unwrap();
        assert_eq!(json, "\"811c9dc5\"");
        assert_eq!(
            serde_json::from_str::<NoticeVersion>(&json).unwrap(),
            version
        );
        for text in [
            "",
            "811c9dc",
            "811c9dc55",
            "811C9DC5",
            "+11c9dc5",
            "利用目的",
        ] {
            assert_eq!(
                text.parse::<NoticeVersion>(),
                Err(ParseNoticeVersionError),
                "{text}"
            );
        }
    }

    #[test]
    fn parts_are_distinguished() {
        assert_ne!(
            NoticeVersion::of(["ab", "c"]),
            NoticeVersion::of(["a", "bc"])
        );
        assert_ne!(NoticeVersion::of(["a"]), NoticeVersion::of(["a", ""]));
        // Recorded versions must mean the same after an update.
        assert_eq!(NoticeVersion::of(["ja", "目的"]).to_string(), "7d4fc91b");
    }
}
