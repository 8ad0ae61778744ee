//! Finding hosts of the draft by name, as the kiosk finds them, hidden ones too. One index for every
//! page that looks for somebody; made anew only when a name changes.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::GroupId;
use yobirin_domain::search::{Index, fold, positions_in_kana_order};

use super::store::Store;

/// The index, kept up.
#[derive(Clone, Copy)]
pub(super) struct Finder {
    /// Places of all hosts in the document, in 五十音 order, as the index has them.
    everybody: Memo<Arc<Vec<usize>>>,
    /// Costs more than all else of a page with many hosts.
    index: Memo<Known>,
}

#[derive(Clone)]
struct Known(Arc<Index>);

/// Made anew means different: the names say so already.
impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Finder {
    /// Over the draft's hosts.
    pub(super) fn over(store: Store) -> Self {
        let names = store.memo(|document| fingerprint(&document.hosts));
        let everybody = Memo::new(move |_| {
            // Read, not only followed: a memo that nobody reads never looks at what it depends on.
            names.get();
            store.peek(|document| {
                let hosts: Vec<&Host> = document.hosts.iter().collect();
                Arc::new(positions_in_kana_order(&hosts))
            })
        });
        let index = Memo::new(move |_| {
            names.get();
            store.peek(|document| Known(Arc::new(Index::of_all(document.hosts.iter()))))
        });
        Self { everybody, index }
    }

    /// Makes the index once the page and its rows have been painted, so that nobody waits for it and the
    /// first key finds it there.
    pub(super) fn prepare(self) {
        let make = move || {
            let _ = self.index.try_with_untracked(|_| ());
        };
        request_animation_frame(move || {
            request_animation_frame(move || set_timeout(make, Duration::ZERO));
        });
    }

    /// Places in the document of the hosts who match, best first; everybody in 五十音 order for an
    /// empty query.
    pub(super) fn find(self, query: &str, most: usize) -> Vec<usize> {
        self.everybody.with(|everybody| {
            if query.trim().is_empty() {
                return everybody.iter().copied().take(most).collect();
            }
            let hits = self.index.with(|known| known.0.positions(query, most));
            let places = hits.into_iter().map(|(at, _)| everybody.get(at).copied());
            places.flatten().collect()
        })
    }
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
