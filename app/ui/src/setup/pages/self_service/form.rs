//! Form of a host's own page, and the edit that results from it.

use yobirin_api::personal::Me;
use yobirin_domain::chatwork_id::{self, ParseIdError};
use yobirin_domain::model::date::Date;
use yobirin_domain::self_edit::SelfEdit;

use crate::i18n::setup::Words;
use crate::setup::shared::pick::id_problem;

/// Texts in the inputs, as the host has typed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SelfServiceForm {
    pub(crate) account: String,
    pub(crate) kana: String,
    pub(crate) message: String,
    pub(crate) absent_from: String,
    pub(crate) absent_until: String,
}

impl SelfServiceForm {
    /// The texts for the saved values.
    pub(crate) fn of(me: &Me) -> Self {
        Self {
            account: me.account.map(|id| id.to_string()).unwrap_or_default(),
            kana: me.kana.clone(),
            message: me.visitor_message.clone(),
            absent_from: me
                .absent_from
                .map(|day| day.to_string())
                .unwrap_or_default(),
            absent_until: me
                .absent_until
                .map(|day| day.to_string())
                .unwrap_or_default(),
        }
    }

    /// Sets the first day of the absence. A last day before it is moved to it.
    pub(crate) fn set_absent_from(&mut self, day: String) {
        if is_half_typed(&day) {
            return;
        }
        // Days such as 2026-12-01 are in the order of their texts.
        if self.absent_until < day {
            self.absent_until.clone_from(&day);
        }
        self.absent_from = day;
    }

    /// Sets the last day of the absence. A first day after it stays until the form is saved without it: who types the
    /// month 12 passes through month 1.
    pub(crate) fn set_absent_until(&mut self, day: String) {
        if is_half_typed(&day) {
            return;
        }
        self.absent_until = day;
    }

    /// The changes to send: only fields that differ from the saved ones, so that others' changes of other fields are
    /// kept.
    pub(crate) fn edit(&self, saved: &Me) -> Result<SelfEdit, ParseIdError> {
        let before = Self::of(saved);
        let account = match chatwork_id::parse_account(&self.account) {
            Ok(account) => Some(account),
            Err(ParseIdError::Empty) => None,
            Err(error) => return Err(error),
        };
        // A date input is empty where it holds no date.
        let absent_until: Option<Date> = self.absent_until.parse().ok();
        let absent_from: Option<Date> = self.absent_from.parse().ok();
        let absent_from = absent_from.filter(|first| Some(*first) <= absent_until);
        Ok(SelfEdit {
            account: (account != saved.account).then_some(account),
            kana: (self.kana != before.kana).then(|| self.kana.clone()),
            visitor_message: (self.message != before.message).then(|| self.message.clone()),
            absent_from: (absent_from != saved.absent_from).then_some(absent_from),
            absent_until: (absent_until != saved.absent_until).then_some(absent_until),
        })
    }

    /// Problem of the account's text, in words.
    pub(crate) fn account_problem(&self, words: &'static Words) -> Option<&'static str> {
        match chatwork_id::parse_account(&self.account) {
            Ok(_) | Err(ParseIdError::Empty) => None,
            Err(error) => {
                Some(id_problem(words, error).unwrap_or(words.self_service.account_unreadable))
            }
        }
    }
}

/// True while a year such as 0002 is being typed into a date input.
fn is_half_typed(day: &str) -> bool {
    !day.is_empty() && day.parse::<Date>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> Me {
        Me {
            id: "hanako".parse().unwrap(),
            name: "佐藤 花子".to_owned(),
            office: String::new(),
            groups: Vec::new(),
            delegates: Vec::new(),
            account: 123_456.try_into().ok(),
            kana: "さとう".to_owned(),
            visitor_message: String::new(),
            absent_from: None,
            absent_until: "2026-11-23".parse().ok(),
            time_zone: "Asia/Tokyo".to_owned(),
        }
    }

    #[test]
    fn only_changed_fields_are_sent() {
        let me = me();
        let mut typed = SelfServiceForm::of(&me);
        assert_eq!(typed.edit(&me), Ok(SelfEdit::default()));
        typed.account = "[To:123456] さとう".to_owned();
        assert_eq!(
            typed.edit(&me),
            Ok(SelfEdit::default()),
            "an account in another form is the same account"
        );
        typed.absent_until = String::new();
        typed.account = String::new();
        typed.message = "お待ちください".to_owned();
        let expected = SelfEdit {
            account: Some(None), // removes it
            kana: None,          // leaves it as it is
            visitor_message: Some("お待ちください".to_owned()),
            absent_from: None,
            absent_until: Some(None),
        };
        assert_eq!(typed.edit(&me), Ok(expected));
    }

    #[test]
    fn first_and_last_day_move_each_other_but_a_half_typed_year_moves_nothing() {
        let mut typed = SelfServiceForm::default();
        typed.set_absent_from("2026-12-01".to_owned());
        assert_eq!(typed.absent_until, "2026-12-01");
        typed.set_absent_until("0002-12-04".to_owned());
        typed.set_absent_until("2026-12-04".to_owned());
        assert_eq!(
            (typed.absent_from.as_str(), typed.absent_until.as_str()),
            ("2026-12-01", "2026-12-04")
        );
        typed.set_absent_until("2026-01-04".to_owned());
        assert_eq!(
            typed.absent_from, "2026-12-01",
            "a half-typed month moves no other day"
        );
        let absence = |typed: &SelfServiceForm| {
            let edit = typed.edit(&me()).unwrap();
            (edit.absent_from, edit.absent_until)
        };
        let last = Some("2026-01-04".parse().ok());
        assert_eq!(
            absence(&typed),
            (None, last),
            "a last day before the first day drops the first day"
        );
    }

    #[test]
    fn an_invalid_account_is_not_sent() {
        let me = me();
        let typed = SelfServiceForm {
            account: "#!rid42".to_owned(),
            ..SelfServiceForm::of(&me)
        };
        assert_eq!(typed.edit(&me), Err(ParseIdError::RoomForAccount));
    }
}
