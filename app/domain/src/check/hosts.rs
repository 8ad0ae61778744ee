//! Hosts: their words, their account, the groups they belong to and those who stand in for them.

use std::collections::BTreeSet;

use super::{Fault, Problems, limits, list};
use crate::directory::Host;
use crate::route::MAX_PEOPLE;
use crate::settings::SettingsDocument;
use crate::text::Lines;

pub(super) fn check(document: &SettingsDocument, problems: &mut Problems) {
    let places = document.hosts.iter().enumerate();
    let known = list::ids(places.map(|(i, host)| (path(i), &host.id)), problems);
    let groups = document.groups.iter().map(|group| &group.id).collect();
    let mut accounts = BTreeSet::new();
    for (i, host) in document.hosts.iter().enumerate() {
        let path = path(i);
        words(&path, host, problems);
        if let Some(account) = host.account.filter(|&account| !accounts.insert(account)) {
            let account = account.get();
            problems.add(
                format!("{path}.account"),
                Fault::DuplicateAccount { account },
            );
        }
        let place = format!("{path}.groups");
        list::references(&place, &host.groups, &groups, list::unknown_group, problems);
        delegates(&path, host, &known, problems);
    }
}

fn path(i: usize) -> String {
    format!("hosts[{i}]")
}

fn words(path: &str, host: &Host, problems: &mut Problems) {
    problems.required(&format!("{path}.name"), &host.name, limits::NAME);
    problems.optional(&format!("{path}.kana"), &host.kana, limits::NAME);
    problems.optional(
        &format!("{path}.display_name"),
        &host.display_name,
        limits::NAME,
    );
    problems.text(
        &format!("{path}.visitor_message"),
        &host.visitor_message,
        limits::VISITOR_MESSAGE,
        Lines::Many,
    );
    if host.search_keys.len() > limits::SEARCH_KEYS {
        problems.add(
            format!("{path}.search_keys"),
            Fault::TooMany {
                max: limits::SEARCH_KEYS,
            },
        );
    }
    for (i, key) in host.search_keys.iter().enumerate() {
        problems.required(&format!("{path}.search_keys[{i}]"), key, limits::SEARCH_KEY);
    }
}

fn delegates(
    path: &str,
    host: &Host,
    known: &list::Known<'_, crate::id::HostId>,
    problems: &mut Problems,
) {
    let place = format!("{path}.delegates");
    list::references(&place, &host.delegates, known, list::unknown_host, problems);
    if let Some(i) = host.delegates.iter().position(|id| *id == host.id) {
        problems.add(format!("{place}[{i}]"), Fault::OwnDelegate);
    }
    if host.delegates.len() >= MAX_PEOPLE {
        problems.add(
            place,
            Fault::TooMany {
                max: MAX_PEOPLE - 1,
            },
        );
    }
}
