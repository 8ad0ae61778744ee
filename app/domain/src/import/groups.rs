//! Imports rows of groups: matches each row to a group and applies its values.

mod fill;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Candidate, Cells, ImportContext, IssueKind, ProcessedRow, RowChoice, RowOutcome};
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
    /// Index of each group in the document.
    by_id: HashMap<GroupId, usize>,
    /// Line of each group that a row was imported into, by the group's index in the document.
    line_by_group: BTreeMap<usize, usize>,
    /// Imported rows by line.
    processed: BTreeMap<usize, ProcessedRow>,
    /// Lines of new groups, by the keys of name and parent cell.
    new_names: HashMap<(String, String), usize>,
    /// Rows whose parent is not resolved yet.
    pending: Vec<PendingParent>,
}

/// A row whose parent is not resolved yet.
struct PendingParent {
    line: usize,
    /// True when the row adds its group.
    is_new: bool,
    /// Index of the group in the document.
    index: usize,
    /// Index in the proposal's rows.
    row_index: usize,
    /// Parent before the import, as a cell.
    before: String,
    /// Parent as the row states it; empty when the row removes it.
    cell: String,
}

impl PendingParent {
    /// Sets the parent; false when it cannot be found.
    fn set_parent(&self, context: &mut ImportContext) -> bool {
        let parent = if self.cell.is_empty() {
            None
        } else if let Ok(id) = context.formatter.groups.find(&self.cell) {
            Some(id)
        } else {
            return false;
        };
        context.proposal.document.groups[self.index].parent = parent;
        let (before, after) = (self.before.clone(), self.cell.clone());
        context.proposal.rows[self.row_index].change(Field::Parent, before, after);
        true
    }
}

/// Lookup of all groups except those at the indexes `without_parent`, whose paths are not known yet.
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
        let existing = match self.find_match(cells, context, &name, id.as_ref()) {
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
        let earlier_line = existing.and_then(|index| self.line_by_group.get(&index));
        if let Some(&earlier) = earlier_line {
            context.skip_row(line, &name, IssueKind::DuplicateRow { line: earlier });
            return;
        }
        let before = existing.map(|index| context.proposal.document.groups[index].clone());
        if before.is_none() {
            if names.is_blank() {
                context.skip_row(line, "", IssueKind::MissingName);
                return;
            }
            let new_name = (name_key(&name), name_key(cells.text(Field::Parent)));
            // A row with an id is not a duplicate of a group with the same name.
            if id.is_none()
                && let Some(&earlier) = self.new_names.get(&new_name)
            {
                context.skip_row(line, &name, IssueKind::DuplicateRow { line: earlier });
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
        let field_changes = changes(before.as_ref(), &group, context);
        let outcome = RowOutcome::of(before.is_none(), field_changes);
        let lang = context.proposal.document.site.office_language();
        let shown_name = group.name.best(lang).to_owned();
        let groups = &mut context.proposal.document.groups;
        let index = existing.unwrap_or(groups.len());
        if index == groups.len() {
            self.by_id.insert(group.id.clone(), index);
            groups.push(group);
        } else {
            groups[index] = group;
        }
        self.line_by_group.insert(index, line);
        let row_index = context.add_row(line, shown_name, outcome);
        let processed = ProcessedRow {
            record_index: index,
            row_index,
        };
        self.processed.insert(line, processed);
    }

    /// Keeps the parent of a row for [`Self::resolve_parents`]. Called after [`Self::import_row`] of all rows.
    pub(super) fn import_references(&mut self, cells: &Cells<'_>, context: &mut ImportContext) {
        let Some(processed) = self.processed.get(&cells.line) else {
            return;
        };
        let (index, row_index) = (processed.record_index, processed.row_index);
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
                cell: value.to_owned(),
            });
        }
    }

    /// Resolves the parents in rounds. A path is only valid through groups with a resolved parent, so each round
    /// resolves one more level. After a round without progress the lookup has all groups, and every parent still
    /// missing is reported.
    pub(super) fn resolve_parents(&mut self, context: &mut ImportContext) {
        let mut pending = std::mem::take(&mut self.pending);
        loop {
            let count_before = pending.len();
            let without_parent: BTreeSet<usize> = pending
                .iter()
                .filter(|row| row.is_new)
                .map(|row| row.index)
                .collect();
            context.formatter.groups = lookup_of_groups_except(context, &without_parent);
            pending.retain(|row| !row.set_parent(context));
            if pending.is_empty() || pending.len() == count_before {
                break;
            }
        }
        context.formatter.groups = lookup_of_groups_except(context, &BTreeSet::new());
        for row in pending {
            let kind = match context.formatter.groups.find(&row.cell) {
                Ok(_) if row.set_parent(context) => continue,
                Err(LookupError::Ambiguous) => IssueKind::AmbiguousGroup,
                Ok(_) | Err(LookupError::NotFound) => IssueKind::UnknownGroup,
            };
            context.add_issue(row.line, Some(Field::Parent), &row.cell, kind);
        }
        self.break_cycles(context);
    }

    /// Removes the parent of each imported group that would be its own ancestor.
    fn break_cycles(&mut self, context: &mut ImportContext) {
        for (&line, processed) in &self.processed {
            let index = processed.record_index;
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

    /// Finds the group that a row means: by the admin's choice, else by id, path or name.
    fn find_match(
        &self,
        cells: &Cells<'_>,
        context: &ImportContext,
        name: &str,
        id: Option<&GroupId>,
    ) -> GroupMatch {
        match context.options.choices.get(&cells.line) {
            Some(RowChoice::Skip) => return GroupMatch::Skipped,
            Some(RowChoice::New) => return GroupMatch::New,
            Some(RowChoice::Existing(id)) => {
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
            if let Some(id) = context.formatter.groups.find_path(&path) {
                return self.existing(&id);
            }
        }
        let namesakes = context.formatter.groups.find_by_name(name);
        let states_parent = !parent.is_empty() && parent != "*";
        match namesakes {
            [] => GroupMatch::New,
            _ if states_parent => self.find_below_parent(context, namesakes, parent),
            [only] => self.existing(only),
            several => GroupMatch::Ambiguous(several.to_vec()),
        }
    }

    /// Finds which of the groups of one name a row means by its parent: the group below that parent; else the only
    /// group of this name, which moves there, if it is at the top level.
    fn find_below_parent(
        &self,
        context: &ImportContext,
        namesakes: &[GroupId],
        parent: &str,
    ) -> GroupMatch {
        let Ok(parent) = context.formatter.groups.find(parent) else {
            return GroupMatch::New;
        };
        let groups = &context.proposal.document.groups;
        let parent_of = |id: &GroupId| {
            let index = self.by_id.get(id)?;
            groups[*index].parent.as_ref()
        };
        let below: Vec<GroupId> = namesakes
            .iter()
            .filter(|id| parent_of(id) == Some(&parent))
            .cloned()
            .collect();
        match (below.as_slice(), namesakes) {
            ([only], _) => self.existing(only),
            ([], [only]) if parent_of(only).is_none() => self.existing(only),
            ([], _) => GroupMatch::New,
            _ => GroupMatch::Ambiguous(below),
        }
    }

    /// Match with the group of this id.
    fn existing(&self, id: &GroupId) -> GroupMatch {
        match self.by_id.get(id) {
            Some(&index) => GroupMatch::Existing(index),
            None => GroupMatch::New,
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
