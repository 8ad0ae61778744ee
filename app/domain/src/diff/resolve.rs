//! Merge of one record that two people edited, field by field.

use serde_json::{Map, Value};

use super::field::{self, Parts};
use super::record::{Edit, Record};
use super::{Entity, FieldPath};
use crate::model::lang::LocalText;

/// Whose change stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Ours.
    Mine,
    /// What somebody else has saved.
    Theirs,
}

/// A field, or a whole entry, that both sides changed differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub field: FieldPath,
    /// What the entry is called.
    pub name: LocalText,
    /// What we make of it; nothing when we took it away.
    pub mine: Option<Value>,
    /// What they made of it; nothing when they took it away.
    pub theirs: Option<Value>,
}

/// Decides on a clash.
pub(super) type Decision<'a> = &'a mut dyn FnMut(Conflict) -> Side;

/// One entry: our edit on top of theirs.
pub(super) fn resolve<T: Record>(
    edit: &Edit<T>,
    theirs: Option<T>,
    decide: Decision<'_>,
) -> Option<T> {
    if theirs == edit.before || theirs == edit.after {
        return edit.after.clone();
    }
    let (Some(mine), Some(there)) = (&edit.after, &theirs) else {
        return resolve_removed(edit.after.clone(), theirs, decide);
    };
    let mut entry = EntityMerge {
        entity: mine.entity(),
        name: mine.name(),
        decide,
    };
    let (mine_json, there_json) = (mine.json(), there.json());
    let before = edit.before.as_ref().and_then(Record::json);
    let merged = entry.merge(
        &mut Vec::new(),
        before.as_ref(),
        mine_json.as_ref(),
        there_json.as_ref(),
    );
    // Fields of sound records make a sound record; should they ever not, ours is one.
    let merged = merged.and_then(|merged| serde_json::from_value(merged).ok());
    merged.or_else(|| Some(mine.clone()))
}

/// An entry that one side changed and the other took away.
fn resolve_removed<T: Record>(
    mine: Option<T>,
    theirs: Option<T>,
    decide: Decision<'_>,
) -> Option<T> {
    let entry = mine.as_ref().or(theirs.as_ref())?;
    let side = decide(Conflict {
        field: FieldPath {
            entity: entry.entity(),
            path: Vec::new(),
        },
        name: entry.name(),
        mine: mine.as_ref().and_then(Record::json),
        theirs: theirs.as_ref().and_then(Record::json),
    });
    match side {
        Side::Mine => mine,
        Side::Theirs => theirs,
    }
}

struct EntityMerge<'a> {
    entity: Entity,
    name: LocalText,
    decide: Decision<'a>,
}

impl EntityMerge<'_> {
    fn merge(
        &mut self,
        path: &mut Vec<String>,
        base: Option<&Value>,
        mine: Option<&Value>,
        theirs: Option<&Value>,
    ) -> Option<Value> {
        if mine == base || mine == theirs {
            return theirs.cloned();
        }
        if theirs == base {
            return mine.cloned();
        }
        // A part that one side took away and the other changed is a decision about the whole of it.
        let is_gone = mine.is_none() || theirs.is_none();
        if !is_gone && let Some((here, there)) = field::parts(path, mine, theirs) {
            let nothing = Value::Object(Map::new());
            let base = field::parts(path, base, mine).map_or_else(
                || field::parts(path, Some(&nothing), None).map(|(parts, _)| parts),
                |(base, _)| Some(base),
            );
            return base.map(|base| self.merge_parts(path, &base, &here, &there));
        }
        let side = (self.decide)(Conflict {
            field: FieldPath {
                entity: self.entity.clone(),
                path: path.clone(),
            },
            name: self.name.clone(),
            mine: mine.cloned(),
            theirs: theirs.cloned(),
        });
        match side {
            Side::Mine => mine.cloned(),
            Side::Theirs => theirs.cloned(),
        }
    }

    fn merge_parts(
        &mut self,
        path: &mut Vec<String>,
        base: &Parts<'_>,
        mine: &Parts<'_>,
        theirs: &Parts<'_>,
    ) -> Value {
        // Whoever changed the order has it; if both did, what is saved already stays.
        let they_moved = field::order(base, theirs) != field::order(theirs, base);
        let keys = if they_moved {
            field::keys(&[theirs, mine])
        } else {
            field::keys(&[mine, theirs])
        };
        let mut merged: Vec<(&str, Value)> = Vec::with_capacity(keys.len());
        for key in keys {
            path.push(key.to_owned());
            let value = self.merge(path, base.get(key), mine.get(key), theirs.get(key));
            path.pop();
            merged.extend(value.map(|value| (key, value)));
        }
        if mine.is_list {
            Value::Array(merged.into_iter().map(|(_, value)| value).collect())
        } else {
            let fields = merged
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value));
            Value::Object(fields.collect())
        }
    }
}
