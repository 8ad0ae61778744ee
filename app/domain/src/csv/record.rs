//! Cells of a whole record: what a host or a group looks like as a row.

use super::cell::format_id;
use super::field::Field;
use super::lookup::{GroupLookup, HostLookup};
use crate::model::directory::{Group, Host};
use crate::model::lang::Lang;
use crate::model::settings::SettingsDocument;

/// What cells call the hosts and groups of one document.
#[derive(Clone, Debug, Default)]
pub struct RecordFormatter {
    /// The office's own language.
    pub lang: Option<Lang>,
    /// Its groups.
    pub groups: GroupLookup,
    /// Its hosts.
    pub hosts: HostLookup,
}

impl RecordFormatter {
    /// The names of a document.
    #[must_use]
    pub fn of(document: &SettingsDocument) -> Self {
        let lang = document.site.own_language();
        Self {
            lang: Some(lang),
            groups: GroupLookup::of(&document.groups, lang),
            hosts: HostLookup::of(&document.hosts),
        }
    }

    fn list<T>(entries: &[T], label: impl Fn(&T) -> String) -> String {
        let labels: Vec<String> = entries.iter().map(label).collect();
        labels.join("; ")
    }

    /// One cell of a host's row, `""` where there is nothing to say.
    #[must_use]
    pub fn host_cell(&self, host: &Host, field: Field) -> String {
        match field {
            Field::Id => host.id.to_string(),
            Field::Name => host.name.clone(),
            Field::Kana => host.kana.clone(),
            Field::DisplayName => host.display_name.clone(),
            Field::SearchKeys => host.search_keys.join("; "),
            Field::Account => host.account.map_or(String::new(), |id| id.to_string()),
            Field::Groups => Self::list(&host.groups, |id| self.groups.label(id)),
            Field::Delegates => Self::list(&host.delegates, |id| self.hosts.label(id)),
            Field::VisitorMessage => host.visitor_message.clone(),
            Field::AbsentUntil => host
                .absent_until
                .map_or(String::new(), |day| day.to_string()),
            Field::Hidden => write_flag(host.hidden),
            _ => String::new(),
        }
    }

    /// One cell of a group's row, `""` where there is nothing to say.
    #[must_use]
    pub fn group_cell(&self, group: &Group, field: Field) -> String {
        match field {
            Field::Id => group.id.to_string(),
            Field::Name => {
                let lang = self.lang.unwrap_or(Lang::Ja);
                group.name.exactly(lang).to_owned()
            }
            Field::NameIn(lang) => group.name.exactly(lang).to_owned(),
            Field::Parent => match &group.parent {
                Some(parent) => self.groups.label(parent),
                None => String::new(),
            },
            Field::Room => group.room.map_or(String::new(), |id| id.to_string()),
            Field::InCharge => Self::list(&group.in_charge, |id| self.hosts.label(id)),
            Field::Hidden => write_flag(group.hidden),
            Field::NotCallable => write_flag(group.not_callable),
            Field::Order => group.order.to_string(),
            _ => String::new(),
        }
    }
}

/// Yes is 1 and no is nothing, in every language.
fn write_flag(on: bool) -> String {
    if on { "1".to_owned() } else { String::new() }
}

/// True when two cells say the same, whatever stands around it.
#[must_use]
pub fn is_same_value(cell: &str, value: &str) -> bool {
    let plain = |text: &str| text.trim().replace("\r\n", "\n");
    plain(cell) == plain(value) || cell == format_id(value)
}
