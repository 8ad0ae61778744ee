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
    /// First among its siblings.
    pub(crate) first: bool,
    /// Last among its siblings.
    pub(crate) last: bool,
    /// True when the group has children.
    pub(crate) has_below: bool,
    /// The children are folded.
    pub(crate) is_folded: bool,
    /// Number of members.
    pub(crate) members: usize,
    /// Room of its calls.
    pub(crate) room: EffectiveRoom,
}

/// A drag in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupDrag {
    pub(crate) id: GroupId,
    /// Drop target and position.
    pub(crate) over: Option<(GroupId, DropPosition)>,
}

/// Called when a row's group is moved by buttons or keys (`step`), or its drag begins (`drag`).
#[derive(Clone, Copy)]
pub(crate) struct RowCallbacks {
    pub(crate) step: Callback<(GroupId, TreeMove)>,
    pub(crate) drag: Callback<(GroupId, PointerEvent)>,
}

#[component]
pub(crate) fn GroupRow(
    /// Element id.
    element: String,
    /// Place in the list.
    index: usize,
    /// The group at this place.
    shown: Memo<Option<GroupRowData>>,
    /// Place of the active row.
    active: RwSignal<usize>,
    /// The drag in progress.
    dragged: RwSignal<Option<GroupDrag>>,
    /// Callbacks.
    reports: RowCallbacks,
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
    // Depth, first, last, has children, is folded.
    let flags = Memo::new(move |_| {
        shown.with(|shown| match shown {
            Some(shown) => (
                shown.depth,
                shown.first,
                shown.last,
                shown.has_below,
                shown.is_folded,
            ),
            None => (0, true, true, false, false),
        })
    });
    let marks = Memo::new(move |_| {
        shown.with(|shown| {
            let is =
                |mark: fn(&Group) -> bool| shown.as_ref().is_some_and(|shown| mark(&shown.group));
            let hidden = is(|group| group.hidden).then_some(words.names.hidden);
            let not_callable = is(|group| group.not_callable).then_some(texts.not_callable_badge);
            [hidden, not_callable]
        })
    });
    let badges = move || {
        let badge = |text| view! { <span class="badge" data-tone="todo">{text}</span> };
        marks.get().map(|mark| mark.map(badge)).collect_view()
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
    let step = move |how: TreeMove, action: &'static str, sign: Sign, word: &'static str| {
        let disabled = move || {
            let (depth, first, last, ..) = flags.get();
            match how {
                TreeMove::Up | TreeMove::In => first,
                TreeMove::Down => last,
                TreeMove::Out => depth == 0,
            }
        };
        view! {
            <button
                type="button"
                class="button quiet small"
                data-action=action
                disabled=disabled
                title=word
                aria-label=move || format!("{word}: {}", name.get())
                on:click=move |_| {
                    let Some(id) = id.get_untracked() else {
                        return;
                    };
                    reports.step.run((id.clone(), how));
                    // Moving the row in the page loses the focus.
                    let same_button = format!("[data-group='{id}'] [data-action={action}]");
                    request_animation_frame(move || browser::focus(&same_button));
                }
            >
                <Icon sign=sign />
            </button>
        }
    };
    let fold = move || {
        let (.., has_below, is_folded) = flags.get();
        has_below.then(|| {
            let (sign, word) = if is_folded {
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
                    title=word
                    aria-label=move || format!("{word}: {}", name.get())
                    on:click=move |_| {
                        if let Some(id) = id.get_untracked() {
                            state.fold(&id, !is_folded);
                        }
                    }
                >
                    <Icon sign=sign />
                </button>
            }
        })
    };
    let drop_here = Memo::new(move |_| {
        dragged.with(|dragged| {
            let (target, at) = dragged.as_ref()?.over.as_ref()?;
            id.with(|id| id.as_ref() == Some(target))
                .then_some(match at {
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
            data-depth=move || flags.get().0.min(8).to_string()
            data-drop=move || drop_here.get()
            class:active=move || active.get() == index
            class:dragged=is_dragged
            // Set as a property, because the view macro does not know the attribute.
            prop:ariaLevel=move || (flags.get().0 + 1).to_string()
            aria-rowindex=(index + 2).to_string() // counted from 1, after the row of column titles
            aria-expanded=move || {
                let (.., has_below, is_folded) = flags.get();
                has_below.then(|| (!is_folded).to_string())
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
                                reports.drag.run((id, event));
                            }
                        }
                    >
                        <Icon sign=Sign::GRIP />
                    </span>
                    <span class="fold-toggle">{fold}</span>
                    <RowLink to=page label=name />
                    {badges}
                </span>
                <span class="muted row-people">{people}</span>
            </span>
            <span role="gridcell" class="cell-room"><span class="cell-label" aria-hidden="true">{texts.room_column}</span> <EffectiveRoomText room=room /></span>
            <span role="gridcell" class="row-side">
                {step(TreeMove::Up, "up", Sign::UP, words.controls.move_up)}
                {step(TreeMove::Down, "down", Sign::DOWN, words.controls.move_down)}
                {step(TreeMove::Out, "out", Sign::BACK, texts.move_out)}
                {step(TreeMove::In, "in", Sign::ONWARD, texts.move_in)}
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
