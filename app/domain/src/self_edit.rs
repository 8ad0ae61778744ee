//! What a host may change of the settings by a personal link: their own account, reading, message to
//! the visitor and absence. Nothing else of the document can be named here, let alone changed.

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use crate::model::date::Date;
use crate::model::directory::Host;
use crate::model::id::{AccountId, HostId};
use crate::model::settings::Settings;
use crate::validate::{Problem, ValidationError, validate};

/// A host's wish about themselves. What is not given stays as it is; `null` takes away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SelfEdit {
    /// The Chatwork account through which the host is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<AccountId>))]
    pub account: Option<Option<AccountId>>,
    /// The reading of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kana: Option<String>,
    /// Words shown to the visitor once the host has been notified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visitor_message: Option<String>,
    /// Last day of an absence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Date>))]
    pub absent_until: Option<Option<Date>>,
}

/// A field that is there, be it `null`.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    reader: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(reader).map(Some)
}

/// Why a wish is not granted.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SelfEditError {
    /// The host is not in the settings.
    #[error("there is no such host")]
    NoSuchHost,
    /// What was wished is not sound; paths are the names of [`OwnEdit`]'s fields.
    #[error("{} fields cannot be saved like this", .0.len())]
    Unsound(Vec<Problem>),
}

impl SelfEdit {
    /// The settings with this wish of that host granted, checked as a whole.
    pub fn apply(&self, settings: &Settings, host: &HostId) -> Result<Settings, SelfEditError> {
        let mut document = settings.document().clone();
        let mut hosts = document.hosts.iter_mut();
        let own = hosts.find(|one| one.id == *host);
        self.change(own.ok_or(SelfEditError::NoSuchHost)?);
        validate(document).map_err(|problems| {
            SelfEditError::Unsound(problems.into_iter().map(with_host_path).collect())
        })
    }

    fn change(&self, host: &mut Host) {
        if let Some(account) = self.account {
            host.account = account;
        }
        if let Some(kana) = &self.kana {
            host.kana.clone_from(kana);
        }
        if let Some(message) = &self.visitor_message {
            host.visitor_message.clone_from(message);
        }
        if let Some(day) = self.absent_until {
            host.absent_until = day;
        }
    }
}

/// The settings were sound before, so whatever is wrong is wrong with the wish. An account that two
/// hosts share is found at the later one, who may be somebody else.
fn with_host_path(problem: Problem) -> Problem {
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
    use crate::example;
    use crate::model::settings::SettingsDocument;

    fn settings() -> Settings {
        example::office(|_| {})
    }

    fn id(settings: &Settings, place: usize) -> HostId {
        settings.hosts()[place].id.clone()
    }

    #[test]
    fn a_host_changes_their_own_fields_and_nothing_else_changes() {
        let before = settings();
        let host = id(&before, 0);
        let edit = SelfEdit {
            account: Some(Some(AccountId::try_from(987_654).unwrap())),
            kana: Some("あたらしい よみ".to_owned()),
            visitor_message: Some("2 階でお待ちください。".to_owned()),
            absent_until: Some(Some("2026-12-31".parse().unwrap())),
        };
        let after = edit.apply(&before, &host).unwrap();
        let own = after.host(&host).unwrap();
        assert_eq!(own.account.map(AccountId::get), Some(987_654));
        assert_eq!(own.kana, "あたらしい よみ");
        assert_eq!(own.visitor_message, "2 階でお待ちください。");
        assert_eq!(own.absent_until, "2026-12-31".parse().ok());

        let mut expected: SettingsDocument = before.document().clone();
        let host = &mut expected.hosts[0];
        host.account = own.account;
        host.kana.clone_from(&own.kana);
        host.visitor_message.clone_from(&own.visitor_message);
        host.absent_until = own.absent_until;
        assert_eq!(*after.document(), expected);
    }

    #[test]
    fn what_is_not_named_stays_and_null_takes_away() {
        let before = settings();
        let host = id(&before, 0);
        let set: SelfEdit =
            serde_json::from_str(r#"{"absent_until":"2026-12-31","kana":"よみ"}"#).unwrap();
        let away = set.apply(&before, &host).unwrap();
        let back: SelfEdit = serde_json::from_str(r#"{"absent_until":null}"#).unwrap();
        let after = back.apply(&away, &host).unwrap();
        let own = after.host(&host).unwrap();
        assert_eq!((own.absent_until, own.kana.as_str()), (None, "よみ"));
        assert_eq!(own.account, before.host(&host).unwrap().account);
        assert_eq!(SelfEdit::default().apply(&before, &host), Ok(before));
    }

    #[test]
    fn nothing_else_can_be_named() {
        for field in [
            "name",
            "id",
            "groups",
            "delegates",
            "hidden",
            "display_name",
            "search_keys",
        ] {
            let wish = format!(r#"{{"{field}":null}}"#);
            assert!(serde_json::from_str::<SelfEdit>(&wish).is_err(), "{field}");
        }
    }

    #[test]
    fn what_is_unsound_is_refused_with_the_name_of_the_field() {
        let before = settings();
        let long = SelfEdit {
            visitor_message: Some("あ".repeat(201)),
            ..SelfEdit::default()
        };
        let path = "visitor_message".to_owned();
        let error = ValidationError::TooLong { max: 200 };
        assert_eq!(
            long.apply(&before, &id(&before, 0)),
            Err(SelfEditError::Unsound(vec![Problem { path, error }]))
        );
        let stranger = "nobody".parse().unwrap();
        assert_eq!(
            SelfEdit::default().apply(&before, &stranger),
            Err(SelfEditError::NoSuchHost)
        );
    }

    #[test]
    fn another_hosts_account_cannot_be_taken_whoever_comes_first() {
        let before = settings();
        let mut with_account = before.hosts().iter().filter(|host| host.account.is_some());
        let first = with_account.next().unwrap();
        let last = with_account.next_back().unwrap();
        for (host, other) in [(first, last), (last, first)] {
            let edit = SelfEdit {
                account: Some(other.account),
                ..SelfEdit::default()
            };
            let Err(SelfEditError::Unsound(problems)) = edit.apply(&before, &host.id) else {
                panic!("{} took an account of another", host.name);
            };
            assert_eq!(problems.len(), 1);
            assert_eq!(problems[0].path, "account");
        }
    }
}
