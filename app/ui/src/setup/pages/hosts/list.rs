//! Filter of the list of hosts, and the list's state, which is kept when the page is left.

use std::collections::BTreeSet;

use leptos::prelude::*;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::directory::Host;
use yobirin_domain::names::lacks_furigana;

use crate::components::virtual_list::ScrollState;

use super::invite::sender::InvitationSender;
use crate::setup::draft::bulk::SelectedHosts;
use crate::setup::shared::host_search::{GroupNames, named_groups};

/// Choice of the hosts that the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum HostFilter {
    /// All hosts.
    #[default]
    All,
    /// Hosts without a Chatwork account.
    NoAccount,
    /// Hosts whom visitors do not find by kana, because their names are kanji without furigana.
    NoFurigana,
    /// Hosts without a group.
    NoGroup,
    /// Absent hosts.
    Absent,
    /// Hosts hidden on tablets.
    Hidden,
}

impl HostFilter {
    pub(crate) const ALL: [Self; 6] = [
        Self::All,
        Self::NoAccount,
        Self::NoFurigana,
        Self::NoGroup,
        Self::Absent,
        Self::Hidden,
    ];

    /// Key in the select.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::NoAccount => "no-account",
            Self::NoFurigana => "no-furigana",
            Self::NoGroup => "no-group",
            Self::Absent => "absent",
            Self::Hidden => "hidden",
        }
    }

    /// The filter with this key; all hosts for an unknown key.
    pub(crate) fn from_key(key: &str) -> Self {
        let filter = Self::ALL.into_iter().find(|filter| filter.key() == key);
        filter.unwrap_or_default()
    }

    /// True for hosts that pass the filter.
    pub(crate) fn matches(self, host: &Host, today: impl Fn() -> Date) -> bool {
        match self {
            Self::All => true,
            Self::NoAccount => host.account.is_none(),
            Self::NoFurigana => lacks_furigana(host),
            Self::NoGroup => host.groups.is_empty(),
            Self::Absent => is_absent(host, today),
            Self::Hidden => host.hidden,
        }
    }
}

/// True while a host is absent. `today` is called only for a host with an absence: the calendar costs more than a whole
/// search.
pub(crate) fn is_absent(host: &Host, today: impl Fn() -> Date) -> bool {
    host.absent_until.is_some() && host.is_absent(today())
}

/// Positions in `hosts` of the listed hosts: hosts found by their own name (`by_name`), then members of the groups
/// whose name contains the query; of both only the hosts that pass the filter.
pub(crate) fn visible_hosts(
    hosts: &[Host],
    group_names: &GroupNames,
    by_name: Vec<usize>,
    query: &str,
    passes: impl Fn(&Host) -> bool,
) -> Vec<usize> {
    let mut indices = by_name;
    let named_group_ids = named_groups(group_names, query);
    if !named_group_ids.is_empty() {
        let found: BTreeSet<usize> = indices.iter().copied().collect();
        let members = hosts.iter().enumerate().filter(|(index, host)| {
            !found.contains(index)
                && host
                    .groups
                    .iter()
                    .any(|group| named_group_ids.contains(group))
        });
        indices.extend(members.map(|(index, _)| index));
    }
    indices.retain(|&index| hosts.get(index).is_some_and(&passes));
    indices
}

/// Search, filter, selection and scroll position of the list, and its invitations.
#[derive(Clone, Copy)]
pub(crate) struct ListState {
    pub(crate) query: RwSignal<String>,
    pub(crate) filter: RwSignal<HostFilter>,
    pub(crate) selected: RwSignal<SelectedHosts>,
    pub(crate) scroll: ScrollState,
    pub(crate) invitations: InvitationSender,
}

impl ListState {
    /// Creates the state of a list of all hosts, scrolled to the top.
    pub(crate) fn new() -> Self {
        Self {
            query: RwSignal::new(String::new()),
            filter: RwSignal::new(HostFilter::All),
            selected: RwSignal::new(SelectedHosts::new()),
            scroll: ScrollState::default(),
            invitations: InvitationSender::new(),
        }
    }

    /// Shows all hosts that match the filter.
    pub(crate) fn show(self, filter: HostFilter) {
        self.scroll.reset_to_top();
        self.query.set(String::new());
        self.filter.set(filter);
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::directory::Group;
    use yobirin_domain::model::id::GroupId;
    use yobirin_domain::model::lang::{Lang, TranslatedText};

    use super::*;
    use crate::setup::shared::host_search::group_names;

    /// Satō (0), who is in 総務部, and Suzuki (1), who is hidden and in no group; neither has an account.
    fn office() -> (Vec<Host>, GroupNames) {
        let soumu: GroupId = "soumu".parse().unwrap();
        let mut sato = Host::named("a".parse().unwrap(), "佐藤");
        sato.groups = vec![soumu.clone()];
        let mut suzuki = Host::named("b".parse().unwrap(), "鈴木");
        suzuki.hidden = true;
        suzuki.kana = "すずき".to_owned();
        let group = Group::named(soumu, TranslatedText::of(Lang::Ja, "総務部"));
        (vec![sato, suzuki], group_names(&[group]))
    }

    #[test]
    fn a_group_s_name_finds_its_members_after_those_found_by_name() {
        let (hosts, groups) = office();
        let visible =
            |by_name, query: &str| visible_hosts(&hosts, &groups, by_name, query, |_| true);
        assert_eq!(visible(vec![1], "総務"), [1, 0]);
        assert_eq!(visible(vec![0, 1], ""), [0, 1]);
        assert_eq!(
            visible(vec![], "ＳＯＵＭＵ"),
            [0_usize; 0],
            "an id is not a name"
        );
    }

    #[test]
    fn each_filter_matches_its_hosts() {
        let (hosts, groups) = office();
        let today = Date::EPOCH;
        let visible = |filter: HostFilter| {
            visible_hosts(&hosts, &groups, vec![0, 1], "", |host| {
                filter.matches(host, || today)
            })
        };
        assert_eq!(visible(HostFilter::NoGroup), [1]);
        assert_eq!(visible(HostFilter::Hidden), [1]);
        assert_eq!(visible(HostFilter::NoAccount), [0, 1]);
        assert_eq!(visible(HostFilter::NoFurigana), [0]);
        assert_eq!(visible(HostFilter::Absent), [0_usize; 0]);
        for filter in HostFilter::ALL {
            assert_eq!(HostFilter::from_key(filter.key()), filter);
        }
    }
}
