//! Menu of a new tablet.

use yobirin_domain::csv::lookup::name_key;
use yobirin_domain::model::directory::Group;
use yobirin_domain::model::id::ButtonId;
use yobirin_domain::model::menu::{Action, Ask, Button, Icon, Method, Need};

use super::standard_label::{BY_GROUP, BY_NAME, DELIVERY, translated};

/// Words in the names of departments that take deliveries, best first.
const DELIVERY_GROUP_WORDS: [&str; 8] = [
    "総務",
    "受付",
    "庶務",
    "管理",
    "general affairs",
    "reception",
    "front desk",
    "administration",
];

/// Questions of a new button, whose answers the host gets.
pub(crate) const ASKED: Ask = Ask {
    company: Need::Optional,
    name: Need::Required,
    ..Ask::NOTHING
};

/// Buttons to call a host by name and, when there are groups, to choose a department and, when one of them takes
/// deliveries by its name, to announce a delivery.
pub(crate) fn default_menu(groups: &[Group], mut new_id: impl FnMut() -> ButtonId) -> Vec<Button> {
    let mut button = |label, icon, action, method, ask| Button {
        id: new_id(),
        label: translated(label),
        icon,
        action,
        method,
        ask,
        template: None,
        escalation: None,
        missed_visit: false,
    };
    let mut menu = vec![button(
        BY_NAME,
        Icon::Person,
        Action::HostSearch,
        Method::Direct,
        ASKED,
    )];
    if !groups.is_empty() {
        menu.push(button(
            BY_GROUP,
            Icon::People,
            Action::GroupSelection { below: None },
            Method::Room,
            ASKED,
        ));
    }
    if let Some(group) = delivery_group(groups) {
        menu.push(button(
            DELIVERY,
            Icon::Parcel,
            Action::Custom {
                group: group.id.clone(),
            },
            Method::Room,
            Ask::NOTHING,
        ));
    }
    menu
}

/// The group whose name, in any language, has the best of the [`DELIVERY_GROUP_WORDS`].
fn delivery_group(groups: &[Group]) -> Option<&Group> {
    DELIVERY_GROUP_WORDS.into_iter().find_map(|word| {
        let word_key = name_key(word);
        let has_word = |group: &&Group| {
            let mut names = group.name.iter();
            names.any(|(_, name)| name_key(name).contains(&word_key))
        };
        groups.iter().find(has_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use yobirin_domain::model::lang::{Lang, TranslatedText};

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
        let group = |id: &str, lang, name: &str| {
            Group::named(id.parse().unwrap(), TranslatedText::of(lang, name))
        };
        let hr = group("hr", Lang::Ja, "人事部");
        let without_delivery_group = default_menu(std::slice::from_ref(&hr), ids());
        assert_eq!(without_delivery_group.len(), 2, "人事 takes no deliveries");
        let general_affairs = group("ga", Lang::En, "General Affairs");
        let full = default_menu(&[hr, general_affairs], ids());
        assert_eq!(full.len(), 3);
        let ga = "ga".parse().unwrap();
        assert_eq!(full[2].action, Action::Custom { group: ga });
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
