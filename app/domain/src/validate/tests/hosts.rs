//! Problems of hosts.

use super::{assert_problems, long};
use crate::test_office::{group_id, host_id};

#[test]
fn every_problem_of_a_host_is_reported_at_its_path() {
    assert_problems(vec![
        (
            "hosts[2].id: the id sato is used twice",
            Box::new(|d| d.hosts[2].id = host_id("sato")),
        ),
        (
            "hosts[1].account: the Chatwork account 101 belongs to another host too",
            Box::new(|d| d.hosts[1].account = d.hosts[0].account),
        ),
        (
            "hosts[0].name: must not be empty",
            Box::new(|d| d.hosts[0].name = "\u{3000}\u{200b}".into()),
        ),
        (
            "hosts[0].name: must be at most 80 characters",
            Box::new(|d| d.hosts[0].name = long(81)),
        ),
        (
            "hosts[0].kana: must be at most 80 characters",
            Box::new(|d| d.hosts[0].kana = long(81)),
        ),
        (
            "hosts[0].display_name: must be at most 80 characters",
            Box::new(|d| d.hosts[0].display_name = long(81)),
        ),
        (
            "hosts[0].latin_name: must be at most 80 characters",
            Box::new(|d| d.hosts[0].latin_name = long(81)),
        ),
        (
            "hosts[0].latin_name: contains the control character U+000A; remove it",
            Box::new(|d| d.hosts[0].latin_name = "Sato\nHanako".into()),
        ),
        (
            "hosts[0].visitor_message: must be at most 200 characters",
            Box::new(|d| d.hosts[0].visitor_message = long(201)),
        ),
        (
            "hosts[0].absent_until: must not be empty",
            Box::new(|d| d.hosts[0].absent_from = "2026-12-01".parse().ok()),
        ),
        (
            "hosts[0].absent_until: must end after it begins",
            Box::new(|d| {
                d.hosts[0].absent_from = "2026-12-01".parse().ok();
                d.hosts[0].absent_until = "2026-11-30".parse().ok();
            }),
        ),
        (
            "hosts[0].search_keys: must be at most 20 entries",
            Box::new(|d| d.hosts[0].search_keys = vec!["a".into(); 21]),
        ),
        (
            "hosts[0].name: contains the control character U+0000; remove it",
            Box::new(|d| d.hosts[0].name.push('\0')),
        ),
        (
            "hosts[0].kana: contains the control character U+000A; remove it",
            Box::new(|d| d.hosts[0].kana.push('\n')),
        ),
        (
            "hosts[0].display_name: contains the control character U+000B; remove it",
            Box::new(|d| d.hosts[0].display_name = "佐\u{b}藤".into()),
        ),
        (
            "hosts[0].visitor_message: contains the control character U+0000; remove it",
            Box::new(|d| d.hosts[0].visitor_message = "a\nb\0".into()),
        ),
        (
            "hosts[0].search_keys[0]: contains the control character U+0007; remove it",
            Box::new(|d| d.hosts[0].search_keys = vec!["a\u{7}".into()]),
        ),
        (
            "hosts[0].search_keys[1]: must be at most 60 characters",
            Box::new(|d| d.hosts[0].search_keys = vec!["a".into(), long(61)]),
        ),
        (
            "hosts[0].groups[1]: there is no group nowhere",
            Box::new(|d| d.hosts[0].groups.push(group_id("nowhere"))),
        ),
        (
            "hosts[0].groups[1]: soumu is listed twice",
            Box::new(|d| d.hosts[0].groups.push(group_id("soumu"))),
        ),
        (
            "hosts[0].delegates[0]: there is no host nobody",
            Box::new(|d| d.hosts[0].delegates = vec![host_id("nobody")]),
        ),
        (
            "hosts[0].delegates[1]: ito is listed twice",
            Box::new(|d| d.hosts[0].delegates = vec![host_id("ito"); 2]),
        ),
        (
            "hosts[0].delegates[0]: a host cannot stand in for themselves",
            Box::new(|d| d.hosts[0].delegates = vec![host_id("sato")]),
        ),
    ]);
}
