//! Diagnosis of settings against observations of Chatwork and tablets: finds problems before a call fails. The caller
//! collects the observations. A problem that depends on an observation which is missing is not reported.

mod escalation;
mod finding;
mod group_room;
mod names;
mod possible_calls;
mod repair;
mod rooms;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::date::Date;
use crate::model::directory::Host;
use crate::model::id::{AccountId, DeviceId, GroupId, HostId, RoomId};
use crate::model::settings::Settings;
use crate::routing::groups_of_default_room;
use crate::search::fold;
use crate::stream::StreamTrouble;

pub use finding::{Finding, Severity};
pub use repair::Repair;

use possible_calls::PossibleCalls;

/// Observations of Chatwork and the tablets. `None` means not observed yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observations {
    /// State of the Chatwork connection.
    pub connection: Option<ObservedConnection>,
    /// Rooms of the bot; the value is true for a group chat, and false for a private chat.
    pub rooms: Option<BTreeMap<RoomId, bool>>,
    /// Members of each observed room.
    pub members: BTreeMap<RoomId, BTreeSet<AccountId>>,
    /// Members of each observed room who may not write in it.
    pub read_only: BTreeMap<RoomId, BTreeSet<AccountId>>,
    /// Contacts of the bot.
    pub contacts: Option<BTreeSet<AccountId>>,
    /// Names of all observed accounts.
    pub people: BTreeMap<AccountId, String>,
    /// Pending contact requests to the bot.
    pub requests: Vec<ObservedRequest>,
    /// Number of skipped, unreadable entries in Chatwork's lists.
    pub unreadable: usize,
    /// Paired tablets.
    pub paired: Option<BTreeSet<DeviceId>>,
    /// Paired tablets that are silent.
    pub silent: BTreeSet<DeviceId>,
    /// Online tablets that report a faulty event stream.
    pub streams: BTreeMap<DeviceId, StreamTrouble>,
}

/// State of the Chatwork connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObservedConnection {
    /// No token is stored.
    None,
    /// Chatwork rejects the token.
    Refused,
    /// Chatwork accepts the token, which belongs to this account.
    Connected(AccountId),
}

/// Pending contact request to the bot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObservedRequest {
    /// Chatwork's id of the request.
    pub id: u64,
    /// Requesting account.
    pub account: AccountId,
    /// Name of the account.
    pub name: String,
}

/// Rooms in which calls mention hosts, and the default room if calls to groups without a room go there. The rooms with
/// the most mentions come first. The caller reads the members room by room and may stop early.
#[must_use]
pub fn rooms_to_read(settings: &Settings, today: Date) -> Vec<RoomId> {
    let possible_calls = PossibleCalls::of(settings, today);
    let mut rooms: Vec<(usize, RoomId)> = possible_calls
        .mentions
        .iter()
        .map(|(room, hosts)| (hosts.len(), *room))
        .collect();
    rooms.sort_by_key(|&(hosts, room)| (std::cmp::Reverse(hosts), room));
    let mut rooms: Vec<RoomId> = rooms.into_iter().map(|(_, room)| room).collect();
    let default = settings.site().default_room;
    let default = default
        .filter(|room| !possible_calls.groups_in_default_room.is_empty() && !rooms.contains(room));
    rooms.extend(default);
    rooms
}

/// All findings, most severe first.
#[must_use]
pub fn examine(settings: &Settings, observed: &Observations, today: Date) -> Vec<Finding> {
    let possible_calls = PossibleCalls::of(settings, today);
    let examination = Examination {
        settings,
        observed,
        today,
        possible_calls: &possible_calls,
    };
    let mut found = Vec::new();
    examination.check_connection(&mut found);
    examination.check_rooms(&mut found);
    examination.check_accounts(&mut found);
    examination.check_names(&mut found);
    examination.check_groups(&mut found);
    examination.check_absences(&mut found);
    examination.check_escalation(&mut found);
    examination.check_read_only(&mut found);
    examination.check_tablets(&mut found);
    examination.check_requests(&mut found);
    found.sort_by_key(|finding| (finding.severity(), finding.clone()));
    found
}

/// Input of one diagnosis.
struct Examination<'a> {
    settings: &'a Settings,
    observed: &'a Observations,
    today: Date,
    possible_calls: &'a PossibleCalls,
}

impl Examination<'_> {
    fn check_connection(&self, found: &mut Vec<Finding>) {
        match self.observed.connection {
            Some(ObservedConnection::None) => found.push(Finding::NotConnected),
            Some(ObservedConnection::Refused) => found.push(Finding::TokenRefused),
            Some(ObservedConnection::Connected(bot)) => {
                let hosts = self.settings.hosts().iter();
                let bot_hosts = hosts.filter(|host| host.account == Some(bot));
                found.extend(bot_hosts.map(|host| Finding::BotIsHost {
                    host: host.id.clone(),
                }));
            }
            None => {}
        }
        if self.observed.unreadable > 0 {
            found.push(Finding::UnreadableEntries {
                count: self.observed.unreadable,
            });
        }
        if self.settings.site().default_room.is_none() {
            found.push(Finding::NoDefaultRoom);
        }
    }

    fn check_accounts(&self, found: &mut Vec<Finding>) {
        let mut owners: BTreeMap<AccountId, Vec<HostId>> = BTreeMap::new();
        for host in self.settings.hosts() {
            if let Some(account) = host.account {
                owners.entry(account).or_default().push(host.id.clone());
            }
        }
        let free_accounts = self.free_accounts_by_name(&owners);
        for host in self.settings.hosts() {
            let suggestion = || free_accounts.get(&fold(&host.name)).copied().flatten();
            match host.account {
                None if self.possible_calls.callable_or_in_charge.contains(&host.id) => {
                    found.push(Finding::NoAccount {
                        host: host.id.clone(),
                        suggestion: suggestion(),
                    });
                }
                Some(account) if self.is_bot(account) => {}
                Some(account) => self.check_account(host, account, suggestion, found),
                None => {}
            }
        }
        let shared = owners.into_iter().filter(|(_, hosts)| hosts.len() > 1);
        found.extend(shared.map(|(account, hosts)| Finding::SharedAccount { account, hosts }));
    }

    fn check_account(
        &self,
        host: &Host,
        account: AccountId,
        suggestion: impl Fn() -> Option<AccountId>,
        found: &mut Vec<Finding>,
    ) {
        let is_direct = self.possible_calls.direct_accounts.contains(&account);
        let Some(contacts) = &self.observed.contacts else {
            return;
        };
        let is_used = is_direct || self.possible_calls.callable_or_in_charge.contains(&host.id);
        if self.is_unknown(account) && is_used {
            found.push(Finding::UnknownAccount {
                host: host.id.clone(),
                is_direct,
                suggestion: suggestion(),
            });
        } else if is_direct && !contacts.contains(&account) {
            let mut requests = self.observed.requests.iter();
            let request = requests.find(|request| request.account == account);
            found.push(Finding::NotAContact {
                host: host.id.clone(),
                request: request.map(|request| request.id),
            });
        }
    }

    fn is_bot(&self, account: AccountId) -> bool {
        self.observed.connection == Some(ObservedConnection::Connected(account))
    }

    /// True when all lists that could contain the account were observed, and none contains it.
    fn is_unknown(&self, account: AccountId) -> bool {
        let has_members = |room: &RoomId| self.observed.members.contains_key(room);
        let is_complete = self.observed.contacts.is_some()
            && self.possible_calls.mentions.keys().all(has_members);
        let has_request = self
            .observed
            .requests
            .iter()
            .any(|request| request.account == account);
        is_complete && !has_request && !self.observed.people.contains_key(&account)
    }

    /// Accounts without a host by folded name; `None` for a name shared by several.
    fn free_accounts_by_name(
        &self,
        owners: &BTreeMap<AccountId, Vec<HostId>>,
    ) -> BTreeMap<String, Option<AccountId>> {
        let mut free_accounts = BTreeMap::new();
        for (account, name) in &self.observed.people {
            if owners.contains_key(account) || self.is_bot(*account) {
                continue;
            }
            free_accounts
                .entry(fold(name))
                .and_modify(|only| *only = None)
                .or_insert(Some(*account));
        }
        free_accounts
    }

    fn check_groups(&self, found: &mut Vec<Finding>) {
        for group in &self.possible_calls.groups_without_in_charge {
            let group = group.clone();
            found.push(Finding::NobodyInCharge { group });
        }
        let unmentioned = &self.possible_calls.groups_without_mention
            - &self.possible_calls.groups_without_in_charge;
        let groups: Vec<GroupId> = unmentioned.into_iter().collect();
        if !groups.is_empty() {
            found.push(Finding::NobodyMentioned { groups });
        }
        self.check_default_room(found);
        if !self.settings.devices().is_empty() {
            self.check_reachable_groups(found);
        }
    }

    fn check_reachable_groups(&self, found: &mut Vec<Finding>) {
        let mut reachable: BTreeSet<&GroupId> =
            self.possible_calls.callable_groups.iter().collect();
        for host in self.settings.hosts() {
            if self.possible_calls.callable_hosts.contains(&host.id) {
                reachable.extend(&host.groups);
            }
        }
        // Calls for staff reach the people in charge of these groups.
        reachable.extend(groups_of_default_room(self.settings).map(|group| &group.id));
        let ancestors: Vec<&GroupId> = reachable
            .iter()
            .flat_map(|group| self.settings.ancestors(group).map(|ancestor| &ancestor.id))
            .collect();
        reachable.extend(ancestors);
        let all = self.settings.groups().iter().map(|group| &group.id);
        let groups: Vec<GroupId> = all.filter(|id| !reachable.contains(id)).cloned().collect();
        if !groups.is_empty() {
            found.push(Finding::UnreachableGroups { groups });
        }
    }

    /// Checks whom calls for staff mention, and who reads the calls to groups without a room.
    fn check_default_room(&self, found: &mut Vec<Finding>) {
        let possible_calls = self.possible_calls;
        let groups = groups_of_default_room(self.settings);
        let groups: Vec<GroupId> = groups.map(|group| group.id.clone()).collect();
        // A group without people in charge is reported already, and is the cause of both.
        let is_reported = |group: &GroupId| {
            possible_calls.groups_without_mention.contains(group)
                || possible_calls.groups_without_in_charge.contains(group)
        };
        if possible_calls.is_staff_unmentioned && !groups.iter().any(is_reported) {
            found.push(Finding::StaffUnmentioned { groups });
        }
        let default = self.settings.site().default_room;
        let members = default.and_then(|room| self.observed.members.get(&room));
        let readers = members.map_or(0, |members| {
            members
                .iter()
                .filter(|account| !self.is_bot(**account))
                .count()
        });
        let groups: Vec<GroupId> = possible_calls
            .groups_in_default_room
            .iter()
            .cloned()
            .collect();
        if readers > 0 && !groups.is_empty() {
            found.push(Finding::ReadInDefaultRoom { groups, readers });
        }
    }

    fn check_absences(&self, found: &mut Vec<Finding>) {
        for host in self.settings.hosts() {
            if !host.is_absent(self.today)
                || !self.possible_calls.callable_or_in_charge.contains(&host.id)
            {
                continue;
            }
            let host_id = host.id.clone();
            let mut delegates = host
                .delegates
                .iter()
                .filter_map(|id| self.settings.host(id))
                .filter(|delegate| delegate.account.is_some())
                .peekable();
            if delegates.peek().is_none() {
                found.push(Finding::AbsentWithoutDelegate { host: host_id });
            } else if delegates.all(|delegate| delegate.is_absent(self.today)) {
                found.push(Finding::AbsentWithDelegates { host: host_id });
            }
        }
    }

    fn check_tablets(&self, found: &mut Vec<Finding>) {
        let is_paired = self
            .observed
            .paired
            .as_ref()
            .is_some_and(|paired| !paired.is_empty());
        if is_paired && self.settings.site().exit_pin.is_none() {
            found.push(Finding::NoExitPin);
        }
        if is_paired && self.settings.site().alarms.room.is_none() {
            found.push(Finding::NoAlarmRoom);
        }
        for device in self.settings.devices() {
            let id = device.id.clone();
            if device.menu.is_empty() {
                found.push(Finding::EmptyMenu { device: id.clone() });
            }
            let paired = self.observed.paired.as_ref();
            if self.observed.silent.contains(&id) {
                found.push(Finding::SilentTablet { device: id.clone() });
            } else if let Some(&trouble) = self.observed.streams.get(&id) {
                // A silent tablet has no events at all.
                let device = id.clone();
                found.push(Finding::LateEvents { device, trouble });
            }
            if paired.is_some_and(|paired| !paired.contains(&id)) {
                found.push(Finding::NotPaired { device: id });
            }
        }
    }

    fn check_requests(&self, found: &mut Vec<Finding>) {
        for request in &self.observed.requests {
            let mut hosts = self.settings.hosts().iter();
            let host = hosts.find(|host| host.account == Some(request.account));
            let is_reported = found.iter().any(
                |finding| matches!(finding, Finding::NotAContact { request: Some(id), .. } if *id == request.id),
            );
            if !is_reported {
                found.push(Finding::RequestWaiting {
                    request: request.clone(),
                    host: host.map(|host| host.id.clone()),
                });
            }
        }
    }
}
