//! Texts for fields, flaws and locations.

use yobirin_domain::csv::field::{Field, Kind};
use yobirin_domain::import::{Issue, IssueKind};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::SettingsDocument;

use crate::i18n::fill;
use crate::i18n::setup::{SetupLang, Words};
use crate::router::SetupPage;
use crate::setup::draft::problem_location;
use crate::setup::shared::pick::id_problem;

/// Title of a column.
pub(crate) fn field(words: &Words, kind: Kind, field: Field) -> &'static str {
    field.header(kind, words.lang == SetupLang::Ja)
}

/// Text of a flaw.
pub(crate) fn flaw(words: &Words, flaw: &Issue) -> String {
    let w = &words.import;
    let number = |value: usize| value.to_string();
    let problem = match flaw.kind {
        IssueKind::MissingName => w.problem_no_name.to_owned(),
        IssueKind::TooLong { max } => fill(w.problem_too_long, &[("max", &number(max))]),
        IssueKind::TooMany { max } => fill(w.problem_too_many, &[("max", &number(max))]),
        IssueKind::InvalidId => w.problem_not_an_id.to_owned(),
        IssueKind::InvalidAccount(why) => id_problem(words, why)
            .unwrap_or(w.problem_not_an_account)
            .to_owned(),
        IssueKind::InvalidRoom(why) => id_problem(words, why)
            .unwrap_or(w.problem_not_a_room)
            .to_owned(),
        IssueKind::InvalidDate => w.problem_not_a_day.to_owned(),
        IssueKind::InvalidFlag => w.problem_not_a_flag.to_owned(),
        IssueKind::InvalidNumber => w.problem_not_a_number.to_owned(),
        IssueKind::UnknownGroup => w.problem_unknown_group.to_owned(),
        IssueKind::AmbiguousGroup => w.problem_ambiguous_group.to_owned(),
        IssueKind::UnknownHost => w.problem_unknown_host.to_owned(),
        IssueKind::AmbiguousHost => w.problem_ambiguous_host.to_owned(),
        IssueKind::AccountTaken => w.problem_account_taken.to_owned(),
        IssueKind::DuplicateRow { line } => fill(w.problem_repeated, &[("line", &number(line))]),
        IssueKind::DuplicateName { line } => fill(w.problem_same_name, &[("line", &number(line))]),
        IssueKind::ParentCycle => w.problem_parent_cycle.to_owned(),
        IssueKind::UndecodableCharacter => w.problem_unreadable.to_owned(),
        IssueKind::TooFewCells => w.problem_short_row.to_owned(),
        IssueKind::TooManyCells => w.problem_long_row.to_owned(),
        IssueKind::UnclosedQuote => fill(w.problem_unclosed, &[("line", &number(flaw.line))]),
        IssueKind::HostHasLeft => w.problem_left.to_owned(),
    };
    // Columns that both kinds have share their titles.
    let column = flaw.field.map(|field| {
        let host = Kind::Hosts.fields().contains(&field);
        let kind = if host { Kind::Hosts } else { Kind::Groups };
        self::field(words, kind, field)
    });
    match (column, flaw.text.is_empty()) {
        (Some(column), false) => {
            let gaps = [("column", column), ("text", &flaw.text), ("says", &problem)];
            fill(w.problem_in_cell, &gaps)
        }
        (Some(column), true) => fill(
            w.problem_in_column,
            &[("column", column), ("says", &problem)],
        ),
        (None, _) => problem,
    }
}

/// Entry of a problem, in a document that is not the draft.
pub(crate) fn entry_of_problem(words: &Words, document: &SettingsDocument, path: &str) -> String {
    let w = &words.shell;
    let lang: Lang = words.lang.lang();
    let named = |list: &str, name: &str| format!("{list} › {name}");
    match problem_location::page_of(document, path) {
        SetupPage::Host(id) => {
            let host = document.hosts.iter().find(|host| host.id == id);
            named(w.hosts, host.map_or(id.as_str(), |host| &host.name))
        }
        SetupPage::Group(id) => {
            let group = document.groups.iter().find(|group| group.id == id);
            named(
                w.groups,
                group.map_or(id.as_str(), |group| group.name.best(lang)),
            )
        }
        SetupPage::Device(id) => {
            let device = document.devices.iter().find(|device| device.id == id);
            named(w.devices, device.map_or(id.as_str(), |device| &device.name))
        }
        SetupPage::Hosts => w.hosts.to_owned(),
        SetupPage::Groups => w.groups.to_owned(),
        SetupPage::Devices => w.devices.to_owned(),
        SetupPage::Chatwork => w.chatwork.to_owned(),
        _ => w.site.to_owned(),
    }
}
