//! Findings of a diagnosis, their severity and repairs.

use super::ObservedRequest;
use crate::model::escalation_step::EscalationTarget;
use crate::model::id::{AccountId, DeviceId, GroupId, HostId, RoomId};
use crate::routing::Target;
use crate::stream::StreamTrouble;

/// Maximum number of pages of hosts or groups that a finding offers to open.
const MAX_OFFERED_PAGES: usize = 3;
/// The same for a finding that offers another page first.
const MAX_FURTHER_PAGES: usize = MAX_OFFERED_PAGES - 1;

/// Severity of a finding, most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Calls fail or cannot be made.
    Broken,
    /// Somebody may not be notified.
    Risk,
    /// Worth checking.
    Hint,
    /// Fact that an office should know. It is no problem.
    Note,
}

impl Severity {
    /// All severities, most severe first.
    pub const ALL: [Self; 4] = [Self::Broken, Self::Risk, Self::Hint, Self::Note];
}

/// A problem or possible problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// No Chatwork account is connected.
    NotConnected,
    /// Chatwork rejects the token.
    TokenRefused,
    /// No default room is set.
    NoDefaultRoom,
    /// Entries of Chatwork's lists of rooms and people could not be read and were skipped.
    UnreadableEntries {
        /// Number of entries.
        count: usize,
    },
    /// The bot is not a member of the room, or the room does not exist; Chatwork does not distinguish them.
    UnavailableRoom {
        /// The room.
        room: RoomId,
        /// True for the default room.
        is_default: bool,
        /// Groups that have it as their own room.
        groups: Vec<GroupId>,
        /// True when calls go to the room.
        is_used: bool,
    },
    /// The room is a private chat, not a group chat.
    NotAGroupChat {
        /// The room.
        room: RoomId,
        /// True for the default room.
        is_default: bool,
        /// Groups that have it as their own room.
        groups: Vec<GroupId>,
    },
    /// Several hosts share an account.
    SharedAccount {
        /// The account.
        account: AccountId,
        /// Hosts with the account.
        hosts: Vec<HostId>,
    },
    /// The bot's token belongs to this host, whom Chatwork does not alert about their own messages and whose answers
    /// cannot be distinguished from the bot's messages.
    BotIsHost {
        /// The host.
        host: HostId,
    },
    /// Calls go to the host's private chat, but the host is not a contact of the bot.
    NotAContact {
        /// The host.
        host: HostId,
        /// Chatwork's id of the host's pending contact request.
        request: Option<u64>,
    },
    /// No account visible to the bot has this id.
    UnknownAccount {
        /// The host.
        host: HostId,
        /// True when calls go to the account's private chat.
        is_direct: bool,
        /// The only account without a host that has the host's name.
        suggestion: Option<AccountId>,
    },
    /// Hosts are mentioned in a room of which they are not members, so the mention does not alert them.
    NotInRoom {
        /// The room.
        room: RoomId,
        /// Hosts who are not members.
        hosts: Vec<HostId>,
    },
    /// Visitors can call the host, who has no account.
    NoAccount {
        /// The host.
        host: HostId,
        /// The only account without a host that has the host's name.
        suggestion: Option<AccountId>,
    },
    /// The group is called directly, but no in-charge host has an account, so calls go to a room.
    NobodyInCharge {
        /// The group.
        group: GroupId,
    },
    /// Calls to the groups' rooms mention nobody.
    NobodyMentioned {
        /// The groups.
        groups: Vec<GroupId>,
    },
    /// Calls for staff, which go to the default room, mention nobody.
    StaffUnmentioned {
        /// Groups whose own room is the default room; none of their in-charge hosts can be mentioned.
        groups: Vec<GroupId>,
    },
    /// The host and all delegates with an account are absent.
    AbsentWithDelegates {
        /// The host.
        host: HostId,
    },
    /// The host is absent and has no delegate with an account.
    AbsentWithoutDelegate {
        /// The host.
        host: HostId,
    },
    /// A step of the escalation has no recipients for calls to these hosts and groups.
    StepReachesNobody {
        /// Recipients that the step should have.
        to: EscalationTarget,
        /// Device of a button with steps of its own; `None` for a step of the site.
        device: Option<DeviceId>,
        /// Called hosts and groups.
        calls: Vec<Target>,
    },
    /// Hosts are mentioned in a room that they may only read, so they cannot answer there.
    CannotAnswer {
        /// The room.
        room: RoomId,
        /// Hosts who may only read it.
        hosts: Vec<HostId>,
    },
    /// The bot may only read a room that calls go to, so it cannot post there.
    BotCannotPost {
        /// The room.
        room: RoomId,
    },
    /// The menu of the tablet is empty.
    EmptyMenu {
        /// The tablet.
        device: DeviceId,
    },
    /// The tablet is not paired.
    NotPaired {
        /// The tablet.
        device: DeviceId,
    },
    /// The tablet sends no heartbeats now.
    SilentTablet {
        /// The tablet.
        device: DeviceId,
    },
    /// A proxy delays or cuts the tablet's event stream.
    LateEvents {
        /// The tablet.
        device: DeviceId,
        /// Fault of the stream.
        trouble: StreamTrouble,
    },
    /// Visitors who type kana or Latin letters do not find hosts, whose names are kanji without furigana.
    NoFurigana {
        /// Number of hosts that tablets show.
        count: usize,
    },
    /// Leaving the kiosk asks for no PIN.
    NoExitPin,
    /// No room is chosen for alarms.
    NoAlarmRoom,
    /// The bot is not a member of the room for alarms, or the room does not exist.
    UnavailableAlarmRoom {
        /// The room.
        room: RoomId,
    },
    /// No button leads to the groups or to their hosts.
    UnreachableGroups {
        /// The groups.
        groups: Vec<GroupId>,
    },
    /// A contact request to the bot is pending.
    RequestWaiting {
        /// The request.
        request: ObservedRequest,
        /// Host of the requesting account.
        host: Option<HostId>,
    },
    /// No button has steps of escalation, so nothing is sent after the first notification.
    NoReminders,
    /// Calls to the groups go to the default room, whose members read what the visitor has entered.
    ReadInDefaultRoom {
        /// The groups.
        groups: Vec<GroupId>,
        /// Number of members without the bot.
        readers: usize,
    },
}

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
    /// Severity of the finding.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::NotConnected
            | Self::TokenRefused
            | Self::NoDefaultRoom
            | Self::UnavailableRoom { is_used: true, .. }
            | Self::BotCannotPost { .. }
            | Self::SharedAccount { .. }
            | Self::NotAContact { .. }
            | Self::UnknownAccount {
                is_direct: true, ..
            } => Severity::Broken,
            Self::UnavailableRoom { is_used: false, .. }
            | Self::NotAGroupChat { .. }
            | Self::BotIsHost { .. }
            | Self::UnknownAccount {
                is_direct: false, ..
            }
            | Self::NotInRoom { .. }
            | Self::NoAccount { .. }
            | Self::NobodyInCharge { .. }
            | Self::NobodyMentioned { .. }
            | Self::StaffUnmentioned { .. }
            | Self::AbsentWithDelegates { .. }
            | Self::AbsentWithoutDelegate { .. }
            | Self::StepReachesNobody { .. }
            | Self::CannotAnswer { .. }
            | Self::EmptyMenu { .. }
            | Self::NotPaired { .. }
            | Self::SilentTablet { .. }
            | Self::UnavailableAlarmRoom { .. }
            | Self::UnreadableEntries { .. }
            | Self::NoFurigana { .. }
            | Self::LateEvents { .. } => Severity::Risk,
            Self::NoExitPin
            | Self::NoAlarmRoom
            | Self::UnreachableGroups { .. }
            | Self::RequestWaiting { .. } => Severity::Hint,
            Self::ReadInDefaultRoom { .. } | Self::NoReminders => Severity::Note,
        }
    }

    /// True unless the finding is only a fact to know.
    #[must_use]
    pub fn is_problem(&self) -> bool {
        self.severity() != Severity::Note
    }

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
