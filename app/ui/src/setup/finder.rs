//! Finding hosts of the draft by name, as the kiosk finds them, hidden ones too. One index for every
//! page that looks for somebody; made anew only when a name changes.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::directory::{Group, Host};
use yobirin_domain::id::{GroupId, HostId};
use yobirin_domain::search::{Index, fold};

use super::store::Store;

/// The index, kept up.
#[derive(Clone, Copy)]
pub(super) struct Finder {
    found: Memo<Known>,
}

#[derive(Clone)]
struct Known {
    index: Arc<Index>,
    /// Where each host of the index stands in the document.
    places: Arc<Vec<usize>>,
}

/// Made anew means different: the names say so already.
impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.index, &other.index)
    }
}

impl Finder {
    /// Over the draft's hosts.
    pub(super) fn over(store: Store) -> Self {
        let names = store.memo(|document| fingerprint(&document.hosts));
        let found = Memo::new(move |_| {
            // Read, not only followed: a memo that nobody reads never looks at what it depends on.
            names.get();
            store.peek(|document| {
                let index = Index::of_all(document.hosts.iter());
                let places = places(&document.hosts, &index);
                Known {
                    index: Arc::new(index),
                    places: Arc::new(places),
                }
            })
        });
        Self { found }
    }

    /// Places in the document of the hosts who match, best first; everybody in 五十音 order for an
    /// empty query.
    pub(super) fn find(self, query: &str, most: usize) -> Vec<usize> {
        self.found.with(|known| {
            let place = |at: usize| known.places.get(at).copied();
            if query.trim().is_empty() {
                return known.places.iter().copied().take(most).collect();
            }
            let hits = known.index.places(query, most).into_iter();
            hits.filter_map(|(at, _)| place(at)).collect()
        })
    }
}

fn places(hosts: &[Host], index: &Index) -> Vec<usize> {
    let all = hosts.iter().enumerate();
    let places: BTreeMap<&HostId, usize> = all.map(|(place, host)| (&host.id, place)).collect();
    let everybody = index.everybody().iter();
    everybody.filter_map(|id| places.get(id).copied()).collect()
}

/// Names of groups in every language, folded once for many searches.
pub(super) type GroupNames = Vec<(GroupId, String)>;

/// The groups' names, folded.
pub(super) fn group_names(groups: &[Group]) -> GroupNames {
    let folded = |group: &Group| {
        let names: Vec<String> = group.name.iter().map(|(_, name)| fold(name)).collect();
        (group.id.clone(), names.join("\n"))
    };
    groups.iter().map(folded).collect()
}

/// Groups that a query names.
pub(super) fn named_groups<'a>(names: &'a GroupNames, query: &str) -> BTreeSet<&'a GroupId> {
    let query = fold(query);
    if query.is_empty() {
        return BTreeSet::new();
    }
    let named = names.iter().filter(|(_, name)| name.contains(&query));
    named.map(|(id, _)| id).collect()
}

/// Changes whenever somebody would be found by other words or stand at another place.
fn fingerprint(hosts: &[Host]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for host in hosts {
        let words = (&host.id, &host.name, &host.kana, &host.display_name);
        (words, &host.search_keys).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_made_anew_when_a_name_changes_and_not_otherwise() {
        let mut hosts = vec![Host::named("a".parse().unwrap(), "佐藤")];
        let before = fingerprint(&hosts);
        hosts[0].hidden = true;
        assert_eq!(fingerprint(&hosts), before);
        hosts[0].kana = "さとう".into();
        assert_ne!(fingerprint(&hosts), before);
    }
}
