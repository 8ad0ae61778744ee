//! Destinations and recipients of every call that the tablets' buttons allow, found by routing each.

use std::collections::{BTreeMap, BTreeSet};

use crate::escalation::{self, ResolvedStep};
use crate::model::date::Date;
use crate::model::id::{AccountId, DeviceId, GroupId, HostId, RoomId};
use crate::model::menu::{Action, Button, Method};
use crate::model::settings::Settings;
use crate::routing::{Destination, Resolution, RouteRequest, Target, TraceStep, resolve};

/// Destinations and recipients of all possible calls.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// Rooms of the calls.
    pub(super) rooms: BTreeSet<RoomId>,
    /// Hosts mentioned in each room.
    pub(super) mentions: BTreeMap<RoomId, BTreeSet<HostId>>,
    /// Accounts notified in private chats.
    pub(super) direct: BTreeSet<AccountId>,
    /// Hosts who can be called, or who are in charge of a group that can be called.
    pub(super) people: BTreeSet<HostId>,
    /// Hosts who can be called.
    pub(super) callable: BTreeSet<HostId>,
    /// Groups that can be called.
    pub(super) groups: BTreeSet<GroupId>,
    /// Groups called directly whose in-charge hosts have no account.
    pub(super) nobody_in_charge: BTreeSet<GroupId>,
    /// Groups called in a room without a mention.
    pub(super) unmentioned: BTreeSet<GroupId>,
    /// True when calls for staff mention nobody.
    pub(super) is_staff_unmentioned: bool,
    /// Groups whose calls, or whose hosts' calls, go to the default room because no group above has a room.
    pub(super) in_default_room: BTreeSet<GroupId>,
}

impl Reached {
    pub(super) fn of(settings: &Settings, today: Date) -> Self {
        let mut reached = Self::default();
        for (target, method) in possible_calls(settings) {
            let request = RouteRequest {
                target,
                method,
                today,
            };
            reached.record(settings, &request, resolve(settings, &request));
        }
        for call in escalated_calls(settings, today) {
            for delivery in call.steps.into_iter().flat_map(|step| step.deliveries) {
                match delivery.to {
                    Destination::Room(room) => reached.rooms.insert(room),
                    Destination::Account(account) => reached.direct.insert(account),
                };
            }
        }
        reached
    }

    fn record(&mut self, settings: &Settings, request: &RouteRequest, resolution: Resolution) {
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
        match &request.target {
            Target::Staff => self.is_staff_unmentioned = !mentioned,
            Target::Host(host) => {
                self.people.insert(host.clone());
                self.callable.insert(host.clone());
            }
            Target::Group(id) => {
                self.groups.insert(id.clone());
                let in_charge = settings.group(id).into_iter();
                self.people
                    .extend(in_charge.flat_map(|group| group.in_charge.iter().cloned()));
                if request.method == Method::Room && !mentioned {
                    self.unmentioned.insert(id.clone());
                }
            }
        }
        let mut group = match &request.target {
            Target::Group(id) => Some(id.clone()),
            Target::Host(_) | Target::Staff => None,
        };
        for step in resolution.trace {
            match step {
                TraceStep::NobodyInCharge { group } => {
                    self.nobody_in_charge.insert(group);
                }
                TraceStep::FirstGroup { group: first, .. } => group = Some(first),
                TraceStep::DefaultRoom { .. } => self.in_default_room.extend(group.take()),
                _ => {}
            }
        }
    }
}

/// Every call that a visitor can make, each once: with the buttons of the menus, and for staff.
fn possible_calls(settings: &Settings) -> Vec<(Target, Method)> {
    let mut calls = BTreeSet::new();
    for button in settings.devices().iter().flat_map(|device| &device.menu) {
        // `Method` is not `Ord`, so its index is used.
        let method = Method::ALL
            .iter()
            .position(|method| *method == button.method);
        let method = method.unwrap_or_default();
        let targets = targets_of(settings, button).into_iter();
        calls.extend(targets.map(|target| (target, method)));
    }
    let can_call_staff = settings.site().default_room.is_some() && !settings.devices().is_empty();
    let staff = can_call_staff.then_some((Target::Staff, Method::Room));
    let calls = calls.into_iter();
    calls
        .map(|(target, method)| (target, Method::ALL[method]))
        .chain(staff)
        .collect()
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
    let buttons = settings.devices().iter().flat_map(|device| {
        let menu = device.menu.iter();
        menu.map(move |button| (&device.id, button))
    });
    let of_buttons = buttons.flat_map(|(device, button)| {
        let device = button.escalation.is_some().then_some(device);
        let steps = escalation::steps_of(settings, Some(button));
        let targets = match steps {
            [] => Vec::new(),
            _ => targets_of(settings, button),
        };
        targets
            .into_iter()
            .map(move |target| (target, button.method, steps, device))
    });
    let staff = match escalation::steps_of(settings, None) {
        [] => None,
        _ if settings.devices().is_empty() => None,
        steps => Some((Target::Staff, Method::Room, steps, None)),
    };
    let calls = of_buttons
        .chain(staff)
        .map(|(target, method, steps, device)| {
            let request = RouteRequest {
                target,
                method,
                today,
            };
            let resolution = resolve(settings, &request);
            EscalatedCall {
                steps: escalation::resolve(settings, &request, &resolution, steps),
                target: request.target,
                device: device.cloned(),
            }
        });
    calls.collect()
}

/// Collects the callable groups below a group at any depth. Terminates even on a cycle of parents.
fn collect_callable(
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
        collect_callable(settings, Some(&group.id), seen, groups);
    }
}
