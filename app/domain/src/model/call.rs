//! A visitor's call (呼び出し): the visitor's answers to the questions before it, and its deadline.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::model::lang::Lang;
use crate::model::menu::{Ask, Need};
use crate::text::{self, Lines, TextError};

/// Time after the tap at which an undelivered call expires, in milliseconds (15 minutes). Our decision: a
/// notification that is hours late does more harm than none.
pub const DEADLINE_MILLIS: u64 = 15 * 60 * 1000;

/// Answers of a visitor to the questions before a call. They are kept with the call and in the texts of its messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Visitor {
    /// Company, at most [`Visitor::MAX_NAME_CHARS`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub company: String,
    /// Name, at most [`Visitor::MAX_NAME_CHARS`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Number of people, 1 to [`Visitor::MAX_PEOPLE`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u16>,
    /// Purpose, at most [`Visitor::MAX_PURPOSE_CHARS`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// Language chosen on the tablet, when it is not the office's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Lang>,
}

/// A required answer that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingAnswer {
    /// Company.
    Company,
    /// Name.
    Name,
    /// Number of people: missing or out of range.
    People,
    /// Purpose.
    Purpose,
}

/// Reason for rejecting a visitor's answers.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum VisitorError {
    /// Company, name or purpose is invalid: the field's name, and the reason.
    #[error("visitor.{0}: {1}")]
    InvalidText(&'static str, TextError),
    /// The number of people is out of range.
    #[error("visitor.people: 1 to {max}", max = Visitor::MAX_PEOPLE)]
    PeopleOutOfRange,
}

impl Visitor {
    /// Maximum length of company and name, in characters.
    pub const MAX_NAME_CHARS: usize = 60;
    /// Maximum length of the purpose, in characters.
    pub const MAX_PURPOSE_CHARS: usize = 200;
    /// Maximum number of people.
    pub const MAX_PEOPLE: u16 = 99;

    /// Checks the answers of a submitted call.
    ///
    /// # Errors
    /// The first answer that is too long, holds a control character or is out of range.
    pub fn check(&self) -> Result<(), VisitorError> {
        for (field, text, max) in [
            ("company", &self.company, Self::MAX_NAME_CHARS),
            ("name", &self.name, Self::MAX_NAME_CHARS),
            ("purpose", &self.purpose, Self::MAX_PURPOSE_CHARS),
        ] {
            text::check(text, max, Lines::One)
                .map_err(|bad| VisitorError::InvalidText(field, bad))?;
        }
        match self.people {
            Some(people) if !Self::is_valid_people(people) => Err(VisitorError::PeopleOutOfRange),
            _ => Ok(()),
        }
    }

    /// Cleans the answers so that they pass [`Visitor::check`].
    #[must_use]
    pub fn cleaned(&self) -> Self {
        Self {
            company: text::clean(&self.company, Self::MAX_NAME_CHARS, Lines::One),
            name: text::clean(&self.name, Self::MAX_NAME_CHARS, Lines::One),
            people: self.people.filter(|people| Self::is_valid_people(*people)),
            purpose: text::clean(&self.purpose, Self::MAX_PURPOSE_CHARS, Lines::One),
            language: self.language,
        }
    }

    fn is_valid_people(people: u16) -> bool {
        (1..=Self::MAX_PEOPLE).contains(&people)
    }

    /// Missing required answers, in the order of the questions. A number of people that is out of range counts as
    /// missing even if it is not required.
    #[must_use]
    pub fn missing(&self, ask: &Ask) -> Vec<MissingAnswer> {
        let is_missing = |need: Need, text: &str| need == Need::Required && text.trim().is_empty();
        let is_people_missing = match self.people {
            Some(people) => !Self::is_valid_people(people),
            None => ask.people == Need::Required,
        };
        let mut missing = Vec::new();
        if is_missing(ask.company, &self.company) {
            missing.push(MissingAnswer::Company);
        }
        if is_missing(ask.name, &self.name) {
            missing.push(MissingAnswer::Name);
        }
        if is_people_missing {
            missing.push(MissingAnswer::People);
        }
        if is_missing(ask.purpose, &self.purpose) {
            missing.push(MissingAnswer::Purpose);
        }
        missing
    }
}
