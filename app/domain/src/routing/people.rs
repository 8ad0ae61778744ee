//! Who is meant by a call: the host or those in charge of the group, and whoever stands in for them.

use std::collections::BTreeSet;

use super::{MAX_PEOPLE, Target, TraceStep};
use crate::model::date::Date;
use crate::model::directory::{Group, Host};
use crate::model::id::{AccountId, HostId};
use crate::model::settings::Settings;

/// The people of one call. Everybody has an account, nobody stands twice.
#[derive(Default)]
pub(super) struct People {
    /// The host who was called, or those in charge of the group, in its order.
    pub(super) called: Vec<(HostId, AccountId)>,
    /// Delegates of those who are absent, in the order of those.
    stand_ins: Vec<(HostId, AccountId)>,
    /// One step for each in-charge host without an account.
    pub(super) passed_over: Vec<TraceStep>,
    /// One step for each absent host: whose delegates are told too, or that there are none. After it
    /// one step for each of those delegates who is absent as well.
    pub(super) absences: Vec<TraceStep>,
}

/// The accounts of everybody whom a call can be for, on whatever day: the host or those in charge of the
/// group, and their delegates; for a host without account those in charge of their first group and of the
/// groups above it; for staff those in charge of the groups whose own room the default room is. A message
/// of the call mentions nobody else.
#[must_use]
pub fn possible_recipients(settings: &Settings, target: &Target) -> BTreeSet<AccountId> {
    let called: Vec<&HostId> = match target {
        Target::Host(id) => {
            let host = settings.host(id);
            let without = host.filter(|host| host.account.is_none());
            let first = without.and_then(|host| host.groups.first());
            let above = first
                .into_iter()
                .flat_map(|first| settings.ancestors(first));
            let in_charge = above.flat_map(|group| &group.in_charge);
            in_charge.chain([id]).collect()
        }
        Target::Group(id) => {
            let group = settings.group(id).into_iter();
            group.flat_map(|group| &group.in_charge).collect()
        }
        Target::Staff => {
            let here = in_default_room(settings);
            here.flat_map(|group| &group.in_charge).collect()
        }
    };
    let hosts = called.into_iter().filter_map(|id| settings.host(id));
    let with_delegates = hosts.flat_map(|host| {
        let delegates = host.delegates.iter().filter_map(|id| settings.host(id));
        delegates.chain([host])
    });
    with_delegates.filter_map(|host| host.account).collect()
}

/// The groups whose own room the default room is.
pub(super) fn in_default_room(settings: &Settings) -> impl Iterator<Item = &Group> {
    let default = settings.site().default_room;
    let groups = settings.groups().iter();
    groups.filter(move |group| default.is_some() && group.room == default)
}

/// One host, and their delegates while they are absent.
pub(super) fn of_host(settings: &Settings, host: &Host, today: Date) -> People {
    let mut people = People::default();
    people.call(host);
    people.stand_in(settings, host, today);
    people
}

/// Those in charge of a group, and the delegates of the absent ones.
pub(super) fn in_charge_of(settings: &Settings, group: &Group, today: Date) -> People {
    let mut people = People::default();
    let hosts: Vec<&Host> = group
        .in_charge
        .iter()
        .filter_map(|id| settings.host(id))
        .collect();
    for host in &hosts {
        if host.account.is_none() {
            people.passed_over.push(TraceStep::InChargeWithoutAccount {
                group: group.id.clone(),
                host: host.id.clone(),
            });
        }
        people.call(host);
    }
    for host in hosts {
        people.stand_in(settings, host, today);
    }
    people
}

impl People {
    /// Everybody, those who were called first.
    pub(super) fn all(&self) -> impl Iterator<Item = (&HostId, AccountId)> {
        let all = self.called.iter().chain(&self.stand_ins);
        all.map(|(host, account)| (host, *account))
    }

    /// True when nobody here can be told or mentioned.
    pub(super) fn is_nobody(&self) -> bool {
        self.all().next().is_none()
    }

    /// Adds the people of another group, as many as one message may mention.
    pub(super) fn join(&mut self, other: Self) {
        for (host, account) in other.called.into_iter().chain(other.stand_ins) {
            let is_new = self.all().all(|(_, taken)| taken != account);
            if is_new && self.called.len() < MAX_PEOPLE {
                self.called.push((host, account));
            }
        }
        self.passed_over.extend(other.passed_over);
        self.absences.extend(other.absences);
    }

    /// Whom a room message mentions.
    pub(super) fn mentions(&self) -> Vec<HostId> {
        self.all().map(|(host, _)| host.clone()).collect()
    }

    fn call(&mut self, host: &Host) {
        if let Some(account) = self.new_account(host) {
            self.called.push((host.id.clone(), account));
        }
    }

    /// Our decision: while a host is absent their delegates are told too, but not the delegates'
    /// delegates, even when those are absent themselves.
    fn stand_in(&mut self, settings: &Settings, host: &Host, today: Date) {
        if !host.is_absent(today) {
            return;
        }
        let mut delegates: Vec<HostId> = Vec::new();
        let mut absent_too = Vec::new();
        for delegate in host.delegates.iter().filter_map(|id| settings.host(id)) {
            let named = delegate.id == host.id || delegates.contains(&delegate.id);
            if delegate.account.is_none() || named {
                continue;
            }
            delegates.push(delegate.id.clone());
            if delegate.is_absent(today) {
                let host = delegate.id.clone();
                absent_too.push(TraceStep::DelegateAbsent { host });
            }
            if let Some(account) = self.new_account(delegate) {
                self.stand_ins.push((delegate.id.clone(), account));
            }
        }
        let host = host.id.clone();
        self.absences
            .push(TraceStep::AbsentSoDelegates { host, delegates });
        self.absences.extend(absent_too);
    }

    /// The host's account, unless somebody here has it already.
    fn new_account(&self, host: &Host) -> Option<AccountId> {
        let account = host.account?;
        let taken = self.all().any(|(_, other)| other == account);
        (!taken).then_some(account)
    }
}
