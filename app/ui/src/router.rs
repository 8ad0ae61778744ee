//! Every page with its path, parsed and written only here.

use yobirin_domain::model::id::{DeviceId, GroupId, HostId};

/// A page of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The kiosk.
    Kiosk,
    /// Pairing of a tablet; the code may be in the fragment.
    Pair,
    /// Sign-in of an admin; the demo's link is in the fragment.
    SignIn,
    /// First run: the admin's password is chosen; the link is in the fragment.
    FirstRun,
    /// A host's own page; the personal link's secret is in the fragment.
    SelfService,
    /// Set-up.
    Setup(SetupPage),
}

/// A page of set-up, for signed-in admins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupPage {
    /// The parts of set-up with the open tasks of each.
    Overview,
    /// Guided set-up, from the office's name to a test visit.
    Guide,
    /// Connection to Chatwork and the default room.
    Chatwork,
    /// All hosts.
    Hosts,
    /// One host.
    Host(HostId),
    /// Hosts, groups and rooms from the lists that the bot reads in Chatwork.
    PeopleFromChatwork,
    /// The tree of groups.
    Groups,
    /// One group.
    Group(GroupId),
    /// All devices.
    Devices,
    /// One device: menu and pairing.
    Device(DeviceId),
    /// Approval of the unpaired tablet that shows this code.
    WaitingTablet(String),
    /// Answers on the tablet, and reminders while nobody answers.
    Answers,
    /// Purpose notice above the questions to visitors.
    PurposeNotice,
    /// Alarms: incidents that the office is notified of.
    Alarms,
    /// Preview of a call: destinations and reasons.
    Preview,
    /// Diagnosis of settings and Chatwork.
    Doctor,
    /// Past calls.
    History,
    /// Import and export.
    Import,
    /// Saved versions of the settings.
    Versions,
    /// Retention of the records of calls.
    Retention,
    /// Site: name, languages, contact, color.
    Site,
    /// Password, second factor, sessions.
    Security,
}

impl Page {
    /// Parses a path.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect();
        let page = match segments.as_slice() {
            [] => Self::Kiosk,
            ["pair"] => Self::Pair,
            ["setup", "sign-in"] => Self::SignIn,
            ["setup", "first-run"] => Self::FirstRun,
            ["setup", "me"] => Self::SelfService,
            ["setup", below @ ..] => Self::Setup(SetupPage::from_segments(below)?),
            _ => return None,
        };
        Some(page)
    }

    /// The page's path in the address bar, without query and fragment.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Kiosk => "/".to_owned(),
            Self::Pair => "/pair".to_owned(),
            Self::SignIn => "/setup/sign-in".to_owned(),
            Self::FirstRun => "/setup/first-run".to_owned(),
            Self::SelfService => "/setup/me".to_owned(),
            Self::Setup(page) => page.path(),
        }
    }
}

impl SetupPage {
    fn from_segments(segments: &[&str]) -> Option<Self> {
        let page = match segments {
            [] => Self::Overview,
            ["guide"] => Self::Guide,
            ["chatwork"] => Self::Chatwork,
            ["hosts"] => Self::Hosts,
            ["hosts", id] => Self::Host(id.parse().ok()?),
            ["people"] => Self::PeopleFromChatwork,
            ["groups"] => Self::Groups,
            ["groups", id] => Self::Group(id.parse().ok()?),
            ["devices"] => Self::Devices,
            ["devices", id] => Self::Device(id.parse().ok()?),
            ["tablets", code] if is_code(code) => Self::WaitingTablet((*code).to_owned()),
            ["answers"] => Self::Answers,
            ["purpose-notice"] => Self::PurposeNotice,
            ["alarms"] => Self::Alarms,
            ["preview"] => Self::Preview,
            ["doctor"] => Self::Doctor,
            ["history"] => Self::History,
            ["import"] => Self::Import,
            ["versions"] => Self::Versions,
            ["retention"] => Self::Retention,
            ["site"] => Self::Site,
            ["security"] => Self::Security,
            _ => return None,
        };
        Some(page)
    }

    fn path(&self) -> String {
        match self {
            Self::Overview => "/setup".to_owned(),
            Self::Guide => "/setup/guide".to_owned(),
            Self::Chatwork => "/setup/chatwork".to_owned(),
            Self::Hosts => "/setup/hosts".to_owned(),
            Self::Host(id) => format!("/setup/hosts/{id}"),
            Self::PeopleFromChatwork => "/setup/people".to_owned(),
            Self::Groups => "/setup/groups".to_owned(),
            Self::Group(id) => format!("/setup/groups/{id}"),
            Self::Devices => "/setup/devices".to_owned(),
            Self::Device(id) => format!("/setup/devices/{id}"),
            Self::WaitingTablet(code) => format!("/setup/tablets/{code}"),
            Self::Answers => "/setup/answers".to_owned(),
            Self::PurposeNotice => "/setup/purpose-notice".to_owned(),
            Self::Alarms => "/setup/alarms".to_owned(),
            Self::Preview => "/setup/preview".to_owned(),
            Self::Doctor => "/setup/doctor".to_owned(),
            Self::History => "/setup/history".to_owned(),
            Self::Import => "/setup/import".to_owned(),
            Self::Versions => "/setup/versions".to_owned(),
            Self::Retention => "/setup/retention".to_owned(),
            Self::Site => "/setup/site".to_owned(),
            Self::Security => "/setup/security".to_owned(),
        }
    }
}

/// True for a text that can be the code of a waiting tablet (`BCDF-GHJK`); the relay decides whether it is one.
fn is_code(text: &str) -> bool {
    let is_letter_or_hyphen = |byte: u8| byte.is_ascii_uppercase() || byte == b'-';
    text.len() <= 16 && text.bytes().all(is_letter_or_hyphen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_by_its_path() {
        let pages = [
            Page::Kiosk,
            Page::Pair,
            Page::SignIn,
            Page::FirstRun,
            Page::SelfService,
            Page::Setup(SetupPage::Overview),
            Page::Setup(SetupPage::Guide),
            Page::Setup(SetupPage::Chatwork),
            Page::Setup(SetupPage::Hosts),
            Page::Setup(SetupPage::Host("h1".parse().unwrap())),
            Page::Setup(SetupPage::PeopleFromChatwork),
            Page::Setup(SetupPage::Groups),
            Page::Setup(SetupPage::Group("g1".parse().unwrap())),
            Page::Setup(SetupPage::Devices),
            Page::Setup(SetupPage::Device("d1".parse().unwrap())),
            Page::Setup(SetupPage::WaitingTablet("BCDF-GHJK".to_owned())),
            Page::Setup(SetupPage::Answers),
            Page::Setup(SetupPage::PurposeNotice),
            Page::Setup(SetupPage::Alarms),
            Page::Setup(SetupPage::Preview),
            Page::Setup(SetupPage::Doctor),
            Page::Setup(SetupPage::History),
            Page::Setup(SetupPage::Import),
            Page::Setup(SetupPage::Versions),
            Page::Setup(SetupPage::Retention),
            Page::Setup(SetupPage::Site),
            Page::Setup(SetupPage::Security),
        ];
        for page in pages {
            assert_eq!(
                Page::from_path(&page.path()),
                Some(page.clone()),
                "{page:?}"
            );
        }
    }

    #[test]
    fn a_path_that_leads_nowhere_is_no_page() {
        for path in [
            "/nowhere",
            "/setup/nowhere",
            "/setup/hosts/a/b",
            "/setup/hosts/%20",
            "/setup/tablets/",
            "/setup/tablets/<b>",
        ] {
            assert_eq!(Page::from_path(path), None, "{path}");
        }
    }
}
