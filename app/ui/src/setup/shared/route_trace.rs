//! Texts for the steps of a routing trace.

use yobirin_domain::routing::TraceStep;

use crate::i18n::fill;
use crate::i18n::setup::Words;

use super::display_names::DisplayNames;

/// One routing decision as a sentence for the admin.
pub(crate) fn step_text(words: &Words, names: DisplayNames, step: &TraceStep) -> String {
    let texts = &words.route_trace;
    match step {
        TraceStep::DirectToHost { host } => {
            fill(texts.direct_to_host, &[("host", &names.host(host))])
        }
        TraceStep::DirectToInCharge { group, hosts } => fill(
            texts.direct_to_in_charge,
            &[
                ("group", &names.group(group)),
                ("hosts", &names.hosts(hosts)),
            ],
        ),
        TraceStep::OwnRoom { group, room } => fill(
            texts.own_room,
            &[("group", &names.group(group)), ("room", &names.room(*room))],
        ),
        TraceStep::AncestorRoom {
            group,
            ancestor,
            room,
        } => fill(
            texts.ancestor_room,
            &[
                ("group", &names.group(group)),
                ("ancestor", &names.group(ancestor)),
                ("room", &names.room(*room)),
            ],
        ),
        TraceStep::DefaultRoom { room } => {
            fill(texts.default_room, &[("room", &names.room(*room))])
        }
        TraceStep::FirstGroup { host, group } => fill(
            texts.first_group,
            &[("host", &names.host(host)), ("group", &names.group(group))],
        ),
        TraceStep::HostWithoutAccount { host } => {
            fill(texts.host_without_account, &[("host", &names.host(host))])
        }
        TraceStep::NobodyInCharge { group } => {
            fill(texts.nobody_in_charge, &[("group", &names.group(group))])
        }
        TraceStep::InChargeWithoutAccount { group, host } => fill(
            texts.in_charge_without_account,
            &[("group", &names.group(group)), ("host", &names.host(host))],
        ),
        TraceStep::HostWithoutGroups { host } => {
            fill(texts.host_without_groups, &[("host", &names.host(host))])
        }
        TraceStep::AbsentSoDelegates { host, delegates } if delegates.is_empty() => {
            fill(texts.absent_alone, &[("host", &names.host(host))])
        }
        TraceStep::AbsentSoDelegates { host, delegates } => fill(
            texts.absent,
            &[
                ("host", &names.host(host)),
                ("hosts", &names.hosts(delegates)),
            ],
        ),
        TraceStep::DelegateAbsent { host } => {
            fill(texts.delegate_absent, &[("host", &names.host(host))])
        }
        TraceStep::InChargeMentioned { group } => {
            fill(texts.in_charge_mentioned, &[("group", &names.group(group))])
        }
        TraceStep::Mentions { hosts, .. } if hosts.is_empty() => texts.mentions_nobody.to_owned(),
        TraceStep::Mentions { hosts, .. } => fill(
            texts.mentions,
            &[("hosts", &names.hosts_abbreviated(hosts))],
        ),
        TraceStep::StaffRoom { room } => fill(texts.staff_room, &[("room", &names.room(*room))]),
        TraceStep::NotOfferedOnTablets { group } => {
            fill(texts.not_offered, &[("group", &names.group(group))])
        }
        TraceStep::UnknownTarget => texts.unknown_target.to_owned(),
        TraceStep::NoDefaultRoom => texts.no_default_room.to_owned(),
    }
}

/// Name of a step, for tests and styles.
pub(crate) fn step_kind(step: &TraceStep) -> &'static str {
    match step {
        TraceStep::DirectToHost { .. } => "direct_to_host",
        TraceStep::DirectToInCharge { .. } => "direct_to_in_charge",
        TraceStep::OwnRoom { .. } => "own_room",
        TraceStep::AncestorRoom { .. } => "ancestor_room",
        TraceStep::DefaultRoom { .. } => "default_room",
        TraceStep::FirstGroup { .. } => "first_group",
        TraceStep::HostWithoutAccount { .. } => "host_without_account",
        TraceStep::NobodyInCharge { .. } => "nobody_in_charge",
        TraceStep::InChargeWithoutAccount { .. } => "in_charge_without_account",
        TraceStep::HostWithoutGroups { .. } => "host_without_groups",
        TraceStep::AbsentSoDelegates { .. } => "absent_so_delegates",
        TraceStep::DelegateAbsent { .. } => "delegate_absent",
        TraceStep::InChargeMentioned { .. } => "in_charge_mentioned",
        TraceStep::Mentions { .. } => "mentions",
        TraceStep::StaffRoom { .. } => "staff_room",
        TraceStep::NotOfferedOnTablets { .. } => "not_offered_on_tablets",
        TraceStep::UnknownTarget => "unknown_target",
        TraceStep::NoDefaultRoom => "no_default_room",
    }
}
