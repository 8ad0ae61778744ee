//! Allow-list of destinations, mentions and links, derived from the settings. Before the relay accepts a call, it
//! checks every message of the call against it, retractions and the fallback included.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::message::template::{ALLOWED_TAGS, excerpt};
use crate::message::{Links, MAX_TEXT_BYTES};
use crate::model::id::{AccountId, Reference, RoomId};
use crate::model::settings::Settings;
use crate::routing::Destination;

/// Maximum length of a link in an error, in characters.
const MAX_REPORTED_LINK_CHARS: usize = 80;

/// Destinations, mentions and links that messages may contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundPolicy {
    rooms: BTreeSet<RoomId>,
    accounts: BTreeSet<AccountId>,
    alarm_room: Option<RoomId>,
    links: Links,
}

/// Reason for rejecting a message.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PolicyViolation {
    /// The room is neither a group's room nor the default room.
    #[error("room {0} is neither a group's room nor the default room")]
    UnknownRoom(RoomId),
    /// The destination is not a host's account.
    #[error("account {0} is not a host's account")]
    UnknownAccount(AccountId),
    /// The text mentions an account that is not a host's.
    #[error("the text mentions account {0}, which is not a host's account")]
    UnknownMention(u64),
    /// The text mentions a host who is not a recipient of the call.
    #[error("the text mentions account {0}, which is not a recipient of the call")]
    MentionOfNonRecipient(u64),
    /// The task for a missed visit is given to an account that is not responsible for the call.
    #[error("the task is for account {0}, which is not a recipient of the call")]
    UnknownAssignee(u64),
    /// The call has later messages, a heading or a task for a missed visit, and answers are off.
    #[error(
        "answers are off in the settings: the call may have no later messages, heading or task"
    )]
    AnswersOff,
    /// The text contains a link that no template and no host's message of the settings contains.
    #[error("the text contains the link {0}, which the settings do not contain")]
    UnknownLink(String),
    /// The text contains a forbidden tag or a bracket that starts no tag.
    #[error("the text contains the tag {0}, which is not allowed in a notification")]
    ForbiddenTag(String),
    /// The text does not contain this reference, which is the call's or the bot message's.
    #[error("the text lacks the call's reference {0}")]
    MissingReference(String),
    /// The text is blank.
    #[error("the text is empty")]
    EmptyText,
    /// The text has this number of bytes, more than [`MAX_TEXT_BYTES`].
    #[error("the text has {0} bytes, more than {MAX_TEXT_BYTES}")]
    TextTooLong(usize),
}

impl OutboundPolicy {
    /// Derives the policy from the settings.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let group_rooms = settings.groups().iter().filter_map(|group| group.room);
        Self {
            rooms: group_rooms.chain(settings.site().default_room).collect(),
            accounts: settings
                .hosts()
                .iter()
                .filter_map(|host| host.account)
                .collect(),
            alarm_room: settings.site().alarms.room,
            links: Links::of(settings),
        }
    }

    /// The default room and every group's room.
    #[must_use]
    pub fn rooms(&self) -> &BTreeSet<RoomId> {
        &self.rooms
    }

    /// Accounts of all hosts; each may receive private messages.
    #[must_use]
    pub fn accounts(&self) -> &BTreeSet<AccountId> {
        &self.accounts
    }

    /// Accounts that a message may mention: the accounts of all hosts.
    #[must_use]
    pub fn mentions(&self) -> &BTreeSet<AccountId> {
        &self.accounts
    }

    /// Checks destination, size, reference, tags and mentions of a message. Links are checked by
    /// [`Self::check_links`]: the relay's own messages contain links that are not in the settings.
    ///
    /// # Errors
    /// The first violation.
    pub fn check(
        &self,
        to: &Destination,
        text: &str,
        reference: Reference,
    ) -> Result<(), PolicyViolation> {
        match *to {
            Destination::Room(room) if !self.rooms.contains(&room) => {
                return Err(PolicyViolation::UnknownRoom(room));
            }
            Destination::Account(account) if !self.accounts.contains(&account) => {
                return Err(PolicyViolation::UnknownAccount(account));
            }
            Destination::Room(_) | Destination::Account(_) => {}
        }
        self.check_text(text, reference)
    }

    /// Checks a message that belongs to no call, as [`Self::check`] does. Unlike the messages of tablets, it may also
    /// go to the room for alarms.
    ///
    /// # Errors
    /// The first violation.
    pub fn check_bot_message(
        &self,
        to: &Destination,
        text: &str,
        reference: Reference,
    ) -> Result<(), PolicyViolation> {
        match (to, self.alarm_room) {
            (Destination::Room(room), Some(alarms)) if *room == alarms => {
                self.check_text(text, reference)
            }
            _ => self.check(to, text, reference),
        }
    }

    /// Checks size, reference, tags and mentions of a text.
    fn check_text(&self, text: &str, reference: Reference) -> Result<(), PolicyViolation> {
        if text.trim().is_empty() {
            return Err(PolicyViolation::EmptyText);
        }
        if text.len() > MAX_TEXT_BYTES {
            return Err(PolicyViolation::TextTooLong(text.len()));
        }
        let reference = reference.to_string();
        if !text.contains(&reference) {
            return Err(PolicyViolation::MissingReference(reference));
        }
        self.check_tags(text)
    }

    /// Checks that each link of a text is in the settings.
    ///
    /// # Errors
    /// The first unknown link.
    pub fn check_links(&self, text: &str) -> Result<(), PolicyViolation> {
        match self.links.find_unknown(text) {
            Some(link) => Err(PolicyViolation::UnknownLink(
                link.address.chars().take(MAX_REPORTED_LINK_CHARS).collect(),
            )),
            None => Ok(()),
        }
    }

    /// Checks that every `[` starts one of our own tags, spelled exactly as we write it. Chatwork parses tags
    /// leniently (any case, inner spaces, short and localized forms) and documents no escape, so a deny-list
    /// would be incomplete.
    fn check_tags(&self, text: &str) -> Result<(), PolicyViolation> {
        for (start, _) in text.match_indices('[') {
            let from_bracket = &text[start..];
            if ALLOWED_TAGS.iter().any(|tag| from_bracket.starts_with(tag)) {
                continue;
            }
            let Some(id) = mentioned(from_bracket) else {
                return Err(PolicyViolation::ForbiddenTag(excerpt(from_bracket)));
            };
            if !AccountId::try_from(id).is_ok_and(|id| self.accounts.contains(&id)) {
                return Err(PolicyViolation::UnknownMention(id));
            }
        }
        Ok(())
    }
}

/// Account ids that a text mentions, with repetitions.
pub(crate) fn mentions(text: &str) -> impl Iterator<Item = u64> {
    let tags = text.match_indices("[To:");
    tags.filter_map(|(start, _)| mentioned(&text[start..]))
}

/// Account id of a `[To:…]` tag at the start of the text, in the exact form that we write.
fn mentioned(text: &str) -> Option<u64> {
    let (digits, _) = text.strip_prefix("[To:")?.split_once(']')?;
    let is_canonical = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    if !is_canonical {
        return None;
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::CallId;
    use crate::test_office::{account_id, office, room_id};

    fn reference() -> Reference {
        CallId::new(1, &[7; 10]).reference()
    }

    /// Result of `check` for a text to the sample office's default room.
    fn check(text: &str) -> Result<(), PolicyViolation> {
        let text = format!("{text} {}", reference());
        OutboundPolicy::of(&office(|_| {})).check(
            &Destination::Room(room_id(1)),
            &text,
            reference(),
        )
    }

    #[test]
    fn the_policy_has_all_rooms_and_accounts_of_the_settings() {
        let policy = OutboundPolicy::of(&office(|_| {}));
        let rooms: Vec<u64> = policy.rooms().iter().map(|room| room.get()).collect();
        let accounts: Vec<u64> = policy
            .accounts()
            .iter()
            .map(|account| account.get())
            .collect();
        assert_eq!(rooms, [1, 10, 20]);
        assert_eq!(accounts, [101, 102, 103, 105]);
        assert_eq!(policy.mentions(), policy.accounts());
    }

    #[test]
    fn only_destinations_of_the_settings_are_allowed() {
        let policy = OutboundPolicy::of(&office(|_| {}));
        let text = reference().to_string();
        let check = |to| policy.check(&to, &text, reference());
        assert_eq!(check(Destination::Room(room_id(20))), Ok(()));
        assert_eq!(check(Destination::Account(account_id(105))), Ok(()));
        let (room, account) = (room_id(105), account_id(20));
        assert_eq!(
            check(Destination::Room(room)),
            Err(PolicyViolation::UnknownRoom(room))
        );
        assert_eq!(
            check(Destination::Account(account)),
            Err(PolicyViolation::UnknownAccount(account))
        );
    }

    #[test]
    fn our_own_tags_are_allowed() {
        assert_eq!(
            check("[To:101] 佐藤さん\n[info][title]来訪[/title]山田[hr][/info]"),
            Ok(())
        );
    }

    #[test]
    fn any_other_bracket_is_rejected() {
        for tag in [
            "[toall]",
            "[TOALL]",
            "[ toall ]",
            "[to:101]",
            "[TO:101]",
            "[To: 101]",
            "[To:101 ]",
            "[To:0101]",
            "[To:+101]",
            "[To:]",
            "[To:101",
            "[To:１０１]",
            "[rp aid=101 to=1-2]",
            "[返信 aid=101 to=1-2]",
            "[qt]",
            "[/qt]",
            "[qtmeta aid=101 time=1]",
            "[引用 aid=101 time=1]",
            "[picon:101]",
            "[pname:101]",
            "[piconname:101]",
            "[code]",
            "[INFO]",
            "[info ]",
            "[title",
            "[preview id=1 ht=1]",
            "[",
            "[]",
            "[[info]",
        ] {
            assert!(
                matches!(check(tag), Err(PolicyViolation::ForbiddenTag(_))),
                "{tag} should be rejected"
            );
        }
        assert_eq!(check("［toall］ a]b"), Ok(()));
    }

    #[test]
    fn only_hosts_can_be_mentioned() {
        for id in [104, 1, u64::MAX] {
            assert_eq!(
                check(&format!("[To:{id}]")),
                Err(PolicyViolation::UnknownMention(id))
            );
        }
    }

    #[test]
    fn only_bot_messages_may_go_to_the_room_for_alarms() {
        let alarms = room_id(77);
        let policy = OutboundPolicy::of(&office(|document| {
            document.site.alarms.room = Some(alarms);
        }));
        let (to, text) = (Destination::Room(alarms), reference().to_string());
        assert_eq!(policy.check_bot_message(&to, &text, reference()), Ok(()));
        let refused = Err(PolicyViolation::UnknownRoom(alarms));
        assert_eq!(policy.check(&to, &text, reference()), refused);
        let elsewhere = Destination::Room(room_id(78));
        assert_eq!(
            policy.check_bot_message(&elsewhere, &text, reference()),
            Err(PolicyViolation::UnknownRoom(room_id(78)))
        );
    }

    #[test]
    fn a_text_needs_its_reference_and_has_a_maximum_size() {
        let policy = OutboundPolicy::of(&office(|_| {}));
        let check = |text: &str| policy.check(&Destination::Room(room_id(1)), text, reference());
        let number = reference().to_string();
        assert_eq!(check(" \n"), Err(PolicyViolation::EmptyText));
        assert_eq!(
            check("来訪"),
            Err(PolicyViolation::MissingReference(number.clone()))
        );
        let full = "a".repeat(MAX_TEXT_BYTES - number.len()) + &number;
        assert_eq!(check(&full), Ok(()));
        assert_eq!(
            check(&format!("{full}a")),
            Err(PolicyViolation::TextTooLong(MAX_TEXT_BYTES + 1))
        );
    }
}
