//! Words of validation errors of a settings document.

use yobirin_domain::validate::ValidationError;

use super::Validation;
use crate::i18n::fill;

impl Validation {
    /// A fault in words.
    pub(crate) fn of(&self, fault: &ValidationError) -> String {
        let braced = |name: &str| format!("{{{name}}}");
        match fault {
            ValidationError::Empty => self.empty.to_owned(),
            ValidationError::TooLong { max } => fill(self.too_long, &[("max", &max.to_string())]),
            ValidationError::ControlCharacter { character } => {
                let code = format!("U+{character:04X}");
                fill(self.control_character, &[("code", &code)])
            }
            ValidationError::TooMany { max } => fill(self.too_many, &[("max", &max.to_string())]),
            ValidationError::DuplicateId { id } => fill(self.duplicate_id, &[("id", id)]),
            ValidationError::DuplicateAccount { account } => {
                fill(self.duplicate_account, &[("account", &account.to_string())])
            }
            ValidationError::ListedTwice { .. } => self.listed_twice.to_owned(),
            ValidationError::UnknownGroup { .. } => self.unknown_group.to_owned(),
            ValidationError::UnknownHost { .. } => self.unknown_host.to_owned(),
            ValidationError::ParentCycle => self.parent_cycle.to_owned(),
            ValidationError::OwnDelegate => self.own_delegate.to_owned(),
            ValidationError::NoDefaultRoom => self.no_default_room.to_owned(),
            ValidationError::NoLanguage => self.no_language.to_owned(),
            ValidationError::InvalidColour => self.invalid_colour.to_owned(),
            ValidationError::InvalidTimeZone => self.invalid_time_zone.to_owned(),
            ValidationError::UnknownTimeZone => self.unknown_time_zone.to_owned(),
            ValidationError::InvalidLogo => self.invalid_logo.to_owned(),
            ValidationError::EndsBeforeItBegins => self.ends_before_it_begins.to_owned(),
            ValidationError::HoursOverlap => self.hours_overlap.to_owned(),
            ValidationError::ClosedDaysOverlap => self.closed_days_overlap.to_owned(),
            ValidationError::DaysOutOfRange { min, max } => {
                let (min, max) = (min.to_string(), max.to_string());
                fill(self.days_out_of_range, &[("min", &min), ("max", &max)])
            }
            ValidationError::InvalidPin => self.invalid_pin.to_owned(),
            ValidationError::UnknownPlaceholder { name } => {
                fill(self.unknown_placeholder, &[("name", &braced(name))])
            }
            ValidationError::MisspeltPlaceholder { name } => {
                fill(self.misspelt_placeholder, &[("name", &braced(name))])
            }
            ValidationError::ForbiddenTag { tag } => fill(self.forbidden_tag, &[("tag", tag)]),
            ValidationError::MissingPlaceholder { name } => {
                fill(self.missing_placeholder, &[("name", &braced(name))])
            }
            ValidationError::RepeatedPlaceholder { name } => {
                fill(self.repeated_placeholder, &[("name", &braced(name))])
            }
            ValidationError::UnmatchedBrace => self.unmatched_brace.to_owned(),
            ValidationError::AnswersOff => self.answers_off.to_owned(),
            ValidationError::StepTooEarly { min } => {
                fill(self.step_too_early, &[("min", &min.to_string())])
            }
            ValidationError::StepTooLate { max } => {
                fill(self.step_too_late, &[("max", &max.to_string())])
            }
            ValidationError::UnknownVersion { version } => {
                fill(self.unknown_version, &[("version", &version.to_string())])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn placeholders_are_named_with_their_braces() {
        let fault = ValidationError::MissingPlaceholder {
            name: "reference".into(),
        };
        assert_eq!(
            SetupLang::En.words().validation.of(&fault),
            "{reference} is required."
        );
        assert_eq!(
            SetupLang::Ja
                .words()
                .validation
                .of(&ValidationError::TooLong { max: 80 }),
            "80\u{a0}文字までにしてください。"
        );
    }
}
