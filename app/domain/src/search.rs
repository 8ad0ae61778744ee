//! Search for hosts by name in any spelling: Unicode form, width, case, hiragana or katakana, kanji or their
//! variants, any romaji system, Japanese names in Hangul, with or without long vowels, either name order, with
//! honorifics, titles, department and company. Groups are found by name as a separate kind of result.
//!
//! Names and queries are folded to a few normal forms, names once for the index, and compared as substrings.
//! `normalize` folds the written form, `phonetic` the reading. A query that finds no host as it is typed is searched
//! again without honorifics, titles, department and company.

mod bitmap_index;
mod collation;
mod dakuten;
mod departments;
mod form_index;
mod hangul;
mod kana;
mod kanji;
mod nfkd;
mod normalize;
mod particles;
mod phonetic;
mod pronunciation;
mod query;
mod romaji;
#[cfg(test)]
mod tests;
mod titles;

pub use self::collation::{
    KANA_ROWS, KanaKey, in_kana_order, kana_key, kana_row, positions_in_kana_order,
};
pub use self::dakuten::{VoicingMark, toggle_mark};
pub(crate) use self::kanji::is_kanji;
pub(crate) use self::normalize::words as normal_words;
pub use self::normalize::{fold, letter_count};

use self::departments::Departments;
use self::form_index::{FormIndex, FormWriter, Forms};
use self::query::Query;
use crate::model::directory::Host;
use crate::model::id::{GroupId, HostId};
use crate::model::settings::Settings;

/// Maximum number of hits in closed host selection (クローズ型), where a longer list would reveal names. Our decision.
pub const CLOSED_MAX_HITS: usize = 10;

/// Minimum query length in closed host selection, in folded characters. Our decision.
pub const CLOSED_MIN_CHARS: usize = 2;

/// Matching host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Id of the host.
    pub host: HostId,
    /// True when a name or reading starts with the query.
    pub is_prefix: bool,
}

/// Hosts and groups that match a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchResults {
    /// Matching hosts, best match first.
    pub hosts: Vec<Hit>,
    /// Visible groups whose name matches, or that the query names beside a host, best match first. They may not be
    /// callable.
    pub groups: Vec<GroupId>,
}

/// Search index of hosts and groups.
#[derive(Clone, Debug)]
pub struct Index {
    /// Hosts in 五十音 order, like the forms.
    hosts: Vec<HostId>,
    forms: FormIndex,
    departments: Departments,
}

impl Index {
    /// Indexes the visible hosts and groups of a settings document.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let all = settings.hosts();
        let visible: Vec<usize> = (0..all.len())
            .filter(|&position| !all[position].hidden)
            .collect();
        let hosts: Vec<&Host> = visible.iter().map(|&position| &all[position]).collect();
        let order = positions_in_kana_order(&hosts);
        let ordered: Vec<usize> = order
            .into_iter()
            .map(|position| visible[position])
            .collect();
        let departments = Departments::of(settings, &ordered);
        Self::of_ordered(ordered.iter().map(|&position| &all[position]), departments)
    }

    /// Indexes the given hosts, hidden or not, without groups, for set-up.
    #[must_use]
    pub fn of_all<'a>(hosts: impl Iterator<Item = &'a Host>) -> Self {
        Self::of_ordered(in_kana_order(hosts).into_iter(), Departments::none())
    }

    fn of_ordered<'a>(
        hosts: impl ExactSizeIterator<Item = &'a Host>,
        departments: Departments,
    ) -> Self {
        let mut index = Self {
            hosts: Vec::with_capacity(hosts.len()),
            forms: FormIndex::of(hosts.len()),
            departments,
        };
        let mut writer = FormWriter::default();
        for host in hosts {
            writer.add(texts(host), &mut index.forms);
            index.hosts.push(host.id.clone());
        }
        index
    }

    /// Finds at most `limit` hosts, as [`Index::find`] does, and at most `limit` groups.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> SearchResults {
        SearchResults {
            hosts: self.find(query, limit),
            groups: self.departments.find(&normalize::words(query), limit),
        }
    }

    /// Finds at most `limit` hosts: prefix matches first, then matches at the start of another word (the given name),
    /// then inside a word; in 五十音 order within each.
    ///
    /// - A query matches anywhere in a name, display name, reading, name in Latin letters or search key, in either
    ///   name order. Several words match separately, in any order.
    /// - A query of Latin letters is also read as romaji, and its last consonants as the start of a syllable:
    ///   `sat` finds さとう.
    /// - Kana followed by Latin letters is an unfinished input of an IME (さt). It is compared literally and finds
    ///   nothing until the syllable is complete.
    /// - A query that finds nobody is searched without honorifics, titles, company and department: 総務部の山田課長様
    ///   finds 山田, hosts of 総務 first.
    #[must_use]
    pub fn find(&self, query: &str, limit: usize) -> Vec<Hit> {
        let positions = self.positions(query, limit).into_iter();
        positions
            .map(|(position, is_prefix)| self.hit(position, is_prefix))
            .collect()
    }

    /// Hits of [`Index::find`], each as its position in [`Index::all`] and true for a prefix match.
    #[must_use]
    pub fn positions(&self, query: &str, limit: usize) -> Vec<(usize, bool)> {
        self.positions_from(query, limit, 0)
    }

    /// Hits of [`Index::positions`], but none for a query whose name part is shorter than `min_chars`.
    fn positions_from(&self, query: &str, limit: usize, min_chars: usize) -> Vec<(usize, bool)> {
        let find = |words: &[String], limit: usize| {
            if limit == 0 || letter_count(&words.concat()) < min_chars {
                return Vec::new();
            }
            match Query::of(words) {
                Some(query) => query.positions(&self.forms, limit),
                None => Vec::new(),
            }
        };
        let words = normalize::words(query);
        let positions = find(&words, limit);
        if !positions.is_empty() {
            return positions;
        }
        let parts = self.departments.split_query(&words);
        if parts.words == words {
            return positions;
        }
        if parts.groups.is_empty() {
            return find(&parts.words, limit);
        }
        // Members of the named groups come first, so all hits are needed.
        let all = find(&parts.words, usize::MAX);
        let is_member = |&(position, _): &(usize, bool)| {
            let mut groups = parts.groups.iter();
            groups.any(|&group| self.departments.is_member(group, position))
        };
        let (mut members, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_member);
        members.extend(others);
        members.truncate(limit);
        members
    }

    /// Hits for closed host selection: at most [`CLOSED_MAX_HITS`], for names of at least [`CLOSED_MIN_CHARS`].
    #[must_use]
    pub fn closed_matches(&self, query: &str) -> Vec<Hit> {
        let positions = self.positions_from(query, CLOSED_MAX_HITS, CLOSED_MIN_CHARS);
        let positions = positions.into_iter();
        positions
            .map(|(position, is_prefix)| self.hit(position, is_prefix))
            .collect()
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

    fn hit(&self, position: usize, is_prefix: bool) -> Hit {
        Hit {
            host: self.hosts[position].clone(),
            is_prefix,
        }
    }
}

/// Texts that find a host.
fn texts(host: &Host) -> impl Iterator<Item = &str> {
    let fields = [&host.name, &host.display_name, &host.kana, &host.latin_name];
    let texts = fields.into_iter().chain(&host.search_keys);
    texts.map(String::as_str)
}

/// Folded forms of all texts of one host, without an index.
pub(crate) fn forms_of(host: &Host) -> Forms {
    Forms::of(texts(host))
}
