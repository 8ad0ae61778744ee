//! What a visitor has typed so far. Kept in memory only and wiped when the visitor leaves.

use yobirin_domain::model::call::Visitor;

/// Answers and the name looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::kiosk) struct VisitorForm {
    /// Answers, as typed.
    pub(in crate::kiosk) visitor: Visitor,
    /// The name looked for.
    pub(in crate::kiosk) query: String,
    /// The visitor has tried to go on: from now on, what is missing is said.
    pub(in crate::kiosk) submitted: bool,
}

impl VisitorForm {
    /// One more or one fewer person, within what a call can carry; below one there is no answer.
    pub(in crate::kiosk) fn adjust_people(&mut self, more: bool) {
        let people = self.visitor.people.unwrap_or(0);
        let people = if more {
            people.saturating_add(1).min(Visitor::MAX_PEOPLE)
        } else {
            people.saturating_sub(1)
        };
        self.visitor.people = (people > 0).then_some(people);
    }

    /// The answers as a call carries them.
    pub(super) fn cleaned_visitor(&self) -> Visitor {
        self.visitor.cleaned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_stays_within_what_a_call_can_carry() {
        let mut draft = VisitorForm::default();
        draft.adjust_people(false);
        assert_eq!(draft.visitor.people, None);
        for _ in 0..200 {
            draft.adjust_people(true);
        }
        assert_eq!(draft.visitor.people, Some(Visitor::MAX_PEOPLE));
        for _ in 0..200 {
            draft.adjust_people(false);
        }
        assert_eq!(draft.visitor.people, None);
    }

    #[test]
    fn answers_are_trimmed_and_cut_and_hold_no_control_character() {
        let mut draft = VisitorForm::default();
        draft.visitor.company = "　株式\0会社　".to_owned();
        draft.visitor.name = "あ".repeat(500);
        let answers = draft.cleaned_visitor();
        assert_eq!(answers.company, "株式 会社", "NUL would be refused");
        assert_eq!(answers.name.chars().count(), Visitor::MAX_SHORT);
    }
}
