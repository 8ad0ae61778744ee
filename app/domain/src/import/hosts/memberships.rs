//! Groups of a host, found by the entries of a cell or created.

use super::super::{ImportContext, IssueKind, one_line};
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::lookup::LookupError;
use crate::csv::record::is_same_value;
use crate::model::directory::{Group, Host};
use crate::model::id::GroupId;
use crate::model::lang::TranslatedText;
use crate::validate::text_limits;

/// Sets the groups of a host from a cell.
pub(super) fn set_memberships(
    host: &mut Host,
    value: &str,
    line: usize,
    context: &mut ImportContext,
) {
    if is_same_value(value, &context.formatter.host_cell(host, Field::Groups)) {
        return;
    }
    let mut groups: Vec<GroupId> = Vec::new();
    for entry in cell::list_entries(value) {
        match find_or_create(entry, context) {
            Ok(found) => {
                for id in found {
                    if !groups.contains(&id) {
                        groups.push(id);
                    }
                }
            }
            Err(kind) => context.add_issue(line, Some(Field::Groups), entry, kind),
        }
    }
    host.groups = groups;
}

/// Groups of an entry: the group of this path; else the existing groups that a slash separates; else a new group with
/// its missing ancestors, if the options allow it.
fn find_or_create(entry: &str, context: &mut ImportContext) -> Result<Vec<GroupId>, IssueKind> {
    match context.formatter.groups.find(entry) {
        Ok(id) => return Ok(vec![id]),
        Err(LookupError::Ambiguous) => return Err(IssueKind::AmbiguousGroup),
        Err(LookupError::NotFound) => {}
    }
    let parts: Vec<&str> = cell::path_segments(entry).collect();
    if let Some(groups) = groups_beside_slash(entry, &parts, context)? {
        return Ok(groups);
    }
    let may_create = context.options.create_groups && cell::parse_id(entry).is_none();
    if !may_create || parts.is_empty() {
        return Err(IssueKind::UnknownGroup);
    }
    let max = text_limits::MAX_NAME_CHARS;
    if parts.iter().any(|part| part.chars().count() > max) {
        return Err(IssueKind::TooLong { max });
    }
    create_groups(&parts, context).map(|id| vec![id])
}

/// Top-level groups of an entry such as `経理/開発部`, whose slash may separate two groups instead of the parts of a path.
/// `None` when it can only be a path. An error when a part after the first is a top-level group but not all parts
/// are.
fn groups_beside_slash(
    entry: &str,
    parts: &[&str],
    context: &ImportContext,
) -> Result<Option<Vec<GroupId>>, IssueKind> {
    if parts.len() < 2 || !cell::has_only_slashes(entry) {
        return Ok(None);
    }
    let groups = &context.formatter.groups;
    let top_level = |part: &&str| {
        let found = groups.find(part).ok();
        found.filter(|id| groups.find_path(&[part]).as_ref() == Some(id))
    };
    let found: Vec<Option<GroupId>> = parts.iter().map(top_level).collect();
    if found.iter().all(Option::is_some) {
        Ok(Some(found.into_iter().flatten().collect()))
    } else if found.iter().skip(1).any(Option::is_some) {
        Err(IssueKind::AmbiguousPath)
    } else {
        Ok(None)
    }
}

/// Creates the missing groups of a path and returns the last group. `parts` is not empty.
fn create_groups(parts: &[&str], context: &mut ImportContext) -> Result<GroupId, IssueKind> {
    let lang = context.proposal.document.site.office_language();
    let mut parent = None;
    for depth in 1..=parts.len() {
        let path = &parts[..depth];
        let known = context.formatter.groups.find_path(path);
        let id = known.unwrap_or_else(|| {
            let id = GroupId::from_random((context.random)());
            let name = TranslatedText::of(lang, one_line(parts[depth - 1]));
            let mut group = Group::named(id.clone(), name);
            group.parent.clone_from(&parent);
            context.proposal.document.groups.push(group);
            context.formatter.groups.add(id.clone(), path);
            context.proposal.new_groups.push(path.join("/"));
            id
        });
        parent = Some(id);
    }
    parent.ok_or(IssueKind::UnknownGroup)
}
