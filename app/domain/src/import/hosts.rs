//! Rows of people: whom each means, and what it makes of them.

mod fill;

use std::collections::{BTreeMap, HashMap};

use self::fill::{
    account_of, candidate, changes, is_yes, kana_of, memberships, name_of, search_keys, text,
};
use super::{Cells, Choice, Fault, Verdict, Work};
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::lookup::{LookupError, key};
use crate::csv::record::says_the_same;
use crate::model::directory::Host;
use crate::model::id::{AccountId, HostId};
use crate::model::settings::SettingsDocument;
use crate::validate::text_limits;

/// The people there are, and those the file has brought so far.
pub(super) struct Hosts {
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
enum Who {
    Known { at: usize, by_id: bool },
    New,
    Unclear(Vec<usize>),
    Nobody,
}

impl Hosts {
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
            all.by_name.entry(key(&host.name)).or_default().push(at);
        }
        all
    }

    /// One row's own values.
    pub(super) fn row(&mut self, cells: &Cells<'_>, work: &mut Work) {
        let line = cells.line;
        let name = name_of(cells, work);
        let account = account_of(cells, work);
        let id = cells.id(work);
        let (at, by_id) = match self.who(cells, work, &name, account, id.as_ref()) {
            Who::Nobody => {
                work.say(line, name, Verdict::LeftOut);
                return;
            }
            Who::Unclear(who) => {
                let candidates = who.into_iter().map(|at| candidate(at, work)).collect();
                work.say(line, name, Verdict::Conflict(candidates));
                return;
            }
            Who::Known { at, by_id } => (Some(at), by_id),
            Who::New => (None, false),
        };
        if let Some(earlier) = at.and_then(|at| self.taken.get(&at)).copied() {
            work.flaw(line, None, &name, Fault::Repeated { line: earlier });
            work.say(line, name, Verdict::LeftOut);
            return;
        }
        let before = at.map(|at| work.proposal.document.hosts[at].clone());
        if before.is_none() {
            if is_yes(cells, Field::Left) {
                work.flaw(line, None, &name, Fault::Left);
                work.say(line, name, Verdict::LeftOut);
                return;
            }
            if name.is_empty() {
                work.flaw(line, None, "", Fault::NoName);
                work.say(line, "", Verdict::LeftOut);
                return;
            }
            // An id or an account tells namesakes apart.
            let only_name = id.is_none() && account.is_none();
            if let Some(&earlier) = self.new_names.get(&key(&name)).filter(|_| only_name) {
                work.flaw(line, None, &name, Fault::SameName { line: earlier });
            }
        }
        let start = before.clone().unwrap_or_else(|| {
            let free = id.filter(|id| !self.by_id.contains_key(id));
            let id = free.unwrap_or_else(|| HostId::from_random((work.random)()));
            Host::named(id, "")
        });
        let host = self.filled(cells, work, start, &name, account, by_id, at);
        let verdict = match &before {
            None => Verdict::Added(changes(None, &host, work)),
            Some(before) => match changes(Some(before), &host, work) {
                none if none.is_empty() => Verdict::Same,
                some => Verdict::Changed(some),
            },
        };
        let shown = host.name.clone();
        let at = self.keep(at, host, line, work);
        let place = work.say(line, shown, verdict);
        self.done.insert(line, (at, place));
    }

    /// Who stands in for whom, once everybody is known.
    pub(super) fn references(&mut self, cells: &Cells<'_>, work: &mut Work) {
        let Some(&(at, place)) = self.done.get(&cells.line) else {
            return;
        };
        let Some(wish) = cells.wish(Field::Delegates, work.options.clear_empty) else {
            return;
        };
        let host = &work.proposal.document.hosts[at];
        let own = host.id.clone();
        let before = work.names.host_cell(host, Field::Delegates);
        if says_the_same(wish, &before) {
            return;
        }
        let mut delegates: Vec<HostId> = Vec::new();
        for entry in cell::entries(wish) {
            let fault = match work.names.hosts.find(entry) {
                Ok(id) if id == own || delegates.contains(&id) => continue,
                Ok(_) if delegates.len() + 1 >= crate::routing::MAX_PEOPLE => Fault::TooMany {
                    max: crate::routing::MAX_PEOPLE - 1,
                },
                Ok(id) => {
                    delegates.push(id);
                    continue;
                }
                Err(LookupError::Unknown) => Fault::UnknownHost,
                Err(LookupError::Ambiguous) => Fault::AmbiguousHost,
            };
            work.flaw(cells.line, Some(Field::Delegates), entry, fault);
        }
        work.proposal.document.hosts[at].delegates = delegates;
        let host = &work.proposal.document.hosts[at];
        let after = work.names.host_cell(host, Field::Delegates);
        if after != before {
            work.proposal.lines[place].change(Field::Delegates, before, after);
        }
    }

    fn who(
        &self,
        cells: &Cells<'_>,
        work: &Work,
        name: &str,
        account: Option<AccountId>,
        id: Option<&HostId>,
    ) -> Who {
        match work.options.choices.get(&cells.line) {
            Some(Choice::Skip) => return Who::Nobody,
            Some(Choice::New) => return Who::New,
            Some(Choice::Existing(id)) => {
                let known = id.parse().ok().and_then(|id| self.by_id.get(&id));
                if let Some(&at) = known {
                    return Who::Known { at, by_id: false };
                }
            }
            None => {}
        }
        if let Some(&at) = id.and_then(|id| self.by_id.get(id)) {
            return Who::Known { at, by_id: true };
        }
        if let Some(&at) = account.and_then(|account| self.by_account.get(&account)) {
            return Who::Known { at, by_id: false };
        }
        let named = self.by_name.get(&key(name)).map_or(&[][..], Vec::as_slice);
        let hosts = &work.proposal.document.hosts;
        match named {
            _ if name.is_empty() => Who::New,
            [] => Who::New,
            // The same name with another account: somebody else, or a new account. Nobody knows.
            &[at]
                if account.is_some()
                    && hosts[at].account.is_some_and(|own| Some(own) != account) =>
            {
                Who::Unclear(vec![at])
            }
            &[at] => Who::Known { at, by_id: false },
            several => Who::Unclear(several.to_vec()),
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn filled(
        &self,
        cells: &Cells<'_>,
        work: &mut Work,
        mut host: Host,
        name: &str,
        account: Option<AccountId>,
        by_id: bool,
        at: Option<usize>,
    ) -> Host {
        let line = cells.line;
        // A list of ours says how the name is written; another's only who is meant.
        let renamed = by_id || key(name) != key(&host.name);
        if !name.is_empty() && renamed && !says_the_same(name, &host.name) {
            host.name = name.to_owned();
        }
        let kana = kana_of(cells);
        let kana = kana
            .as_deref()
            .or_else(|| cells.wish(Field::Kana, work.options.clear_empty));
        text(
            &mut host.kana,
            kana,
            Field::Kana,
            text_limits::NAME,
            line,
            work,
        );
        for (field, max) in [
            (Field::DisplayName, text_limits::NAME),
            (Field::VisitorMessage, text_limits::VISITOR_MESSAGE),
        ] {
            let wish = cells.wish(field, work.options.clear_empty);
            let place = if field == Field::DisplayName {
                &mut host.display_name
            } else {
                &mut host.visitor_message
            };
            text(place, wish, field, max, line, work);
        }
        if let Some(wish) = cells.wish(Field::SearchKeys, work.options.clear_empty) {
            search_keys(&mut host, wish, line, work);
        }
        match account {
            Some(account) => match self.by_account.get(&account) {
                Some(other) if Some(*other) != at => {
                    let text = account.to_string();
                    work.flaw(line, Some(Field::Account), &text, Fault::AccountTaken);
                }
                _ => host.account = Some(account),
            },
            None if cells.get(Field::Account) == Some("") && work.options.clear_empty => {
                host.account = None;
            }
            None => {}
        }
        if let Some(wish) = cells.wish(Field::Groups, work.options.clear_empty) {
            memberships(&mut host, wish, line, work);
        }
        match cells.wish(Field::AbsentUntil, work.options.clear_empty) {
            Some("") => host.absent_until = None,
            Some(wish) => match cell::day(wish) {
                Some(day) => host.absent_until = Some(day),
                None => work.flaw(line, Some(Field::AbsentUntil), wish, Fault::NotADay),
            },
            None => {}
        }
        if let Some(wish) = cells.wish(Field::Hidden, work.options.clear_empty) {
            match cell::flag(wish) {
                Some(hidden) => host.hidden = hidden,
                None => work.flaw(line, Some(Field::Hidden), wish, Fault::NotAFlag),
            }
        }
        host.hidden |= is_yes(cells, Field::Left);
        host
    }

    fn keep(&mut self, at: Option<usize>, host: Host, line: usize, work: &mut Work) -> usize {
        let hosts = &mut work.proposal.document.hosts;
        let at = at.unwrap_or(hosts.len());
        if let Some(account) = host.account {
            self.by_account.insert(account, at);
        }
        if at == hosts.len() {
            self.by_id.insert(host.id.clone(), at);
            self.new_names.entry(key(&host.name)).or_insert(line);
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
