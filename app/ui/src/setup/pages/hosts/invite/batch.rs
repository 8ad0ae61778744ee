//! Plan and state of a batch of personal links.

use std::collections::BTreeMap;

use yobirin_api::personal::HostLink;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::{CallId, HostId};

use crate::api::response::ClientError;

use crate::setup::draft::bulk::SelectedHosts;

/// The chosen hosts, by whether a personal link can be sent to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Hosts without a link.
    pub(crate) fresh: Vec<HostId>,
    /// Hosts with a link, which a new one would revoke.
    pub(crate) linked: Vec<HostId>,
    /// Hosts that the bot cannot write to: no account, or not saved yet.
    pub(crate) unreachable: Vec<HostId>,
}

impl Plan {
    /// Plan for the `chosen` hosts. The relay knows the hosts in `saved`.
    pub(crate) fn of(saved: &[Host], chosen: &SelectedHosts, links: &[HostLink]) -> Self {
        let known: BTreeMap<&HostId, &Host> = saved.iter().map(|host| (&host.id, host)).collect();
        let mut plan = Self::default();
        for id in chosen {
            let list = match known.get(id).and_then(|host| host.account) {
                None => &mut plan.unreachable,
                Some(_) if links.iter().any(|link| link.host == *id) => &mut plan.linked,
                Some(_) => &mut plan.fresh,
            };
            list.push(id.clone());
        }
        plan
    }

    /// Hosts who get a link: the hosts without a link, and with `includes_linked` also the hosts who have one.
    pub(crate) fn recipients(&self, includes_linked: bool) -> Vec<HostId> {
        let mut going = self.fresh.clone();
        if includes_linked {
            going.extend(self.linked.iter().cloned());
        }
        going
    }
}

/// Progress and result of one host's invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InvitationState {
    /// Not sent yet.
    Waiting,
    /// The bot sends the message.
    Sent(CallId),
    /// Delivered to the host's private chat.
    Delivered,
    /// The request to the relay failed.
    RequestFailed(ClientError),
    /// Chatwork refused the message.
    Rejected,
    /// The deadline passed.
    Expired,
}

impl InvitationState {
    /// State of a message; `None` while it is open.
    pub(crate) fn from_delivery(state: &DeliveryState) -> Option<Self> {
        match state {
            DeliveryState::Waiting | DeliveryState::Unknown => None,
            DeliveryState::Delivered { .. } => Some(Self::Delivered),
            DeliveryState::Rejected { .. } => Some(Self::Rejected),
            DeliveryState::Expired | DeliveryState::Withdrawn => Some(Self::Expired),
        }
    }

    fn is_open(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sent(_))
    }
}

/// The current batch in sending order, and the results of earlier ones until they are dismissed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    finished: Vec<(HostId, InvitationState)>,
    current: Vec<(HostId, InvitationState)>,
}

impl Batch {
    /// Adds hosts to the running batch, or starts a new one. A host with an open invitation is not
    /// added again; an earlier result of a host is replaced.
    pub(crate) fn add(&mut self, hosts: Vec<HostId>) {
        if !self.is_running() {
            self.finished.append(&mut self.current);
        }
        for host in hosts {
            let is_open =
                |(other, reach): &(HostId, InvitationState)| *other == host && reach.is_open();
            if self.current.iter().any(is_open) {
                continue;
            }
            self.finished.retain(|(other, _)| *other != host);
            self.current.retain(|(other, _)| *other != host);
            self.current.push((host, InvitationState::Waiting));
        }
    }

    /// True while an invitation is open.
    pub(crate) fn is_running(&self) -> bool {
        self.current.iter().any(|(_, reach)| reach.is_open())
    }

    /// Number of hosts in the current batch.
    pub(crate) fn count(&self) -> usize {
        self.current.len()
    }

    /// Number of settled hosts in the current batch.
    pub(crate) fn settled(&self) -> usize {
        let settled = self.current.iter().filter(|(_, reach)| !reach.is_open());
        settled.count()
    }

    /// True when there are results of finished batches.
    pub(crate) fn has_finished(&self) -> bool {
        self.finished_entries().next().is_some()
    }

    /// Number of delivered invitations in finished batches.
    pub(crate) fn delivered(&self) -> usize {
        count_delivered(self.finished_entries())
    }

    /// Number of delivered invitations before the current batch.
    pub(crate) fn delivered_earlier(&self) -> usize {
        count_delivered(self.finished.iter())
    }

    /// Failed invitations of finished batches.
    pub(crate) fn failed(&self) -> Vec<(HostId, InvitationState)> {
        let missed = self
            .finished_entries()
            .filter(|(_, reach)| *reach != InvitationState::Delivered);
        missed.cloned().collect()
    }

    /// Forgets the results of finished batches.
    pub(crate) fn dismiss_finished(&mut self) {
        self.finished.clear();
        if !self.is_running() {
            self.current.clear();
        }
    }

    /// The next host to send to.
    pub(crate) fn next_waiting(&self) -> Option<HostId> {
        let mut now = self.current.iter();
        let next = now.find(|(_, reach)| *reach == InvitationState::Waiting);
        next.map(|(host, _)| host.clone())
    }

    /// Messages that are not settled.
    pub(crate) fn in_flight(&self) -> Vec<(HostId, CallId)> {
        let ways = self.current.iter().filter_map(|(host, reach)| match reach {
            InvitationState::Sent(message) => Some((host.clone(), *message)),
            _ => None,
        });
        ways.collect()
    }

    pub(crate) fn set(&mut self, host: &HostId, now: InvitationState) {
        if let Some((_, reach)) = self.current.iter_mut().find(|(other, _)| other == host) {
            *reach = now;
        }
    }

    fn finished_entries(&self) -> impl Iterator<Item = &(HostId, InvitationState)> {
        let now = if self.is_running() {
            &[]
        } else {
            self.current.as_slice()
        };
        self.finished.iter().chain(now)
    }
}

fn count_delivered<'a>(hosts: impl Iterator<Item = &'a (HostId, InvitationState)>) -> usize {
    hosts
        .filter(|(_, reach)| *reach == InvitationState::Delivered)
        .count()
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::id::AccountId;

    use super::*;

    fn id(text: &str) -> HostId {
        text.parse().unwrap()
    }

    fn host(text: &str, account: Option<u64>) -> Host {
        let mut host = Host::named(id(text), text);
        host.account = account.map(|number| AccountId::try_from(number).unwrap());
        host
    }

    #[test]
    fn hosts_with_a_link_are_opt_in_and_hosts_without_account_are_unreachable() {
        let saved = [host("a", Some(1)), host("b", Some(2)), host("c", None)];
        let chosen = ["a", "b", "c", "unsaved"].map(id).into();
        let links = [HostLink {
            host: id("b"),
            made: 0,
            opened: None,
        }];
        let plan = Plan::of(&saved, &chosen, &links);
        assert_eq!(plan.recipients(false), [id("a")]);
        assert_eq!(plan.recipients(true), [id("a"), id("b")]);
        assert_eq!(plan.unreachable, [id("c"), id("unsaved")]);
    }

    fn batch(hosts: &[&str]) -> Batch {
        let mut batch = Batch::default();
        batch.add(hosts.iter().map(|host| id(host)).collect());
        batch
    }

    #[test]
    fn a_batch_reports_delivered_and_failed_invitations() {
        let mut batch = batch(&["a", "b"]);
        assert_eq!((batch.count(), batch.settled()), (2, 0));
        assert_eq!(batch.next_waiting(), Some(id("a")));
        batch.set(&id("a"), InvitationState::Delivered);
        assert!(
            !batch.has_finished(),
            "the batch is not finished while b waits"
        );
        batch.set(&id("b"), InvitationState::Rejected);
        assert_eq!((batch.settled(), batch.delivered()), (2, 1));
        assert_eq!(batch.failed(), [(id("b"), InvitationState::Rejected)]);
        assert!(batch.in_flight().is_empty());
    }

    #[test]
    fn a_second_batch_keeps_earlier_results_except_for_hosts_it_repeats() {
        let mut batch = batch(&["a", "b", "c"]);
        batch.set(&id("a"), InvitationState::Delivered);
        batch.set(&id("b"), InvitationState::Rejected);
        batch.set(&id("c"), InvitationState::Expired);
        batch.add(["c", "d"].map(id).into());
        assert_eq!((batch.count(), batch.settled()), (2, 0));
        assert_eq!(batch.failed(), [(id("b"), InvitationState::Rejected)]);
        batch.set(&id("c"), InvitationState::Delivered);
        batch.set(&id("d"), InvitationState::Delivered);
        assert_eq!((batch.delivered(), batch.delivered_earlier()), (3, 1));
        assert_eq!(batch.failed(), [(id("b"), InvitationState::Rejected)]);
        batch.dismiss_finished();
        assert!(!batch.has_finished());
    }

    #[test]
    fn hosts_added_while_a_batch_runs_join_it_once() {
        let mut batch = batch(&["a", "b"]);
        batch.set(&id("a"), InvitationState::Delivered);
        batch.add(["b", "c"].map(id).into());
        assert_eq!((batch.count(), batch.settled()), (3, 1));
        batch.dismiss_finished();
        assert_eq!(
            batch.count(),
            3,
            "the running batch keeps the link that is being sent"
        );
    }
}
