//! Visible rows of the tree, and the tree's state, which is kept when the page is left.

use std::collections::BTreeSet;

use leptos::prelude::*;
use yobirin_domain::model::id::GroupId;
use yobirin_domain::search::fold;

use crate::components::virtual_list::ScrollState;

use crate::setup::draft::group_tree::TreeRow;
use crate::setup::shared::host_search::{GroupNames, named_groups};

/// Search, folded groups and scroll position of the tree.
#[derive(Clone, Copy)]
pub(crate) struct TreeState {
    pub(crate) query: RwSignal<String>,
    /// Groups whose children are hidden.
    pub(crate) folded: RwSignal<BTreeSet<GroupId>>,
    pub(crate) scroll: ScrollState,
}

impl TreeState {
    /// Creates the state of a tree of all groups, scrolled to the top.
    pub(crate) fn new() -> Self {
        Self {
            query: RwSignal::new(String::new()),
            folded: RwSignal::new(BTreeSet::new()),
            scroll: ScrollState::default(),
        }
    }

    /// Hides or shows the children of a group.
    pub(crate) fn set_folded(self, id: &GroupId, is_folded: bool) {
        self.folded.update(|folded| {
            if is_folded {
                folded.insert(id.clone());
            } else {
                folded.remove(id);
            }
        });
    }
}

/// The visible rows: without a query all rows that are not below a folded group, with a query only the matching
/// groups and their ancestors, folded or not.
pub(crate) fn visible_rows(
    rows: &[TreeRow],
    names: &GroupNames,
    folded: &BTreeSet<GroupId>,
    query: &str,
) -> Vec<TreeRow> {
    if fold(query).is_empty() {
        return unfolded(rows, folded).cloned().collect();
    }
    let named = named_groups(names, query);
    // Walks from the bottom up: a row is visible when it matches, or when the row last found visible is deeper and
    // therefore its descendant.
    let mut visible = Vec::new();
    let mut last_visible_depth = 0;
    for row in rows.iter().rev() {
        if named.contains(&row.id) || row.depth < last_visible_depth {
            last_visible_depth = row.depth;
            visible.push(row.clone());
        }
    }
    visible.reverse();
    visible
}

/// Rows that are not below a folded group.
fn unfolded<'a>(
    rows: &'a [TreeRow],
    folded: &BTreeSet<GroupId>,
) -> impl Iterator<Item = &'a TreeRow> {
    // Depth of the last folded group, while its descendants are passed over.
    let mut folded_depth = None;
    rows.iter().filter(move |row| {
        if folded_depth.is_some_and(|depth| row.depth > depth) {
            return false;
        }
        folded_depth = folded.contains(&row.id).then_some(row.depth);
        true
    })
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::directory::Group;
    use yobirin_domain::model::lang::{Lang, TranslatedText};

    use super::*;
    use crate::setup::draft::group_tree;
    use crate::setup::shared::host_search::group_names;

    fn groups() -> Vec<Group> {
        let group = |(id, name, parent): (&str, &str, &str)| {
            let name = TranslatedText::of(Lang::Ja, name);
            let mut group = Group::named(id.parse().unwrap(), name);
            group.parent = parent.parse().ok();
            group
        };
        [
            ("soumu", "総務", ""),
            ("dev", "開発部", ""),
            ("dev1", "開発一課", "dev"),
            ("web", "ウェブ", "dev1"),
            ("sales", "営業部", ""),
            ("sales1", "営業一課", "sales"),
        ]
        .map(group)
        .into()
    }

    fn ids(folded: &[&str], query: &str) -> Vec<String> {
        let groups = groups();
        let folded = folded.iter().map(|id| id.parse().unwrap()).collect();
        let rows = visible_rows(
            &group_tree::rows(&groups),
            &group_names(&groups),
            &folded,
            query,
        );
        rows.into_iter().map(|row| row.id.to_string()).collect()
    }

    #[test]
    fn children_of_a_folded_group_are_hidden() {
        assert_eq!(ids(&["dev"], ""), ["soumu", "dev", "sales", "sales1"]);
        assert_eq!(
            ids(&["dev1"], ""),
            ["soumu", "dev", "dev1", "sales", "sales1"]
        );
    }

    #[test]
    fn a_search_shows_matches_with_their_ancestors() {
        assert_eq!(ids(&["dev"], "ｳｪﾌﾞ"), ["dev", "dev1", "web"]);
        assert_eq!(ids(&[], "一課"), ["dev", "dev1", "sales", "sales1"]);
        assert_eq!(ids(&[], "人事"), [""; 0]);
    }
}
