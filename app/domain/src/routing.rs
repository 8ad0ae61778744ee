//! Where a call goes, and why. `resolve` is pure, total, and the only place that knows the rules;
//! the kiosk calls it for real, the set-up preview to show what would happen.
//!
//! The rules are the seed's (help page "Chatwork連携 設定編", device settings), the rest are our own
//! decisions where the seed is silent; each of those leaves a [`Step`] in the trace.

mod fallback;
mod people;
#[cfg(test)]
pub(crate) mod properties;
mod resolve;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use fallback::fallback;
pub use people::possible_recipients;
pub use resolve::resolve;

use crate::model::date::Date;
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::menu::Method;

/// Most people whom one call can tell or mention, delegates included. Together with a room that is
/// as many deliveries as the relay takes in one call; `validate` refuses documents that exceed it.
pub const MAX_PEOPLE: usize = 99;

/// What a visitor asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRequest {
    /// Whom.
    pub target: Target,
    /// How the button that was pressed sends its notification.
    pub method: Method,
    /// The day of the tap in the site's time zone, for absences.
    pub today: Date,
}

/// Whom a visitor calls.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// One person.
    Host(HostId),
    /// A department.
    Group(GroupId),
    /// Anybody at the office: the button outside of every menu (スタッフを呼ぶ).
    Staff,
}

/// A place in Chatwork where a message can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// A group chat.
    Room(RoomId),
    /// The bot's private chat with one person.
    Account(AccountId),
}

/// One message to one destination (通知), before it is worded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Where it goes.
    pub to: Destination,
    /// Hosts mentioned with `[To:…]`, each with a Chatwork account, none twice. Always empty in a
    /// private chat, where everything is addressed to one person already.
    pub mentions: Vec<HostId>,
}

/// What `resolve` decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Messages to send, each destination once, direct ones first. Empty only when the site has no
    /// default room and nothing else matched.
    pub deliveries: Vec<Delivery>,
    /// Why, in the order the decisions were taken.
    pub trace: Vec<TraceStep>,
}

/// One decision on the way to a destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum TraceStep {
    /// The host is told in the bot's private chat with them (seed, ダイレクト).
    DirectToHost {
        /// Who is told.
        host: HostId,
    },
    /// A group called directly means its in-charge hosts (seed, ダイレクト通知でグループを呼び出すと).
    DirectToInCharge {
        /// The group that was called.
        group: GroupId,
        /// Those who are told.
        hosts: Vec<HostId>,
    },
    /// The group's own room (seed, rule 1).
    OwnRoom {
        /// The group.
        group: GroupId,
        /// Its room.
        room: RoomId,
    },
    /// The nearest ancestor's room (seed, rule 2).
    AncestorRoom {
        /// The group that has no room of its own.
        group: GroupId,
        /// The ancestor whose room is used.
        ancestor: GroupId,
        /// That room.
        room: RoomId,
    },
    /// Nobody above has a room: the default room (seed, rule 3).
    DefaultRoom {
        /// The default room.
        room: RoomId,
    },
    /// A host's first group decides the room (seed, 先頭グループ).
    FirstGroup {
        /// The host who was called.
        host: HostId,
        /// Their first group.
        group: GroupId,
    },
    /// Our decision: a host without a Chatwork account can be neither told directly nor mentioned,
    /// so the room route is taken.
    HostWithoutAccount {
        /// The host.
        host: HostId,
    },
    /// Our decision: a group without usable in-charge hosts cannot be told directly, so the room
    /// route is taken.
    NobodyInCharge {
        /// The group.
        group: GroupId,
    },
    /// Our decision: an in-charge host without a Chatwork account is passed over.
    InChargeWithoutAccount {
        /// The group that was called.
        group: GroupId,
        /// The host who is passed over.
        host: HostId,
    },
    /// Our decision: a host without groups is called in the default room.
    HostWithoutGroups {
        /// The host.
        host: HostId,
    },
    /// Our decision: while a host is absent their delegates are told too.
    AbsentSoDelegates {
        /// The absent host.
        host: HostId,
        /// Those who are told too; empty when nobody stands in.
        delegates: Vec<HostId>,
    },
    /// Our decision: a delegate who is told is absent as well.
    DelegateAbsent {
        /// The delegate.
        host: HostId,
    },
    /// Our decision: where neither the called host nor a delegate can be mentioned, those in charge
    /// of the host's first group are, or of the nearest group above it that has any.
    InChargeMentioned {
        /// Their group.
        group: GroupId,
    },
    /// Hosts that the message in the room mentions. A message without mentions alerts nobody.
    Mentions {
        /// The room.
        room: RoomId,
        /// The hosts who are mentioned; may be empty.
        hosts: Vec<HostId>,
    },
    /// Our decision: a call for staff goes to the default room and mentions those in charge of the
    /// groups whose own room that is.
    StaffRoom {
        /// The default room.
        room: RoomId,
    },
    /// Our decision: a group that tablets do not offer still routes when it is reached otherwise.
    NotOfferedOnTablets {
        /// The group.
        group: GroupId,
    },
    /// The target is not in the settings (any more): the default room is told, so that nobody waits
    /// in vain.
    UnknownTarget,
    /// No default room is set, so there is nowhere left to go.
    NoDefaultRoom,
}

impl TraceStep {
    /// Number of hosts and groups that it names.
    #[must_use]
    pub(crate) fn names(&self) -> usize {
        match self {
            Self::DirectToInCharge { hosts, .. } => 1 + hosts.len(),
            Self::AbsentSoDelegates { delegates, .. } => 1 + delegates.len(),
            Self::AncestorRoom { .. }
            | Self::FirstGroup { .. }
            | Self::InChargeWithoutAccount { .. } => 2,
            Self::DirectToHost { .. }
            | Self::OwnRoom { .. }
            | Self::HostWithoutAccount { .. }
            | Self::NobodyInCharge { .. }
            | Self::HostWithoutGroups { .. }
            | Self::DelegateAbsent { .. }
            | Self::InChargeMentioned { .. }
            | Self::NotOfferedOnTablets { .. } => 1,
            Self::Mentions { hosts, .. } => hosts.len(),
            Self::StaffRoom { .. }
            | Self::DefaultRoom { .. }
            | Self::UnknownTarget
            | Self::NoDefaultRoom => 0,
        }
    }
}
