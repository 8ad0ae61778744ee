//! Form of one visit. It lives in memory only, and is dropped when the visitor leaves.

use yobirin_domain::model::call::Visitor;
use yobirin_domain::purpose_notice::NoticeVersion;

/// Answers and search query, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::kiosk) struct VisitorForm {
    /// Answers to the questions.
    pub(in crate::kiosk) visitor: Visitor,
    /// Version of the purpose notice that stood above the questions when the visitor submitted the form.
    pub(in crate::kiosk) notice: Option<NoticeVersion>,
    /// Search query.
    pub(in crate::kiosk) query: String,
    /// True once the visitor has submitted the form: from then on missing answers are shown.
    pub(in crate::kiosk) is_submitted: bool,
}

impl VisitorForm {
    /// Adds one person to the answer, up to the maximum of a call.
    pub(in crate::kiosk) fn add_person(&mut self) {
        let people = self.visitor.people.unwrap_or(0);
        self.visitor.people = Some(people.saturating_add(1).min(Visitor::MAX_PEOPLE));
    }

    /// Removes one person from the answer; without the last one there is no answer.
    pub(in crate::kiosk) fn remove_person(&mut self) {
        let people = self.visitor.people.unwrap_or(0).saturating_sub(1);
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
        form.remove_person();
        assert_eq!(form.visitor.people, None);
        for _ in 0..=Visitor::MAX_PEOPLE {
            form.add_person();
        }
        assert_eq!(form.visitor.people, Some(Visitor::MAX_PEOPLE));
        for _ in 0..Visitor::MAX_PEOPLE {
            form.remove_person();
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
