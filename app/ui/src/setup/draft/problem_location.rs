//! Where a problem is: from `check`'s path to the page that can put it right.

use yobirin_domain::model::id::ButtonId;
use yobirin_domain::model::settings::SettingsDocument;

use crate::router::SetupPage;

/// The page on which a problem's field is.
pub(in crate::setup) fn page_of(document: &SettingsDocument, path: &str) -> SetupPage {
    match first_segment(path) {
        ("hosts", Some(place)) => document
            .hosts
            .get(place)
            .map_or(SetupPage::Hosts, |host| SetupPage::Host(host.id.clone())),
        ("groups", Some(place)) => document
            .groups
            .get(place)
            .map_or(SetupPage::Groups, |group| {
                SetupPage::Group(group.id.clone())
            }),
        ("devices", Some(place)) => document
            .devices
            .get(place)
            .map_or(SetupPage::Devices, |device| {
                SetupPage::Device(device.id.clone())
            }),
        ("hosts", None) => SetupPage::Hosts,
        ("groups", None) => SetupPage::Groups,
        ("devices", None) => SetupPage::Devices,
        _ if is_at(path, "site.default_room") => SetupPage::Chatwork,
        _ => SetupPage::Site,
    }
}

/// The button that a problem is in.
pub(in crate::setup) fn button_of(document: &SettingsDocument, path: &str) -> Option<ButtonId> {
    let (list, device) = first_segment(path);
    let (_, rest) = path.split_once('.')?;
    let (menu, button) = first_segment(rest);
    if (list, menu) != ("devices", "menu") {
        return None;
    }
    let button = document.devices.get(device?)?.menu.get(button?)?;
    Some(button.id.clone())
}

/// True when a problem's path is `field` or something inside it.
pub(in crate::setup) fn is_at(path: &str, field: &str) -> bool {
    path.strip_prefix(field)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The first part of a path, with its place when it is an entry of a list: `hosts[3].name` is
/// `("hosts", Some(3))`.
fn first_segment(path: &str) -> (&str, Option<usize>) {
    let first = path.split('.').next().unwrap_or(path);
    let Some((list, rest)) = first.split_once('[') else {
        return (first, None);
    };
    let place = rest
        .split_once(']')
        .and_then(|(place, _)| place.parse().ok());
    (list, place)
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::directory::Host;
    use yobirin_domain::model::lang::LocalText;
    use yobirin_domain::model::menu::{Action, Ask, Button, Device, Icon, Method};

    use super::*;

    #[test]
    fn a_problem_leads_to_the_page_of_its_field() {
        let document = SettingsDocument {
            hosts: vec![Host::named("sato".parse().unwrap(), "佐藤")],
            ..SettingsDocument::default()
        };
        let sato = SetupPage::Host("sato".parse().unwrap());
        for (path, page) in [
            ("hosts[0].name", sato.clone()),
            ("hosts[0].groups[2]", sato),
            ("hosts[9].name", SetupPage::Hosts),
            ("hosts", SetupPage::Hosts),
            ("site.default_room", SetupPage::Chatwork),
            ("site.accent", SetupPage::Site),
            ("version", SetupPage::Site),
        ] {
            assert_eq!(page_of(&document, path), page, "{path}");
        }
    }

    #[test]
    fn a_problem_inside_a_menu_names_its_button() {
        let button = Button {
            id: "call".parse().unwrap(),
            label: LocalText::default(),
            icon: Icon::Bell,
            action: Action::HostSearch,
            method: Method::Room,
            ask: Ask::NOTHING,
            template: None,
        };
        let document = SettingsDocument {
            devices: vec![Device {
                menu: vec![button],
                ..Device::named("lobby".parse().unwrap(), "1F")
            }],
            ..SettingsDocument::default()
        };
        let found = |path| button_of(&document, path);
        assert_eq!(found("devices[0].menu[0].label"), "call".parse().ok());
        assert_eq!(found("devices[0].menu[7].label"), None);
        assert_eq!(found("devices[0].name"), None);
    }

    #[test]
    fn a_field_owns_what_is_inside_it_and_nothing_else() {
        assert!(is_at("hosts[1].groups[0]", "hosts[1].groups"));
        assert!(is_at("hosts[1].name", "hosts[1].name"));
        assert!(!is_at("hosts[10].name", "hosts[1]"));
        assert!(!is_at("groups[1].in_charge", "groups[1].in"));
    }
}
