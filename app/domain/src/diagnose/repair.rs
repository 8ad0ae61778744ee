//! Repairs of the findings of a diagnosis.

use super::Finding;
use crate::model::id::{AccountId, DeviceId, GroupId, HostId, RoomId};
use crate::routing::Target;

/// Maximum number of pages of hosts or groups that a finding offers to open.
const MAX_OFFERED_PAGES: usize = 3;
/// The same for a finding that offers another page first.
const MAX_FURTHER_PAGES: usize = MAX_OFFERED_PAGES - 1;

/// Repair of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Accept the contact request with this id.
    Accept(u64),
    /// Set the account of the host.
    SetAccount(HostId, AccountId),
    /// Remove the room of these groups; calls then go to the room of an ancestor.
    DropRoom(Vec<GroupId>),
    /// Open the page of the host.
    OpenHost(HostId),
    /// Open the page of the group.
    OpenGroup(GroupId),
    /// Open the page of all groups.
    OpenGroups,
    /// Open the page of the tablet.
    OpenDevice(DeviceId),
    /// Open the list of the hosts without furigana.
    OpenHostsWithoutFurigana,
    /// Open the page that adds hosts from Chatwork.
    OpenPeopleFromChatwork,
    /// Open the page of the Chatwork connection.
    OpenChatwork,
    /// Open the page of the Chatwork connection, at the default room.
    OpenDefaultRoom,
    /// Open the page of the site, at the exit PIN.
    OpenExitPin,
    /// Open the page of alarms, at their room.
    OpenAlarms,
    /// Open the site's steps of escalation.
    OpenEscalation,
    /// Open the room in Chatwork.
    OpenRoom(RoomId),
}

impl Finding {
    /// Repairs, the best first.
    #[must_use]
    pub fn repairs(&self) -> Vec<Repair> {
        let open_host = |host: &HostId| Repair::OpenHost(host.clone());
        match self {
            Self::NotConnected | Self::TokenRefused | Self::UnreadableEntries { .. } => {
                vec![Repair::OpenChatwork]
            }
            Self::NoDefaultRoom => vec![Repair::OpenDefaultRoom],
            Self::NoFurigana { .. } => vec![Repair::OpenHostsWithoutFurigana],
            Self::UnavailableRoom {
                is_default, groups, ..
            }
            | Self::NotAGroupChat {
                is_default, groups, ..
            } => {
                let mut repairs = Vec::new();
                if *is_default {
                    repairs.push(Repair::OpenDefaultRoom);
                }
                repairs.extend(groups.iter().take(1).cloned().map(Repair::OpenGroup));
                if !groups.is_empty() {
                    repairs.push(Repair::DropRoom(groups.clone()));
                }
                repairs
            }
            Self::StepReachesNobody { device, calls, .. } => {
                let step = device
                    .clone()
                    .map_or(Repair::OpenEscalation, Repair::OpenDevice);
                let calls = calls.iter().take(MAX_FURTHER_PAGES).map(open_target);
                std::iter::once(step).chain(calls).collect()
            }
            Self::CannotAnswer { room, hosts } => {
                let hosts = hosts.iter().take(MAX_FURTHER_PAGES).map(open_host);
                std::iter::once(Repair::OpenRoom(*room))
                    .chain(hosts)
                    .collect()
            }
            Self::BotCannotPost { room } => vec![Repair::OpenRoom(*room)],
            Self::SharedAccount { hosts, .. } | Self::NotInRoom { hosts, .. } => hosts
                .iter()
                .take(MAX_OFFERED_PAGES)
                .map(open_host)
                .collect(),
            Self::BotIsHost { host } => vec![Repair::OpenChatwork, open_host(host)],
            Self::NotAContact { host, request } => {
                let accept = request.map(Repair::Accept);
                accept.into_iter().chain([open_host(host)]).collect()
            }
            Self::UnknownAccount {
                host, suggestion, ..
            }
            | Self::NoAccount { host, suggestion } => {
                let set_account =
                    suggestion.map(|account| Repair::SetAccount(host.clone(), account));
                set_account.into_iter().chain([open_host(host)]).collect()
            }
            Self::NobodyInCharge { group } => vec![Repair::OpenGroup(group.clone())],
            Self::StaffUnmentioned { groups } if groups.is_empty() => vec![Repair::OpenGroups],
            Self::NobodyMentioned { groups }
            | Self::StaffUnmentioned { groups }
            | Self::UnreachableGroups { groups }
            | Self::UntranslatedGroups { groups }
            | Self::ReadInDefaultRoom { groups, .. } => {
                let first = groups.iter().take(MAX_OFFERED_PAGES).cloned();
                first.map(Repair::OpenGroup).collect()
            }
            Self::AbsentWithDelegates { host } | Self::AbsentWithoutDelegate { host } => {
                vec![open_host(host)]
            }
            Self::EmptyMenu { device }
            | Self::NotPaired { device }
            | Self::SilentTablet { device }
            | Self::LateEvents { device, .. } => {
                vec![Repair::OpenDevice(device.clone())]
            }
            Self::NoReminders => vec![Repair::OpenEscalation],
            Self::NoExitPin => vec![Repair::OpenExitPin],
            Self::NoAlarmRoom | Self::UnavailableAlarmRoom { .. } => vec![Repair::OpenAlarms],
            Self::RequestWaiting { request, host } => {
                let accept = Repair::Accept(request.id);
                // A contact is not a host yet.
                let add = host.is_none().then_some(Repair::OpenPeopleFromChatwork);
                [accept].into_iter().chain(add).collect()
            }
        }
    }
}

/// Opens the page of a called host or group; for staff, the page with the default room.
fn open_target(target: &Target) -> Repair {
    match target {
        Target::Host(host) => Repair::OpenHost(host.clone()),
        Target::Group(group) => Repair::OpenGroup(group.clone()),
        Target::Staff => Repair::OpenDefaultRoom,
    }
}
