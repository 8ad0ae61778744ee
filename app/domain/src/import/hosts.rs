//! Imports rows of hosts: matches each row to a host and applies its values.

mod fill;
mod memberships;

use std::collections::{BTreeMap, HashMap};

use self::fill::{
    account_of, apply_groups_and_absence, apply_texts, candidate, changes, joined_kana, name_of,
    read_has_left,
};
use super::{Cells, ImportContext, IssueKind, ProcessedRow, RowChoice, RowOutcome};
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::lookup::{LookupError, name_key};
use crate::csv::record::is_same_value;
use crate::csv::template;
use crate::model::directory::Host;
use crate::model::id::{AccountId, HostId};
use crate::model::settings::SettingsDocument;

/// Maximum number of delegates of a host: a call notifies them together with the host.
const MAX_DELEGATES: usize = crate::routing::MAX_RECIPIENTS - 1;

/// Existing hosts and the hosts imported so far. Hosts are given by their index in the document.
pub(super) struct HostImport {
    by_id: HashMap<HostId, usize>,
    by_account: HashMap<AccountId, usize>,
    /// Existing hosts by the key of their name.
    by_name: HashMap<String, Vec<usize>>,
    /// First new host of each name, by the key of the name.
    new_names: HashMap<String, NewHost>,
    /// Line of each host that a row was imported into.
    line_by_host: BTreeMap<usize, usize>,
    /// Imported rows by line.
    processed: BTreeMap<usize, ProcessedRow>,
}

/// A host that an earlier row adds.
struct NewHost {
    line: usize,
    /// Key of the reading; empty without reading.
    kana: String,
}

/// Host that a row matches. Hosts are given by their index in the document.
enum HostMatch {
    /// `is_by_id` is true for a row with the host's id.
    Existing {
        index: usize,
        is_by_id: bool,
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
        let (existing, is_by_id) =
            match self.find_match(cells, context, &name, account, id.as_ref()) {
                HostMatch::Skipped => {
                    context.add_row(line, name, RowOutcome::Skipped);
                    return;
                }
                HostMatch::Ambiguous(hosts) => {
                    let candidates = hosts.iter().map(|&host| candidate(host, context)).collect();
                    context.add_row(line, name, RowOutcome::Ambiguous(candidates));
                    return;
                }
                HostMatch::Existing { index, is_by_id } => (Some(index), is_by_id),
                HostMatch::New => (None, false),
            };
        let earlier_line = existing.and_then(|index| self.line_by_host.get(&index));
        if let Some(&earlier) = earlier_line {
            context.skip_row(line, &name, IssueKind::DuplicateRow { line: earlier });
            return;
        }
        let before = existing.map(|index| context.proposal.document.hosts[index].clone());
        let has_left = read_has_left(cells, context);
        let is_identified = id.is_some() || account.is_some();
        if before.is_none() && !self.check_new_host(cells, context, &name, has_left, is_identified)
        {
            return;
        }
        let mut host = before.clone().unwrap_or_else(|| {
            let unused_id = id.filter(|id| !self.by_id.contains_key(id));
            let id = unused_id.unwrap_or_else(|| HostId::from_random((context.random)()));
            Host::named(id, "")
        });
        apply_texts(&mut host, cells, context, &name, is_by_id);
        self.set_account(&mut host, existing, account, cells, context);
        apply_groups_and_absence(&mut host, cells, context);
        host.hidden |= has_left;
        let field_changes = changes(before.as_ref(), &host, context);
        let outcome = RowOutcome::of(before.is_none(), field_changes);
        let shown_name = host.name.clone();
        let record_index = self.store(existing, host, line, context);
        let row_index = context.add_row(line, shown_name, outcome);
        let processed = ProcessedRow {
            record_index,
            row_index,
        };
        self.processed.insert(line, processed);
    }

    /// Applies the delegates of a row. Called after [`Self::import_row`] of all rows, so that all hosts are known.
    pub(super) fn import_references(&mut self, cells: &Cells<'_>, context: &mut ImportContext) {
        let Some(processed) = self.processed.get(&cells.line) else {
            return;
        };
        let (index, row_index) = (processed.record_index, processed.row_index);
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
                Ok(_) if delegates.len() >= MAX_DELEGATES => {
                    IssueKind::TooMany { max: MAX_DELEGATES }
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

    /// Finds the host that a row means: by the admin's choice, else by id, account or name.
    fn find_match(
        &self,
        cells: &Cells<'_>,
        context: &ImportContext,
        name: &str,
        account: Option<AccountId>,
        id: Option<&HostId>,
    ) -> HostMatch {
        match context.options.choices.get(&cells.line) {
            Some(RowChoice::Skip) => return HostMatch::Skipped,
            Some(RowChoice::New) => return HostMatch::New,
            Some(RowChoice::Existing(id)) => {
                let known = id.parse().ok().and_then(|id| self.by_id.get(&id));
                if let Some(&index) = known {
                    return HostMatch::Existing {
                        index,
                        is_by_id: false,
                    };
                }
            }
            None => {}
        }
        if let Some(&index) = id.and_then(|id| self.by_id.get(id)) {
            return HostMatch::Existing {
                index,
                is_by_id: true,
            };
        }
        if let Some(&index) = account.and_then(|account| self.by_account.get(&account)) {
            return HostMatch::Existing {
                index,
                is_by_id: false,
            };
        }
        if name.is_empty() {
            return HostMatch::New;
        }
        let namesakes = self
            .by_name
            .get(&name_key(name))
            .map_or(&[][..], Vec::as_slice);
        let hosts = &context.proposal.document.hosts;
        match namesakes {
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
                is_by_id: false,
            },
            several => HostMatch::Ambiguous(several.to_vec()),
        }
    }

    /// Sets the account of a host, unless another host has it. `existing` is the host's index, if it is in the
    /// document.
    fn set_account(
        &self,
        host: &mut Host,
        existing: Option<usize>,
        account: Option<AccountId>,
        cells: &Cells<'_>,
        context: &mut ImportContext,
    ) {
        let Some(account) = account else {
            if cells.get(Field::Account) == Some("") && context.options.clear_empty {
                host.account = None;
            }
            return;
        };
        let owner = self.by_account.get(&account).copied();
        if owner.is_some() && owner != existing {
            let text = account.to_string();
            let kind = IssueKind::AccountTaken;
            context.add_issue(cells.line, Some(Field::Account), &text, kind);
        } else {
            host.account = Some(account);
        }
    }

    /// Reports the issues of a row that matches no host. Returns false when the row adds no host, and skips it.
    /// `is_identified` is true for a row with an id or account, which is not a duplicate of a namesake.
    fn check_new_host(
        &self,
        cells: &Cells<'_>,
        context: &mut ImportContext,
        name: &str,
        has_left: bool,
        is_identified: bool,
    ) -> bool {
        let issue = if has_left {
            Some(IssueKind::HostHasLeft)
        } else if name.is_empty() {
            Some(IssueKind::MissingName)
        } else if template::is_example(name) {
            Some(IssueKind::ExampleRow)
        } else if is_identified {
            None
        } else {
            self.namesake_issue(cells, context, name)
        };
        match issue {
            None => true,
            Some(namesake @ IssueKind::DuplicateName { .. }) => {
                context.add_issue(cells.line, None, name, namesake);
                true
            }
            Some(reason) => {
                context.skip_row(cells.line, name, reason);
                false
            }
        }
    }

    /// Issue of a new host who has the name of a host that an earlier row adds. They are the same person when the
    /// reading is the same too, unless the admin decided to add the row.
    fn namesake_issue(
        &self,
        cells: &Cells<'_>,
        context: &ImportContext,
        name: &str,
    ) -> Option<IssueKind> {
        let earlier = self.new_names.get(&name_key(name))?;
        let line = earlier.line;
        let is_chosen_as_new = context.options.choices.get(&cells.line) == Some(&RowChoice::New);
        let is_same_person = !earlier.kana.is_empty() && earlier.kana == kana_key(cells);
        Some(if is_same_person && !is_chosen_as_new {
            IssueKind::DuplicateRow { line }
        } else {
            IssueKind::DuplicateName { line }
        })
    }

    /// Stores a new host, or an existing one at its index, and returns the index.
    fn store(
        &mut self,
        existing: Option<usize>,
        host: Host,
        line: usize,
        context: &mut ImportContext,
    ) -> usize {
        let hosts = &mut context.proposal.document.hosts;
        let index = existing.unwrap_or(hosts.len());
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
    let kana = joined_kana(cells);
    name_key(kana.as_deref().unwrap_or_else(|| cells.text(Field::Kana)))
}
