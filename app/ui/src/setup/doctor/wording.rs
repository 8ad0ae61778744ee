//! Findings in the reader's words: what is wrong, and what it means.

use yobirin_domain::diagnose::Finding;
use yobirin_domain::model::id::{GroupId, HostId, RoomId};
use yobirin_domain::stream::StreamTrouble;

use crate::locale::fill;
use crate::locale::setup::{Words, counted};
use crate::setup::names::Names;
use crate::setup::nav::words;

/// Most names in one sentence.
const NAMED: usize = 5;

/// Words for findings, following names.
#[derive(Clone, Copy)]
pub(in crate::setup) struct Wording {
    names: Names,
    words: &'static Words,
}

impl Wording {
    pub(in crate::setup) fn here() -> Self {
        Self {
            names: Names::here(),
            words: words(),
        }
    }

    /// A name for tests, what is wrong, and what it means.
    pub(in crate::setup) fn of(self, finding: &Finding) -> (&'static str, String, &'static str) {
        let w = &self.words.doctor;
        let host = |id: &HostId| self.names.host(id);
        let plain = str::to_owned;
        match finding {
            Finding::NotConnected => ("not-connected", plain(w.not_connected), w.not_connected_fix),
            Finding::TokenRefused => ("token-refused", plain(w.token_refused), w.token_refused_fix),
            Finding::NoDefaultRoom => (
                "no-default-room",
                plain(w.no_default_room),
                w.no_default_room_fix,
            ),
            Finding::UnreadableEntries { count } => (
                "unreadable-entries",
                counted(w.unreadable_entries, *count),
                w.unreadable_entries_fix,
            ),
            Finding::UnavailableRoom {
                room,
                default,
                groups,
                ..
            } => (
                "dead-room",
                self.room(w.dead_room, *room, *default, groups),
                w.dead_room_fix,
            ),
            Finding::NotAGroupChat {
                room,
                default,
                groups,
            } => (
                "not-a-group-chat",
                self.room(w.not_a_group_chat, *room, *default, groups),
                w.not_a_group_chat_fix,
            ),
            Finding::SharedAccount { account, hosts } => (
                "shared-account",
                fill(
                    w.shared_account,
                    &[("id", &account.to_string()), ("names", &self.hosts(hosts))],
                ),
                w.shared_account_fix,
            ),
            Finding::BotIsHost { host: id } => (
                "bot-is-host",
                fill(w.bot_is_host, &[("name", &host(id))]),
                w.bot_is_host_fix,
            ),
            Finding::NotAContact { host: id, request } => (
                "not-a-contact",
                fill(w.not_a_contact, &[("name", &host(id))]),
                if request.is_some() {
                    w.not_a_contact_asked
                } else {
                    w.not_a_contact_fix
                },
            ),
            Finding::UnknownAccount { host: id, .. } => (
                "unknown-account",
                fill(w.unknown_account, &[("name", &host(id))]),
                w.unknown_account_fix,
            ),
            Finding::NotInRoom { room, hosts } => (
                "not-in-room",
                fill(
                    w.not_in_room,
                    &[
                        ("room", &self.names.room(*room)),
                        ("names", &self.hosts(hosts)),
                    ],
                ),
                w.not_in_room_fix,
            ),
            Finding::NoAccount {
                host: id,
                suggestion,
            } => (
                "no-account",
                fill(w.no_account, &[("name", &host(id))]),
                if suggestion.is_some() {
                    w.no_account_known
                } else {
                    w.no_account_fix
                },
            ),
            Finding::NobodyInCharge { group } => (
                "nobody-in-charge",
                fill(w.nobody_in_charge, &[("name", &self.names.group(group))]),
                w.nobody_in_charge_fix,
            ),
            Finding::NobodyMentioned { groups } => (
                "nobody-mentioned",
                fill(w.nobody_mentioned, &[("names", &self.groups(groups))]),
                w.nobody_mentioned_fix,
            ),
            Finding::AbsentWithDelegates { host: id } => (
                "absent-with-delegates",
                fill(w.absent_with_delegates, &[("name", &host(id))]),
                w.absent_fix,
            ),
            Finding::AbsentWithoutDelegate { host: id } => (
                "absent-alone",
                fill(w.absent_alone, &[("name", &host(id))]),
                w.absent_fix,
            ),
            Finding::EmptyMenu { device } => (
                "empty-menu",
                fill(w.empty_menu, &[("name", &self.names.device(device))]),
                w.empty_menu_fix,
            ),
            Finding::NotPaired { device } => (
                "not-paired",
                fill(w.not_paired, &[("name", &self.names.device(device))]),
                w.not_paired_fix,
            ),
            Finding::LateEvents { device, trouble } => {
                let (kind, says) = match trouble {
                    StreamTrouble::HeldBack => ("events-held-back", w.events_held_back),
                    StreamTrouble::Cut => ("events-cut", w.events_cut),
                };
                let says = fill(says, &[("name", &self.names.device(device))]);
                (kind, says, w.late_events_fix)
            }
            Finding::UnreachableGroups { groups } => (
                "unreachable-groups",
                fill(w.unreachable_groups, &[("names", &self.groups(groups))]),
                w.unreachable_groups_fix,
            ),
            Finding::RequestWaiting { request, .. } => (
                "request-waiting",
                fill(w.request_waiting, &[("name", &request.name)]),
                w.request_waiting_fix,
            ),
        }
    }

    fn room(self, sentence: &str, room: RoomId, default: bool, groups: &[GroupId]) -> String {
        let w = &self.words.doctor;
        let owners = match (default, groups) {
            (true, []) => w.default_room.to_owned(),
            (true, groups) => format!(
                "{}{}{}",
                w.default_room,
                self.words.trace.and,
                self.groups(groups)
            ),
            (false, groups) => self.groups(groups),
        };
        fill(
            sentence,
            &[("room", &self.names.room(room)), ("owners", &owners)],
        )
    }

    fn hosts(self, hosts: &[HostId]) -> String {
        let names = hosts.iter().take(NAMED).map(|id| self.names.host(id));
        self.some(&names.collect::<Vec<_>>(), hosts.len())
    }

    fn groups(self, groups: &[GroupId]) -> String {
        let names = groups.iter().take(NAMED).map(|id| self.names.group(id));
        self.some(&names.collect::<Vec<_>>(), groups.len())
    }

    fn some(self, names: &[String], all: usize) -> String {
        let listed = names.join(self.words.trace.and);
        match all.saturating_sub(NAMED) {
            0 => listed,
            more => {
                let gaps = [("names", listed.as_str()), ("count", &more.to_string())];
                fill(self.words.doctor.and_more, &gaps)
            }
        }
    }
}
