//! Row of the tree of groups.

use leptos::prelude::*;
use yobirin_domain::model::directory::Group;
use yobirin_domain::model::id::GroupId;

use crate::browser;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::setup::SEPARATOR;
use crate::router::SetupPage;

use super::effective_room::{EffectiveRoom, EffectiveRoomText};
use super::tree_control::TreeControl;
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

#[component]
pub(crate) fn GroupRow(
    /// Element id.
    element: String,
    /// Place in the list.
    index: usize,
    /// The group at this place; `None` below the last group.
    shown: Memo<Option<GroupRowData>>,
    /// The tree's controls.
    control: TreeControl,
) -> impl IntoView {
    let texts = &words().groups;
    let store = expect_context::<DraftStore>();
    let nav = expect_context::<Nav>();
    let names = DisplayNames::from_context();
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
    let page = Signal::derive(move || id.get().map_or(SetupPage::Groups, SetupPage::Group));
    let move_button = move |by: TreeMove| view! { <MoveButton by=by id=id name=name position=position control=control /> };
    // Where in this row a drop would go; `None` while the pointer is over another row.
    let drop_position = Memo::new(move |_| {
        control.dragged.with(|dragged| {
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
        control.dragged.with(|dragged| {
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
            class:active=move || control.active.get() == index
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
                                control.begin_drag(&id, &event);
                            }
                        }
                    >
                        <Icon sign=Sign::GRIP />
                    </span>
                    <span class="fold-toggle"><FoldButton id=id name=name position=position /></span>
                    <RowLink to=page label=name />
                    <Badges shown=shown />
                </span>
                <span class="muted row-people">{people_text(shown, names)}</span>
            </span>
            <span role="gridcell" class="cell-room"><span class="cell-label" aria-hidden="true">{texts.room_column}</span> <EffectiveRoomText room=room /></span>
            <span role="gridcell" class="row-side">
                {move_button(TreeMove::Up)}
                {move_button(TreeMove::Down)}
                {move_button(TreeMove::Out)}
                {move_button(TreeMove::In)}
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

/// Labels of the group: hidden, not callable.
#[component]
fn Badges(shown: Memo<Option<GroupRowData>>) -> impl IntoView {
    let words = words();
    let labels = Memo::new(move |_| {
        shown.with(|shown| {
            let group = shown.as_ref().map(|shown| &shown.group);
            let is_hidden = group.is_some_and(|group| group.hidden);
            let is_not_callable = group.is_some_and(|group| group.not_callable);
            [
                is_hidden.then_some(words.names.hidden),
                is_not_callable.then_some(words.groups.not_callable_badge),
            ]
        })
    });
    move || {
        let badge = |text| view! { <span class="badge" data-tone="todo">{text}</span> };
        labels.get().into_iter().flatten().map(badge).collect_view()
    }
}

/// Number of the group's members, and the names of the hosts in charge.
fn people_text(shown: Memo<Option<GroupRowData>>, names: DisplayNames) -> Memo<String> {
    let texts = &words().groups;
    Memo::new(move |_| {
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
    })
}

/// Button that moves the group by one place; disabled when it cannot be moved there.
#[component]
fn MoveButton(
    by: TreeMove,
    id: Memo<Option<GroupId>>,
    /// The group's name.
    name: Memo<String>,
    position: Memo<RowPosition>,
    control: TreeControl,
) -> impl IntoView {
    let words = words();
    let (action, sign, label) = match by {
        TreeMove::Up => ("up", Sign::UP, words.controls.move_up),
        TreeMove::Down => ("down", Sign::DOWN, words.controls.move_down),
        TreeMove::Out => ("out", Sign::BACK, words.groups.move_out),
        TreeMove::In => ("in", Sign::ONWARD, words.groups.move_in),
    };
    let is_disabled = move || {
        let position = position.get();
        match by {
            TreeMove::Up | TreeMove::In => position.is_first,
            TreeMove::Down => position.is_last,
            TreeMove::Out => position.depth == 0,
        }
    };
    let on_click = move |_| {
        let Some(id) = id.get_untracked() else {
            return;
        };
        control.move_group(&id, by);
        // The row that now shows the group is another one, and gets the focus.
        let same_button = format!("[data-group='{id}'] [data-action={action}]");
        request_animation_frame(move || browser::focus(&same_button));
    };
    view! {
        <button
            type="button"
            class="button quiet small"
            data-action=action
            disabled=is_disabled
            title=label
            aria-label=move || format!("{label}: {}", name.get())
            on:click=on_click
        >
            <Icon sign=sign />
        </button>
    }
}

/// Button that hides or shows the group's children; nothing for a group without any.
#[component]
fn FoldButton(
    id: Memo<Option<GroupId>>,
    /// The group's name.
    name: Memo<String>,
    position: Memo<RowPosition>,
) -> impl IntoView {
    let texts = &words().groups;
    let state = expect_context::<TreeState>();
    move || {
        let RowPosition {
            has_children,
            is_folded,
            ..
        } = position.get();
        has_children.then(|| {
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
    }
}
