//! Properties of routing on any document, valid or not, and any request.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Destination, RouteRequest, Target, resolve};
use crate::model::date::Date;
use crate::model::directory::{Group, Host};
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::menu::Method;
use crate::model::settings::{Settings, SettingsDocument, Site};
use crate::outbound_policy::OutboundPolicy;
use crate::test_office::{cases, group, group_id, host, host_id, today};

const RECORDS: usize = 7;

/// Ids, some of which do not exist.
fn some_id(prefix: &'static str) -> impl Strategy<Value = String> {
    (0..RECORDS + 1).prop_map(move |i| format!("{prefix}{i}"))
}

fn some_day() -> impl Strategy<Value = Option<Date>> {
    prop::option::of((20_u8..27).prop_map(|day| Date::new(2026, 11, day).unwrap()))
}

fn some_host(i: usize) -> impl Strategy<Value = Host> {
    let ids = |prefix| prop::collection::vec(some_id(prefix), 0..4);
    // Few numbers, 0 for none, so that shared and missing accounts are common.
    (0_u64..9, ids("g"), ids("h"), some_day()).prop_map(
        move |(account, groups, delegates, absent_until)| {
            let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
            let mut host = host(&format!("h{i}"), "某", "", account, &groups);
            host.delegates = delegates.iter().map(|key| host_id(key)).collect();
            host.absent_until = absent_until;
            host
        },
    )
}

fn some_group(i: usize) -> impl Strategy<Value = Group> {
    let in_charge = prop::collection::vec(some_id("h"), 0..4);
    let parent = prop::option::of(some_id("g"));
    (parent, 0_u64..3, in_charge, any::<bool>(), any::<bool>()).prop_map(
        move |(parent, room, in_charge, hidden, not_callable)| {
            let parent = parent.unwrap_or_default();
            let in_charge: Vec<&str> = in_charge.iter().map(String::as_str).collect();
            let mut group = group(&format!("g{i}"), "某", &parent, room, &in_charge);
            (group.hidden, group.not_callable) = (hidden, not_callable);
            group
        },
    )
}

/// Settings with cycles, dangling references, duplicate entries and shared accounts.
pub(crate) fn any_settings() -> impl Strategy<Value = Settings> {
    let hosts: Vec<_> = (0..RECORDS).map(some_host).collect();
    let groups: Vec<_> = (0..RECORDS).map(some_group).collect();
    (hosts, groups, prop::option::weighted(0.8, 50_u64..52)).prop_map(|(hosts, groups, room)| {
        let default_room = room.and_then(|room| RoomId::try_from(room).ok());
        let site = Site {
            default_room,
            ..Site::default()
        };
        Settings::unvalidated(SettingsDocument {
            site,
            hosts,
            groups,
            ..SettingsDocument::default()
        })
    })
}

pub(crate) fn any_request() -> impl Strategy<Value = RouteRequest> {
    let target = prop_oneof![
        some_id("h").prop_map(|key| Target::Host(host_id(&key))),
        some_id("g").prop_map(|key| Target::Group(group_id(&key))),
        Just(Target::Staff),
    ];
    (target, prop::sample::select(Method::ALL.to_vec())).prop_map(|(target, method)| RouteRequest {
        target,
        method,
        today: today(),
    })
}

/// Accounts and ids of hosts, and of the delegates of absent ones.
fn recipients(settings: &Settings, called: &[&Host], today: Date) -> (Vec<AccountId>, Vec<HostId>) {
    let find = |id: &HostId| settings.hosts().iter().find(|host| host.id == *id);
    let absent = called
        .iter()
        .filter(|host| host.absent_until >= Some(today));
    let delegates = absent.flat_map(|host| host.delegates.iter().filter_map(find));
    let (mut accounts, mut mentions): (Vec<AccountId>, Vec<HostId>) = (Vec::new(), Vec::new());
    for host in called.iter().copied().chain(delegates) {
        if let Some(account) = host.account.filter(|account| !accounts.contains(account)) {
            accounts.push(account);
            mentions.push(host.id.clone());
        }
    }
    (accounts, mentions)
}

/// Reference implementation of the rules without trace: private chats, room, mentions.
fn expected(
    settings: &Settings,
    request: &RouteRequest,
) -> (Vec<AccountId>, Option<RoomId>, Vec<HostId>) {
    let find = |id: &HostId| settings.hosts().iter().find(|host| host.id == *id);
    let group = |id: &GroupId| settings.groups().iter().find(|group| group.id == *id);
    let in_charge =
        |group: &Group| -> Vec<&Host> { group.in_charge.iter().filter_map(find).collect() };
    let called: Vec<&Host> = match &request.target {
        Target::Host(id) => find(id).into_iter().collect(),
        Target::Group(id) => group(id).map(in_charge).unwrap_or_default(),
        Target::Staff => {
            let default_room = settings.site().default_room;
            let groups = settings.groups().iter();
            let in_default_room =
                groups.filter(|group| default_room.is_some() && group.room == default_room);
            let each =
                in_default_room.map(|group| recipients(settings, &in_charge(group), request.today));
            let mut all: Vec<HostId> = Vec::new();
            for host in each.flat_map(|(_, hosts)| hosts) {
                let account = |id: &HostId| find(id).and_then(|host| host.account);
                if all.iter().all(|known| account(known) != account(&host)) {
                    all.push(host);
                }
            }
            return (Vec::new(), default_room, all);
        }
    };
    let (accounts, mut mentions) = recipients(settings, &called, request.today);
    let is_direct =
        request.method != Method::Room && called.iter().any(|host| host.account.is_some());
    let has_room = request.method != Method::Direct || !is_direct;
    let mut next_group = match &request.target {
        Target::Host(_) => called.first().and_then(|host| host.groups.first()),
        Target::Group(id) => Some(id),
        Target::Staff => None,
    };
    let mut room = None;
    for _ in 0..=settings.groups().len() {
        let found = next_group.and_then(group);
        room = room.or(found.and_then(|group| group.room));
        next_group = found.and_then(|group| group.parent.as_ref());
        if let (Target::Host(_), Some(found)) = (&request.target, found)
            && mentions.is_empty()
        {
            mentions = recipients(settings, &in_charge(found), request.today).1;
        }
    }
    let room = if has_room {
        room.or(settings.site().default_room)
    } else {
        None
    };
    (
        if is_direct { accounts } else { Vec::new() },
        room,
        mentions,
    )
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn resolve_equals_the_reference_implementation(settings in any_settings(), request in any_request()) {
        let (accounts, room, mentions) = expected(&settings, &request);
        let resolution = resolve(&settings, &request);
        let private = accounts.into_iter().map(|account| (Destination::Account(account), Vec::new()));
        let expected: Vec<_> = private
            .chain(room.map(|room| (Destination::Room(room), mentions)))
            .collect();
        let sent: Vec<_> = resolution.deliveries.into_iter().map(|d| (d.to, d.mentions)).collect();
        prop_assert_eq!(sent, expected);
    }

    #[test]
    fn destinations_are_in_the_settings_and_occur_once(settings in any_settings(), request in any_request()) {
        let policy = OutboundPolicy::of(&settings);
        let mut seen = BTreeSet::new();
        for delivery in resolve(&settings, &request).deliveries {
            match delivery.to {
                Destination::Room(room) => prop_assert!(policy.rooms().contains(&room)),
                Destination::Account(account) => prop_assert!(policy.accounts().contains(&account)),
            }
            prop_assert!(seen.insert(delivery.to), "{:?} twice", delivery.to);
        }
    }

    #[test]
    fn every_mention_has_an_account_and_occurs_once(settings in any_settings(), request in any_request()) {
        for delivery in resolve(&settings, &request).deliveries {
            let is_private = matches!(delivery.to, Destination::Account(_));
            prop_assert!(!is_private || delivery.mentions.is_empty());
            let accounts: Vec<_> = delivery.mentions.iter()
                .map(|id| settings.host(id).and_then(|host| host.account))
                .collect();
            let distinct: BTreeSet<_> = accounts.iter().flatten().collect();
            prop_assert_eq!(distinct.len(), delivery.mentions.len());
        }
    }

    #[test]
    fn with_a_default_room_every_call_has_a_destination(settings in any_settings(), request in any_request()) {
        let resolution = resolve(&settings, &request);
        prop_assert!(!resolution.trace.is_empty(), "every decision leaves a trace step");
        prop_assert!(!resolution.deliveries.is_empty() || settings.site().default_room.is_none());
    }
}
