//! Texts for fields, flaws and locations.

use yobirin_domain::import::{Fault, Flaw};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::table::field::{Field, Kind};

use crate::i18n::fill;
use crate::i18n::setup::{SetupLang, Words};
use crate::router::SetupPage;
use crate::setup::draft::problem_location;
use crate::setup::shared::pick::id_problem;

/// Title of a column.
pub(crate) fn field(words: &Words, kind: Kind, field: Field) -> &'static str {
    field.title(kind, words.lang == SetupLang::Ja)
}

/// Text of a flaw.
pub(crate) fn flaw(words: &Words, flaw: &Flaw) -> String {
    let w = &words.import;
    let number = |value: usize| value.to_string();
    let problem = match flaw.fault {
        Fault::NoName => w.fault_no_name.to_owned(),
        Fault::TooLong { max } => fill(w.fault_too_long, &[("max", &number(max))]),
        Fault::TooMany { max } => fill(w.fault_too_many, &[("max", &number(max))]),
        Fault::NotAnId => w.fault_not_an_id.to_owned(),
        Fault::NotAnAccount(why) => id_problem(words, why)
            .unwrap_or(w.fault_not_an_account)
            .to_owned(),
        Fault::NotARoom(why) => id_problem(words, why)
            .unwrap_or(w.fault_not_a_room)
            .to_owned(),
        Fault::NotADay => w.fault_not_a_day.to_owned(),
        Fault::NotAFlag => w.fault_not_a_flag.to_owned(),
        Fault::NotANumber => w.fault_not_a_number.to_owned(),
        Fault::UnknownGroup => w.fault_unknown_group.to_owned(),
        Fault::AmbiguousGroup => w.fault_ambiguous_group.to_owned(),
        Fault::UnknownHost => w.fault_unknown_host.to_owned(),
        Fault::AmbiguousHost => w.fault_ambiguous_host.to_owned(),
        Fault::AccountTaken => w.fault_account_taken.to_owned(),
        Fault::Repeated { line } => fill(w.fault_repeated, &[("line", &number(line))]),
        Fault::SameName { line } => fill(w.fault_same_name, &[("line", &number(line))]),
        Fault::ParentCycle => w.fault_parent_cycle.to_owned(),
        Fault::Unreadable => w.fault_unreadable.to_owned(),
        Fault::ShortRow => w.fault_short_row.to_owned(),
        Fault::LongRow => w.fault_long_row.to_owned(),
        Fault::Unclosed => fill(w.fault_unclosed, &[("line", &number(flaw.line))]),
        Fault::Left => w.fault_left.to_owned(),
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
