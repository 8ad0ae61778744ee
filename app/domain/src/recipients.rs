//! Recipients that a call has actually notified, so that screens name nobody else. [`Recipients`] are read from the
//! call's trace, [`Notified`] from the states of its deliveries.
//!
//! A host is notified when a delivered message is in the bot's private chat with the host, or in a room where it
//! mentions the host. A message in a room that mentions nobody notifies the room only.

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::model::delivery::{DeliveryState, Progress};
use crate::model::id::{GroupId, HostId};
use crate::routing::{Destination, Target, TraceStep};

/// Recipients of each delivery of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipients {
    target: Target,
    /// In the order of the call's deliveries.
    deliveries: Vec<Recipient>,
    /// Absent recipients, and the called host if absent.
    absent: Vec<HostId>,
    /// Delegates of the called host, present or absent.
    delegates: Vec<HostId>,
    /// Group whose in-charge hosts are mentioned in place of the called host.
    in_charge_group: Option<GroupId>,
}

/// Hosts and group that one delivery reaches once Chatwork has stored it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Recipient {
    /// Mentioned hosts, or the host of a private chat.
    hosts: Vec<HostId>,
    /// Group of the room; `None` for private chats and the default room.
    group: Option<GroupId>,
}

/// Recipients that a call has notified so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notified {
    /// Notified hosts or room.
    pub whom: NotifiedParty,
    /// The called host, if absent.
    pub absent: Option<HostId>,
    /// True when a host who is not absent has a private message or a mention. Otherwise Chatwork alerts nobody
    /// who is present.
    pub alerted: bool,
}

/// Notified hosts or room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotifiedParty {
    /// Nobody yet.
    Nobody,
    /// The called host.
    Host(HostId),
    /// Delegates of the called host.
    Delegates(Vec<HostId>),
    /// In-charge hosts of a group, or its room.
    Group(GroupId),
    /// The default room.
    Staff,
    /// The default room, after all other deliveries have failed.
    FallbackRoom,
}

impl Notified {
    /// Stable name for tests and CSS.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match (&self.whom, self.alerted) {
            (NotifiedParty::Nobody, _) => "nobody",
            (NotifiedParty::Host(_), true) => "host",
            (NotifiedParty::Host(_), false) => "absent-host",
            (NotifiedParty::Delegates(_), true) => "delegates",
            (NotifiedParty::Delegates(_), false) => "absent-delegates",
            (NotifiedParty::Group(_), true) => "group",
            (NotifiedParty::Group(_), false) => "group-room",
            (NotifiedParty::Staff, true) => "staff",
            (NotifiedParty::Staff, false) => "staff-room",
            (NotifiedParty::FallbackRoom, _) => "fallback-room",
        }
    }
}

impl Recipients {
    /// Derives the recipients from the target, destinations and trace of a call.
    #[must_use]
    pub fn of(
        target: &Target,
        destinations: impl IntoIterator<Item = Destination>,
        trace: &[TraceStep],
    ) -> Self {
        let destinations: Vec<Destination> = destinations.into_iter().collect();
        let private = |to: &&Destination| matches!(to, Destination::Account(_));
        let mut readers = private_chat_hosts(trace);
        if readers.len() != destinations.iter().filter(private).count() {
            // Happens only with invalid settings. The hosts of the private chats are unknown, so none is named.
            readers.clear();
        }
        let mut readers = readers.into_iter();
        let deliveries = destinations.into_iter().map(|to| match to {
            Destination::Account(_) => Recipient {
                hosts: readers.next().into_iter().collect(),
                group: None,
            },
            Destination::Room(_) => in_room(trace),
        });
        let mut recipients = Self {
            target: target.clone(),
            deliveries: deliveries.collect(),
            absent: Vec::new(),
            delegates: Vec::new(),
            in_charge_group: None,
        };
        for step in trace {
            match step {
                TraceStep::AbsentSoDelegates { host, delegates } => {
                    recipients.absent.push(host.clone());
                    if *target == Target::Host(host.clone()) {
                        recipients.delegates.clone_from(delegates);
                    }
                }
                TraceStep::DelegateAbsent { host } => recipients.absent.push(host.clone()),
                TraceStep::InChargeMentioned { group } => {
                    recipients.in_charge_group = Some(group.clone());
                }
                _ => {}
            }
        }
        recipients
    }

    /// Recipients once all deliveries have succeeded.
    #[must_use]
    pub fn intended(&self) -> Notified {
        self.notified_recipients(&self.deliveries.iter().collect::<Vec<_>>())
    }

    /// True when one of the call's messages is for this host.
    #[must_use]
    pub fn includes(&self, host: &HostId) -> bool {
        let mut deliveries = self.deliveries.iter();
        deliveries.any(|recipient| recipient.hosts.contains(host))
    }

    /// Recipients reached so far, from the states of the deliveries and the fallback.
    #[must_use]
    pub fn notified(
        &self,
        deliveries: &[DeliveryState],
        fallback: Option<&DeliveryState>,
    ) -> Notified {
        let arrived = |state: &DeliveryState| matches!(state, DeliveryState::Delivered { .. });
        let delivered: Vec<&Recipient> = self
            .deliveries
            .iter()
            .zip(deliveries)
            .filter_map(|(recipient, state)| arrived(state).then_some(recipient))
            .collect();
        if !delivered.is_empty() {
            return self.notified_recipients(&delivered);
        }
        let are_all_final = deliveries.iter().all(DeliveryState::is_final);
        self.without_alert(match fallback {
            Some(state) if arrived(state) && are_all_final => NotifiedParty::FallbackRoom,
            Some(state) if arrived(state) => NotifiedParty::Staff,
            // A delivery of unknown recipients: see `forget`.
            _ if deliveries.iter().any(arrived) => NotifiedParty::Staff,
            _ => NotifiedParty::Nobody,
        })
    }

    /// Recipients notified so far, from the events that a tablet has received.
    #[must_use]
    pub fn notified_by(&self, progress: &Progress) -> Notified {
        let (requested, fallback) = progress.requested_and_fallback();
        self.notified(requested, fallback)
    }

    /// Forgets the recipients: the relay has accepted the call with other deliveries.
    pub fn forget(&mut self) {
        self.deliveries.clear();
    }

    fn without_alert(&self, whom: NotifiedParty) -> Notified {
        Notified {
            whom,
            absent: self.absent_host(),
            alerted: false,
        }
    }

    fn absent_host(&self) -> Option<HostId> {
        match &self.target {
            Target::Host(host) => Some(host.clone()).filter(|host| self.absent.contains(host)),
            Target::Group(_) | Target::Staff => None,
        }
    }

    fn notified_recipients(&self, delivered: &[&Recipient]) -> Notified {
        let hosts: Vec<&HostId> = delivered
            .iter()
            .flat_map(|recipient| &recipient.hosts)
            .collect();
        let is_present = |host: &&HostId| !self.absent.contains(host);
        let notified = |whom, alerted| Notified {
            alerted,
            ..self.without_alert(whom)
        };
        let group_notified = |group: &GroupId| {
            let present = hosts.iter().any(is_present);
            notified(NotifiedParty::Group(group.clone()), present)
        };
        match &self.target {
            Target::Host(host) => {
                let delegates = |only_present: bool| {
                    let mut named: Vec<HostId> = Vec::new();
                    for delegate in hosts
                        .iter()
                        .filter(|host| !only_present || is_present(host))
                    {
                        if self.delegates.contains(delegate) && !named.contains(delegate) {
                            named.push((*delegate).clone());
                        }
                    }
                    Some(named).filter(|named| !named.is_empty())
                };
                let is_notified = hosts.contains(&host);
                if is_notified && is_present(&host) {
                    return notified(NotifiedParty::Host(host.clone()), true);
                }
                if let Some(present) = delegates(true) {
                    return notified(NotifiedParty::Delegates(present), true);
                }
                if let Some(group) = &self.in_charge_group
                    && !hosts.is_empty()
                {
                    return group_notified(group);
                }
                if is_notified {
                    return notified(NotifiedParty::Host(host.clone()), false);
                }
                if let Some(all) = delegates(false) {
                    return notified(NotifiedParty::Delegates(all), false);
                }
            }
            Target::Group(group) if !hosts.is_empty() => return group_notified(group),
            Target::Group(_) => {}
            Target::Staff => {
                let present = hosts.iter().any(is_present);
                return notified(NotifiedParty::Staff, present);
            }
        }
        let group = delivered
            .iter()
            .find_map(|recipient| recipient.group.as_ref());
        match group {
            Some(group) => notified(NotifiedParty::Group(group.clone()), false),
            None => notified(NotifiedParty::Staff, false),
        }
    }
}

/// Hosts of the private chats in order: called hosts, then delegates of absent ones, each once.
fn private_chat_hosts(trace: &[TraceStep]) -> Vec<HostId> {
    let mut readers: Vec<HostId> = Vec::new();
    let mut is_direct = false;
    for step in trace {
        let hosts: &[HostId] = match step {
            TraceStep::DirectToHost { host } => std::slice::from_ref(host),
            TraceStep::DirectToInCharge { hosts, .. } => hosts,
            TraceStep::AbsentSoDelegates { delegates, .. } if is_direct => delegates,
            _ => continue,
        };
        is_direct = true;
        for host in hosts {
            if !readers.contains(host) {
                readers.push(host.clone());
            }
        }
    }
    readers
}

fn in_room(trace: &[TraceStep]) -> Recipient {
    let mut recipient = Recipient::default();
    for step in trace {
        match step {
            TraceStep::Mentions { hosts, .. } => recipient.hosts.clone_from(hosts),
            TraceStep::OwnRoom { group, .. } => recipient.group = Some(group.clone()),
            TraceStep::AncestorRoom { ancestor, .. } => recipient.group = Some(ancestor.clone()),
            _ => {}
        }
    }
    recipient
}
