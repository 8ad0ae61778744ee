//! The tree of groups as lists show it, and moves within it. Works on documents that are not valid
//! yet: a group without a path to the top is shown at the top.

use std::collections::{BTreeMap, BTreeSet};

use yobirin_domain::model::directory::Group;
use yobirin_domain::model::id::GroupId;
use yobirin_domain::model::settings::SettingsDocument;

/// One row of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::setup) struct TreeRow {
    /// The group.
    pub(in crate::setup) id: GroupId,
    /// Depth in the tree; 0 at the top.
    pub(in crate::setup) depth: usize,
    /// True for the first of its siblings.
    pub(in crate::setup) is_first: bool,
    /// True for the last of its siblings.
    pub(in crate::setup) is_last: bool,
    /// True when the group has children.
    pub(in crate::setup) has_children: bool,
}

/// A move by one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::setup) enum TreeMove {
    /// Swaps the group with its previous sibling.
    Up,
    /// Swaps the group with its next sibling.
    Down,
    /// Makes the group the last child of its previous sibling.
    In,
    /// Makes the group the next sibling of its parent.
    Out,
}

/// Position of a drop relative to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::setup) enum DropPosition {
    /// Directly before the group, as its sibling.
    Before,
    /// Below the group, as its last child.
    Inside,
    /// Directly after the group, as its sibling.
    After,
}

/// The children of each group in display order; below `None` the groups at the top.
struct ChildrenByParent<'a>(BTreeMap<Option<&'a GroupId>, Vec<&'a Group>>);

impl<'a> ChildrenByParent<'a> {
    fn of(groups: &'a [Group]) -> Self {
        let mut children: BTreeMap<Option<&GroupId>, Vec<&Group>> = BTreeMap::new();
        for group in groups {
            children
                .entry(group.parent.as_ref())
                .or_default()
                .push(group);
        }
        for siblings in children.values_mut() {
            siblings.sort_by_key(|group| group.order);
        }
        Self(children)
    }

    fn children_of(&self, parent: Option<&'a GroupId>) -> &[&'a Group] {
        self.0.get(&parent).map_or(&[], Vec::as_slice)
    }

    /// Adds the descendants of `parent` to `rows`. A group in `seen` is left out, so that a cycle ends.
    fn descend(
        &self,
        parent: Option<&'a GroupId>,
        depth: usize,
        seen: &mut BTreeSet<&'a GroupId>,
        rows: &mut Vec<TreeRow>,
    ) {
        let siblings = self.children_of(parent);
        let last_index = siblings.len().saturating_sub(1);
        for (index, &group) in siblings.iter().enumerate() {
            if !seen.insert(&group.id) {
                continue;
            }
            rows.push(TreeRow {
                id: group.id.clone(),
                depth,
                is_first: index == 0,
                is_last: index == last_index,
                has_children: !self.children_of(Some(&group.id)).is_empty(),
            });
            self.descend(Some(&group.id), depth + 1, seen, rows);
        }
    }
}

/// Every group once, each followed by its subtree, siblings in display order.
pub(in crate::setup) fn rows(groups: &[Group]) -> Vec<TreeRow> {
    let forest = ChildrenByParent::of(groups);
    let mut rows = Vec::with_capacity(groups.len());
    let mut seen = BTreeSet::new();
    forest.descend(None, 0, &mut seen, &mut rows);
    // Groups in a cycle or below a missing parent: each is shown at the top, as its own only sibling.
    for group in groups {
        if seen.insert(&group.id) {
            rows.push(TreeRow {
                id: group.id.clone(),
                depth: 0,
                is_first: true,
                is_last: true,
                has_children: !forest.children_of(Some(&group.id)).is_empty(),
            });
            forest.descend(Some(&group.id), 1, &mut seen, &mut rows);
        }
    }
    rows
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

/// Possible parents of a group: all groups but itself and its descendants.
pub(in crate::setup) fn parents_for(groups: &[Group], id: &GroupId) -> Vec<TreeRow> {
    let rows = rows(groups);
    let Some(start) = rows.iter().position(|row| row.id == *id) else {
        return rows;
    };
    let depth = rows[start].depth;
    let descendants = rows[start + 1..]
        .iter()
        .take_while(|row| row.depth > depth)
        .count();
    let (before, from_group) = rows.split_at(start);
    let after = &from_group[1 + descendants..];
    before.iter().chain(after).cloned().collect()
}

/// True when a group can move beside or below `target`: when `target` is neither the group nor a descendant of it.
pub(in crate::setup) fn can_move_to(groups: &[Group], id: &GroupId, target: &GroupId) -> bool {
    let parent_of = |id: &GroupId| {
        let group = groups.iter().find(|group| group.id == *id);
        group.and_then(|group| group.parent.as_ref())
    };
    let mut current = Some(target);
    // In a cycle of groups no path reaches the top, so the search ends after as many steps as there are groups.
    for _ in 0..=groups.len() {
        match current {
            None => return true,
            Some(group) if group == id => return false,
            Some(group) => current = parent_of(group),
        }
    }
    false
}

/// Makes a group the last child of another, or the last at the top.
pub(in crate::setup) fn move_below(
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

/// Order number after the last child of `parent`.
pub(in crate::setup) fn next_order(groups: &[Group], parent: Option<&GroupId>) -> i32 {
    let last = children(groups, parent).last().map(|group| group.order);
    last.map_or(0, |order| order.saturating_add(1))
}

/// Moves a group beside or below `target`; does nothing where that is not possible.
pub(in crate::setup) fn move_to(
    document: &mut SettingsDocument,
    id: &GroupId,
    target: &GroupId,
    position: DropPosition,
) {
    if !can_move_to(&document.groups, id, target) {
        return;
    }
    if position == DropPosition::Inside {
        return move_below(document, id, Some(target.clone()));
    }
    let parent = parent_of(document, target);
    let mut order = child_ids(document, parent.as_ref());
    order.retain(|sibling| sibling != id);
    let Some(index) = order.iter().position(|sibling| sibling == target) else {
        return;
    };
    let is_after = position == DropPosition::After;
    order.insert(index + usize::from(is_after), id.clone());
    if let Some(group) = document.groups.iter_mut().find(|group| group.id == *id) {
        group.parent = parent;
    }
    renumber(document, &order);
}

/// Moves a group by one place. Returns false where that is not possible.
pub(in crate::setup) fn move_one_place(
    document: &mut SettingsDocument,
    id: &GroupId,
    by: TreeMove,
) -> bool {
    let parent = parent_of(document, id);
    let siblings = child_ids(document, parent.as_ref());
    let Some(index) = siblings.iter().position(|sibling| sibling == id) else {
        return false;
    };
    let previous = index.checked_sub(1).and_then(|index| siblings.get(index));
    let (target, position) = match by {
        TreeMove::Up => (previous, DropPosition::Before),
        TreeMove::Down => (siblings.get(index + 1), DropPosition::After),
        TreeMove::In => (previous, DropPosition::Inside),
        TreeMove::Out => (parent.as_ref(), DropPosition::After),
    };
    let target = target.filter(|target| can_move_to(&document.groups, id, target));
    let Some(target) = target.cloned() else {
        return false;
    };
    move_to(document, id, &target, position);
    true
}

fn parent_of(document: &SettingsDocument, id: &GroupId) -> Option<GroupId> {
    let group = document.groups.iter().find(|group| group.id == *id);
    group.and_then(|group| group.parent.clone())
}

/// Ids of the children of `parent`, in display order.
fn child_ids(document: &SettingsDocument, parent: Option<&GroupId>) -> Vec<GroupId> {
    let children = children(&document.groups, parent).into_iter();
    children.map(|group| group.id.clone()).collect()
}

/// Numbers the groups of `order`, which are siblings, from 0.
fn renumber(document: &mut SettingsDocument, order: &[GroupId]) {
    let indices: BTreeMap<&GroupId, usize> = order
        .iter()
        .enumerate()
        .map(|(index, id)| (id, index))
        .collect();
    for group in &mut document.groups {
        let index = indices.get(&group.id).copied();
        if let Some(index) = index.and_then(|index| i32::try_from(index).ok()) {
            group.order = index;
        }
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::lang::{Lang, TranslatedText};

    use super::*;

    fn id(text: &str) -> GroupId {
        text.parse().unwrap()
    }

    /// Groups written as `name` or `name<parent`.
    fn document_with(groups: &[&str]) -> SettingsDocument {
        let group = |text: &&str| {
            let (name, parent) = text.split_once('<').unwrap_or((text, ""));
            let mut group = Group::named(id(name), TranslatedText::of(Lang::Ja, name));
            group.parent = parent.parse().ok();
            group
        };
        SettingsDocument {
            groups: groups.iter().map(group).collect(),
            ..SettingsDocument::default()
        }
    }

    /// Each row as the id of its group, after one dash for each level above it.
    fn drawn(rows: &[TreeRow]) -> Vec<String> {
        let draw = |row: &TreeRow| format!("{}{}", "-".repeat(row.depth), row.id);
        rows.iter().map(draw).collect()
    }

    #[test]
    fn every_group_follows_its_parent() {
        let office = document_with(&["b1<b", "a", "b", "b2<b", "b11<b1"]);
        assert_eq!(
            drawn(&rows(&office.groups)),
            ["a", "b", "-b1", "--b11", "-b2"]
        );
    }

    #[test]
    fn groups_without_a_path_to_the_top_are_shown() {
        let office = document_with(&["a<gone", "x<y", "y<x"]);
        assert_eq!(drawn(&rows(&office.groups)), ["a", "x", "-y"]);
    }

    #[test]
    fn a_group_is_never_offered_itself_or_its_subtree_as_parent() {
        let office = document_with(&["a", "b", "b1<b", "b11<b1", "c"]);
        assert_eq!(drawn(&parents_for(&office.groups, &id("b"))), ["a", "c"]);
        assert_eq!(
            drawn(&parents_for(&office.groups, &id("b1"))),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn a_move_by_one_place_swaps_siblings_and_stops_at_the_ends() {
        let mut office = document_with(&["a", "b", "b1<b", "c"]);
        assert!(move_one_place(&mut office, &id("c"), TreeMove::Up));
        assert_eq!(drawn(&rows(&office.groups)), ["a", "c", "b", "-b1"]);
        assert!(!move_one_place(&mut office, &id("a"), TreeMove::Up));
        assert_eq!(drawn(&rows(&office.groups)), ["a", "c", "b", "-b1"]);
        assert!(move_one_place(&mut office, &id("a"), TreeMove::Down));
        assert_eq!(drawn(&rows(&office.groups)), ["c", "a", "b", "-b1"]);
    }

    #[test]
    fn a_move_in_goes_below_the_sibling_before_and_a_move_out_after_the_parent() {
        let mut office = document_with(&["a", "a1<a", "b", "b1<b", "c"]);
        assert!(move_one_place(&mut office, &id("b"), TreeMove::In));
        assert_eq!(
            drawn(&rows(&office.groups)),
            ["a", "-a1", "-b", "--b1", "c"]
        );
        assert!(move_one_place(&mut office, &id("b1"), TreeMove::Out));
        assert_eq!(drawn(&rows(&office.groups)), ["a", "-a1", "-b", "-b1", "c"]);
        assert!(move_one_place(&mut office, &id("b"), TreeMove::Out));
        assert_eq!(drawn(&rows(&office.groups)), ["a", "-a1", "-b1", "b", "c"]);
        assert!(!move_one_place(&mut office, &id("a"), TreeMove::In));
        assert!(!move_one_place(&mut office, &id("a"), TreeMove::Out));
    }

    #[test]
    fn a_group_is_put_where_it_is_dropped() {
        let mut office = document_with(&["a", "b", "b1<b", "b2<b", "c"]);
        move_to(&mut office, &id("a"), &id("b2"), DropPosition::Before);
        assert_eq!(drawn(&rows(&office.groups)), ["b", "-b1", "-a", "-b2", "c"]);
        move_to(&mut office, &id("c"), &id("b"), DropPosition::Before);
        assert_eq!(drawn(&rows(&office.groups)), ["c", "b", "-b1", "-a", "-b2"]);
        move_to(&mut office, &id("b1"), &id("c"), DropPosition::After);
        assert_eq!(drawn(&rows(&office.groups)), ["c", "b1", "b", "-a", "-b2"]);
        move_to(&mut office, &id("c"), &id("a"), DropPosition::Inside);
        assert_eq!(
            drawn(&rows(&office.groups)),
            ["b1", "b", "-a", "--c", "-b2"]
        );
    }

    #[test]
    fn a_group_never_goes_below_itself() {
        let mut office = document_with(&["a", "a1<a", "a11<a1"]);
        let before = office.clone();
        for position in [
            DropPosition::Before,
            DropPosition::Inside,
            DropPosition::After,
        ] {
            move_to(&mut office, &id("a"), &id("a11"), position);
            move_to(&mut office, &id("a"), &id("a"), position);
        }
        assert_eq!(office, before);
        let cycle = document_with(&["x<y", "y<x"]);
        assert!(
            !can_move_to(&cycle.groups, &id("z"), &id("x")),
            "a cycle of parents ends the search for ancestors"
        );
    }

    #[test]
    fn a_group_that_moves_goes_after_those_already_there() {
        let mut office = document_with(&["a", "b", "b1<b", "c"]);
        move_below(&mut office, &id("a"), Some(id("b")));
        assert_eq!(drawn(&rows(&office.groups)), ["b", "-b1", "-a", "c"]);
    }
}
