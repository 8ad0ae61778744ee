//! Parses the cells of a row to the values of a host.

use super::super::{Candidate, Cells, FieldChange, ImportContext, IssueKind, one_line};
use crate::chatwork_id;
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::flag::{self, Flag};
use crate::csv::record::is_same_value;
use crate::model::directory::Host;
use crate::model::id::AccountId;
use crate::text::{self, Lines};
use crate::validate::text_limits;

pub(super) fn name_of(cells: &Cells<'_>, context: &mut ImportContext) -> String {
    let whole = cells.text(Field::Name);
    let name = if whole.is_empty() || whole == "*" {
        let parts = [cells.text(Field::FamilyName), cells.text(Field::GivenName)];
        joined(&parts)
    } else {
        whole.to_owned()
    };
    let name = one_line(&name);
    if name.chars().count() > text_limits::MAX_NAME_CHARS {
        let max = text_limits::MAX_NAME_CHARS;
        context.add_issue(
            cells.line,
            Some(Field::Name),
            &name,
            IssueKind::TooLong { max },
        );
        return String::new();
    }
    name
}

pub(super) fn kana_of(cells: &Cells<'_>) -> Option<String> {
    let parts = [cells.text(Field::FamilyKana), cells.text(Field::GivenKana)];
    let kana = joined(&parts);
    let whole = cells.text(Field::Kana);
    (whole.is_empty() && !kana.is_empty()).then_some(kana)
}

fn joined(parts: &[&str]) -> String {
    let filled: Vec<&str> = parts
        .iter()
        .filter(|part| !part.is_empty() && **part != "*")
        .copied()
        .collect();
    filled.join(" ")
}

pub(super) fn account_of(cells: &Cells<'_>, context: &mut ImportContext) -> Option<AccountId> {
    let text = cells.text(Field::Account);
    if text.is_empty() || text == "*" {
        return None;
    }
    match chatwork_id::parse_account(text) {
        Ok(account) => Some(account),
        Err(why) => {
            let kind = IssueKind::InvalidAccount(why);
            context.add_issue(cells.line, Some(Field::Account), text, kind);
            None
        }
    }
}

/// Reads the cell for employees who have left the company: true for yes. Reports an unclear cell and takes it for no.
pub(super) fn read_has_left(cells: &Cells<'_>, context: &mut ImportContext) -> bool {
    let text = cells.text(Field::HasLeft);
    let kind = match flag::parse(Field::HasLeft, text, context.options.today) {
        Flag::Yes => return true,
        Flag::No => return false,
        Flag::YesAfter(_) => IssueKind::LeavesLater,
        Flag::Unknown if text == "*" => return false,
        Flag::Unknown => IssueKind::InvalidFlag,
    };
    context.add_issue(cells.line, Some(Field::HasLeft), text, kind);
    false
}

pub(super) fn set_text(
    target: &mut String,
    value: Option<&str>,
    field: Field,
    max: usize,
    line: usize,
    context: &mut ImportContext,
) {
    let lines = match field {
        Field::VisitorMessage => Lines::Many,
        _ => Lines::One,
    };
    let value = value.map(|value| text::clean(value, usize::MAX, lines));
    let Some(value) = value.filter(|value| !is_same_value(value, target)) else {
        return;
    };
    if value.chars().count() > max {
        context.add_issue(line, Some(field), &value, IssueKind::TooLong { max });
    } else {
        *target = value;
    }
}

pub(super) fn set_search_keys(
    host: &mut Host,
    value: &str,
    line: usize,
    context: &mut ImportContext,
) {
    if is_same_value(value, &context.formatter.host_cell(host, Field::SearchKeys)) {
        return;
    }
    let mut keys: Vec<String> = Vec::new();
    for entry in cell::list_entries(value) {
        let kind = if entry.chars().count() > text_limits::MAX_SEARCH_KEY_CHARS {
            IssueKind::TooLong {
                max: text_limits::MAX_SEARCH_KEY_CHARS,
            }
        } else if keys.len() == text_limits::MAX_SEARCH_KEYS {
            IssueKind::TooMany {
                max: text_limits::MAX_SEARCH_KEYS,
            }
        } else {
            keys.push(one_line(entry));
            continue;
        };
        context.add_issue(line, Some(Field::SearchKeys), entry, kind);
    }
    host.search_keys = keys;
}

pub(super) fn candidate(index: usize, context: &ImportContext) -> Candidate {
    let host = &context.proposal.document.hosts[index];
    let cells =
        [Field::Groups, Field::Account].map(|field| context.formatter.host_cell(host, field));
    let [groups, account] = cells;
    let note = [groups, account]
        .into_iter()
        .filter(|cell| !cell.is_empty());
    Candidate {
        id: host.id.to_string(),
        name: host.name.clone(),
        note: note.collect::<Vec<_>>().join(" · "),
    }
}

/// Changed fields as cells; all values of a new host.
pub(super) fn changes(
    before: Option<&Host>,
    after: &Host,
    context: &ImportContext,
) -> Vec<FieldChange> {
    const FIELDS: [Field; 10] = [
        Field::Name,
        Field::Kana,
        Field::DisplayName,
        Field::SearchKeys,
        Field::Account,
        Field::Groups,
        Field::VisitorMessage,
        Field::AbsentFrom,
        Field::AbsentUntil,
        Field::Hidden,
    ];
    if before.is_some_and(|before| before == after) {
        return Vec::new();
    }
    let cell = |host: &Host, field| context.formatter.host_cell(host, field);
    let change = |field: Field| FieldChange {
        field,
        before: before.map_or(String::new(), |host| cell(host, field)),
        after: cell(after, field),
    };
    let all = FIELDS.into_iter().map(change);
    all.filter(|change| change.before != change.after).collect()
}
