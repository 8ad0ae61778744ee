//! One visitor's tap (呼び出し): who is asking, what was pressed, and how it becomes messages.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::model::lang::Lang;
use crate::model::menu::{Ask, Need};
use crate::text::{self, BadText, Lines};

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

/// An answer of a visitor that a call may not carry.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum BadVisitor {
    /// Company, name or purpose.
    #[error("visitor.{0}: {1}")]
    Text(&'static str, BadText),
    /// Number of people.
    #[error("visitor.people: 1 to {max}", max = Visitor::MAX_PEOPLE)]
    People,
}

impl Visitor {
    /// Longest company or name, in characters.
    pub const MAX_SHORT: usize = 60;
    /// Longest purpose, in characters.
    pub const MAX_PURPOSE: usize = 200;
    /// Largest number of people.
    pub const MAX_PEOPLE: u16 = 99;

    /// Checks what a call carries of the visitor.
    ///
    /// # Errors
    /// The first answer that is too long, holds a control character or is out of range.
    pub fn check(&self) -> Result<(), BadVisitor> {
        for (field, words, max) in [
            ("company", &self.company, Self::MAX_SHORT),
            ("name", &self.name, Self::MAX_SHORT),
            ("purpose", &self.purpose, Self::MAX_PURPOSE),
        ] {
            text::check(words, max, Lines::One).map_err(|bad| BadVisitor::Text(field, bad))?;
        }
        match self.people {
            Some(people) if !Self::is_people(people) => Err(BadVisitor::People),
            _ => Ok(()),
        }
    }

    /// The answers as a call carries them: they pass [`Visitor::check`].
    #[must_use]
    pub fn cleaned(&self) -> Self {
        Self {
            company: text::clean(&self.company, Self::MAX_SHORT, Lines::One),
            name: text::clean(&self.name, Self::MAX_SHORT, Lines::One),
            people: self.people.filter(|people| Self::is_people(*people)),
            purpose: text::clean(&self.purpose, Self::MAX_PURPOSE, Lines::One),
            language: self.language,
        }
    }

    fn is_people(number: u16) -> bool {
        (1..=Self::MAX_PEOPLE).contains(&number)
    }

    /// Required answers that are missing, in the order they are asked; empty means go ahead.
    #[must_use]
    pub fn missing(&self, ask: &Ask) -> Vec<Missing> {
        let wanted = |need: Need, answered: bool| need == Need::Required && !answered;
        let people = self.people.is_some_and(Self::is_people);
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
