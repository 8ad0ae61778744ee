//! The lists of `tests/e2e/engines`: tests that also run in other engines than Chromium, and those that cannot.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The first column of a list's lines, without comments.
fn listed(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("engines")
        .join(file);
    let text = std::fs::read_to_string(&path).expect("the list can be read");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let names = lines.map(|line| line.split('\t').next().unwrap_or_default().to_owned());
    names.collect()
}

/// Names of all tests of this program.
fn all_tests() -> BTreeSet<String> {
    let program = std::env::current_exe().expect("a test knows its program");
    let output = Command::new(program)
        .args(["--list", "--format", "terse"])
        .output()
        .expect("the tests can be listed");
    let text = String::from_utf8(output.stdout).expect("names are text");
    let names = text.lines().filter_map(|line| line.strip_suffix(": test"));
    names.map(str::to_owned).collect()
}

#[test]
fn every_test_that_an_engines_list_names_exists_once() {
    let all = all_tests();
    for file in ["webkit.txt", "firefox.txt", "chromium-only.tsv"] {
        let names = listed(file);
        assert!(!names.is_empty(), "{file} is empty");
        for name in &names {
            assert!(all.contains(name), "{file}: there is no test {name}");
        }
        let distinct: BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{file} names a test twice");
    }
}

#[test]
fn no_other_engine_s_list_names_a_test_that_runs_in_chromium_only() {
    let chromium_only: BTreeSet<_> = listed("chromium-only.tsv").into_iter().collect();
    for file in ["webkit.txt", "firefox.txt"] {
        let asked = listed(file).into_iter().collect::<BTreeSet<_>>();
        let both: Vec<_> = asked.intersection(&chromium_only).collect();
        assert!(both.is_empty(), "{file}: {both:?}");
    }
}
