//! Argsort: positions in sorted order, without moving the elements. Shared by all callers, because each further
//! instance of the sort algorithm adds 4 kB to the app.

use std::cmp::Ordering;

/// Sorts `0..count` by `compare`. Positions that compare as equal keep their order.
pub(crate) fn argsort(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    positions
}
