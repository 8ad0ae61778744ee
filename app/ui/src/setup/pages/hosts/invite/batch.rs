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
    pub(crate) unlinked: Vec<HostId>,
    /// Hosts with a link, which a new one would revoke.
    pub(crate) linked: Vec<HostId>,
    /// Hosts that the bot cannot write to: no account, or not saved yet.
    pub(crate) unreachable: Vec<HostId>,
}

impl Plan {
    /// Plan for the `chosen` hosts. The relay can only write to hosts in `saved`.
    pub(crate) fn of(saved: &[Host], chosen: &SelectedHosts, links: &[HostLink]) -> Self {
        let hosts_by_id: BTreeMap<&HostId, &Host> =
            saved.iter().map(|host| (&host.id, host)).collect();
        let mut plan = Self::default();
        for id in chosen {
            let list = match hosts_by_id.get(id).and_then(|host| host.account) {
                None => &mut plan.unreachable,
                Some(_) if links.iter().any(|link| link.host == *id) => &mut plan.linked,
                Some(_) => &mut plan.unlinked,
            };
            list.push(id.clone());
        }
        plan
    }

    /// Hosts who get a new link: the hosts without a link, and with `includes_linked` also those who have one.
    pub(crate) fn recipients(&self, includes_linked: bool) -> Vec<HostId> {
        let mut recipients = self.unlinked.clone();
        if includes_linked {
            recipients.extend(self.linked.iter().cloned());
        }
        recipients
    }
}

/// Progress and result of one host's invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InvitationState {
    /// Not sent yet.
    Waiting,
    /// The relay has accepted the message and delivers it.
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
    /// State of an invitation whose message is in this state; `None` until that state is final.
    pub(crate) fn from_delivery(state: &DeliveryState) -> Option<Self> {
        match state {
            DeliveryState::Waiting | DeliveryState::Unknown => None,
            DeliveryState::Delivered { .. } => Some(Self::Delivered),
            DeliveryState::Rejected { .. } => Some(Self::Rejected),
            DeliveryState::Expired | DeliveryState::Withdrawn => Some(Self::Expired),
        }
    }

    /// True until the invitation has a result.
    fn is_open(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sent(_))
    }
}

/// The result of all finished batches, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BatchReport {
    /// Number of delivered invitations.
    pub(crate) delivered: usize,
    /// Number of these that the last batch delivered; `None` when no earlier batch delivered any.
    pub(crate) delivered_by_last: Option<usize>,
    /// Hosts whose invitation failed.
    pub(crate) failed: Vec<(HostId, InvitationState)>,
}

/// The current batch in sending order, and the results of earlier ones until they are dismissed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    /// Results of the batches before the current one, without the hosts that it repeats.
    earlier: Vec<(HostId, InvitationState)>,
    current: Vec<(HostId, InvitationState)>,
}

impl Batch {
    /// Adds hosts to the running batch, or starts a new one. A host with an open invitation is not
    /// added again; an earlier result of a host is replaced.
    pub(crate) fn add(&mut self, hosts: Vec<HostId>) {
        if !self.is_running() {
            self.earlier.append(&mut self.current);
        }
        for host in hosts {
            let is_open =
                |(other, state): &(HostId, InvitationState)| *other == host && state.is_open();
            if self.current.iter().any(is_open) {
                continue;
            }
            self.earlier.retain(|(other, _)| *other != host);
            self.current.retain(|(other, _)| *other != host);
            self.current.push((host, InvitationState::Waiting));
        }
    }

    /// True while an invitation is open.
    pub(crate) fn is_running(&self) -> bool {
        self.current.iter().any(|(_, state)| state.is_open())
    }

    /// Number of hosts in the current batch.
    pub(crate) fn count(&self) -> usize {
        self.current.len()
    }

    /// Number of hosts in the current batch whose message has its final state.
    pub(crate) fn final_count(&self) -> usize {
        let is_final = |(_, state): &&(HostId, InvitationState)| !state.is_open();
        self.current.iter().filter(is_final).count()
    }

    /// Result of the finished batches: of the current one only once all its messages are final. `None` before the
    /// first result, and after results are dismissed.
    pub(crate) fn report(&self) -> Option<BatchReport> {
        let finished: Vec<_> = self.finished().cloned().collect();
        if finished.is_empty() {
            return None;
        }
        let delivered = count_delivered(&finished);
        let delivered_earlier = count_delivered(&self.earlier);
        let has_two_parts = !self.is_running() && delivered_earlier > 0;
        let is_failed = |entry: &(HostId, InvitationState)| entry.1 != InvitationState::Delivered;
        Some(BatchReport {
            delivered,
            delivered_by_last: has_two_parts.then(|| delivered - delivered_earlier),
            failed: finished.into_iter().filter(is_failed).collect(),
        })
    }

    /// Forgets the results of finished batches.
    pub(crate) fn dismiss_finished(&mut self) {
        self.earlier.clear();
        if !self.is_running() {
            self.current.clear();
        }
    }

    /// The next host to send to.
    pub(crate) fn next_waiting(&self) -> Option<HostId> {
        let mut current = self.current.iter();
        let next = current.find(|(_, state)| *state == InvitationState::Waiting);
        next.map(|(host, _)| host.clone())
    }

    /// Messages that are on their way, each with its host.
    pub(crate) fn in_flight(&self) -> Vec<(HostId, CallId)> {
        let sent = self.current.iter().filter_map(|(host, state)| match state {
            InvitationState::Sent(message) => Some((host.clone(), *message)),
            _ => None,
        });
        sent.collect()
    }

    /// Sets the state of a host's invitation in the current batch.
    pub(crate) fn set(&mut self, host: &HostId, new_state: InvitationState) {
        if let Some((_, state)) = self.current.iter_mut().find(|(other, _)| other == host) {
            *state = new_state;
        }
    }

    /// Invitations of finished batches: of the current one only when it is not running.
    fn finished(&self) -> impl Iterator<Item = &(HostId, InvitationState)> {
        let finished_current = if self.is_running() {
            &[]
        } else {
            self.current.as_slice()
        };
        self.earlier.iter().chain(finished_current)
    }
}

fn count_delivered(invitations: &[(HostId, InvitationState)]) -> usize {
    let delivered = invitations
        .iter()
        .filter(|(_, state)| *state == InvitationState::Delivered);
    delivered.count()
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
        assert_eq!((batch.count(), batch.final_count()), (2, 0));
        assert_eq!(batch.next_waiting(), Some(id("a")));
        batch.set(&id("a"), InvitationState::Delivered);
        assert_eq!(
            batch.report(),
            None,
            "the batch is not finished while b waits"
        );
        batch.set(&id("b"), InvitationState::Rejected);
        assert_eq!(batch.final_count(), 2);
        let report = BatchReport {
            delivered: 1,
            delivered_by_last: None,
            failed: vec![(id("b"), InvitationState::Rejected)],
        };
        assert_eq!(batch.report(), Some(report));
        assert!(batch.in_flight().is_empty());
    }

    #[test]
    fn a_second_batch_keeps_earlier_results_except_for_hosts_it_repeats() {
        let mut batch = batch(&["a", "b", "c"]);
        batch.set(&id("a"), InvitationState::Delivered);
        batch.set(&id("b"), InvitationState::Rejected);
        batch.set(&id("c"), InvitationState::Expired);
        batch.add(["c", "d"].map(id).into());
        assert_eq!((batch.count(), batch.final_count()), (2, 0));
        let b_failed = || vec![(id("b"), InvitationState::Rejected)];
        let while_running = BatchReport {
            delivered: 1,
            delivered_by_last: None,
            failed: b_failed(),
        };
        assert_eq!(batch.report(), Some(while_running));
        batch.set(&id("c"), InvitationState::Delivered);
        batch.set(&id("d"), InvitationState::Delivered);
        let afterwards = BatchReport {
            delivered: 3,
            delivered_by_last: Some(2),
            failed: b_failed(),
        };
        assert_eq!(batch.report(), Some(afterwards));
        batch.dismiss_finished();
        assert_eq!(batch.report(), None);
    }

    #[test]
    fn hosts_added_while_a_batch_runs_join_it_once() {
        let mut batch = batch(&["a", "b"]);
        batch.set(&id("a"), InvitationState::Delivered);
        batch.add(["b", "c"].map(id).into());
        assert_eq!((batch.count(), batch.final_count()), (3, 1));
        batch.dismiss_finished();
        assert_eq!(
            batch.count(),
            3,
            "the running batch keeps the link that is being sent"
        );
    }
}
