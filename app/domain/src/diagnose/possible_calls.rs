//! Destinations and recipients of every call that the tablets allow, found by routing each call, and of the
//! escalations.

use std::collections::{BTreeMap, BTreeSet};

use crate::escalation::{self, ResolvedStep};
use crate::model::date::Date;
use crate::model::id::{AccountId, DeviceId, GroupId, HostId, RoomId};
use crate::model::menu::{Action, Button, Method};
use crate::model::settings::Settings;
use crate::routing::{Destination, Resolution, RouteRequest, Target, TraceStep, resolve};

/// Destinations and recipients of all possible calls.
#[derive(Debug, Default)]
pub(super) struct PossibleCalls {
    /// Rooms of the calls and of their escalations.
    pub(super) rooms: BTreeSet<RoomId>,
    /// Hosts mentioned in each room by the calls themselves. Rooms without a mention are left out.
    pub(super) mentions: BTreeMap<RoomId, BTreeSet<HostId>>,
    /// Accounts notified in private chats, also by an escalation.
    pub(super) direct_accounts: BTreeSet<AccountId>,
    /// Hosts who can be called, or who are in charge of a group that can be called.
    pub(super) callable_or_in_charge: BTreeSet<HostId>,
    /// Hosts who can be called.
    pub(super) callable_hosts: BTreeSet<HostId>,
    /// Groups that can be called.
    pub(super) callable_groups: BTreeSet<GroupId>,
    /// Groups called directly of whose in-charge hosts none has an account.
    pub(super) groups_without_in_charge: BTreeSet<GroupId>,
    /// Groups called in a room without a mention.
    pub(super) groups_without_mention: BTreeSet<GroupId>,
    /// True when calls for staff mention nobody.
    pub(super) is_staff_unmentioned: bool,
    /// Groups whose calls, or whose hosts' calls, go to the default room because no group above has a room.
    pub(super) groups_in_default_room: BTreeSet<GroupId>,
}

impl PossibleCalls {
    pub(super) fn of(settings: &Settings, today: Date) -> Self {
        let mut calls = Self::default();
        for (target, method) in possible_calls(settings) {
            let request = RouteRequest {
                target,
                method,
                today,
            };
            calls.record(settings, &request, resolve(settings, &request));
        }
        for call in escalated_calls(settings, today) {
            for delivery in call.steps.into_iter().flat_map(|step| step.deliveries) {
                match delivery.to {
                    Destination::Room(room) => calls.rooms.insert(room),
                    Destination::Account(account) => calls.direct_accounts.insert(account),
                };
            }
        }
        calls
    }

    /// Adds the destinations and recipients of one call.
    fn record(&mut self, settings: &Settings, request: &RouteRequest, resolution: Resolution) {
        let mut is_anybody_mentioned = false;
        for delivery in resolution.deliveries {
            match delivery.to {
                Destination::Room(room) => {
                    self.rooms.insert(room);
                    if !delivery.mentions.is_empty() {
                        is_anybody_mentioned = true;
                        let mentions = self.mentions.entry(room).or_default();
                        mentions.extend(delivery.mentions);
                    }
                }
                Destination::Account(account) => {
                    self.direct_accounts.insert(account);
                }
            }
        }
        match &request.target {
            Target::Staff => self.is_staff_unmentioned = !is_anybody_mentioned,
            Target::Host(host) => {
                self.callable_or_in_charge.insert(host.clone());
                self.callable_hosts.insert(host.clone());
            }
            Target::Group(id) => {
                self.callable_groups.insert(id.clone());
                let in_charge = settings.group(id).into_iter();
                self.callable_or_in_charge
                    .extend(in_charge.flat_map(|group| group.in_charge.iter().cloned()));
                if request.method == Method::Room && !is_anybody_mentioned {
                    self.groups_without_mention.insert(id.clone());
                }
            }
        }
        let mut called_group = match &request.target {
            Target::Group(id) => Some(id.clone()),
            Target::Host(_) | Target::Staff => None,
        };
        for step in resolution.trace {
            match step {
                TraceStep::NobodyInCharge { group } => {
                    self.groups_without_in_charge.insert(group);
                }
                TraceStep::FirstGroup { group, .. } => called_group = Some(group),
                TraceStep::DefaultRoom { .. } => {
                    self.groups_in_default_room.extend(called_group.take());
                }
                _ => {}
            }
        }
    }
}

/// Every call that a visitor can make, each once: by the buttons, and for staff.
fn possible_calls(settings: &Settings) -> BTreeSet<(Target, Method)> {
    let mut calls = BTreeSet::new();
    // Every tablet offers to call staff, in the default room.
    if settings.site().default_room.is_some() && !settings.devices().is_empty() {
        calls.insert((Target::Staff, Method::Room));
    }
    for button in settings.devices().iter().flat_map(|device| &device.menu) {
        let targets = targets_of(settings, button).into_iter();
        calls.extend(targets.map(|target| (target, button.method)));
    }
    calls
}

/// Hosts or groups that a visitor can call with a button.
fn targets_of(settings: &Settings, button: &Button) -> Vec<Target> {
    match &button.action {
        Action::Custom { group } => vec![Target::Group(group.clone())],
        Action::GroupSelection { below } => {
            let mut groups = Vec::new();
            collect_callable(settings, below.as_ref(), &mut BTreeSet::new(), &mut groups);
            groups.into_iter().map(Target::Group).collect()
        }
        Action::HostOpen | Action::HostClosed | Action::HostSearch => {
            let hosts = settings.hosts().iter().filter(|host| !host.hidden);
            hosts.map(|host| Target::Host(host.id.clone())).collect()
        }
    }
}

/// A possible call with the steps of its escalation.
pub(super) struct EscalatedCall {
    pub(super) target: Target,
    /// Device of a button with steps of its own; `None` for the site's steps.
    pub(super) device: Option<DeviceId>,
    pub(super) steps: Vec<ResolvedStep>,
}

/// Every call with an escalation that a visitor can make: by the buttons, and for staff.
pub(super) fn escalated_calls(settings: &Settings, today: Date) -> Vec<EscalatedCall> {
    let escalated_call = |target, method, button: Option<&Button>, device| {
        let request = RouteRequest {
            target,
            method,
            today,
        };
        let resolution = resolve(settings, &request);
        let steps = escalation::steps_of(settings, button);
        EscalatedCall {
            steps: escalation::resolve(settings, &request, &resolution, steps),
            target: request.target,
            device,
        }
    };
    let has_steps = |button| !escalation::steps_of(settings, button).is_empty();
    let mut calls = Vec::new();
    for device in settings.devices() {
        let menu = device.menu.iter();
        for button in menu.filter(|button| has_steps(Some(*button))) {
            let device_of_own_steps = button.escalation.as_ref().map(|_| device.id.clone());
            for target in targets_of(settings, button) {
                let device = device_of_own_steps.clone();
                calls.push(escalated_call(target, button.method, Some(button), device));
            }
        }
    }
    if !settings.devices().is_empty() && has_steps(None) {
        calls.push(escalated_call(Target::Staff, Method::Room, None, None));
    }
    calls
}

/// Collects the callable groups below a group at any depth. Terminates even on a cycle of parents.
fn collect_callable(
    settings: &Settings,
    parent: Option<&GroupId>,
    visited: &mut BTreeSet<GroupId>,
    groups: &mut Vec<GroupId>,
) {
    for group in settings.children(parent).filter(|group| !group.hidden) {
        if !visited.insert(group.id.clone()) {
            continue;
        }
        if !group.not_callable {
            groups.push(group.id.clone());
        }
        collect_callable(settings, Some(&group.id), visited, groups);
    }
}
