//! Reading and writing the document's JSON form. Version upgrades go here, one step per version.

use thiserror::Error;

use super::{SettingsDocument, VERSION};

/// Why a text is no settings document.
#[derive(Debug, Error)]
pub enum ParseSettingsError {
    /// Not JSON, or JSON of another shape; `serde_json` says where.
    #[error("not a settings document: {0}")]
    Malformed(#[from] serde_json::Error),
    /// A field that no settings document has, such as a misspelt one; its path, as in `site.nmae`.
    #[error("unknown field `{0}`: correct or remove it")]
    UnknownField(String),
    /// Written by a newer Yobirin.
    #[error("this settings document has version {0}, newer than {VERSION}: update Yobirin first")]
    Newer(u64),
    /// No version at all.
    #[error("a settings document starts with its version, such as {VERSION}")]
    NoVersion,
}

impl SettingsDocument {
    /// Reads a document of this version or an older one. Unknown fields are refused, so that a misspelt
    /// setting is not lost; a tablet, which may be older than its relay, deserializes the document
    /// directly and skips them.
    pub fn from_json(text: &str) -> Result<Self, ParseSettingsError> {
        #[derive(serde::Deserialize)]
        struct Versioned {
            version: Option<u64>,
        }
        match serde_json::from_str::<Versioned>(text)?.version {
            None | Some(0) => Err(ParseSettingsError::NoVersion),
            Some(newer) if newer > u64::from(VERSION) => Err(ParseSettingsError::Newer(newer)),
            Some(_) => Self::from_json_strictly(text),
        }
    }

    fn from_json_strictly(text: &str) -> Result<Self, ParseSettingsError> {
        let mut unknown = None;
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let document = serde_ignored::deserialize(&mut deserializer, |path| {
            unknown.get_or_insert_with(|| path.to_string());
        })?;
        deserializer.end()?;
        unknown.map_or(Ok(document), |path| {
            Err(ParseSettingsError::UnknownField(path))
        })
    }

    /// The document as compact JSON.
    ///
    /// # Panics
    /// Never: every field is a string, number, list or record, and none of those fails to write.
    #[must_use]
    #[allow(clippy::expect_used)]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("plain records always serialise")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_reads_back_as_written() {
        let document = SettingsDocument::default();
        assert_eq!(
            SettingsDocument::from_json(&document.to_json()).unwrap(),
            document
        );
    }

    #[test]
    fn a_document_from_before_opening_hours_reads_and_writes_unchanged() {
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
    fn a_newer_document_is_refused_in_words() {
        let refusal = SettingsDocument::from_json(r#"{"version": 99}"#).unwrap_err();
        assert!(
            refusal.to_string().contains("update Yobirin first"),
            "{refusal}"
        );
    }

    #[test]
    fn a_document_without_version_or_with_unknown_fields_is_refused() {
        assert!(matches!(
            SettingsDocument::from_json("{}"),
            Err(ParseSettingsError::NoVersion)
        ));
        let mut value = serde_json::to_value(SettingsDocument::default()).unwrap();
        value["site"]["surprise"] = 1.into();
        assert!(matches!(
            SettingsDocument::from_json(&value.to_string()),
            Err(ParseSettingsError::UnknownField(path)) if path == "site.surprise"
        ));
    }

    #[test]
    fn a_tablet_older_than_its_relay_skips_fields_that_it_does_not_know() {
        let mut value = serde_json::to_value(SettingsDocument::default()).unwrap();
        value["surprise"] = 1.into();
        value["site"]["surprise"] = serde_json::json!({ "nested": [1, 2] });
        let document: SettingsDocument = serde_json::from_value(value).unwrap();
        assert_eq!(document, SettingsDocument::default());
    }
}
