//! Search among the draft's hosts by name, as on the kiosk, hidden hosts included. All pages share one index, which is
//! rebuilt only when hosts are added or removed, or their names, readings or search keywords change.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::id::GroupId;
use yobirin_domain::search::{Index, fold, positions_in_kana_order};

use crate::setup::draft_store::DraftStore;

/// Search over the draft's hosts. Building its index takes longer than anything else on a page with many hosts.
#[derive(Clone, Copy)]
pub(crate) struct HostSearch {
    /// Position of each host in the document, in Japanese syllabary (五十音) order, which the search index uses too.
    kana_order: Memo<Arc<Vec<usize>>>,
    index: Memo<SharedIndex>,
}

#[derive(Clone)]
struct SharedIndex(Arc<Index>);

/// Two indexes are equal when they are the same object, which is faster than a comparison of their contents. An index
/// is rebuilt only when its contents change, so a rebuilt index differs anyway.
impl PartialEq for SharedIndex {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl HostSearch {
    /// A search whose index is built at the first search.
    pub(crate) fn new(store: DraftStore) -> Self {
        let fingerprint = store.memo(|document| fingerprint(&document.hosts));
        let kana_order = Memo::new(move |_| {
            // `get`, not `track`: a memo that nobody reads does not update.
            fingerprint.get();
            store.peek(|document| {
                let hosts: Vec<&Host> = document.hosts.iter().collect();
                Arc::new(positions_in_kana_order(&hosts))
            })
        });
        let index = Memo::new(move |_| {
            fingerprint.get();
            store.peek(|document| SharedIndex(Arc::new(Index::of_all(document.hosts.iter()))))
        });
        Self { kana_order, index }
    }

    /// Builds the index after the page and its rows are painted, so that the first key pressed does not
    /// wait for it.
    pub(crate) fn build_after_paint(self) {
        let build = move || {
            let _ = self.index.try_with_untracked(|_| ()); // reading a memo computes it
        };
        request_animation_frame(move || {
            request_animation_frame(move || set_timeout(build, Duration::ZERO));
        });
    }

    /// Positions of matching hosts in the document, best first; all hosts in Japanese syllabary (五十音) order for an
    /// empty query.
    pub(crate) fn find(self, query: &str, limit: usize) -> Vec<usize> {
        self.kana_order.with(|positions| {
            if query.trim().is_empty() {
                return positions.iter().copied().take(limit).collect();
            }
            let hits = self.index.with(|index| index.0.positions(query, limit));
            let found = hits
                .into_iter()
                .map(|(index, _)| positions.get(index).copied());
            found.flatten().collect()
        })
    }
}

/// Each group with its names in all languages, one a line, folded once for many searches.
pub(crate) type GroupNames = Vec<(GroupId, String)>;

/// Folds the groups' names.
pub(crate) fn group_names(groups: &[Group]) -> GroupNames {
    let folded = |group: &Group| {
        let names: Vec<String> = group.name.iter().map(|(_, name)| fold(name)).collect();
        (group.id.clone(), names.join("\n"))
    };
    groups.iter().map(folded).collect()
}

/// Groups whose name contains the query; none for an empty query.
pub(crate) fn named_groups<'a>(names: &'a GroupNames, query: &str) -> BTreeSet<&'a GroupId> {
    let query = fold(query);
    if query.is_empty() {
        return BTreeSet::new();
    }
    let named = names.iter().filter(|(_, name)| name.contains(&query));
    named.map(|(id, _)| id).collect()
}

/// Hash of everything that search and order depend on.
fn fingerprint(hosts: &[Host]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for host in hosts {
        let names = (&host.name, &host.kana, &host.display_name, &host.latin_name);
        (&host.id, names, &host.search_keys).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_rebuilt_only_when_a_name_changes() {
        let mut hosts = vec![Host::named("a".parse().unwrap(), "佐藤")];
        let before = fingerprint(&hosts);
        hosts[0].hidden = true;
        assert_eq!(fingerprint(&hosts), before);
        hosts[0].kana = "さとう".into();
        let with_kana = fingerprint(&hosts);
        assert_ne!(with_kana, before);
        hosts[0].latin_name = "Sato".into();
        assert_ne!(fingerprint(&hosts), with_kana);
    }
}
