//! Differences between two settings documents: list of changes, undo, and three-way merge.
//!
//! The records are the site, hosts, groups and devices. Fields of a record are compared in its JSON form, so new
//! fields need no code here.

mod counts;
mod list;
mod merge;
mod parts;
mod patch;
mod record;
mod resolve;
mod site_page;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use counts::ChangeCounts;
pub use merge::{Merged, merge};
pub use patch::Patch;
pub use record::Edit;
pub use resolve::{Conflict, Side};
pub use site_page::SitePage;

use crate::model::id::{DeviceId, GroupId, HostId};
use crate::model::lang::TranslatedText;
use crate::model::settings::SettingsDocument;

/// Record of a settings document.
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

/// Path of a field in the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldPath {
    /// Record of the field.
    pub entity: Entity,
    /// Keys of the JSON form, such as `["contact", "phone"]`; list entries by id, such as
    /// `["menu", "b1", "label", "ja"]`. Empty for the whole record.
    pub path: Vec<String>,
}

/// One changed field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Path of the field.
    pub field: FieldPath,
    /// Name of the record after the change, or before it when removed.
    pub name: TranslatedText,
    /// Value before; `None` when the field is new.
    pub before: Option<Value>,
    /// Value after; `None` when the field was removed.
    pub after: Option<Value>,
}

/// All changed fields between two documents: the site first, then hosts, groups and devices in order.
#[must_use]
pub fn between(before: &SettingsDocument, after: &SettingsDocument) -> Vec<Change> {
    Patch::between(before, after).changes()
}
