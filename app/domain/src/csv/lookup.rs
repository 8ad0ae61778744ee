//! Resolves the entries of cells: groups by path or unique name, hosts by name or Chatwork account, both also by their
//! id (`id=…`).

use std::collections::{BTreeSet, HashMap};

use super::cell;
use crate::chatwork_id;
use crate::model::directory::{Group, Host};
use crate::model::id::{GroupId, HostId};
use crate::model::lang::Lang;
use crate::search::fold;

/// Reason for which a name cannot be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookupError {
    /// No record has this name.
    NotFound,
    /// Several records have this name.
    Ambiguous,
}

/// Key that is equal for names that differ only in width, case, kana, punctuation or spaces, as [`fold`] defines it. A
/// name of symbols only, of which folding leaves nothing, keeps them.
#[must_use]
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    if folded.is_empty() {
        name.trim().to_lowercase()
    } else {
        folded
    }
}

fn path_key<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.map(name_key).collect::<Vec<_>>().join("/")
}

/// Groups by path, name and id.
#[derive(Clone, Debug, Default)]
pub struct GroupLookup {
    ids: BTreeSet<GroupId>,
    /// Path of each group as written in cells. A group whose path a cell cannot hold is left out.
    labels: HashMap<GroupId, String>,
    by_path: HashMap<String, Vec<GroupId>>,
    by_name: HashMap<String, Vec<GroupId>>,
}

impl GroupLookup {
    /// Indexes groups by their names in the office's own language.
    #[must_use]
    pub fn of(groups: &[Group], lang: Lang) -> Self {
        let by_id: HashMap<&GroupId, &Group> =
            groups.iter().map(|group| (&group.id, group)).collect();
        let mut lookup = Self::default();
        for group in groups {
            let mut parts = vec![group.name.best(lang)];
            let mut visited = BTreeSet::from([&group.id]);
            let mut next = group.parent.as_ref().and_then(|id| by_id.get(id));
            while let Some(ancestor) = next {
                // Ends at a repeated group: the parents of an unchecked document may form a circle.
                if !visited.insert(&ancestor.id) {
                    break;
                }
                parts.push(ancestor.name.best(lang));
                next = ancestor.parent.as_ref().and_then(|id| by_id.get(id));
            }
            parts.reverse();
            lookup.add(group.id.clone(), &parts);
        }
        lookup
    }

    /// Adds a group with its path from the top.
    pub fn add(&mut self, id: GroupId, parts: &[&str]) {
        let name = parts.last().copied().unwrap_or_default();
        if parts.iter().all(|part| cell::is_unambiguous(part)) {
            self.labels.insert(id.clone(), parts.join("/"));
        }
        let path = path_key(parts.iter().copied());
        self.by_path.entry(path).or_default().push(id.clone());
        self.by_name
            .entry(name_key(name))
            .or_default()
            .push(id.clone());
        self.ids.insert(id);
    }

    /// Entry of a cell for a group: its path, or its id where the path is ambiguous or cannot be written in a cell.
    #[must_use]
    pub fn label(&self, id: &GroupId) -> String {
        match self.labels.get(id) {
            Some(label) if self.find(label).as_ref() == Ok(id) => label.clone(),
            _ => cell::format_id(id.as_str()),
        }
    }

    /// Finds the group of a cell's entry: an id, a path, or the name of one group only.
    ///
    /// # Errors
    /// No group or several groups match.
    pub fn find(&self, entry: &str) -> Result<GroupId, LookupError> {
        if let Some(id) = cell::parse_id(entry) {
            let id: GroupId = id.parse().map_err(|_| LookupError::NotFound)?;
            return self.ids.get(&id).cloned().ok_or(LookupError::NotFound);
        }
        let path = path_key(cell::path_segments(entry));
        exactly_one(self.by_path.get(&path)).or_else(|error| match error {
            LookupError::Ambiguous => Err(error),
            // The key of a path with one segment is the key of that name.
            LookupError::NotFound => exactly_one(self.by_name.get(&path)),
        })
    }

    /// Finds the group with this path; the first of them if several groups have it.
    #[must_use]
    pub fn find_path(&self, parts: &[&str]) -> Option<GroupId> {
        let path = path_key(parts.iter().copied());
        self.by_path.get(&path)?.first().cloned()
    }

    /// Groups with exactly this name, at any path.
    #[must_use]
    pub fn find_by_name(&self, name: &str) -> &[GroupId] {
        self.by_name.get(&name_key(name)).map_or(&[], Vec::as_slice)
    }
}

/// Hosts by name, account and id.
#[derive(Clone, Debug, Default)]
pub struct HostLookup {
    ids: BTreeSet<HostId>,
    names: HashMap<HostId, String>,
    by_name: HashMap<String, Vec<HostId>>,
    by_account: HashMap<u64, Vec<HostId>>,
}

impl HostLookup {
    /// Indexes the hosts of a document.
    #[must_use]
    pub fn of(hosts: &[Host]) -> Self {
        let mut lookup = Self::default();
        for host in hosts {
            lookup.ids.insert(host.id.clone());
            lookup.names.insert(host.id.clone(), host.name.clone());
            let name = lookup.by_name.entry(name_key(&host.name)).or_default();
            name.push(host.id.clone());
            if let Some(account) = host.account {
                let account = lookup.by_account.entry(account.get()).or_default();
                account.push(host.id.clone());
            }
        }
        lookup
    }

    /// Entry of a cell for a host: its name, or its id where the name is ambiguous or cannot be written in a cell.
    #[must_use]
    pub fn label(&self, id: &HostId) -> String {
        match self.names.get(id) {
            Some(name) if cell::is_unambiguous(name) && self.find(name).as_ref() == Ok(id) => {
                name.clone()
            }
            _ => cell::format_id(id.as_str()),
        }
    }

    /// Finds the host of a cell's entry: an id, the name of one host only, or a Chatwork account.
    ///
    /// # Errors
    /// No host or several hosts match.
    pub fn find(&self, entry: &str) -> Result<HostId, LookupError> {
        if let Some(id) = cell::parse_id(entry) {
            let id: HostId = id.parse().map_err(|_| LookupError::NotFound)?;
            return self.ids.get(&id).cloned().ok_or(LookupError::NotFound);
        }
        exactly_one(self.by_name.get(&name_key(entry))).or_else(|error| match error {
            LookupError::Ambiguous => Err(error),
            LookupError::NotFound => {
                let account = chatwork_id::parse_account(entry).map_err(|_| error)?;
                exactly_one(self.by_account.get(&account.get()))
            }
        })
    }
}

fn exactly_one<T: Clone>(found: Option<&Vec<T>>) -> Result<T, LookupError> {
    match found.map(Vec::as_slice) {
        None | Some([]) => Err(LookupError::NotFound),
        Some([one]) => Ok(one.clone()),
        Some(_) => Err(LookupError::Ambiguous),
    }
}
