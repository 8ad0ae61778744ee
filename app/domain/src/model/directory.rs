//! Who works here: hosts and the forest of groups they belong to, as the settings document holds
//! them. What makes a directory sound is `validate`'s to say; finding people by name is `search`'s.

use serde::{Deserialize, Serialize};

use crate::model::date::Date;
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::lang::LocalText;

/// An employee who can be called (担当者・ホスト).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Host {
    /// Key within the document.
    pub id: HostId,
    /// Name as colleagues write it.
    pub name: String,
    /// Reading of the name, in kana; searched, and the order of lists.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kana: String,
    /// Name as the tablet shows it, when that differs from `name`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub display_name: String,
    /// Further words by which visitors may look for this host (maiden name, nickname).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search_keys: Vec<String>,
    /// Chatwork account; without one the host cannot be told directly nor mentioned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// Groups this host belongs to, in order; the first one (先頭グループ) decides the room.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupId>,
    /// Hosts who are told too while this one is absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegates: Vec<HostId>,
    /// Words shown to the visitor once the host has been notified.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub visitor_message: String,
    /// Last day of an absence, in the site's time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent_until: Option<Date>,
    /// Not offered on tablets.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
}

impl Host {
    /// A host with a name and nothing else yet.
    #[must_use]
    pub fn named(id: HostId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            kana: String::new(),
            display_name: String::new(),
            search_keys: Vec::new(),
            account: None,
            groups: Vec::new(),
            delegates: Vec::new(),
            visitor_message: String::new(),
            absent_until: None,
            hidden: false,
        }
    }

    /// The name a visitor sees.
    #[must_use]
    pub fn shown_name(&self) -> &str {
        if self.display_name.trim().is_empty() {
            &self.name
        } else {
            &self.display_name
        }
    }

    /// True while the host is away on `today`.
    #[must_use]
    pub fn is_absent(&self, today: Date) -> bool {
        self.absent_until.is_some_and(|last| today <= last)
    }
}

/// A department (グループ). Groups form a forest through `parent`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Group {
    /// Key within the document.
    pub id: GroupId,
    /// Name per language.
    pub name: LocalText,
    /// The group above; none at the top of a tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<GroupId>,
    /// Chatwork room of its own; without one the nearest ancestor's room is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomId>,
    /// Hosts who answer for the group when it is called (グループの担当者).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_charge: Vec<HostId>,
    /// Not shown on tablets, nor is anything below it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// Shown on tablets to be opened, not to be called.
    #[serde(default, skip_serializing_if = "is_false")]
    pub not_callable: bool,
    /// Place among its siblings: smaller comes first; equal ones keep the document's order.
    #[serde(default)]
    pub order: i32,
}

impl Group {
    /// A group with a name and nothing else yet.
    #[must_use]
    pub fn named(id: GroupId, name: LocalText) -> Self {
        Self {
            id,
            name,
            parent: None,
            room: None,
            in_charge: Vec::new(),
            hidden: false,
            not_callable: false,
            order: 0,
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // the shape serde asks for
fn is_false(flag: &bool) -> bool {
    !flag
}
