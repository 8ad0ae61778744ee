//! What can be wrong, how bad it is, and what puts it right.

use super::Request;
use crate::model::id::{AccountId, DeviceId, GroupId, HostId, RoomId};
use crate::stream::StreamTrouble;

/// How bad a finding is, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Calls are lost or cannot be made.
    Broken,
    /// Somebody may not be told.
    Risk,
    /// Worth a look.
    Hint,
}

impl Severity {
    /// Each of them, worst first.
    pub const ALL: [Self; 3] = [Self::Broken, Self::Risk, Self::Hint];
}

/// Something that is wrong or may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// No Chatwork account is connected.
    NotConnected,
    /// Chatwork refuses the token.
    TokenRefused,
    /// There is no room for calls that no group claims.
    NoDefaultRoom,
    /// Entries of Chatwork's lists of rooms and people could not be read and were left out.
    UnreadableEntries {
        /// How many.
        count: usize,
    },
    /// The bot is not in a room, or the room is gone; Chatwork does not tell which.
    DeadRoom {
        /// The room.
        room: RoomId,
        /// It is the default room.
        default: bool,
        /// Groups whose own room it is.
        groups: Vec<GroupId>,
        /// Calls go there.
        used: bool,
    },
    /// A room that is a private chat, not a group chat.
    NotAGroupChat {
        /// The room.
        room: RoomId,
        /// It is the default room.
        default: bool,
        /// Groups whose own room it is.
        groups: Vec<GroupId>,
    },
    /// Two hosts share an account.
    SharedAccount {
        /// The account.
        account: AccountId,
        /// Who has it.
        hosts: Vec<HostId>,
    },
    /// The bot's token is this host's own: posts of one's own raise no unread mark.
    BotIsHost {
        /// The host.
        host: HostId,
    },
    /// Calls go to this host's private chat, and the bot has none with them.
    NotAContact {
        /// The host.
        host: HostId,
        /// Their contact request, when one waits.
        request: Option<u64>,
    },
    /// Nobody the bot can see has this account id.
    UnknownAccount {
        /// The host.
        host: HostId,
        /// Calls go there directly.
        direct: bool,
        /// The only person of that name.
        suggestion: Option<AccountId>,
    },
    /// The host is mentioned in a room that they are not in: the message arrives, the mention does
    /// not.
    NotInRoom {
        /// The room.
        room: RoomId,
        /// Who is missing there.
        hosts: Vec<HostId>,
    },
    /// Visitors can call the host, who cannot be told or mentioned.
    NoAccount {
        /// The host.
        host: HostId,
        /// The only person of that name.
        suggestion: Option<AccountId>,
    },
    /// The group is called directly and nobody in charge can be told: calls go to a room instead.
    NobodyInCharge {
        /// The group.
        group: GroupId,
    },
    /// Nobody is mentioned when the group is called in its room.
    NobodyMentioned {
        /// The groups.
        groups: Vec<GroupId>,
    },
    /// The host is absent, and so is everybody who stands in for them.
    AbsentWithDelegates {
        /// The host.
        host: HostId,
    },
    /// The host is absent and nobody stands in for them.
    AbsentAlone {
        /// The host.
        host: HostId,
    },
    /// The tablet offers nothing.
    EmptyMenu {
        /// The tablet.
        device: DeviceId,
    },
    /// The tablet was never paired, or no longer is.
    NotPaired {
        /// The tablet.
        device: DeviceId,
    },
    /// A proxy keeps the relay's events from reaching the tablet as they happen.
    LateEvents {
        /// The tablet.
        device: DeviceId,
        /// Fault of the proxy.
        trouble: StreamTrouble,
    },
    /// No button leads to the groups, nor to anybody in them.
    UnreachableGroups {
        /// The groups.
        groups: Vec<GroupId>,
    },
    /// Somebody waits to become the bot's contact.
    RequestWaiting {
        /// The request.
        request: Request,
        /// The host who asks.
        host: Option<HostId>,
    },
}

/// What puts a finding right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Accept a contact request.
    Accept(u64),
    /// Give the host this account.
    SetAccount(HostId, AccountId),
    /// Take the room off these groups; calls then go where their parents' do.
    DropRoom(Vec<GroupId>),
    /// Look at the host.
    OpenHost(HostId),
    /// Look at the group.
    OpenGroup(GroupId),
    /// Look at the tablet.
    OpenDevice(DeviceId),
    /// Look at the connection and the default room.
    OpenChatwork,
}

impl Finding {
    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::NotConnected
            | Self::TokenRefused
            | Self::NoDefaultRoom
            | Self::DeadRoom { used: true, .. }
            | Self::SharedAccount { .. }
            | Self::NotAContact { .. }
            | Self::UnknownAccount { direct: true, .. } => Severity::Broken,
            Self::DeadRoom { used: false, .. }
            | Self::NotAGroupChat { .. }
            | Self::BotIsHost { .. }
            | Self::UnknownAccount { direct: false, .. }
            | Self::NotInRoom { .. }
            | Self::NoAccount { .. }
            | Self::NobodyInCharge { .. }
            | Self::NobodyMentioned { .. }
            | Self::AbsentWithDelegates { .. }
            | Self::AbsentAlone { .. }
            | Self::EmptyMenu { .. }
            | Self::NotPaired { .. }
            | Self::UnreadableEntries { .. }
            | Self::LateEvents { .. } => Severity::Risk,
            Self::UnreachableGroups { .. } | Self::RequestWaiting { .. } => Severity::Hint,
        }
    }

    /// What puts it right, the best way first.
    #[must_use]
    pub fn repairs(&self) -> Vec<Repair> {
        let open = |host: &HostId| Repair::OpenHost(host.clone());
        match self {
            Self::NotConnected
            | Self::TokenRefused
            | Self::NoDefaultRoom
            | Self::UnreadableEntries { .. } => vec![Repair::OpenChatwork],
            Self::DeadRoom {
                default, groups, ..
            }
            | Self::NotAGroupChat {
                default, groups, ..
            } => {
                let mut repairs = Vec::new();
                if *default {
                    repairs.push(Repair::OpenChatwork);
                }
                repairs.extend(groups.iter().take(1).cloned().map(Repair::OpenGroup));
                if !groups.is_empty() {
                    repairs.push(Repair::DropRoom(groups.clone()));
                }
                repairs
            }
            Self::SharedAccount { hosts, .. } | Self::NotInRoom { hosts, .. } => {
                hosts.iter().take(3).map(open).collect()
            }
            Self::BotIsHost { host } => vec![Repair::OpenChatwork, open(host)],
            Self::NotAContact { host, request } => {
                let accept = request.map(Repair::Accept);
                accept.into_iter().chain([open(host)]).collect()
            }
            Self::UnknownAccount {
                host, suggestion, ..
            }
            | Self::NoAccount { host, suggestion } => {
                let set = suggestion.map(|account| Repair::SetAccount(host.clone(), account));
                set.into_iter().chain([open(host)]).collect()
            }
            Self::NobodyInCharge { group } => vec![Repair::OpenGroup(group.clone())],
            Self::NobodyMentioned { groups } | Self::UnreachableGroups { groups } => {
                let first = groups.iter().take(3).cloned();
                first.map(Repair::OpenGroup).collect()
            }
            Self::AbsentWithDelegates { host } | Self::AbsentAlone { host } => vec![open(host)],
            Self::EmptyMenu { device }
            | Self::NotPaired { device }
            | Self::LateEvents { device, .. } => {
                vec![Repair::OpenDevice(device.clone())]
            }
            Self::RequestWaiting { request, .. } => vec![Repair::Accept(request.id)],
        }
    }
}
