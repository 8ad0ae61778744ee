//! Merge of one record that two people edited, field by field.

use serde_json::Value;

use super::parts::{self, Parts};
use super::record::{Edit, Record};
use super::{Entity, FieldPath};
use crate::model::lang::TranslatedText;

/// Side of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The change in the admin's own draft.
    Mine,
    /// The change that another admin has saved.
    Theirs,
}

/// Field or record that both sides changed differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Path of the field.
    pub field: FieldPath,
    /// Name of the record.
    pub name: TranslatedText,
    /// Value in the draft; `None` when the draft removed it.
    pub mine: Option<Value>,
    /// Value in the other admin's version; `None` when the other admin removed it.
    pub theirs: Option<Value>,
}

/// Function that decides a conflict.
pub(super) type DecideConflict<'a> = &'a mut dyn FnMut(Conflict) -> Side;

/// Applies an edit of the draft to the record that another admin has saved; `theirs` is `None` when the other admin
/// removed it. Returns `None` when the merged document does not have the record.
pub(super) fn resolve<T: Record>(
    edit: &Edit<T>,
    theirs: Option<T>,
    decide: DecideConflict<'_>,
) -> Option<T> {
    if theirs == edit.before || theirs == edit.after {
        return edit.after.clone();
    }
    let (Some(mine), Some(their_record)) = (&edit.after, &theirs) else {
        return resolve_removed(edit.after.clone(), theirs, decide);
    };
    let mut merge = EntityMerge {
        entity: mine.entity(),
        name: mine.name(),
        decide,
    };
    let (mine_json, their_json) = (mine.json(), their_record.json());
    let before = edit.before.as_ref().and_then(Record::json);
    let merged = merge.merge_value(
        &mut Vec::new(),
        before.as_ref(),
        mine_json.as_ref(),
        their_json.as_ref(),
    );
    // Merged fields of two valid records deserialize; if they ever do not, the draft's record is used.
    let merged = merged.and_then(|merged| serde_json::from_value(merged).ok());
    merged.or_else(|| Some(mine.clone()))
}

/// Resolves a record that one side changed and the other removed.
fn resolve_removed<T: Record>(
    mine: Option<T>,
    theirs: Option<T>,
    decide: DecideConflict<'_>,
) -> Option<T> {
    let record = mine.as_ref().or(theirs.as_ref())?;
    let side = decide(Conflict {
        field: FieldPath {
            entity: record.entity(),
            path: Vec::new(),
        },
        name: record.name(),
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
    name: TranslatedText,
    decide: DecideConflict<'a>,
}

impl EntityMerge<'_> {
    /// Merges the value at `path`; `None` when the merged document has none.
    fn merge_value(
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
        // A value that one side removed and the other changed is decided as a whole.
        let is_removed = mine.is_none() || theirs.is_none();
        if !is_removed && let Some((my_parts, their_parts)) = parts::split_both(path, mine, theirs)
        {
            // A base of another shape has no parts in common with either side.
            let base_parts = parts::split_both(path, base, mine).map_or_else(
                || Parts::empty(my_parts.is_list),
                |(base_parts, _)| base_parts,
            );
            return Some(self.merge_parts(path, &base_parts, &my_parts, &their_parts));
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

    /// Merges the parts of a value one by one.
    fn merge_parts(
        &mut self,
        path: &mut Vec<String>,
        base: &Parts<'_>,
        mine: &Parts<'_>,
        theirs: &Parts<'_>,
    ) -> Value {
        // The side that changed the order wins; if both did, the saved order stays.
        let they_reordered =
            parts::common_ids_in_order(base, theirs) != parts::common_ids_in_order(theirs, base);
        let keys = if they_reordered {
            parts::all_keys(&[theirs, mine])
        } else {
            parts::all_keys(&[mine, theirs])
        };
        let mut merged: Vec<(&str, Value)> = Vec::with_capacity(keys.len());
        for key in keys {
            path.push(key.to_owned());
            let value = self.merge_value(path, base.get(key), mine.get(key), theirs.get(key));
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
