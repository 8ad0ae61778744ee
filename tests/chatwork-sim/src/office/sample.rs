//! The sample office for demos and tests.

use super::staff::STAFF;
use super::{Account, Member, Office, Role, Staff};
use crate::{AccountId, RequestId, RoomId};

/// First id of the direct chats, which have gaps as real ids do.
const FIRST_DIRECT_ROOM: RoomId = 312_406_118;

impl Office {
    /// The reception bot of the sample office.
    pub const SAMPLE_BOT: AccountId = 6_108_394;
    /// The reception bot's API token.
    pub const SAMPLE_TOKEN: &'static str = "c0ffee5a3b7d19e2f4486ab0d1c25e97";
    /// マイチャット of the bot.
    pub const SAMPLE_MY_ROOM: RoomId = 312_405_906;
    /// 「acallルーム」: the default room. The bot is its admin, and all employees are members.
    pub const SAMPLE_DEFAULT_ROOM: RoomId = 318_270_455;
    /// 「総務ルーム」.
    pub const SAMPLE_SOUMU_ROOM: RoomId = 298_114_730;
    /// 「開発部ルーム」: 開発部, 開発一課 and 開発二課.
    pub const SAMPLE_KAIHATSU_ROOM: RoomId = 301_559_287;
    /// Accounts that are not contacts of the bot and have sent it a contact request: 辻 真央 and 長谷川 仁.
    pub const SAMPLE_NON_CONTACTS: [AccountId; 2] = [6_023_175, 6_041_527];
    /// Contact requests of these accounts, in the same order.
    pub const SAMPLE_REQUESTS: [RequestId; 2] = [8_815_302, 8_815_947];

    /// The employees of the sample office.
    #[must_use]
    pub fn sample_staff() -> &'static [Staff] {
        STAFF
    }

    /// The office for demos: the bot with its token, three dozen employees, three group rooms, and
    /// a direct chat with each contact. 開発一課, 営業部 and 営業一課 have no room of their own.
    #[must_use]
    pub fn sample() -> Self {
        let mut office = Self::empty()
            .account(Account::named(Self::SAMPLE_BOT, "受付bot"))
            .token(Self::SAMPLE_TOKEN, Self::SAMPLE_BOT, Self::SAMPLE_MY_ROOM);
        office.accounts.extend(STAFF.iter().map(Account::from));

        let everywhere = STAFF
            .iter()
            .map(|staff| staff.department)
            .collect::<Vec<_>>();
        let office = office
            .group(
                Self::SAMPLE_DEFAULT_ROOM,
                "acallルーム",
                members(Role::Admin, &everywhere),
            )
            .group(
                Self::SAMPLE_SOUMU_ROOM,
                "総務ルーム",
                members(Role::Member, &["総務"]),
            )
            .group(
                Self::SAMPLE_KAIHATSU_ROOM,
                "開発部ルーム",
                members(Role::Member, &["開発部", "開発一課", "開発二課"]),
            );
        let contacts = STAFF
            .iter()
            .filter(|staff| !Self::SAMPLE_NON_CONTACTS.contains(&staff.account_id));
        let office = (FIRST_DIRECT_ROOM..)
            .step_by(1_733)
            .zip(contacts)
            .fold(office, |office, (room, staff)| {
                office.contact(Self::SAMPLE_BOT, staff.account_id, room)
            });
        Self::SAMPLE_REQUESTS
            .into_iter()
            .zip(Self::SAMPLE_NON_CONTACTS)
            .fold(office, |office, (request, from)| {
                office.contact_request(request, from, Self::SAMPLE_BOT, "よろしくお願いします。")
            })
    }
}

/// The bot with its role and the staff of these departments, the first of whom is admin.
fn members(bot: Role, departments: &[&str]) -> Vec<Member> {
    let staff = STAFF
        .iter()
        .filter(|staff| departments.contains(&staff.department));
    let mut members = vec![Member::new(Office::SAMPLE_BOT, bot)];
    members.extend(staff.map(|staff| Member::new(staff.account_id, Role::Member)));
    if let Some(first) = members.get_mut(1) {
        first.role = Role::Admin;
    }
    members
}

impl From<&Staff> for Account {
    fn from(staff: &Staff) -> Self {
        Self {
            account_id: staff.account_id,
            name: staff.name.to_owned(),
            kana: staff.kana.to_owned(),
            department: staff.department.to_owned(),
            chatwork_id: staff.chatwork_id.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_have_realistic_lengths() {
        let office = Office::sample();
        let accounts: HashSet<_> = office.accounts.iter().map(|a| a.account_id).collect();
        let rooms: HashSet<_> = office.rooms.iter().map(|room| room.room_id).collect();
        assert_eq!(accounts.len(), office.accounts.len());
        assert_eq!(rooms.len(), office.rooms.len());
        assert!(
            accounts
                .iter()
                .all(|id| (1_000_000..10_000_000).contains(id))
        );
        assert!(
            rooms
                .iter()
                .all(|id| (100_000_000..1_000_000_000).contains(id))
        );
        assert_eq!(Office::SAMPLE_TOKEN.len(), 32);
        assert!(
            Office::SAMPLE_TOKEN
                .bytes()
                .all(|b| b.is_ascii_alphanumeric())
        );
    }

    #[test]
    fn every_employee_is_a_contact_or_has_sent_a_contact_request() {
        let office = Office::sample();
        let requesters: Vec<_> = office.requests.iter().map(|request| request.from).collect();
        assert_eq!(requesters, Office::SAMPLE_NON_CONTACTS);
        for staff in Office::sample_staff() {
            let contact = office
                .contacts
                .iter()
                .any(|(_, other, _)| *other == staff.account_id);
            assert_ne!(
                contact,
                requesters.contains(&staff.account_id),
                "{}",
                staff.name
            );
        }
    }

    #[test]
    fn departments_are_the_expected_ones() {
        let departments: HashSet<_> = STAFF.iter().map(|staff| staff.department).collect();
        let expected = [
            "総務",
            "開発部",
            "開発一課",
            "開発二課",
            "営業部",
            "営業一課",
            "人事",
        ];
        assert_eq!(departments, expected.into());
    }
}
