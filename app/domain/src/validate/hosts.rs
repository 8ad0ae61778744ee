//! Validation of hosts: texts, account, groups and delegates.

use std::collections::BTreeSet;

use super::{Problems, ValidationError, list, text_limits};
use crate::model::directory::Host;
use crate::model::id::HostId;
use crate::model::settings::SettingsDocument;
use crate::routing::MAX_RECIPIENTS;
use crate::text::Lines;

pub(super) fn check(document: &SettingsDocument, problems: &mut Problems) {
    let hosts = document.hosts.iter().enumerate();
    let known = list::check_ids(hosts.map(|(i, host)| (path(i), &host.id)), problems);
    let groups = document.groups.iter().map(|group| &group.id).collect();
    let mut accounts = BTreeSet::new();
    for (i, host) in document.hosts.iter().enumerate() {
        let path = path(i);
        check_texts(&path, host, problems);
        check_absence(&path, host, problems);
        if let Some(account) = host.account.filter(|&account| !accounts.insert(account)) {
            let account = account.get();
            problems.add(
                format!("{path}.account"),
                ValidationError::DuplicateAccount { account },
            );
        }
        let groups_path = format!("{path}.groups");
        list::check_references(
            &groups_path,
            &host.groups,
            &groups,
            list::unknown_group,
            problems,
        );
        check_delegates(&path, host, &known, problems);
    }
}

fn path(i: usize) -> String {
    format!("hosts[{i}]")
}

fn check_texts(path: &str, host: &Host, problems: &mut Problems) {
    problems.check_required_line(
        &format!("{path}.name"),
        &host.name,
        text_limits::MAX_NAME_CHARS,
    );
    problems.check_line(
        &format!("{path}.kana"),
        &host.kana,
        text_limits::MAX_NAME_CHARS,
    );
    problems.check_line(
        &format!("{path}.display_name"),
        &host.display_name,
        text_limits::MAX_NAME_CHARS,
    );
    problems.check_line(
        &format!("{path}.latin_name"),
        &host.latin_name,
        text_limits::MAX_NAME_CHARS,
    );
    problems.check_text(
        &format!("{path}.visitor_message"),
        &host.visitor_message,
        text_limits::MAX_VISITOR_MESSAGE_CHARS,
        Lines::Many,
    );
    if host.search_keys.len() > text_limits::MAX_SEARCH_KEYS {
        problems.add(
            format!("{path}.search_keys"),
            ValidationError::TooMany {
                max: text_limits::MAX_SEARCH_KEYS,
            },
        );
    }
    for (i, key) in host.search_keys.iter().enumerate() {
        problems.check_required_line(
            &format!("{path}.search_keys[{i}]"),
            key,
            text_limits::MAX_SEARCH_KEY_CHARS,
        );
    }
}

/// Checks that an absence with a first day has a last day, which is not before it.
fn check_absence(path: &str, host: &Host, problems: &mut Problems) {
    let Some(first) = host.absent_from else {
        return;
    };
    let path = format!("{path}.absent_until");
    match host.absent_until {
        None => problems.add(path, ValidationError::Empty),
        Some(last) if last < first => problems.add(path, ValidationError::EndsBeforeItBegins),
        Some(_) => {}
    }
}

fn check_delegates(
    path: &str,
    host: &Host,
    known: &list::KnownIds<'_, HostId>,
    problems: &mut Problems,
) {
    let path = format!("{path}.delegates");
    list::check_references(&path, &host.delegates, known, list::unknown_host, problems);
    if let Some(i) = host.delegates.iter().position(|id| *id == host.id) {
        problems.add(format!("{path}[{i}]"), ValidationError::OwnDelegate);
    }
    if host.delegates.len() >= MAX_RECIPIENTS {
        problems.add(
            path,
            ValidationError::TooMany {
                max: MAX_RECIPIENTS - 1,
            },
        );
    }
}
