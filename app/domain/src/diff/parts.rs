//! Splits a JSON value into parts that are compared separately: fields of an object, and list entries with an
//! id. Any other value is compared as a whole.

use serde_json::Value;

/// Named parts in order.
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

/// Splits two versions of the value at `path` into parts; `None` when they are not of the same shape. A missing value has
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
    // `None` for a value that is compared as a whole; `Some(None)` for a missing value, which fits any shape.
    let shape = |value: Option<&'a Value>| match value {
        None => Some(None),
        Some(Value::Object(fields)) => {
            let list = fields.iter().map(|(name, value)| (name.as_str(), value));
            Some(Some(Parts {
                list: list.collect(),
                is_list: false,
            }))
        }
        Some(Value::Array(entries)) => {
            let named = |entry: &'a Value| Some((entry.get("id")?.as_str()?, entry));
            let list: Option<Vec<_>> = entries.iter().map(named).collect();
            list.filter(|list| !list.is_empty()).map(|list| {
                Some(Parts {
                    list,
                    is_list: true,
                })
            })
        }
        Some(_) => None,
    };
    match (shape(one)?, shape(other)?) {
        (None, None) => None,
        (Some(one), None) => {
            let is_list = one.is_list;
            Some((one, Parts::empty(is_list)))
        }
        (None, Some(other)) => Some((Parts::empty(other.is_list), other)),
        (Some(one), Some(other)) => (one.is_list == other.is_list).then_some((one, other)),
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
    let both = one.list.iter();
    both.filter(|(name, _)| other.get(name).is_some())
        .map(|(name, _)| (*name).to_owned())
        .collect()
}
