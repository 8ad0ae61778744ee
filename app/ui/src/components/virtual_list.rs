//! Virtual list: only the visible rows are in the page. All rows have one height; spacers above and
//! below keep the scroll height right.

use std::ops::Range;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use crate::browser::{scroll, window_events};

/// Rows rendered beyond each edge, so that scrolling shows no gap before they are rendered.
const OVERSCAN_ROWS: usize = 8;
/// Rendered ranges begin and end at multiples of this, so that the rows are rendered again only every few rows.
const RANGE_STEP_ROWS: usize = 4;
/// Height of a row until one has been measured, in pixels.
const ESTIMATED_ROW_PX: f64 = 56.0;
/// Delay before rows out of sight are rendered after the list's content changed: a little longer
/// than the pause between two keys, so that typing never waits for invisible rows.
const OVERSCAN_DELAY: Duration = Duration::from_millis(180);

/// Scroll state of a list. It outlives the page that shows the list.
#[derive(Clone, Copy)]
pub struct ScrollState {
    /// Scroll offset, in pixels.
    top: RwSignal<f64>,
    /// Number of rows rendered beyond each edge.
    overscan: RwSignal<usize>,
    /// Notified when the element has to scroll to its top.
    scroll_to_top: Trigger,
    /// Number of content changes, by which a timer notices that a later change has started another timer.
    generation: StoredValue<u32>,
}

impl Default for ScrollState {
    fn default() -> Self {
        Self {
            top: RwSignal::new(0.0),
            overscan: RwSignal::new(0),
            scroll_to_top: Trigger::new(),
            generation: StoredValue::new(0),
        }
    }
}

impl ScrollState {
    /// Scrolls to the top because the content changed. Visible rows are rendered first, rows beyond
    /// after [`OVERSCAN_DELAY`].
    pub fn reset_to_top(self) {
        if self.top.get_untracked() > 0.0 {
            self.top.set(0.0);
            self.scroll_to_top.notify();
        }
        self.delay_overscan();
    }

    fn delay_overscan(self) {
        self.overscan.set(0);
        self.generation
            .update_value(|generation| *generation = generation.wrapping_add(1));
        let generation = self.generation.get_value();
        let start_if_latest = move || {
            if self.generation.try_get_value() == Some(generation) {
                self.start_overscan();
            }
        };
        set_timeout(start_if_latest, OVERSCAN_DELAY);
    }

    fn start_overscan(self) {
        if self.overscan.try_get_untracked() == Some(0) {
            self.overscan.set(OVERSCAN_ROWS);
        }
    }
}

/// The rows to render.
#[derive(Clone, Copy)]
pub struct VirtualList {
    /// The scrolling element; its rows have the class `virtual-list-row`.
    pub node: NodeRef<html::Div>,
    scroll_state: ScrollState,
    view_height: RwSignal<f64>,
    row_height: RwSignal<f64>,
    count: Signal<usize>,
    range: Memo<Range<usize>>,
}

impl VirtualList {
    /// A list of `count` rows, at its last scroll offset.
    #[must_use]
    pub fn new(count: Signal<usize>, scroll_state: ScrollState) -> Self {
        let view_height = RwSignal::new(0.0);
        let row_height = RwSignal::new(ESTIMATED_ROW_PX);
        let ScrollState { top, overscan, .. } = scroll_state;
        let range = move || {
            let visible = VisiblePart {
                top: top.get(),
                height: view_height.get(),
                row_height: row_height.get(),
            };
            rendered_range(visible, count.get(), overscan.get())
        };
        let list = Self {
            node: NodeRef::new(),
            scroll_state,
            view_height,
            row_height,
            count,
            range: Memo::new(move |_| range()),
        };
        scroll_state.delay_overscan();
        Effect::new(move |was_rendered: Option<bool>| {
            scroll_state.scroll_to_top.track();
            let Some(node) = list.node.get() else {
                return false;
            };
            // A new list is at its top already, and scrolling would force a layout.
            let top = top.get_untracked();
            if top > 0.0 || was_rendered == Some(true) {
                scroll::scroll_to(&node, top);
            }
            list.measure_after_paint();
            true
        });
        // The row height can be measured only once a row is rendered.
        let has_rows = Memo::new(move |_| count.get() > 0);
        Effect::new(move |_| {
            if has_rows.get() {
                list.measure_after_paint();
            }
        });
        window_events::listen_while_mounted("resize", move || list.measure());
        list
    }

    /// Rows to render.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.range.get()
    }

    /// Height of the spacer above, as CSS.
    #[must_use]
    pub fn space_above(self) -> String {
        pixels(self.range.get().start, self.row_height.get())
    }

    /// Height of the spacer below, as CSS.
    #[must_use]
    pub fn space_below(self) -> String {
        let rows_below = self.count.get().saturating_sub(self.range.get().end);
        pixels(rows_below, self.row_height.get())
    }

    /// Handles the element's scroll event.
    pub fn on_scroll(self) {
        let Some(node) = self.node.try_get_untracked().flatten() else {
            return;
        };
        let top = scroll::scroll_top(&node);
        if differs(top, self.scroll_state.top.get_untracked()) {
            self.scroll_state.top.set(top);
            self.scroll_state.start_overscan();
        }
    }

    /// Number of whole rows that fit into the visible part, at least 1.
    #[must_use]
    pub fn rows_per_page(self) -> usize {
        floor_to_usize(self.view_height.get_untracked() / self.row_height.get_untracked()).max(1)
    }

    /// Scrolls by the least amount that shows a row completely.
    pub fn scroll_to_row(self, index: usize) {
        let Some(node) = self.node.get_untracked() else {
            return;
        };
        let row_height = self.row_height.get_untracked();
        let row_top = as_f64(index) * row_height;
        let row_bottom = row_top + row_height;
        let top = scroll::scroll_top(&node);
        let head_height = scroll::height_of_first(&node, ".virtual-list-head");
        let height_for_rows = self.view_height.get_untracked() - head_height;
        if row_top < top {
            scroll::scroll_to(&node, row_top);
        } else if row_bottom > top + height_for_rows {
            scroll::scroll_to(&node, row_bottom - height_for_rows);
        }
        self.on_scroll();
    }

    /// The row at a vertical position in the window, and the position within the row from 0 (top) to 1 (bottom);
    /// `None` below the last row.
    #[must_use]
    pub fn row_at(self, client_y: f64) -> Option<(usize, f64)> {
        let node = self.node.try_get_untracked().flatten()?;
        let head_height = scroll::height_of_first(&node, ".virtual-list-head");
        let rows_top = scroll::top_in_window(&node) + head_height - scroll::scroll_top(&node);
        let rows_above = (client_y - rows_top) / self.row_height.get_untracked();
        let index = floor_to_usize(rows_above.max(0.0));
        (index < self.count.get_untracked()).then(|| (index, rows_above - as_f64(index)))
    }

    /// Scrolls while something is dragged near an edge.
    pub fn scroll_near_edge(self, client_y: f64) {
        let Some(node) = self.node.try_get_untracked().flatten() else {
            return;
        };
        let row_height = self.row_height.get_untracked();
        let y_in_list = client_y - scroll::top_in_window(&node);
        let view_height = self.view_height.get_untracked();
        // The list's head lies above the first row.
        let distance = if y_in_list < row_height * 1.5 {
            -row_height / 3.0
        } else if y_in_list > view_height - row_height {
            row_height / 3.0
        } else {
            return;
        };
        scroll::scroll_to(&node, scroll::scroll_top(&node) + distance);
        self.on_scroll();
    }

    fn measure_after_paint(self) {
        request_animation_frame(move || self.measure());
    }

    fn measure(self) {
        let Some(node) = self.node.try_get_untracked().flatten() else {
            return;
        };
        let update = |known: RwSignal<f64>, measured: f64| {
            if differs(measured, known.get_untracked()) {
                known.set(measured);
            }
        };
        update(self.view_height, scroll::client_height(&node));
        let row_height = scroll::height_of_first(&node, ".virtual-list-row");
        if row_height > 0.0 {
            update(self.row_height, row_height);
        }
    }
}

/// The part of a list that is in sight, in pixels.
#[derive(Clone, Copy)]
struct VisiblePart {
    /// Scroll offset.
    top: f64,
    height: f64,
    row_height: f64,
}

/// The rows in sight and `overscan` rows beyond each edge, of `count` rows. With an overscan, the range is widened to
/// multiples of [`RANGE_STEP_ROWS`].
fn rendered_range(visible: VisiblePart, count: usize, overscan: usize) -> Range<usize> {
    let step = if overscan > 0 { RANGE_STEP_ROWS } else { 1 };
    let round_down = |row: usize| row / step * step;
    let first_visible = floor_to_usize(visible.top / visible.row_height);
    let last_visible = floor_to_usize((visible.top + visible.height) / visible.row_height);
    // A list that has become shorter may be scrolled beyond its end.
    let last_start = round_down(count.saturating_sub(1));
    let start = round_down(first_visible.saturating_sub(overscan)).min(last_start);
    let end = (last_visible + 1 + overscan).next_multiple_of(step);
    start..end.min(count).max(start)
}

/// True when two lengths differ by more than a rounding error.
fn differs(a: f64, b: f64) -> bool {
    (a - b).abs() > 0.01
}

fn pixels(rows: usize, height: f64) -> String {
    format!("{}px", as_f64(rows) * height)
}

#[allow(clippy::cast_precision_loss)] // far fewer rows than a float can count
fn as_f64(rows: usize) -> f64 {
    rows as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // casts of floats saturate
fn floor_to_usize(rows: f64) -> usize {
    rows.floor() as usize
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::{OVERSCAN_ROWS, VisiblePart};

    /// Height of a row, in pixels.
    const ROW_HEIGHT_PX: f64 = 56.0;

    /// The range for a list with ten rows in sight, scrolled down by this number of rows.
    fn rendered_range(scrolled_rows: f64, count: usize, overscan: usize) -> Range<usize> {
        let visible = VisiblePart {
            top: scrolled_rows * ROW_HEIGHT_PX,
            height: 10.0 * ROW_HEIGHT_PX,
            row_height: ROW_HEIGHT_PX,
        };
        super::rendered_range(visible, count, overscan)
    }

    #[test]
    fn visible_rows_and_overscan_are_rendered() {
        assert_eq!(rendered_range(0.0, 10_000, OVERSCAN_ROWS), 0..20);
        assert_eq!(rendered_range(1_000.0, 10_000, OVERSCAN_ROWS), 992..1020);
        let end = rendered_range(9_990.0, 10_000, OVERSCAN_ROWS);
        assert_eq!(end.end, 10_000);
        assert!(end.len() < 40, "{end:?}");
    }

    #[test]
    fn only_visible_rows_are_rendered_while_typing() {
        assert_eq!(rendered_range(0.0, 10_000, 0), 0..11);
        let between_two_rows = 10.2;
        assert_eq!(rendered_range(between_two_rows, 10_000, 0), 10..21);
    }

    #[test]
    fn short_empty_and_shrunken_lists_are_rendered_completely() {
        for overscan in [0, OVERSCAN_ROWS] {
            assert_eq!(rendered_range(0.0, 0, overscan), 0..0);
            assert_eq!(rendered_range(0.0, 3, overscan), 0..3);
            let shrunken = rendered_range(1_000.0, 5, overscan);
            assert!(shrunken.end <= 5 && !shrunken.is_empty(), "{shrunken:?}");
        }
    }
}
