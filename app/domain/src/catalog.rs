//! Groups and hosts that tablets offer, in display order. Search by name is in [`crate::search`].

use crate::model::directory::{Group, Host};
use crate::model::id::GroupId;
use crate::model::menu::{Action, Button};
use crate::model::settings::Settings;
use crate::search::in_kana_order;

/// Group of group selection (グループ選択): callable, with a callable group below it, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogGroup<'a> {
    /// The group.
    pub group: &'a Group,
    /// True when the group itself can be called.
    pub is_callable: bool,
    /// True when a group below it can be called.
    pub has_callable_below: bool,
}

/// Groups that group selection (グループ選択) offers directly below `parent` (top-level groups for `None`). Hidden
/// groups and groups without a callable group are left out.
#[must_use]
pub fn groups<'a>(settings: &'a Settings, parent: Option<&GroupId>) -> Vec<CatalogGroup<'a>> {
    let visible_groups = settings.children(parent).filter(|group| !group.hidden);
    visible_groups
        .filter_map(|group| catalog_group(settings, group))
        .collect()
}

/// A group as group selection offers it; `None` when neither the group nor a group below it can be called.
fn catalog_group<'a>(settings: &'a Settings, group: &'a Group) -> Option<CatalogGroup<'a>> {
    let catalog_group = CatalogGroup {
        group,
        is_callable: !group.not_callable,
        has_callable_below: !groups(settings, Some(&group.id)).is_empty(),
    };
    let is_offered = catalog_group.is_callable || catalog_group.has_callable_below;
    is_offered.then_some(catalog_group)
}

/// A group that was found by name, with the button of a tablet's menu that offers it: the first group selection
/// (グループ選択) that starts at the group or above it. `None` when a visitor cannot reach the group through the menu.
#[must_use]
pub fn group_in_menu<'a>(
    settings: &'a Settings,
    menu: &'a [Button],
    id: &GroupId,
) -> Option<(&'a Button, CatalogGroup<'a>)> {
    let group = settings.group(id)?;
    if !settings.is_shown(id) {
        return None;
    }
    let mut buttons = menu.iter();
    let button = buttons.find(|button| match &button.action {
        Action::GroupSelection { below: None } => true,
        Action::GroupSelection { below: Some(start) } => {
            settings.ancestors(id).any(|above| above.id == *start)
        }
        _ => false,
    })?;
    Some((button, catalog_group(settings, group)?))
}

/// Groups directly below `parent` in which, or below which, host selection (担当者選択) offers a host.
#[must_use]
pub fn groups_with_hosts<'a>(settings: &'a Settings, parent: Option<&GroupId>) -> Vec<&'a Group> {
    let mut has_hosts = vec![false; settings.groups().len()];
    for host in settings.hosts().iter().filter(|host| !host.hidden) {
        for id in host.groups.iter().filter(|group| settings.is_shown(group)) {
            for position in settings.ancestor_positions(id) {
                if std::mem::replace(&mut has_hosts[position], true) {
                    break; // its ancestors are marked already
                }
            }
        }
    }
    let children = settings.child_positions(parent).iter();
    children
        .filter(|&&position| has_hosts[position])
        .map(|&position| &settings.groups()[position])
        .collect()
}

/// Hosts that host selection (担当者選択) offers directly in `group`, in Japanese syllabary (五十音) order; for `None`
/// the hosts without a visible group, so that every host can be found.
#[must_use]
pub fn hosts<'a>(settings: &'a Settings, group: Option<&GroupId>) -> Vec<&'a Host> {
    let is_in_group = |host: &&Host| match group {
        Some(id) => host.groups.contains(id),
        None => !host.groups.iter().any(|id| settings.is_shown(id)),
    };
    let visible_hosts = settings.hosts().iter().filter(|host| !host.hidden);
    in_kana_order(visible_hosts.filter(is_in_group))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::HostId;
    use crate::model::lang::{Lang, TranslatedText};
    use crate::model::settings::SettingsDocument;

    fn group(id: &str, parent: Option<&str>) -> Group {
        let mut group = Group::named(id.parse().unwrap(), TranslatedText::of(Lang::Ja, id));
        group.parent = parent.map(|parent| parent.parse().unwrap());
        group
    }

    fn host(id: &str, kana: &str, groups: &[&str]) -> Host {
        let id: HostId = id.parse().unwrap();
        let mut host = Host::named(id.clone(), id.as_str());
        host.kana = kana.to_owned();
        host.groups = groups.iter().map(|group| group.parse().unwrap()).collect();
        host
    }

    fn office(groups: Vec<Group>, hosts: Vec<Host>) -> Settings {
        Settings::unvalidated(SettingsDocument {
            groups,
            hosts,
            ..SettingsDocument::default()
        })
    }

    fn ids(groups: &[CatalogGroup<'_>]) -> Vec<String> {
        groups
            .iter()
            .map(|offered| offered.group.id.to_string())
            .collect()
    }

    #[test]
    fn hidden_and_empty_groups_are_left_out_and_not_callable_ones_lead_to_groups_below_them() {
        let mut dev = group("dev", None);
        dev.not_callable = true;
        let mut empty = group("empty", None);
        empty.not_callable = true;
        let mut secret = group("secret", None);
        secret.hidden = true;
        let settings = office(
            vec![
                dev,
                empty,
                secret,
                group("dev1", Some("dev")),
                group("below", Some("secret")),
            ],
            Vec::new(),
        );
        let top = groups(&settings, None);
        assert_eq!(ids(&top), ["dev"]);
        assert!(top[0].has_callable_below && !top[0].is_callable);
        let below = groups(&settings, Some(&"dev".parse().unwrap()));
        assert_eq!(ids(&below), ["dev1"]);
        assert!(below[0].is_callable && !below[0].has_callable_below);
    }

    #[test]
    fn only_groups_with_hosts_in_or_below_them_are_offered() {
        let mut hidden = host("hidden", "", &["sales"]);
        hidden.hidden = true;
        let settings = office(
            vec![
                group("dev", None),
                group("dev1", Some("dev")),
                group("sales", None),
            ],
            vec![host("a", "", &["dev1"]), hidden],
        );
        let top = groups_with_hosts(&settings, None);
        assert_eq!(
            top.iter()
                .map(|group| group.id.as_str())
                .collect::<Vec<_>>(),
            ["dev"]
        );
    }

    #[test]
    fn hosts_are_in_kana_order_and_hosts_without_visible_group_are_kept() {
        let mut secret = group("secret", None);
        secret.hidden = true;
        let settings = office(
            vec![group("dev", None), secret],
            vec![
                host("w", "わだ", &["dev"]),
                host("k", "カトウ", &["dev"]),
                host("a", "あべ", &["dev"]),
                host("alone", "", &[]),
                host("behind", "", &["secret"]),
            ],
        );
        let names = |group: Option<&GroupId>| -> Vec<String> {
            hosts(&settings, group)
                .iter()
                .map(|host| host.name.clone())
                .collect()
        };
        assert_eq!(names(Some(&"dev".parse().unwrap())), ["a", "k", "w"]);
        assert_eq!(names(None), ["alone", "behind"]);
    }

    #[test]
    fn a_found_group_is_offered_as_the_menu_offers_it() {
        use crate::model::menu::Method;
        use crate::test_office::button;

        let mut dev = group("dev", None);
        dev.not_callable = true;
        let mut secret = group("secret", None);
        secret.hidden = true;
        let mut nobody = group("nobody", Some("dev"));
        nobody.not_callable = true;
        let settings = office(
            vec![
                dev,
                group("dev1", Some("dev")),
                nobody,
                group("sales", None),
                secret,
                group("below", Some("secret")),
            ],
            Vec::new(),
        );
        let selection = |id: &str, below: Option<&str>| {
            let below = below.map(|below| below.parse().unwrap());
            button(id, id, Action::GroupSelection { below }, Method::Room)
        };
        let offered = |menu: &[Button], id: &str| {
            let (button, offered) = group_in_menu(&settings, menu, &id.parse().unwrap())?;
            Some((button.id.to_string(), offered.has_callable_below))
        };
        let menu = [
            button("search", "", Action::HostSearch, Method::Direct),
            selection("devs", Some("dev")),
            selection("all", None),
        ];
        assert_eq!(offered(&menu, "dev"), Some(("devs".to_owned(), true)));
        assert_eq!(offered(&menu, "dev1"), Some(("devs".to_owned(), false)));
        assert_eq!(offered(&menu, "sales"), Some(("all".to_owned(), false)));
        for unreachable in ["nobody", "secret", "below", "unknown"] {
            assert_eq!(offered(&menu, unreachable), None, "{unreachable}");
        }
        assert_eq!(offered(&menu[..2], "sales"), None, "not below the button");
        assert_eq!(offered(&menu[..1], "dev1"), None, "no group selection");
    }
}
