//! Texts for the columns of a list, its issues, and the entries of an imported settings document.

use yobirin_domain::csv::field::{Field, Kind};
use yobirin_domain::import::{Issue, IssueKind};
use yobirin_domain::model::settings::SettingsDocument;

use crate::i18n::fill;
use crate::i18n::setup::Words;
use crate::router::SetupPage;
use crate::setup::draft::problem_location;
use crate::setup::nav::page_title;
use crate::setup::shared::pick::id_problem;

/// Title of a field's column.
pub(crate) fn field(words: &Words, kind: Kind, field: Field) -> &'static str {
    field.header(kind, words.language())
}

/// Text of an issue: a problem in one cell or row of the imported list.
pub(crate) fn issue_text(words: &Words, issue: &Issue) -> String {
    let texts = &words.import;
    let number = |value: usize| value.to_string();
    let problem = match issue.kind {
        IssueKind::MissingName => texts.problem_no_name.to_owned(),
        IssueKind::TooLong { max } => fill(texts.problem_too_long, &[("max", &number(max))]),
        IssueKind::TooMany { max } => fill(texts.problem_too_many, &[("max", &number(max))]),
        IssueKind::InvalidId => texts.problem_not_an_id.to_owned(),
        IssueKind::InvalidAccount(error) => id_problem(words, error)
            .unwrap_or(texts.problem_not_an_account)
            .to_owned(),
        IssueKind::InvalidRoom(error) => id_problem(words, error)
            .unwrap_or(texts.problem_not_a_room)
            .to_owned(),
        IssueKind::InvalidDate => texts.problem_not_a_day.to_owned(),
        IssueKind::InvalidFlag => texts.problem_not_a_flag.to_owned(),
        IssueKind::InvalidNumber => texts.problem_not_a_number.to_owned(),
        IssueKind::UnknownGroup => texts.problem_unknown_group.to_owned(),
        IssueKind::AmbiguousGroup => texts.problem_ambiguous_group.to_owned(),
        IssueKind::AmbiguousPath => texts.problem_ambiguous_path.to_owned(),
        IssueKind::UnknownHost => texts.problem_unknown_host.to_owned(),
        IssueKind::AmbiguousHost => texts.problem_ambiguous_host.to_owned(),
        IssueKind::AccountTaken => texts.problem_account_taken.to_owned(),
        IssueKind::DuplicateRow { line } => {
            fill(texts.problem_repeated, &[("line", &number(line))])
        }
        IssueKind::DuplicateName { line } => {
            fill(texts.problem_same_name, &[("line", &number(line))])
        }
        IssueKind::ParentCycle => texts.problem_parent_cycle.to_owned(),
        IssueKind::UndecodableCharacter => texts.problem_unreadable.to_owned(),
        IssueKind::TooFewCells => texts.problem_short_row.to_owned(),
        IssueKind::TooManyCells => texts.problem_long_row.to_owned(),
        IssueKind::UnclosedQuote => texts.problem_unclosed.to_owned(),
        IssueKind::HostHasLeft => texts.problem_left.to_owned(),
        IssueKind::LeavesLater => texts.problem_leaves_later.to_owned(),
        IssueKind::ExampleRow => texts.problem_example.to_owned(),
    };
    // A column that lists of hosts and of groups may have is titled alike in both.
    let column = issue.field.map(|field| {
        let is_of_hosts = Kind::Hosts.fields().contains(&field);
        let kind = if is_of_hosts {
            Kind::Hosts
        } else {
            Kind::Groups
        };
        self::field(words, kind, field)
    });
    match (column, issue.text.is_empty()) {
        (Some(column), false) => {
            let values = [
                ("column", column),
                ("text", &issue.text),
                ("says", &problem),
            ];
            fill(texts.problem_in_cell, &values)
        }
        (Some(column), true) => fill(
            texts.problem_in_column,
            &[("column", column), ("says", &problem)],
        ),
        (None, _) => problem,
    }
}

/// Name of the entry to which a problem's path leads, in a document that is not the draft.
pub(crate) fn entry_of_problem(words: &Words, document: &SettingsDocument, path: &str) -> String {
    let page = problem_location::page_of(document, path);
    let entry = match &page {
        SetupPage::Host(id) => {
            let host = document.hosts.iter().find(|host| host.id == *id);
            host.map_or(id.as_str(), |host| &host.name)
        }
        SetupPage::Group(id) => {
            let group = document.groups.iter().find(|group| group.id == *id);
            group.map_or(id.as_str(), |group| group.name.best(words.language()))
        }
        SetupPage::Device(id) => {
            let device = document.devices.iter().find(|device| device.id == *id);
            device.map_or(id.as_str(), |device| &device.name)
        }
        _ => return page_title(words, &page).to_owned(),
    };
    format!("{} › {entry}", page_title(words, &page))
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::directory::Host;

    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn a_problem_is_named_by_its_page_and_entry() {
        let document = SettingsDocument {
            hosts: vec![Host::named("sato".parse().unwrap(), "佐藤")],
            ..SettingsDocument::default()
        };
        for (path, expected) in [
            ("hosts[0].name", "Hosts › 佐藤"),
            ("hosts", "Hosts"),
            ("site.default_room", "Chatwork"),
            ("site.escalation[1].after_seconds", "Answers and reminders"),
            ("site.purpose_notice.texts.ko", "Privacy notice"),
            ("site.alarms.backup_days", "Alerts"),
            ("site.retention.words", "Retention"),
            ("site.accent", "Office"),
        ] {
            let entry = entry_of_problem(SetupLang::En.words(), &document, path);
            assert_eq!(entry, expected, "{path}");
        }
    }
}
