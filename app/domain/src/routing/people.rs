//! Recipients of a call: the host or the in-charge hosts of the group, and the delegates of absent ones.

use std::collections::BTreeSet;

use super::{MAX_RECIPIENTS, Target, TraceStep};
use crate::model::date::Date;
use crate::model::directory::{Group, Host};
use crate::model::id::{AccountId, GroupId, HostId};
use crate::model::settings::Settings;

/// Recipients of one call. Each has an account and occurs once.
#[derive(Default)]
pub(crate) struct People {
    /// The called host, or the in-charge hosts in the group's order; then everybody who was merged.
    pub(crate) called: Vec<(HostId, AccountId)>,
    /// Delegates of absent hosts, in the order of the hosts.
    delegates: Vec<(HostId, AccountId)>,
    /// One step for each in-charge host without account.
    pub(super) without_account: Vec<TraceStep>,
    /// One step for each absent host with its delegates, each followed by one step for each absent delegate.
    pub(super) absences: Vec<TraceStep>,
}

/// Accounts of all hosts that a call may notify or mention, on any day: the host or the in-charge hosts of the
/// group, with their delegates; for a host without account also the in-charge hosts of the first group and its
/// ancestors; for staff the in-charge hosts of the groups whose own room is the default room.
#[must_use]
pub fn possible_recipients(settings: &Settings, target: &Target) -> BTreeSet<AccountId> {
    let called: Vec<&HostId> = match target {
        Target::Host(id) => {
            let host = settings.host(id);
            let without_account = host.filter(|host| host.account.is_none());
            let first_group = without_account.and_then(|host| host.groups.first());
            let groups = first_group
                .into_iter()
                .flat_map(|first_group| settings.ancestors(first_group));
            let in_charge = groups.flat_map(|group| &group.in_charge);
            in_charge.chain([id]).collect()
        }
        Target::Group(id) => {
            let group = settings.group(id).into_iter();
            group.flat_map(|group| &group.in_charge).collect()
        }
        Target::Staff => {
            let groups = groups_of_default_room(settings);
            groups.flat_map(|group| &group.in_charge).collect()
        }
    };
    with_delegates(settings, called.into_iter()).collect()
}

/// Accounts of all hosts that a message of the call's escalation may mention, on any day: the recipients of the call
/// ([`possible_recipients`]), the in-charge hosts of the group or of the host's first group and of its ancestors, and
/// the in-charge hosts of the groups whose own room is the default room, each with the delegates.
#[must_use]
pub fn possible_recipients_of_later_messages(
    settings: &Settings,
    target: &Target,
) -> BTreeSet<AccountId> {
    let called_group = match target {
        Target::Host(id) => settings.host(id).and_then(|host| host.groups.first()),
        Target::Group(id) => Some(id),
        Target::Staff => None,
    };
    let with_ancestors = called_group
        .into_iter()
        .flat_map(|group| settings.ancestors(group));
    let groups = with_ancestors.chain(groups_of_default_room(settings));
    let in_charge = groups.flat_map(|group| &group.in_charge);
    let mut accounts = possible_recipients(settings, target);
    accounts.extend(with_delegates(settings, in_charge));
    accounts
}

/// Accounts of hosts and of their delegates.
fn with_delegates<'a>(
    settings: &'a Settings,
    hosts: impl Iterator<Item = &'a HostId>,
) -> impl Iterator<Item = AccountId> {
    let hosts = hosts.filter_map(|id| settings.host(id));
    let all = hosts.flat_map(|host| {
        let delegates = host.delegates.iter().filter_map(|id| settings.host(id));
        delegates.chain([host])
    });
    all.filter_map(|host| host.account)
}

/// Groups whose own room is the default room.
pub(crate) fn groups_of_default_room(settings: &Settings) -> impl Iterator<Item = &Group> {
    let default_room = settings.site().default_room;
    let groups = settings.groups().iter();
    groups.filter(move |group| default_room.is_some() && group.room == default_room)
}

/// Recipients of a call: the host, the in-charge hosts of the group, or the in-charge hosts of the default room's
/// groups, with the delegates of absent hosts. Nobody for an unknown target.
pub(crate) fn people_of(settings: &Settings, target: &Target, today: Date) -> People {
    match target {
        Target::Host(id) => {
            let host = settings.host(id);
            host.map(|host| people_of_host(settings, host, today))
        }
        Target::Group(id) => {
            let group = settings.group(id);
            group.map(|group| in_charge_of(settings, group, today))
        }
        Target::Staff => Some(staff(settings, today)),
    }
    .unwrap_or_default()
}

/// In-charge hosts of the groups whose own room is the default room, and the delegates of absent ones.
pub(crate) fn staff(settings: &Settings, today: Date) -> People {
    let mut people = People::default();
    for group in groups_of_default_room(settings) {
        people.merge(in_charge_of(settings, group, today));
    }
    people
}

/// The group, or its nearest ancestor, with in-charge hosts who can be notified; and these hosts.
pub(crate) fn in_charge_above<'a>(
    settings: &'a Settings,
    group: &GroupId,
    today: Date,
) -> Option<(&'a Group, People)> {
    let mut groups = settings.ancestors(group);
    groups.find_map(|group| {
        let people = in_charge_of(settings, group, today);
        (!people.is_empty()).then_some((group, people))
    })
}

/// One host, with the delegates during an absence.
pub(super) fn people_of_host(settings: &Settings, host: &Host, today: Date) -> People {
    let mut people = People::default();
    people.add(host);
    people.add_delegates(settings, host, today);
    people
}

/// In-charge hosts of a group, and the delegates of absent ones.
pub(super) fn in_charge_of(settings: &Settings, group: &Group, today: Date) -> People {
    let mut people = People::default();
    let hosts: Vec<&Host> = group
        .in_charge
        .iter()
        .filter_map(|id| settings.host(id))
        .collect();
    for host in &hosts {
        if host.account.is_none() {
            people
                .without_account
                .push(TraceStep::InChargeWithoutAccount {
                    group: group.id.clone(),
                    host: host.id.clone(),
                });
        }
        people.add(host);
    }
    for host in hosts {
        people.add_delegates(settings, host, today);
    }
    people
}

impl People {
    /// All recipients: called hosts first, then delegates.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&HostId, AccountId)> {
        let all = self.called.iter().chain(&self.delegates);
        all.map(|(host, account)| (host, *account))
    }

    /// These recipients, then the recipients `other`, up to [`MAX_RECIPIENTS`].
    pub(crate) fn merged(mut self, other: Self) -> Self {
        self.merge(other);
        self
    }

    /// True when nobody can be notified or mentioned.
    pub(crate) fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// Adds the recipients `other`, up to [`MAX_RECIPIENTS`].
    pub(crate) fn merge(&mut self, other: Self) {
        for (host, account) in other.called.into_iter().chain(other.delegates) {
            let is_new = self.all().all(|(_, known)| known != account);
            let count = self.called.len() + self.delegates.len();
            if is_new && count < MAX_RECIPIENTS {
                self.called.push((host, account));
            }
        }
        self.without_account.extend(other.without_account);
        self.absences.extend(other.absences);
    }

    /// Hosts that a message in a room mentions.
    pub(crate) fn mentions(&self) -> Vec<HostId> {
        self.all().map(|(host, _)| host.clone()).collect()
    }

    /// Adds a called host, if the host has an account.
    fn add(&mut self, host: &Host) {
        if let Some(account) = self.new_account(host) {
            self.called.push((host.id.clone(), account));
        }
    }

    /// Adds the delegates of an absent host. Our decision: delegates of absent delegates are not added.
    fn add_delegates(&mut self, settings: &Settings, host: &Host, today: Date) {
        if !host.is_absent(today) {
            return;
        }
        let mut notified: Vec<HostId> = Vec::new();
        let mut absent_delegates = Vec::new();
        for delegate in host.delegates.iter().filter_map(|id| settings.host(id)) {
            let is_repeated = delegate.id == host.id || notified.contains(&delegate.id);
            if delegate.account.is_none() || is_repeated {
                continue;
            }
            notified.push(delegate.id.clone());
            if delegate.is_absent(today) {
                let host = delegate.id.clone();
                absent_delegates.push(TraceStep::DelegateAbsent { host });
            }
            if let Some(account) = self.new_account(delegate) {
                self.delegates.push((delegate.id.clone(), account));
            }
        }
        let host = host.id.clone();
        self.absences.push(TraceStep::AbsentSoDelegates {
            host,
            delegates: notified,
        });
        self.absences.extend(absent_delegates);
    }

    /// The host's account, unless another recipient has it.
    fn new_account(&self, host: &Host) -> Option<AccountId> {
        let account = host.account?;
        let is_taken = self.all().any(|(_, other)| other == account);
        (!is_taken).then_some(account)
    }
}
