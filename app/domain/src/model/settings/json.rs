//! JSON form of the settings document. Version upgrades go here, one step per version.

use thiserror::Error;

use super::{DOCUMENT_VERSION, SettingsDocument};

/// Reason for which a text is not a settings document.
#[derive(Debug, Error)]
pub enum ParseSettingsError {
    /// The text is not JSON, or JSON of another structure; `serde_json` reports where.
    #[error("not a settings document: {0}")]
    Malformed(#[from] serde_json::Error),
    /// The text has a field that no settings document has, such as a misspelt one. Its path, as in `site.nmae`.
    #[error("unknown field `{0}`: correct or remove it")]
    UnknownField(String),
    /// The document was written by a newer Yobirin. Its version.
    #[error(
        "this settings document has version {0}, newer than {DOCUMENT_VERSION}: update Yobirin first"
    )]
    NewerVersion(u64),
    /// The version is missing or 0.
    #[error("a settings document starts with its version, such as {DOCUMENT_VERSION}")]
    MissingVersion,
}

impl SettingsDocument {
    /// Parses a document of this version or an older one. Unknown fields are refused, so that a misspelt
    /// setting is not lost; a tablet, which may be older than its relay, deserializes the document
    /// directly and skips them.
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
            Some(_) => Self::from_json_strictly(text),
        }
    }

    fn from_json_strictly(text: &str) -> Result<Self, ParseSettingsError> {
        let mut unknown = None; // path of the first unknown field
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let document = serde_ignored::deserialize(&mut deserializer, |path| {
            unknown.get_or_insert_with(|| path.to_string());
        })?;
        deserializer.end()?;
        match unknown {
            Some(path) => Err(ParseSettingsError::UnknownField(path)),
            None => Ok(document),
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
    use crate::model::answer_display::AnswerDisplay;

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
    fn answers_and_escalation_have_defaults_and_are_written_by_name() {
        let old = SettingsDocument::default().to_json();
        for field in ["answers", "escalation", "missed_visit"] {
            assert!(!old.contains(field), "{field} is left out by default");
        }
        let mut value: serde_json::Value = serde_json::from_str(&old).unwrap();
        let steps = serde_json::json!([
            { "after_seconds": 60, "to": "again" },
            { "after_seconds": 150, "to": "group_room" },
            { "after_seconds": 300, "to": "default_room" }
        ]);
        value["site"]["answers"] = "noticed".into();
        value["site"]["escalation"] = steps.clone();
        value["devices"] = serde_json::json!([{ "id": "lobby", "name": "Lobby", "menu": [
            { "id": "b1", "label": { "ja": "宅配" }, "action": "host_search",
              "method": "room", "escalation": [], "missed_visit": true },
            { "id": "b2", "label": { "ja": "担当者" }, "action": "host_search",
              "method": "room", "escalation": [{ "after_seconds": 30, "to": "delegates" }] },
            { "id": "b3", "label": { "ja": "部署" }, "action": "host_search",
              "method": "room" }
        ]}]);
        let document = SettingsDocument::from_json(&value.to_string()).unwrap();
        assert_eq!(document.site.answers, AnswerDisplay::Noticed);
        assert_eq!(document.site.escalation, crate::escalation::preset());
        let menu = &document.devices[0].menu;
        assert_eq!(
            (menu[0].escalation.as_deref(), menu[0].missed_visit),
            (Some(&[][..]), true)
        );
        assert_eq!(menu[1].escalation.as_ref().map(Vec::len), Some(1));
        assert_eq!(
            (menu[2].escalation.as_deref(), menu[2].missed_visit),
            (None, false)
        );
        let written: serde_json::Value = serde_json::from_str(&document.to_json()).unwrap();
        assert_eq!(written["site"]["escalation"], steps);
        assert_eq!(
            written["devices"][0]["menu"][0]["escalation"],
            serde_json::json!([])
        );
        assert!(written["devices"][0]["menu"][2].get("escalation").is_none());
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
