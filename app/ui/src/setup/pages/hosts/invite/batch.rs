//! A round of personal links to many hosts: whom it would reach, and whom it has reached so far.

use std::collections::BTreeMap;

use yobirin_api::personal::HostLink;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::{CallId, HostId};

use crate::api::response::ClientError;

use crate::setup::draft::bulk::Chosen;

/// Whom a round would reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Those who have no link yet.
    pub(crate) fresh: Vec<HostId>,
    /// Those who have one, which a new one would end.
    pub(crate) linked: Vec<HostId>,
    /// Those whom the bot cannot write to: no account, or not saved yet.
    pub(crate) out: Vec<HostId>,
}

impl Plan {
    /// For those of `chosen`, of which `saved` are known to the relay.
    pub(crate) fn of(saved: &[Host], chosen: &Chosen, links: &[HostLink]) -> Self {
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
    pub(crate) fn going(&self, again: bool) -> Vec<HostId> {
        let mut going = self.fresh.clone();
        if again {
            going.extend(self.linked.iter().cloned());
        }
        going
    }
}

/// How it stands with one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
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
    pub(crate) fn of(state: &DeliveryState) -> Option<Self> {
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

/// A round in the order in which it goes, and what earlier ones came to until somebody has seen it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    earlier: Vec<(HostId, Reach)>,
    now: Vec<(HostId, Reach)>,
}

impl Batch {
    /// Sends to these too: as a new round, or with the one that is under way. To whom a link is on its
    /// way already it is sent once only; who was told of before counts by the new link.
    pub(crate) fn send_to(&mut self, hosts: Vec<HostId>) {
        if !self.is_under_way() {
            self.earlier.append(&mut self.now);
        }
        for host in hosts {
            let is_open = |(other, reach): &(HostId, Reach)| *other == host && reach.is_open();
            if self.now.iter().any(is_open) {
                continue;
            }
            self.earlier.retain(|(other, _)| *other != host);
            self.now.retain(|(other, _)| *other != host);
            self.now.push((host, Reach::Waiting));
        }
    }

    /// True while a link is on its way to somebody.
    pub(crate) fn is_under_way(&self) -> bool {
        self.now.iter().any(|(_, reach)| reach.is_open())
    }

    /// How many hosts it goes to.
    pub(crate) fn count(&self) -> usize {
        self.now.len()
    }

    /// How many of them are settled.
    pub(crate) fn settled(&self) -> usize {
        let settled = self.now.iter().filter(|(_, reach)| !reach.is_open());
        settled.count()
    }

    /// True when there is something to tell: a round that has ended.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended().next().is_some()
    }

    /// How many were reached, in all rounds that have ended.
    pub(crate) fn reached(&self) -> usize {
        reached(self.ended())
    }

    /// How many of them in rounds before the last one.
    pub(crate) fn reached_earlier(&self) -> usize {
        reached(self.earlier.iter())
    }

    /// Who was not reached in the rounds that have ended, and why.
    pub(crate) fn missed(&self) -> Vec<(HostId, Reach)> {
        let missed = self.ended().filter(|(_, reach)| *reach != Reach::Reached);
        missed.cloned().collect()
    }

    /// Forgets the rounds that have ended.
    pub(crate) fn were_seen(&mut self) {
        self.earlier.clear();
        if !self.is_under_way() {
            self.now.clear();
        }
    }

    /// Whose turn it is.
    pub(crate) fn next(&self) -> Option<HostId> {
        let mut now = self.now.iter();
        let next = now.find(|(_, reach)| *reach == Reach::Waiting);
        next.map(|(host, _)| host.clone())
    }

    /// Messages that are not settled.
    pub(crate) fn on_their_way(&self) -> Vec<(HostId, CallId)> {
        let ways = self.now.iter().filter_map(|(host, reach)| match reach {
            Reach::OnItsWay(message) => Some((host.clone(), *message)),
            _ => None,
        });
        ways.collect()
    }

    pub(crate) fn set(&mut self, host: &HostId, now: Reach) {
        if let Some((_, reach)) = self.now.iter_mut().find(|(other, _)| other == host) {
            *reach = now;
        }
    }

    fn ended(&self) -> impl Iterator<Item = &(HostId, Reach)> {
        let now = if self.is_under_way() {
            &[]
        } else {
            self.now.as_slice()
        };
        self.earlier.iter().chain(now)
    }
}

fn reached<'a>(hosts: impl Iterator<Item = &'a (HostId, Reach)>) -> usize {
    hosts.filter(|(_, reach)| *reach == Reach::Reached).count()
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

    fn round(hosts: &[&str]) -> Batch {
        let mut round = Batch::default();
        round.send_to(hosts.iter().map(|host| id(host)).collect());
        round
    }

    #[test]
    fn a_round_tells_who_was_reached_and_who_was_not() {
        let mut round = round(&["a", "b"]);
        assert_eq!((round.count(), round.settled()), (2, 0));
        assert_eq!(round.next(), Some(id("a")));
        round.set(&id("a"), Reach::Reached);
        assert!(!round.has_ended(), "b waits");
        round.set(&id("b"), Reach::NotTaken);
        assert_eq!((round.settled(), round.reached()), (2, 1));
        assert_eq!(round.missed(), [(id("b"), Reach::NotTaken)]);
        assert!(round.on_their_way().is_empty());
    }

    #[test]
    fn a_second_round_leaves_what_the_first_came_to_and_mends_it_where_it_went_again() {
        let mut round = round(&["a", "b", "c"]);
        round.set(&id("a"), Reach::Reached);
        round.set(&id("b"), Reach::NotTaken);
        round.set(&id("c"), Reach::TooLate);
        round.send_to(["c", "d"].map(id).into());
        assert_eq!((round.count(), round.settled()), (2, 0));
        assert_eq!(round.missed(), [(id("b"), Reach::NotTaken)]);
        round.set(&id("c"), Reach::Reached);
        round.set(&id("d"), Reach::Reached);
        assert_eq!((round.reached(), round.reached_earlier()), (3, 1));
        assert_eq!(round.missed(), [(id("b"), Reach::NotTaken)]);
        round.were_seen();
        assert!(!round.has_ended());
    }

    #[test]
    fn hosts_who_are_added_while_links_are_on_their_way_join_the_round_once() {
        let mut round = round(&["a", "b"]);
        round.set(&id("a"), Reach::Reached);
        round.send_to(["b", "c"].map(id).into());
        assert_eq!((round.count(), round.settled()), (3, 1));
        round.were_seen();
        assert_eq!(round.count(), 3, "what is under way is not forgotten");
    }
}
