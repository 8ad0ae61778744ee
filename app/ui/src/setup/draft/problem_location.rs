//! Location of a validation problem: the page, the button of a menu, the field and the input to which its path leads.

use yobirin_domain::diff::SitePage;
use yobirin_domain::model::id::ButtonId;
use yobirin_domain::model::settings::SettingsDocument;

use crate::router::SetupPage;

/// The page on which a problem's field is.
pub(in crate::setup) fn page_of(document: &SettingsDocument, path: &str) -> SetupPage {
    match first_segment(path) {
        ("hosts", Some(index)) => document
            .hosts
            .get(index)
            .map_or(SetupPage::Hosts, |host| SetupPage::Host(host.id.clone())),
        ("groups", Some(index)) => document
            .groups
            .get(index)
            .map_or(SetupPage::Groups, |group| {
                SetupPage::Group(group.id.clone())
            }),
        ("devices", Some(index)) => document
            .devices
            .get(index)
            .map_or(SetupPage::Devices, |device| {
                SetupPage::Device(device.id.clone())
            }),
        ("hosts", None) => SetupPage::Hosts,
        ("groups", None) => SetupPage::Groups,
        ("devices", None) => SetupPage::Devices,
        _ => match SitePage::of(&field_path(path)) {
            SitePage::Office => SetupPage::Site,
            SitePage::Chatwork => SetupPage::Chatwork,
            SitePage::Answers => SetupPage::Answers,
            SitePage::PurposeNotice => SetupPage::PurposeNotice,
            SitePage::Alarms => SetupPage::Alarms,
            SitePage::Retention => SetupPage::Retention,
        },
    }
}

/// The menu button in whose fields the problem is; `None` for any other problem.
pub(in crate::setup) fn menu_button_of(
    document: &SettingsDocument,
    path: &str,
) -> Option<ButtonId> {
    let (list, device) = first_segment(path);
    let (_, path_in_device) = path.split_once('.')?;
    let (menu, button) = first_segment(path_in_device);
    if (list, menu) != ("devices", "menu") {
        return None;
    }
    let button = document.devices.get(device?)?.menu.get(button?)?;
    Some(button.id.clone())
}

/// Path of a problem's field within its entry (site, host, group, device, or button of a menu), without
/// indices of lists: `devices[0].menu[2].label.en` is `["label", "en"]`.
pub(in crate::setup) fn field_path(path: &str) -> Vec<String> {
    let segments: Vec<(&str, Option<usize>)> = path.split('.').map(first_segment).collect();
    let field = match segments.as_slice() {
        [("devices", _), ("menu", Some(_)), field @ ..] | [_, field @ ..] => field,
        [] => &[],
    };
    field.iter().map(|(name, _)| (*name).to_owned()).collect()
}

/// CSS selector of the input in which a problem can be corrected. Where that is not known, it selects the first invalid
/// input of the page; for a button of a menu, whose form may be closed, it selects what opens the form.
pub(in crate::setup) fn input_selector(document: &SettingsDocument, path: &str) -> String {
    if let Some(button) = menu_button_of(document, path) {
        return format!("li[data-button='{button}'] [data-action=edit-button]");
    }
    if let Some(step) = path.strip_prefix("site.escalation[") {
        let index = step.split(']').next().unwrap_or_default();
        return format!("[data-step-index='{index}'] [name=step-time]");
    }
    let (list, _) = first_segment(path);
    let field = field_path(path);
    let field: Vec<&str> = field.iter().map(String::as_str).collect();
    let selector = match (list, field.as_slice()) {
        ("site", ["names", lang]) => return format!("[name^=site-name-{lang}]"),
        ("site", ["contact", "names", lang]) => return format!("[name^=contact-name-{lang}]"),
        ("site", ["contact", "phones", lang]) => return format!("[name^=contact-phone-{lang}]"),
        ("site", ["purpose_notice", "texts", lang]) => {
            return format!("[name^=notice-text-{lang}]");
        }
        ("site", ["purpose_notice", "inquiries"]) => "[name=notice-inquiries]",
        ("site", ["purpose_notice", ..]) => "[name=notice-responsible]",
        ("site", ["retention", kind]) => return format!("[name=retention-{kind}]"),
        ("hosts", ["name", ..]) => "[name=host-name]",
        ("hosts", ["kana", ..]) => "[name=host-kana]",
        ("hosts", ["latin_name", ..]) => "[name=host-latin-name]",
        ("hosts", ["display_name", ..]) => "[name=host-display-name]",
        ("hosts", ["search_keys", ..]) => "[name=host-search-keys]",
        ("hosts", ["account", ..]) => "[name=host-account]",
        ("hosts", ["groups", ..]) => "[name=host-group]",
        ("hosts", ["delegates", ..]) => "[name=host-delegates]",
        ("hosts", ["visitor_message", ..]) => "[name=host-visitor-message]",
        ("groups", ["name", ..]) => "[name^=group-name]",
        ("groups", ["parent", ..]) => "[name=group-parent]",
        ("groups", ["room", ..]) => "[name=group-room]",
        ("groups", ["in_charge", ..]) => "[name=group-in-charge]",
        ("devices", ["name", ..]) => "[name=device-name]",
        ("devices", ["place", ..]) => "[name=device-place]",
        ("devices", ["menu", ..]) => "[data-action=add-button]",
        ("site", ["name", ..]) => "[name=site-name]",
        ("site", ["time_zone", ..]) => "[name=site-time-zone]",
        ("site", ["languages", ..]) => "[data-add-language]",
        ("site", ["default_room", ..]) => "[name=default-room]",
        ("site", ["contact", "name", ..]) => "[name=contact-name]",
        ("site", ["contact", "phone", ..]) => "[name=contact-phone]",
        ("site", ["accent", ..]) => "[name=site-accent]",
        ("site", ["logo", ..]) => "[name=site-logo]",
        ("site", ["exit_pin", ..]) => "[name=exit-pin]",
        ("site", ["answers", ..]) => "[data-choices=answers] input:checked",
        ("site", ["escalation", ..]) => "[data-section=escalation] button",
        ("site", ["alarms", "backup_days", ..]) => "[name=backup-days]",
        ("site", ["alarms", ..]) => "[name=alarm-room]",
        ("site", ["closed_days", ..]) => "[name=closed-day]",
        ("site" | "devices", ["opening_hours", ..]) => {
            "[data-section=opening-hours] [data-week] input"
        }
        _ => "main [aria-invalid=true]",
    };
    selector.to_owned()
}

/// True when a problem's path leads to `field` or into it.
pub(in crate::setup) fn is_at(path: &str, field: &str) -> bool {
    path.strip_prefix(field)
        .is_some_and(|inside| inside.is_empty() || inside.starts_with(['.', '[']))
}

/// The first part of a path, and its index when it is an entry of a list: `hosts[3].name` gives `("hosts", Some(3))`.
fn first_segment(path: &str) -> (&str, Option<usize>) {
    let first = path.split('.').next().unwrap_or(path);
    match first.split_once('[') {
        Some((list, index)) => (list, index.trim_end_matches(']').parse().ok()),
        None => (first, None),
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::directory::Host;
    use yobirin_domain::model::lang::TranslatedText;
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
            ("site.escalation[1].after_seconds", SetupPage::Answers),
            ("site.purpose_notice.texts.ko", SetupPage::PurposeNotice),
            ("site.alarms.backup_days", SetupPage::Alarms),
            ("site.accent", SetupPage::Site),
            ("version", SetupPage::Site),
        ] {
            assert_eq!(page_of(&document, path), page, "{path}");
        }
    }

    fn office_with_a_button() -> SettingsDocument {
        let button = Button {
            id: "call".parse().unwrap(),
            label: TranslatedText::default(),
            icon: Icon::Bell,
            action: Action::HostSearch,
            method: Method::Room,
            ask: Ask::NOTHING,
            template: None,
            escalation: None,
            missed_visit: false,
        };
        SettingsDocument {
            devices: vec![Device {
                menu: vec![button],
                ..Device::named("lobby".parse().unwrap(), "1F")
            }],
            ..SettingsDocument::default()
        }
    }

    #[test]
    fn a_problem_inside_a_menu_names_its_button() {
        let document = office_with_a_button();
        let button = |path| menu_button_of(&document, path);
        assert_eq!(button("devices[0].menu[0].label"), "call".parse().ok());
        assert_eq!(button("devices[0].menu[7].label"), None);
        assert_eq!(button("devices[0].name"), None);
    }

    #[test]
    fn a_problem_names_its_field_within_its_entry() {
        for (path, field) in [
            ("hosts[0].name", &["name"][..]),
            ("hosts[0].groups[2]", &["groups"]),
            ("site.contact.phone", &["contact", "phone"]),
            ("devices[0].menu[2].label", &["label"]),
            ("devices[0].menu", &["menu"]),
            ("devices[1].opening_hours.mon[0]", &["opening_hours", "mon"]),
            ("hosts", &[]),
        ] {
            assert_eq!(field_path(path), field, "{path}");
        }
    }

    #[test]
    fn a_problem_leads_to_the_input_that_corrects_it() {
        let document = office_with_a_button();
        for (path, selector) in [
            ("hosts[3].kana", "[name=host-kana]"),
            ("hosts[3].latin_name", "[name=host-latin-name]"),
            ("site.names.zh", "[name^=site-name-zh]"),
            ("site.contact.names.zh", "[name^=contact-name-zh]"),
            ("site.contact.phones.en", "[name^=contact-phone-en]"),
            ("site.purpose_notice.texts.zh", "[name^=notice-text-zh]"),
            (
                "site.purpose_notice.responsible",
                "[name=notice-responsible]",
            ),
            ("groups[0].name", "[name^=group-name]"),
            ("site.default_room", "[name=default-room]"),
            (
                "site.escalation[1].after_seconds",
                "[data-step-index='1'] [name=step-time]",
            ),
            ("site.escalation", "[data-section=escalation] button"),
            ("site.alarms.backup_days", "[name=backup-days]"),
            ("site.alarms.room", "[name=alarm-room]"),
            (
                "devices[0].menu[0].template",
                "li[data-button='call'] [data-action=edit-button]",
            ),
            ("devices[0].menu[7].label", "main [aria-invalid=true]"),
            ("version", "main [aria-invalid=true]"),
        ] {
            assert_eq!(input_selector(&document, path), selector, "{path}");
        }
    }

    #[test]
    fn a_field_has_the_problems_of_its_own_path_and_below() {
        assert!(is_at("hosts[1].groups[0]", "hosts[1].groups"));
        assert!(is_at("hosts[1].name", "hosts[1].name"));
        assert!(!is_at("hosts[10].name", "hosts[1]"));
        assert!(!is_at("groups[1].in_charge", "groups[1].in"));
    }
}
