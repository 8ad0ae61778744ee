//! Splits a JSON value into parts that are compared separately: fields of an object, and list entries with an
//! id. Any other value is compared as a whole.

use serde_json::Value;

/// Parts of a value in order, by field name or by id.
pub(super) struct Parts<'a> {
    list: Vec<(&'a str, &'a Value)>,
    /// True for list entries, whose order is significant.
    pub(super) is_list: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn empty(is_list: bool) -> Self {
        let list = Vec::new();
        Self { list, is_list }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        let found = self.list.iter().find(|(name, _)| *name == key);
        found.map(|(_, value)| *value)
    }
}

/// Splits two versions of the value at `path` into parts. `None` when they are compared as a whole: when both are
/// missing, or when they are not both objects or both lists of entries with ids. A missing value fits any other and has
/// no parts.
pub(super) fn split_both<'a>(
    path: &[String],
    one: Option<&'a Value>,
    other: Option<&'a Value>,
) -> Option<(Parts<'a>, Parts<'a>)> {
    // An action is compared as a whole: its kind and its group belong together. So are the steps of an escalation.
    if path
        .last()
        .is_some_and(|name| name == "action" || name == "escalation")
    {
        return None;
    }
    match (one, other) {
        (None, None) => None,
        (Some(one), None) => {
            let one = split(one)?;
            let none = Parts::empty(one.is_list);
            Some((one, none))
        }
        (None, Some(other)) => {
            let other = split(other)?;
            Some((Parts::empty(other.is_list), other))
        }
        (Some(one), Some(other)) => {
            let (one, other) = (split(one)?, split(other)?);
            (one.is_list == other.is_list).then_some((one, other))
        }
    }
}

/// Splits a value into parts; `None` for a value that is compared as a whole.
fn split(value: &Value) -> Option<Parts<'_>> {
    match value {
        Value::Object(fields) => {
            let list = fields.iter().map(|(name, value)| (name.as_str(), value));
            Some(Parts {
                list: list.collect(),
                is_list: false,
            })
        }
        Value::Array(entries) if !entries.is_empty() => {
            let with_id = |entry| Some((Value::get(entry, "id")?.as_str()?, entry));
            let list: Option<Vec<_>> = entries.iter().map(with_id).collect();
            Some(Parts {
                list: list?,
                is_list: true,
            })
        }
        _ => None,
    }
}

/// Names of all parts, each once, in order of first occurrence.
pub(super) fn all_keys<'a>(all: &[&Parts<'a>]) -> Vec<&'a str> {
    let mut keys: Vec<&str> = Vec::new();
    for (name, _) in all.iter().flat_map(|parts| &parts.list) {
        if !keys.contains(name) {
            keys.push(name);
        }
    }
    keys
}

/// Ids of the entries that both lists have, in the order of the first list. Empty for objects.
pub(super) fn common_ids_in_order(one: &Parts<'_>, other: &Parts<'_>) -> Vec<String> {
    if !one.is_list {
        return Vec::new();
    }
    let ids = one.list.iter().map(|(id, _)| *id);
    let common_ids = ids.filter(|id| other.get(id).is_some());
    common_ids.map(str::to_owned).collect()
}
