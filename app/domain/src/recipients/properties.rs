//! Properties of `Recipients`: on any settings and delivery states, only notified hosts and groups are named.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{NotifiedParty, Recipients};
use crate::model::delivery::{DeliveryState, RejectReason};
use crate::model::id::{AccountId, GroupId, HostId, MessageId};
use crate::model::settings::Settings;
use crate::routing::properties::{any_request, any_settings};
use crate::routing::{Delivery, Destination, Target, resolve};
use crate::test_office::{cases, room_id, today};

fn any_state() -> impl Strategy<Value = DeliveryState> {
    let delivered = DeliveryState::Delivered {
        message: MessageId::try_from("1".to_owned()).unwrap(),
        room: room_id(1),
        at: 1,
    };
    let rejected = DeliveryState::Rejected {
        reason: RejectReason::NoSuchRoom,
    };
    prop_oneof![
        3 => Just(delivered),
        1 => Just(rejected),
        1 => Just(DeliveryState::Waiting),
        1 => Just(DeliveryState::Unknown),
        1 => Just(DeliveryState::Expired),
        1 => Just(DeliveryState::Withdrawn),
    ]
}

fn is_delivered(state: &DeliveryState) -> bool {
    matches!(state, DeliveryState::Delivered { .. })
}

/// Accounts that Chatwork alerts: the accounts of private chats, and mentioned accounts.
fn alerted(settings: &Settings, arrived: &[&Delivery]) -> BTreeSet<AccountId> {
    let account = |id: &HostId| settings.host(id).and_then(|host| host.account);
    let accounts = arrived.iter().flat_map(|delivery| {
        let private = match delivery.to {
            Destination::Account(account) => Some(account),
            Destination::Room(_) => None,
        };
        let mentioned = delivery.mentions.iter().filter_map(account);
        private.into_iter().chain(mentioned)
    });
    accounts.collect()
}

/// Accounts of the in-charge hosts of a group and of the delegates of absent ones.
fn in_charge_accounts(settings: &Settings, group: &GroupId) -> BTreeSet<AccountId> {
    let mut accounts = BTreeSet::new();
    for id in settings
        .group(group)
        .iter()
        .flat_map(|group| &group.in_charge)
    {
        let Some(host) = settings.host(id) else {
            continue;
        };
        let mut ids = vec![id];
        if host.is_absent(today()) {
            ids.extend(&host.delegates);
        }
        let recipients = ids.into_iter().filter_map(|id| settings.host(id));
        accounts.extend(recipients.filter_map(|host| host.account));
    }
    accounts
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn only_notified_recipients_are_named(
        settings in any_settings(),
        request in any_request(),
        states in prop::collection::vec(any_state(), 12),
        fallback in prop::option::of(any_state()),
    ) {
        let resolution = resolve(&settings, &request);
        let deliveries = &resolution.deliveries;
        let to = deliveries.iter().map(|delivery| delivery.to);
        let recipients = Recipients::of(&request.target, to, &resolution.trace);
        let states = &states[..deliveries.len().min(12)];
        let notified = recipients.notified(states, fallback.as_ref());

        let arrived: Vec<&Delivery> = deliveries.iter().zip(states)
            .filter_map(|(delivery, state)| is_delivered(state).then_some(delivery))
            .collect();
        let alerted = alerted(&settings, &arrived);
        let is_notified = |id: &HostId| {
            let account = settings.host(id).and_then(|host| host.account);
            account.is_some_and(|account| alerted.contains(&account))
        };
        let is_absent = |id: &HostId| settings.host(id).is_some_and(|host| host.is_absent(today()));
        if let Some(host) = &notified.absent {
            prop_assert!(is_absent(host));
        }
        match &notified.whom {
            NotifiedParty::Nobody => {
                prop_assert!(arrived.is_empty());
                prop_assert!(!fallback.as_ref().is_some_and(is_delivered));
            }
            NotifiedParty::Host(host) => {
                prop_assert_eq!(&request.target, &Target::Host(host.clone()));
                prop_assert!(is_notified(host), "{} was not notified", host);
                prop_assert_eq!(notified.alerted, !is_absent(host));
            }
            NotifiedParty::Delegates(hosts) => {
                prop_assert!(!hosts.is_empty() && notified.absent.is_some());
                for host in hosts {
                    prop_assert!(is_notified(host), "{} was not notified", host);
                    prop_assert_eq!(notified.alerted, !is_absent(host));
                }
            }
            NotifiedParty::Group(group) => {
                let in_charge_notified = !in_charge_accounts(&settings, group).is_disjoint(&alerted);
                let group_room = settings.group(group).and_then(|group| group.room).map(Destination::Room);
                let room_notified = arrived.iter().any(|delivery| Some(delivery.to) == group_room);
                let is_called = request.target == Target::Group(group.clone()) && !arrived.is_empty();
                prop_assert!(in_charge_notified || room_notified || is_called, "{} was not notified", group);
            }
            NotifiedParty::Staff => prop_assert!(!arrived.is_empty() || fallback.as_ref().is_some_and(is_delivered)),
            NotifiedParty::FallbackRoom => {
                prop_assert!(arrived.is_empty() && fallback.as_ref().is_some_and(is_delivered));
                prop_assert!(states.iter().all(DeliveryState::is_final));
            }
        }
        let present = settings.hosts().iter().filter(|host| !host.is_absent(today()));
        let mut present = present.filter_map(|host| host.account);
        prop_assert!(!notified.alerted || present.any(|account| alerted.contains(&account)));
    }
}
