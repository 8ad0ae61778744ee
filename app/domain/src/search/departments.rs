//! Groups as a separate kind of result, and the parts of a query besides a name: department, company, honorific and title.

use super::form_index::{FormIndex, FormWriter};
use super::query::Query;
use super::{normalize, titles};
use crate::model::id::GroupId;
use crate::model::lang::Lang;
use crate::model::settings::Settings;

/// Words for a kind of department at the end of its name: 総務 and 総務部 are the same.
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

/// Legal forms of companies in front of their names or after them.
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
            let mut line = settings.ancestors(&all[*index].id);
            line.all(|group| !group.hidden)
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
        for name in
            std::iter::once(site.name.as_str()).chain(site.names.iter().map(|(_, name)| name))
        {
            departments.add_name(name, None);
        }
        departments.add_members(settings, hosts, &visible);
        departments
    }

    fn add_name(&mut self, name: &str, group: Option<usize>) {
        let text: String = normalize::words(name).concat();
        let endings: &[&str] = if group.is_some() {
            &DEPARTMENT_KINDS
        } else {
            &COMPANY_FORMS
        };
        let short = without_forms(&text, endings);
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

    fn add_members(&mut self, settings: &Settings, hosts: &[usize], visible: &[usize]) {
        for (position, &index) in hosts.iter().enumerate() {
            for group in &settings.hosts()[index].groups {
                for group in settings.ancestor_positions(group) {
                    let members = visible
                        .binary_search(&group)
                        .map(|index| &mut self.members[index]);
                    if let (Ok(members), Ok(position)) = (members, u32::try_from(position))
                        && members.last() != Some(&position)
                    {
                        members.push(position);
                    }
                }
            }
        }
    }

    /// Groups whose name matches the words, else groups that are named among other words.
    pub(super) fn find(&self, words: &[String], limit: usize) -> Vec<GroupId> {
        let matches = Query::of(words).map(|query| query.positions(&self.forms, limit));
        let mut found: Vec<usize> = matches
            .into_iter()
            .flatten()
            .map(|(index, _)| index)
            .collect();
        if found.is_empty() {
            found = self.split_query(words).groups;
        }
        found
            .into_iter()
            .take(limit)
            .map(|index| self.groups[index].clone())
            .collect()
    }

    /// Splits a query into the words of a name and the groups it names, without company, honorifics and titles.
    pub(super) fn split_query(&self, words: &[String]) -> SplitQuery {
        let mut parts = SplitQuery::default();
        let mut rest = words;
        while let [word, after @ ..] = rest {
            if let Some(after) = self.without_name(rest, &mut parts.groups) {
                rest = after;
                continue;
            }
            rest = after;
            let mut name = word.as_str();
            let titled = titles::without_title(name);
            name = self.without_departments(titled.unwrap_or(name), &mut parts.groups);
            name = titles::without_title(name).unwrap_or(name);
            // 受付の山田さん: only a title shows that の does not belong to the name.
            if let (Some(_), Some((_, person))) = (titled, name.rsplit_once('の'))
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

    /// Words after a name of several words, such as General Affairs.
    fn without_name<'a>(
        &self,
        words: &'a [String],
        groups: &mut Vec<usize>,
    ) -> Option<&'a [String]> {
        let lengths = (2..=words.len()).rev();
        let mut splits = lengths.map(|length| words.split_at(length));
        splits.find_map(|(name, after)| {
            let text = name.concat();
            let is_known = self.names.iter().any(|known| known.text == text);
            is_known.then(|| {
                self.add_groups(&text, groups);
                after
            })
        })
    }

    /// Adds the groups of a name.
    fn add_groups(&self, text: &str, groups: &mut Vec<usize>) {
        let same = self.names.iter().filter(|name| name.text == text);
        for group in same.filter_map(|name| name.group) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
    }

    /// Rest of a word after the names of groups and company at its start.
    fn without_departments<'a>(&self, word: &'a str, groups: &mut Vec<usize>) -> &'a str {
        let mut rest = without_company_form(word);
        loop {
            let names = self.names.iter();
            let names = names.filter(|name| is_in_front(rest, &name.text));
            let Some(longest) = names.max_by_key(|name| name.text.len()) else {
                return rest;
            };
            self.add_groups(&longest.text, groups);
            rest = &rest[longest.text.len()..];
            let kind = DEPARTMENT_KINDS.map(normalize::normal);
            let kind = kind
                .iter()
                .find_map(|kind| rest.strip_prefix(kind.as_str()));
            rest = kind.unwrap_or(rest);
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

/// True if `name`, of a group or company, is the whole word, or is kana or kanji at the start of the word. Latin letters at
/// the start do not count: `ito` is a host's name, not the group `IT` and a name.
fn is_in_front(word: &str, name: &str) -> bool {
    let rest = word.strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || !super::sound::is_latin(name))
}

fn without_company_form(word: &str) -> &str {
    let forms = COMPANY_FORMS.map(normalize::normal);
    let rest = forms
        .iter()
        .find_map(|form| word.strip_prefix(form.as_str()));
    rest.unwrap_or(word)
}

/// Name without one of the words at its end or start.
fn without_forms<'a>(name: &'a str, forms: &[&str]) -> &'a str {
    let mut forms = forms.iter().map(|form| normalize::normal(form));
    let rest = forms.find_map(|form| {
        let form = form.as_str();
        name.strip_suffix(form).or_else(|| name.strip_prefix(form))
    });
    rest.unwrap_or(name)
}
