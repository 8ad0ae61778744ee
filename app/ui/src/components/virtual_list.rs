//! Virtual list: only the visible rows are in the page. All rows have one height; spacers above and
//! below keep the scroll height right.

use std::ops::Range;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use crate::browser::{scroll, window_events};

/// Rows rendered beyond each edge, so that scrolling never outruns rendering.
const OVERSCAN_ROWS: usize = 8;
/// Ranges begin and end at multiples of this, so that not every scrolled pixel renders.
const RANGE_STEP_ROWS: usize = 4;
/// Height of a row until one has been measured, in pixels.
const ESTIMATED_ROW_PX: f64 = 56.0;
/// Delay before rows out of sight are rendered after the list's content changed: a little longer
/// than the pause between two keys, so that typing never waits for invisible rows.
const OVERSCAN_DELAY: Duration = Duration::from_millis(180);

/// Scroll state of a list; outlives the page that shows it.
#[derive(Clone, Copy)]
pub struct ScrollState {
    /// Scroll offset, in pixels.
    top: RwSignal<f64>,
    /// Rows rendered beyond each edge.
    overscan: RwSignal<usize>,
    /// Notified when the element has to scroll to its top.
    scroll_to_top: Trigger,
    /// Number of content changes; an overtaken timer compares it.
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
            .update_value(|begun| *begun = begun.wrapping_add(1));
        let begun = self.generation.get_value();
        let rested = move || {
            if self.generation.try_get_value() == Some(begun) {
                self.start_overscan();
            }
        };
        set_timeout(rested, OVERSCAN_DELAY);
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
    pub fn new(count: Signal<usize>, standing: ScrollState) -> Self {
        let view = RwSignal::new(0.0);
        let row = RwSignal::new(ESTIMATED_ROW_PX);
        let ScrollState {
            top,
            overscan: beyond,
            ..
        } = standing;
        let range =
            move || visible_range(top.get(), view.get(), row.get(), count.get(), beyond.get());
        let window = Self {
            node: NodeRef::new(),
            scroll_state: standing,
            view_height: view,
            row_height: row,
            count,
            range: Memo::new(move |_| range()),
        };
        standing.delay_overscan();
        Effect::new(move |drawn: Option<bool>| {
            standing.scroll_to_top.track();
            let Some(node) = window.node.get() else {
                return false;
            };
            // A new list is at its top already, and scrolling would force a layout.
            let top = top.get_untracked();
            if top > 0.0 || drawn == Some(true) {
                scroll::scroll_to(&node, top);
            }
            window.measure_after_paint();
            true
        });
        // The row height can be measured only once a row is rendered.
        let has_rows = Memo::new(move |_| count.get() > 0);
        Effect::new(move |_| {
            if has_rows.get() {
                window.measure_after_paint();
            }
        });
        window_events::listen_while_mounted("resize", move || window.measure());
        window
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
        let row = self.row_height.get_untracked();
        let (start, top) = (as_f64(index) * row, scroll::scroll_top(&node));
        let head = scroll::height_of_first(&node, ".virtual-list-head");
        let room = self.view_height.get_untracked() - head;
        if start < top {
            scroll::scroll_to(&node, start);
        } else if start + row > top + room {
            scroll::scroll_to(&node, start + row - room);
        }
        self.on_scroll();
    }

    /// The row at a vertical position in the window, and the position within it from 0 to 1; `None`
    /// outside the rows.
    #[must_use]
    pub fn row_at(self, client_y: f64) -> Option<(usize, f64)> {
        let node = self.node.try_get_untracked().flatten()?;
        let head = scroll::height_of_first(&node, ".virtual-list-head");
        let within = client_y - scroll::top_in_window(&node) - head + scroll::scroll_top(&node);
        let rows = within / self.row_height.get_untracked();
        let index = floor_to_usize(rows.max(0.0));
        (index < self.count.get_untracked()).then(|| (index, rows - as_f64(index)))
    }

    /// Scrolls while something is dragged near an edge.
    pub fn scroll_near_edge(self, client_y: f64) {
        let Some(node) = self.node.try_get_untracked().flatten() else {
            return;
        };
        let row = self.row_height.get_untracked();
        let from_top = client_y - scroll::top_in_window(&node);
        let room = self.view_height.get_untracked();
        let distance = if from_top < row * 1.5 {
            -row / 3.0
        } else if from_top > room - row {
            row / 3.0
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
        let row = scroll::height_of_first(&node, ".virtual-list-row");
        if row > 0.0 {
            update(self.row_height, row);
        }
    }
}

fn visible_range(top: f64, view: f64, row: f64, count: usize, beyond: usize) -> Range<usize> {
    let step = if beyond > 0 { RANGE_STEP_ROWS } else { 1 };
    let first = floor_to_usize(top / row).saturating_sub(beyond);
    let last = floor_to_usize((top + view) / row) + 1 + beyond;
    let start = (first / step * step).min(count.saturating_sub(1) / step * step);
    start..last.next_multiple_of(step).min(count).max(start)
}

fn differs(a: f64, b: f64) -> bool {
    (a - b).abs() > 0.01
}

fn pixels(rows: usize, height: f64) -> String {
    format!("{}px", as_f64(rows) * height)
}

#[allow(clippy::cast_precision_loss)] // rows of a list on a screen
fn as_f64(rows: usize) -> f64 {
    rows as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // floats saturate
fn floor_to_usize(rows: f64) -> usize {
    rows.floor() as usize
}

#[cfg(test)]
mod tests {
    use super::{OVERSCAN_ROWS, visible_range};

    #[test]
    fn visible_rows_and_overscan_are_rendered() {
        assert_eq!(
            visible_range(0.0, 560.0, 56.0, 10_000, OVERSCAN_ROWS),
            0..20
        );
        assert_eq!(
            visible_range(56_000.0, 560.0, 56.0, 10_000, OVERSCAN_ROWS),
            992..1020
        );
        let end = visible_range(559_440.0, 560.0, 56.0, 10_000, OVERSCAN_ROWS);
        assert_eq!(end.end, 10_000);
        assert!(end.len() < 40, "{end:?}");
    }

    #[test]
    fn only_visible_rows_are_rendered_while_typing() {
        assert_eq!(visible_range(0.0, 560.0, 56.0, 10_000, 0), 0..11);
        assert_eq!(visible_range(570.0, 560.0, 56.0, 10_000, 0), 10..21);
    }

    #[test]
    fn short_empty_and_shrunken_lists_are_rendered_completely() {
        for beyond in [0, OVERSCAN_ROWS] {
            assert_eq!(visible_range(0.0, 560.0, 56.0, 0, beyond), 0..0);
            assert_eq!(visible_range(0.0, 560.0, 56.0, 3, beyond), 0..3);
            let shrunken = visible_range(56_000.0, 560.0, 56.0, 5, beyond);
            assert!(shrunken.end <= 5 && !shrunken.is_empty(), "{shrunken:?}");
        }
    }
}
