//! Everything a settings document can reach, and whether a message stays within it. The relay asks
//! this before it accepts a call: it decides no route, but lets none leave the document.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::message::template::{ALLOWED_TAGS, excerpt};
use crate::message::{Links, MAX_TEXT_BYTES};
use crate::model::id::{AccountId, Reference, RoomId};
use crate::model::settings::Settings;
use crate::routing::Destination;

/// All destinations and mentions of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundPolicy {
    rooms: BTreeSet<RoomId>,
    accounts: BTreeSet<AccountId>,
    links: Links,
}

/// Why a message is not let out.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PolicyViolation {
    /// No group has this room, nor is it the default room.
    #[error("room {0} is neither a group's room nor the default room")]
    UnknownRoom(RoomId),
    /// No host has this account.
    #[error("account {0} is no host's account")]
    UnknownAccount(AccountId),
    /// Somebody is mentioned who is no host.
    #[error("the text mentions account {0}, which is no host's account")]
    UnknownMention(u64),
    /// Somebody is mentioned whom the call is not for.
    #[error("the text mentions account {0}, whom the call is not for")]
    MentionOfNonRecipient(u64),
    /// A link that no template and no host's message of the settings holds.
    #[error("the text holds the link {0}, which the settings do not contain")]
    UnknownLink(String),
    /// A tag that notifications never carry, or a bracket that begins none.
    #[error("the text opens the tag {0}, which a notification may not carry")]
    ForbiddenTag(String),
    /// The text does not carry the call's reference.
    #[error("the text lacks the call's reference {0}")]
    MissingReference(String),
    /// Nothing to say.
    #[error("the text is empty")]
    EmptyText,
    /// More than [`MAX_TEXT_BYTES`] bytes.
    #[error("the text has {0} bytes, more than {MAX_TEXT_BYTES}")]
    TextTooLong(usize),
}

impl OutboundPolicy {
    /// The policy of a document.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let own = settings.groups().iter().filter_map(|group| group.room);
        Self {
            rooms: own.chain(settings.site().default_room).collect(),
            accounts: settings
                .hosts()
                .iter()
                .filter_map(|host| host.account)
                .collect(),
            links: Links::of(settings),
        }
    }

    /// The default room and every group's room.
    #[must_use]
    pub fn rooms(&self) -> &BTreeSet<RoomId> {
        &self.rooms
    }

    /// Every host's account: each can be told in their private chat.
    #[must_use]
    pub fn accounts(&self) -> &BTreeSet<AccountId> {
        &self.accounts
    }

    /// Every account that a message may mention.
    #[must_use]
    pub fn mentions(&self) -> &BTreeSet<AccountId> {
        &self.accounts
    }

    /// Lets a message pass, or says why not.
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

    /// Lets the text of a call pass that holds no links but those of the settings.
    pub fn check_links(&self, text: &str) -> Result<(), PolicyViolation> {
        match self.links.foreign(text) {
            Some(link) => Err(PolicyViolation::UnknownLink(
                link.address.chars().take(80).collect(),
            )),
            None => Ok(()),
        }
    }

    /// Chatwork reads tags leniently (any case, spaces inside, short and localised forms) and
    /// documents no escape, so it is not asked what Chatwork might take for a tag: every bracket
    /// must begin one of the few tags we write, exactly as we write them.
    fn check_tags(&self, text: &str) -> Result<(), PolicyViolation> {
        for (at, _) in text.match_indices('[') {
            let rest = &text[at..];
            if ALLOWED_TAGS.iter().any(|tag| rest.starts_with(tag)) {
                continue;
            }
            let id = mentioned(rest).ok_or_else(|| PolicyViolation::ForbiddenTag(excerpt(rest)))?;
            if !AccountId::try_from(id).is_ok_and(|id| self.accounts.contains(&id)) {
                return Err(PolicyViolation::UnknownMention(id));
            }
        }
        Ok(())
    }
}

/// The accounts that a text mentions, each as often as it does so.
pub(crate) fn mentions(text: &str) -> impl Iterator<Item = u64> {
    let tags = text.match_indices("[To:");
    tags.filter_map(|(at, _)| mentioned(&text[at..]))
}

/// The account of a `[To:…]` tag that the text begins with, in the one form that we write.
fn mentioned(text: &str) -> Option<u64> {
    let (digits, _) = text.strip_prefix("[To:")?.split_once(']')?;
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{account_id, office, room_id};
    use crate::model::id::CallId;

    fn reference() -> Reference {
        CallId::new(1, &[7; 10]).reference()
    }

    /// What `admit` says about a text for the sample office's default room.
    fn admit(text: &str) -> Result<(), PolicyViolation> {
        let text = format!("{text} {}", reference());
        OutboundPolicy::of(&office(|_| {})).check(
            &Destination::Room(room_id(1)),
            &text,
            reference(),
        )
    }

    #[test]
    fn the_reach_is_every_room_and_every_account_of_the_document() {
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
    fn only_destinations_of_the_document_are_admitted() {
        let policy = OutboundPolicy::of(&office(|_| {}));
        let text = reference().to_string();
        let admit = |to| policy.check(&to, &text, reference());
        assert_eq!(admit(Destination::Room(room_id(20))), Ok(()));
        assert_eq!(admit(Destination::Account(account_id(105))), Ok(()));
        let (room, account) = (room_id(105), account_id(20));
        assert_eq!(
            admit(Destination::Room(room)),
            Err(PolicyViolation::UnknownRoom(room))
        );
        assert_eq!(
            admit(Destination::Account(account)),
            Err(PolicyViolation::UnknownAccount(account))
        );
    }

    #[test]
    fn our_own_tags_are_admitted() {
        assert_eq!(
            admit("[To:101] 佐藤さん\n[info][title]来訪[/title]山田[hr][/info]"),
            Ok(())
        );
    }

    #[test]
    fn whatever_else_opens_a_bracket_is_refused() {
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
                matches!(admit(tag), Err(PolicyViolation::ForbiddenTag(_))),
                "{tag} should be refused"
            );
        }
        assert_eq!(admit("［toall］ a]b"), Ok(()));
    }

    #[test]
    fn only_hosts_can_be_mentioned() {
        for id in [104, 1, u64::MAX] {
            assert_eq!(
                admit(&format!("[To:{id}]")),
                Err(PolicyViolation::UnknownMention(id))
            );
        }
    }

    #[test]
    fn a_text_carries_its_reference_and_has_a_length() {
        let policy = OutboundPolicy::of(&office(|_| {}));
        let admit = |text: &str| policy.check(&Destination::Room(room_id(1)), text, reference());
        let number = reference().to_string();
        assert_eq!(admit(" \n"), Err(PolicyViolation::EmptyText));
        assert_eq!(
            admit("来訪"),
            Err(PolicyViolation::MissingReference(number.clone()))
        );
        let full = "a".repeat(MAX_TEXT_BYTES - number.len()) + &number;
        assert_eq!(admit(&full), Ok(()));
        assert_eq!(
            admit(&format!("{full}a")),
            Err(PolicyViolation::TextTooLong(MAX_TEXT_BYTES + 1))
        );
    }
}
