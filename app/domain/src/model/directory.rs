//! Hosts and the forest of groups they belong to, as the settings document holds them. Validation is in
//! [`crate::validate`], finding hosts by name in [`crate::search`].

use serde::{Deserialize, Serialize};

use crate::model::date::Date;
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::lang::TranslatedText;

/// An employee who can be called (担当者・ホスト).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Host {
    /// Id within the document.
    pub id: HostId,
    /// Name as colleagues write it.
    pub name: String,
    /// Reading of the name in kana, for search and sort order.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kana: String,
    /// Name shown on tablets, when it differs from `name`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub display_name: String,
    /// Name in Latin letters for visitors who do not read Japanese, when it differs from the romaji of `kana`; see
    /// [`crate::names`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub latin_name: String,
    /// More words that find this host, such as a maiden name or nickname.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search_keys: Vec<String>,
    /// Chatwork account. Without one the host can neither be notified directly nor mentioned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// Groups of this host, in order; the first one (先頭グループ) decides the room.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupId>,
    /// Hosts who are also notified while this host is absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegates: Vec<HostId>,
    /// Text shown to the visitor once the host has been notified.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub visitor_message: String,
    /// First day of the absence, in the site's time zone. Without it the absence has begun already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent_from: Option<Date>,
    /// Last day of the absence, in the site's time zone. Without it the host is not absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent_until: Option<Date>,
    /// Hidden from tablets.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
}

impl Host {
    /// Creates a host with only a name.
    #[must_use]
    pub fn named(id: HostId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            kana: String::new(),
            display_name: String::new(),
            latin_name: String::new(),
            search_keys: Vec::new(),
            account: None,
            groups: Vec::new(),
            delegates: Vec::new(),
            visitor_message: String::new(),
            absent_from: None,
            absent_until: None,
            hidden: false,
        }
    }

    /// Name shown to visitors.
    #[must_use]
    pub fn shown_name(&self) -> &str {
        if self.display_name.trim().is_empty() {
            &self.name
        } else {
            &self.display_name
        }
    }

    /// True when the host is absent on `today`.
    #[must_use]
    pub fn is_absent(&self, today: Date) -> bool {
        let has_begun = self.absent_from.is_none_or(|first| first <= today);
        has_begun && self.absent_until.is_some_and(|last| today <= last)
    }

    /// True for a host with an absence, present or planned, and no delegate among `hosts` who has an account: while absent,
    /// nobody else is notified.
    #[must_use]
    pub fn lacks_delegate(&self, hosts: &[Self]) -> bool {
        let can_be_notified = |id: &HostId| {
            let mut hosts = hosts.iter();
            hosts.any(|host| host.id == *id && host.account.is_some())
        };
        self.absent_until.is_some() && !self.delegates.iter().any(can_be_notified)
    }

    /// Sets the first day of the absence. An absence without last day, or that would end before it, ends on that day.
    pub fn set_absent_from(&mut self, first: Option<Date>) {
        self.absent_from = first;
        self.absent_until = self.absent_until.max(first);
    }

    /// Sets the last day of the absence; `None` ends it. A first day after the last day is removed.
    pub fn set_absent_until(&mut self, last: Option<Date>) {
        self.absent_until = last;
        self.absent_from = self.absent_from.filter(|first| Some(*first) <= last);
    }
}

/// A department (グループ). Groups form a forest through `parent`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Group {
    /// Id within the document.
    pub id: GroupId,
    /// Name by language.
    pub name: TranslatedText,
    /// Parent group; `None` at the top of a tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<GroupId>,
    /// The group's own Chatwork room. Without one the nearest ancestor's room is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomId>,
    /// Hosts who are notified when the group is called (グループの担当者).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_charge: Vec<HostId>,
    /// Hidden from tablets, with all groups below it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// Can be opened on tablets, but not called.
    #[serde(default, skip_serializing_if = "is_false")]
    pub not_callable: bool,
    /// Position among siblings: smaller comes first; ties keep the document's order.
    #[serde(default)]
    pub order: i32,
}

impl Group {
    /// Creates a group with only a name.
    #[must_use]
    pub fn named(id: GroupId, name: TranslatedText) -> Self {
        Self {
            id,
            name,
            parent: None,
            room: None,
            in_charge: Vec::new(),
            hidden: false,
            not_callable: false,
            order: 0,
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // signature of serde's skip_serializing_if
fn is_false(flag: &bool) -> bool {
    !flag
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn an_absence_lasts_from_its_first_to_its_last_day() {
        let mut host = Host::named("h".parse().expect("an id"), "佐藤");
        host.absent_from = Some(day("2026-12-01"));
        assert!(
            !host.is_absent(day("2026-12-01")),
            "an absence needs a last day"
        );
        host.absent_until = Some(day("2026-12-04"));
        for (today, is_absent) in [
            ("2026-11-30", false),
            ("2026-12-01", true),
            ("2026-12-04", true),
            ("2026-12-05", false),
        ] {
            assert_eq!(host.is_absent(day(today)), is_absent, "{today}");
        }
        host.absent_from = None;
        assert!(
            host.is_absent(day("2026-11-01")),
            "an absence without a first day has begun"
        );
    }

    #[test]
    fn an_absence_lacks_a_delegate_unless_one_with_an_account_is_chosen() {
        let named = |id: &str| Host::named(id.parse().expect("an id"), id);
        let mut host = named("h");
        let mut delegate = named("d");
        host.delegates = vec![delegate.id.clone(), "deleted".parse().expect("an id")];
        assert!(!host.lacks_delegate(&[]), "no absence");
        host.absent_until = Some(day("2026-12-04"));
        assert!(host.lacks_delegate(&[]), "the delegate is no host");
        assert!(host.lacks_delegate(std::slice::from_ref(&delegate)));
        delegate.account = AccountId::try_from(1).ok();
        assert!(!host.lacks_delegate(&[delegate]));
    }

    #[test]
    fn first_and_last_day_always_make_an_absence() {
        let mut host = Host::named("h".parse().expect("an id"), "佐藤");
        host.absent_from = Some(day("2026-12-01"));
        host.set_absent_until(Some(day("2026-12-01")));
        assert_eq!(host.absent_from, Some(day("2026-12-01")));
        host.set_absent_until(Some(day("2026-11-30")));
        assert_eq!(
            host.absent_from, None,
            "a first day after the last day is removed"
        );
        host.absent_from = Some(day("2026-12-01"));
        host.set_absent_until(None);
        assert_eq!((host.absent_from, host.absent_until), (None, None));
        host.set_absent_from(Some(day("2026-12-07")));
        assert_eq!(host.absent_until, Some(day("2026-12-07")));
        host.set_absent_from(Some(day("2026-12-03")));
        assert_eq!(host.absent_until, Some(day("2026-12-07")));
    }
}
