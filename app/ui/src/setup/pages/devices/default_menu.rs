//! Menu of a new tablet.

use yobirin_domain::model::directory::Group;
use yobirin_domain::model::id::ButtonId;
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::menu::{Action, Ask, Button, Icon, Method, Need};

use crate::setup::draft::group_tree;

/// Questions of a new button, whose answers tell the host about the visitor.
pub(crate) const ASKED: Ask = Ask {
    company: Need::Optional,
    name: Need::Required,
    ..Ask::NOTHING
};

/// Buttons to call a host by name and, when there are groups, to choose a department and to announce a delivery to the
/// first group.
pub(crate) fn default_menu(groups: &[Group], mut new_id: impl FnMut() -> ButtonId) -> Vec<Button> {
    // Labels are in the order of `Lang::ALL`.
    let mut button = |labels: [&str; 5], icon, action, method, ask| Button {
        id: new_id(),
        label: Lang::ALL
            .into_iter()
            .zip(labels)
            .fold(TranslatedText::default(), |label, (lang, text)| {
                label.and(lang, text)
            }),
        icon,
        action,
        method,
        ask,
        template: None,
        escalation: None,
        missed_visit: false,
    };
    let by_name = [
        "担当者を呼ぶ",
        "Call someone by name",
        "按姓名呼叫",
        "이름으로 호출",
        "Gọi theo tên",
    ];
    let by_group = [
        "部署を選ぶ",
        "Choose a department",
        "选择部门",
        "부서 선택",
        "Chọn phòng ban",
    ];
    let parcel = ["宅配・お届け物", "Deliveries", "快递", "택배", "Giao hàng"];
    let mut menu = vec![button(
        by_name,
        Icon::Person,
        Action::HostSearch,
        Method::Direct,
        ASKED,
    )];
    let Some(first_group) = group_tree::children(groups, None)
        .first()
        .map(|group| group.id.clone())
    else {
        return menu;
    };
    menu.push(button(
        by_group,
        Icon::People,
        Action::GroupSelection { below: None },
        Method::Room,
        ASKED,
    ));
    menu.push(button(
        parcel,
        Icon::Parcel,
        Action::Custom { group: first_group },
        Method::Room,
        Ask::NOTHING,
    ));
    menu
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_menu_calls_only_groups_that_exist() {
        let ids = || {
            let mut last = 0;
            move || {
                last += 1;
                format!("b{last}").parse::<ButtonId>().unwrap()
            }
        };
        assert_eq!(default_menu(&[], ids()).len(), 1);
        let group = Group::named(
            "soumu".parse().unwrap(),
            TranslatedText::of(Lang::Ja, "総務"),
        );
        let full = default_menu(&[group], ids());
        assert_eq!(full.len(), 3);
        let asks_name = full.iter().map(|button| button.ask.name);
        assert_eq!(
            asks_name.collect::<Vec<_>>(),
            [Need::Required, Need::Required, Need::Off],
            "the button for deliveries asks for no name"
        );
        assert!(full.iter().all(|button| {
            Lang::ALL
                .iter()
                .all(|lang| !button.label.exactly(*lang).is_empty())
        }));
    }
}
