//! A round of personal links to many hosts: whom it would reach, and whom it has reached so far.

use std::collections::BTreeMap;

use yobirin_api::personal::HostLink;
use yobirin_domain::delivery::DeliveryState;
use yobirin_domain::directory::Host;
use yobirin_domain::id::{CallId, HostId};

use crate::relay_client::ClientError;

use super::super::super::draft::bulk::Chosen;

/// Whom a round would reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Those who have no link yet.
    pub(super) fresh: Vec<HostId>,
    /// Those who have one, which a new one would end.
    pub(super) linked: Vec<HostId>,
    /// Those whom the bot cannot write to: no account, or not saved yet.
    pub(super) out: Vec<HostId>,
}

impl Plan {
    /// For those of `chosen`, of which `saved` are known to the relay.
    pub(super) fn of(saved: &[Host], chosen: &Chosen, links: &[HostLink]) -> Self {
        let known: BTreeMap<&HostId, &Host> = saved.iter().map(|host| (&host.id, host)).collect();
        let mut plan = Self::default();
        for id in chosen {
            let list = match known.get(id).and_then(|host| host.account) {
                None => &mut plan.out,
                Some(_) if links.iter().any(|link| link.host == *id) => &mut plan.linked,
                Some(_) => &mut plan.fresh,
            };
            list.push(id.clone());
        }
        plan
    }

    /// Those it goes to, with those who have a link or without them.
    pub(super) fn going(&self, again: bool) -> Vec<HostId> {
        let mut going = self.fresh.clone();
        if again {
            going.extend(self.linked.iter().cloned());
        }
        going
    }
}

/// How it stands with one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Not begun.
    Waiting,
    /// The bot has the message.
    OnItsWay(CallId),
    /// It is in the host's private chat.
    Reached,
    /// The relay did not do it.
    Refused(ClientError),
    /// Chatwork did not take it.
    NotTaken,
    /// It took too long.
    TooLate,
}

impl Reach {
    /// As a message stands, or nothing while that is open.
    pub(super) fn of(state: &DeliveryState) -> Option<Self> {
        match state {
            DeliveryState::Waiting | DeliveryState::Unknown => None,
            DeliveryState::Delivered { .. } => Some(Self::Reached),
            DeliveryState::Rejected { .. } => Some(Self::NotTaken),
            DeliveryState::Expired | DeliveryState::Withdrawn => Some(Self::TooLate),
        }
    }

    fn is_open(&self) -> bool {
        matches!(self, Self::Waiting | Self::OnItsWay(_))
    }
}

/// A round, in the order in which it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Round(Vec<(HostId, Reach)>);

impl Round {
    pub(super) fn to(hosts: Vec<HostId>) -> Self {
        let waiting = hosts.into_iter().map(|host| (host, Reach::Waiting));
        Self(waiting.collect())
    }

    /// How many hosts it goes to.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// How many of them are settled.
    pub(super) fn settled(&self) -> usize {
        self.0.iter().filter(|(_, reach)| !reach.is_open()).count()
    }

    /// How many were reached.
    pub(super) fn reached(&self) -> usize {
        let reached = self.0.iter().filter(|(_, reach)| *reach == Reach::Reached);
        reached.count()
    }

    /// Who was not, and why.
    pub(super) fn missed(&self) -> Vec<(HostId, Reach)> {
        let missed = self.0.iter();
        missed
            .filter(|(_, reach)| !reach.is_open() && *reach != Reach::Reached)
            .cloned()
            .collect()
    }

    /// Messages that are not settled.
    pub(super) fn on_their_way(&self) -> Vec<(HostId, CallId)> {
        let ways = self.0.iter().filter_map(|(host, reach)| match reach {
            Reach::OnItsWay(message) => Some((host.clone(), *message)),
            _ => None,
        });
        ways.collect()
    }

    pub(super) fn set(&mut self, host: &HostId, now: Reach) {
        if let Some((_, reach)) = self.0.iter_mut().find(|(other, _)| other == host) {
            *reach = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::id::AccountId;

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
    fn who_has_a_link_keeps_it_unless_asked_and_who_has_no_account_is_left_out() {
        let saved = [host("a", Some(1)), host("b", Some(2)), host("c", None)];
        let chosen = ["a", "b", "c", "unsaved"].map(id).into();
        let links = [HostLink {
            host: id("b"),
            made: 0,
            opened: None,
        }];
        let plan = Plan::of(&saved, &chosen, &links);
        assert_eq!(plan.going(false), [id("a")]);
        assert_eq!(plan.going(true), [id("a"), id("b")]);
        assert_eq!(plan.out, [id("c"), id("unsaved")]);
    }

    #[test]
    fn a_round_tells_who_was_reached_and_who_was_not() {
        let mut round = Round::to(["a", "b", "c"].map(id).into());
        assert_eq!((round.count(), round.settled()), (3, 0));
        round.set(&id("a"), Reach::Reached);
        round.set(&id("b"), Reach::NotTaken);
        assert_eq!((round.settled(), round.reached()), (2, 1));
        assert_eq!(round.missed(), [(id("b"), Reach::NotTaken)]);
        assert!(round.on_their_way().is_empty());
    }
}
