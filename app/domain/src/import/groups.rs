//! Imports rows of groups: matches each row to a group and applies its values.

mod fill;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Candidate, Cells, Choice, ImportContext, IssueKind, RowOutcome};
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::lookup::{self, LookupError, name_key};
use crate::csv::record::is_same_value;
use crate::model::directory::Group;
use crate::model::id::GroupId;
use crate::model::lang::TranslatedText;
use crate::model::settings::SettingsDocument;

use fill::{apply_cells, changes, names_of, office_language};

/// Existing groups and the groups imported so far.
pub(super) struct GroupImport {
    by_id: HashMap<GroupId, usize>,
    /// Line of each matched group.
    line_by_group: BTreeMap<usize, usize>,
    /// Group and index in the proposal's rows, by line.
    processed: BTreeMap<usize, (usize, usize)>,
    /// Lines of new groups, by name and parent.
    new_names: HashMap<(String, String), usize>,
    /// Rows whose parent is not resolved yet.
    pending: Vec<PendingParent>,
}

/// A row whose parent is not resolved yet.
struct PendingParent {
    line: usize,
    is_new: bool,
    /// Index of the group in the document.
    index: usize,
    /// Index in the proposal's rows.
    row_index: usize,
    before: String,
    value: String,
}

impl PendingParent {
    /// Sets the parent; false when it cannot be found.
    fn set_parent(&self, context: &mut ImportContext) -> bool {
        let parent = if self.value.is_empty() {
            None
        } else if let Ok(id) = context.formatter.groups.find(&self.value) {
            Some(id)
        } else {
            return false; // tried again in the next round, and reported after the last
        };
        context.proposal.document.groups[self.index].parent = parent;
        let (before, after) = (self.before.clone(), self.value.clone());
        context.proposal.rows[self.row_index].change(Field::Parent, before, after);
        true
    }
}

/// Lookup of all groups except the groups whose parent is not resolved yet.
fn lookup_of_groups_except(
    context: &ImportContext,
    without_parent: &BTreeSet<usize>,
) -> lookup::GroupLookup {
    let groups = context.proposal.document.groups.iter().enumerate();
    let others = groups.filter(|(index, _)| !without_parent.contains(index));
    let others: Vec<Group> = others.map(|(_, group)| group.clone()).collect();
    lookup::GroupLookup::of(&others, office_language(context))
}

/// Group that a row matches.
enum GroupMatch {
    /// Index of the group in the document.
    Existing(usize),
    New,
    Ambiguous(Vec<GroupId>),
    Skipped,
}

impl GroupImport {
    pub(super) fn of(document: &SettingsDocument) -> Self {
        let groups = document.groups.iter().enumerate();
        Self {
            by_id: groups
                .map(|(index, group)| (group.id.clone(), index))
                .collect(),
            line_by_group: BTreeMap::new(),
            processed: BTreeMap::new(),
            new_names: HashMap::new(),
            pending: Vec::new(),
        }
    }

    /// Matches a row to a group and applies its values, except the parent.
    pub(super) fn import_row(&mut self, cells: &Cells<'_>, context: &mut ImportContext) {
        let line = cells.line;
        let (name, names) = names_of(cells, context);
        let id = cells.id(context);
        let index = match self.find_match(cells, context, &name, id.as_ref()) {
            GroupMatch::Skipped => {
                context.add_row(line, name, RowOutcome::Skipped);
                return;
            }
            GroupMatch::Ambiguous(ids) => {
                let candidates = ids.iter().map(|id| self.candidate(id, context)).collect();
                context.add_row(line, name, RowOutcome::Ambiguous(candidates));
                return;
            }
            GroupMatch::Existing(index) => Some(index),
            GroupMatch::New => None,
        };
        if let Some(earlier) = index
            .and_then(|index| self.line_by_group.get(&index))
            .copied()
        {
            context.add_issue(line, None, &name, IssueKind::DuplicateRow { line: earlier });
            context.add_row(line, name, RowOutcome::Skipped);
            return;
        }
        let before = index.map(|index| context.proposal.document.groups[index].clone());
        if before.is_none() {
            if names.is_blank() {
                context.add_issue(line, None, "", IssueKind::MissingName);
                context.add_row(line, "", RowOutcome::Skipped);
                return;
            }
            let new_name = (name_key(&name), name_key(cells.text(Field::Parent)));
            if id.is_none()
                && let Some(&earlier) = self.new_names.get(&new_name)
            {
                context.add_issue(line, None, &name, IssueKind::DuplicateRow { line: earlier });
                context.add_row(line, name, RowOutcome::Skipped);
                return;
            }
            self.new_names.insert(new_name, line);
        }
        let start = before.clone().unwrap_or_else(|| {
            let unused_id = id.filter(|id| !self.by_id.contains_key(id));
            let id = unused_id.unwrap_or_else(|| GroupId::from_random((context.random)()));
            Group::named(id, TranslatedText::default())
        });
        let group = apply_cells(cells, context, start, &names);
        let outcome = match &before {
            None => RowOutcome::Added(changes(None, &group, context)),
            Some(before) => match changes(Some(before), &group, context) {
                none if none.is_empty() => RowOutcome::Unchanged,
                some => RowOutcome::Changed(some),
            },
        };
        let lang = context.proposal.document.site.office_language();
        let shown_name = group.name.best(lang).to_owned();
        let groups = &mut context.proposal.document.groups;
        let index = index.unwrap_or(groups.len());
        if index == groups.len() {
            self.by_id.insert(group.id.clone(), index);
            groups.push(group);
        } else {
            groups[index] = group;
        }
        self.line_by_group.insert(index, line);
        let row_index = context.add_row(line, shown_name, outcome);
        self.processed.insert(line, (index, row_index));
    }

    /// Notes the parent of a row for [`Self::resolve_parents`]. Called after [`Self::import_row`] of all rows.
    pub(super) fn import_references(&mut self, cells: &Cells<'_>, context: &mut ImportContext) {
        let Some(&(index, row_index)) = self.processed.get(&cells.line) else {
            return;
        };
        let Some(value) = cells.new_value(Field::Parent, context.options.clear_empty) else {
            return;
        };
        let before = context
            .formatter
            .group_cell(&context.proposal.document.groups[index], Field::Parent);
        if !is_same_value(value, &before) {
            self.pending.push(PendingParent {
                line: cells.line,
                is_new: matches!(
                    context.proposal.rows[row_index].outcome,
                    RowOutcome::Added(_)
                ),
                index,
                row_index,
                before,
                value: value.to_owned(),
            });
        }
    }

    /// Resolves the parents. A path is only valid through groups with a resolved parent, so each round resolves one
    /// more level.
    pub(super) fn resolve_parents(&mut self, context: &mut ImportContext) {
        let mut pending = std::mem::take(&mut self.pending);
        loop {
            let remaining = pending.len();
            let without_parent: BTreeSet<usize> = pending
                .iter()
                .filter(|row| row.is_new)
                .map(|row| row.index)
                .collect();
            context.formatter.groups = lookup_of_groups_except(context, &without_parent);
            pending.retain(|row| !row.set_parent(context));
            if pending.is_empty() || pending.len() == remaining {
                break;
            }
        }
        context.formatter.groups = lookup_of_groups_except(context, &BTreeSet::new());
        for row in pending {
            let kind = match context.formatter.groups.find(&row.value) {
                Ok(_) if row.set_parent(context) => continue,
                Err(LookupError::Ambiguous) => IssueKind::AmbiguousGroup,
                Ok(_) | Err(LookupError::NotFound) => IssueKind::UnknownGroup,
            };
            context.add_issue(row.line, Some(Field::Parent), &row.value, kind);
        }
        self.break_cycles(context);
    }

    /// Removes the parent of groups that would be their own ancestor.
    fn break_cycles(&mut self, context: &mut ImportContext) {
        for (&line, &(index, _)) in &self.processed {
            let groups = &context.proposal.document.groups;
            let mut seen = BTreeSet::from([index]);
            let mut ancestor = groups[index].parent.as_ref();
            let mut is_cycle = false;
            while let Some(next) = ancestor.and_then(|id| self.by_id.get(id)) {
                if !seen.insert(*next) {
                    is_cycle = *next == index;
                    break;
                }
                ancestor = groups[*next].parent.as_ref();
            }
            if is_cycle {
                let text = groups[index].name.best(office_language(context)).to_owned();
                context.add_issue(line, Some(Field::Parent), &text, IssueKind::ParentCycle);
                context.proposal.document.groups[index].parent = None;
            }
        }
    }

    fn find_match(
        &self,
        cells: &Cells<'_>,
        context: &ImportContext,
        name: &str,
        id: Option<&GroupId>,
    ) -> GroupMatch {
        match context.options.choices.get(&cells.line) {
            Some(Choice::Skip) => return GroupMatch::Skipped,
            Some(Choice::New) => return GroupMatch::New,
            Some(Choice::Existing(id)) => {
                let known = id.parse().ok().and_then(|id| self.by_id.get(&id));
                if let Some(&index) = known {
                    return GroupMatch::Existing(index);
                }
            }
            None => {}
        }
        if let Some(&index) = id.and_then(|id| self.by_id.get(id)) {
            return GroupMatch::Existing(index);
        }
        if name.is_empty() {
            return GroupMatch::New;
        }
        let parent = cells.text(Field::Parent);
        if cell::parse_id(parent).is_none() {
            let mut path: Vec<&str> = cell::path_segments(parent).collect();
            path.push(name);
            let known = context.formatter.groups.find_path(&path);
            if let Some(&index) = known.and_then(|id| self.by_id.get(&id)).as_ref() {
                return GroupMatch::Existing(*index);
            }
        }
        match context.formatter.groups.find_by_name(name) {
            [] => GroupMatch::New,
            // A group of the same name below another parent.
            _ if !parent.is_empty() && !parent.contains('*') => {
                self.find_below_parent(context, name, parent)
            }
            [one] => self
                .by_id
                .get(one)
                .map_or(GroupMatch::New, |index| GroupMatch::Existing(*index)),
            several => GroupMatch::Ambiguous(several.to_vec()),
        }
    }

    /// Matches a known name below a parent given by name instead of path.
    fn find_below_parent(&self, context: &ImportContext, name: &str, parent: &str) -> GroupMatch {
        let Ok(parent) = context.formatter.groups.find(parent) else {
            return GroupMatch::New;
        };
        let groups = &context.proposal.document.groups;
        let is_below = |id: &&GroupId| {
            let index = self.by_id.get(*id);
            index.is_some_and(|index| groups[*index].parent.as_ref() == Some(&parent))
        };
        let named = context
            .formatter
            .groups
            .find_by_name(name)
            .iter()
            .filter(is_below);
        match named.collect::<Vec<_>>().as_slice() {
            [one] => self
                .by_id
                .get(*one)
                .map_or(GroupMatch::New, |index| GroupMatch::Existing(*index)),
            [] => match context.formatter.groups.find_by_name(name) {
                // The only group of this name moves, if it is at the top level.
                [one]
                    if self
                        .by_id
                        .get(one)
                        .is_some_and(|index| groups[*index].parent.is_none()) =>
                {
                    GroupMatch::Existing(self.by_id[one])
                }
                _ => GroupMatch::New,
            },
            several => GroupMatch::Ambiguous(several.iter().map(|id| (*id).clone()).collect()),
        }
    }

    fn candidate(&self, id: &GroupId, context: &ImportContext) -> Candidate {
        let index = self.by_id.get(id).copied().unwrap_or_default();
        let group = &context.proposal.document.groups[index];
        Candidate {
            id: id.to_string(),
            name: group.name.best(office_language(context)).to_owned(),
            note: context.formatter.groups.label(id),
        }
    }
}
