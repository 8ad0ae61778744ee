//! Rule about the cargo feature `demo`: the simulated Chatwork is linked and used only with it.

use super::crates::{Crate, Dependency, is_within};
#[cfg(test)]
use super::rules::text;
use super::rules::{DEMO, SIMULATOR, in_file, in_manifest, outside};
use super::{Rule, Violation};

pub(super) fn simulator_outside_demo(crates: &[Crate]) -> Vec<Violation> {
    let rule = Rule::SimulatorOnlyInDemo;
    let mut found = Vec::new();
    for this_crate in outside(crates, "relay/demo") {
        let simulator = this_crate
            .dependencies
            .iter()
            .filter(|dependency| [SIMULATOR, DEMO].contains(&dependency.name.as_str()));
        for Dependency { name, optional, .. } in simulator {
            let features = this_crate.features.iter().filter(|(_, enables)| {
                enables.iter().any(|enabled| {
                    enabled
                        .trim_start_matches("dep:")
                        .starts_with(name.as_str())
                })
            });
            let features: Vec<_> = features.map(|(feature, _)| feature.as_str()).collect();
            if !optional || features != ["demo"] {
                let message = format!("must link {name} by the cargo feature `demo` only");
                found.push(in_manifest(rule, this_crate, message));
            }
        }
        let demo = this_crate.modules_where(|declared| declared.is_demo);
        let message = "uses the simulated Chatwork without the cargo feature `demo`";
        for file in this_crate
            .files
            .iter()
            .filter(|file| !is_within(&file.module, &demo))
        {
            let lines = file.mentions.iter().filter(|mention| {
                ["chatwork_sim", "yobirin_demo"].contains(&mention.segments[0].as_str())
                    && !mention.is_demo
            });
            found.extend(lines.map(|mention| in_file(rule, file, mention.line, message)));
        }
    }
    found
}

#[test]
fn the_simulator_without_the_feature_demo_is_a_violation() {
    let files = [
        (
            "lib.rs",
            "#[cfg(feature = \"demo\")]\nmod demo;\nmod other;",
        ),
        ("demo.rs", "mod office;"),
        ("demo/office.rs", "use chatwork_sim::Office;"),
        (
            "other.rs",
            "use chatwork_sim::Sim;\n#[cfg(feature = \"demo\")]\nuse chatwork_sim::Office;",
        ),
    ];
    let mut server = Crate::made_up("relay/server", &[SIMULATOR], &files);
    let code =
        "relay/server/src/other.rs:1: uses the simulated Chatwork without the cargo feature `demo`";
    assert_eq!(
        text(&simulator_outside_demo(std::slice::from_ref(&server))),
        [
            "relay/server/Cargo.toml: must link chatwork-sim by the cargo feature `demo` only",
            code
        ]
    );
    server.dependencies[0].optional = true;
    let enables = vec![format!("dep:{SIMULATOR}")];
    server.features.insert("demo".to_owned(), enables);
    assert_eq!(text(&simulator_outside_demo(&[server])), [code]);
}
