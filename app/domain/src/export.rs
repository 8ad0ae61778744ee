//! Exports hosts and groups as CSV for spreadsheets: UTF-8 with byte order mark, CRLF, escaped formulas.
//! [`crate::import`] reads the export back without changes.

use crate::csv::cell;
use crate::csv::field::{Field, Kind};
use crate::csv::record::RecordFormatter;
use crate::model::lang::Lang;
use crate::model::settings::SettingsDocument;

/// Columns of the list of hosts.
const HOST_FIELDS: [Field; 13] = [
    Field::Id,
    Field::Name,
    Field::Kana,
    Field::DisplayName,
    Field::LatinName,
    Field::SearchKeys,
    Field::Account,
    Field::Groups,
    Field::Delegates,
    Field::VisitorMessage,
    Field::AbsentFrom,
    Field::AbsentUntil,
    Field::Hidden,
];

/// CSV of all hosts, with headers in Japanese for [`Lang::Ja`], else in English.
#[must_use]
pub fn hosts(document: &SettingsDocument, lang: Lang) -> String {
    let formatter = RecordFormatter::of(document);
    let rows = document.hosts.iter().map(|host| {
        let cell = |field: &Field| formatter.host_cell(host, *field);
        HOST_FIELDS.iter().map(cell).collect()
    });
    write_list(Kind::Hosts, &HOST_FIELDS, lang, rows)
}

/// CSV of all groups, with headers as [`hosts`] has them and a name column for each language of the office or of any
/// group.
#[must_use]
pub fn groups(document: &SettingsDocument, lang: Lang) -> String {
    let formatter = RecordFormatter::of(document);
    let is_used = |lang: &Lang| {
        let groups = document.groups.iter();
        document.site.languages.contains(lang)
            || groups
                .clone()
                .any(|group| !group.name.exactly(*lang).is_empty())
    };
    let mut fields = vec![Field::Id];
    fields.extend(Lang::ALL.into_iter().filter(is_used).map(Field::NameIn));
    fields.extend([
        Field::Parent,
        Field::Room,
        Field::InCharge,
        Field::Hidden,
        Field::NotCallable,
        Field::Order,
    ]);
    let rows = document.groups.iter().map(|group| {
        let cell = |field: &Field| formatter.group_cell(group, *field);
        fields.iter().map(cell).collect()
    });
    write_list(Kind::Groups, &fields, lang, rows)
}

fn write_list(
    kind: Kind,
    fields: &[Field],
    lang: Lang,
    rows: impl Iterator<Item = Vec<String>>,
) -> String {
    let headers = fields.iter().map(|field| field.header(kind, lang));
    let headers = headers.map(str::to_owned).collect();
    format!(
        "\u{feff}{}",
        cell::write_csv(std::iter::once(headers).chain(rows))
    )
}
