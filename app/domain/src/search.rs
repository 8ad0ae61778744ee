//! Finding people by name, however a visitor writes it: any width and case, hiragana or katakana,
//! kanji or their variants, romaji of any school, long vowels written or not, family or given name.
//!
//! Every name is kept in a few folded forms and a query is folded the same way; what is then left
//! is to look for one text in another. `letters` folds what is seen, `sound` what is heard.

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
    KANA_ROWS, KanaKey, in_kana_order, kana_key, kana_row, places_in_kana_order,
};
pub use self::dakuten::{VoicingMark, toggle_mark};
pub use self::normalize::fold;

pub(crate) use self::folded_keys::of_host as forms_of;

use self::bitmap_index::{BLOCK, Found, STRETCH};
use self::folded_keys::{AllForms, Query};
use crate::model::directory::Host;
use crate::model::id::HostId;
use crate::model::settings::Settings;

/// Most people that クローズ型 ever offers at once: more would be a list of names. Whoever shares a
/// name with more colleagues is found by typing more of it.
pub const CLOSED_MAX_HITS: usize = 10;

/// Fewest folded characters that クローズ型 looks for (design, クローズ型).
pub const CLOSED_MIN_CHARS: usize = 2;

/// A host who matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The host.
    pub host: HostId,
    /// True when a name or reading begins with the query.
    pub starts: bool,
}

/// Every host that tablets offer, prepared for searching.
#[derive(Clone, Debug)]
pub struct Index {
    /// In 五十音 order, as are the forms.
    hosts: Vec<HostId>,
    forms: AllForms,
}

impl Index {
    /// Prepares the hosts of a document; hidden ones are left out.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self::of_all(settings.hosts().iter().filter(|host| !host.hidden))
    }

    /// Prepares these hosts, hidden or not: how set-up finds people among those being edited.
    #[must_use]
    pub fn of_all<'a>(hosts: impl Iterator<Item = &'a Host>) -> Self {
        let shown = in_kana_order(hosts);
        let mut index = Self {
            hosts: Vec::with_capacity(shown.len()),
            forms: AllForms::of(shown.len()),
        };
        let mut writer = folded_keys::Writer::default();
        for host in shown {
            writer.add(host, &mut index.forms);
            index.hosts.push(host.id.clone());
        }
        index
    }

    /// At most `limit` hosts who match, those with a name or reading that begins with the query
    /// first, then in 五十音 order.
    ///
    /// - A query matches anywhere in a name, display name, reading or search key; of several words
    ///   each may match on its own, in any order.
    /// - A query of Latin letters alone is also read as romaji, and its last consonants as the
    ///   beginning of a syllable: `sat` finds さとう.
    /// - Kana followed by Latin letters is an input method's half-typed composition (さt) and is
    ///   compared as it stands, so it finds nobody until the syllable is complete.
    #[must_use]
    pub fn find(&self, query: &str, limit: usize) -> Vec<Hit> {
        let places = self.positions(query, limit).into_iter();
        places.map(|(at, starts)| self.hit(at, starts)).collect()
    }

    /// The same as places in [`Index::everybody`], and whether a name begins with the query: for
    /// whoever wants all of many.
    #[must_use]
    pub fn positions(&self, query: &str, limit: usize) -> Vec<(usize, bool)> {
        let Some(query) = Query::of(query).filter(|_| limit > 0) else {
            return Vec::new();
        };
        // Those who begin with it first: they fill most lists, and then nobody else is looked at.
        let mut places = Vec::new();
        for wanted in [Found::Start, Found::Inside] {
            let starting = wanted == Found::Start;
            for stretch in 0..self.hosts.len().div_ceil(STRETCH) {
                let candidates = query.candidates(&self.forms, stretch, starting);
                for (block, mut candidates) in candidates.into_iter().enumerate() {
                    let first = stretch * STRETCH + block * BLOCK;
                    while candidates != 0 {
                        let at = first + candidates.trailing_zeros() as usize;
                        candidates &= candidates - 1;
                        if at < self.hosts.len() && query.find(&self.forms, at) == Some(wanted) {
                            places.push((at, starting));
                            if places.len() >= limit {
                                return places;
                            }
                        }
                    }
                }
            }
        }
        places
    }

    /// What クローズ型 offers: matches for [`CLOSED_LEAST`] folded characters or more, at most
    /// [`CLOSED_LIMIT`].
    #[must_use]
    pub fn closed_matches(&self, query: &str) -> Vec<Hit> {
        if fold(query).chars().count() < CLOSED_MIN_CHARS {
            return Vec::new();
        }
        self.find(query, CLOSED_MAX_HITS)
    }

    /// How many hosts can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hosts.len()
    }

    /// Everybody, in 五十音 order.
    #[must_use]
    pub fn all(&self) -> &[HostId] {
        &self.hosts
    }

    /// True when there is nobody to be found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }

    fn hit(&self, at: usize, starts: bool) -> Hit {
        Hit {
            host: self.hosts[at].clone(),
            starts,
        }
    }
}
