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
        IssueKind::MissingName => w.fault_no_name.to_owned(),
        IssueKind::TooLong { max } => fill(w.fault_too_long, &[("max", &number(max))]),
        IssueKind::TooMany { max } => fill(w.fault_too_many, &[("max", &number(max))]),
        IssueKind::InvalidId => w.fault_not_an_id.to_owned(),
        IssueKind::InvalidAccount(why) => id_problem(words, why)
            .unwrap_or(w.fault_not_an_account)
            .to_owned(),
        IssueKind::InvalidRoom(why) => id_problem(words, why)
            .unwrap_or(w.fault_not_a_room)
            .to_owned(),
        IssueKind::InvalidDate => w.fault_not_a_day.to_owned(),
        IssueKind::InvalidFlag => w.fault_not_a_flag.to_owned(),
        IssueKind::InvalidNumber => w.fault_not_a_number.to_owned(),
        IssueKind::UnknownGroup => w.fault_unknown_group.to_owned(),
        IssueKind::AmbiguousGroup => w.fault_ambiguous_group.to_owned(),
        IssueKind::AmbiguousPath => w.fault_ambiguous_path.to_owned(),
        IssueKind::UnknownHost => w.fault_unknown_host.to_owned(),
        IssueKind::AmbiguousHost => w.fault_ambiguous_host.to_owned(),
        IssueKind::AccountTaken => w.fault_account_taken.to_owned(),
        IssueKind::DuplicateRow { line } => fill(w.fault_repeated, &[("line", &number(line))]),
        IssueKind::DuplicateName { line } => fill(w.fault_same_name, &[("line", &number(line))]),
        IssueKind::ParentCycle => w.fault_parent_cycle.to_owned(),
        IssueKind::UndecodableCharacter => w.fault_unreadable.to_owned(),
        IssueKind::TooFewCells => w.fault_short_row.to_owned(),
        IssueKind::TooManyCells => w.fault_long_row.to_owned(),
        IssueKind::UnclosedQuote => w.fault_unclosed.to_owned(),
        IssueKind::HostHasLeft => w.fault_left.to_owned(),
        IssueKind::LeavesLater => w.fault_leaves_later.to_owned(),
        IssueKind::ExampleRow => w.fault_example.to_owned(),
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
            fill(w.at_cell, &gaps)
        }
        (Some(column), true) => fill(w.at_column, &[("column", column), ("says", &problem)]),
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
