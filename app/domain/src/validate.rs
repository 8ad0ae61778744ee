//! `validate`: a settings document becomes trusted `Settings`, or every problem is named with its
//! path. Nothing else makes a `Settings`, so what comes later need not doubt.

mod devices;
mod groups;
mod hosts;
mod hours;
mod list;
mod problems;
mod site;
#[cfg(test)]
mod tests;
pub mod text_limits;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use self::problems::Problems;
use crate::message::TemplateError;
use crate::model::settings::{DOCUMENT_VERSION, Settings, SettingsDocument};

/// One thing wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[error("{path}: {error}")]
pub struct Problem {
    /// Where, such as `groups[3].parent`.
    pub path: String,
    /// What.
    pub error: ValidationError,
}

/// What can be wrong at a place of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ValidationError {
    /// A text that must not be empty is.
    #[error("must not be empty")]
    Empty,
    /// A text is longer than it may be.
    #[error("must be at most {max} characters")]
    TooLong {
        /// Largest number of characters.
        max: usize,
    },
    /// A text holds a control character, which shows nothing and which databases and Chatwork refuse.
    #[error("holds the control character U+{character:04X}; remove it")]
    ControlCharacter {
        /// Its Unicode code point.
        character: u32,
    },
    /// A list is longer than it may be.
    #[error("must be at most {max} entries")]
    TooMany {
        /// Largest number of entries.
        max: usize,
    },
    /// Two entries share an id.
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
    /// A list names the same entry twice.
    #[error("{id} is listed twice")]
    ListedTwice {
        /// The entry.
        id: String,
    },
    /// No such group.
    #[error("there is no group {id}")]
    UnknownGroup {
        /// The id that leads nowhere.
        id: String,
    },
    /// No such host.
    #[error("there is no host {id}")]
    UnknownHost {
        /// The id that leads nowhere.
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
    /// No language at all.
    #[error("choose at least one language")]
    NoLanguage,
    /// Not a `#rrggbb` colour.
    #[error("a colour is written #rrggbb")]
    NotAColour,
    /// Not an IANA time zone name.
    #[error("a time zone is written like Asia/Tokyo")]
    NotATimeZone,
    /// A logo that is no `data:image/…` URL or is too large.
    #[error("a logo is a PNG, JPEG or WebP picture of at most 96 kB")]
    NotALogo,
    /// Opening hours that end before they begin.
    #[error("opening hours end after they begin")]
    EndsBeforeItBegins,
    /// Two spans of one day share time.
    #[error("these opening hours overlap others of the same day")]
    HoursOverlap,
    /// An exit PIN that is not 4 to 8 digits.
    #[error("a PIN is 4 to 8 digits")]
    NotAPin,
    /// A template with a placeholder nobody fills.
    #[error("there is no placeholder {{{name}}}")]
    UnknownPlaceholder {
        /// The name between the braces.
        name: String,
    },
    /// A template with a tag that a notification may not carry, such as `[toall]`.
    #[error("the tag {tag} is not allowed in a message")]
    ForbiddenTag {
        /// The tag as written.
        tag: String,
    },
    /// A template without `{reference}` or without `{mentions}`.
    #[error("a template needs {{{name}}}")]
    MissingPlaceholder {
        /// The placeholder that is missing.
        name: String,
    },
    /// A template with the same placeholder twice.
    #[error("{{{name}}} may stand only once")]
    RepeatedPlaceholder {
        /// The placeholder.
        name: String,
    },
    /// A template with a `{` or `}` that belongs to no placeholder.
    #[error("write {{{{ or }}}} for a brace that is no placeholder")]
    LoneBrace,
    /// The document's version is not the one this code writes.
    #[error("version {version} is not known here")]
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
            TemplateError::LoneBrace => Self::LoneBrace,
        }
    }
}

/// Makes trusted settings of a document, or says everything that is wrong with it.
pub fn validate(document: SettingsDocument) -> Result<Settings, Vec<Problem>> {
    let found = problems(&document);
    if found.is_empty() {
        Ok(Settings::unchecked(document))
    } else {
        Err(found)
    }
}

/// Everything that is wrong with a document: for whoever is still typing it.
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
