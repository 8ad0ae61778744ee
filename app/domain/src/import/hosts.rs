//! Imports rows of hosts: matches each row to a host and applies its values.

mod fill;
mod memberships;

use std::collections::{BTreeMap, HashMap};

use self::fill::{
    account_of, candidate, changes, kana_of, name_of, read_has_left, set_search_keys, set_text,
};
use self::memberships::set_memberships;
use super::{Cells, Choice, ImportContext, IssueKind, RowOutcome};
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::flag::{self, Flag};
use crate::csv::lookup::{LookupError, name_key};
use crate::csv::record::is_same_value;
use crate::csv::template;
use crate::model::date::Date;
use crate::model::directory::Host;
use crate::model::id::{AccountId, HostId};
use crate::model::settings::SettingsDocument;
use crate::validate::text_limits;

/// Existing hosts and the hosts imported so far.
pub(super) struct HostImport {
    by_id: HashMap<HostId, usize>,
    by_account: HashMap<AccountId, usize>,
    /// Existing hosts by name.
    by_name: HashMap<String, Vec<usize>>,
    /// First new host of each name.
    new_names: HashMap<String, NewHost>,
    /// Line of each matched host.
    line_by_host: BTreeMap<usize, usize>,
    /// Host and index in the proposal's rows, by line.
    processed: BTreeMap<usize, (usize, usize)>,
}

/// A host that an earlier row adds.
struct NewHost {
    line: usize,
    /// Key of the reading; empty without reading.
    kana: String,
}

/// Host that a row matches. Hosts are given by their index in the document.
enum HostMatch {
    /// `by_id` is true for a row with the host's id.
    Existing {
        index: usize,
        by_id: bool,
    },
    New,
    Ambiguous(Vec<usize>),
    Skipped,
}

impl HostImport {
    pub(super) fn of(document: &SettingsDocument) -> Self {
        let mut import = Self {
            by_id: HashMap::new(),
            by_account: HashMap::new(),
            by_name: HashMap::new(),
            new_names: HashMap::new(),
            line_by_host: BTreeMap::new(),
            processed: BTreeMap::new(),
        };
        for (index, host) in document.hosts.iter().enumerate() {
            import.by_id.entry(host.id.clone()).or_insert(index);
            if let Some(account) = host.account {
                import.by_account.entry(account).or_insert(index);
            }
            let namesakes = import.by_name.entry(name_key(&host.name)).or_default();
            namesakes.push(index);
        }
        import
    }

    /// Matches a row to a host and applies its values, except references to other hosts.
    pub(super) fn import_row(&mut self, cells: &Cells<'_>, context: &mut ImportContext) {
        let line = cells.line;
        let name = name_of(cells, context);
        let account = account_of(cells, context);
        let id = cells.id(context);
        let (index, by_id) = match self.find_match(cells, context, &name, account, id.as_ref()) {
            HostMatch::Skipped => {
                context.add_row(line, name, RowOutcome::Skipped);
                return;
            }
            HostMatch::Ambiguous(hosts) => {
                let candidates = hosts.iter().map(|&host| candidate(host, context)).collect();
                context.add_row(line, name, RowOutcome::Ambiguous(candidates));
                return;
            }
            HostMatch::Existing { index, by_id } => (Some(index), by_id),
            HostMatch::New => (None, false),
        };
        let earlier_line = index.and_then(|index| self.line_by_host.get(&index));
        if let Some(&earlier) = earlier_line {
            context.add_issue(line, None, &name, IssueKind::DuplicateRow { line: earlier });
            context.add_row(line, name, RowOutcome::Skipped);
            return;
        }
        let before = index.map(|index| context.proposal.document.hosts[index].clone());
        let has_left = read_has_left(cells, context);
        if before.is_none() {
            let kind = if has_left {
                Some(IssueKind::HostHasLeft)
            } else if name.is_empty() {
                Some(IssueKind::MissingName)
            } else if template::is_example(&name) {
                Some(IssueKind::ExampleRow)
            } else {
                None
            };
            if let Some(kind) = kind {
                context.add_issue(line, None, &name, kind);
                context.add_row(line, name, RowOutcome::Skipped);
                return;
            }
            // A row with an id or account is not a duplicate of a namesake.
            let has_only_name = id.is_none() && account.is_none();
            let duplicate = self.duplicate(cells, context, &name);
            if has_only_name && let Some(kind) = duplicate {
                context.add_issue(line, None, &name, kind);
                if matches!(kind, IssueKind::DuplicateRow { .. }) {
                    context.add_row(line, name, RowOutcome::Skipped);
                    return;
                }
            }
        }
        let start = before.clone().unwrap_or_else(|| {
            let unused_id = id.filter(|id| !self.by_id.contains_key(id));
            let id = unused_id.unwrap_or_else(|| HostId::from_random((context.random)()));
            Host::named(id, "")
        });
        let mut host = self.apply_cells(cells, context, start, &name, account, by_id, index);
        host.hidden |= has_left;
        let outcome = match &before {
            None => RowOutcome::Added(changes(None, &host, context)),
            Some(before) => match changes(Some(before), &host, context) {
                none if none.is_empty() => RowOutcome::Unchanged,
                some => RowOutcome::Changed(some),
            },
        };
        let shown_name = host.name.clone();
        let index = self.store(index, host, line, context);
        let row_index = context.add_row(line, shown_name, outcome);
        self.processed.insert(line, (index, row_index));
    }

    /// Applies the delegates of a row. Called after [`Self::import_row`] of all rows, so that all hosts are known.
    pub(super) fn import_references(&mut self, cells: &Cells<'_>, context: &mut ImportContext) {
        let Some(&(index, row_index)) = self.processed.get(&cells.line) else {
            return;
        };
        let Some(value) = cells.new_value(Field::Delegates, context.options.clear_empty) else {
            return;
        };
        let host = &context.proposal.document.hosts[index];
        let own_id = host.id.clone();
        let before = context.formatter.host_cell(host, Field::Delegates);
        if is_same_value(value, &before) {
            return;
        }
        let mut delegates: Vec<HostId> = Vec::new();
        for entry in cell::list_entries(value) {
            let kind = match context.formatter.hosts.find(entry) {
                Ok(id) if id == own_id || delegates.contains(&id) => continue,
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
        context.proposal.document.hosts[index].delegates = delegates;
        let host = &context.proposal.document.hosts[index];
        let after = context.formatter.host_cell(host, Field::Delegates);
        if after != before {
            context.proposal.rows[row_index].change(Field::Delegates, before, after);
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
                if let Some(&index) = known {
                    return HostMatch::Existing {
                        index,
                        by_id: false,
                    };
                }
            }
            None => {}
        }
        if let Some(&index) = id.and_then(|id| self.by_id.get(id)) {
            return HostMatch::Existing { index, by_id: true };
        }
        if let Some(&index) = account.and_then(|account| self.by_account.get(&account)) {
            return HostMatch::Existing {
                index,
                by_id: false,
            };
        }
        let named = self
            .by_name
            .get(&name_key(name))
            .map_or(&[][..], Vec::as_slice);
        let hosts = &context.proposal.document.hosts;
        match named {
            _ if name.is_empty() => HostMatch::New,
            [] => HostMatch::New,
            // The name is the same and the account differs: a namesake, or a new account. The admin decides.
            &[index]
                if account.is_some()
                    && hosts[index].account.is_some_and(|own| Some(own) != account) =>
            {
                HostMatch::Ambiguous(vec![index])
            }
            &[index] => HostMatch::Existing {
                index,
                by_id: false,
            },
            several => HostMatch::Ambiguous(several.to_vec()),
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn apply_cells(
        &self,
        cells: &Cells<'_>,
        context: &mut ImportContext,
        mut host: Host,
        name: &str,
        account: Option<AccountId>,
        by_id: bool,
        index: Option<usize>,
    ) -> Host {
        let line = cells.line;
        // The spelling of the name is only used for a row with a host's id; other lists may spell it differently.
        let renamed = by_id || name_key(name) != name_key(&host.name);
        if !name.is_empty() && renamed && !is_same_value(name, &host.name) {
            host.name = name.to_owned();
        }
        let kana = kana_of(cells);
        let kana = kana
            .as_deref()
            .or_else(|| cells.new_value(Field::Kana, context.options.clear_empty));
        set_text(
            &mut host.kana,
            kana,
            Field::Kana,
            text_limits::MAX_NAME_CHARS,
            line,
            context,
        );
        for (field, max) in [
            (Field::DisplayName, text_limits::MAX_NAME_CHARS),
            (Field::LatinName, text_limits::MAX_NAME_CHARS),
            (
                Field::VisitorMessage,
                text_limits::MAX_VISITOR_MESSAGE_CHARS,
            ),
        ] {
            let value = cells.new_value(field, context.options.clear_empty);
            let target = match field {
                Field::DisplayName => &mut host.display_name,
                Field::LatinName => &mut host.latin_name,
                _ => &mut host.visitor_message,
            };
            set_text(target, value, field, max, line, context);
        }
        if let Some(value) = cells.new_value(Field::SearchKeys, context.options.clear_empty) {
            set_search_keys(&mut host, value, line, context);
        }
        match account {
            Some(account) => match self.by_account.get(&account) {
                Some(other) if Some(*other) != index => {
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
            set_memberships(&mut host, value, line, context);
        }
        if let Some(last) = day_cell(cells, Field::AbsentUntil, context) {
            host.set_absent_until(last);
        }
        if let Some(first) = day_cell(cells, Field::AbsentFrom, context) {
            host.absent_from = first.filter(|first| Some(*first) <= host.absent_until);
        }
        if let Some(value) = cells.new_value(Field::Hidden, context.options.clear_empty) {
            match flag::parse(Field::Hidden, value, None) {
                Flag::Yes => host.hidden = true,
                Flag::No => host.hidden = false,
                Flag::YesAfter(_) | Flag::Unknown => {
                    context.add_issue(line, Some(Field::Hidden), value, IssueKind::InvalidFlag);
                }
            }
        }
        host
    }

    /// Issue of a new host with the name of an earlier new host: the same person when the reading is the same too,
    /// unless the admin decided to add the row.
    fn duplicate(
        &self,
        cells: &Cells<'_>,
        context: &ImportContext,
        name: &str,
    ) -> Option<IssueKind> {
        let earlier = self.new_names.get(&name_key(name))?;
        let line = earlier.line;
        let is_chosen = context.options.choices.get(&cells.line) == Some(&Choice::New);
        let is_same = !earlier.kana.is_empty() && earlier.kana == kana_key(cells);
        Some(if is_same && !is_chosen {
            IssueKind::DuplicateRow { line }
        } else {
            IssueKind::DuplicateName { line }
        })
    }

    fn store(
        &mut self,
        index: Option<usize>,
        host: Host,
        line: usize,
        context: &mut ImportContext,
    ) -> usize {
        let hosts = &mut context.proposal.document.hosts;
        let index = index.unwrap_or(hosts.len());
        if let Some(account) = host.account {
            self.by_account.insert(account, index);
        }
        if index == hosts.len() {
            self.by_id.insert(host.id.clone(), index);
            let kana = name_key(&host.kana);
            let new_host = NewHost { line, kana };
            self.new_names
                .entry(name_key(&host.name))
                .or_insert(new_host);
            hosts.push(host);
        } else {
            if let Some(old) = hosts[index]
                .account
                .filter(|old| host.account != Some(*old))
            {
                self.by_account.remove(&old);
            }
            hosts[index] = host;
        }
        self.line_by_host.insert(index, line);
        index
    }
}

/// Key of the reading in a row; empty without reading.
fn kana_key(cells: &Cells<'_>) -> String {
    let kana = kana_of(cells);
    name_key(kana.as_deref().unwrap_or_else(|| cells.text(Field::Kana)))
}

/// New day of a cell, `Some(None)` for a cleared one; `None` when the cell changes nothing.
fn day_cell(cells: &Cells<'_>, field: Field, context: &mut ImportContext) -> Option<Option<Date>> {
    match cells.new_value(field, context.options.clear_empty)? {
        "" => Some(None),
        value => {
            let day = cell::parse_date(value);
            if day.is_none() {
                context.add_issue(cells.line, Some(field), value, IssueKind::InvalidDate);
            }
            day.map(Some)
        }
    }
}
