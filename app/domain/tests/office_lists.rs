//! Lists as offices really have them (`tests/lists`): each file with the result that its author expects.

use encoding_rs::{Encoding as Decoder, UTF_8};
use yobirin_domain::chatwork_id::ParseIdError;
use yobirin_domain::csv::encoding::Encoding;
use yobirin_domain::csv::field::{Field, Kind};
use yobirin_domain::csv::file::{self, FileType};
use yobirin_domain::csv::separator::Separator;
use yobirin_domain::csv::sheet::{self, Sheet};
use yobirin_domain::import::layout::Layout;
use yobirin_domain::import::{Import, IssueKind, Options, Proposal, RowOutcome};
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::validate::validate;

/// Reads a file as the browser does.
fn read_sheet(name: &str) -> Sheet {
    let path = format!("{}/tests/lists/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("the file exists");
    assert_eq!(file::check(name, &bytes), Ok(FileType::Text));
    let label = Encoding::of(&bytes).label();
    let decoder = Decoder::for_label(label.as_bytes()).unwrap_or(UTF_8);
    sheet::read(&decoder.decode(&bytes).0)
}

fn import_into(document: SettingsDocument, name: &str, options: Options) -> Proposal {
    let sheet = read_sheet(name);
    let layout = Layout::guess(&sheet);
    assert_eq!(layout.kind, Kind::Hosts);
    let mut bits = 0_u64;
    let random = move || {
        bits += 1 << 12;
        bits
    };
    let proposal = Import::new(document, sheet, layout, options, random).finish();
    assert!(validate(proposal.document.clone()).is_ok());
    proposal
}

fn import(name: &str) -> Proposal {
    import_into(SettingsDocument::default(), name, Options::default())
}

fn names(proposal: &Proposal) -> Vec<&str> {
    let hosts = proposal.document.hosts.iter();
    hosts.map(|host| host.name.as_str()).collect()
}

fn accounts(proposal: &Proposal) -> Vec<Option<u64>> {
    let hosts = proposal.document.hosts.iter();
    hosts.map(|host| host.account.map(u64::from)).collect()
}

fn issues(proposal: &Proposal) -> Vec<(usize, IssueKind)> {
    let issues = proposal.issues.iter();
    issues.map(|issue| (issue.line, issue.kind)).collect()
}

fn groups(proposal: &Proposal) -> Vec<&str> {
    let groups = proposal.document.groups.iter();
    groups.map(|group| group.name.exactly(Lang::Ja)).collect()
}

fn host(id: &str, name: &str, kana: &str) -> Host {
    let mut host = Host::named(id.parse().expect("an id"), name);
    kana.clone_into(&mut host.kana);
    host
}

fn office_of(hosts: impl Into<Vec<Host>>) -> SettingsDocument {
    SettingsDocument {
        hosts: hosts.into(),
        ..SettingsDocument::default()
    }
}

#[test]
fn a_tab_separated_file_with_a_line_break_in_a_title_has_all_its_columns() {
    let sheet = read_sheet("tab_multiline_title.tsv");
    assert_eq!(sheet.separator, Some(Separator::Tab));
    let columns = [Field::Name, Field::Kana, Field::Account, Field::Groups];
    assert_eq!(Layout::guess(&sheet).columns, columns.map(Some));
    let proposal = import("tab_multiline_title.tsv");
    assert_eq!(names(&proposal), ["試験 一郎", "試験 花子"]);
    assert_eq!(accounts(&proposal), [Some(7_100_001), Some(7_100_002)]);
    assert_eq!(issues(&proposal), []);
}

#[test]
fn a_preamble_with_another_separator_is_skipped() {
    let sheet = read_sheet("semi_preamble.csv");
    assert_eq!(sheet.separator, Some(Separator::Semicolon));
    let proposal = import("semi_preamble.csv");
    assert_eq!(names(&proposal), ["試験 一郎"]);
    assert_eq!(accounts(&proposal), [Some(7_100_001)]);
    assert_eq!(groups(&proposal), ["総務"]);
    assert_eq!(issues(&proposal), []);
}

#[test]
fn an_end_of_file_mark_is_no_person() {
    let proposal = import("ctrl_z.csv");
    assert_eq!(names(&proposal), ["試験 一郎"]);
    assert_eq!((proposal.rows.len(), issues(&proposal)), (1, vec![]));
}

#[test]
fn invisible_characters_are_removed_from_names() {
    let proposal = import("newline_name.csv");
    assert_eq!(names(&proposal), ["試験 一郎", "試験 二郎", "試験 三郎"]);
    let last = proposal.rows.last().expect("a row");
    assert_eq!((last.line, &last.outcome), (6, &RowOutcome::Skipped));
    assert_eq!(issues(&proposal), [(6, IssueKind::MissingName)]);
}

#[test]
fn employees_who_have_left_are_skipped_and_an_unclear_cell_is_reported() {
    let proposal = import("left.csv");
    assert_eq!(names(&proposal), ["試験 五郎", "試験 八郎"]);
    let skipped = [2, 3, 4, 5, 7, 8].map(|line| (line, IssueKind::HostHasLeft));
    let unclear = (9, IssueKind::InvalidFlag);
    assert_eq!(issues(&proposal), [&skipped[..], &[unclear]].concat());
}

#[test]
fn an_employee_is_here_until_the_day_of_leaving_is_over() {
    let options = Options {
        today: "2026-03-31".parse().ok(),
        ..Options::default()
    };
    let proposal = import_into(SettingsDocument::default(), "left.csv", options);
    assert_eq!(names(&proposal), ["試験 一郎", "試験 五郎", "試験 八郎"]);
    assert_eq!(issues(&proposal)[0], (2, IssueKind::LeavesLater));
}

#[test]
fn an_existing_employee_who_has_left_is_hidden() {
    let document = office_of([host("a", "試験 二郎", ""), host("b", "試験 八郎", "")]);
    let proposal = import_into(document, "left.csv", Options::default());
    let hidden: Vec<bool> = proposal
        .document
        .hosts
        .iter()
        .map(|host| host.hidden)
        .collect();
    assert_eq!(
        hidden,
        [true, false, false],
        "二郎 is hidden, 八郎 is unclear, 五郎 is new"
    );
}

#[test]
fn titles_further_down_are_titles() {
    let proposal = import("repeated_titles.csv");
    assert_eq!(names(&proposal), ["試験 一郎", "試験 二郎"]);
    assert_eq!(groups(&proposal), ["総務"]);
    assert_eq!((proposal.rows.len(), issues(&proposal)), (2, vec![]));
}

#[test]
fn numbers_of_spreadsheets_are_read_as_one_number() {
    let proposal = import("numbers.csv");
    let ids = [1, 2, 0, 710_004, 5, 6, 7, 8, 9].map(|id| match id {
        0 => None,
        1..=9 => Some(7_100_000 + id),
        id => Some(id),
    });
    assert_eq!(accounts(&proposal), ids);
    let rounded = IssueKind::InvalidAccount(ParseIdError::Rounded);
    assert_eq!(issues(&proposal), [(4, rounded)]);
}

#[test]
fn the_row_of_an_open_quotation_mark_is_left_out() {
    let proposal = import("unclosed.csv");
    assert_eq!(names(&proposal), ["試験 一郎"]);
    assert_eq!(issues(&proposal), [(3, IssueKind::UnclosedQuote)]);
    let last = proposal.rows.last().expect("a row");
    assert_eq!(
        (last.name.as_str(), &last.outcome),
        ("試験 二郎,シケン", &RowOutcome::Skipped)
    );
}

#[test]
fn the_same_people_in_other_code_points_are_matched() {
    let document = office_of([
        host("a", "高橋 明子", "タカハシ アキコ"),
        host("b", "齋藤 誠", "サイトウ マコト"),
    ]);
    let proposal = import_into(document, "same_people.csv", Options::default());
    assert_eq!(names(&proposal), ["高橋 明子", "齋藤 誠", "長谷川 仁"]);
    assert_eq!(
        issues(&proposal),
        [(4, IssueKind::DuplicateRow { line: 3 })]
    );
    let unchanged = |line: usize| {
        let row = proposal.rows.iter().find(|row| row.line == line);
        row.is_some_and(|row| row.outcome == RowOutcome::Unchanged)
    };
    assert!(unchanged(2) && unchanged(5));
}

#[test]
fn a_workbook_is_known_by_its_content() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lists/list.xlsx");
    let bytes = std::fs::read(path).expect("the file exists");
    assert_eq!(file::check("list.csv", &bytes), Ok(FileType::Workbook));
}

/// Imports one host with these groups.
fn import_groups(document: &SettingsDocument, cell: &str) -> Proposal {
    let sheet = sheet::read(&format!("氏名,部署\n試験 一郎,{cell}\n"));
    let layout = Layout::guess(&sheet);
    let random = || 7 << 12;
    Import::new(document.clone(), sheet, layout, Options::default(), random).finish()
}

#[test]
fn existing_groups_beside_a_slash_win_over_a_new_path() {
    let mut document = SettingsDocument::default();
    for (id, name) in [("keiri", "経理"), ("kaihatsu", "開発部")] {
        let name = TranslatedText::of(Lang::Ja, name);
        document
            .groups
            .push(Group::named(id.parse().expect("an id"), name));
    }
    let members = |proposal: &Proposal| -> Vec<String> {
        let groups = proposal.document.hosts[0].groups.iter();
        groups.map(ToString::to_string).collect()
    };
    let both = import_groups(&document, "経理/開発部");
    assert_eq!(members(&both), ["keiri", "kaihatsu"]);
    assert_eq!((both.new_groups.len(), issues(&both)), (0, vec![]));

    let unclear = import_groups(&document, "広報/開発部");
    assert_eq!((members(&unclear).len(), unclear.new_groups.len()), (0, 0));
    assert_eq!(issues(&unclear), [(2, IssueKind::AmbiguousPath)]);

    for path in ["開発部/開発三課", "経理>開発部", "広報/広報一課"] {
        let path_of = import_groups(&document, path);
        assert_eq!(members(&path_of).len(), 1, "{path}");
        assert_eq!(issues(&path_of), [], "{path}");
    }
}

#[test]
fn the_examples_of_the_template_are_left_out() {
    for lang in [Lang::Ja, Lang::En] {
        let sheet = sheet::read(&yobirin_domain::csv::template::hosts(lang));
        let layout = Layout::guess(&sheet);
        assert!(layout.columns.iter().all(Option::is_some));
        let document = SettingsDocument::default();
        let proposal =
            Import::new(document.clone(), sheet, layout, Options::default(), || 0).finish();
        assert_eq!(proposal.document, document);
        let examples = [2, 3].map(|line| (line, IssueKind::ExampleRow));
        assert_eq!(issues(&proposal), examples);
    }
}
