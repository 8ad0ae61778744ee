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
    /// Recipients in the order of the call's deliveries; empty once [`Self::forget_deliveries`] was called.
    deliveries: Vec<Recipient>,
    /// Absent recipients, and the called host if absent.
    absent: Vec<HostId>,
    /// Delegates of the called host, present or absent.
    delegates: Vec<HostId>,
    /// Group whose in-charge hosts are mentioned in place of the called host.
    in_charge_group: Option<GroupId>,
}

/// Hosts and group that one delivery notifies once Chatwork has stored it.
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
    /// In-charge hosts of a group, or its room; or the called group, whose message is in the default room.
    Group(GroupId),
    /// The default room.
    Staff,
    /// The default room, after all other deliveries have failed.
    FallbackRoom,
}

impl Notified {
    /// True when somebody was notified by messages in rooms only, which mention nobody and go where they were meant to.
    #[must_use]
    pub fn names_nobody(&self) -> bool {
        !self.alerted && matches!(self.whom, NotifiedParty::Group(_) | NotifiedParty::Staff)
    }

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
        let is_private = |to: &&Destination| matches!(to, Destination::Account(_));
        let mut readers = private_chat_hosts(trace);
        if readers.len() != destinations.iter().filter(is_private).count() {
            // Happens only with invalid settings. The hosts of the private chats are unknown, so none is named.
            readers.clear();
        }
        let mut readers = readers.into_iter();
        let deliveries = destinations.into_iter().map(|to| match to {
            Destination::Account(_) => Recipient {
                hosts: readers.next().into_iter().collect(),
                group: None,
            },
            Destination::Room(_) => room_recipient(trace),
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
        let has_arrived = |state: &DeliveryState| matches!(state, DeliveryState::Delivered { .. });
        let delivered: Vec<&Recipient> = self
            .deliveries
            .iter()
            .zip(deliveries)
            .filter_map(|(recipient, state)| has_arrived(state).then_some(recipient))
            .collect();
        if !delivered.is_empty() {
            return self.notified_recipients(&delivered);
        }
        let are_all_final = deliveries.iter().all(DeliveryState::is_final);
        let whom = match fallback {
            Some(state) if has_arrived(state) && are_all_final => NotifiedParty::FallbackRoom,
            Some(state) if has_arrived(state) => NotifiedParty::Staff,
            // The recipients are unknown: see `forget`.
            _ if deliveries.iter().any(has_arrived) => NotifiedParty::Staff,
            _ => NotifiedParty::Nobody,
        };
        self.notified_party(whom, false)
    }

    /// Recipients notified so far, from the events that a tablet has received.
    #[must_use]
    pub fn notified_by(&self, progress: &Progress) -> Notified {
        let (requested, fallback) = progress.requested_and_fallback();
        self.notified(requested, fallback)
    }

    /// Forgets the recipients of the deliveries: the relay has accepted the call with other ones.
    pub fn forget_deliveries(&mut self) {
        self.deliveries.clear();
    }

    fn notified_party(&self, whom: NotifiedParty, alerted: bool) -> Notified {
        Notified {
            whom,
            absent: self.absent_host(),
            alerted,
        }
    }

    fn is_present(&self, host: &HostId) -> bool {
        !self.absent.contains(host)
    }

    /// The called host, if absent.
    fn absent_host(&self) -> Option<HostId> {
        match &self.target {
            Target::Host(host) if !self.is_present(host) => Some(host.clone()),
            Target::Host(_) | Target::Group(_) | Target::Staff => None,
        }
    }

    /// Recipients of the delivered messages.
    fn notified_recipients(&self, delivered: &[&Recipient]) -> Notified {
        let hosts: Vec<&HostId> = delivered
            .iter()
            .flat_map(|recipient| &recipient.hosts)
            .collect();
        let has_present = hosts.iter().any(|host| self.is_present(host));
        match &self.target {
            Target::Host(called) => {
                if let Some(notified) = self.notified_for_host(called, &hosts) {
                    return notified;
                }
            }
            Target::Group(group) if !hosts.is_empty() => {
                return self.notified_party(NotifiedParty::Group(group.clone()), has_present);
            }
            Target::Group(_) => {}
            Target::Staff => return self.notified_party(NotifiedParty::Staff, has_present),
        }
        let room_group = delivered
            .iter()
            .find_map(|recipient| recipient.group.as_ref());
        // A post in the default room names the group that the visitor called.
        let called_group = match &self.target {
            Target::Group(group) => Some(group),
            Target::Host(_) | Target::Staff => None,
        };
        let whom = match room_group.or(called_group) {
            Some(group) => NotifiedParty::Group(group.clone()),
            None => NotifiedParty::Staff,
        };
        self.notified_party(whom, false)
    }

    /// Recipients of a call to a host, of whose delivered messages `hosts` are the readers. Present people are named
    /// before absent ones. `None` when only a room is notified.
    fn notified_for_host(&self, called: &HostId, hosts: &[&HostId]) -> Option<Notified> {
        let is_called_notified = hosts.contains(&called);
        if is_called_notified && self.is_present(called) {
            return Some(self.notified_party(NotifiedParty::Host(called.clone()), true));
        }
        let mut delegates: Vec<HostId> = Vec::new();
        for &host in hosts {
            if self.delegates.contains(host) && !delegates.contains(host) {
                delegates.push(host.clone());
            }
        }
        let (present, absent): (Vec<HostId>, Vec<HostId>) = delegates
            .into_iter()
            .partition(|delegate| self.is_present(delegate));
        if !present.is_empty() {
            return Some(self.notified_party(NotifiedParty::Delegates(present), true));
        }
        if let Some(group) = &self.in_charge_group
            && !hosts.is_empty()
        {
            let has_present = hosts.iter().any(|host| self.is_present(host));
            return Some(self.notified_party(NotifiedParty::Group(group.clone()), has_present));
        }
        if is_called_notified {
            return Some(self.notified_party(NotifiedParty::Host(called.clone()), false));
        }
        if absent.is_empty() {
            return None;
        }
        Some(self.notified_party(NotifiedParty::Delegates(absent), false))
    }
}

/// Hosts of the private chats in the order of the deliveries: called hosts, then delegates of absent ones, each once.
fn private_chat_hosts(trace: &[TraceStep]) -> Vec<HostId> {
    let mut readers: Vec<HostId> = Vec::new();
    // Delegates get a private message only in place of a host who would have got one; else they are mentioned in a
    // room.
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

/// Recipient of a message in the call's room: the mentioned hosts, and the group of the room.
fn room_recipient(trace: &[TraceStep]) -> Recipient {
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
