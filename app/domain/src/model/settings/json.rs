//! JSON form of the settings document. Version upgrades go here, one step per version.

use thiserror::Error;

use super::{DOCUMENT_VERSION, SettingsDocument};

/// Why a text is not a settings document.
#[derive(Debug, Error)]
pub enum ParseSettingsError {
    /// Not JSON, or JSON of another structure; `serde_json` reports where.
    #[error("not a settings document: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Written by a newer Yobirin.
    #[error(
        "this settings document has version {0}, newer than {DOCUMENT_VERSION}: update Yobirin first"
    )]
    NewerVersion(u64),
    /// The version is missing or 0.
    #[error("a settings document starts with its version, such as {DOCUMENT_VERSION}")]
    MissingVersion,
}

impl SettingsDocument {
    /// Parses a document of this version or an older one.
    pub fn from_json(text: &str) -> Result<Self, ParseSettingsError> {
        #[derive(serde::Deserialize)]
        struct Versioned {
            version: Option<u64>,
        }
        match serde_json::from_str::<Versioned>(text)?.version {
            None | Some(0) => Err(ParseSettingsError::MissingVersion),
            Some(version) if version > u64::from(DOCUMENT_VERSION) => {
                Err(ParseSettingsError::NewerVersion(version))
            }
            Some(_) => Ok(serde_json::from_str(text)?),
        }
    }

    /// The document as compact JSON.
    ///
    /// # Panics
    /// Never: strings, numbers, lists and structs always serialize.
    #[must_use]
    #[allow(clippy::expect_used)]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("plain structs always serialize")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_survives_a_json_round_trip() {
        let document = SettingsDocument::default();
        assert_eq!(
            SettingsDocument::from_json(&document.to_json()).unwrap(),
            document
        );
    }

    #[test]
    fn a_document_without_opening_hours_is_written_unchanged() {
        let old = concat!(
            r##"{"version":1,"site":{"name":"","time_zone":"Asia/Tokyo","languages":["ja"],"##,
            r##""contact":{"name":"","phone":""},"accent":"#0b6bcb"},"hosts":[],"groups":[],"##,
            r##""devices":[{"id":"lobby","name":"Lobby","menu":[]}]}"##
        );
        let document = SettingsDocument::from_json(old).unwrap();
        assert!(document.devices[0].opening_hours.is_as_site());
        assert!(document.devices[0].access.is_usual());
        assert_eq!(document.to_json(), old);
    }

    #[test]
    fn a_newer_document_is_rejected_with_advice() {
        let error = SettingsDocument::from_json(r#"{"version": 99}"#).unwrap_err();
        assert!(
            error.to_string().contains("update Yobirin first"),
            "{error}"
        );
    }

    #[test]
    fn a_document_without_version_or_with_unknown_fields_is_rejected() {
        assert!(matches!(
            SettingsDocument::from_json("{}"),
            Err(ParseSettingsError::MissingVersion)
        ));
        let mut value = serde_json::to_value(SettingsDocument::default()).unwrap();
        value["surprise"] = 1.into();
        assert!(matches!(
            SettingsDocument::from_json(&value.to_string()),
            Err(ParseSettingsError::Malformed(_))
        ));
    }
}
