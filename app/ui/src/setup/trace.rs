//! Why a call goes where it goes: each step of the routing in words.

use yobirin_domain::route::Step;

use crate::locale::fill;
use crate::locale::setup::Words;

use super::names::Names;

/// A step in the reader's language.
pub(super) fn in_words(words: &Words, names: Names, step: &Step) -> String {
    let w = &words.trace;
    match step {
        Step::DirectToHost { host } => fill(w.direct_to_host, &[("host", &names.host(host))]),
        Step::DirectToInCharge { group, hosts } => fill(
            w.direct_to_in_charge,
            &[
                ("group", &names.group(group)),
                ("hosts", &names.hosts(hosts)),
            ],
        ),
        Step::OwnRoom { group, room } => fill(
            w.own_room,
            &[("group", &names.group(group)), ("room", &names.room(*room))],
        ),
        Step::AncestorRoom {
            group,
            ancestor,
            room,
        } => fill(
            w.ancestor_room,
            &[
                ("group", &names.group(group)),
                ("ancestor", &names.group(ancestor)),
                ("room", &names.room(*room)),
            ],
        ),
        Step::DefaultRoom { room } => fill(w.default_room, &[("room", &names.room(*room))]),
        Step::FirstGroup { host, group } => fill(
            w.first_group,
            &[("host", &names.host(host)), ("group", &names.group(group))],
        ),
        Step::HostWithoutAccount { host } => {
            fill(w.host_without_account, &[("host", &names.host(host))])
        }
        Step::NobodyInCharge { group } => {
            fill(w.nobody_in_charge, &[("group", &names.group(group))])
        }
        Step::InChargeWithoutAccount { group, host } => fill(
            w.in_charge_without_account,
            &[("group", &names.group(group)), ("host", &names.host(host))],
        ),
        Step::HostWithoutGroups { host } => {
            fill(w.host_without_groups, &[("host", &names.host(host))])
        }
        Step::AbsentSoDelegates { host, delegates } if delegates.is_empty() => {
            fill(w.absent_alone, &[("host", &names.host(host))])
        }
        Step::AbsentSoDelegates { host, delegates } => fill(
            w.absent,
            &[
                ("host", &names.host(host)),
                ("hosts", &names.hosts(delegates)),
            ],
        ),
        Step::DelegateAbsent { host } => fill(w.delegate_absent, &[("host", &names.host(host))]),
        Step::InChargeMentioned { group } => {
            fill(w.in_charge_mentioned, &[("group", &names.group(group))])
        }
        Step::Mentions { hosts, .. } if hosts.is_empty() => w.mentions_nobody.to_owned(),
        Step::Mentions { hosts, .. } => fill(w.mentions, &[("hosts", &names.few_hosts(hosts))]),
        Step::StaffRoom { room } => fill(w.staff_room, &[("room", &names.room(*room))]),
        Step::NotOfferedOnTablets { group } => {
            fill(w.not_offered, &[("group", &names.group(group))])
        }
        Step::UnknownTarget => w.unknown_target.to_owned(),
        Step::NoDefaultRoom => w.no_default_room.to_owned(),
    }
}

/// A step's name, for tests and styles.
pub(super) fn kind(step: &Step) -> &'static str {
    match step {
        Step::DirectToHost { .. } => "direct_to_host",
        Step::DirectToInCharge { .. } => "direct_to_in_charge",
        Step::OwnRoom { .. } => "own_room",
        Step::AncestorRoom { .. } => "ancestor_room",
        Step::DefaultRoom { .. } => "default_room",
        Step::FirstGroup { .. } => "first_group",
        Step::HostWithoutAccount { .. } => "host_without_account",
        Step::NobodyInCharge { .. } => "nobody_in_charge",
        Step::InChargeWithoutAccount { .. } => "in_charge_without_account",
        Step::HostWithoutGroups { .. } => "host_without_groups",
        Step::AbsentSoDelegates { .. } => "absent_so_delegates",
        Step::DelegateAbsent { .. } => "delegate_absent",
        Step::InChargeMentioned { .. } => "in_charge_mentioned",
        Step::Mentions { .. } => "mentions",
        Step::StaffRoom { .. } => "staff_room",
        Step::NotOfferedOnTablets { .. } => "not_offered_on_tablets",
        Step::UnknownTarget => "unknown_target",
        Step::NoDefaultRoom => "no_default_room",
    }
}
