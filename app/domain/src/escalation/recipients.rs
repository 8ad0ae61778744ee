//! Recipients of each step of an escalation, with the reasons. Total, and terminates on any document.

use std::collections::BTreeMap;

use super::MAX_MESSAGES_PER_DESTINATION;
use crate::caller_limits::CALL_LATER_DELIVERIES;
use crate::model::directory::Group;
use crate::model::escalation_step::{EscalationStep, EscalationTarget};
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::settings::Settings;
use crate::routing::{
    self, Delivery, Destination, People, Resolution, RouteRequest, Target, TraceStep,
};

/// One step with its destinations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedStep {
    /// Step of the settings.
    pub step: EscalationStep,
    /// Messages to send; empty when the step has no recipients, or when all are left out by a limit.
    pub deliveries: Vec<Delivery>,
    /// Reasons, in the order of the decisions.
    pub reasons: Vec<StepReason>,
}

/// One decision about a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepReason {
    /// The destinations of the call are notified once more.
    Again,
    /// These delegates are notified in private chats.
    Delegates {
        /// Notified delegates.
        hosts: Vec<HostId>,
    },
    /// In-charge hosts are notified in private chats.
    InCharge {
        /// Group of the in-charge hosts; `None` for a call for staff.
        group: Option<GroupId>,
        /// Notified hosts.
        hosts: Vec<HostId>,
    },
    /// Rule of routing by which the room was found, or why there is none.
    Route(TraceStep),
    /// No delegate, apart from the called hosts, has a Chatwork account.
    NoDelegates,
    /// No in-charge host has a Chatwork account: of the group and its ancestors, or for a call for staff, of the groups
    /// whose own room is the default room.
    NobodyInCharge,
    /// The destination is left out: the call notifies it twice already.
    NotifiedTwice(Destination),
    /// The call has its maximum of messages, so this destination and all later ones are left out.
    TooManyMessages,
}

impl ResolvedStep {
    /// True when the step has no recipient at all. A step whose recipients were notified twice already has some.
    #[must_use]
    pub fn reaches_nobody(&self) -> bool {
        self.reasons.iter().any(|reason| {
            matches!(
                reason,
                StepReason::NoDelegates
                    | StepReason::NobodyInCharge
                    | StepReason::Route(TraceStep::NoDefaultRoom)
            )
        })
    }
}

/// Destinations of the steps of a call, from its own `resolution`.
#[must_use]
pub fn resolve(
    settings: &Settings,
    request: &RouteRequest,
    resolution: &Resolution,
    steps: &[EscalationStep],
) -> Vec<ResolvedStep> {
    let mut escalation = Escalation {
        settings,
        request,
        resolution,
        message_counts: BTreeMap::new(),
        total_count: 0,
    };
    // The fallback does not count: it is sent only instead of a message that Chatwork has refused.
    for delivery in &resolution.deliveries {
        *escalation.message_counts.entry(delivery.to).or_default() += 1;
    }
    steps
        .iter()
        .map(|step| escalation.resolve_step(*step))
        .collect()
}

struct Escalation<'a> {
    settings: &'a Settings,
    request: &'a RouteRequest,
    resolution: &'a Resolution,
    /// Number of messages of the call and of the steps so far, per destination.
    message_counts: BTreeMap<Destination, usize>,
    /// Number of messages of all steps so far.
    total_count: usize,
}

impl Escalation<'_> {
    fn resolve_step(&mut self, step: EscalationStep) -> ResolvedStep {
        let mut reasons = Vec::new();
        let wanted = match step.to {
            EscalationTarget::Again => {
                reasons.push(StepReason::Again);
                self.resolution.deliveries.clone()
            }
            EscalationTarget::Delegates => self.delegates(&mut reasons),
            EscalationTarget::InCharge => self.in_charge(&mut reasons),
            EscalationTarget::GroupRoom => self.group_room(&mut reasons),
            EscalationTarget::DefaultRoom => self.default_room(&mut reasons),
        };
        let has_recipients = !wanted.is_empty();
        let deliveries = self.within_limits(wanted, &mut reasons);
        if has_recipients && deliveries.is_empty() {
            // They say where the message goes and whom it mentions; none is sent, and the other reasons say why.
            reasons.retain(|reason| !matches!(reason, StepReason::Route(_)));
        }
        ResolvedStep {
            step,
            deliveries,
            reasons,
        }
    }

    /// Leaves out destinations that the call notifies twice already, and messages beyond the maximum of a call.
    /// Counts the messages that stay.
    fn within_limits(
        &mut self,
        wanted: Vec<Delivery>,
        reasons: &mut Vec<StepReason>,
    ) -> Vec<Delivery> {
        let mut deliveries = Vec::new();
        for delivery in wanted {
            let count = self.message_counts.entry(delivery.to).or_default();
            if *count >= MAX_MESSAGES_PER_DESTINATION {
                reasons.push(StepReason::NotifiedTwice(delivery.to));
            } else if self.total_count >= CALL_LATER_DELIVERIES {
                reasons.push(StepReason::TooManyMessages);
                break;
            } else {
                *count += 1;
                self.total_count += 1;
                deliveries.push(delivery);
            }
        }
        deliveries
    }

    /// The called hosts, or the in-charge hosts, with the delegates of absent ones.
    fn called_people(&self) -> People {
        routing::people_of(self.settings, &self.request.target, self.request.today)
    }

    /// First group of the host, or the called group.
    fn group(&self) -> Option<&GroupId> {
        match &self.request.target {
            Target::Host(id) => self.settings.host(id)?.groups.first(),
            Target::Group(id) => Some(id),
            Target::Staff => None,
        }
    }

    /// In-charge hosts, with their group unless the call is for staff. `None` when there are none with an account.
    fn in_charge_people(&self) -> Option<(Option<GroupId>, People)> {
        let today = self.request.today;
        if self.request.target == Target::Staff {
            let people = routing::staff(self.settings, today);
            return (!people.is_empty()).then_some((None, people));
        }
        let (group, people) = routing::in_charge_above(self.settings, self.group()?, today)?;
        Some((Some(group.id.clone()), people))
    }

    /// Private chats with the delegates of the called hosts, without the called hosts themselves.
    fn delegates(&self, reasons: &mut Vec<StepReason>) -> Vec<Delivery> {
        let called_ids: Vec<&HostId> = match &self.request.target {
            Target::Host(id) => vec![id],
            Target::Group(_) | Target::Staff => self.in_charge_ids(),
        };
        let called_hosts = called_ids.into_iter();
        let called_hosts: Vec<_> = called_hosts
            .filter_map(|id| self.settings.host(id))
            .collect();
        let mut found: Vec<(HostId, AccountId)> = Vec::new();
        for id in called_hosts.iter().flat_map(|host| &host.delegates) {
            let Some(delegate) = self.settings.host(id) else {
                continue;
            };
            let Some(account) = delegate.account else {
                continue;
            };
            let is_called = called_hosts
                .iter()
                .any(|host| host.account == Some(account));
            if !is_called && found.iter().all(|(_, known)| *known != account) {
                found.push((delegate.id.clone(), account));
            }
        }
        if found.is_empty() {
            reasons.push(StepReason::NoDelegates);
        } else {
            let hosts = found.iter().map(|(host, _)| host.clone()).collect();
            reasons.push(StepReason::Delegates { hosts });
        }
        let accounts = found.into_iter().map(|(_, account)| account);
        accounts.map(private_chat).collect()
    }

    /// In-charge hosts of the called group, or of the default room's groups, with or without account.
    fn in_charge_ids(&self) -> Vec<&HostId> {
        let default = self.settings.site().default_room;
        let is_called = |group: &&Group| match &self.request.target {
            Target::Group(id) => group.id == *id,
            Target::Staff => default.is_some() && group.room == default,
            Target::Host(_) => false,
        };
        let groups = self.settings.groups().iter().filter(is_called);
        groups.flat_map(|group| &group.in_charge).collect()
    }

    /// Private chats with the in-charge hosts.
    fn in_charge(&self, reasons: &mut Vec<StepReason>) -> Vec<Delivery> {
        let Some((group, people)) = self.in_charge_people() else {
            reasons.push(StepReason::NobodyInCharge);
            return Vec::new();
        };
        let hosts = people.mentions();
        reasons.push(StepReason::InCharge { group, hosts });
        let accounts = people.all().map(|(_, account)| account);
        accounts.map(private_chat).collect()
    }

    /// Message in the group's room or the nearest ancestor's, else in the default room.
    fn group_room(&self, reasons: &mut Vec<StepReason>) -> Vec<Delivery> {
        let room = self
            .group()
            .and_then(|group| routing::room_above(self.settings, group));
        let Some((room, route)) = room else {
            return self.default_room(reasons);
        };
        reasons.push(StepReason::Route(route));
        let in_charge = self.in_charge_people().map(|(_, people)| people);
        let people = self.called_people().merged(in_charge.unwrap_or_default());
        vec![message_in(room, &people, reasons)]
    }

    fn default_room(&self, reasons: &mut Vec<StepReason>) -> Vec<Delivery> {
        let Some(room) = self.settings.site().default_room else {
            reasons.push(StepReason::Route(TraceStep::NoDefaultRoom));
            return Vec::new();
        };
        reasons.push(StepReason::Route(TraceStep::DefaultRoom { room }));
        let staff = routing::staff(self.settings, self.request.today);
        // A message without a mention alerts nobody.
        let people = if staff.is_empty() {
            self.called_people()
        } else {
            staff
        };
        vec![message_in(room, &people, reasons)]
    }
}

/// Message in a room that mentions these people; adds the mentions to the reasons.
fn message_in(room: RoomId, people: &People, reasons: &mut Vec<StepReason>) -> Delivery {
    let mentions = people.mentions();
    let hosts = mentions.clone();
    reasons.push(StepReason::Route(TraceStep::Mentions { room, hosts }));
    Delivery {
        to: Destination::Room(room),
        mentions,
    }
}

fn private_chat(account: AccountId) -> Delivery {
    Delivery {
        to: Destination::Account(account),
        mentions: Vec::new(),
    }
}
