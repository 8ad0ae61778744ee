//! A row's cells as the values of a person: read, measured, and compared with what is there.

use super::super::{Candidate, Cells, Fault, FieldChange, Work, one_line};
use crate::chatwork_id;
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::lookup::LookupError;
use crate::csv::record::says_the_same;
use crate::model::directory::{Group, Host};
use crate::model::id::{AccountId, GroupId};
use crate::model::lang::LocalText;
use crate::text::{self, Lines};
use crate::validate::text_limits;

pub(super) fn name_of(cells: &Cells<'_>, work: &mut Work) -> String {
    let whole = cells.text(Field::Name);
    let name = if whole.is_empty() || whole == "*" {
        let parts = [cells.text(Field::FamilyName), cells.text(Field::GivenName)];
        joined(&parts)
    } else {
        whole.to_owned()
    };
    let name = one_line(&name);
    if name.chars().count() > text_limits::NAME {
        let max = text_limits::NAME;
        work.flaw(cells.line, Some(Field::Name), &name, Fault::TooLong { max });
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

pub(super) fn account_of(cells: &Cells<'_>, work: &mut Work) -> Option<AccountId> {
    let text = cells.text(Field::Account);
    if text.is_empty() || text == "*" {
        return None;
    }
    match chatwork_id::account(text) {
        Ok(account) => Some(account),
        Err(why) => {
            let fault = Fault::NotAnAccount(why);
            work.flaw(cells.line, Some(Field::Account), text, fault);
            None
        }
    }
}

pub(super) fn is_yes(cells: &Cells<'_>, field: Field) -> bool {
    cell::flag(cells.text(field)) == Some(true)
}

pub(super) fn text(
    place: &mut String,
    wish: Option<&str>,
    field: Field,
    max: usize,
    line: usize,
    work: &mut Work,
) {
    let lines = match field {
        Field::VisitorMessage => Lines::Many,
        _ => Lines::One,
    };
    let wish = wish.map(|wish| text::clean(wish, usize::MAX, lines));
    let Some(wish) = wish.filter(|wish| !says_the_same(wish, place)) else {
        return;
    };
    if wish.chars().count() > max {
        work.flaw(line, Some(field), &wish, Fault::TooLong { max });
    } else {
        *place = wish;
    }
}

pub(super) fn search_keys(host: &mut Host, wish: &str, line: usize, work: &mut Work) {
    if says_the_same(wish, &work.names.host_cell(host, Field::SearchKeys)) {
        return;
    }
    let mut keys: Vec<String> = Vec::new();
    for entry in cell::entries(wish) {
        let fault = if entry.chars().count() > text_limits::SEARCH_KEY {
            Fault::TooLong {
                max: text_limits::SEARCH_KEY,
            }
        } else if keys.len() == text_limits::SEARCH_KEYS {
            Fault::TooMany {
                max: text_limits::SEARCH_KEYS,
            }
        } else {
            keys.push(one_line(entry));
            continue;
        };
        work.flaw(line, Some(Field::SearchKeys), entry, fault);
    }
    host.search_keys = keys;
}

pub(super) fn memberships(host: &mut Host, wish: &str, line: usize, work: &mut Work) {
    if says_the_same(wish, &work.names.host_cell(host, Field::Groups)) {
        return;
    }
    let mut groups: Vec<GroupId> = Vec::new();
    for entry in cell::entries(wish) {
        match found_or_made(entry, work) {
            Ok(id) if groups.contains(&id) => {}
            Ok(id) => groups.push(id),
            Err(fault) => work.flaw(line, Some(Field::Groups), entry, fault),
        }
    }
    host.groups = groups;
}

/// The group that an entry names, made with everything above it when the admin wants that.
fn found_or_made(entry: &str, work: &mut Work) -> Result<GroupId, Fault> {
    match work.names.groups.find(entry) {
        Ok(id) => return Ok(id),
        Err(LookupError::Ambiguous) => return Err(Fault::AmbiguousGroup),
        Err(LookupError::Unknown) => {}
    }
    let parts: Vec<&str> = cell::path(entry).collect();
    let creates = work.options.create_groups && cell::own_id(entry).is_none();
    if !creates || parts.is_empty() {
        return Err(Fault::UnknownGroup);
    }
    if parts
        .iter()
        .any(|part| part.chars().count() > text_limits::NAME)
    {
        return Err(Fault::TooLong {
            max: text_limits::NAME,
        });
    }
    let lang = work.proposal.document.site.own_language();
    let mut above = None;
    for depth in 1..=parts.len() {
        let path = &parts[..depth];
        let known = work.names.groups.at(path);
        let id = known.unwrap_or_else(|| {
            let id = GroupId::from_random((work.random)());
            let mut group =
                Group::named(id.clone(), LocalText::of(lang, one_line(parts[depth - 1])));
            group.parent.clone_from(&above);
            work.proposal.document.groups.push(group);
            work.names.groups.add(id.clone(), path);
            work.proposal.new_groups.push(path.join("/"));
            id
        });
        above = Some(id);
    }
    above.ok_or(Fault::UnknownGroup)
}

pub(super) fn candidate(at: usize, work: &Work) -> Candidate {
    let host = &work.proposal.document.hosts[at];
    let cells = [Field::Groups, Field::Account].map(|field| work.names.host_cell(host, field));
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

/// What differs, as cells; of somebody new everything that is there.
pub(super) fn changes(before: Option<&Host>, after: &Host, work: &Work) -> Vec<FieldChange> {
    const FIELDS: [Field; 9] = [
        Field::Name,
        Field::Kana,
        Field::DisplayName,
        Field::SearchKeys,
        Field::Account,
        Field::Groups,
        Field::VisitorMessage,
        Field::AbsentUntil,
        Field::Hidden,
    ];
    if before.is_some_and(|before| before == after) {
        return Vec::new();
    }
    let cell = |host: &Host, field| work.names.host_cell(host, field);
    let change = |field: Field| FieldChange {
        field,
        before: before.map_or(String::new(), |host| cell(host, field)),
        after: cell(after, field),
    };
    let all = FIELDS.into_iter().map(change);
    all.filter(|change| change.before != change.after).collect()
}
