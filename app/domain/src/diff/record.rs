//! Records of a settings document (site, hosts, groups, devices) and the edit of one record.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Entity;
use crate::model::directory::{Group, Host};
use crate::model::id::{DeviceId, GroupId, HostId};
use crate::model::lang::{Lang, TranslatedText};
use crate::model::menu::Device;
use crate::model::settings::Site;

/// One record before and after an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit<T> {
    /// Record before; `None` when it was added.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub before: Option<T>,
    /// Record after; `None` when it was removed.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub after: Option<T>,
    /// Index of the record in its list: in the new list when it was added or changed, in the old list when it was
    /// removed. Applying the patch inserts a missing record there. Unused for the site, which is not a list.
    pub index: usize,
}

impl<T: Clone> Edit<T> {
    pub(super) fn new(before: Option<&T>, after: Option<&T>, index: usize) -> Self {
        Self {
            before: before.cloned(),
            after: after.cloned(),
            index,
        }
    }

    pub(super) fn inverse(&self) -> Self {
        Self {
            before: self.after.clone(),
            after: self.before.clone(),
            index: self.index,
        }
    }
}

/// Record that is compared and merged by key.
pub(super) trait Record: Clone + PartialEq + Serialize + DeserializeOwned {
    type Key: Ord;
    /// Key by which the record is found in another document.
    fn key(&self) -> &Self::Key;
    fn entity(&self) -> Entity;
    /// Name of the record, for people. A name that is not translated is given as Japanese, and shown in every
    /// language.
    fn name(&self) -> TranslatedText;
    /// JSON form; `None` if the record cannot be serialized, which no record of the settings does.
    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}

impl Record for Host {
    type Key = HostId;
    fn key(&self) -> &HostId {
        &self.id
    }
    fn entity(&self) -> Entity {
        Entity::Host(self.id.clone())
    }
    fn name(&self) -> TranslatedText {
        TranslatedText::of(Lang::Ja, self.name.as_str())
    }
}

impl Record for Group {
    type Key = GroupId;
    fn key(&self) -> &GroupId {
        &self.id
    }
    fn entity(&self) -> Entity {
        Entity::Group(self.id.clone())
    }
    fn name(&self) -> TranslatedText {
        self.name.clone()
    }
}

impl Record for Device {
    type Key = DeviceId;
    fn key(&self) -> &DeviceId {
        &self.id
    }
    fn entity(&self) -> Entity {
        Entity::Device(self.id.clone())
    }
    fn name(&self) -> TranslatedText {
        TranslatedText::of(Lang::Ja, self.name.as_str())
    }
}

impl Record for Site {
    type Key = ();
    fn key(&self) -> &() {
        &()
    }
    fn entity(&self) -> Entity {
        Entity::Site
    }
    fn name(&self) -> TranslatedText {
        TranslatedText::of(Lang::Ja, self.name.as_str())
    }
}
