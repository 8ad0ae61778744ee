//! Fields of a list, and detection of a column's field by its header.

mod headers;

use std::collections::{BTreeSet, HashMap};

use crate::model::lang::Lang;
use crate::search::fold;

/// Kind of list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One host per row.
    Hosts,
    /// One group per row.
    Groups,
}

/// Meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Id of the host or group in the settings.
    Id,
    /// Name; of a group, in the office's own language.
    Name,
    /// Name of a group in one language.
    NameIn(Lang),
    /// Family name; combined with the given name.
    FamilyName,
    /// Given name.
    GivenName,
    /// Reading of the name.
    Kana,
    /// Reading of the family name.
    FamilyKana,
    /// Reading of the given name.
    GivenKana,
    /// Name shown on tablets.
    DisplayName,
    /// Name in Latin letters.
    LatinName,
    /// Search keys.
    SearchKeys,
    /// Chatwork account id (識別ID).
    Account,
    /// Groups in order.
    Groups,
    /// Delegates.
    Delegates,
    /// Message to the visitor.
    VisitorMessage,
    /// First day of the absence.
    AbsentFrom,
    /// Last day of the absence.
    AbsentUntil,
    /// Hidden from tablets.
    Hidden,
    /// The employee has left the company: an existing host is hidden, a new one is skipped.
    HasLeft,
    /// Parent group.
    Parent,
    /// Chatwork room id.
    Room,
    /// In-charge hosts.
    InCharge,
    /// Not callable on tablets.
    NotCallable,
    /// Position among siblings.
    Order,
}

/// Fields of a host, in display order.
const HOST_FIELDS: [Field; 18] = [
    Field::Id,
    Field::Name,
    Field::FamilyName,
    Field::GivenName,
    Field::Kana,
    Field::FamilyKana,
    Field::GivenKana,
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
    Field::HasLeft,
];

/// Fields of a group, in display order.
const GROUP_FIELDS: [Field; 13] = [
    Field::Id,
    Field::Name,
    Field::NameIn(Lang::Ja),
    Field::NameIn(Lang::En),
    Field::NameIn(Lang::Zh),
    Field::NameIn(Lang::Ko),
    Field::NameIn(Lang::Vi),
    Field::Parent,
    Field::Room,
    Field::InCharge,
    Field::Hidden,
    Field::NotCallable,
    Field::Order,
];

impl Kind {
    /// Fields of this kind of list.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Hosts => &HOST_FIELDS,
            Self::Groups => &GROUP_FIELDS,
        }
    }

    /// Index of the fields by header. Width, case, spaces and brackets are ignored.
    #[must_use]
    pub fn header_index(self) -> HeaderIndex {
        let mut known = HashMap::new();
        for field in self.fields() {
            for header in field.headers(self) {
                known.entry(fold(header)).or_insert(*field);
            }
        }
        HeaderIndex(known)
    }
}

/// Fields by folded header.
#[derive(Clone, Debug)]
pub struct HeaderIndex(HashMap<String, Field>);

impl HeaderIndex {
    /// Field of a column header.
    #[must_use]
    pub fn field_of(&self, header: &str) -> Option<Field> {
        self.0.get(&fold(header)).copied()
    }
}

/// Recognized headers of both kinds of list, by which a row of headers is found.
pub struct KnownHeaders([HeaderIndex; 2]);

impl KnownHeaders {
    /// Indexes all headers.
    #[must_use]
    pub fn new() -> Self {
        Self([Kind::Hosts, Kind::Groups].map(Kind::header_index))
    }

    /// Number of fields that the cells of a row name as headers, for the kind of list with the most of them.
    pub fn count<'a>(&self, cells: impl Iterator<Item = &'a str>) -> usize {
        let mut fields_by_kind = [BTreeSet::new(), BTreeSet::new()];
        for cell in cells {
            for (index, fields) in self.0.iter().zip(&mut fields_by_kind) {
                fields.extend(index.field_of(cell));
            }
        }
        let counts = fields_by_kind.iter().map(BTreeSet::len);
        counts.max().unwrap_or_default()
    }
}

impl Default for KnownHeaders {
    fn default() -> Self {
        Self::new()
    }
}

impl Field {
    /// Header of our own lists: in Japanese for [`Lang::Ja`], else in English.
    #[must_use]
    pub fn header(self, kind: Kind, lang: Lang) -> &'static str {
        let headers = self.headers(kind);
        headers
            .get(usize::from(lang != Lang::Ja))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_recognized_in_any_spelling() {
        let cases = [
            (Kind::Hosts, "識別ID", Field::Account),
            (Kind::Hosts, "Unique ID", Field::Account),
            (Kind::Hosts, "ChatWork アカウントＩＤ", Field::Account),
            (Kind::Hosts, "姓(漢字)(*)", Field::FamilyName),
            (Kind::Hosts, "せい（ひらがな）", Field::FamilyKana),
            (Kind::Hosts, "ﾌﾘｶﾞﾅ", Field::Kana),
            (Kind::Hosts, " 表示 名 ", Field::DisplayName),
            (Kind::Hosts, "担当者", Field::Name),
            (Kind::Groups, "担当者", Field::InCharge),
            (Kind::Groups, "Chatwork ROOM ID", Field::Room),
            (Kind::Groups, "グループ名(*)", Field::Name),
        ];
        for (kind, header, field) in cases {
            assert_eq!(
                kind.header_index().field_of(header),
                Some(field),
                "{header}"
            );
        }
        let hosts = Kind::Hosts.header_index();
        assert_eq!(hosts.field_of("パスワード"), None);
        assert_eq!(hosts.field_of(""), None);
    }

    #[test]
    fn every_field_has_its_own_header_in_both_languages() {
        for kind in [Kind::Hosts, Kind::Groups] {
            let headers = kind.header_index();
            for &field in kind.fields() {
                for lang in [Lang::Ja, Lang::En] {
                    let header = field.header(kind, lang);
                    assert_eq!(headers.field_of(header), Some(field), "{header}");
                }
            }
        }
    }
}
