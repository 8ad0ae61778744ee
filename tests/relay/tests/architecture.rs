//! Architecture rules of the crates in `app/` and `relay/`, checked on their sources and manifests. The rule about
//! cycles of files also holds for the crates in `tests/`:
//!
//! - no cycles of files or crates, and only the listed dependencies between crates;
//! - SQL only in `relay/store`, Chatwork's HTTP API only in `relay/chatwork`;
//! - the browser's API only in one folder of the app;
//! - no clock and no randomness in `app/domain`;
//! - the simulated Chatwork only behind the cargo feature `demo`.
//!
//! Code under `#[cfg(test)]` and dev-dependencies are exempt. `crates` reads crates, `sources` parses their
//! files, `imports` finds cycles of files, `demo_feature` has the rule about the simulator, and `rules` the others.

mod crates;
mod demo_feature;
mod imports;
mod rules;
mod sources;

use std::fmt;

use crates::Crate;

/// An architecture rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    FileCycle,
    CrateDependency,
    SqlOnlyInStore,
    ChatworkOnlyInChatwork,
    BrowserOnlyInBrowser,
    DomainWithoutClockOrRandomness,
    SimulatorOnlyInDemo,
}

/// A violation of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    rule: Rule,
    /// Path from the workspace's root.
    file: String,
    /// Line from 1; 0 for a manifest.
    line: usize,
    message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

fn violations(crates: &[Crate]) -> Vec<Violation> {
    let mut all = imports::file_cycles(crates);
    all.extend(rules::crate_dependencies(crates));
    all.extend(rules::sql_outside_store(crates));
    all.extend(rules::chatwork_outside_its_crate(crates));
    all.extend(rules::browser_outside_its_folder(crates));
    all.extend(rules::clock_or_randomness_in_domain(crates));
    all.extend(demo_feature::simulator_outside_demo(crates));
    all.sort();
    all
}

#[test]
fn the_crates_keep_every_architecture_rule() {
    let crates = crates::read_members(&["app/", "relay/"]);
    let files: usize = crates.iter().map(|this_crate| this_crate.files.len()).sum();
    assert!(
        files > 300,
        "only {files} source files found in app/ and relay/"
    );
    let problems: Vec<_> = violations(&crates)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn the_test_crates_have_no_cycles_of_files() {
    let crates = crates::read_members(&["tests/"]);
    assert!(crates.len() >= 3, "{} crates in tests/", crates.len());
    let problems: Vec<_> = imports::file_cycles(&crates)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
