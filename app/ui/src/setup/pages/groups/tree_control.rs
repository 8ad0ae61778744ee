//! Controls of the tree of groups by keys, buttons and the pointer: moving the active row, moving and dragging a group.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use yobirin_domain::model::id::GroupId;

use crate::browser::{PointerEvent, drag};
use crate::components::virtual_list::VirtualList;
use crate::i18n::fill;
use crate::i18n::setup::Words;
use crate::router::SetupPage;

use super::visible_rows::TreeState;
use crate::setup::draft::group_tree::{self, DropPosition, TreeMove, TreeRow};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Nav, words};
use crate::setup::shared::display_names::DisplayNames;

/// Share of a row's height at its upper and at its lower edge where a drop goes beside the group, not into it.
const EDGE_SHARE: f64 = 0.3;

/// A drag in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupDrag {
    pub(crate) id: GroupId,
    /// Group under the pointer, and where beside or in it a drop would go; `None` where a drop is not allowed.
    pub(crate) over: Option<(GroupId, DropPosition)>,
}

/// The tree's controls, shared with its rows.
#[derive(Clone, Copy)]
pub(crate) struct TreeControl {
    /// Kept here, because handlers of events have no context.
    words: &'static Words,
    store: DraftStore,
    nav: Nav,
    state: TreeState,
    names: DisplayNames,
    /// The visible rows.
    rows: Memo<Vec<TreeRow>>,
    window: VirtualList,
    /// Index of the active row.
    pub(crate) active: RwSignal<usize>,
    /// The drag in progress.
    pub(crate) dragged: RwSignal<Option<GroupDrag>>,
    /// Where the group that was moved last is now, for screen readers.
    pub(crate) move_status: RwSignal<String>,
}

impl TreeControl {
    /// Creates the controls of the tree that `window` shows; the first row is active.
    pub(crate) fn from_context(rows: Memo<Vec<TreeRow>>, window: VirtualList) -> Self {
        Self {
            words: words(),
            store: expect_context(),
            nav: expect_context(),
            state: expect_context(),
            names: DisplayNames::from_context(),
            rows,
            window,
            active: RwSignal::new(0),
            dragged: RwSignal::new(None),
            move_status: RwSignal::new(String::new()),
        }
    }

    /// Moves a group by one place and makes its row active, unless it cannot be moved there.
    pub(crate) fn move_group(self, id: &GroupId, by: TreeMove) {
        let mut has_moved = false;
        self.store
            .edit(|document| has_moved = group_tree::move_one_place(document, id, by));
        if !has_moved {
            return;
        }
        self.announce_move(id);
        if let Some(parent) = self.parent(id) {
            self.state.set_folded(&parent, false);
        }
        let index = self
            .rows
            .with_untracked(|rows| rows.iter().position(|row| row.id == *id));
        if let Some(index) = index {
            self.activate(index);
        }
    }

    /// Begins to drag a group; it is moved where the pointer is released.
    pub(crate) fn begin_drag(self, id: &GroupId, event: &PointerEvent) {
        let show_drag_over = {
            let id = id.clone();
            move |over| {
                let id = id.clone();
                self.dragged.set(Some(GroupDrag { id, over }));
            }
        };
        show_drag_over(None);
        let on_pointer_move = {
            let id = id.clone();
            move |client_y: f64| {
                self.window.scroll_near_edge(client_y);
                show_drag_over(self.drop_at(&id, client_y));
            }
        };
        let id = id.clone();
        drag::track_pointer(event, on_pointer_move, move |is_dropped| {
            // The page may have been left while the pointer was down.
            let drag = self.dragged.try_get_untracked().flatten();
            let over = drag.and_then(|drag| drag.over);
            self.dragged.set(None);
            if is_dropped && let Some((target, position)) = over {
                self.store
                    .edit(|document| group_tree::move_to(document, &id, &target, position));
                self.announce_move(&id);
            }
        });
    }

    /// Handles a key pressed on the tree itself; keys pressed inside a row belong to its buttons.
    pub(crate) fn on_key(self, event: &KeyboardEvent) {
        let is_own = event.target() == event.current_target();
        if !is_own || event.ctrl_key() || event.meta_key() {
            return;
        }
        let index = self.active.get_untracked();
        let Some(TreeRow { id, .. }) = self.row_at(index) else {
            return;
        };
        let page = self.window.rows_per_page();
        match (event.alt_key(), event.key().as_str()) {
            (true, "ArrowUp") => self.move_group(&id, TreeMove::Up),
            (true, "ArrowDown") => self.move_group(&id, TreeMove::Down),
            (true, "ArrowRight") => self.move_group(&id, TreeMove::In),
            (true, "ArrowLeft") => self.move_group(&id, TreeMove::Out),
            (false, "ArrowDown") => self.activate(index + 1),
            (false, "ArrowUp") => self.activate(index.saturating_sub(1)),
            (false, "PageDown") => self.activate(index + page),
            (false, "PageUp") => self.activate(index.saturating_sub(page)),
            (false, "Home") => self.activate(0),
            (false, "End") => self.activate(usize::MAX),
            (false, "ArrowLeft") => self.state.set_folded(&id, true),
            (false, "ArrowRight") => self.state.set_folded(&id, false),
            (false, "Enter") => self.nav.go(SetupPage::Group(id)),
            _ => return,
        }
        event.prevent_default();
    }

    /// Makes the row at `index` active, or the last row when there are fewer, and scrolls to it.
    fn activate(self, index: usize) {
        let last = self.rows.with_untracked(Vec::len).saturating_sub(1);
        self.active.set(index.min(last));
        self.window.scroll_to_row(index.min(last));
    }

    fn row_at(self, index: usize) -> Option<TreeRow> {
        self.rows.with_untracked(|rows| rows.get(index).cloned())
    }

    fn parent(self, id: &GroupId) -> Option<GroupId> {
        self.store.peek(|document| {
            let group = document.groups.iter().find(|group| group.id == *id);
            group.and_then(|group| group.parent.clone())
        })
    }

    /// Place where a drop of the group at this height of the window (in CSS pixels) would go; `None` where it is not
    /// allowed.
    fn drop_at(self, id: &GroupId, client_y: f64) -> Option<(GroupId, DropPosition)> {
        let (index, height_share) = self.window.row_at(client_y)?;
        let target = self.row_at(index)?.id;
        let position = match height_share {
            share if share < EDGE_SHARE => DropPosition::Before,
            share if share > 1.0 - EDGE_SHARE => DropPosition::After,
            _ => DropPosition::Inside,
        };
        let is_allowed = self
            .store
            .peek(|document| group_tree::can_move_to(&document.groups, id, &target));
        is_allowed.then_some((target, position))
    }

    fn announce_move(self, id: &GroupId) {
        let texts = &self.words.groups;
        let name = untrack(|| self.names.group(id));
        self.move_status.set(match self.parent(id) {
            Some(parent) => {
                let parent = untrack(|| self.names.group(&parent));
                fill(texts.moved_below, &[("name", &name), ("parent", &parent)])
            }
            None => fill(texts.moved_top, &[("name", &name)]),
        });
    }
}
