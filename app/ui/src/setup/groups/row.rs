//! One row of the tree of groups.

use leptos::prelude::*;
use yobirin_domain::id::GroupId;

use crate::components::{Picture, Sign};
use crate::locale::fill;
use crate::page::SetupPage;
use crate::platform;

use super::super::draft::forest::{Line, Move, Where};
use super::super::names::Names;
use super::super::nav::{Link, Nav, words};
use super::super::store::Store;
use super::room_of::{RoomOf, RoomWords};
use super::shown::TreeState;
use super::tree::{Dragged, Reports};

/// The row.
#[component]
pub(super) fn GroupRow(
    /// Id of its element.
    element: String,
    /// The group.
    id: GroupId,
    /// Its place in the tree, and among the shown lines.
    line: Memo<Option<(usize, Line)>>,
    /// Where its calls go.
    room: Memo<RoomOf>,
    /// Hosts who belong to it.
    members: Memo<usize>,
    /// The line at which the keyboard is.
    active: RwSignal<usize>,
    /// What is being dragged.
    dragged: RwSignal<Option<Dragged>>,
    /// To be told of what is done.
    reports: Reports,
) -> impl IntoView {
    let words = words();
    let w = &words.groups;
    let (store, nav, names, state) = (
        expect_context::<Store>(),
        expect_context::<Nav>(),
        Names::here(),
        expect_context::<TreeState>(),
    );
    let group = store.group(id.clone());
    let shown_id = id.to_string();
    let key = StoredValue::new(id);
    let name = Memo::new(move |_| key.with_value(|id| names.group(id)));
    let of_line = move |read: fn(&Line) -> usize| {
        Memo::new(move |_| line.with(|line| line.as_ref().map_or(0, |(_, line)| read(line))))
    };
    let depth = of_line(|line| line.depth);
    let place = Memo::new(move |_| line.with(|line| line.as_ref().map_or(0, |(place, _)| *place)));
    let flags = Memo::new(move |_| {
        line.with(|line| {
            let line = line.as_ref().map(|(_, line)| line);
            line.map_or((true, true, false), |line| {
                (line.first, line.last, line.has_below)
            })
        })
    });
    let is_folded = Memo::new(move |_| {
        state
            .folded
            .with(|folded| key.with_value(|id| folded.contains(id)))
    });
    let badges = move || {
        let badge =
            |text: &'static str| view! { <span class="badge" data-tone="todo">{text}</span> };
        group.get().map(|group| {
            (
                group.hidden.then(|| badge(words.common.hidden)),
                group.not_callable.then(|| badge(w.not_callable_badge)),
            )
        })
    };
    let in_charge = group.read(|group| group.in_charge.clone());
    let people = move || {
        let belong = fill(w.members, &[("count", &members.get().to_string())]);
        let in_charge = in_charge.get();
        if in_charge.is_empty() {
            return belong;
        }
        let answering = fill(w.in_charge_count, &[("names", &names.hosts(&in_charge))]);
        format!("{belong} · {answering}")
    };
    let step = move |how: Move, action: &'static str, sign: Sign, word: &'static str| {
        let disabled = move || {
            let (first, last, _) = flags.get();
            match how {
                Move::Up | Move::In => first,
                Move::Down => last,
                Move::Out => depth.get() == 0,
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
                    let id = key.get_value();
                    reports.step.run((id.clone(), how));
                    // The row may have moved in the page, which takes the focus away.
                    let again = format!("[data-group='{id}'] [data-action={action}]");
                    request_animation_frame(move || platform::focus(&again));
                }
            >
                <Picture sign=sign />
            </button>
        }
    };
    let fold = move || {
        let (_, _, has_below) = flags.get();
        has_below.then(|| {
            let sign = if is_folded.get() {
                Sign::Onward
            } else {
                Sign::Down
            };
            let word = if is_folded.get() { w.unfold } else { w.fold };
            view! {
                <button
                    type="button"
                    class="button quiet small fold"
                    data-action="fold"
                    tabindex="-1"
                    aria-label=format!("{word}: {}", name.get_untracked())
                    on:click=move |_| {
                        let fold = !is_folded.get_untracked();
                        key.with_value(|id| state.fold(id, fold));
                    }
                >
                    <Picture sign=sign />
                </button>
            }
        })
    };
    let drop_here = Memo::new(move |_| {
        dragged.with(|dragged| {
            let (target, at) = dragged.as_ref()?.over.as_ref()?;
            key.with_value(|id| id == target).then_some(match at {
                Where::Before => "before",
                Where::Inside => "inside",
                Where::After => "after",
            })
        })
    });
    let is_dragged = move || {
        dragged.with(|dragged| {
            let dragged = dragged.as_ref();
            dragged.is_some_and(|dragged| key.with_value(|id| dragged.id == *id))
        })
    };
    view! {
        <div
            class="windowed-row group-cells"
            role="row"
            id=element
            data-group=shown_id
            data-depth=move || depth.get().min(8).to_string()
            data-drop=move || drop_here.get()
            class:active=move || active.get() == place.get()
            class:dragged=is_dragged
            // As a property: the view has no such attribute, and would leave it out.
            prop:ariaLevel=move || (depth.get() + 1).to_string()
            aria-rowindex=move || (place.get() + 2).to_string()
            aria-expanded=move || flags.get().2.then(|| (!is_folded.get()).to_string())
        >
            <span role="gridcell" class="row-name">
                <span class="row-title">
                    <span
                        class="grip"
                        data-action="grip"
                        title=w.grip
                        on:pointerdown=move |event| {
                            event.prevent_default();
                            reports.drag.run((key.get_value(), event));
                        }
                    >
                        <Picture sign=Sign::Grip />
                    </span>
                    <span class="fold-place">{fold}</span>
                    <Link to=SetupPage::Group(key.get_value())>{name}</Link>
                    {badges}
                </span>
                <span class="soft row-people">{people}</span>
            </span>
            <span role="gridcell" class="cell-room"><RoomWords room=room /></span>
            <span role="gridcell" class="row-side">
                {step(Move::Up, "up", Sign::Up, words.common.up)}
                {step(Move::Down, "down", Sign::Down, words.common.down)}
                {step(Move::Out, "out", Sign::Back, w.move_out)}
                {step(Move::In, "in", Sign::Onward, w.move_in)}
                <button
                    type="button"
                    class="button quiet small"
                    data-action="add-child"
                    title=w.add_child
                    aria-label=move || format!("{}: {}", w.add_child, name.get())
                    on:click=move |_| super::add_below(store, nav, Some(key.get_value()))
                >
                    <Picture sign=Sign::Add />
                </button>
            </span>
        </div>
    }
}
