//! Row of the tree of groups.

use leptos::prelude::*;
use yobirin_domain::model::directory::Group;
use yobirin_domain::model::id::GroupId;

use crate::browser::{self, PointerEvent};
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::setup::SEPARATOR;
use crate::router::SetupPage;

use super::effective_room::{EffectiveRoom, EffectiveRoomText};
use super::visible_rows::TreeState;
use crate::setup::draft::group_tree::{DropPosition, TreeMove};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Nav, RowLink, words};
use crate::setup::shared::display_names::DisplayNames;

/// A group with everything that its row of the tree shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupRowData {
    pub(crate) group: Group,
    /// Depth in the tree; 0 at the top.
    pub(crate) depth: usize,
    /// True for the first of its siblings.
    pub(crate) is_first: bool,
    /// True for the last of its siblings.
    pub(crate) is_last: bool,
    /// True when the group has children.
    pub(crate) has_children: bool,
    /// True while the group's children are hidden.
    pub(crate) is_folded: bool,
    /// Number of members.
    pub(crate) members: usize,
    /// Room that calls to the group go to.
    pub(crate) room: EffectiveRoom,
}

/// A drag in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupDrag {
    pub(crate) id: GroupId,
    /// Group under the pointer, and where beside or in it a drop would go; `None` where a drop is not allowed.
    pub(crate) over: Option<(GroupId, DropPosition)>,
}

/// Position of a row's group in the tree, for its buttons and its ARIA attributes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct RowPosition {
    depth: usize,
    is_first: bool,
    is_last: bool,
    has_children: bool,
    is_folded: bool,
}

impl RowPosition {
    /// Position of a row that shows no group: nothing can be moved or folded.
    const NO_GROUP: Self = Self {
        depth: 0,
        is_first: true,
        is_last: true,
        has_children: false,
        is_folded: false,
    };

    fn of(row: &GroupRowData) -> Self {
        Self {
            depth: row.depth,
            is_first: row.is_first,
            is_last: row.is_last,
            has_children: row.has_children,
            is_folded: row.is_folded,
        }
    }
}

/// Calls from a row to the tree.
#[derive(Clone, Copy)]
pub(crate) struct RowCallbacks {
    /// Called when a button moves the group.
    pub(crate) on_move: Callback<(GroupId, TreeMove)>,
    /// Called when the group's drag begins.
    pub(crate) on_drag: Callback<(GroupId, PointerEvent)>,
}

#[component]
pub(crate) fn GroupRow(
    /// Element id.
    element: String,
    /// Place in the list.
    index: usize,
    /// The group at this place; `None` below the last group.
    shown: Memo<Option<GroupRowData>>,
    /// Place of the active row.
    active: RwSignal<usize>,
    /// The drag in progress.
    dragged: RwSignal<Option<GroupDrag>>,
    /// Calls to the tree.
    callbacks: RowCallbacks,
) -> impl IntoView {
    let words = words();
    let texts = &words.groups;
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let names = DisplayNames::from_context();
    let state = expect_context::<TreeState>();
    let id = Memo::new(move |_| shown.with(|shown| Some(shown.as_ref()?.group.id.clone())));
    let name =
        Memo::new(move |_| id.with(|id| id.as_ref().map(|id| names.group(id)).unwrap_or_default()));
    let room = Memo::new(move |_| {
        shown
            .with(|shown| Some(shown.as_ref()?.room.clone()))
            .unwrap_or_default()
    });
    let position = Memo::new(move |_| {
        shown.with(|shown| {
            shown
                .as_ref()
                .map_or(RowPosition::NO_GROUP, RowPosition::of)
        })
    });
    let badge_texts = Memo::new(move |_| {
        shown.with(|shown| {
            let group = shown.as_ref().map(|shown| &shown.group);
            let is_hidden = group.is_some_and(|group| group.hidden);
            let is_not_callable = group.is_some_and(|group| group.not_callable);
            [
                is_hidden.then_some(words.names.hidden),
                is_not_callable.then_some(texts.not_callable_badge),
            ]
        })
    });
    let badges = move || {
        let badge = |text| view! { <span class="badge" data-tone="todo">{text}</span> };
        let labels = badge_texts.get().into_iter().flatten();
        labels.map(badge).collect_view()
    };
    let people = Memo::new(move |_| {
        shown.with(|shown| {
            let Some(shown) = shown else {
                return String::new();
            };
            let member_count = fill(texts.host_count, &[("count", &shown.members.to_string())]);
            if shown.group.in_charge.is_empty() {
                return member_count;
            }
            let in_charge = names.hosts(&shown.group.in_charge);
            let in_charge_text = fill(texts.in_charge_count, &[("names", &in_charge)]);
            format!("{member_count}{SEPARATOR}{in_charge_text}")
        })
    });
    let page = Signal::derive(move || id.get().map_or(SetupPage::Groups, SetupPage::Group));
    let move_button = move |by: TreeMove, action: &'static str, sign: Sign, label: &'static str| {
        let is_disabled = move || {
            let position = position.get();
            match by {
                TreeMove::Up | TreeMove::In => position.is_first,
                TreeMove::Down => position.is_last,
                TreeMove::Out => position.depth == 0,
            }
        };
        view! {
            <button
                type="button"
                class="button quiet small"
                data-action=action
                disabled=is_disabled
                title=label
                aria-label=move || format!("{label}: {}", name.get())
                on:click=move |_| {
                    let Some(id) = id.get_untracked() else {
                        return;
                    };
                    callbacks.on_move.run((id.clone(), by));
                    // The row that now shows the group is another one, and gets the focus.
                    let same_button = format!("[data-group='{id}'] [data-action={action}]");
                    request_animation_frame(move || browser::focus(&same_button));
                }
            >
                <Icon sign=sign />
            </button>
        }
    };
    let fold_button = move || {
        let position = position.get();
        let is_folded = position.is_folded;
        position.has_children.then(|| {
            let (sign, label) = if is_folded {
                (Sign::ONWARD, texts.unfold)
            } else {
                (Sign::DOWN, texts.fold)
            };
            view! {
                <button
                    type="button"
                    class="button quiet small fold"
                    data-action="fold"
                    tabindex="-1"
                    title=label
                    aria-label=move || format!("{label}: {}", name.get())
                    on:click=move |_| {
                        if let Some(id) = id.get_untracked() {
                            state.set_folded(&id, !is_folded);
                        }
                    }
                >
                    <Icon sign=sign />
                </button>
            }
        })
    };
    // Where in this row a drop would go; `None` while the pointer is over another row.
    let drop_position = Memo::new(move |_| {
        dragged.with(|dragged| {
            let (target, position) = dragged.as_ref()?.over.as_ref()?;
            id.with(|id| id.as_ref() == Some(target))
                .then_some(match position {
                    DropPosition::Before => "before",
                    DropPosition::Inside => "inside",
                    DropPosition::After => "after",
                })
        })
    });
    let is_dragged = move || {
        dragged.with(|dragged| {
            let dragged = dragged.as_ref();
            dragged.is_some_and(|dragged| id.with(|id| id.as_ref() == Some(&dragged.id)))
        })
    };
    view! {
        <div
            class="virtual-list-row group-cells"
            role="row"
            id=element
            data-group=move || id.with(|id| id.as_ref().map(ToString::to_string))
            data-depth=move || position.get().depth.min(8).to_string()
            data-drop=move || drop_position.get()
            class:active=move || active.get() == index
            class:dragged=is_dragged
            // Set as a property, because the view macro does not know the attribute.
            prop:ariaLevel=move || (position.get().depth + 1).to_string()
            aria-rowindex=(index + 2).to_string() // counted from 1, after the row of column titles
            aria-expanded=move || {
                let position = position.get();
                position.has_children.then(|| (!position.is_folded).to_string())
            }
        >
            <span role="gridcell" class="row-name">
                <span class="row-title">
                    <span
                        class="grip"
                        data-action="grip"
                        title=texts.drag
                        on:pointerdown=move |event| {
                            event.prevent_default();
                            if let Some(id) = id.get_untracked() {
                                callbacks.on_drag.run((id, event));
                            }
                        }
                    >
                        <Icon sign=Sign::GRIP />
                    </span>
                    <span class="fold-toggle">{fold_button}</span>
                    <RowLink to=page label=name />
                    {badges}
                </span>
                <span class="muted row-people">{people}</span>
            </span>
            <span role="gridcell" class="cell-room"><span class="cell-label" aria-hidden="true">{texts.room_column}</span> <EffectiveRoomText room=room /></span>
            <span role="gridcell" class="row-side">
                {move_button(TreeMove::Up, "up", Sign::UP, words.controls.move_up)}
                {move_button(TreeMove::Down, "down", Sign::DOWN, words.controls.move_down)}
                {move_button(TreeMove::Out, "out", Sign::BACK, texts.move_out)}
                {move_button(TreeMove::In, "in", Sign::ONWARD, texts.move_in)}
                <button
                    type="button"
                    class="button quiet small"
                    data-action="add-child"
                    title=texts.add_child
                    aria-label=move || format!("{}: {}", texts.add_child, name.get())
                    on:click=move |_| super::add_below(store, nav, id.get_untracked())
                >
                    <Icon sign=Sign::ADD />
                </button>
            </span>
        </div>
    }
}
