//! Sorting without moving: the places of things in their order.
//!
//! One sorting algorithm for whatever is sorted, because each further one is 4 kB of what a tablet
//! loads.

use std::cmp::Ordering;

/// `0..count` in the order that `compare` gives; equal ones stay as they were.
pub(crate) fn argsort(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    places
}
