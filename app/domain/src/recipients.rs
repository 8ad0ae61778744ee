//! Recipients that a call has really reached, so that no screen names anybody else. What a call sets out to do is
//! read from its trace ([`Recipients`]); what came of it, from the states of its deliveries ([`Told`]).
//!
//! "Told" means: a message with Chatwork's proof lies in the bot's private chat with a person, or in a
//! room where it mentions them. A message in a room that mentions nobody tells the room only.

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::model::delivery::{DeliveryState, Progress};
use crate::model::id::{GroupId, HostId};
use crate::routing::{Destination, Target, TraceStep};

/// Recipients of each delivery of a call once it has arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipients {
    target: Target,
    /// In the order of the call's deliveries.
    deliveries: Vec<Recipient>,
    /// Everybody among them who is absent, and the called host if absent.
    absent: Vec<HostId>,
    /// Delegates of the called host, present or not.
    deputies: Vec<HostId>,
    /// Group for which the recipients answer, although the call is for a host.
    stand_in_group: Option<GroupId>,
}

/// Recipients of one delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Recipient {
    /// Hosts that are mentioned, or the one person of a private chat.
    people: Vec<HostId>,
    /// The group whose room it is; none for private chats and the default room.
    group: Option<GroupId>,
}

/// Recipients that a call has reached, as far as is known: a screen may say that and no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notified {
    /// Recipients that were reached.
    pub whom: NotifiedParty,
    /// The host whom the visitor called, while absent.
    pub absent: Option<HostId>,
    /// Somebody who is not absent has a private message or is mentioned. Without it the message lies
    /// where it is seen only when somebody looks.
    pub alerted: bool,
}

/// Recipients that were reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotifiedParty {
    /// Nobody, as far as is known.
    Nobody,
    /// The host whom the visitor called.
    Host(HostId),
    /// Delegates of the host whom the visitor called.
    Deputies(Vec<HostId>),
    /// A group: people who answer for it, or its room.
    Group(GroupId),
    /// The default room.
    Staff,
    /// The default room, because nothing of what was meant could be delivered.
    Instead,
}

impl Notified {
    /// A stable name, for tests and styles.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match (&self.whom, self.alerted) {
            (NotifiedParty::Nobody, _) => "nobody",
            (NotifiedParty::Host(_), true) => "host",
            (NotifiedParty::Host(_), false) => "absent-host",
            (NotifiedParty::Deputies(_), true) => "deputies",
            (NotifiedParty::Deputies(_), false) => "absent-deputies",
            (NotifiedParty::Group(_), true) => "group",
            (NotifiedParty::Group(_), false) => "group-room",
            (NotifiedParty::Staff, true) => "staff",
            (NotifiedParty::Staff, false) => "staff-room",
            (NotifiedParty::Instead, _) => "instead",
        }
    }
}

impl Recipients {
    /// Reads them from a call: whom it is for, where its deliveries go, and why.
    #[must_use]
    pub fn of(
        target: &Target,
        destinations: impl IntoIterator<Item = Destination>,
        trace: &[TraceStep],
    ) -> Self {
        let destinations: Vec<Destination> = destinations.into_iter().collect();
        let private = |to: &&Destination| matches!(to, Destination::Account(_));
        let mut readers = readers(trace);
        if readers.len() != destinations.iter().filter(private).count() {
            readers.clear(); // settings that no check has passed: nobody is named
        }
        let mut readers = readers.into_iter();
        let deliveries = destinations.into_iter().map(|to| match to {
            Destination::Account(_) => Recipient {
                people: readers.next().into_iter().collect(),
                group: None,
            },
            Destination::Room(_) => in_room(trace),
        });
        let mut recipients = Self {
            target: target.clone(),
            deliveries: deliveries.collect(),
            absent: Vec::new(),
            deputies: Vec::new(),
            stand_in_group: None,
        };
        for step in trace {
            match step {
                TraceStep::AbsentSoDelegates { host, delegates } => {
                    recipients.absent.push(host.clone());
                    if *target == Target::Host(host.clone()) {
                        recipients.deputies.clone_from(delegates);
                    }
                }
                TraceStep::DelegateAbsent { host } => recipients.absent.push(host.clone()),
                TraceStep::InChargeMentioned { group } => {
                    recipients.stand_in_group = Some(group.clone());
                }
                _ => {}
            }
        }
        recipients
    }

    /// Recipients that the call has reached once everything has arrived.
    #[must_use]
    pub fn intended(&self) -> Notified {
        self.notified_at(&self.deliveries.iter().collect::<Vec<_>>())
    }

    /// True when one of the call's messages is for this host.
    #[must_use]
    pub fn includes(&self, host: &HostId) -> bool {
        let mut deliveries = self.deliveries.iter();
        deliveries.any(|recipient| recipient.people.contains(host))
    }

    /// Recipients reached so far, from the states of the deliveries and the fallback.
    #[must_use]
    pub fn notified(
        &self,
        deliveries: &[DeliveryState],
        fallback: Option<&DeliveryState>,
    ) -> Notified {
        let arrived = |state: &DeliveryState| matches!(state, DeliveryState::Delivered { .. });
        let arrived_at: Vec<&Recipient> = self
            .deliveries
            .iter()
            .zip(deliveries)
            .filter_map(|(recipient, state)| arrived(state).then_some(recipient))
            .collect();
        if !arrived_at.is_empty() {
            return self.notified_at(&arrived_at);
        }
        let none_open = deliveries.iter().all(DeliveryState::is_final);
        self.party(match fallback {
            Some(state) if arrived(state) && none_open => NotifiedParty::Instead,
            Some(state) if arrived(state) => NotifiedParty::Staff,
            _ if deliveries.iter().any(arrived) => NotifiedParty::Staff, // of another wording
            _ => NotifiedParty::Nobody,
        })
    }

    /// The same from what a tablet has heard.
    #[must_use]
    pub fn notified_by(&self, progress: &Progress) -> Notified {
        let (asked, fallback) = progress.asked_and_fallback();
        self.notified(asked, fallback)
    }

    /// Another wording of the call has arrived than this one: nothing of it is known.
    pub fn forget(&mut self) {
        self.deliveries.clear();
    }

    fn party(&self, whom: NotifiedParty) -> Notified {
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

    fn notified_at(&self, arrived_at: &[&Recipient]) -> Notified {
        let people: Vec<&HostId> = arrived_at.iter().flat_map(|one| &one.people).collect();
        let is_present = |host: &&HostId| !self.absent.contains(host);
        let told = |whom, alerted| Notified {
            alerted,
            ..self.party(whom)
        };
        let answer = |group: &GroupId| {
            let present = people.iter().any(is_present);
            told(NotifiedParty::Group(group.clone()), present)
        };
        match &self.target {
            Target::Host(host) => {
                let deputies = |present: bool| {
                    let mut named: Vec<HostId> = Vec::new();
                    for deputy in people.iter().filter(|host| !present || is_present(host)) {
                        if self.deputies.contains(deputy) && !named.contains(deputy) {
                            named.push((*deputy).clone());
                        }
                    }
                    Some(named).filter(|named| !named.is_empty())
                };
                let is_told = people.contains(&host);
                if is_told && is_present(&host) {
                    return told(NotifiedParty::Host(host.clone()), true);
                }
                if let Some(present) = deputies(true) {
                    return told(NotifiedParty::Deputies(present), true);
                }
                if let Some(group) = &self.stand_in_group
                    && !people.is_empty()
                {
                    return answer(group);
                }
                if is_told {
                    return told(NotifiedParty::Host(host.clone()), false);
                }
                if let Some(absent) = deputies(false) {
                    return told(NotifiedParty::Deputies(absent), false);
                }
            }
            Target::Group(group) if !people.is_empty() => return answer(group),
            Target::Group(_) => {}
            Target::Staff => {
                let present = people.iter().any(is_present);
                return told(NotifiedParty::Staff, present);
            }
        }
        let owner = arrived_at.iter().find_map(|one| one.group.as_ref());
        match owner {
            Some(group) => told(NotifiedParty::Group(group.clone()), false),
            None => told(NotifiedParty::Staff, false),
        }
    }
}

/// Whose private chats are written to, in order: those who were called, then the delegates of absent
/// ones, nobody twice.
fn readers(trace: &[TraceStep]) -> Vec<HostId> {
    let mut readers: Vec<HostId> = Vec::new();
    let mut directly = false;
    for step in trace {
        let hosts: &[HostId] = match step {
            TraceStep::DirectToHost { host } => std::slice::from_ref(host),
            TraceStep::DirectToInCharge { hosts, .. } => hosts,
            TraceStep::AbsentSoDelegates { delegates, .. } if directly => delegates,
            _ => continue,
        };
        directly = true;
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
            TraceStep::Mentions { hosts, .. } => recipient.people.clone_from(hosts),
            TraceStep::OwnRoom { group, .. } => recipient.group = Some(group.clone()),
            TraceStep::AncestorRoom { ancestor, .. } => recipient.group = Some(ancestor.clone()),
            _ => {}
        }
    }
    recipient
}
