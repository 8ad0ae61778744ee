//! Rows of people: whom each means, and what it makes of them.

mod fill;

use std::collections::{BTreeMap, HashMap};

use self::fill::{
    account_of, candidate, changes, is_yes, kana_of, memberships, name_of, search_keys, text,
};
use super::{Cells, Choice, ImportContext, IssueKind, RowOutcome};
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::lookup::{LookupError, name_key};
use crate::csv::record::is_same_value;
use crate::model::directory::Host;
use crate::model::id::{AccountId, HostId};
use crate::model::settings::SettingsDocument;
use crate::validate::text_limits;

/// The people there are, and those the file has brought so far.
pub(super) struct HostImport {
    by_id: HashMap<HostId, usize>,
    by_account: HashMap<AccountId, usize>,
    /// People who were here before the file, by name.
    by_name: HashMap<String, Vec<usize>>,
    /// New people by name, with their lines.
    new_names: HashMap<String, usize>,
    /// Lines by the person they mean.
    taken: BTreeMap<usize, usize>,
    /// Person and place among the proposal's lines, by line.
    done: BTreeMap<usize, (usize, usize)>,
}

/// Whom a row means.
enum HostMatch {
    Existing { at: usize, by_id: bool },
    New,
    Ambiguous(Vec<usize>),
    Skipped,
}

impl HostImport {
    pub(super) fn of(document: &SettingsDocument) -> Self {
        let mut all = Self {
            by_id: HashMap::new(),
            by_account: HashMap::new(),
            by_name: HashMap::new(),
            new_names: HashMap::new(),
            taken: BTreeMap::new(),
            done: BTreeMap::new(),
        };
        for (at, host) in document.hosts.iter().enumerate() {
            all.by_id.entry(host.id.clone()).or_insert(at);
            if let Some(account) = host.account {
                all.by_account.entry(account).or_insert(at);
            }
            all.by_name
                .entry(name_key(&host.name))
                .or_default()
                .push(at);
        }
        all
    }

    /// One row's own values.
    pub(super) fn row(&mut self, cells: &Cells<'_>, context: &mut ImportContext) {
        let line = cells.line;
        let name = name_of(cells, context);
        let account = account_of(cells, context);
        let id = cells.id(context);
        let (at, by_id) = match self.find_match(cells, context, &name, account, id.as_ref()) {
            HostMatch::Skipped => {
                context.add_row(line, name, RowOutcome::Skipped);
                return;
            }
            HostMatch::Ambiguous(who) => {
                let candidates = who.into_iter().map(|at| candidate(at, context)).collect();
                context.add_row(line, name, RowOutcome::Ambiguous(candidates));
                return;
            }
            HostMatch::Existing { at, by_id } => (Some(at), by_id),
            HostMatch::New => (None, false),
        };
        if let Some(earlier) = at.and_then(|at| self.taken.get(&at)).copied() {
            context.add_issue(line, None, &name, IssueKind::DuplicateRow { line: earlier });
            context.add_row(line, name, RowOutcome::Skipped);
            return;
        }
        let before = at.map(|at| context.proposal.document.hosts[at].clone());
        if before.is_none() {
            if is_yes(cells, Field::HasLeft) {
                context.add_issue(line, None, &name, IssueKind::HostHasLeft);
                context.add_row(line, name, RowOutcome::Skipped);
                return;
            }
            if name.is_empty() {
                context.add_issue(line, None, "", IssueKind::MissingName);
                context.add_row(line, "", RowOutcome::Skipped);
                return;
            }
            // An id or an account tells namesakes apart.
            let only_name = id.is_none() && account.is_none();
            if let Some(&earlier) = self.new_names.get(&name_key(&name)).filter(|_| only_name) {
                context.add_issue(
                    line,
                    None,
                    &name,
                    IssueKind::DuplicateName { line: earlier },
                );
            }
        }
        let start = before.clone().unwrap_or_else(|| {
            let free = id.filter(|id| !self.by_id.contains_key(id));
            let id = free.unwrap_or_else(|| HostId::from_random((context.random)()));
            Host::named(id, "")
        });
        let host = self.filled(cells, context, start, &name, account, by_id, at);
        let verdict = match &before {
            None => RowOutcome::Added(changes(None, &host, context)),
            Some(before) => match changes(Some(before), &host, context) {
                none if none.is_empty() => RowOutcome::Unchanged,
                some => RowOutcome::Changed(some),
            },
        };
        let shown = host.name.clone();
        let at = self.store(at, host, line, context);
        let place = context.add_row(line, shown, verdict);
        self.done.insert(line, (at, place));
    }

    /// HostMatch stands in for whom, once everybody is known.
    pub(super) fn references(&mut self, cells: &Cells<'_>, context: &mut ImportContext) {
        let Some(&(at, place)) = self.done.get(&cells.line) else {
            return;
        };
        let Some(value) = cells.new_value(Field::Delegates, context.options.clear_empty) else {
            return;
        };
        let host = &context.proposal.document.hosts[at];
        let own = host.id.clone();
        let before = context.names.host_cell(host, Field::Delegates);
        if is_same_value(value, &before) {
            return;
        }
        let mut delegates: Vec<HostId> = Vec::new();
        for entry in cell::list_entries(value) {
            let kind = match context.names.hosts.find(entry) {
                Ok(id) if id == own || delegates.contains(&id) => continue,
                Ok(_) if delegates.len() + 1 >= crate::routing::MAX_RECIPIENTS => {
                    IssueKind::TooMany {
                        max: crate::routing::MAX_RECIPIENTS - 1,
                    }
                }
                Ok(id) => {
                    delegates.push(id);
                    continue;
                }
                Err(LookupError::NotFound) => IssueKind::UnknownHost,
                Err(LookupError::Ambiguous) => IssueKind::AmbiguousHost,
            };
            context.add_issue(cells.line, Some(Field::Delegates), entry, kind);
        }
        context.proposal.document.hosts[at].delegates = delegates;
        let host = &context.proposal.document.hosts[at];
        let after = context.names.host_cell(host, Field::Delegates);
        if after != before {
            context.proposal.rows[place].change(Field::Delegates, before, after);
        }
    }

    fn find_match(
        &self,
        cells: &Cells<'_>,
        context: &ImportContext,
        name: &str,
        account: Option<AccountId>,
        id: Option<&HostId>,
    ) -> HostMatch {
        match context.options.choices.get(&cells.line) {
            Some(Choice::Skip) => return HostMatch::Skipped,
            Some(Choice::New) => return HostMatch::New,
            Some(Choice::Existing(id)) => {
                let known = id.parse().ok().and_then(|id| self.by_id.get(&id));
                if let Some(&at) = known {
                    return HostMatch::Existing { at, by_id: false };
                }
            }
            None => {}
        }
        if let Some(&at) = id.and_then(|id| self.by_id.get(id)) {
            return HostMatch::Existing { at, by_id: true };
        }
        if let Some(&at) = account.and_then(|account| self.by_account.get(&account)) {
            return HostMatch::Existing { at, by_id: false };
        }
        let named = self
            .by_name
            .get(&name_key(name))
            .map_or(&[][..], Vec::as_slice);
        let hosts = &context.proposal.document.hosts;
        match named {
            _ if name.is_empty() => HostMatch::New,
            [] => HostMatch::New,
            // The same name with another account: somebody else, or a new account. Nobody knows.
            &[at]
                if account.is_some()
                    && hosts[at].account.is_some_and(|own| Some(own) != account) =>
            {
                HostMatch::Ambiguous(vec![at])
            }
            &[at] => HostMatch::Existing { at, by_id: false },
            several => HostMatch::Ambiguous(several.to_vec()),
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn filled(
        &self,
        cells: &Cells<'_>,
        context: &mut ImportContext,
        mut host: Host,
        name: &str,
        account: Option<AccountId>,
        by_id: bool,
        at: Option<usize>,
    ) -> Host {
        let line = cells.line;
        // A list of ours says how the name is written; another's only who is meant.
        let renamed = by_id || name_key(name) != name_key(&host.name);
        if !name.is_empty() && renamed && !is_same_value(name, &host.name) {
            host.name = name.to_owned();
        }
        let kana = kana_of(cells);
        let kana = kana
            .as_deref()
            .or_else(|| cells.new_value(Field::Kana, context.options.clear_empty));
        text(
            &mut host.kana,
            kana,
            Field::Kana,
            text_limits::MAX_NAME_CHARS,
            line,
            context,
        );
        for (field, max) in [
            (Field::DisplayName, text_limits::MAX_NAME_CHARS),
            (
                Field::VisitorMessage,
                text_limits::MAX_VISITOR_MESSAGE_CHARS,
            ),
        ] {
            let value = cells.new_value(field, context.options.clear_empty);
            let place = if field == Field::DisplayName {
                &mut host.display_name
            } else {
                &mut host.visitor_message
            };
            text(place, value, field, max, line, context);
        }
        if let Some(value) = cells.new_value(Field::SearchKeys, context.options.clear_empty) {
            search_keys(&mut host, value, line, context);
        }
        match account {
            Some(account) => match self.by_account.get(&account) {
                Some(other) if Some(*other) != at => {
                    let text = account.to_string();
                    context.add_issue(line, Some(Field::Account), &text, IssueKind::AccountTaken);
                }
                _ => host.account = Some(account),
            },
            None if cells.get(Field::Account) == Some("") && context.options.clear_empty => {
                host.account = None;
            }
            None => {}
        }
        if let Some(value) = cells.new_value(Field::Groups, context.options.clear_empty) {
            memberships(&mut host, value, line, context);
        }
        match cells.new_value(Field::AbsentUntil, context.options.clear_empty) {
            Some("") => host.absent_until = None,
            Some(value) => match cell::parse_date(value) {
                Some(day) => host.absent_until = Some(day),
                None => context.add_issue(
                    line,
                    Some(Field::AbsentUntil),
                    value,
                    IssueKind::InvalidDate,
                ),
            },
            None => {}
        }
        if let Some(value) = cells.new_value(Field::Hidden, context.options.clear_empty) {
            match cell::parse_flag(value) {
                Some(hidden) => host.hidden = hidden,
                None => context.add_issue(line, Some(Field::Hidden), value, IssueKind::InvalidFlag),
            }
        }
        host.hidden |= is_yes(cells, Field::HasLeft);
        host
    }

    fn store(
        &mut self,
        at: Option<usize>,
        host: Host,
        line: usize,
        context: &mut ImportContext,
    ) -> usize {
        let hosts = &mut context.proposal.document.hosts;
        let at = at.unwrap_or(hosts.len());
        if let Some(account) = host.account {
            self.by_account.insert(account, at);
        }
        if at == hosts.len() {
            self.by_id.insert(host.id.clone(), at);
            self.new_names.entry(name_key(&host.name)).or_insert(line);
            hosts.push(host);
        } else {
            let gone = hosts[at].account.filter(|old| host.account != Some(*old));
            if let Some(gone) = gone {
                self.by_account.remove(&gone);
            }
            hosts[at] = host;
        }
        self.taken.insert(at, line);
        at
    }
}
