//! What one row of departments says: names, id, and each cell on the group it fills.

use crate::chatwork_id;
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::lookup::LookupError;
use crate::csv::record::says_the_same;
use crate::import::{Cells, Fault, FieldChange, Work, one_line};
use crate::model::directory::Group;
use crate::model::id::HostId;
use crate::model::lang::{Lang, LocalText};
use crate::validate::text_limits;

/// The office's own language.
pub(super) fn groups_lang(work: &Work) -> Lang {
    work.proposal.document.site.own_language()
}

/// The name in the office's own language, and every name of the row.
pub(super) fn names_of(cells: &Cells<'_>, work: &mut Work) -> (String, LocalText) {
    let lang = groups_lang(work);
    let mut names = LocalText::default();
    let whole = (Field::Name, lang);
    let each = Lang::ALL.map(|lang| (Field::NameIn(lang), lang));
    for (field, lang) in std::iter::once(whole).chain(each) {
        let name = &*one_line(cells.text(field));
        if name.chars().count() > text_limits::NAME {
            let max = text_limits::NAME;
            work.flaw(cells.line, Some(field), name, Fault::TooLong { max });
        } else if !name.is_empty() && name != "*" {
            names.set(lang, name);
        }
    }
    (names.best(lang).to_owned(), names)
}

/// The group as its row wants it.
pub(super) fn filled(
    cells: &Cells<'_>,
    work: &mut Work,
    mut group: Group,
    names: &LocalText,
) -> Group {
    let (line, clear) = (cells.line, work.options.clear_empty);
    for lang in Lang::ALL {
        let wish = names.exactly(lang);
        let emptied = clear && cells.get(Field::NameIn(lang)) == Some("");
        let changes = !wish.is_empty() && !says_the_same(wish, group.name.exactly(lang));
        if changes || emptied && !names.is_blank() {
            group.name.set(lang, wish);
        }
    }
    match cells.wish(Field::Room, clear) {
        Some("") => group.room = None,
        Some(wish) => match chatwork_id::room(wish) {
            Ok(room) => group.room = Some(room),
            Err(why) => work.flaw(line, Some(Field::Room), wish, Fault::NotARoom(why)),
        },
        None => {}
    }
    if let Some(wish) = cells.wish(Field::InCharge, clear) {
        in_charge(&mut group, wish, line, work);
    }
    for field in [Field::Hidden, Field::NotCallable] {
        let Some(wish) = cells.wish(field, clear) else {
            continue;
        };
        match (cell::flag(wish), field) {
            (Some(on), Field::Hidden) => group.hidden = on,
            (Some(on), _) => group.not_callable = on,
            (None, _) => work.flaw(line, Some(field), wish, Fault::NotAFlag),
        }
    }
    match cells.wish(Field::Order, clear) {
        Some("") => group.order = 0,
        Some(wish) => match wish.parse() {
            Ok(order) => group.order = order,
            Err(_) => work.flaw(line, Some(Field::Order), wish, Fault::NotANumber),
        },
        None => {}
    }
    group
}

fn in_charge(group: &mut Group, wish: &str, line: usize, work: &mut Work) {
    if says_the_same(wish, &work.names.group_cell(group, Field::InCharge)) {
        return;
    }
    let mut hosts: Vec<HostId> = Vec::new();
    for entry in cell::entries(wish) {
        let fault = match work.names.hosts.find(entry) {
            Ok(id) if hosts.contains(&id) => continue,
            Ok(_) if hosts.len() == crate::routing::MAX_PEOPLE => Fault::TooMany {
                max: crate::routing::MAX_PEOPLE,
            },
            Ok(id) => {
                hosts.push(id);
                continue;
            }
            Err(LookupError::Unknown) => Fault::UnknownHost,
            Err(LookupError::Ambiguous) => Fault::AmbiguousHost,
        };
        work.flaw(line, Some(Field::InCharge), entry, fault);
    }
    group.in_charge = hosts;
}

/// What differs, as cells; of something new everything that is there.
pub(super) fn changes(before: Option<&Group>, after: &Group, work: &Work) -> Vec<FieldChange> {
    let mut fields: Vec<Field> = Lang::ALL.into_iter().map(Field::NameIn).collect();
    fields.extend([
        Field::Room,
        Field::InCharge,
        Field::Hidden,
        Field::NotCallable,
        Field::Order,
    ]);
    let cell = |group: &Group, field| work.names.group_cell(group, field);
    let change = |field: Field| FieldChange {
        field,
        before: before.map_or(String::new(), |group| cell(group, field)),
        after: cell(after, field),
    };
    let all = fields.into_iter().map(change);
    let nothing = |change: &FieldChange| before.is_none() && change.after == "0";
    all.filter(|change| change.before != change.after && !nothing(change))
        .collect()
}
