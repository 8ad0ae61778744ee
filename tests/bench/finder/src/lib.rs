//! JavaScript bindings of the domain's search for `make bench`, built like the kiosk.

use wasm_bindgen::prelude::wasm_bindgen;
use yobirin_domain::model::directory::Host;
use yobirin_domain::search::Index;

/// People and their search index.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Finder {
    hosts: Vec<Host>,
    index: Option<Index>,
}

#[wasm_bindgen]
impl Finder {
    /// Parses lines of name, tab, kana. People are numbered from 0.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(lines: &str) -> Self {
        let people = lines.lines().enumerate();
        let hosts = people.filter_map(|(number, line)| {
            let (name, kana) = line.split_once('\t')?;
            let mut host = Host::named(number.to_string().parse().ok()?, name);
            kana.clone_into(&mut host.kana);
            Some(host)
        });
        Self {
            hosts: hosts.collect(),
            index: None,
        }
    }

    /// Builds the index, as the kiosk does at the first search.
    pub fn prepare(&mut self) {
        self.index = Some(Index::of_all(self.hosts.iter()));
    }

    /// Numbers of the matching people, best match first. Empty before [`Finder::prepare`].
    #[must_use]
    pub fn find(&self, query: &str, limit: usize) -> Vec<u32> {
        let found = self.index.as_ref().map(|index| index.find(query, limit));
        let found = found.unwrap_or_default().into_iter();
        found
            .filter_map(|hit| hit.host.as_str().parse().ok())
            .collect()
    }
}
