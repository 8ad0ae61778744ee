//! Two people edited the same document: entry by entry, whose change stands.
//!
//! An entry is the site, one host, one group or one device. What only one side touched is taken
//! over; what both changed differently is a clash, and people decide.

use yobirin_domain::directory::{Group, Host};
use yobirin_domain::id::{DeviceId, GroupId, HostId};
use yobirin_domain::lang::LocalText;
use yobirin_domain::menu::Device;
use yobirin_domain::settings::SettingsDocument;

/// Whose change stands where both sides changed the same entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::setup) enum Prefer {
    /// Ours.
    Ours,
    /// What is saved already.
    Theirs,
}

/// An entry that both sides changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::setup) enum Clash {
    /// The site.
    Site,
    /// A host, by the name it has here or there.
    Host(String),
    /// A group, by its names here or there.
    Group(LocalText),
    /// A device, by name.
    Device(String),
}

/// The outcome.
pub(super) struct Merged {
    pub(super) document: SettingsDocument,
    pub(super) clashes: Vec<Clash>,
}

trait Entry: Clone + PartialEq {
    type Key: PartialEq;
    fn key(&self) -> &Self::Key;
    fn clash(&self) -> Clash;
}

impl Entry for Host {
    type Key = HostId;
    fn key(&self) -> &HostId {
        &self.id
    }
    fn clash(&self) -> Clash {
        Clash::Host(self.name.clone())
    }
}

impl Entry for Group {
    type Key = GroupId;
    fn key(&self) -> &GroupId {
        &self.id
    }
    fn clash(&self) -> Clash {
        Clash::Group(self.name.clone())
    }
}

impl Entry for Device {
    type Key = DeviceId;
    fn key(&self) -> &DeviceId {
        &self.id
    }
    fn clash(&self) -> Clash {
        Clash::Device(self.name.clone())
    }
}

/// Whose version of one entry stands: `None` on a side means that side does not have it.
enum Verdict {
    Ours,
    Theirs,
    Clash,
}

fn judge<T: PartialEq>(base: Option<&T>, ours: Option<&T>, theirs: Option<&T>) -> Verdict {
    if ours == base || ours == theirs {
        Verdict::Theirs
    } else if theirs == base {
        Verdict::Ours
    } else {
        Verdict::Clash
    }
}

fn find<'a, T: Entry>(list: &'a [T], key: &T::Key) -> Option<&'a T> {
    list.iter().find(|entry| entry.key() == key)
}

fn merge_list<T: Entry>(
    (base, ours, theirs): (&[T], &[T], &[T]),
    prefer: Prefer,
    clashes: &mut Vec<Clash>,
) -> Vec<T> {
    let added_here = ours
        .iter()
        .filter(|entry| find(theirs, entry.key()).is_none());
    let mut merged = Vec::with_capacity(theirs.len());
    for entry in theirs.iter().chain(added_here) {
        let key = entry.key();
        let (here, there) = (find(ours, key), find(theirs, key));
        let stands = match judge(find(base, key), here, there) {
            Verdict::Ours => here,
            Verdict::Theirs => there,
            Verdict::Clash => {
                clashes.push(entry.clash());
                match prefer {
                    Prefer::Ours => here,
                    Prefer::Theirs => there,
                }
            }
        };
        merged.extend(stands.cloned());
    }
    merged
}

/// Merges `ours` and `theirs`, both made from `base`.
pub(super) fn merge(
    base: &SettingsDocument,
    ours: &SettingsDocument,
    theirs: &SettingsDocument,
    prefer: Prefer,
) -> Merged {
    let mut clashes = Vec::new();
    let site = match judge(Some(&base.site), Some(&ours.site), Some(&theirs.site)) {
        Verdict::Ours => &ours.site,
        Verdict::Theirs => &theirs.site,
        Verdict::Clash => {
            clashes.push(Clash::Site);
            match prefer {
                Prefer::Ours => &ours.site,
                Prefer::Theirs => &theirs.site,
            }
        }
    };
    let hosts = (&*base.hosts, &*ours.hosts, &*theirs.hosts);
    let groups = (&*base.groups, &*ours.groups, &*theirs.groups);
    let devices = (&*base.devices, &*ours.devices, &*theirs.devices);
    let document = SettingsDocument {
        version: theirs.version,
        site: site.clone(),
        hosts: merge_list(hosts, prefer, &mut clashes),
        groups: merge_list(groups, prefer, &mut clashes),
        devices: merge_list(devices, prefer, &mut clashes),
    };
    Merged { document, clashes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(hosts: &[(&str, &str)]) -> SettingsDocument {
        let named = |(id, name): &(&str, &str)| Host::named(id.parse().unwrap(), *name);
        SettingsDocument {
            hosts: hosts.iter().map(named).collect(),
            ..SettingsDocument::default()
        }
    }

    fn names(document: &SettingsDocument) -> Vec<&str> {
        document
            .hosts
            .iter()
            .map(|host| host.name.as_str())
            .collect()
    }

    #[test]
    fn each_side_adds_and_removes_freely() {
        let base = office(&[("a", "A"), ("b", "B")]);
        let ours = office(&[("b", "B"), ("c", "C")]);
        let theirs = office(&[("a", "A"), ("b", "B"), ("d", "D")]);
        let merged = merge(&base, &ours, &theirs, Prefer::Ours);
        assert!(merged.clashes.is_empty());
        assert_eq!(names(&merged.document), ["B", "D", "C"]);
    }

    #[test]
    fn the_same_change_on_both_sides_is_no_clash() {
        let base = office(&[("a", "A")]);
        let changed = office(&[("a", "A2")]);
        let merged = merge(&base, &changed, &changed, Prefer::Theirs);
        assert!(merged.clashes.is_empty());
        assert_eq!(names(&merged.document), ["A2"]);
    }

    #[test]
    fn an_entry_changed_here_and_removed_there_clashes() {
        let base = office(&[("a", "A")]);
        let ours = office(&[("a", "A2")]);
        let theirs = office(&[]);
        let kept = merge(&base, &ours, &theirs, Prefer::Ours);
        assert_eq!(kept.clashes, [Clash::Host("A2".into())]);
        assert_eq!(names(&kept.document), ["A2"]);
        let gone = merge(&base, &ours, &theirs, Prefer::Theirs);
        assert_eq!(names(&gone.document), [""; 0]);
    }
}
