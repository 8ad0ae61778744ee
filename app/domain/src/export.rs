//! Hosts and groups as CSV that spreadsheets open right: UTF-8 with a byte order mark, CRLF, formulas
//! disarmed. `import` reads it back without a change.

use crate::csv::cell;
use crate::csv::field::{Field, Kind};
use crate::csv::record::RecordFormatter;
use crate::model::lang::Lang;
use crate::model::settings::SettingsDocument;

/// Columns of the hosts' list.
const HOST_FIELDS: [Field; 11] = [
    Field::Id,
    Field::Name,
    Field::Kana,
    Field::DisplayName,
    Field::SearchKeys,
    Field::Account,
    Field::Groups,
    Field::Delegates,
    Field::VisitorMessage,
    Field::AbsentUntil,
    Field::Hidden,
];

/// Every host, with titles in Japanese or English.
#[must_use]
pub fn hosts(document: &SettingsDocument, japanese: bool) -> String {
    let names = RecordFormatter::of(document);
    let rows = document.hosts.iter().map(|host| {
        let cell = |field: &Field| names.host_cell(host, *field);
        HOST_FIELDS.iter().map(cell).collect()
    });
    write_list(Kind::Hosts, &HOST_FIELDS, japanese, rows)
}

/// Every group, with titles in Japanese or English, and a name for each language of the office or of
/// any group.
#[must_use]
pub fn groups(document: &SettingsDocument, japanese: bool) -> String {
    let names = RecordFormatter::of(document);
    let used = |lang: &Lang| {
        let groups = document.groups.iter();
        document.site.languages.contains(lang)
            || groups
                .clone()
                .any(|group| !group.name.exactly(*lang).is_empty())
    };
    let mut fields = vec![Field::Id];
    fields.extend(Lang::ALL.into_iter().filter(used).map(Field::NameIn));
    fields.extend([
        Field::Parent,
        Field::Room,
        Field::InCharge,
        Field::Hidden,
        Field::NotCallable,
        Field::Order,
    ]);
    let rows = document.groups.iter().map(|group| {
        let cell = |field: &Field| names.group_cell(group, *field);
        fields.iter().map(cell).collect()
    });
    write_list(Kind::Groups, &fields, japanese, rows)
}

fn write_list(
    kind: Kind,
    fields: &[Field],
    japanese: bool,
    rows: impl Iterator<Item = Vec<String>>,
) -> String {
    let titles = fields.iter().map(|field| field.header(kind, japanese));
    let titles = titles.map(str::to_owned).collect();
    format!(
        "\u{feff}{}",
        cell::write_csv(std::iter::once(titles).chain(rows))
    )
}
