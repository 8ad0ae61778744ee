//! Form of one visit. It lives in memory only, and is dropped when the visitor leaves.

use yobirin_domain::model::call::Visitor;
use yobirin_domain::purpose_notice::NoticeVersion;

/// Answers and search query, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::kiosk) struct VisitorForm {
    /// Answers to the questions.
    pub(in crate::kiosk) visitor: Visitor,
    /// Version of the purpose notice above the questions when they were submitted.
    pub(in crate::kiosk) notice: Option<NoticeVersion>,
    /// Search query.
    pub(in crate::kiosk) query: String,
    /// The visitor has submitted the form: missing answers are shown from now on.
    pub(in crate::kiosk) submitted: bool,
}

impl VisitorForm {
    /// Adds or removes one person, up to the maximum of a call; below one there is no answer.
    pub(in crate::kiosk) fn adjust_people(&mut self, more: bool) {
        let people = self.visitor.people.unwrap_or(0);
        let people = if more {
            people.saturating_add(1).min(Visitor::MAX_PEOPLE)
        } else {
            people.saturating_sub(1)
        };
        self.visitor.people = (people > 0).then_some(people);
    }

    /// The answers as they are sent.
    pub(super) fn cleaned_visitor(&self) -> Visitor {
        self.visitor.cleaned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_people_stays_within_the_limit_of_a_call() {
        let mut form = VisitorForm::default();
        form.adjust_people(false);
        assert_eq!(form.visitor.people, None);
        for _ in 0..200 {
            form.adjust_people(true);
        }
        assert_eq!(form.visitor.people, Some(Visitor::MAX_PEOPLE));
        for _ in 0..200 {
            form.adjust_people(false);
        }
        assert_eq!(form.visitor.people, None);
    }

    #[test]
    fn answers_are_trimmed_and_cut_and_hold_no_control_character() {
        let mut form = VisitorForm::default();
        form.visitor.company = "　株式\0会社　".to_owned();
        form.visitor.name = "あ".repeat(500);
        let answers = form.cleaned_visitor();
        assert_eq!(answers.company, "株式 会社", "NUL would be refused");
        assert_eq!(answers.name.chars().count(), Visitor::MAX_NAME_CHARS);
    }
}
