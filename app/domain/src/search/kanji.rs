//! Variant kanji in names: any variant finds all others.

mod variants;

use std::sync::LazyLock;

use self::variants::VARIANT_GROUPS;
use crate::argsort;

/// First character of the block "CJK Radicals Supplement". No character below it has a variant.
const FIRST_CJK: char = '\u{2e80}';

/// Pairs of a variant and its canonical character, sorted by variant.
static CANONICAL_BY_VARIANT: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let table: Vec<(char, char)> = VARIANT_GROUPS
        .split(' ')
        .filter_map(|group| group.chars().next().map(|canonical| (canonical, group)))
        .flat_map(|(canonical, group)| {
            let variants = group.chars().skip(1);
            variants.map(move |variant| (variant, canonical))
        })
        .collect();
    // Sorts by the shared instance of the sort algorithm: `table.sort()` would add a further one to the app.
    let order = argsort::argsort(table.len(), &|a, b| table[a].cmp(&table[b]));
    order.into_iter().map(|index| table[index]).collect()
});

/// Canonical character of a variant; a character without variants is returned unchanged.
pub(super) fn canonical(c: char) -> char {
    if c < FIRST_CJK {
        return c;
    }
    let found = CANONICAL_BY_VARIANT.binary_search_by_key(&c, |(variant, _)| *variant);
    found.map_or(c, |index| CANONICAL_BY_VARIANT[index].1)
}

/// True for kanji, the iteration mark 々 and the zero 〇. Radicals, which stand for kanji in some documents, are not
/// kanji: [`canonical`] replaces them.
pub(crate) fn is_kanji(c: char) -> bool {
    matches!(
        c,
        '々' | '〇'
            | '\u{3400}'..='\u{9fff}' // extension A and unified ideographs
            | '\u{20000}'..='\u{3ffff}' // planes 2 and 3, of ideographs only
    )
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
