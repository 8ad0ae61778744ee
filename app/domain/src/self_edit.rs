//! Self-service edit: fields that a host may change by a personal link (account, reading, message to the visitor,
//! absence). Other fields cannot be expressed.

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use crate::model::date::Date;
use crate::model::directory::Host;
use crate::model::id::{AccountId, HostId};
use crate::model::settings::Settings;
use crate::text::without_invisible;
use crate::validate::{Problem, ValidationError, validate};

/// Changes of a host's own fields. A missing field stays unchanged; `null` removes the value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SelfEdit {
    /// Chatwork account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "deserialize_present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<AccountId>))]
    pub account: Option<Option<AccountId>>,
    /// Reading of the name, in kana.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kana: Option<String>,
    /// Text shown to the visitor once the host has been notified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visitor_message: Option<String>,
    /// First day of the absence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "deserialize_present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Date>))]
    pub absent_from: Option<Option<Date>>,
    /// Last day of the absence. Removing it also removes the first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "deserialize_present")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Date>))]
    pub absent_until: Option<Option<Date>>,
}

/// Deserializes a present field, which may be `null`.
fn deserialize_present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    reader: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(reader).map(Some)
}

/// Reason for rejecting an edit.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SelfEditError {
    /// The host is not in the settings.
    #[error("there is no such host")]
    NoSuchHost,
    /// The edited settings are invalid; paths are the names of [`SelfEdit`]'s fields.
    #[error("{} fields are invalid; correct them", .0.len())]
    Invalid(Vec<Problem>),
}

impl SelfEdit {
    /// Applies the edit to the host and validates the whole document.
    ///
    /// # Errors
    /// The host does not exist, or the edited settings are invalid.
    pub fn apply(&self, settings: &Settings, host: &HostId) -> Result<Settings, SelfEditError> {
        let mut document = settings.document().clone();
        let mut hosts = document.hosts.iter_mut();
        let edited = hosts.find(|candidate| candidate.id == *host);
        self.change(edited.ok_or(SelfEditError::NoSuchHost)?);
        validate(document).map_err(|problems| {
            SelfEditError::Invalid(problems.into_iter().map(with_field_path).collect())
        })
    }

    fn change(&self, host: &mut Host) {
        if let Some(account) = self.account {
            host.account = account;
        }
        if let Some(kana) = &self.kana {
            host.kana = without_invisible(kana);
        }
        if let Some(message) = &self.visitor_message {
            host.visitor_message = without_invisible(message);
        }
        // The last day is set first: without it the host is not absent and has no first day either.
        if let Some(day) = self.absent_until {
            host.set_absent_until(day);
        }
        if let Some(day) = self.absent_from
            && host.absent_until.is_some()
        {
            host.absent_from = day;
        }
    }
}

/// Replaces the path of a problem with the name of the edited field. The settings were valid before, so the edit
/// causes every problem; a shared account is reported at the later host, which may be another one.
fn with_field_path(problem: Problem) -> Problem {
    let path = match problem.error {
        ValidationError::DuplicateAccount { .. } => "account".to_owned(),
        _ => match problem.path.rsplit_once('.') {
            Some((_, field)) => field.to_owned(),
            None => problem.path,
        },
    };
    Problem { path, ..problem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::SettingsDocument;
    use crate::test_office;

    fn settings() -> Settings {
        test_office::office(|_| {})
    }

    fn id(settings: &Settings, index: usize) -> HostId {
        settings.hosts()[index].id.clone()
    }

    #[test]
    fn a_host_changes_their_own_fields_and_nothing_else_changes() {
        let before = settings();
        let host = id(&before, 0);
        let edit = SelfEdit {
            account: Some(Some(AccountId::try_from(987_654).unwrap())),
            kana: Some("あたらしい よみ".to_owned()),
            visitor_message: Some("2 階でお待ちください。".to_owned()),
            absent_from: Some(Some("2026-12-30".parse().unwrap())),
            absent_until: Some(Some("2026-12-31".parse().unwrap())),
        };
        let after = edit.apply(&before, &host).unwrap();
        let edited = after.host(&host).unwrap();
        assert_eq!(edited.account.map(AccountId::get), Some(987_654));
        assert_eq!(edited.kana, "あたらしい よみ");
        assert_eq!(edited.visitor_message, "2 階でお待ちください。");
        assert_eq!(edited.absent_until, "2026-12-31".parse().ok());

        let mut expected: SettingsDocument = before.document().clone();
        let host = &mut expected.hosts[0];
        host.account = edited.account;
        host.kana.clone_from(&edited.kana);
        host.visitor_message.clone_from(&edited.visitor_message);
        assert_eq!(edited.absent_from, "2026-12-30".parse().ok());
        host.absent_from = edited.absent_from;
        host.absent_until = edited.absent_until;
        assert_eq!(*after.document(), expected);
    }

    #[test]
    fn invisible_characters_are_removed() {
        let before = settings();
        let host = id(&before, 0);
        let edit = SelfEdit {
            kana: Some("さ\u{200b}とう".to_owned()),
            visitor_message: Some("2\u{202e} 階で\u{2066}お待ち\u{2069}ください。".to_owned()),
            ..SelfEdit::default()
        };
        let after = edit.apply(&before, &host).unwrap();
        let edited = after.host(&host).unwrap();
        assert_eq!(edited.kana, "さとう");
        assert_eq!(edited.visitor_message, "2 階でお待ちください。");
    }

    #[test]
    fn missing_fields_stay_and_null_removes() {
        let before = settings();
        let host = id(&before, 0);
        let set: SelfEdit =
            serde_json::from_str(r#"{"absent_until":"2026-12-31","kana":"よみ"}"#).unwrap();
        let absent = set.apply(&before, &host).unwrap();
        let returned: SelfEdit = serde_json::from_str(r#"{"absent_until":null}"#).unwrap();
        let after = returned.apply(&absent, &host).unwrap();
        let edited = after.host(&host).unwrap();
        assert_eq!((edited.absent_until, edited.kana.as_str()), (None, "よみ"));
        assert_eq!(edited.account, before.host(&host).unwrap().account);
        assert_eq!(SelfEdit::default().apply(&before, &host), Ok(before));
    }

    #[test]
    fn other_fields_are_rejected() {
        for field in [
            "name",
            "id",
            "groups",
            "delegates",
            "hidden",
            "display_name",
            "search_keys",
        ] {
            let json = format!(r#"{{"{field}":null}}"#);
            assert!(serde_json::from_str::<SelfEdit>(&json).is_err(), "{field}");
        }
    }

    #[test]
    fn an_invalid_edit_is_rejected_with_the_name_of_the_field() {
        let before = settings();
        let long = SelfEdit {
            visitor_message: Some("あ".repeat(201)),
            ..SelfEdit::default()
        };
        let path = "visitor_message".to_owned();
        let error = ValidationError::TooLong { max: 200 };
        assert_eq!(
            long.apply(&before, &id(&before, 0)),
            Err(SelfEditError::Invalid(vec![Problem { path, error }]))
        );
        let unknown = "nobody".parse().unwrap();
        assert_eq!(
            SelfEdit::default().apply(&before, &unknown),
            Err(SelfEditError::NoSuchHost)
        );
    }

    #[test]
    fn the_account_of_another_host_is_rejected_in_any_order() {
        let before = settings();
        let mut with_account = before.hosts().iter().filter(|host| host.account.is_some());
        let first = with_account.next().unwrap();
        let last = with_account.next_back().unwrap();
        for (host, other) in [(first, last), (last, first)] {
            let edit = SelfEdit {
                account: Some(other.account),
                ..SelfEdit::default()
            };
            let Err(SelfEditError::Invalid(problems)) = edit.apply(&before, &host.id) else {
                panic!("{} took an account of another", host.name);
            };
            assert_eq!(problems.len(), 1);
            assert_eq!(problems[0].path, "account");
        }
    }
}
