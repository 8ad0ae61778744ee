//! The tree of groups as lists show it, and moving a group within it. Works on documents that are
//! not sound yet: a group that hangs nowhere is shown at the top.

use std::collections::BTreeSet;

use yobirin_domain::directory::Group;
use yobirin_domain::id::GroupId;
use yobirin_domain::settings::SettingsDocument;

/// One line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::setup) struct Line {
    /// The group.
    pub(in crate::setup) id: GroupId,
    /// How deep it is, 0 at the top.
    pub(in crate::setup) depth: usize,
    /// First among its siblings.
    pub(in crate::setup) first: bool,
    /// Last among its siblings.
    pub(in crate::setup) last: bool,
}

/// Every group once, each followed by what is below it, siblings in display order.
pub(in crate::setup) fn lines(groups: &[Group]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(groups.len());
    let mut seen = BTreeSet::new();
    descend(groups, None, 0, &mut seen, &mut lines);
    // What a cycle or a vanished parent keeps from the top still shows.
    for group in groups {
        if seen.insert(&group.id) {
            lines.push(Line {
                id: group.id.clone(),
                depth: 0,
                first: true,
                last: true,
            });
            descend(groups, Some(&group.id), 1, &mut seen, &mut lines);
        }
    }
    lines
}

fn descend<'a>(
    groups: &'a [Group],
    parent: Option<&GroupId>,
    depth: usize,
    seen: &mut BTreeSet<&'a GroupId>,
    lines: &mut Vec<Line>,
) {
    let siblings = children(groups, parent);
    let end = siblings.len().saturating_sub(1);
    for (place, group) in siblings.into_iter().enumerate() {
        if !seen.insert(&group.id) {
            continue;
        }
        lines.push(Line {
            id: group.id.clone(),
            depth,
            first: place == 0,
            last: place == end,
        });
        descend(groups, Some(&group.id), depth + 1, seen, lines);
    }
}

/// The groups directly below `parent`, in display order.
pub(in crate::setup) fn children<'a>(
    groups: &'a [Group],
    parent: Option<&GroupId>,
) -> Vec<&'a Group> {
    let mut children: Vec<&Group> = groups
        .iter()
        .filter(|group| group.parent.as_ref() == parent)
        .collect();
    children.sort_by_key(|group| group.order);
    children
}

/// The groups that `id` can be put below: all but itself and what is below it.
pub(in crate::setup) fn parents_for(groups: &[Group], id: &GroupId) -> Vec<Line> {
    let lines = lines(groups);
    let Some(start) = lines.iter().position(|line| line.id == *id) else {
        return lines;
    };
    let depth = lines[start].depth;
    let below = lines[start + 1..]
        .iter()
        .take_while(|line| line.depth > depth)
        .count();
    let (before, rest) = lines.split_at(start);
    before.iter().chain(&rest[1 + below..]).cloned().collect()
}

/// Puts a group below another (or at the top), after those that are there.
pub(in crate::setup) fn put_below(
    document: &mut SettingsDocument,
    id: &GroupId,
    parent: Option<GroupId>,
) {
    let order = next_order(&document.groups, parent.as_ref());
    if let Some(group) = document.groups.iter_mut().find(|group| group.id == *id) {
        group.parent = parent;
        group.order = order;
    }
}

/// The order that comes after everything below `parent`.
pub(in crate::setup) fn next_order(groups: &[Group], parent: Option<&GroupId>) -> i32 {
    let last = children(groups, parent).last().map(|group| group.order);
    last.map_or(0, |order| order.saturating_add(1))
}

/// Swaps a group with the sibling before it (`up`) or after it.
pub(in crate::setup) fn shift(document: &mut SettingsDocument, id: &GroupId, up: bool) {
    let Some(parent) = document
        .groups
        .iter()
        .find(|group| group.id == *id)
        .map(|group| group.parent.clone())
    else {
        return;
    };
    let mut order: Vec<GroupId> = children(&document.groups, parent.as_ref())
        .into_iter()
        .map(|group| group.id.clone())
        .collect();
    let Some(place) = order.iter().position(|sibling| sibling == id) else {
        return;
    };
    let other = if up {
        place.checked_sub(1)
    } else {
        Some(place + 1)
    };
    let Some(other) = other.filter(|other| *other < order.len()) else {
        return;
    };
    order.swap(place, other);
    for group in &mut document.groups {
        let place = order.iter().position(|sibling| *sibling == group.id);
        if let Some(place) = place.and_then(|place| i32::try_from(place).ok()) {
            group.order = place;
        }
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::lang::{Lang, LocalText};

    use super::*;

    fn id(text: &str) -> GroupId {
        text.parse().unwrap()
    }

    /// Groups written as `name` or `name<parent`.
    fn office(groups: &[&str]) -> SettingsDocument {
        let group = |text: &&str| {
            let (name, parent) = text.split_once('<').unwrap_or((text, ""));
            let mut group = Group::named(id(name), LocalText::of(Lang::Ja, name));
            group.parent = parent.parse().ok();
            group
        };
        SettingsDocument {
            groups: groups.iter().map(group).collect(),
            ..SettingsDocument::default()
        }
    }

    fn drawn(lines: &[Line]) -> Vec<String> {
        let draw = |line: &Line| format!("{}{}", "-".repeat(line.depth), line.id);
        lines.iter().map(draw).collect()
    }

    #[test]
    fn every_group_follows_its_parent() {
        let office = office(&["b1<b", "a", "b", "b2<b", "b11<b1"]);
        assert_eq!(
            drawn(&lines(&office.groups)),
            ["a", "b", "-b1", "--b11", "-b2"]
        );
    }

    #[test]
    fn groups_that_hang_nowhere_are_shown_all_the_same() {
        let office = office(&["a<gone", "x<y", "y<x"]);
        assert_eq!(drawn(&lines(&office.groups)), ["a", "x", "-y"]);
    }

    #[test]
    fn a_group_is_never_offered_itself_or_what_is_below_it_as_parent() {
        let office = office(&["a", "b", "b1<b", "b11<b1", "c"]);
        assert_eq!(drawn(&parents_for(&office.groups, &id("b"))), ["a", "c"]);
        assert_eq!(
            drawn(&parents_for(&office.groups, &id("b1"))),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn a_shift_swaps_siblings_and_stops_at_the_ends() {
        let mut office = office(&["a", "b", "b1<b", "c"]);
        shift(&mut office, &id("c"), true);
        assert_eq!(drawn(&lines(&office.groups)), ["a", "c", "b", "-b1"]);
        shift(&mut office, &id("a"), true);
        assert_eq!(drawn(&lines(&office.groups)), ["a", "c", "b", "-b1"]);
        shift(&mut office, &id("a"), false);
        assert_eq!(drawn(&lines(&office.groups)), ["c", "a", "b", "-b1"]);
    }

    #[test]
    fn a_group_that_moves_goes_after_those_already_there() {
        let mut office = office(&["a", "b", "b1<b", "c"]);
        put_below(&mut office, &id("a"), Some(id("b")));
        assert_eq!(drawn(&lines(&office.groups)), ["b", "-b1", "-a", "c"]);
    }
}
