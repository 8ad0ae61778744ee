//! Groups as a separate kind of result, and the parts of a query besides a name: department, company, honorific and
//! title.

use super::form_index::{FormIndex, FormWriter};
use super::query::Query;
use super::{normalize, titles};
use crate::model::id::GroupId;
use crate::model::lang::Lang;
use crate::model::settings::Settings;

/// Words for a kind of department at the end of its name, which visitors leave out or add: 総務 and 総務部 are the same.
const DEPARTMENT_KINDS: [&str; 9] = [
    "グループ",
    "チーム",
    "センター",
    "部門",
    "部",
    "課",
    "係",
    "室",
    "班",
];

/// Legal forms of companies, written before or after their names.
const COMPANY_FORMS: [&str; 9] = [
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "一般社団法人",
    "医療法人",
    "学校法人",
    "(株)",
    "(有)",
];

/// Minimum length of the name of a group or company inside a word, in characters.
const MIN_NAME_CHARS: usize = 2;

/// Visible groups and the name of the company.
#[derive(Clone, Debug)]
pub(super) struct Departments {
    groups: Vec<GroupId>,
    forms: FormIndex,
    /// Names of the groups and of the company, which visitors may put before a host's name.
    names: Vec<Name>,
    /// Positions in the index of each group's visible hosts. The hosts of its subgroups are included.
    members: Vec<Vec<u32>>,
}

/// Name of a group or of the company.
#[derive(Clone, Debug)]
struct Name {
    /// Normalized, without separators.
    text: String,
    /// Position of the group; `None` for the company.
    group: Option<usize>,
}

/// Parts of a query: the words of a name, and the groups that are named beside it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SplitQuery {
    /// Normalized words of the name.
    pub(super) words: Vec<String>,
    /// Positions of the named groups.
    pub(super) groups: Vec<usize>,
}

impl Departments {
    /// No groups and no company.
    pub(super) fn none() -> Self {
        Self {
            groups: Vec::new(),
            forms: FormIndex::of(0),
            names: Vec::new(),
            members: Vec::new(),
        }
    }

    /// Visible groups of a settings document; `hosts` are the positions in the document of the indexed hosts.
    pub(super) fn of(settings: &Settings, hosts: &[usize]) -> Self {
        let all = settings.groups();
        let is_visible = |index: &usize| {
            let mut groups = settings.ancestors(&all[*index].id);
            groups.all(|group| !group.hidden)
        };
        let visible: Vec<usize> = (0..all.len()).filter(is_visible).collect();
        let mut departments = Self {
            groups: visible.iter().map(|&index| all[index].id.clone()).collect(),
            forms: FormIndex::of(visible.len()),
            names: Vec::new(),
            members: vec![Vec::new(); visible.len()],
        };
        let mut writer = FormWriter::default();
        for (number, &index) in visible.iter().enumerate() {
            let names = Lang::ALL.map(|lang| all[index].name.exactly(lang));
            writer.add(names.into_iter(), &mut departments.forms);
            for name in names {
                departments.add_name(name, Some(number));
            }
        }
        let site = settings.site();
        departments.add_name(&site.name, None);
        for (_, name) in site.names.iter() {
            departments.add_name(name, None);
        }
        departments.add_members(settings, hosts, &visible);
        departments
    }

    /// Adds the name of a group or, for `None`, of the company, also without the word for its kind.
    fn add_name(&mut self, name: &str, group: Option<usize>) {
        let text: String = normalize::words(name).concat();
        let kinds: &[&str] = if group.is_some() {
            &DEPARTMENT_KINDS
        } else {
            &COMPANY_FORMS
        };
        let short = without_kind(&text, kinds);
        for text in [text.as_str(), short] {
            let is_known = self
                .names
                .iter()
                .any(|known| known.text == text && known.group == group);
            if text.chars().count() >= MIN_NAME_CHARS && !is_known {
                self.names.push(Name {
                    text: text.to_owned(),
                    group,
                });
            }
        }
    }

    /// Adds the indexed hosts to their groups and to the groups above. `visible` has the positions of the visible
    /// groups.
    fn add_members(&mut self, settings: &Settings, hosts: &[usize], visible: &[usize]) {
        for (position, &index) in hosts.iter().enumerate() {
            let Ok(position) = u32::try_from(position) else {
                return; // so many hosts exceed a tablet's memory
            };
            for group in &settings.hosts()[index].groups {
                for group_position in settings.ancestor_positions(group) {
                    let Ok(number) = visible.binary_search(&group_position) else {
                        continue;
                    };
                    let members = &mut self.members[number];
                    // A host may be in several groups below one.
                    if members.last() != Some(&position) {
                        members.push(position);
                    }
                }
            }
        }
    }

    /// Groups whose name matches the words, else groups that are named among other words.
    pub(super) fn find(&self, words: &[String], limit: usize) -> Vec<GroupId> {
        let matches = match Query::of(words) {
            Some(query) => query.positions(&self.forms, limit),
            None => Vec::new(),
        };
        let found = if matches.is_empty() {
            self.split_query(words).groups
        } else {
            matches.into_iter().map(|(position, _)| position).collect()
        };
        let ids = found
            .into_iter()
            .map(|position| self.groups[position].clone());
        ids.take(limit).collect()
    }

    /// Splits a query into the words of a name and the groups it names, without company, honorifics and titles.
    pub(super) fn split_query(&self, words: &[String]) -> SplitQuery {
        let mut parts = SplitQuery::default();
        let mut remaining = words;
        while let [word, after_word @ ..] = remaining {
            if let Some(after_name) = self.without_name(remaining, &mut parts.groups) {
                remaining = after_name;
                continue;
            }
            remaining = after_word;
            let untitled = titles::without_title(word);
            let has_title = untitled.is_some();
            let mut name = self.without_departments(untitled.unwrap_or(word), &mut parts.groups);
            // Only without the department may the rest be recognized as a name with a title.
            name = titles::without_title(name).unwrap_or(name);
            // 受付の山田さん: only a title shows that の does not belong to the name.
            if has_title
                && let Some((_, person)) = name.rsplit_once('の')
                && titles::is_name(person)
            {
                name = person;
            }
            if !name.is_empty() {
                parts.words.push(name.to_owned());
            }
        }
        parts
    }

    /// Words after the longest known name of several words at their start, such as General Affairs. Adds its groups.
    fn without_name<'a>(
        &self,
        words: &'a [String],
        groups: &mut Vec<usize>,
    ) -> Option<&'a [String]> {
        let lengths = (2..=words.len()).rev();
        let mut splits = lengths.map(|length| words.split_at(length));
        let (name, after_name) = splits.find(|(name, _)| {
            let text = name.concat();
            self.names.iter().any(|known| known.text == text)
        })?;
        self.add_groups(&name.concat(), groups);
        Some(after_name)
    }

    /// Adds the groups that have this name.
    fn add_groups(&self, text: &str, groups: &mut Vec<usize>) {
        let namesakes = self.names.iter().filter(|name| name.text == text);
        for group in namesakes.filter_map(|name| name.group) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
    }

    /// Rest of a word after the names of groups and company at its start. Adds the groups.
    fn without_departments<'a>(&self, word: &'a str, groups: &mut Vec<usize>) -> &'a str {
        let mut rest = without_company_form(word);
        loop {
            let in_front = self
                .names
                .iter()
                .filter(|name| is_in_front(rest, &name.text));
            let Some(longest) = in_front.max_by_key(|name| name.text.len()) else {
                return rest;
            };
            self.add_groups(&longest.text, groups);
            rest = &rest[longest.text.len()..];
            let kinds = DEPARTMENT_KINDS.map(normalize::normal);
            let after_kind = kinds
                .iter()
                .find_map(|kind| rest.strip_prefix(kind.as_str()));
            rest = after_kind.unwrap_or(rest);
            rest = rest.strip_prefix('の').unwrap_or(rest);
            rest = without_company_form(rest);
        }
    }

    /// True when the host at a position belongs to a group or its subgroups.
    pub(super) fn is_member(&self, group: usize, position: usize) -> bool {
        let position = u32::try_from(position);
        position.is_ok_and(|position| self.members[group].binary_search(&position).is_ok())
    }
}

/// True if `name`, of a group or company, is the whole word, or is kana or kanji at the start of the word. Latin
/// letters at the start do not count: `ito` is a host's name, not the group `IT` and a name.
fn is_in_front(word: &str, name: &str) -> bool {
    let rest = word.strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || !super::pronunciation::is_latin(name))
}

/// Word without the legal form of a company at its start.
fn without_company_form(word: &str) -> &str {
    let forms = COMPANY_FORMS.map(normalize::normal);
    let rest = forms
        .iter()
        .find_map(|form| word.strip_prefix(form.as_str()));
    rest.unwrap_or(word)
}

/// Name without the word for its kind at its end or start.
fn without_kind<'a>(name: &'a str, kinds: &[&str]) -> &'a str {
    let mut kinds = kinds.iter().map(|kind| normalize::normal(kind));
    let short = kinds.find_map(|kind| {
        let kind = kind.as_str();
        name.strip_suffix(kind).or_else(|| name.strip_prefix(kind))
    });
    short.unwrap_or(name)
}
