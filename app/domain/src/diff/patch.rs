//! The difference between two documents, entry by entry: small beside the documents, reversible, and
//! applicable to a document that has moved on.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::record::{Edit, Record};
use super::resolve::{Decision, Side, resolve};
use super::{Change, list};
use crate::model::directory::{Group, Host};
use crate::model::menu::Device;
use crate::model::settings::{SettingsDocument, Site};

/// The difference between two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// The site, when it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Box<Edit<Site>>>,
    /// Hosts that differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<Edit<Host>>,
    /// Groups that differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Edit<Group>>,
    /// Devices that differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<Edit<Device>>,
}

impl Patch {
    /// What has to change in `before` to make it `after`. The order of entries that both have is not
    /// looked at: groups carry theirs in a field, and the rest is shown by name.
    #[must_use]
    pub fn between(before: &SettingsDocument, after: &SettingsDocument) -> Self {
        let site = (before.site != after.site).then(|| {
            Box::new(Edit {
                before: Some(before.site.clone()),
                after: Some(after.site.clone()),
                at: 0,
            })
        });
        Self {
            site,
            hosts: edits(&before.hosts, &after.hosts),
            groups: edits(&before.groups, &after.groups),
            devices: edits(&before.devices, &after.devices),
        }
    }

    /// True when nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.site.is_none() && self.count() == 0
    }

    /// Hosts, groups and devices that differ.
    #[must_use]
    pub fn count(&self) -> usize {
        self.hosts.len() + self.groups.len() + self.devices.len()
    }

    /// The way back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            site: self.site.as_ref().map(|edit| Box::new(edit.inverse())),
            hosts: self.hosts.iter().map(Edit::inverse).collect(),
            groups: self.groups.iter().map(Edit::inverse).collect(),
            devices: self.devices.iter().map(Edit::inverse).collect(),
        }
    }

    /// Changes a document field by field. Where it has moved on from what the patch was made for,
    /// fields that the patch does not touch stay as they are, and the others are the patch's.
    pub fn apply(&self, document: &mut SettingsDocument) {
        self.apply_with(document, &mut |_| Side::Mine);
    }

    /// The same, with somebody deciding on each field that the document and the patch both changed.
    pub(super) fn apply_with(&self, document: &mut SettingsDocument, decide: Decision<'_>) {
        if let Some(edit) = &self.site
            && let Some(site) = resolve(edit, Some(document.site.clone()), decide)
        {
            document.site = site;
        }
        apply(&self.hosts, &mut document.hosts, decide);
        apply(&self.groups, &mut document.groups, decide);
        apply(&self.devices, &mut document.devices, decide);
    }

    /// Every difference, field by field.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        if let Some(edit) = &self.site {
            list::list_changes(edit, &mut changes);
        }
        for edit in &self.hosts {
            list::list_changes(edit, &mut changes);
        }
        for edit in &self.groups {
            list::list_changes(edit, &mut changes);
        }
        for edit in &self.devices {
            list::list_changes(edit, &mut changes);
        }
        changes
    }

    /// This and then `next`, when both change the same one entry; nothing otherwise. How typing
    /// becomes one step.
    #[must_use]
    pub fn then(&self, next: &Self) -> Option<Self> {
        fn joined<T: Record>(first: &[Edit<T>], next: &[Edit<T>]) -> Option<Vec<Edit<T>>> {
            match (first, next) {
                ([], []) => Some(Vec::new()),
                ([first], [next]) if first.after == next.before => Some(vec![Edit {
                    before: first.before.clone(),
                    after: next.after.clone(),
                    at: first.at,
                }]),
                _ => None,
            }
        }
        let site = match (&self.site, &next.site) {
            (None, None) => None,
            (Some(first), Some(next)) => Some(Box::new(Edit {
                before: first.before.clone(),
                after: next.after.clone(),
                at: 0,
            })),
            _ => return None,
        };
        Some(Self {
            site,
            hosts: joined(&self.hosts, &next.hosts)?,
            groups: joined(&self.groups, &next.groups)?,
            devices: joined(&self.devices, &next.devices)?,
        })
    }
}

fn edits<T: Record>(before: &[T], after: &[T]) -> Vec<Edit<T>> {
    let mut edits = Vec::new();
    // Documents hardly differ: as long as both go in step, no look-up is needed.
    let mut same = 0;
    for (was, is) in before.iter().zip(after) {
        if was.key() != is.key() {
            break;
        }
        if was != is {
            edits.push(Edit::new(Some(was), Some(is), same));
        }
        same += 1;
    }
    let (before, after) = (&before[same..], &after[same..]);
    let keyed: BTreeMap<&T::Key, &T> = before.iter().map(|entry| (entry.key(), entry)).collect();
    let mut met = BTreeSet::new();
    for (place, is) in after.iter().enumerate() {
        let was = keyed.get(is.key()).copied();
        met.insert(is.key());
        if was != Some(is) {
            edits.push(Edit::new(was, Some(is), same + place));
        }
    }
    for (place, was) in before.iter().enumerate() {
        if !met.contains(was.key()) {
            edits.push(Edit::new(Some(was), None, same + place));
        }
    }
    edits
}

fn apply<T: Record>(edits: &[Edit<T>], entries: &mut Vec<T>, decide: Decision<'_>) {
    if edits.is_empty() {
        return;
    }
    let mut wanted: BTreeMap<&T::Key, &Edit<T>> = BTreeMap::new();
    for edit in edits {
        if let Some(entry) = edit.after.as_ref().or(edit.before.as_ref()) {
            wanted.insert(entry.key(), edit);
        }
    }
    let mut kept = Vec::with_capacity(entries.len() + edits.len());
    for entry in entries.drain(..) {
        match wanted.remove(entry.key()) {
            Some(edit) => kept.extend(resolve(edit, Some(entry), decide)),
            None => kept.push(entry),
        }
    }
    let mut missing: Vec<&Edit<T>> = wanted.into_values().collect();
    missing.sort_by_key(|edit| edit.at);
    for edit in missing {
        if let Some(entry) = resolve(edit, None, decide) {
            kept.insert(edit.at.min(kept.len()), entry);
        }
    }
    *entries = kept;
}
