//! Switches answers off, and removes the settings that need answers.

use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::menu::Button;
use yobirin_domain::model::settings::SettingsDocument;

/// Counts of the settings that need answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::setup) struct AnswerUses {
    /// True when the site has steps of escalation.
    pub(in crate::setup) has_site_steps: bool,
    /// Number of buttons with steps of their own or with a task for a missed visit.
    pub(in crate::setup) buttons: usize,
}

impl AnswerUses {
    /// True when nothing needs answers.
    pub(in crate::setup) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// True for a button with steps of its own or a task for a missed visit.
fn needs_answers(button: &Button) -> bool {
    let own_steps = button.escalation.as_deref();
    button.missed_visit || own_steps.is_some_and(|steps| !steps.is_empty())
}

/// Counts the settings that need answers.
pub(in crate::setup) fn answer_uses(document: &SettingsDocument) -> AnswerUses {
    let buttons = document.devices.iter().flat_map(|device| &device.menu);
    AnswerUses {
        has_site_steps: !document.site.escalation.is_empty(),
        buttons: buttons.filter(|button| needs_answers(button)).count(),
    }
}

/// Switches answers off and removes the settings that need them. A button that is set to have no reminders stays so: it
/// does not take the office's reminders when answers are switched on again.
pub(in crate::setup) fn switch_answers_off(document: &mut SettingsDocument) {
    document.site.answers = AnswerDisplay::Off;
    document.site.escalation.clear();
    let buttons = document
        .devices
        .iter_mut()
        .flat_map(|device| &mut device.menu);
    for button in buttons.filter(|button| needs_answers(button)) {
        button.missed_visit = false;
        // An empty list, which stands for no reminders, is kept.
        button.escalation = button.escalation.take().filter(Vec::is_empty);
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::escalation::preset;
    use yobirin_domain::model::lang::{Lang, TranslatedText};
    use yobirin_domain::model::menu::{Action, Ask, Device, Icon, Method};
    use yobirin_domain::validate::problems;

    use super::*;

    fn button(id: &str) -> Button {
        Button {
            id: id.parse().unwrap(),
            label: TranslatedText::of(Lang::Ja, "呼び出し"),
            icon: Icon::Bell,
            action: Action::HostSearch,
            method: Method::Room,
            ask: Ask::NOTHING,
            template: None,
            escalation: None,
            missed_visit: false,
        }
    }

    #[test]
    fn nothing_that_needs_answers_is_left() {
        let mut document = SettingsDocument::default();
        document.site.answers = AnswerDisplay::Words;
        document.site.default_room = Some(1.try_into().unwrap());
        document.site.escalation = preset();
        let mut device = Device::named("lobby".parse().unwrap(), "1F");
        device.menu = vec![
            Button {
                escalation: Some(preset()),
                ..button("own")
            },
            Button {
                escalation: Some(Vec::new()),
                missed_visit: true,
                ..button("missed")
            },
            Button {
                escalation: Some(Vec::new()),
                ..button("courier")
            },
        ];
        document.devices = vec![device];
        let uses = AnswerUses {
            has_site_steps: true,
            buttons: 2,
        };
        assert_eq!(answer_uses(&document), uses);
        switch_answers_off(&mut document);
        assert_eq!(problems(&document), []);
        assert!(answer_uses(&document).is_empty());
        let own_steps: Vec<_> = document.devices[0]
            .menu
            .iter()
            .map(|button| button.escalation.clone())
            .collect();
        assert_eq!(own_steps, [None, Some(Vec::new()), Some(Vec::new())]);
    }
}
