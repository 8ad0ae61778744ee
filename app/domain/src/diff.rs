//! What differs between two settings documents: to list it for people, to take it back, to put it on
//! top of what somebody else has saved meanwhile.
//!
//! Entries are hosts, groups, devices and the site. Inside an entry differences are told field by
//! field, read from its JSON form, so that a field added later is compared, merged and listed
//! without a line here.

mod field;
mod list;
mod merge;
mod patch;
mod record;
mod resolve;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use merge::{Merged, merge};
pub use patch::Patch;
pub use record::Edit;
pub use resolve::{Conflict, Side};

use crate::model::id::{DeviceId, GroupId, HostId};
use crate::model::lang::LocalText;

/// The entry that something belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Entity {
    /// The office.
    Site,
    /// A host.
    Host(HostId),
    /// A group.
    Group(GroupId),
    /// A device.
    Device(DeviceId),
}

/// Where something differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldPath {
    /// The entry.
    pub entity: Entity,
    /// The way to the field as the JSON form names it: `["contact", "phone"]`; of a menu
    /// `["menu", "b1", "label", "ja"]` with the button's id. Empty for the entry as a whole.
    pub path: Vec<String>,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub field: FieldPath,
    /// What the entry is called afterwards, or was called when it is gone.
    pub name: LocalText,
    /// What was there; nothing, when it is new or was not set.
    pub before: Option<Value>,
    /// What is there now; nothing, when it is gone or no longer set.
    pub after: Option<Value>,
}

/// Every difference between two documents: the site first, then hosts, groups and devices in their
/// order.
#[must_use]
pub fn between(
    before: &crate::model::settings::SettingsDocument,
    after: &crate::model::settings::SettingsDocument,
) -> Vec<Change> {
    Patch::between(before, after).changes()
}
