//! The sentence that tells why a message goes to somebody else than whom the visitor called: an absent
//! host's delegates, or a room because the host has no Chatwork account.

use super::escape;
use crate::model::directory::Host;
use crate::model::id::HostId;
use crate::model::lang::Lang;
use crate::model::settings::Settings;
use crate::routing::{Delivery, Destination, Resolution, Target, TraceStep};

/// Longest name in it, in characters: with everything else at its longest, a message stays below
/// [`crate::message::MAX_TEXT_BYTES`].
const MAX_NAME_CHARS: usize = 40;

/// Why somebody else is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why<'a> {
    /// This host is absent; the message is for those who stand in.
    Absent(&'a HostId),
    /// This host is absent, and nobody stands in.
    AbsentAlone(&'a HostId),
    /// This host has no Chatwork account, so no message can be theirs.
    NoAccount(&'a HostId),
}

/// The notice of one delivery in the office's own language; `""` when those are told who were called.
pub(super) fn notice(
    settings: &Settings,
    target: &Target,
    resolution: &Resolution,
    delivery: &Delivery,
) -> String {
    let own = settings.site().own_language();
    let Some(why) = why(settings, target, &resolution.trace, delivery) else {
        return String::new();
    };
    let (Why::Absent(id) | Why::AbsentAlone(id) | Why::NoAccount(id)) = why;
    let host = settings.host(id).map_or("", |host| host.name.as_str());
    let name = escape(host, MAX_NAME_CHARS);
    match (why, own) {
        (Why::Absent(_), Lang::Ja) => {
            format!("（{name}さんは不在のため、代理の方へお知らせしています）")
        }
        (Why::AbsentAlone(_), Lang::Ja) => {
            format!("（{name}さんは不在で、代理の方がいません。お近くの方のご対応をお願いします）")
        }
        (Why::NoAccount(_), Lang::Ja) => {
            format!("（{name}さんのChatworkアカウントが未登録のため、こちらにお知らせしています）")
        }
        (Why::Absent(_), _) => format!("{name} is absent, so whoever stands in is told."),
        (Why::AbsentAlone(_), _) => {
            format!("{name} is absent and nobody stands in. Please, somebody see to the visitor.")
        }
        (Why::NoAccount(_), _) => {
            format!("{name} has no Chatwork account on record, so this is sent here.")
        }
    }
}

fn why<'a>(
    settings: &Settings,
    target: &'a Target,
    trace: &'a [TraceStep],
    delivery: &Delivery,
) -> Option<Why<'a>> {
    let mut absences = trace.iter().filter_map(|step| match step {
        TraceStep::AbsentSoDelegates { host, delegates } => Some((host, delegates)),
        _ => None,
    });
    let reader = match delivery.to {
        Destination::Account(account) => {
            let is_theirs = |host: &&Host| host.account == Some(account);
            settings.hosts().iter().find(is_theirs).map(|host| &host.id)
        }
        Destination::Room(_) => None,
    };
    if let Some(reader) = reader {
        // In a private chat: a delegate is told for whom, and nobody else has to be told anything.
        let mut theirs = absences.filter(|(_, delegates)| delegates.contains(reader));
        return theirs
            .next()
            .map(|(host, _)| Why::Absent(host))
            .filter(|_| !is_called(settings, target, reader));
    }
    if let Target::Host(called) = target {
        if let Some((_, delegates)) = absences.find(|(host, _)| *host == called) {
            return Some(match delegates.is_empty() {
                true => Why::AbsentAlone(called),
                false => Why::Absent(called),
            });
        }
        let is_it = |step: &TraceStep| matches!(step, TraceStep::HostWithoutAccount { .. });
        return trace.iter().any(is_it).then_some(Why::NoAccount(called));
    }
    let mut stood_in_for = absences.filter(|(_, delegates)| !delegates.is_empty());
    stood_in_for.next().map(|(host, _)| Why::Absent(host))
}

/// True when the visitor's call means this host themselves.
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
