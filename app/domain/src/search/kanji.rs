//! Variant kanji in names: any variant finds all others.

mod variants;

use std::sync::LazyLock;

use self::variants::VARIANT_GROUPS;
use crate::argsort;

/// Variants with their canonical kanji, sorted by variant.
static CANONICAL_BY_VARIANT: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let table: Vec<(char, char)> = VARIANT_GROUPS
        .split(' ')
        .filter_map(|group| group.chars().next().map(|first| (first, group)))
        .flat_map(|(first, group)| group.chars().skip(1).map(move |variant| (variant, first)))
        .collect();
    let order = argsort::argsort(table.len(), &|a, b| table[a].cmp(&table[b]));
    order.into_iter().map(|at| table[at]).collect()
});

/// Canonical kanji of a variant; other characters stay.
pub(super) fn canonical(c: char) -> char {
    if c < '\u{2e80}' {
        return c;
    }
    let found = CANONICAL_BY_VARIANT.binary_search_by_key(&c, |(variant, _)| *variant);
    found.map_or(c, |at| CANONICAL_BY_VARIANT[at].1)
}

/// True for kanji, the iteration mark 々 and variants outside the basic plane included.
pub(super) fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '〇' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kanji_is_in_one_group_only() {
        let mut seen = BTreeSet::new();
        for c in VARIANT_GROUPS.split(' ').flat_map(|group| group.chars()) {
            assert!(seen.insert(c), "{c} ({:x}) is in two groups", u32::from(c));
        }
    }
}
