//! Findings of a diagnosis, and their severity.

use super::ObservedRequest;
use crate::model::escalation_step::EscalationTarget;
use crate::model::id::{AccountId, DeviceId, GroupId, HostId, RoomId};
use crate::routing::Target;
use crate::stream::StreamTrouble;

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
    /// Visitors in one of the tablets' other languages see the groups' names in the office's language.
    UntranslatedGroups {
        /// The groups.
        groups: Vec<GroupId>,
    },
    /// Calls to the groups go to the default room, whose members read what the visitor has entered.
    ReadInDefaultRoom {
        /// The groups.
        groups: Vec<GroupId>,
        /// Number of members without the bot.
        readers: usize,
    },
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
            Self::ReadInDefaultRoom { .. }
            | Self::UntranslatedGroups { .. }
            | Self::NoReminders => Severity::Note,
        }
    }

    /// True unless the finding is only a fact to know.
    #[must_use]
    pub fn is_problem(&self) -> bool {
        self.severity() != Severity::Note
    }
}
