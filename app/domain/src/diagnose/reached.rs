//! Everything that the tablets' buttons can reach, found by pressing each of them in thought.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::date::Date;
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::menu::{Action, Method};
use crate::model::settings::Settings;
use crate::routing::{Destination, Resolution, RouteRequest, Target, TraceStep, resolve};

/// What calls can reach.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// Rooms that calls go to.
    pub(super) rooms: BTreeSet<RoomId>,
    /// Hosts mentioned there.
    pub(super) mentions: BTreeMap<RoomId, BTreeSet<HostId>>,
    /// Accounts told in private.
    pub(super) direct: BTreeSet<AccountId>,
    /// Hosts whom visitors can call, or who are in charge of a group that they can.
    pub(super) people: BTreeSet<HostId>,
    /// Hosts whom visitors can call.
    pub(super) callable: BTreeSet<HostId>,
    /// Groups that visitors can call.
    pub(super) groups: BTreeSet<GroupId>,
    /// Groups called directly with nobody to tell.
    pub(super) nobody_in_charge: BTreeSet<GroupId>,
    /// Groups called in a room with nobody to mention.
    pub(super) unmentioned: BTreeSet<GroupId>,
}

impl Reached {
    pub(super) fn of(settings: &Settings, today: Date) -> Self {
        let mut reached = Self::default();
        for (target, method) in targets(settings) {
            let tap = RouteRequest {
                target,
                method,
                today,
            };
            reached.note(settings, &tap, resolve(settings, &tap));
        }
        reached
    }

    fn note(&mut self, settings: &Settings, tap: &RouteRequest, resolution: Resolution) {
        let mut mentioned = false;
        for delivery in resolution.deliveries {
            match delivery.to {
                Destination::Room(room) => {
                    mentioned |= !delivery.mentions.is_empty();
                    self.rooms.insert(room);
                    let mentions = self.mentions.entry(room).or_default();
                    mentions.extend(delivery.mentions);
                }
                Destination::Account(account) => {
                    self.direct.insert(account);
                }
            }
        }
        match &tap.target {
            Target::Staff => {}
            Target::Host(host) => {
                self.people.insert(host.clone());
                self.callable.insert(host.clone());
            }
            Target::Group(id) => {
                self.groups.insert(id.clone());
                let in_charge = settings.group(id).into_iter();
                self.people
                    .extend(in_charge.flat_map(|group| group.in_charge.iter().cloned()));
                if tap.method == Method::Room && !mentioned {
                    self.unmentioned.insert(id.clone());
                }
            }
        }
        for step in resolution.trace {
            if let TraceStep::NobodyInCharge { group } = step {
                self.nobody_in_charge.insert(group);
            }
        }
    }
}

/// Every call that a visitor can make, once.
fn targets(settings: &Settings) -> Vec<(Target, Method)> {
    let mut wishes = BTreeSet::new();
    for button in settings.devices().iter().flat_map(|device| &device.menu) {
        // `Method` has no order; its place among all of them serves.
        let method = Method::ALL
            .iter()
            .position(|method| *method == button.method);
        let method = method.unwrap_or_default();
        match &button.action {
            Action::Custom { group } => {
                wishes.insert((Target::Group(group.clone()), method));
            }
            Action::GroupSelection { below } => {
                let mut groups = Vec::new();
                offered(settings, below.as_ref(), &mut BTreeSet::new(), &mut groups);
                let groups = groups.into_iter();
                wishes.extend(groups.map(|group| (Target::Group(group), method)));
            }
            Action::HostOpen | Action::HostClosed | Action::HostSearch => {
                let hosts = settings.hosts().iter().filter(|host| !host.hidden);
                wishes.extend(hosts.map(|host| (Target::Host(host.id.clone()), method)));
            }
        }
    }
    let methods = wishes.into_iter();
    methods
        .map(|(target, method)| (target, Method::ALL[method]))
        .collect()
}

/// Groups that can be called below one, at any depth; ends even on a cycle of parents.
fn offered(
    settings: &Settings,
    parent: Option<&GroupId>,
    seen: &mut BTreeSet<GroupId>,
    groups: &mut Vec<GroupId>,
) {
    for group in settings.children(parent).filter(|group| !group.hidden) {
        if !seen.insert(group.id.clone()) {
            continue;
        }
        if !group.not_callable {
            groups.push(group.id.clone());
        }
        offered(settings, Some(&group.id), seen, groups);
    }
}
