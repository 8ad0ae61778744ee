//! Rows of departments.

mod fill;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Candidate, Cells, Choice, Fault, Verdict, Work};
use crate::csv::cell;
use crate::csv::field::Field;
use crate::csv::lookup::{self, LookupError, key};
use crate::csv::record::says_the_same;
use crate::model::directory::Group;
use crate::model::id::GroupId;
use crate::model::lang::LocalText;
use crate::model::settings::SettingsDocument;

use fill::{changes, filled, groups_lang, names_of};

/// The groups there are, and those the file has brought so far.
pub(super) struct Groups {
    by_id: HashMap<GroupId, usize>,
    taken: BTreeMap<usize, usize>,
    done: BTreeMap<usize, (usize, usize)>,
    /// Groups of the file that have no place yet, by name: lines.
    new_names: HashMap<(String, String), usize>,
    waiting: Vec<Waiting>,
}

/// A row whose group above is not found yet.
struct Waiting {
    line: usize,
    new: bool,
    at: usize,
    place: usize,
    before: String,
    wish: String,
}

impl Waiting {
    /// Puts the group in its place, if there is one.
    fn settled(&self, work: &mut Work) -> bool {
        let parent = match work.names.groups.find(&self.wish) {
            _ if self.wish.is_empty() => None,
            Ok(id) => Some(id),
            Err(_) => return false,
        };
        work.proposal.document.groups[self.at].parent = parent;
        let (before, after) = (self.before.clone(), self.wish.clone());
        work.proposal.lines[self.place].change(Field::Parent, before, after);
        true
    }
}

/// The names of all groups but those without a place.
fn placed(work: &Work, unplaced: &BTreeSet<usize>) -> lookup::Groups {
    let groups = work.proposal.document.groups.iter().enumerate();
    let placed = groups.filter(|(at, _)| !unplaced.contains(at));
    let placed: Vec<Group> = placed.map(|(_, group)| group.clone()).collect();
    lookup::Groups::of(&placed, groups_lang(work))
}

enum What {
    Known(usize),
    New,
    Unclear(Vec<GroupId>),
    Nothing,
}

impl Groups {
    pub(super) fn of(document: &SettingsDocument) -> Self {
        let groups = document.groups.iter().enumerate();
        Self {
            by_id: groups.map(|(at, group)| (group.id.clone(), at)).collect(),
            taken: BTreeMap::new(),
            done: BTreeMap::new(),
            new_names: HashMap::new(),
            waiting: Vec::new(),
        }
    }

    /// One row's own values.
    pub(super) fn row(&mut self, cells: &Cells<'_>, work: &mut Work) {
        let line = cells.line;
        let (own, names) = names_of(cells, work);
        let id = cells.id(work);
        let at = match self.what(cells, work, &own, id.as_ref()) {
            What::Nothing => {
                work.say(line, own, Verdict::LeftOut);
                return;
            }
            What::Unclear(ids) => {
                let candidates = ids.iter().map(|id| self.candidate(id, work)).collect();
                work.say(line, own, Verdict::Conflict(candidates));
                return;
            }
            What::Known(at) => Some(at),
            What::New => None,
        };
        if let Some(earlier) = at.and_then(|at| self.taken.get(&at)).copied() {
            work.flaw(line, None, &own, Fault::Repeated { line: earlier });
            work.say(line, own, Verdict::LeftOut);
            return;
        }
        let before = at.map(|at| work.proposal.document.groups[at].clone());
        if before.is_none() {
            if names.is_blank() {
                work.flaw(line, None, "", Fault::NoName);
                work.say(line, "", Verdict::LeftOut);
                return;
            }
            let place = (key(&own), key(cells.text(Field::Parent)));
            if let Some(&earlier) = self.new_names.get(&place).filter(|_| id.is_none()) {
                work.flaw(line, None, &own, Fault::Repeated { line: earlier });
                work.say(line, own, Verdict::LeftOut);
                return;
            }
            self.new_names.insert(place, line);
        }
        let start = before.clone().unwrap_or_else(|| {
            let free = id.filter(|id| !self.by_id.contains_key(id));
            let id = free.unwrap_or_else(|| GroupId::from_random((work.random)()));
            Group::named(id, LocalText::default())
        });
        let group = filled(cells, work, start, &names);
        let verdict = match &before {
            None => Verdict::Added(changes(None, &group, work)),
            Some(before) => match changes(Some(before), &group, work) {
                none if none.is_empty() => Verdict::Same,
                some => Verdict::Changed(some),
            },
        };
        let lang = work.proposal.document.site.own_language();
        let shown = group.name.best(lang).to_owned();
        let groups = &mut work.proposal.document.groups;
        let at = at.unwrap_or(groups.len());
        if at == groups.len() {
            self.by_id.insert(group.id.clone(), at);
            groups.push(group);
        } else {
            groups[at] = group;
        }
        self.taken.insert(at, line);
        let place = work.say(line, shown, verdict);
        self.done.insert(line, (at, place));
    }

    /// Notes the group above; `settle` finds it once every group is known.
    pub(super) fn references(&mut self, cells: &Cells<'_>, work: &mut Work) {
        let Some(&(at, place)) = self.done.get(&cells.line) else {
            return;
        };
        let Some(wish) = cells.wish(Field::Parent, work.options.clear_empty) else {
            return;
        };
        let before = work
            .names
            .group_cell(&work.proposal.document.groups[at], Field::Parent);
        if !says_the_same(wish, &before) {
            self.waiting.push(Waiting {
                line: cells.line,
                new: matches!(work.proposal.lines[place].verdict, Verdict::Added(_)),
                at,
                place,
                before,
                wish: wish.to_owned(),
            });
        }
    }

    /// Finds the groups above. A new group has no place until its own row is settled, and a path
    /// leads somewhere only through groups that have one, so each round goes one level deeper.
    pub(super) fn settle(&mut self, work: &mut Work) {
        let mut waiting = std::mem::take(&mut self.waiting);
        loop {
            let left = waiting.len();
            let unplaced: BTreeSet<usize> = waiting
                .iter()
                .filter(|row| row.new)
                .map(|row| row.at)
                .collect();
            work.names.groups = placed(work, &unplaced);
            waiting.retain(|row| !row.settled(work));
            if waiting.is_empty() || waiting.len() == left {
                break;
            }
        }
        work.names.groups = placed(work, &BTreeSet::new());
        for row in waiting {
            let fault = match work.names.groups.find(&row.wish) {
                Ok(_) if row.settled(work) => continue,
                Err(LookupError::Ambiguous) => Fault::AmbiguousGroup,
                Ok(_) | Err(LookupError::Unknown) => Fault::UnknownGroup,
            };
            work.flaw(row.line, Some(Field::Parent), &row.wish, fault);
        }
        self.break_cycles(work);
    }

    /// Takes the group above back from groups that would be above themselves.
    fn break_cycles(&mut self, work: &mut Work) {
        for (&line, &(at, _)) in &self.done {
            let groups = &work.proposal.document.groups;
            let mut seen = BTreeSet::from([at]);
            let mut above = groups[at].parent.as_ref();
            let mut turns = false;
            while let Some(next) = above.and_then(|id| self.by_id.get(id)) {
                if !seen.insert(*next) {
                    turns = *next == at;
                    break;
                }
                above = groups[*next].parent.as_ref();
            }
            if turns {
                let text = groups[at].name.best(groups_lang(work)).to_owned();
                work.flaw(line, Some(Field::Parent), &text, Fault::ParentCycle);
                work.proposal.document.groups[at].parent = None;
            }
        }
    }

    fn what(&self, cells: &Cells<'_>, work: &Work, own: &str, id: Option<&GroupId>) -> What {
        match work.options.choices.get(&cells.line) {
            Some(Choice::Skip) => return What::Nothing,
            Some(Choice::New) => return What::New,
            Some(Choice::Existing(id)) => {
                let known = id.parse().ok().and_then(|id| self.by_id.get(&id));
                if let Some(&at) = known {
                    return What::Known(at);
                }
            }
            None => {}
        }
        if let Some(&at) = id.and_then(|id| self.by_id.get(id)) {
            return What::Known(at);
        }
        if own.is_empty() {
            return What::New;
        }
        let parent = cells.text(Field::Parent);
        if cell::own_id(parent).is_none() {
            let mut path: Vec<&str> = cell::path(parent).collect();
            path.push(own);
            let known = work.names.groups.at(&path);
            if let Some(&at) = known.and_then(|id| self.by_id.get(&id)).as_ref() {
                return What::Known(*at);
            }
        }
        match work.names.groups.named(own) {
            [] => What::New,
            // Another department of the same name below another one.
            _ if !parent.is_empty() && !parent.contains('*') => self.below(work, own, parent),
            [one] => self.by_id.get(one).map_or(What::New, |at| What::Known(*at)),
            several => What::Unclear(several.to_vec()),
        }
    }

    /// A known name below a parent that is only named, not by its whole path.
    fn below(&self, work: &Work, own: &str, parent: &str) -> What {
        let Ok(parent) = work.names.groups.find(parent) else {
            return What::New;
        };
        let groups = &work.proposal.document.groups;
        let is_below = |id: &&GroupId| {
            let at = self.by_id.get(*id);
            at.is_some_and(|at| groups[*at].parent.as_ref() == Some(&parent))
        };
        let named = work.names.groups.named(own).iter().filter(is_below);
        match named.collect::<Vec<_>>().as_slice() {
            [one] => self
                .by_id
                .get(*one)
                .map_or(What::New, |at| What::Known(*at)),
            [] => match work.names.groups.named(own) {
                // It moves, when it is the only one of its name that stands at the top.
                [one]
                    if self
                        .by_id
                        .get(one)
                        .is_some_and(|at| groups[*at].parent.is_none()) =>
                {
                    What::Known(self.by_id[one])
                }
                _ => What::New,
            },
            several => What::Unclear(several.iter().map(|id| (*id).clone()).collect()),
        }
    }

    fn candidate(&self, id: &GroupId, work: &Work) -> Candidate {
        let at = self.by_id.get(id).copied().unwrap_or_default();
        let group = &work.proposal.document.groups[at];
        Candidate {
            id: id.to_string(),
            name: group.name.best(groups_lang(work)).to_owned(),
            note: work.names.groups.label(id),
        }
    }
}
