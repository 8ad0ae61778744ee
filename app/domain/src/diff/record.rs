//! Records of a settings document that differ as a whole: hosts, groups, devices and the site.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Entity;
use crate::model::directory::{Group, Host};
use crate::model::id::{DeviceId, GroupId, HostId};
use crate::model::lang::{Lang, LocalText};
use crate::model::menu::Device;
use crate::model::settings::Site;

/// One entry before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit<T> {
    /// As it was; `None` when it is new.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub before: Option<T>,
    /// As it is; `None` when it is gone.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub after: Option<T>,
    /// Its place in the list that has it.
    pub at: usize,
}

impl<T: Clone> Edit<T> {
    pub(super) fn new(before: Option<&T>, after: Option<&T>, at: usize) -> Self {
        Self {
            before: before.cloned(),
            after: after.cloned(),
            at,
        }
    }

    pub(super) fn inverse(&self) -> Self {
        Self {
            before: self.after.clone(),
            after: self.before.clone(),
            at: self.at,
        }
    }
}

/// What lists of a document hold.
pub(super) trait Record: Clone + PartialEq + Serialize + DeserializeOwned {
    type Key: Ord;
    fn key(&self) -> &Self::Key;
    fn entity(&self) -> Entity;
    fn name(&self) -> LocalText;
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
    fn name(&self) -> LocalText {
        LocalText::of(Lang::Ja, self.name.as_str())
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
    fn name(&self) -> LocalText {
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
    fn name(&self) -> LocalText {
        LocalText::of(Lang::Ja, self.name.as_str())
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
    fn name(&self) -> LocalText {
        LocalText::of(Lang::Ja, self.name.as_str())
    }
}
