//! Finding hosts of the draft by name, as the kiosk finds them, hidden ones too. One index for every
//! page that looks for somebody; made anew only when a name changes.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use leptos::prelude::*;
use yobirin_domain::directory::Host;
use yobirin_domain::id::HostId;
use yobirin_domain::search::Index;

use super::store::Store;

/// The index, kept up.
#[derive(Clone, Copy)]
pub(super) struct Finder {
    found: Memo<Known>,
}

#[derive(Clone)]
struct Known {
    index: Arc<Index>,
    /// Where each host stands in the document.
    places: Arc<BTreeMap<HostId, usize>>,
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
            names.track();
            store.peek(|document| Known {
                index: Arc::new(Index::of_all(document.hosts.iter())),
                places: Arc::new(places(&document.hosts)),
            })
        });
        Self { found }
    }

    /// Places in the document of the hosts who match, best first; everybody in 五十音 order for an
    /// empty query.
    pub(super) fn find(self, query: &str, most: usize) -> Vec<usize> {
        self.found.with(|known| {
            let place = |id: &HostId| known.places.get(id).copied();
            if query.trim().is_empty() {
                let all = known.index.everybody().iter().take(most);
                return all.filter_map(place).collect();
            }
            let hits = known.index.find(query, most).into_iter();
            hits.filter_map(|hit| place(&hit.host)).collect()
        })
    }
}

fn places(hosts: &[Host]) -> BTreeMap<HostId, usize> {
    let hosts = hosts.iter().enumerate();
    hosts
        .map(|(place, host)| (host.id.clone(), place))
        .collect()
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
