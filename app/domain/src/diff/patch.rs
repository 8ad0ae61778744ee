//! Difference between two documents, record by record: small, reversible, and applicable to a document that
//! has changed since.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::record::{Edit, Record};
use super::resolve::{DecideConflict, Side, resolve};
use super::{Change, list};
use crate::model::directory::{Group, Host};
use crate::model::menu::Device;
use crate::model::settings::{SettingsDocument, Site};

/// Difference between two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// Edit of the site, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Box<Edit<Site>>>,
    /// Edited hosts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<Edit<Host>>,
    /// Edited groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Edit<Group>>,
    /// Edited devices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<Edit<Device>>,
}

impl Patch {
    /// Patch that turns `before` into `after`. The order of records in both is not compared: groups are sorted by
    /// a field, the others by name.
    #[must_use]
    pub fn between(before: &SettingsDocument, after: &SettingsDocument) -> Self {
        let site = (before.site != after.site).then(|| {
            Box::new(Edit {
                before: Some(before.site.clone()),
                after: Some(after.site.clone()),
                index: 0,
            })
        });
        Self {
            site,
            hosts: edits(&before.hosts, &after.hosts),
            groups: edits(&before.groups, &after.groups),
            devices: edits(&before.devices, &after.devices),
        }
    }

    /// True when the documents are equal except for the order of records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.site.is_none() && self.count() == 0
    }

    /// Number of edited hosts, groups and devices.
    #[must_use]
    pub fn count(&self) -> usize {
        self.hosts.len() + self.groups.len() + self.devices.len()
    }

    /// Patch that undoes this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            site: self.site.as_ref().map(|edit| Box::new(edit.inverse())),
            hosts: self.hosts.iter().map(Edit::inverse).collect(),
            groups: self.groups.iter().map(Edit::inverse).collect(),
            devices: self.devices.iter().map(Edit::inverse).collect(),
        }
    }

    /// Applies the patch field by field. In a document that has been edited since the patch was made, the fields that
    /// the patch changes get the patch's values; all other fields keep the document's.
    pub fn apply(&self, document: &mut SettingsDocument) {
        self.apply_with(document, &mut |_| Side::Mine);
    }

    /// Applies the patch; `decide` chooses the side of each field that document and patch both changed.
    pub(super) fn apply_with(&self, document: &mut SettingsDocument, decide: DecideConflict<'_>) {
        if let Some(edit) = &self.site
            && let Some(site) = resolve(edit, Some(document.site.clone()), decide)
        {
            document.site = site;
        }
        apply(&self.hosts, &mut document.hosts, decide);
        apply(&self.groups, &mut document.groups, decide);
        apply(&self.devices, &mut document.devices, decide);
    }

    /// All changed fields.
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

    /// Combines this patch and `next` into one, so that consecutive keystrokes are one undo step.
    ///
    /// Two patches combine when they edit the same records: for each of site, hosts, groups and devices, both have no
    /// edit or both have exactly one, and the one in `next` starts from the record that this patch ends with. `None`
    /// otherwise.
    #[must_use]
    pub fn then(&self, next: &Self) -> Option<Self> {
        fn combined<T: Record>(first: &[Edit<T>], next: &[Edit<T>]) -> Option<Vec<Edit<T>>> {
            match (first, next) {
                ([], []) => Some(Vec::new()),
                ([first], [next]) if first.after == next.before => Some(vec![Edit {
                    before: first.before.clone(),
                    after: next.after.clone(),
                    index: first.index,
                }]),
                _ => None,
            }
        }
        let site = match (&self.site, &next.site) {
            (None, None) => None,
            (Some(first), Some(next)) => Some(Box::new(Edit {
                before: first.before.clone(),
                after: next.after.clone(),
                index: 0,
            })),
            _ => return None,
        };
        Some(Self {
            site,
            hosts: combined(&self.hosts, &next.hosts)?,
            groups: combined(&self.groups, &next.groups)?,
            devices: combined(&self.devices, &next.devices)?,
        })
    }
}

/// Edits between two lists, whose records are matched by key: changed and added records first, then removed ones.
fn edits<T: Record>(before: &[T], after: &[T]) -> Vec<Edit<T>> {
    let mut edits = Vec::new();
    // Records of the common prefix have the same key at the same index, so they are matched without a map.
    let mut common_prefix = 0;
    for (old, new) in before.iter().zip(after) {
        if old.key() != new.key() {
            break;
        }
        if old != new {
            edits.push(Edit::new(Some(old), Some(new), common_prefix));
        }
        common_prefix += 1;
    }
    let (before, after) = (&before[common_prefix..], &after[common_prefix..]);
    let old_by_key: BTreeMap<&T::Key, &T> =
        before.iter().map(|record| (record.key(), record)).collect();
    let mut new_keys = BTreeSet::new();
    for (index, new) in after.iter().enumerate() {
        let old = old_by_key.get(new.key()).copied();
        new_keys.insert(new.key());
        if old != Some(new) {
            edits.push(Edit::new(old, Some(new), common_prefix + index));
        }
    }
    for (index, old) in before.iter().enumerate() {
        if !new_keys.contains(old.key()) {
            edits.push(Edit::new(Some(old), None, common_prefix + index));
        }
    }
    edits
}

/// Applies edits to a list of records. A record that an edit adds, or that the list does not have any more, is
/// inserted at the edit's index if the merge keeps it.
fn apply<T: Record>(edits: &[Edit<T>], entries: &mut Vec<T>, decide: DecideConflict<'_>) {
    if edits.is_empty() {
        return;
    }
    let mut edits_by_key: BTreeMap<&T::Key, &Edit<T>> = BTreeMap::new();
    for edit in edits {
        if let Some(entry) = edit.after.as_ref().or(edit.before.as_ref()) {
            edits_by_key.insert(entry.key(), edit);
        }
    }
    let mut merged = Vec::with_capacity(entries.len() + edits.len());
    for entry in entries.drain(..) {
        match edits_by_key.remove(entry.key()) {
            Some(edit) => merged.extend(resolve(edit, Some(entry), decide)),
            None => merged.push(entry),
        }
    }
    let mut missing: Vec<&Edit<T>> = edits_by_key.into_values().collect();
    missing.sort_by_key(|edit| edit.index);
    for edit in missing {
        if let Some(entry) = resolve(edit, None, decide) {
            merged.insert(edit.index.min(merged.len()), entry);
        }
    }
    *entries = merged;
}
