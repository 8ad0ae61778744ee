//! Parses the cells of a row to the values of a group.

use crate::chatwork_id;
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::flag::{self, Flag};
use crate::csv::lookup::LookupError;
use crate::csv::record::is_same_value;
use crate::import::{Cells, FieldChange, ImportContext, IssueKind, one_line};
use crate::model::directory::Group;
use crate::model::id::HostId;
use crate::model::lang::{Lang, TranslatedText};
use crate::validate::text_limits;

/// The office's own language.
pub(super) fn office_language(context: &ImportContext) -> Lang {
    context.proposal.document.site.office_language()
}

/// Names of the row: the best one for the office's own language, and all of them by language.
pub(super) fn names_of(cells: &Cells<'_>, context: &mut ImportContext) -> (String, TranslatedText) {
    let lang = office_language(context);
    let mut names = TranslatedText::default();
    let plain = (Field::Name, lang);
    let translated = Lang::ALL.map(|lang| (Field::NameIn(lang), lang));
    for (field, lang) in std::iter::once(plain).chain(translated) {
        let name = &*one_line(cells.text(field));
        if name.chars().count() > text_limits::MAX_NAME_CHARS {
            let max = text_limits::MAX_NAME_CHARS;
            context.add_issue(cells.line, Some(field), name, IssueKind::TooLong { max });
        } else if !name.is_empty() && name != "*" {
            names.set(lang, name);
        }
    }
    (names.best(lang).to_owned(), names)
}

/// Applies the values of the row to the group.
pub(super) fn apply_cells(
    cells: &Cells<'_>,
    context: &mut ImportContext,
    mut group: Group,
    names: &TranslatedText,
) -> Group {
    let (line, clear) = (cells.line, context.options.clear_empty);
    for lang in Lang::ALL {
        let value = names.exactly(lang);
        let is_cleared = clear && cells.get(Field::NameIn(lang)) == Some("");
        let is_changed = !value.is_empty() && !is_same_value(value, group.name.exactly(lang));
        if is_changed || is_cleared && !names.is_blank() {
            group.name.set(lang, value);
        }
    }
    match cells.new_value(Field::Room, clear) {
        Some("") => group.room = None,
        Some(value) => match chatwork_id::parse_room(value) {
            Ok(room) => group.room = Some(room),
            Err(reason) => {
                let kind = IssueKind::InvalidRoom(reason);
                context.add_issue(line, Some(Field::Room), value, kind);
            }
        },
        None => {}
    }
    if let Some(value) = cells.new_value(Field::InCharge, clear) {
        set_in_charge(&mut group, value, line, context);
    }
    for field in [Field::Hidden, Field::NotCallable] {
        let Some(value) = cells.new_value(field, clear) else {
            continue;
        };
        let is_set = match flag::parse(field, value, None) {
            Flag::Yes => true,
            Flag::No => false,
            Flag::YesAfter(_) | Flag::Unknown => {
                context.add_issue(line, Some(field), value, IssueKind::InvalidFlag);
                continue;
            }
        };
        if field == Field::Hidden {
            group.hidden = is_set;
        } else {
            group.not_callable = is_set;
        }
    }
    match cells.new_value(Field::Order, clear) {
        Some("") => group.order = 0,
        Some(value) => match cell::parse_integer(value) {
            Some(order) => group.order = order,
            None => context.add_issue(line, Some(Field::Order), value, IssueKind::InvalidNumber),
        },
        None => {}
    }
    group
}

/// Sets the in-charge hosts of a group from a cell.
fn set_in_charge(group: &mut Group, value: &str, line: usize, context: &mut ImportContext) {
    if is_same_value(value, &context.formatter.group_cell(group, Field::InCharge)) {
        return;
    }
    let mut hosts: Vec<HostId> = Vec::new();
    for entry in cell::list_entries(value) {
        let kind = match context.formatter.hosts.find(entry) {
            Ok(id) if hosts.contains(&id) => continue,
            Ok(_) if hosts.len() == crate::routing::MAX_RECIPIENTS => IssueKind::TooMany {
                max: crate::routing::MAX_RECIPIENTS,
            },
            Ok(id) => {
                hosts.push(id);
                continue;
            }
            Err(LookupError::NotFound) => IssueKind::UnknownHost,
            Err(LookupError::Ambiguous) => IssueKind::AmbiguousHost,
        };
        context.add_issue(line, Some(Field::InCharge), entry, kind);
    }
    group.in_charge = hosts;
}

/// Changed fields as cells; all values of a new group.
pub(super) fn changes(
    before: Option<&Group>,
    after: &Group,
    context: &ImportContext,
) -> Vec<FieldChange> {
    let mut fields: Vec<Field> = Lang::ALL.into_iter().map(Field::NameIn).collect();
    fields.extend([
        Field::Room,
        Field::InCharge,
        Field::Hidden,
        Field::NotCallable,
        Field::Order,
    ]);
    let cell = |group: &Group, field| context.formatter.group_cell(group, field);
    let change = |field: Field| FieldChange {
        field,
        before: before.map_or(String::new(), |group| cell(group, field)),
        after: cell(after, field),
    };
    let all = fields.into_iter().map(change);
    // The only cell with `0` is the default order, which is not worth a line for a new group.
    let is_default = |change: &FieldChange| before.is_none() && change.after == "0";
    all.filter(|change| change.before != change.after && !is_default(change))
        .collect()
}
