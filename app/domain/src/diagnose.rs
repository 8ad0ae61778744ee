//! What would go wrong with the next call, found before a visitor finds it: settings held against
//! what Chatwork says. Whoever asks Chatwork hands in what was seen; what was not seen is not judged.

mod finding;
mod reached;
mod rooms;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::date::Date;
use crate::model::directory::Host;
use crate::model::id::{AccountId, DeviceId, GroupId, HostId, RoomId};
use crate::model::settings::Settings;
use crate::search::fold;
use crate::stream::StreamTrouble;

pub use finding::{Finding, Repair, Severity};

use reached::Reached;

/// What is known of Chatwork and of the tablets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observations {
    /// The connection; `None` before it is known.
    pub connection: Option<ObservedConnection>,
    /// The rooms the bot is in, with true for group chats.
    pub rooms: Option<BTreeMap<RoomId, bool>>,
    /// Members of the rooms that were read.
    pub members: BTreeMap<RoomId, BTreeSet<AccountId>>,
    /// The bot's contacts.
    pub contacts: Option<BTreeSet<AccountId>>,
    /// Names of everybody who was seen.
    pub people: BTreeMap<AccountId, String>,
    /// Contact requests that wait for the bot.
    pub requests: Vec<Request>,
    /// Entries of Chatwork's lists that were left out because they could not be read.
    pub unreadable: usize,
    /// Tablets that are paired.
    pub paired: Option<BTreeSet<DeviceId>>,
    /// Tablets that are on and say that events do not reach them as they happen.
    pub streams: BTreeMap<DeviceId, StreamTrouble>,
}

/// How the connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObservedConnection {
    /// There is no token.
    None,
    /// Chatwork refuses the token.
    Refused,
    /// Chatwork takes the token of this account.
    Connected(AccountId),
}

/// Somebody wants to be the bot's contact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    /// Chatwork's number of the request.
    pub id: u64,
    /// Who asks.
    pub account: AccountId,
    /// Their name.
    pub name: String,
}

/// Rooms whose members decide whether a mention arrives, those with the most mentions first. Members
/// are read room by room, so whoever reads them can stop early and lose least.
#[must_use]
pub fn rooms_to_read(settings: &Settings, today: Date) -> Vec<RoomId> {
    let reached = Reached::of(settings, today);
    let mut rooms: Vec<(usize, RoomId)> = reached
        .mentions
        .iter()
        .filter(|(_, hosts)| !hosts.is_empty())
        .map(|(room, hosts)| (hosts.len(), *room))
        .collect();
    rooms.sort_by_key(|&(hosts, room)| (std::cmp::Reverse(hosts), room));
    rooms.into_iter().map(|(_, room)| room).collect()
}

/// Everything that is wrong or may be, worst first.
#[must_use]
pub fn examine(settings: &Settings, seen: &Observations, today: Date) -> Vec<Finding> {
    let reached = Reached::of(settings, today);
    let round = Examination {
        settings,
        seen,
        today,
        reached: &reached,
    };
    let mut found = Vec::new();
    round.connection(&mut found);
    round.rooms(&mut found);
    round.accounts(&mut found);
    round.groups(&mut found);
    round.absences(&mut found);
    round.tablets(&mut found);
    round.requests(&mut found);
    found.sort_by_key(|finding| (finding.severity(), finding.clone()));
    found
}

/// One examination.
struct Examination<'a> {
    settings: &'a Settings,
    seen: &'a Observations,
    today: Date,
    reached: &'a Reached,
}

impl Examination<'_> {
    fn connection(&self, found: &mut Vec<Finding>) {
        match self.seen.connection {
            Some(ObservedConnection::None) => found.push(Finding::NotConnected),
            Some(ObservedConnection::Refused) => found.push(Finding::TokenRefused),
            Some(ObservedConnection::Connected(bot)) => {
                let own = self.settings.hosts().iter();
                let own = own.filter(|host| host.account == Some(bot));
                found.extend(own.map(|host| Finding::BotIsHost {
                    host: host.id.clone(),
                }));
            }
            None => {}
        }
        if self.seen.unreadable > 0 {
            found.push(Finding::UnreadableEntries {
                count: self.seen.unreadable,
            });
        }
        if self.settings.site().default_room.is_none() {
            found.push(Finding::NoDefaultRoom);
        }
    }

    fn accounts(&self, found: &mut Vec<Finding>) {
        let mut owners: BTreeMap<AccountId, Vec<HostId>> = BTreeMap::new();
        for host in self.settings.hosts() {
            if let Some(account) = host.account {
                owners.entry(account).or_default().push(host.id.clone());
            }
        }
        let people = self.people_by_name(&owners);
        for host in self.settings.hosts() {
            let suggestion = || people.get(&fold(&host.name)).copied().flatten();
            match host.account {
                None if self.reached.people.contains(&host.id) => {
                    found.push(Finding::NoAccount {
                        host: host.id.clone(),
                        suggestion: suggestion(),
                    });
                }
                Some(account) if self.is_bot(account) => {}
                Some(account) => self.account(host, account, suggestion, found),
                None => {}
            }
        }
        let shared = owners.into_iter().filter(|(_, hosts)| hosts.len() > 1);
        found.extend(shared.map(|(account, hosts)| Finding::SharedAccount { account, hosts }));
    }

    fn account(
        &self,
        host: &Host,
        account: AccountId,
        suggestion: impl Fn() -> Option<AccountId>,
        found: &mut Vec<Finding>,
    ) {
        let direct = self.reached.direct.contains(&account);
        let Some(contacts) = &self.seen.contacts else {
            return;
        };
        let used = direct || self.reached.people.contains(&host.id);
        if self.is_unknown(account) && used {
            found.push(Finding::UnknownAccount {
                host: host.id.clone(),
                direct,
                suggestion: suggestion(),
            });
        } else if direct && !contacts.contains(&account) {
            let mut requests = self.seen.requests.iter();
            let request = requests.find(|request| request.account == account);
            found.push(Finding::NotAContact {
                host: host.id.clone(),
                request: request.map(|request| request.id),
            });
        }
    }

    fn is_bot(&self, account: AccountId) -> bool {
        self.seen.connection == Some(ObservedConnection::Connected(account))
    }

    /// True when everything has been read that could show the account, and nothing does.
    fn is_unknown(&self, account: AccountId) -> bool {
        let read = |room: &RoomId| self.seen.members.contains_key(room);
        let all = self.seen.contacts.is_some() && self.reached.mentions.keys().all(read);
        let asks = self
            .seen
            .requests
            .iter()
            .any(|request| request.account == account);
        all && !asks && !self.seen.people.contains_key(&account)
    }

    /// People without a host, by folded name; `None` where several share one.
    fn people_by_name(
        &self,
        owners: &BTreeMap<AccountId, Vec<HostId>>,
    ) -> BTreeMap<String, Option<AccountId>> {
        let mut people = BTreeMap::new();
        for (account, name) in &self.seen.people {
            if owners.contains_key(account) || self.is_bot(*account) {
                continue;
            }
            people
                .entry(fold(name))
                .and_modify(|only| *only = None)
                .or_insert(Some(*account));
        }
        people
    }

    fn groups(&self, found: &mut Vec<Finding>) {
        for group in &self.reached.nobody_in_charge {
            let group = group.clone();
            found.push(Finding::NobodyInCharge { group });
        }
        let silent = self.reached.unmentioned.iter();
        let silent = silent.filter(|group| !self.reached.nobody_in_charge.contains(*group));
        let groups: Vec<GroupId> = silent.cloned().collect();
        if !groups.is_empty() {
            found.push(Finding::NobodyMentioned { groups });
        }
        if self.settings.devices().is_empty() {
            return;
        }
        let mut led_to: BTreeSet<&GroupId> = self.reached.groups.iter().collect();
        for host in self.settings.hosts() {
            if self.reached.callable.contains(&host.id) {
                led_to.extend(&host.groups);
            }
        }
        let above: Vec<&GroupId> = led_to
            .iter()
            .flat_map(|group| self.settings.ancestors(group).map(|above| &above.id))
            .collect();
        led_to.extend(above);
        let all = self.settings.groups().iter().map(|group| &group.id);
        let groups: Vec<GroupId> = all.filter(|id| !led_to.contains(id)).cloned().collect();
        if !groups.is_empty() {
            found.push(Finding::UnreachableGroups { groups });
        }
    }

    fn absences(&self, found: &mut Vec<Finding>) {
        for host in self.settings.hosts() {
            if !host.is_absent(self.today) || !self.reached.people.contains(&host.id) {
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
                found.push(Finding::AbsentAlone { host: host_id });
            } else if delegates.all(|delegate| delegate.is_absent(self.today)) {
                found.push(Finding::AbsentWithDelegates { host: host_id });
            }
        }
    }

    fn tablets(&self, found: &mut Vec<Finding>) {
        for device in self.settings.devices() {
            let id = device.id.clone();
            if device.menu.is_empty() {
                found.push(Finding::EmptyMenu { device: id.clone() });
            }
            let paired = self.seen.paired.as_ref();
            if let Some(&trouble) = self.seen.streams.get(&id) {
                let device = id.clone();
                found.push(Finding::LateEvents { device, trouble });
            }
            if paired.is_some_and(|paired| !paired.contains(&id)) {
                found.push(Finding::NotPaired { device: id });
            }
        }
    }

    fn requests(&self, found: &mut Vec<Finding>) {
        for request in &self.seen.requests {
            let mut hosts = self.settings.hosts().iter();
            let host = hosts.find(|host| host.account == Some(request.account));
            let told = found.iter().any(
                |finding| matches!(finding, Finding::NotAContact { request: Some(id), .. } if *id == request.id),
            );
            if !told {
                found.push(Finding::RequestWaiting {
                    request: request.clone(),
                    host: host.map(|host| host.id.clone()),
                });
            }
        }
    }
}
