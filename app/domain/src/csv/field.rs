//! What a column of a list can mean.

mod headers;

use std::collections::HashMap;

use crate::model::lang::Lang;
use crate::search::fold;

/// What a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A person per row.
    Hosts,
    /// A department per row.
    Groups,
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Our own id.
    Id,
    /// Name; of a group, in the office's own language.
    Name,
    /// Name of a group in one language.
    NameIn(Lang),
    /// Family name, which makes the name with the given one.
    FamilyName,
    /// Given name.
    GivenName,
    /// Reading of the name.
    Kana,
    /// Reading of the family name.
    FamilyKana,
    /// Reading of the given name.
    GivenKana,
    /// Name for the tablet.
    DisplayName,
    /// Further words to be found by.
    SearchKeys,
    /// Chatwork account id (識別ID).
    Account,
    /// Groups, the first one first.
    Groups,
    /// Hosts who stand in.
    Delegates,
    /// Words for the visitor.
    VisitorMessage,
    /// Last day of an absence.
    AbsentUntil,
    /// Not offered on tablets.
    Hidden,
    /// The person has left: hidden when they are here, left out when they are not.
    HasLeft,
    /// The group above.
    Parent,
    /// Chatwork room id.
    Room,
    /// Hosts in charge.
    InCharge,
    /// Opened, not called.
    NotCallable,
    /// Place among siblings.
    Order,
}

/// Fields of a host's row, in the order they are offered.
const HOST_FIELDS: [Field; 16] = [
    Field::Id,
    Field::Name,
    Field::FamilyName,
    Field::GivenName,
    Field::Kana,
    Field::FamilyKana,
    Field::GivenKana,
    Field::DisplayName,
    Field::SearchKeys,
    Field::Account,
    Field::Groups,
    Field::Delegates,
    Field::VisitorMessage,
    Field::AbsentUntil,
    Field::Hidden,
    Field::HasLeft,
];

/// Fields of a group's row, in the order they are offered.
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
    /// Fields that a row can have.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Hosts => &HOST_FIELDS,
            Self::Groups => &GROUP_FIELDS,
        }
    }

    /// The fields by their titles, folded: width, case, spaces and brackets do not matter.
    #[must_use]
    pub fn header_index(self) -> HeaderIndex {
        let mut known = HashMap::new();
        for field in self.fields() {
            for title in field.headers(self) {
                known.entry(fold(title)).or_insert(*field);
            }
        }
        HeaderIndex(known)
    }
}

/// What titles mean.
#[derive(Clone, Debug)]
pub struct HeaderIndex(HashMap<String, Field>);

impl HeaderIndex {
    /// The field that a column's title names.
    #[must_use]
    pub fn field_of(&self, title: &str) -> Option<Field> {
        self.0.get(&fold(title)).copied()
    }
}

impl Field {
    /// The title that our own lists carry, in Japanese or English.
    #[must_use]
    pub fn header(self, kind: Kind, japanese: bool) -> &'static str {
        let titles = self.headers(kind);
        titles
            .get(usize::from(!japanese))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_known_in_any_width_and_dress() {
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
        for (kind, title, field) in cases {
            assert_eq!(kind.header_index().field_of(title), Some(field), "{title}");
        }
        let hosts = Kind::Hosts.header_index();
        assert_eq!(hosts.field_of("パスワード"), None);
        assert_eq!(hosts.field_of(""), None);
    }

    #[test]
    fn every_field_has_a_title_of_its_own_in_both_languages() {
        for kind in [Kind::Hosts, Kind::Groups] {
            let titles = kind.header_index();
            for &field in kind.fields() {
                for japanese in [true, false] {
                    let title = field.header(kind, japanese);
                    assert_eq!(titles.field_of(title), Some(field), "{title}");
                }
            }
        }
    }
}
