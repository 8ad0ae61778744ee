//! Search for hosts by name in any spelling: width, case, hiragana or katakana, kanji or their variants, any romaji
//! system, with or without long vowels, family or given name.
//!
//! Names and queries are folded to a few normal forms and compared as substrings. `normalize` folds the written
//! form, `phonetic` the reading.

mod bitmap_index;
mod collation;
mod dakuten;
mod folded_keys;
mod kana;
mod kanji;
mod normalize;
mod phonetic;
mod romaji;
#[cfg(test)]
mod tests;

pub use self::collation::{
    KANA_ROWS, KanaKey, in_kana_order, kana_key, kana_row, positions_in_kana_order,
};
pub use self::dakuten::{VoicingMark, toggle_mark};
pub use self::normalize::fold;

pub(crate) use self::folded_keys::forms_of;

use self::bitmap_index::{HOSTS_PER_BLOCK, HOSTS_PER_CHUNK, MatchKind};
use self::folded_keys::{FormIndex, Query};
use crate::model::directory::Host;
use crate::model::id::HostId;
use crate::model::settings::Settings;

/// Maximum number of hits in クローズ型, where a longer list would reveal names. Our decision.
pub const CLOSED_MAX_HITS: usize = 10;

/// Minimum query length in クローズ型, in folded characters. Our decision.
pub const CLOSED_MIN_CHARS: usize = 2;

/// Matching host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Id of the host.
    pub host: HostId,
    /// True when a name or reading starts with the query.
    pub is_prefix: bool,
}

/// Search index of hosts.
#[derive(Clone, Debug)]
pub struct Index {
    /// Hosts in 五十音 order, like the forms.
    hosts: Vec<HostId>,
    forms: FormIndex,
}

impl Index {
    /// Indexes the visible hosts of a settings document.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self::of_all(settings.hosts().iter().filter(|host| !host.hidden))
    }

    /// Indexes the given hosts, hidden or not, for set-up.
    #[must_use]
    pub fn of_all<'a>(hosts: impl Iterator<Item = &'a Host>) -> Self {
        let hosts = in_kana_order(hosts);
        let mut index = Self {
            hosts: Vec::with_capacity(hosts.len()),
            forms: FormIndex::of(hosts.len()),
        };
        let mut writer = folded_keys::FormWriter::default();
        for host in hosts {
            writer.add(host, &mut index.forms);
            index.hosts.push(host.id.clone());
        }
        index
    }

    /// Finds at most `limit` hosts: prefix matches first, then in 五十音 order.
    ///
    /// - A query matches anywhere in a name, display name, reading or search key. Several words match
    ///   separately, in any order.
    /// - A query of Latin letters is also read as romaji, and its last consonants as the start of a syllable:
    ///   `sat` finds さとう.
    /// - Kana followed by Latin letters is an unfinished input of an IME (さt). It is compared literally and finds
    ///   nothing until the syllable is complete.
    #[must_use]
    pub fn find(&self, query: &str, limit: usize) -> Vec<Hit> {
        let positions = self.positions(query, limit).into_iter();
        positions
            .map(|(at, is_prefix)| self.hit(at, is_prefix))
            .collect()
    }

    /// Like [`Index::find`], with positions in [`Index::all`] and true for prefix matches.
    #[must_use]
    pub fn positions(&self, query: &str, limit: usize) -> Vec<(usize, bool)> {
        let Some(query) = Query::of(query).filter(|_| limit > 0) else {
            return Vec::new();
        };
        // Prefix matches first: they often reach the limit, and no other candidates are checked then.
        let mut positions = Vec::new();
        for wanted in [MatchKind::Prefix, MatchKind::Inside] {
            let is_prefix = wanted == MatchKind::Prefix;
            for chunk in 0..self.hosts.len().div_ceil(HOSTS_PER_CHUNK) {
                let candidates = query.candidates(&self.forms, chunk, is_prefix);
                for (block, mut candidates) in candidates.into_iter().enumerate() {
                    let first = chunk * HOSTS_PER_CHUNK + block * HOSTS_PER_BLOCK;
                    while candidates != 0 {
                        let at = first + candidates.trailing_zeros() as usize;
                        candidates &= candidates - 1;
                        if at < self.hosts.len() && query.find(&self.forms, at) == Some(wanted) {
                            positions.push((at, is_prefix));
                            if positions.len() >= limit {
                                return positions;
                            }
                        }
                    }
                }
            }
        }
        positions
    }

    /// Hits for クローズ型: at most [`CLOSED_MAX_HITS`], for queries of at least [`CLOSED_MIN_CHARS`].
    #[must_use]
    pub fn closed_matches(&self, query: &str) -> Vec<Hit> {
        if fold(query).chars().count() < CLOSED_MIN_CHARS {
            return Vec::new();
        }
        self.find(query, CLOSED_MAX_HITS)
    }

    /// Number of indexed hosts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hosts.len()
    }

    /// All indexed hosts in 五十音 order.
    #[must_use]
    pub fn all(&self) -> &[HostId] {
        &self.hosts
    }

    /// True when the index has no hosts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }

    fn hit(&self, at: usize, is_prefix: bool) -> Hit {
        Hit {
            host: self.hosts[at].clone(),
            is_prefix,
        }
    }
}
