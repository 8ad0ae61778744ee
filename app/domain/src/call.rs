//! One visitor's tap (呼び出し): who is asking, what was pressed, and how it becomes messages.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::menu::{Ask, Need};

/// How long a call may wait before it is dropped as expired, in milliseconds (15 minutes): a visit
/// message hours late does harm.
pub const DEADLINE_MILLIS: u64 = 15 * 60 * 1000;

/// What a visitor said about themselves. Kept in the call and nowhere else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Visitor {
    /// Company, at most [`Visitor::MAX_SHORT`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub company: String,
    /// Name, at most [`Visitor::MAX_SHORT`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Number of people, 1 to [`Visitor::MAX_PEOPLE`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u16>,
    /// Purpose, at most [`Visitor::MAX_PURPOSE`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// Language the visitor chose on the tablet, when it is not the office's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Lang>,
}

/// A question the visitor has not answered as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Company.
    Company,
    /// Name.
    Name,
    /// Number of people, or a number out of range.
    People,
    /// Purpose.
    Purpose,
}

impl Visitor {
    /// Longest company or name, in characters.
    pub const MAX_SHORT: usize = 60;
    /// Longest purpose, in characters.
    pub const MAX_PURPOSE: usize = 200;
    /// Largest number of people.
    pub const MAX_PEOPLE: u16 = 99;

    /// Required answers that are missing, in the order they are asked; empty means go ahead.
    #[must_use]
    pub fn missing(&self, ask: &Ask) -> Vec<Missing> {
        let wanted = |need: Need, answered: bool| need == Need::Required && !answered;
        let people = self
            .people
            .is_some_and(|n| (1..=Self::MAX_PEOPLE).contains(&n));
        [
            (
                wanted(ask.company, !self.company.trim().is_empty()),
                Missing::Company,
            ),
            (
                wanted(ask.name, !self.name.trim().is_empty()),
                Missing::Name,
            ),
            (
                wanted(ask.people, people) || self.people.is_some() && !people,
                Missing::People,
            ),
            (
                wanted(ask.purpose, !self.purpose.trim().is_empty()),
                Missing::Purpose,
            ),
        ]
        .into_iter()
        .filter_map(|(is_missing, what)| is_missing.then_some(what))
        .collect()
    }
}
