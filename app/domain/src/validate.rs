//! Validation of a settings document: [`validate`] returns [`Settings`] or all problems with their paths.

mod clean;
mod devices;
mod escalation;
mod groups;
mod hosts;
mod hours;
mod list;
mod problems;
mod purpose_notice;
mod site;
#[cfg(test)]
mod tests;
pub mod text_limits;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::clean::clean;
use self::problems::Problems;
use crate::message::TemplateError;
use crate::model::settings::{DOCUMENT_VERSION, Settings, SettingsDocument};

/// One problem of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[error("{path}: {error}")]
pub struct Problem {
    /// Path of the value, such as `groups[3].parent`.
    pub path: String,
    /// Error of the value.
    pub error: ValidationError,
}

/// Error of a value in a settings document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ValidationError {
    /// A required text is blank.
    #[error("must not be empty")]
    Empty,
    /// A text has too many characters.
    #[error("must be at most {max} characters")]
    TooLong {
        /// Maximum number of characters.
        max: usize,
    },
    /// A text contains a control character, which is invisible and rejected by databases and Chatwork.
    #[error("contains the control character U+{character:04X}; remove it")]
    ControlCharacter {
        /// Unicode code point of the character.
        character: u32,
    },
    /// A list has too many entries.
    #[error("must be at most {max} entries")]
    TooMany {
        /// Maximum number of entries.
        max: usize,
    },
    /// Two records have the same id.
    #[error("the id {id} is used twice")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// Two hosts share a Chatwork account.
    #[error("the Chatwork account {account} belongs to another host too")]
    DuplicateAccount {
        /// The account.
        account: u64,
    },
    /// A list contains the same entry twice.
    #[error("{id} is listed twice")]
    ListedTwice {
        /// The entry.
        id: String,
    },
    /// The group does not exist.
    #[error("there is no group {id}")]
    UnknownGroup {
        /// The unknown id.
        id: String,
    },
    /// The host does not exist.
    #[error("there is no host {id}")]
    UnknownHost {
        /// The unknown id.
        id: String,
    },
    /// A group is its own ancestor.
    #[error("a group cannot be below itself")]
    ParentCycle,
    /// A host is their own delegate.
    #[error("a host cannot stand in for themselves")]
    OwnDelegate,
    /// There are devices but no default room.
    #[error("choose a default room: calls that no group's room claims go there")]
    NoDefaultRoom,
    /// The site has no language.
    #[error("choose at least one language")]
    NoLanguage,
    /// The colour is not written `#rrggbb`.
    #[error("a colour is written #rrggbb")]
    InvalidColour,
    /// The time zone is not written as `Area/City`.
    #[error("a time zone is written like Asia/Tokyo")]
    InvalidTimeZone,
    /// The time zone is written as `Area/City`, but is none of the IANA database.
    #[error("there is no such time zone; write one like Asia/Tokyo")]
    UnknownTimeZone,
    /// The logo is not a `data:image/…` URL of an allowed type, or is too large.
    #[error("a logo is a PNG, JPEG or WebP picture of at most 96 kB")]
    InvalidLogo,
    /// A span of opening hours or an absence ends before it begins.
    #[error("must end after it begins")]
    EndsBeforeItBegins,
    /// Two spans of one day overlap.
    #[error("these opening hours overlap others of the same day")]
    HoursOverlap,
    /// Two entries of closed days overlap.
    #[error("these closed days overlap others")]
    ClosedDaysOverlap,
    /// A retention is too short or too long.
    #[error("choose {min} to {max} days")]
    DaysOutOfRange {
        /// Minimum number of days.
        min: u16,
        /// Maximum number of days.
        max: u16,
    },
    /// The exit PIN is not 4 to 8 digits.
    #[error("a PIN is 4 to 8 digits")]
    InvalidPin,
    /// A template contains an unknown placeholder.
    #[error("there is no placeholder {{{name}}}")]
    UnknownPlaceholder {
        /// Text between the braces.
        name: String,
    },
    /// A placeholder of the purpose notice lacks a brace or is misspelt.
    #[error("write {{{name}}} exactly like this, with both braces")]
    MisspeltPlaceholder {
        /// The placeholder that seems to be meant.
        name: String,
    },
    /// A template contains a forbidden tag, such as `[toall]`.
    #[error("the tag {tag} is not allowed in a message")]
    ForbiddenTag {
        /// The tag as written.
        tag: String,
    },
    /// A template lacks `{reference}` or `{mentions}`.
    #[error("a template needs {{{name}}}")]
    MissingPlaceholder {
        /// The missing placeholder.
        name: String,
    },
    /// A template contains the same placeholder twice.
    #[error("{{{name}}} may be used only once")]
    RepeatedPlaceholder {
        /// The placeholder.
        name: String,
    },
    /// A template contains a `{` or `}` that belongs to no placeholder.
    #[error("write {{{{ or }}}} for a brace that is no placeholder")]
    UnmatchedBrace,
    /// A step of escalation, or the task for a missed visit, needs answers, which are off.
    #[error("needs answers: switch them on for the site")]
    AnswersOff,
    /// A step of escalation is too close to the step before it, or to the notification itself.
    #[error("must be at least {min} seconds after the step before it")]
    StepTooEarly {
        /// Minimum time between two steps, in seconds.
        min: u16,
    },
    /// A step of escalation is too late.
    #[error("must be at most {max} seconds after the notification")]
    StepTooLate {
        /// Latest time of a step, in seconds.
        max: u16,
    },
    /// The document's version is not the one this code writes.
    #[error("version {version} is not supported")]
    UnknownVersion {
        /// The version.
        version: u32,
    },
}

impl From<TemplateError> for ValidationError {
    fn from(error: TemplateError) -> Self {
        match error {
            TemplateError::UnknownPlaceholder { name } => Self::UnknownPlaceholder { name },
            TemplateError::ForbiddenTag { tag } => Self::ForbiddenTag { tag },
            TemplateError::MissingPlaceholder { name } => Self::MissingPlaceholder { name },
            TemplateError::RepeatedPlaceholder { name } => Self::RepeatedPlaceholder { name },
            TemplateError::UnmatchedBrace => Self::UnmatchedBrace,
        }
    }
}

/// Validates a document.
///
/// # Errors
/// All problems of the document.
pub fn validate(document: SettingsDocument) -> Result<Settings, Vec<Problem>> {
    let problems = problems(&document);
    if problems.is_empty() {
        // Just validated.
        Ok(Settings::unvalidated(document))
    } else {
        Err(problems)
    }
}

/// All problems of a document, for a draft that is still being edited.
#[must_use]
pub fn problems(document: &SettingsDocument) -> Vec<Problem> {
    let mut problems = Problems::default();
    if document.version != DOCUMENT_VERSION {
        let version = document.version;
        problems.add("version", ValidationError::UnknownVersion { version });
    }
    site::check(document, &mut problems);
    hosts::check(document, &mut problems);
    groups::check(document, &mut problems);
    devices::check(document, &mut problems);
    problems.into_vec()
}
