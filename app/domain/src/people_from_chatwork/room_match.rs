//! Matches rooms to groups by name: 開発部 ↔ 開発部ルーム. Only unambiguous matches are proposed.

use std::collections::{BTreeMap, BTreeSet};

use super::{MatchedGroup, Room, RoomProposal};
use crate::csv::lookup::name_key;
use crate::model::id::RoomId;
use crate::model::settings::SettingsDocument;

/// Words that a room's name has around the name of its group. A word that contains another comes before it, so that
/// 開発の部屋 leaves 開発 and not 開発の.
const ROOM_WORDS: [&str; 18] = [
    "グループチャット",
    "の部屋",
    "チャットルーム",
    "チャット",
    "グループ",
    "ルーム",
    "チーム",
    "メンバー",
    "連絡用",
    "連絡",
    "全体",
    "全員",
    "部屋",
    "専用",
    "room",
    "team",
    "chat",
    "all",
];

/// Words in the names of rooms that suit as the default room, best first. Set-up calls the default room acallルーム.
const DEFAULT_ROOM_WORDS: [&str; 6] = ["acall", "受付", "来客", "reception", "総合", "全社"];

/// Reason for which a room fits a group, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoomReason {
    /// Same name.
    SameName,
    /// Same name once words such as ルーム are removed.
    SameNameAndWord,
}

/// Returns the reason for which this room fits a group of this name; `None` when it does not fit.
#[must_use]
pub fn match_reason(group: &str, room: &str) -> Option<RoomReason> {
    let (group_key, room_key) = (name_key(group), name_key(room));
    if group_key.is_empty() || room_key.is_empty() {
        return None;
    }
    if group_key == room_key {
        return Some(RoomReason::SameName);
    }
    let is_same = strip_room_words(&room_key) == strip_room_words(&group_key);
    is_same.then_some(RoomReason::SameNameAndWord)
}

/// Removes the words of [`ROOM_WORDS`] from both ends of a [`name_key`], as long as a name is left.
fn strip_room_words(key: &str) -> String {
    let words = ROOM_WORDS.map(name_key);
    let mut name = key.to_owned();
    loop {
        let shorter = words.iter().find_map(|word| {
            let inner = name.strip_suffix(word.as_str());
            let inner = inner.or_else(|| name.strip_prefix(word.as_str()))?;
            (!inner.is_empty()).then(|| inner.to_owned())
        });
        match shorter {
            Some(shorter) => name = shorter,
            None => return name,
        }
    }
}

/// The only room, or the room that suits best as the default room by its name; `None` when no room suits, or several
/// suit equally well.
#[must_use]
pub fn default_room(rooms: &[Room]) -> Option<&Room> {
    if let [only] = rooms {
        return Some(only);
    }
    let mut suited_by_word = DEFAULT_ROOM_WORDS.iter().map(|word| {
        let word = name_key(word);
        let has_word = |room: &&Room| name_key(&room.name).contains(&word);
        rooms.iter().filter(has_word).collect::<Vec<_>>()
    });
    match suited_by_word.find(|suited| !suited.is_empty())?.as_slice() {
        [room] => Some(room),
        _ => None,
    }
}

/// Rooms for the groups without a room of their own. Left out are rooms in use, all rooms of a group that several
/// rooms fit best, and a room that is another group's best too and fits that group at least as well.
pub(super) fn propose_rooms(
    document: &SettingsDocument,
    groups_by_department: &BTreeMap<String, MatchedGroup>,
    rooms: &[Room],
) -> Vec<RoomProposal> {
    let own_rooms = document.groups.iter().filter_map(|group| group.room);
    let used: BTreeSet<RoomId> = own_rooms.chain(document.site.default_room).collect();
    let free: Vec<&Room> = rooms
        .iter()
        .filter(|room| !used.contains(&room.id))
        .collect();
    let lang = document.site.office_language();
    let existing = document
        .groups
        .iter()
        .filter(|group| group.room.is_none())
        .map(|group| {
            let name = group.name.best(lang).to_owned();
            (MatchedGroup::Existing(group.id.clone()), name)
        });
    let new_names: BTreeSet<&String> = groups_by_department
        .values()
        .filter_map(|group| match group {
            MatchedGroup::New(name) => Some(name),
            MatchedGroup::Existing(_) => None,
        })
        .collect();
    let new = new_names
        .into_iter()
        .map(|name| (MatchedGroup::New(name.clone()), name.clone()));
    let matches: Vec<RoomProposal> = existing
        .chain(new)
        .filter_map(|(group, name)| {
            let (reason, room) = best_room(&name, &free)?;
            Some(RoomProposal {
                group,
                room: room.clone(),
                reason,
            })
        })
        .collect();
    let is_alone = |proposal: &&RoomProposal| {
        let mut rivals = matches.iter();
        !rivals.any(|other| {
            other.room.id == proposal.room.id
                && other.group != proposal.group
                && other.reason <= proposal.reason
        })
    };
    matches.iter().filter(is_alone).cloned().collect()
}

/// The room that fits a group's name best, with the reason; `None` when no room fits or several fit equally well.
fn best_room<'a>(group: &str, rooms: &[&'a Room]) -> Option<(RoomReason, &'a Room)> {
    let fitting: Vec<(RoomReason, &Room)> = rooms
        .iter()
        .filter_map(|room| Some((match_reason(group, &room.name)?, *room)))
        .collect();
    let best = fitting.iter().map(|(reason, _)| *reason).min()?;
    let mut best_rooms = fitting.into_iter().filter(|(reason, _)| *reason == best);
    let first = best_rooms.next()?;
    best_rooms.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_fits_a_group_of_the_same_name_with_a_word_around_it() {
        for (group, room, expected) in [
            ("開発部", "開発部", Some(RoomReason::SameName)),
            ("開発部", "開発部ルーム", Some(RoomReason::SameNameAndWord)),
            (
                "開発部",
                "【開発部】全体連絡",
                Some(RoomReason::SameNameAndWord),
            ),
            ("営業", "チーム営業", Some(RoomReason::SameNameAndWord)),
            ("Sales", "sales room", Some(RoomReason::SameNameAndWord)),
            ("ＳＡＬＥＳ", "Sales", Some(RoomReason::SameName)),
            ("開発", "開発部ルーム", None),
            ("開発一課", "開発部ルーム", None),
            ("ルーム", "チーム", None),
            ("", "開発部", None),
            ("開発部", "", None),
        ] {
            assert_eq!(match_reason(group, room), expected, "{group} ↔ {room}");
        }
    }

    #[test]
    fn the_default_room_is_proposed_by_its_name_or_when_it_is_the_only_one() {
        let room = |id: u64, name: &str| Room {
            id: RoomId::try_from(id).unwrap(),
            name: name.to_owned(),
        };
        let chosen = |names: &[&str]| {
            let rooms: Vec<Room> = (1..).zip(names).map(|(id, name)| room(id, name)).collect();
            default_room(&rooms).map(|room| room.name.clone())
        };
        let cases: [(&[&str], Option<&str>); 8] = [
            (&[], None),
            (&["雑談"], Some("雑談")),
            (&["総務ルーム", "acall"], Some("acall")),
            (&["開発部", "受付・来客"], Some("受付・来客")),
            (&["開発部", "営業部"], None),
            (&["受付 1F", "受付 2F"], None),
            // With a tie for the best word, a room that suits less well is not proposed either.
            (&["受付 1F", "受付 2F", "総合"], None),
            (&["受付 1F", "受付 2F", "acall"], Some("acall")),
        ];
        for (names, expected) in cases {
            assert_eq!(chosen(names).as_deref(), expected, "{names:?}");
        }
    }
}
