//! Formats the fields of hosts and groups as cells.

use super::cell::format_id;
use super::field::Field;
use super::lookup::{GroupLookup, HostLookup};
use crate::model::directory::{Group, Host};
use crate::model::lang::Lang;
use crate::model::settings::SettingsDocument;

/// Formats records of one document.
#[derive(Clone, Debug)]
pub struct RecordFormatter {
    /// The office's own language.
    pub lang: Lang,
    /// Groups of the document.
    pub groups: GroupLookup,
    /// Hosts of the document.
    pub hosts: HostLookup,
}

impl RecordFormatter {
    /// Creates a formatter for a document.
    #[must_use]
    pub fn of(document: &SettingsDocument) -> Self {
        let lang = document.site.office_language();
        Self {
            lang,
            groups: GroupLookup::of(&document.groups, lang),
            hosts: HostLookup::of(&document.hosts),
        }
    }

    fn join_labels<T>(entries: &[T], label: impl Fn(&T) -> String) -> String {
        let labels: Vec<String> = entries.iter().map(label).collect();
        labels.join("; ")
    }

    /// One cell of a host; `""` without value.
    #[must_use]
    pub fn host_cell(&self, host: &Host, field: Field) -> String {
        match field {
            Field::Id => host.id.to_string(),
            Field::Name => host.name.clone(),
            Field::Kana => host.kana.clone(),
            Field::DisplayName => host.display_name.clone(),
            Field::LatinName => host.latin_name.clone(),
            Field::SearchKeys => host.search_keys.join("; "),
            Field::Account => host.account.map_or(String::new(), |id| id.to_string()),
            Field::Groups => Self::join_labels(&host.groups, |id| self.groups.label(id)),
            Field::Delegates => Self::join_labels(&host.delegates, |id| self.hosts.label(id)),
            Field::VisitorMessage => host.visitor_message.clone(),
            Field::AbsentFrom => host
                .absent_from
                .map_or(String::new(), |day| day.to_string()),
            Field::AbsentUntil => host
                .absent_until
                .map_or(String::new(), |day| day.to_string()),
            Field::Hidden => write_flag(host.hidden),
            // Fields of groups, and fields that are only imported: parts of a name, and whether an employee has left.
            _ => String::new(),
        }
    }

    /// One cell of a group; `""` without value.
    #[must_use]
    pub fn group_cell(&self, group: &Group, field: Field) -> String {
        match field {
            Field::Id => group.id.to_string(),
            Field::Name => group.name.exactly(self.lang).to_owned(),
            Field::NameIn(lang) => group.name.exactly(lang).to_owned(),
            Field::Parent => match &group.parent {
                Some(parent) => self.groups.label(parent),
                None => String::new(),
            },
            Field::Room => group.room.map_or(String::new(), |id| id.to_string()),
            Field::InCharge => Self::join_labels(&group.in_charge, |id| self.hosts.label(id)),
            Field::Hidden => write_flag(group.hidden),
            Field::NotCallable => write_flag(group.not_callable),
            Field::Order => group.order.to_string(),
            _ => String::new(), // fields of hosts
        }
    }
}

/// Writes yes as 1 and no as an empty cell, in every language.
fn write_flag(is_yes: bool) -> String {
    if is_yes {
        "1".to_owned()
    } else {
        String::new()
    }
}

/// True when a cell has this value, apart from white space around it and from the kind of line break, or is the entry
/// `id=…` with this value as id.
#[must_use]
pub fn is_same_value(cell: &str, value: &str) -> bool {
    let normalize = |text: &str| text.trim().replace("\r\n", "\n");
    normalize(cell) == normalize(value) || cell == format_id(value)
}
