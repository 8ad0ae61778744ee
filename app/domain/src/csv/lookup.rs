//! HostLookup and groups by the names that cells call them: groups by path or by a name that only one
//! has, hosts by name or account, both by our own id.

use std::collections::{BTreeSet, HashMap};

use super::cell;
use crate::chatwork_id;
use crate::model::directory::{Group, Host};
use crate::model::id::{GroupId, HostId};
use crate::model::lang::Lang;
use crate::search::fold;

/// Why a name leads to nobody in particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookupError {
    /// Nobody is called that.
    NotFound,
    /// Several are.
    Ambiguous,
}

/// A name as it is compared; one of signs alone is compared as it stands.
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

/// GroupLookup by what cells call them.
#[derive(Clone, Debug, Default)]
pub struct GroupLookup {
    known: BTreeSet<GroupId>,
    /// How a cell calls a group.
    labels: HashMap<GroupId, String>,
    by_path: HashMap<String, Vec<GroupId>>,
    by_name: HashMap<String, Vec<GroupId>>,
}

impl GroupLookup {
    /// The groups of a document, called in the office's own language.
    #[must_use]
    pub fn of(groups: &[Group], lang: Lang) -> Self {
        let by_id: HashMap<&GroupId, &Group> =
            groups.iter().map(|group| (&group.id, group)).collect();
        let mut all = Self::default();
        for group in groups {
            let mut parts = vec![group.name.best(lang)];
            let mut seen = BTreeSet::from([&group.id]);
            let mut above = group.parent.as_ref();
            while let Some(parent) = above.filter(|id| seen.insert(id)) {
                let Some(parent) = by_id.get(parent) else {
                    break;
                };
                parts.push(parent.name.best(lang));
                above = parent.parent.as_ref();
            }
            parts.reverse();
            all.add(group.id.clone(), &parts);
        }
        all
    }

    /// Adds a group with its path from the top.
    pub fn add(&mut self, id: GroupId, parts: &[&str]) {
        let name = parts.last().copied().unwrap_or_default();
        let label = if parts.iter().all(|part| cell::is_unambiguous(part)) {
            parts.join("/")
        } else {
            String::new()
        };
        self.labels.insert(id.clone(), label);
        let path = path_key(parts.iter().copied());
        self.by_path.entry(path).or_default().push(id.clone());
        self.by_name
            .entry(name_key(name))
            .or_default()
            .push(id.clone());
        self.known.insert(id);
    }

    /// How a cell calls a group: its path, or its id where the path would not lead back.
    #[must_use]
    pub fn label(&self, id: &GroupId) -> String {
        let label = self.labels.get(id).filter(|label| !label.is_empty());
        match label {
            Some(label) if self.find(label).as_ref() == Ok(id) => label.clone(),
            _ => cell::format_id(id.as_str()),
        }
    }

    /// The group that an entry names.
    pub fn find(&self, entry: &str) -> Result<GroupId, LookupError> {
        if let Some(id) = cell::parse_id(entry) {
            let id: GroupId = id.parse().map_err(|_| LookupError::NotFound)?;
            return self.known.get(&id).cloned().ok_or(LookupError::NotFound);
        }
        let path = path_key(cell::path_segments(entry));
        exactly_one(self.by_path.get(&path)).or_else(|error| match error {
            LookupError::Ambiguous => Err(error),
            LookupError::NotFound => exactly_one(self.by_name.get(&path)),
        })
    }

    /// The group at exactly this path.
    #[must_use]
    pub fn find_path(&self, parts: &[&str]) -> Option<GroupId> {
        let path = path_key(parts.iter().copied());
        self.by_path.get(&path)?.first().cloned()
    }

    /// GroupLookup that bear exactly this name, wherever they stand.
    #[must_use]
    pub fn find_by_name(&self, name: &str) -> &[GroupId] {
        self.by_name.get(&name_key(name)).map_or(&[], Vec::as_slice)
    }
}

/// HostLookup by what cells call them.
#[derive(Clone, Debug, Default)]
pub struct HostLookup {
    known: BTreeSet<HostId>,
    labels: HashMap<HostId, String>,
    by_name: HashMap<String, Vec<HostId>>,
    by_account: HashMap<u64, Vec<HostId>>,
}

impl HostLookup {
    /// The hosts of a document.
    #[must_use]
    pub fn of(hosts: &[Host]) -> Self {
        let mut all = Self::default();
        for host in hosts {
            all.known.insert(host.id.clone());
            all.labels.insert(host.id.clone(), host.name.clone());
            let name = all.by_name.entry(name_key(&host.name)).or_default();
            name.push(host.id.clone());
            if let Some(account) = host.account {
                let account = all.by_account.entry(account.get()).or_default();
                account.push(host.id.clone());
            }
        }
        all
    }

    /// How a cell calls a host: by name, or by id where the name would not lead back.
    #[must_use]
    pub fn label(&self, id: &HostId) -> String {
        match self.labels.get(id) {
            Some(name) if cell::is_unambiguous(name) && self.find(name).as_ref() == Ok(id) => {
                name.clone()
            }
            _ => cell::format_id(id.as_str()),
        }
    }

    /// The host that an entry names.
    pub fn find(&self, entry: &str) -> Result<HostId, LookupError> {
        if let Some(id) = cell::parse_id(entry) {
            let id: HostId = id.parse().map_err(|_| LookupError::NotFound)?;
            return self.known.get(&id).cloned().ok_or(LookupError::NotFound);
        }
        exactly_one(self.by_name.get(&name_key(entry))).or_else(|error| {
            match chatwork_id::parse_account(entry) {
                Ok(account) if error == LookupError::NotFound => {
                    exactly_one(self.by_account.get(&account.get()))
                }
                _ => Err(error),
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
