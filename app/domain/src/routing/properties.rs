//! What holds for every document, sound or not, and every tap.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Destination, RouteRequest, Target, resolve};
use crate::example::{cases, group, group_id, host, host_id, today};
use crate::model::date::Date;
use crate::model::directory::{Group, Host};
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::menu::Method;
use crate::model::settings::{Settings, SettingsDocument, Site};
use crate::outbound_policy::OutboundPolicy;

const MANY: usize = 7;

/// Ids of which some lead nowhere.
fn some_id(prefix: &'static str) -> impl Strategy<Value = String> {
    (0..MANY + 1).prop_map(move |i| format!("{prefix}{i}"))
}

fn some_day() -> impl Strategy<Value = Option<Date>> {
    prop::option::of((20_u8..27).prop_map(|day| Date::new(2026, 11, day).unwrap()))
}

fn some_host(i: usize) -> impl Strategy<Value = Host> {
    let ids = |prefix| prop::collection::vec(some_id(prefix), 0..4);
    // Few numbers, 0 for none: accounts are shared and missing often.
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

/// Any graph: cycles, dangling references, doubled entries, shared accounts.
pub(crate) fn any_settings() -> impl Strategy<Value = Settings> {
    let hosts: Vec<_> = (0..MANY).map(some_host).collect();
    let groups: Vec<_> = (0..MANY).map(some_group).collect();
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

pub(crate) fn any_tap() -> impl Strategy<Value = RouteRequest> {
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

/// Everybody with an account of some hosts and of the delegates of those who are absent.
fn everybody(settings: &Settings, called: &[&Host], today: Date) -> (Vec<AccountId>, Vec<HostId>) {
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

/// The rules once more, as plainly as they can be written and with no regard for speed or trace:
/// private chats, room, mentions.
fn model(settings: &Settings, tap: &RouteRequest) -> (Vec<AccountId>, Option<RoomId>, Vec<HostId>) {
    let find = |id: &HostId| settings.hosts().iter().find(|host| host.id == *id);
    let group = |id: &GroupId| settings.groups().iter().find(|group| group.id == *id);
    let in_charge =
        |group: &Group| -> Vec<&Host> { group.in_charge.iter().filter_map(find).collect() };
    let called: Vec<&Host> = match &tap.target {
        Target::Host(id) => find(id).into_iter().collect(),
        Target::Group(id) => group(id).map(in_charge).unwrap_or_default(),
        Target::Staff => {
            let default = settings.site().default_room;
            let groups = settings.groups().iter();
            let there = groups.filter(|group| default.is_some() && group.room == default);
            let each = there.map(|group| everybody(settings, &in_charge(group), tap.today));
            let mut all: Vec<HostId> = Vec::new();
            for host in each.flat_map(|(_, hosts)| hosts) {
                let account = |id: &HostId| find(id).and_then(|host| host.account);
                if all.iter().all(|known| account(known) != account(&host)) {
                    all.push(host);
                }
            }
            return (Vec::new(), default, all);
        }
    };
    let (accounts, mut mentions) = everybody(settings, &called, tap.today);
    let direct = tap.method != Method::Room && called.iter().any(|host| host.account.is_some());
    let by_room = tap.method != Method::Direct || !direct;
    let mut at = match &tap.target {
        Target::Host(_) => called.first().and_then(|host| host.groups.first()),
        Target::Group(id) => Some(id),
        Target::Staff => None,
    };
    let mut room = None;
    for _ in 0..=settings.groups().len() {
        let found = at.and_then(group);
        room = room.or(found.and_then(|group| group.room));
        at = found.and_then(|group| group.parent.as_ref());
        if let (Target::Host(_), Some(found)) = (&tap.target, found)
            && mentions.is_empty()
        {
            mentions = everybody(settings, &in_charge(found), tap.today).1;
        }
    }
    let room = room.or(settings.site().default_room).filter(|_| by_room);
    (if direct { accounts } else { Vec::new() }, room, mentions)
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn resolve_equals_the_naive_model(settings in any_settings(), tap in any_tap()) {
        let (accounts, room, mentions) = model(&settings, &tap);
        let resolution = resolve(&settings, &tap);
        let private = accounts.into_iter().map(|account| (Destination::Account(account), Vec::new()));
        let expected: Vec<_> = private
            .chain(room.map(|room| (Destination::Room(room), mentions)))
            .collect();
        let sent: Vec<_> = resolution.deliveries.into_iter().map(|d| (d.to, d.mentions)).collect();
        prop_assert_eq!(sent, expected);
    }

    #[test]
    fn resolve_reaches_only_declared_destinations_and_each_once(settings in any_settings(), tap in any_tap()) {
        let reach = OutboundPolicy::of(&settings);
        let mut seen = BTreeSet::new();
        for delivery in resolve(&settings, &tap).deliveries {
            match delivery.to {
                Destination::Room(room) => prop_assert!(reach.rooms().contains(&room)),
                Destination::Account(account) => prop_assert!(reach.accounts().contains(&account)),
            }
            prop_assert!(seen.insert(delivery.to), "{:?} twice", delivery.to);
        }
    }

    #[test]
    fn every_mention_has_an_account_and_none_comes_twice(settings in any_settings(), tap in any_tap()) {
        for delivery in resolve(&settings, &tap).deliveries {
            let private = matches!(delivery.to, Destination::Account(_));
            prop_assert!(!private || delivery.mentions.is_empty());
            let accounts: Vec<_> = delivery.mentions.iter()
                .map(|id| settings.host(id).and_then(|host| host.account))
                .collect();
            let distinct: BTreeSet<_> = accounts.iter().flatten().collect();
            prop_assert_eq!(distinct.len(), delivery.mentions.len());
        }
    }

    #[test]
    fn with_a_default_room_nobody_waits_in_vain(settings in any_settings(), tap in any_tap()) {
        let resolution = resolve(&settings, &tap);
        prop_assert!(!resolution.trace.is_empty(), "a decision leaves a trace");
        prop_assert!(!resolution.deliveries.is_empty() || settings.site().default_room.is_none());
    }
}
