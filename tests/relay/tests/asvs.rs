//! OWASP ASVS 5.0, levels 1 and 2: `tests/relay/asvs-5.0.csv` lists for each requirement the verdict and its
//! evidence. These tests check the table's form and that the evidence exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use csv::StringRecord;

/// Number of requirements of ASVS 5.0.0 at level 1 and level 2.
const REQUIREMENTS: [usize; 2] = [70, 183];
/// Number of requirements of the chapters 1 to 17, both levels together.
const CHAPTERS: [usize; 17] = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];
/// Maximum number of requirements that are not met.
const MAX_NOT_MET: usize = 12;
/// Minimum length in characters of the reason for "not met".
const MIN_REASON_LENGTH: usize = 60;

fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn source(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn requirements() -> Vec<StringRecord> {
    let path = workspace_root().join("tests/relay/asvs-5.0.csv");
    let mut reader = csv::Reader::from_path(&path).unwrap();
    assert_eq!(
        reader.headers().unwrap(),
        vec!["id", "level", "verdict", "evidence", "explanation"]
    );
    reader.records().map(Result::unwrap).collect()
}

/// The three numbers of a requirement's id.
fn numbers(id: &str) -> [usize; 3] {
    let numbers: Vec<usize> = id.split('.').map(|part| part.parse().unwrap()).collect();
    numbers.try_into().unwrap_or_else(|_| panic!("{id}"))
}

#[test]
fn every_requirement_of_levels_1_and_2_has_one_row_in_order() {
    let rows = requirements();
    for (level, expected) in ["1", "2"].into_iter().zip(REQUIREMENTS) {
        let count = rows.iter().filter(|row| &row[1] == level).count();
        assert_eq!(count, expected, "level {level}");
    }
    assert_eq!(rows.len(), REQUIREMENTS.iter().sum::<usize>());
    let ids: Vec<_> = rows.iter().map(|row| numbers(&row[0])).collect();
    assert!(ids.is_sorted_by(|one, next| one < next), "{ids:?}");
    for (chapter, expected) in (1..).zip(CHAPTERS) {
        let count = ids.iter().filter(|id| id[0] == chapter).count();
        assert_eq!(count, expected, "chapter {chapter}");
    }
}

#[test]
fn every_verdict_has_evidence_or_a_reason() {
    let mut not_met = Vec::new();
    for row in requirements() {
        let (id, verdict, evidence, explanation) = (&row[0], &row[2], &row[3], &row[4]);
        assert!(explanation.ends_with('.'), "{id}: {explanation}");
        match verdict {
            "met" => assert!(!evidence.is_empty(), "{id} shows nothing"),
            "not met" => {
                assert!(
                    explanation.chars().count() >= MIN_REASON_LENGTH,
                    "{id}: {explanation}"
                );
                not_met.push(id.to_owned());
            }
            "not applicable" => {}
            other => panic!("{id}: {other}"),
        }
    }
    assert!(not_met.len() <= MAX_NOT_MET, "{not_met:?}");
}

#[test]
fn every_file_and_test_named_as_evidence_exists() {
    let mut missing = Vec::new();
    for row in requirements() {
        for evidence in row[3].split_whitespace() {
            let (path, test) = evidence.split_once("::").unwrap_or((evidence, ""));
            let file = workspace_root().join(path);
            let is_there = file.exists()
                && (test.is_empty() || source(&file).contains(&format!("fn {test}(")));
            if !is_there {
                missing.push(format!("{} {evidence}", &row[0]));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// Files below a folder with these extensions.
fn collect_files(folder: &Path, endings: &[&str], found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_files(&path, endings, found);
        } else if endings
            .iter()
            .any(|ending| path.extension() == Some(ending.as_ref()))
        {
            found.insert(path);
        }
    }
}

/// Source text of functions that interpret strings as program, page, query or pattern, with the files in which
/// they are allowed.
const INTERPRETERS: [(&str, &[&str]); 12] = [
    ("process::Command", &[]),
    ("eval(", &[]),
    ("new Function", &[]),
    ("document.write", &[]),
    ("inner_html=", &[]),
    ("insert_adjacent_html", &[]),
    // Sets an empty string and a constant.
    ("set_inner_html(", &["browser/iframe.rs"]),
    ("innerHTML", &["kiosk/crash.js"]),
    // To the page's own worker and back; no window sends or receives messages.
    ("post_message", &["browser/worker.rs"]),
    ("postMessage", &["workbook/worker.js"]),
    ("Regex", &[]),
    // Allows queries built at run time: here from constants and a number only.
    ("AssertSqlSafe", &["store/src/transaction.rs"]),
];

#[test]
fn no_source_builds_pages_programs_or_queries_from_text() {
    let mut found = BTreeSet::new();
    for folder in ["app/domain/src", "app/ui", "app/workbook", "relay"] {
        collect_files(&workspace_root().join(folder), &["rs", "js"], &mut found);
    }
    assert!(found.len() > 300, "{}", found.len());
    for path in found {
        let text = source(&path);
        for (word, allowed) in INTERPRETERS {
            let is_allowed = allowed.iter().any(|file| path.ends_with(file));
            assert!(
                is_allowed || !text.contains(word),
                "{}: {word}",
                path.display()
            );
        }
    }
}
