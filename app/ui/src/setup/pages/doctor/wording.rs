//! Texts for findings.

use yobirin_domain::diagnose::Finding;
use yobirin_domain::model::id::{GroupId, HostId, RoomId};
use yobirin_domain::routing::Target;
use yobirin_domain::stream::StreamTrouble;

use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;

/// Maximum of names in one sentence.
const MAX_LISTED_NAMES: usize = 5;

/// Texts for findings, tracking names.
#[derive(Clone, Copy)]
pub(crate) struct Wording {
    names: DisplayNames,
    words: &'static Words,
}

impl Wording {
    pub(crate) fn from_context() -> Self {
        Self {
            names: DisplayNames::from_context(),
            words: words(),
        }
    }

    /// Name for tests, problem, advice.
    pub(crate) fn of(self, finding: &Finding) -> (&'static str, String, &'static str) {
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
                self.room(w.room_without_bot, *room, *default, groups),
                w.room_without_bot_fix,
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
                    w.no_account_namesake
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
            Finding::StepReachesNobody { calls, .. } => (
                "step-reaches-nobody",
                fill(w.step_reaches_nobody, &[("names", &self.targets(calls))]),
                w.step_reaches_nobody_fix,
            ),
            Finding::CannotAnswer { room, hosts } => (
                "cannot-answer",
                fill(
                    w.cannot_answer,
                    &[
                        ("room", &self.names.room(*room)),
                        ("names", &self.hosts(hosts)),
                    ],
                ),
                w.cannot_answer_fix,
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
                let (kind, text) = match trouble {
                    StreamTrouble::HeldBack => ("events-held-back", w.events_held_back),
                    StreamTrouble::Cut => ("events-cut", w.events_cut),
                };
                let text = fill(text, &[("name", &self.names.device(device))]);
                (kind, text, w.late_events_fix)
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
                self.words.route_trace.list_separator,
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
        let names = hosts
            .iter()
            .take(MAX_LISTED_NAMES)
            .map(|id| self.names.host(id));
        self.join_names(&names.collect::<Vec<_>>(), hosts.len())
    }

    fn groups(self, groups: &[GroupId]) -> String {
        let names = groups
            .iter()
            .take(MAX_LISTED_NAMES)
            .map(|id| self.names.group(id));
        self.join_names(&names.collect::<Vec<_>>(), groups.len())
    }

    fn targets(self, targets: &[Target]) -> String {
        let names = targets
            .iter()
            .take(MAX_LISTED_NAMES)
            .map(|target| match target {
                Target::Host(id) => self.names.host(id),
                Target::Group(id) => self.names.group(id),
                Target::Staff => self.words.route_trace.staff.to_owned(),
            });
        self.join_names(&names.collect::<Vec<_>>(), targets.len())
    }

    fn join_names(self, names: &[String], all: usize) -> String {
        let listed = names.join(self.words.route_trace.list_separator);
        match all.saturating_sub(MAX_LISTED_NAMES) {
            0 => listed,
            more => {
                let gaps = [("names", listed.as_str()), ("count", &more.to_string())];
                fill(self.words.doctor.and_more, &gaps)
            }
        }
    }
}
