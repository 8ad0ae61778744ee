//! Parses the cells of a row to the values of a host.

use super::super::{Candidate, Cells, FieldChange, ImportContext, IssueKind, one_line};
use super::memberships::set_memberships;
use crate::chatwork_id;
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::flag::{self, Flag};
use crate::csv::lookup::name_key;
use crate::csv::record::is_same_value;
use crate::model::date::Date;
use crate::model::directory::Host;
use crate::model::id::AccountId;
use crate::text::{self, Lines};
use crate::validate::text_limits;

/// Name in the row: the whole one, else family and given name joined. `""` when it is missing or too long.
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

/// Reading joined from family and given name, when the row does not have the whole reading.
pub(super) fn joined_kana(cells: &Cells<'_>) -> Option<String> {
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

/// Valid account in the row. Reports an invalid one.
pub(super) fn account_of(cells: &Cells<'_>, context: &mut ImportContext) -> Option<AccountId> {
    let text = cells.text(Field::Account);
    if text.is_empty() || text == "*" {
        return None;
    }
    match chatwork_id::parse_account(text) {
        Ok(account) => Some(account),
        Err(reason) => {
            let kind = IssueKind::InvalidAccount(reason);
            context.add_issue(cells.line, Some(Field::Account), text, kind);
            None
        }
    }
}

/// True when the row says that the employee has left the company. Reports an unclear cell and takes it for no.
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

/// Applies the cells of names, search keys and the message to visitors. `name` is the name of the row, and `is_by_id`
/// is true when the row was matched by the host's id.
pub(super) fn apply_texts(
    host: &mut Host,
    cells: &Cells<'_>,
    context: &mut ImportContext,
    name: &str,
    is_by_id: bool,
) {
    let (line, clear_empty) = (cells.line, context.options.clear_empty);
    // Another list may spell the name differently: only a row with the host's id changes the spelling.
    let is_renamed = is_by_id || name_key(name) != name_key(&host.name);
    if !name.is_empty() && is_renamed && !is_same_value(name, &host.name) {
        host.name = name.to_owned();
    }
    let joined = joined_kana(cells);
    let kana = joined
        .as_deref()
        .or_else(|| cells.new_value(Field::Kana, clear_empty));
    let max_name = text_limits::MAX_NAME_CHARS;
    set_text(&mut host.kana, kana, Field::Kana, max_name, line, context);
    for (field, target, max) in [
        (Field::DisplayName, &mut host.display_name, max_name),
        (Field::LatinName, &mut host.latin_name, max_name),
        (
            Field::VisitorMessage,
            &mut host.visitor_message,
            text_limits::MAX_VISITOR_MESSAGE_CHARS,
        ),
    ] {
        let value = cells.new_value(field, clear_empty);
        set_text(target, value, field, max, line, context);
    }
    if let Some(value) = cells.new_value(Field::SearchKeys, clear_empty) {
        set_search_keys(host, value, line, context);
    }
}

/// Sets a text of a host. `value` is `None` when the row does not change it.
fn set_text(
    target: &mut String,
    value: Option<&str>,
    field: Field,
    max: usize,
    line: usize,
    context: &mut ImportContext,
) {
    let value = value.map(|value| match field {
        Field::VisitorMessage => text::clean(value, usize::MAX, Lines::Many),
        _ => one_line(value),
    });
    let Some(value) = value.filter(|value| !is_same_value(value, target)) else {
        return;
    };
    if value.chars().count() > max {
        context.add_issue(line, Some(field), &value, IssueKind::TooLong { max });
    } else {
        *target = value;
    }
}

fn set_search_keys(host: &mut Host, value: &str, line: usize, context: &mut ImportContext) {
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

/// Applies the cells of groups, absence and visibility.
pub(super) fn apply_groups_and_absence(
    host: &mut Host,
    cells: &Cells<'_>,
    context: &mut ImportContext,
) {
    let (line, clear_empty) = (cells.line, context.options.clear_empty);
    if let Some(value) = cells.new_value(Field::Groups, clear_empty) {
        set_memberships(host, value, line, context);
    }
    // The last day is set before the first day, which must not be after it.
    if let Some(last) = new_day(cells, Field::AbsentUntil, context) {
        host.set_absent_until(last);
    }
    if let Some(first) = new_day(cells, Field::AbsentFrom, context) {
        host.absent_from = first.filter(|first| Some(*first) <= host.absent_until);
    }
    if let Some(value) = cells.new_value(Field::Hidden, clear_empty) {
        match flag::parse(Field::Hidden, value, None) {
            Flag::Yes => host.hidden = true,
            Flag::No => host.hidden = false,
            Flag::YesAfter(_) | Flag::Unknown => {
                context.add_issue(line, Some(Field::Hidden), value, IssueKind::InvalidFlag);
            }
        }
    }
}

/// Day of a cell that changes the value: `Some(None)` for a cell that clears it, `None` when nothing changes.
fn new_day(cells: &Cells<'_>, field: Field, context: &mut ImportContext) -> Option<Option<Date>> {
    let value = cells.new_value(field, context.options.clear_empty)?;
    if value.is_empty() {
        return Some(None);
    }
    let day = cell::parse_date(value);
    if day.is_none() {
        context.add_issue(cells.line, Some(field), value, IssueKind::InvalidDate);
    }
    day.map(Some)
}

/// Existing host that a row may mean, for the admin to choose from.
pub(super) fn candidate(index: usize, context: &ImportContext) -> Candidate {
    let host = &context.proposal.document.hosts[index];
    let details =
        [Field::Groups, Field::Account].map(|field| context.formatter.host_cell(host, field));
    let note = details.into_iter().filter(|cell| !cell.is_empty());
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
