//! Standard labels of menu buttons in all languages of the kiosk, by action. A label that an admin has changed is never
//! replaced.

use yobirin_domain::model::directory::Group;
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::menu::{Action, Button};

/// A label in the order of [`Lang::ALL`].
type Label = [&'static str; 5];

/// Label of a button that calls a host by name.
pub(super) const BY_NAME: Label = [
    "担当者を呼ぶ",
    "Call someone by name",
    "按姓名呼叫",
    "이름으로 호출",
    "Gọi theo tên",
];
/// Label of a button that leads to a list of hosts.
const FROM_LIST: Label = [
    "担当者を一覧から選ぶ",
    "Choose from a list of names",
    "从名单中选择",
    "명단에서 선택",
    "Chọn từ danh sách",
];
/// Label of a button that leads to the groups.
pub(super) const BY_GROUP: Label = [
    "部署を選ぶ",
    "Choose a department",
    "选择部门",
    "부서 선택",
    "Chọn phòng ban",
];
/// Label of a button that announces a delivery to a group.
pub(super) const DELIVERY: Label = ["宅配・お届け物", "Deliveries", "快递", "택배", "Giao hàng"];

/// A label as text in all languages.
pub(super) fn translated(label: Label) -> TranslatedText {
    Lang::ALL
        .into_iter()
        .zip(label)
        .fold(TranslatedText::default(), |text, (lang, words)| {
            text.and(lang, words)
        })
}

/// Standard label of an action: for a fixed group its name. `None` for a group that does not exist.
fn standard_label(action: &Action, groups: &[Group]) -> Option<TranslatedText> {
    match action {
        Action::HostSearch | Action::HostClosed => Some(translated(BY_NAME)),
        Action::HostOpen => Some(translated(FROM_LIST)),
        Action::GroupSelection { .. } => Some(translated(BY_GROUP)),
        Action::Custom { group: id } => {
            let group = groups.iter().find(|group| group.id == *id)?;
            Some(group.name.clone())
        }
    }
}

/// Sets the action of a button. If its label is a standard one in every language, it becomes that of the new action.
pub(super) fn change_action(button: &mut Button, action: Action, groups: &[Group]) {
    let labels = [BY_NAME, FROM_LIST, BY_GROUP, DELIVERY].map(translated);
    let is_standard = labels.contains(&button.label)
        || standard_label(&button.action, groups).is_some_and(|label| label == button.label);
    if is_standard && let Some(label) = standard_label(&action, groups) {
        button.label = label;
    }
    button.action = action;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::pages::devices::default_menu::default_menu;

    #[test]
    fn a_standard_label_follows_the_action_in_all_languages_and_an_own_one_stays() {
        let group = |id: &str, name: &str| {
            Group::named(id.parse().unwrap(), TranslatedText::of(Lang::Ja, name))
        };
        let groups = [group("hr", "人事部"), group("ga", "総務")];
        let custom = |id: &str| Action::Custom {
            group: id.parse().unwrap(),
        };
        let mut menu = default_menu(&groups, || "b1".parse().unwrap());
        let button = &mut menu[0];
        assert_eq!(button.label, translated(BY_NAME));
        for (action, expected) in [
            (Action::HostOpen, translated(FROM_LIST)),
            (custom("hr"), groups[0].name.clone()),
            (custom("ga"), groups[1].name.clone()),
            (Action::GroupSelection { below: None }, translated(BY_GROUP)),
            (Action::HostClosed, translated(BY_NAME)),
        ] {
            change_action(button, action.clone(), &groups);
            assert_eq!(button.label, expected, "{action:?}");
            assert_eq!(button.action, action);
        }
        button.label.set(Lang::En, "Ring somebody");
        let own = button.label.clone();
        change_action(button, Action::HostOpen, &groups);
        assert_eq!(button.label, own, "one language was changed by an admin");
    }
}
