//! Button labels of sortable lists.

use crate::components::SortLabels;
use crate::setup::nav::words;

/// Button labels of sortable lists, in the language of set-up.
pub(crate) fn sort_labels() -> SortLabels {
    let controls = &words().controls;
    SortLabels {
        up: controls.move_up,
        down: controls.move_down,
        remove: controls.remove,
        handle: controls.drag_hint,
    }
}
