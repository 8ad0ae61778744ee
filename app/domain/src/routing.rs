//! Routing of a call: its destinations and the reasons for them. [`resolve`] is a pure, total function and the
//! only place with these rules; the kiosk uses it for calls, set-up for the preview.
//!
//! # Rules
//!
//! Source: ACALL help center (ヘルプセンター), page "Chatwork連携 設定編", section
//! "デバイス設定から受け取り方法を設定する".
//!
//! | method | target | destination |
//! |---|---|---|
//! | ダイレクト | host | the bot's private chat with the host: "そのホストにのみ通知がされます" |
//! | ダイレクト | group | private chats of the in-charge hosts: "グループの担当者へ通知されます" |
//! | ルーム | group | rules 1 to 3 below |
//! | ルーム | host | as ルーム for the host's first group (先頭グループ) |
//!
//! Room of a group:
//! 1. Its own room: "「Chatwork ROOM ID」が登録されていれば、登録されたルームに通知されます。"
//! 2. Else the room of the nearest ancestor that has one: "親のグループまで遡り、見つかったルームに通知されます。"
//! 3. Else the default room ("acallルーム").
//!
//! Examples of the page: 総務 (own room) → 総務's room; 開発一課 (no room, parent 開発部 has one) → 開発部's room;
//! 営業一課 (no room up to the top) → default room.
//!
//! # Our decisions
//!
//! The page is silent on the following. Each case leaves a [`TraceStep`].
//! - Method "both": the union of both methods, each destination once.
//! - A message in a room mentions the hosts it is for.
//! - A host without a Chatwork account, or a group without an in-charge host who has one, is called by the room
//!   rules even when the method is direct.
//! - A host without groups is called in the default room.
//! - In-charge hosts without account are skipped.
//! - The delegates of an absent host are notified too.
//! - Hidden and not callable groups are routed like others when they are called all the same.
//! - An unknown target is called in the default room.
//! - A missing destination is replaced once by the default room ([`fallback`]).
//!
//! [`crate::validate`] rejects cycles of parents; routing terminates on them anyway.

mod destination_key;
mod fallback;
mod people;
#[cfg(test)]
pub(crate) mod properties;
mod resolve;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use fallback::fallback;
pub use people::{possible_recipients, possible_recipients_of_later_messages};
pub use resolve::resolve;

pub(crate) use people::{People, groups_of_default_room, in_charge_above, people_of, staff};
pub(crate) use resolve::room_above;

use crate::model::date::Date;
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::menu::Method;

/// Maximum number of hosts that one call notifies or mentions, delegates included. Our decision.
/// [`crate::validate`] rejects documents that exceed it.
pub const MAX_RECIPIENTS: usize = 99;

/// Input of [`resolve`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRequest {
    /// Called host, group or staff.
    pub target: Target,
    /// Notification method of the pressed button.
    pub method: Method,
    /// Date of the tap in the site's time zone, for absences.
    pub today: Date,
}

/// Called host, group or staff.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// One host.
    Host(HostId),
    /// One group.
    Group(GroupId),
    /// Any staff: the button スタッフを呼ぶ, which is on no menu.
    Staff,
}

/// Destination of a message in Chatwork.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// Group chat.
    Room(RoomId),
    /// The bot's private chat with an account.
    Account(AccountId),
}

/// One message (通知) before its text is composed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Destination.
    pub to: Destination,
    /// Hosts mentioned with `[To:…]`; each has a Chatwork account and occurs once. Empty for private chats.
    pub mentions: Vec<HostId>,
}

/// Result of [`resolve`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Messages to send: each destination once, private chats first. Empty only when no destination was found
    /// and the site has no default room.
    pub deliveries: Vec<Delivery>,
    /// Reasons, in the order of the decisions.
    pub trace: Vec<TraceStep>,
}

/// One routing decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum TraceStep {
    /// The host is notified in a private chat.
    DirectToHost {
        /// The host.
        host: HostId,
    },
    /// The in-charge hosts of the group are notified in private chats.
    DirectToInCharge {
        /// The called group.
        group: GroupId,
        /// Notified hosts.
        hosts: Vec<HostId>,
    },
    /// The group's own room (rule 1).
    OwnRoom {
        /// The group.
        group: GroupId,
        /// Room of the group.
        room: RoomId,
    },
    /// The nearest ancestor's room (rule 2).
    AncestorRoom {
        /// The group without a room.
        group: GroupId,
        /// The ancestor whose room is used.
        ancestor: GroupId,
        /// The ancestor's room.
        room: RoomId,
    },
    /// The default room: neither the group nor an ancestor has a room (rule 3), or there is no group.
    DefaultRoom {
        /// The default room.
        room: RoomId,
    },
    /// The host's first group (先頭グループ) decides the room.
    FirstGroup {
        /// The called host.
        host: HostId,
        /// The host's first group.
        group: GroupId,
    },
    /// The host has no Chatwork account, so the room rules apply. Our decision.
    HostWithoutAccount {
        /// The host.
        host: HostId,
    },
    /// No in-charge host of the group has an account, so the room rules apply. Our decision.
    NobodyInCharge {
        /// The group.
        group: GroupId,
    },
    /// An in-charge host without a Chatwork account is skipped. Our decision.
    InChargeWithoutAccount {
        /// The called group.
        group: GroupId,
        /// The skipped host.
        host: HostId,
    },
    /// The host has no groups, so the default room is called. Our decision.
    HostWithoutGroups {
        /// The host.
        host: HostId,
    },
    /// The host is absent, so the delegates are notified too. Our decision.
    AbsentSoDelegates {
        /// The absent host.
        host: HostId,
        /// Notified delegates; empty when there are none.
        delegates: Vec<HostId>,
    },
    /// A notified delegate is absent too. Our decision.
    DelegateAbsent {
        /// The delegate.
        host: HostId,
    },
    /// Neither the host nor a delegate can be mentioned, so the in-charge hosts of the host's first group, or of
    /// the nearest ancestor that has any, are mentioned. Our decision.
    InChargeMentioned {
        /// The group of the mentioned hosts.
        group: GroupId,
    },
    /// Hosts mentioned in the room. A message without mentions alerts nobody.
    Mentions {
        /// The room.
        room: RoomId,
        /// Mentioned hosts; may be empty.
        hosts: Vec<HostId>,
    },
    /// A call for staff goes to the default room, and mentions the in-charge hosts of the groups that have the
    /// default room as their own room. Our decision.
    StaffRoom {
        /// The default room.
        room: RoomId,
    },
    /// The group is hidden or not callable, and is routed like others. Our decision.
    NotOfferedOnTablets {
        /// The group.
        group: GroupId,
    },
    /// The target is not in the settings, so the default room is called. Our decision.
    UnknownTarget,
    /// There is no default room, so there is no destination.
    NoDefaultRoom,
}

impl TraceStep {
    /// Number of hosts and groups in this step.
    #[must_use]
    pub(crate) fn id_count(&self) -> usize {
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
