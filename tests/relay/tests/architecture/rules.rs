//! Rules about single crates and files: dependencies between crates, and paths or strings that may occur only
//! in one place. `demo_feature` has the rule about the simulator.

use super::crates::Crate;
use super::sources::{Mention, SourceFile};
use super::{Rule, Violation};

/// The dependencies between our crates, by folder and name. A crate that is not listed violates the rule.
const DEPENDENCIES: [(&str, &[&str]); 9] = [
    ("app/domain", &[]),
    ("app/ui", &["yobirin-api", "yobirin-domain"]),
    ("app/workbook", &[]),
    ("relay/alarm-webhook", &["yobirin-api", "yobirin-domain"]),
    ("relay/api", &["yobirin-domain"]),
    ("relay/chatwork", &["yobirin-api", "yobirin-domain"]),
    ("relay/store", &["yobirin-api", "yobirin-domain"]),
    ("relay/demo", &["yobirin-domain", SIMULATOR]),
    (
        "relay/server",
        &[
            "yobirin-alarm-webhook",
            "yobirin-api",
            "yobirin-chatwork",
            "yobirin-domain",
            "yobirin-store",
            DEMO,
        ],
    ),
];

pub(super) const SIMULATOR: &str = "chatwork-sim";
/// The only crate of the product that links the simulator.
pub(super) const DEMO: &str = "yobirin-demo";

/// The crate beside the one for Chatwork that makes HTTP requests: to the alarm webhook.
const ALARM_WEBHOOK: &str = "relay/alarm-webhook";

/// The folder of the app that may use the browser's API.
const BROWSER_FOLDER: &str = "app/ui/src/browser";

pub(super) fn crate_dependencies(crates: &[Crate]) -> Vec<Violation> {
    let mut found = Vec::new();
    for this_crate in crates {
        let entry = DEPENDENCIES
            .iter()
            .find(|(folder, _)| *folder == this_crate.folder);
        let ours = this_crate
            .dependencies
            .iter()
            .map(|dependency| dependency.name.as_str())
            .filter(|name| *name == SIMULATOR || name.starts_with("yobirin-"));
        for name in ours {
            let message = match entry {
                Some((_, allowed)) if allowed.contains(&name) => continue,
                Some(_) => format!("{} must not depend on {name}", this_crate.name),
                None => format!(
                    "{} is not in the list of crates and depends on {name}",
                    this_crate.name
                ),
            };
            found.push(in_manifest(Rule::CrateDependency, this_crate, message));
        }
        if entry.is_none() {
            let message = format!(
                "add {} to the list of crates and their dependencies",
                this_crate.name
            );
            found.push(in_manifest(Rule::CrateDependency, this_crate, message));
        }
    }
    found
}

pub(super) fn sql_outside_store(crates: &[Crate]) -> Vec<Violation> {
    let rule = Rule::SqlOnlyInStore;
    let mut found = Vec::new();
    for this_crate in outside(crates, "relay/store") {
        found.extend(dependency_on(this_crate, "sqlx", rule));
        found.extend(mentions(
            this_crate,
            rule,
            "uses sqlx outside relay/store",
            |mention| mention.segments[0] == "sqlx",
        ));
    }
    found
}

pub(super) fn chatwork_outside_its_crate(crates: &[Crate]) -> Vec<Violation> {
    let rule = Rule::ChatworkOnlyInChatwork;
    let mut found = Vec::new();
    for this_crate in outside(crates, "relay/chatwork") {
        if this_crate.folder != ALARM_WEBHOOK {
            found.extend(dependency_on(this_crate, "reqwest", rule));
            found.extend(mentions(
                this_crate,
                rule,
                "uses reqwest outside relay/chatwork",
                |mention| mention.segments[0] == "reqwest",
            ));
        }
        for file in &this_crate.files {
            let lines = file
                .strings
                .iter()
                .filter(|(_, text)| text.contains("api.chatwork.com"));
            found.extend(lines.map(|(line, _)| {
                in_file(
                    rule,
                    file,
                    *line,
                    "names api.chatwork.com outside relay/chatwork",
                )
            }));
        }
    }
    found
}

pub(super) fn browser_outside_its_folder(crates: &[Crate]) -> Vec<Violation> {
    let folder = BROWSER_FOLDER;
    let message = format!("uses the browser's API outside {folder}");
    let mut found = Vec::new();
    for this_crate in crates {
        let violations = mentions(
            this_crate,
            Rule::BrowserOnlyInBrowser,
            &message,
            |mention| {
                let mut segments = mention.segments.iter();
                segments.any(|segment| segment == "web_sys" || segment == "js_sys")
            },
        );
        let is_inside =
            |file: &str| file.starts_with(folder) && file[folder.len()..].starts_with(['/', '.']);
        found.extend(
            violations
                .into_iter()
                .filter(|violation| !is_inside(&violation.file)),
        );
    }
    found
}

pub(super) fn clock_or_randomness_in_domain(crates: &[Crate]) -> Vec<Violation> {
    let rule = Rule::DomainWithoutClockOrRandomness;
    let mut found = Vec::new();
    for this_crate in crates
        .iter()
        .filter(|this_crate| this_crate.folder == "app/domain")
    {
        for name in ["rand", "getrandom", "jiff", "chrono", "time"] {
            found.extend(dependency_on(this_crate, name, rule));
        }
        found.extend(mentions(
            this_crate,
            rule,
            "reads a clock or a random number",
            |mention| {
                let is_source = |segment: &String| {
                    ["SystemTime", "Instant", "getrandom"].contains(&segment.as_str())
                };
                // `Date::now`, `Uuid::now_v7`, `OffsetDateTime::now_utc`.
                let is_now = |last: &String| last == "now" || last.starts_with("now_");
                mention.segments[0] == "rand"
                    || mention.segments.iter().any(is_source)
                    || mention.segments.len() > 1 && mention.segments.last().is_some_and(is_now)
            },
        ));
    }
    found
}

pub(super) fn outside<'a>(crates: &'a [Crate], folder: &'a str) -> impl Iterator<Item = &'a Crate> {
    crates
        .iter()
        .filter(move |this_crate| this_crate.folder != folder)
}

fn dependency_on(this_crate: &Crate, name: &str, rule: Rule) -> Option<Violation> {
    let mut dependencies = this_crate.dependencies.iter();
    let depends = dependencies.any(|dependency| dependency.name == name);
    depends.then(|| {
        in_manifest(
            rule,
            this_crate,
            format!("{} must not depend on {name}", this_crate.name),
        )
    })
}

fn mentions(
    this_crate: &Crate,
    rule: Rule,
    message: &str,
    is_violation: impl Fn(&Mention) -> bool,
) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in &this_crate.files {
        let lines = file.mentions.iter().filter(|mention| is_violation(mention));
        found.extend(lines.map(|mention| in_file(rule, file, mention.line, message)));
    }
    // A path in an import is mentioned once for each name.
    found.dedup();
    found
}

pub(super) fn in_file(rule: Rule, file: &SourceFile, line: usize, message: &str) -> Violation {
    Violation {
        rule,
        file: file.path.clone(),
        line,
        message: message.to_owned(),
    }
}

pub(super) fn in_manifest(rule: Rule, this_crate: &Crate, message: String) -> Violation {
    Violation {
        rule,
        file: this_crate.manifest(),
        line: 0,
        message,
    }
}

#[cfg(test)]
pub(super) fn text(found: &[Violation]) -> Vec<String> {
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_dependency_against_the_layers_and_an_unknown_crate_are_violations() {
    let crates = [
        Crate::made_up("app/domain", &["serde", "yobirin-api"], &[]),
        Crate::made_up("relay/store", &["yobirin-domain"], &[]),
        Crate::made_up("relay/new", &[], &[]),
    ];
    assert_eq!(
        text(&crate_dependencies(&crates)),
        [
            "app/domain/Cargo.toml: yobirin-domain must not depend on yobirin-api",
            "relay/new/Cargo.toml: add yobirin-new to the list of crates and their dependencies",
        ]
    );
}

#[test]
fn the_listed_dependencies_between_crates_form_no_cycle() {
    let folder_of = |name: &str| {
        let mut crates = DEPENDENCIES.iter().map(|(folder, _)| *folder);
        crates.find(|folder| folder.rsplit('/').next() == name.strip_prefix("yobirin-"))
    };
    let mut unresolved: Vec<_> = DEPENDENCIES.to_vec();
    while !unresolved.is_empty() {
        let before = unresolved.len();
        let folders: Vec<_> = unresolved.iter().map(|(folder, _)| *folder).collect();
        unresolved.retain(|(_, dependencies)| {
            let mut ours = dependencies.iter().filter_map(|name| folder_of(name));
            ours.any(|folder| folders.contains(&folder))
        });
        assert!(
            unresolved.len() < before,
            "these depend on each other: {unresolved:?}"
        );
    }
}

#[test]
fn sqlx_outside_the_store_is_a_violation_and_inside_or_in_tests_is_not() {
    let server = [
        (
            "lib.rs",
            "mod a;\n#[cfg(test)] mod tests { use sqlx::Row; }",
        ),
        ("a.rs", "// sqlx\nfn f(_: sqlx::Error) {}"),
    ];
    let crates = [
        Crate::made_up("relay/server", &["sqlx"], &server),
        Crate::made_up("relay/store", &["sqlx"], &[("lib.rs", "use sqlx::Row;")]),
    ];
    assert_eq!(
        text(&sql_outside_store(&crates)),
        [
            "relay/server/Cargo.toml: yobirin-server must not depend on sqlx",
            "relay/server/src/a.rs:2: uses sqlx outside relay/store",
        ]
    );
}

#[test]
fn reqwest_and_chatworks_host_name_outside_the_chatwork_crate_are_violations() {
    let server = [(
        "args.rs",
        "use reqwest::Url;\n#[arg(default_value = \"https://api.chatwork.com/v2\")]\nstruct A;",
    )];
    let chatwork = [(
        "lib.rs",
        "use reqwest::Url; const U: &str = \"api.chatwork.com\";",
    )];
    let crates = [
        Crate::made_up("relay/server", &[], &server),
        Crate::made_up("relay/chatwork", &["reqwest"], &chatwork),
    ];
    assert_eq!(
        text(&chatwork_outside_its_crate(&crates)),
        [
            "relay/server/src/args.rs:1: uses reqwest outside relay/chatwork",
            "relay/server/src/args.rs:2: names api.chatwork.com outside relay/chatwork",
        ]
    );
}

#[test]
fn the_browsers_api_outside_its_folder_is_a_violation() {
    let files = [
        ("browser.rs", "use web_sys::Window;"),
        ("browser/ids.rs", "use js_sys::Date;"),
        ("kiosk.rs", "fn f(_: leptos::web_sys::Event) {}"),
    ];
    let app = Crate::made_up("app/ui", &[], &files);
    let message = "app/ui/src/kiosk.rs:1: uses the browser's API outside app/ui/src/browser";
    assert_eq!(text(&browser_outside_its_folder(&[app])), [message]);
}

#[test]
fn clock_and_randomness_in_the_domain_are_violations_and_elsewhere_are_not() {
    let files = [
        ("a.rs", "use std::time::SystemTime;"),
        ("b.rs", "fn f() { let _ = Date::now(); }"),
        ("c.rs", "fn f() -> u8 { rand::random() }"),
        ("d.rs", "fn f(clock: &C) -> u64 { clock.now() }"),
        ("e.rs", "fn f(now: u64) -> u64 { now }"),
        ("f.rs", "fn f() { let _ = Uuid::now_v7(); }"),
    ];
    let crates = [
        Crate::made_up("app/domain", &["rand"], &files),
        Crate::made_up("relay/server", &["rand"], &files),
    ];
    let found = clock_or_randomness_in_domain(&crates);
    let places: Vec<_> = found
        .iter()
        .map(|violation| violation.file.as_str())
        .collect();
    let expected = [
        "Cargo.toml",
        "src/a.rs",
        "src/b.rs",
        "src/c.rs",
        "src/d.rs",
        "src/f.rs",
    ];
    assert_eq!(places, expected.map(|file| format!("app/domain/{file}")));
}
