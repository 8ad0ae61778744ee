//! Problems of groups: fields, cycles of parents, and too many recipients.

use proptest::prelude::*;

use super::super::{ValidationError, validate};
use super::{assert_problems, long, problems};
use crate::model::lang::{Lang, TranslatedText};
use crate::model::settings::SettingsDocument;
use crate::test_office::{self, group_id, group_in, host_id, host_in};

#[test]
fn every_problem_of_a_group_is_reported_at_its_path() {
    assert_problems(vec![
        (
            "groups[0].name.ja: contains the control character U+001A; remove it",
            Box::new(|d| d.groups[0].name.set(Lang::Ja, "総務\u{1a}")),
        ),
        (
            "groups[4].id: the id eigyo is used twice",
            Box::new(|d| {
                d.groups[4].id = group_id("eigyo");
                d.groups[4].parent = None;
                d.hosts[2].groups.clear();
            }),
        ),
        (
            "groups[0].name: must not be empty",
            Box::new(|d| d.groups[0].name = TranslatedText::default()),
        ),
        (
            "groups[0].name.en: must not be empty",
            Box::new(|d| d.groups[0].name.set(Lang::En, " ")),
        ),
        (
            "groups[0].name.ja: must be at most 80 characters",
            Box::new(|d| d.groups[0].name.set(Lang::Ja, long(81))),
        ),
        (
            "groups[2].parent: there is no group nowhere",
            Box::new(|d| d.groups[2].parent = Some(group_id("nowhere"))),
        ),
        (
            "groups[0].parent: a group cannot be below itself",
            Box::new(|d| d.groups[0].parent = Some(group_id("soumu"))),
        ),
        (
            "groups[0].in_charge[2]: there is no host nobody",
            Box::new(|d| d.groups[0].in_charge.push(host_id("nobody"))),
        ),
        (
            "groups[0].in_charge[2]: sato is listed twice",
            Box::new(|d| d.groups[0].in_charge.push(host_id("sato"))),
        ),
    ]);
}

#[test]
fn only_groups_inside_a_cycle_are_reported() {
    let problems = problems(|d| {
        group_in(d, "eigyo").parent = Some(group_id("eigyo1"));
        group_in(d, "soumu").parent = Some(group_id("eigyo"));
    });
    let cycle = |i: usize| format!("groups[{i}].parent: a group cannot be below itself");
    assert_eq!(problems, [cycle(3), cycle(4)]);
}

#[test]
fn no_call_has_more_recipients_than_the_relay_accepts() {
    // Adds this number of hosts and returns their ids.
    let add_hosts = |d: &mut SettingsDocument, n: usize| {
        for i in 0..n {
            d.hosts
                .push(test_office::host(&format!("x{i}"), "某", "", 0, &[]));
        }
        (0..n)
            .map(|i| host_id(&format!("x{i}")))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        problems(|d| d.groups[0].in_charge = add_hosts(d, 99)),
        [""; 0]
    );
    assert_eq!(
        problems(|d| d.groups[0].in_charge = add_hosts(d, 100)),
        ["groups[0].in_charge: must be at most 99 entries"]
    );
    assert_eq!(
        problems(|d| {
            let everybody = add_hosts(d, 98);
            host_in(d, "tanaka").delegates = everybody.clone();
            d.groups[0].in_charge = vec![host_id("tanaka"), host_id("sato")];
        }),
        ["groups[0].in_charge: must be at most 99 entries"]
    );
    assert_eq!(
        problems(|d| d.hosts[0].delegates = add_hosts(d, 99)),
        [
            "hosts[0].delegates: must be at most 98 entries",
            "groups[0].in_charge: must be at most 99 entries"
        ]
    );
}

proptest! {
    /// On any graph of parents exactly the groups that are their own ancestors are reported.
    #[test]
    fn cycles_are_reported_on_any_graph(parents in prop::collection::vec(prop::option::of(0_usize..12), 12)) {
        let mut document = SettingsDocument::default();
        for (i, parent) in parents.iter().enumerate() {
            let parent = parent.map_or_else(String::new, |p| format!("g{p}"));
            document.groups.push(test_office::group(&format!("g{i}"), "某", &parent, 0, &[]));
        }
        let is_in_cycle = |start: usize| {
            let path = std::iter::successors(parents[start], |&at| parents[at]);
            path.take(parents.len()).any(|at| at == start)
        };
        let expected: Vec<String> = (0..parents.len())
            .filter(|&i| is_in_cycle(i))
            .map(|i| format!("groups[{i}].parent"))
            .collect();
        let problems = validate(document).err().unwrap_or_default();
        prop_assert!(problems.iter().all(|problem| problem.error == ValidationError::ParentCycle));
        let named: Vec<String> = problems.into_iter().map(|problem| problem.path).collect();
        prop_assert_eq!(named, expected);
    }
}
