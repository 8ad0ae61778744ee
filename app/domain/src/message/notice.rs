//! Notice that a message goes to somebody other than the called host: to the delegates of an absent host; or to a
//! room, because the host has no Chatwork account, or is absent and has no delegates.

use super::escape;
use crate::model::directory::Host;
use crate::model::id::HostId;
use crate::model::lang::Lang;
use crate::model::settings::Settings;
use crate::routing::{Delivery, Destination, Resolution, Target, TraceStep};

/// Maximum length of a name, in characters. Keeps the longest message below [`crate::message::MAX_TEXT_BYTES`].
const MAX_NAME_CHARS: usize = 40;

/// Reason for which a message goes to somebody other than the called host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason<'a> {
    /// The host is absent; the message is for the delegates.
    Absent(&'a HostId),
    /// The host is absent and has no delegates; the message is for the readers of the room.
    AbsentWithoutDelegates(&'a HostId),
    /// The host has no Chatwork account.
    NoAccount(&'a HostId),
}

/// Notice of one delivery in the office's own language; `""` when none is needed.
pub(super) fn notice(
    settings: &Settings,
    target: &Target,
    resolution: &Resolution,
    delivery: &Delivery,
) -> String {
    let office_language = settings.site().office_language();
    let Some(reason) = reason(settings, target, &resolution.trace, delivery) else {
        return String::new();
    };
    let (Reason::Absent(id) | Reason::AbsentWithoutDelegates(id) | Reason::NoAccount(id)) = reason;
    let name = settings.host(id).map_or("", |host| host.name.as_str());
    let name = escape(name, MAX_NAME_CHARS);
    match (reason, office_language) {
        (Reason::Absent(_), Lang::Ja) => {
            format!("（{name}さんは不在のため、代理の方へお知らせしています）")
        }
        (Reason::AbsentWithoutDelegates(_), Lang::Ja) => {
            format!("（{name}さんは不在で、代理の方がいません。お近くの方のご対応をお願いします）")
        }
        (Reason::NoAccount(_), Lang::Ja) => {
            format!("（{name}さんのChatworkアカウントが未登録のため、こちらにお知らせしています）")
        }
        (Reason::Absent(_), _) => format!("{name} is absent, so the delegates are notified."),
        (Reason::AbsentWithoutDelegates(_), _) => {
            format!(
                "{name} is absent and has no delegate. Would someone please attend to the visitor."
            )
        }
        (Reason::NoAccount(_), _) => {
            format!("{name} has no Chatwork account registered, so this is sent here.")
        }
    }
}

/// Reason for the notice of one delivery; `None` when it goes to a host who was called. For a group or the staff, in
/// which several hosts may be absent, the first one with delegates counts.
fn reason<'a>(
    settings: &Settings,
    target: &'a Target,
    trace: &'a [TraceStep],
    delivery: &Delivery,
) -> Option<Reason<'a>> {
    let mut absences = trace.iter().filter_map(|step| match step {
        TraceStep::AbsentSoDelegates { host, delegates } => Some((host, delegates)),
        _ => None,
    });
    let private_chat_host = match delivery.to {
        Destination::Account(account) => {
            let has_account = |host: &&Host| host.account == Some(account);
            settings
                .hosts()
                .iter()
                .find(has_account)
                .map(|host| &host.id)
        }
        Destination::Room(_) => None,
    };
    if let Some(reader) = private_chat_host {
        if is_called(settings, target, reader) {
            return None;
        }
        let absence = absences.find(|(_, delegates)| delegates.contains(reader));
        return absence.map(|(host, _)| Reason::Absent(host));
    }
    if let Target::Host(called) = target {
        if let Some((_, delegates)) = absences.find(|(host, _)| *host == called) {
            return Some(if delegates.is_empty() {
                Reason::AbsentWithoutDelegates(called)
            } else {
                Reason::Absent(called)
            });
        }
        let has_no_account = trace
            .iter()
            .any(|step| matches!(step, TraceStep::HostWithoutAccount { .. }));
        return has_no_account.then_some(Reason::NoAccount(called));
    }
    let absence = absences.find(|(_, delegates)| !delegates.is_empty());
    absence.map(|(host, _)| Reason::Absent(host))
}

/// True when the host is called directly or as an in-charge host.
fn is_called(settings: &Settings, target: &Target, host: &HostId) -> bool {
    match target {
        Target::Host(called) => called == host,
        Target::Group(id) => {
            let group = settings.group(id);
            group.is_some_and(|group| group.in_charge.contains(host))
        }
        Target::Staff => false,
    }
}
