//! Retention: the time for which the relay keeps the words of visitors and hosts, by kind of record.

use serde::{Deserialize, Serialize};

/// Days for which visitors' words and messages are kept by default.
pub const STANDARD_RETENTION_DAYS: u16 = 90;
/// Days for which calls without words are kept by default, so that they can be counted (5 years).
pub const STANDARD_COUNT_RETENTION_DAYS: u16 = 1_827;
/// Shortest retention that an admin can choose, in days.
pub const MIN_RETENTION_DAYS: u16 = 30;
/// Longest retention that an admin can choose, in days (5 years).
pub const MAX_RETENTION_DAYS: u16 = 1_827;

/// Days for which each kind of record is kept, counted from the acceptance of its call. The relay's command-line
/// option is a ceiling for all of them but `counts`; [`crate::retention::applied`] returns the durations in effect. A
/// standard duration is left out of the JSON form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Retention {
    /// Visitors' entries: name, company and the like.
    #[serde(skip_serializing_if = "is_standard")]
    pub visitors: u16,
    /// Texts of the messages sent to Chatwork.
    #[serde(skip_serializing_if = "is_standard")]
    pub messages: u16,
    /// Hosts' answers.
    #[serde(skip_serializing_if = "is_standard")]
    pub answers: u16,
    /// Calls without words: time, button, result.
    #[serde(skip_serializing_if = "is_standard_of_counts")]
    pub counts: u16,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // signature of serde's skip_serializing_if
fn is_standard(days: &u16) -> bool {
    *days == STANDARD_RETENTION_DAYS
}

#[allow(clippy::trivially_copy_pass_by_ref)] // signature of serde's skip_serializing_if
fn is_standard_of_counts(days: &u16) -> bool {
    *days == STANDARD_COUNT_RETENTION_DAYS
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            visitors: STANDARD_RETENTION_DAYS,
            messages: STANDARD_RETENTION_DAYS,
            answers: STANDARD_RETENTION_DAYS,
            counts: STANDARD_COUNT_RETENTION_DAYS,
        }
    }
}

impl Retention {
    /// True for the standard durations, which the JSON form leaves out.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_from_the_standard_is_written() {
        let two_years = Retention {
            visitors: 730,
            ..Retention::default()
        };
        let json = serde_json::to_string(&two_years).unwrap();
        assert_eq!(json, r#"{"visitors":730}"#);
        assert_eq!(serde_json::from_str::<Retention>(&json).unwrap(), two_years);
    }
}
