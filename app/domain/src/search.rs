//! Finding people by name, however a visitor writes it.

use crate::id::HostId;
use crate::settings::Settings;

/// Most people that クローズ型 ever offers at once: more would be a list of names.
pub const CLOSED_LIMIT: usize = 10;

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
    entries: Vec<(HostId, String)>,
}

impl Index {
    /// Prepares the hosts of a document; hidden ones are left out.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let shown = settings.hosts().iter().filter(|host| !host.hidden);
        Self {
            entries: shown
                .map(|host| (host.id.clone(), format!("{} {}", host.name, host.kana)))
                .collect(),
        }
    }

    /// At most `limit` hosts who match, those whose name begins with the query first, then in 五十音
    /// order.
    #[must_use]
    pub fn find(&self, query: &str, limit: usize) -> Vec<Hit> {
        let matching = self.entries.iter().filter(|(_, text)| text.contains(query));
        matching
            .map(|(host, text)| Hit {
                host: host.clone(),
                starts: text.starts_with(query),
            })
            .take(limit)
            .collect()
    }

    /// What クローズ型 offers: matches for two folded characters or more, at most [`CLOSED_LIMIT`].
    #[must_use]
    pub fn closed_matches(&self, query: &str) -> Vec<Hit> {
        if query.chars().count() < 2 {
            return Vec::new();
        }
        self.find(query, CLOSED_LIMIT)
    }
}

/// The row of the 五十音 table (one of あかさたなはまやらわ) that a reading begins in.
#[must_use]
pub fn kana_row(reading: &str) -> Option<char> {
    let first = reading.chars().next()?;
    "あかさたなはまやらわ"
        .chars()
        .rev()
        .find(|&row| first >= row && first <= 'ん')
}
