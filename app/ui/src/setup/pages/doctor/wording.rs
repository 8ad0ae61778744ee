//! Texts for findings.

use yobirin_domain::diagnose::Finding;
use yobirin_domain::model::id::{GroupId, HostId, RoomId};
use yobirin_domain::routing::Target;
use yobirin_domain::stream::StreamTrouble;

use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::escalation::target_name;

/// Maximum of names in one sentence.
const MAX_LISTED_NAMES: usize = 5;

/// Texts for findings, with the names of the draft.
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

    /// Name of a finding for tests, sentence about the problem, and advice.
    pub(crate) fn of(self, finding: &Finding) -> (&'static str, String, &'static str) {
        let texts = &self.words.doctor;
        let host = |id: &HostId| self.names.host(id);
        let without_names = str::to_owned;
        match finding {
            Finding::NotConnected => (
                "not-connected",
                without_names(texts.not_connected),
                texts.not_connected_fix,
            ),
            Finding::TokenRefused => (
                "token-refused",
                without_names(texts.token_refused),
                texts.token_refused_fix,
            ),
            Finding::NoDefaultRoom => (
                "no-default-room",
                without_names(texts.no_default_room),
                texts.no_default_room_fix,
            ),
            Finding::UnreadableEntries { count } => (
                "unreadable-entries",
                counted(texts.unreadable_entries, *count),
                texts.unreadable_entries_fix,
            ),
            Finding::UnavailableRoom {
                room,
                is_default,
                groups,
                ..
            } => (
                "dead-room",
                self.room_sentence(texts.room_without_bot, *room, *is_default, groups),
                texts.room_without_bot_fix,
            ),
            Finding::NotAGroupChat {
                room,
                is_default,
                groups,
            } => (
                "not-a-group-chat",
                self.room_sentence(texts.not_a_group_chat, *room, *is_default, groups),
                texts.not_a_group_chat_fix,
            ),
            Finding::SharedAccount { account, hosts } => (
                "shared-account",
                fill(
                    texts.shared_account,
                    &[("id", &account.to_string()), ("names", &self.hosts(hosts))],
                ),
                texts.shared_account_fix,
            ),
            Finding::BotIsHost { host: id } => (
                "bot-is-host",
                fill(texts.bot_is_host, &[("name", &host(id))]),
                texts.bot_is_host_fix,
            ),
            Finding::NotAContact { host: id, request } => (
                "not-a-contact",
                fill(texts.not_a_contact, &[("name", &host(id))]),
                if request.is_some() {
                    texts.not_a_contact_asked
                } else {
                    texts.not_a_contact_fix
                },
            ),
            Finding::UnknownAccount { host: id, .. } => (
                "unknown-account",
                fill(texts.unknown_account, &[("name", &host(id))]),
                texts.unknown_account_fix,
            ),
            Finding::NotInRoom { room, hosts } => (
                "not-in-room",
                fill(
                    texts.not_in_room,
                    &[
                        ("room", &self.names.room(*room)),
                        ("names", &self.hosts(hosts)),
                    ],
                ),
                texts.not_in_room_fix,
            ),
            Finding::NoAccount {
                host: id,
                suggestion,
            } => (
                "no-account",
                fill(texts.no_account, &[("name", &host(id))]),
                if suggestion.is_some() {
                    texts.no_account_namesake
                } else {
                    texts.no_account_fix
                },
            ),
            Finding::NobodyInCharge { group } => (
                "nobody-in-charge",
                fill(
                    texts.nobody_in_charge,
                    &[("name", &self.names.group(group))],
                ),
                texts.nobody_in_charge_fix,
            ),
            Finding::NobodyMentioned { groups } => (
                "nobody-mentioned",
                fill(texts.nobody_mentioned, &[("names", &self.groups(groups))]),
                texts.nobody_mentioned_fix,
            ),
            Finding::StaffUnmentioned { groups } => (
                "staff-unmentioned",
                without_names(texts.staff_unmentioned),
                if groups.is_empty() {
                    texts.staff_unmentioned_fix
                } else {
                    texts.staff_unmentioned_in_charge
                },
            ),
            Finding::AbsentWithDelegates { host: id } => (
                "absent-with-delegates",
                fill(texts.absent_with_delegates, &[("name", &host(id))]),
                texts.absent_fix,
            ),
            Finding::AbsentWithoutDelegate { host: id } => (
                "absent-alone",
                fill(texts.absent_alone, &[("name", &host(id))]),
                texts.absent_fix,
            ),
            Finding::StepReachesNobody { to, device, calls } => {
                let device_name = device.as_ref().map(|id| self.names.device(id));
                let sentence = match device {
                    Some(_) => texts.step_reaches_nobody_at,
                    None => texts.step_reaches_nobody,
                };
                let text = fill(
                    sentence,
                    &[
                        ("names", &self.targets(calls)),
                        ("target", target_name(self.words, *to)),
                        ("device", &device_name.unwrap_or_default()),
                    ],
                );
                ("step-reaches-nobody", text, texts.step_reaches_nobody_fix)
            }
            Finding::CannotAnswer { room, hosts } => (
                "cannot-answer",
                fill(
                    texts.cannot_answer,
                    &[
                        ("room", &self.names.room(*room)),
                        ("names", &self.hosts(hosts)),
                    ],
                ),
                texts.cannot_answer_fix,
            ),
            Finding::BotCannotPost { room } => (
                "bot-cannot-post",
                fill(texts.bot_cannot_post, &[("room", &self.names.room(*room))]),
                texts.cannot_answer_fix,
            ),
            Finding::EmptyMenu { device } => (
                "empty-menu",
                fill(texts.empty_menu, &[("name", &self.names.device(device))]),
                texts.empty_menu_fix,
            ),
            Finding::NotPaired { device } => (
                "not-paired",
                fill(texts.not_paired, &[("name", &self.names.device(device))]),
                texts.not_paired_fix,
            ),
            Finding::SilentTablet { device } => (
                "silent-tablet",
                fill(texts.silent_tablet, &[("name", &self.names.device(device))]),
                texts.silent_tablet_fix,
            ),
            Finding::LateEvents { device, trouble } => {
                let (kind, text) = match trouble {
                    StreamTrouble::HeldBack => ("events-held-back", texts.events_held_back),
                    StreamTrouble::Cut => ("events-cut", texts.events_cut),
                };
                let text = fill(text, &[("name", &self.names.device(device))]);
                (kind, text, texts.late_events_fix)
            }
            Finding::NoFurigana { count } => (
                "no-furigana",
                counted(texts.no_furigana, *count),
                texts.no_furigana_fix,
            ),
            Finding::NoReminders => (
                "no-reminders",
                texts.no_reminders.to_owned(),
                texts.no_reminders_fix,
            ),
            Finding::NoExitPin => (
                "no-exit-pin",
                texts.no_exit_pin.to_owned(),
                texts.no_exit_pin_fix,
            ),
            Finding::NoAlarmRoom => (
                "no-alarm-room",
                texts.no_alarm_room.to_owned(),
                texts.no_alarm_room_fix,
            ),
            Finding::UnavailableAlarmRoom { room } => (
                "dead-alarm-room",
                fill(texts.dead_alarm_room, &[("room", &self.names.room(*room))]),
                texts.dead_alarm_room_fix,
            ),
            Finding::UnreachableGroups { groups } => (
                "unreachable-groups",
                fill(texts.unreachable_groups, &[("names", &self.groups(groups))]),
                texts.unreachable_groups_fix,
            ),
            Finding::UntranslatedGroups { groups } => (
                "untranslated-groups",
                fill(
                    texts.untranslated_groups,
                    &[("names", &self.groups(groups))],
                ),
                texts.untranslated_groups_fix,
            ),
            Finding::ReadInDefaultRoom { groups, readers } => (
                "read-in-default-room",
                fill(
                    &counted(texts.read_in_default_room, *readers),
                    &[("names", &self.groups(groups))],
                ),
                texts.read_in_default_room_fix,
            ),
            Finding::RequestWaiting { request, host } => (
                "request-waiting",
                fill(texts.request_waiting, &[("name", &request.name)]),
                if host.is_some() {
                    texts.request_waiting_fix
                } else {
                    texts.request_of_stranger_fix
                },
            ),
        }
    }

    /// Confirmation once a button of the finding's card has repaired it.
    pub(crate) fn of_repaired(self, finding: &Finding) -> &'static str {
        let texts = &self.words.doctor;
        match finding {
            Finding::RequestWaiting { host: None, .. } => texts.accepted_stranger,
            Finding::RequestWaiting { .. } | Finding::NotAContact { .. } => texts.accepted_host,
            _ => texts.repaired_unsaved,
        }
    }

    /// Sentence about a room, with the groups whose room it is; `is_default` is true when it is the default room too.
    fn room_sentence(
        self,
        sentence: &str,
        room: RoomId,
        is_default: bool,
        groups: &[GroupId],
    ) -> String {
        let texts = &self.words.doctor;
        let mut owners = Vec::new();
        if is_default {
            owners.push(texts.default_room.to_owned());
        }
        if !groups.is_empty() {
            owners.push(self.groups(groups));
        }
        let owners = owners.join(self.words.names.list_separator);
        fill(
            sentence,
            &[("room", &self.names.room(room)), ("owners", &owners)],
        )
    }

    /// Names of hosts, at most [`MAX_LISTED_NAMES`] of them.
    fn hosts(self, hosts: &[HostId]) -> String {
        let names = hosts
            .iter()
            .take(MAX_LISTED_NAMES)
            .map(|id| self.names.host(id));
        self.join_names(&names.collect::<Vec<_>>(), hosts.len())
    }

    /// Names of groups, at most [`MAX_LISTED_NAMES`] of them.
    fn groups(self, groups: &[GroupId]) -> String {
        let names = groups
            .iter()
            .take(MAX_LISTED_NAMES)
            .map(|id| self.names.group(id));
        self.join_names(&names.collect::<Vec<_>>(), groups.len())
    }

    /// Names of targets, at most [`MAX_LISTED_NAMES`] of them.
    fn targets(self, targets: &[Target]) -> String {
        let names = targets
            .iter()
            .take(MAX_LISTED_NAMES)
            .map(|target| self.names.target(target));
        self.join_names(&names.collect::<Vec<_>>(), targets.len())
    }

    /// The listed names, then the number of the others of `total`.
    fn join_names(self, names: &[String], total: usize) -> String {
        let listed = names.join(self.words.names.list_separator);
        match total.saturating_sub(MAX_LISTED_NAMES) {
            0 => listed,
            more => {
                let values = [("names", listed.as_str()), ("count", &more.to_string())];
                fill(self.words.doctor.and_more, &values)
            }
        }
    }
}
