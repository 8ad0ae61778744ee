//! Assignees and due time of the task for a missed visit.

use super::*;
use crate::model::date::{Date, Weekday};
use crate::model::hours::{DeviceHours, Span, Week};
use crate::model::menu::Method;
use crate::model::settings::SettingsDocument;
use crate::test_office::{
    account_id, group_id, group_in, host_id, host_in, office, room_id, today,
};

fn assigned(target: Target, change: impl FnOnce(&mut SettingsDocument)) -> Vec<u64> {
    let request = RouteRequest {
        target,
        method: Method::Both,
        today: today(),
    };
    let accounts = assignees(&office(change), &request);
    accounts.iter().map(|account| account.get()).collect()
}

#[test]
fn the_task_is_for_the_host_or_else_for_those_in_charge() {
    let host = |key| Target::Host(host_id(key));
    let group = |key| Target::Group(group_id(key));
    assert_eq!(assigned(host("sato"), |_| {}), [101]);
    assert_eq!(
        assigned(host("takahashi"), |_| {}),
        [102],
        "the host in charge of 開発一課"
    );
    assert_eq!(assigned(group("soumu"), |_| {}), [101, 105]);
    assert_eq!(assigned(group("eigyo1"), |_| {}), [] as [u64; 0]);
    let above = assigned(group("eigyo1"), |d| {
        group_in(d, "eigyo").in_charge = vec![host_id("tanaka")];
    });
    assert_eq!(above, [103], "the host in charge of the ancestor");
    assert_eq!(assigned(Target::Staff, |_| {}), [] as [u64; 0]);
    let staff = assigned(Target::Staff, |d| {
        group_in(d, "soumu").room = Some(room_id(1));
    });
    assert_eq!(staff, [101, 105]);
    assert_eq!(assigned(host("gone"), |_| {}), [] as [u64; 0]);
    let alone = assigned(host("ito"), |d| host_in(d, "ito").account = None);
    assert_eq!(
        alone,
        [] as [u64; 0],
        "the host has neither an account nor a group"
    );
}

#[test]
fn in_a_private_chat_the_task_is_for_its_host() {
    let in_charge = [account_id(101), account_id(105)];
    let chat = Destination::Account(account_id(105));
    assert_eq!(assignees_in(chat, &in_charge), [account_id(105)]);
    assert_eq!(assignees_in(chat, &[]), [account_id(105)]);
    assert_eq!(
        assignees_in(Destination::Room(room_id(1)), &in_charge),
        in_charge
    );
}

#[test]
fn a_missed_visit_is_off_by_default_and_needs_answers() {
    let settings = office(|d| d.devices[0].menu[1].missed_visit = true);
    let menu = &settings.devices()[0].menu;
    assert!(!is_on(&settings, Some(&menu[0])));
    assert!(is_on(&settings, Some(&menu[1])));
    assert!(!is_on(&settings, None));
    let mut document = settings.document().clone();
    document.site.answers = crate::model::answer_display::AnswerDisplay::Off;
    let without = Settings::unvalidated(document);
    assert!(!is_on(&without, Some(&without.devices()[0].menu[1])));
}

fn local_date_time(text: &str) -> LocalDateTime {
    let (day, time) = text.split_once(' ').unwrap();
    LocalDateTime {
        day: day.parse().unwrap(),
        time: time.parse().unwrap(),
    }
}

/// 9–12 and 13–18 on workdays. 2026-11-23 is a Monday.
fn week() -> Week {
    let span = |from: &str, to: &str| Span {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    };
    let mut week = Week::workdays(span("09:00", "12:00"));
    for day in Weekday::ALL.into_iter().filter(|day| day.is_workday()) {
        week.on_mut(day).push(span("13:00", "18:00"));
    }
    week
}

#[test]
fn the_task_is_due_at_the_end_of_the_opening_day_or_of_the_next() {
    let settings = office(|d| {
        d.site.opening_hours = Some(week());
        d.site.closed_days = vec!["2026-11-24".parse::<Date>().unwrap().into()];
    });
    let device = &settings.devices()[0];
    for (tapped, expected) in [
        ("2026-11-23 10:30", "2026-11-23 18:00"),
        ("2026-11-23 11:59", "2026-11-23 18:00"),
        ("2026-11-23 17:44", "2026-11-23 18:00"),
        // The deadline is at the end of the day, and the next day is closed.
        ("2026-11-23 17:45", "2026-11-25 18:00"),
        ("2026-11-27 17:50", "2026-11-30 18:00"),
    ] {
        let due = due(&settings, device, local_date_time(tapped));
        assert_eq!(due, local_date_time(expected), "{tapped}");
    }
}

#[test]
fn without_opening_hours_the_task_is_due_at_the_end_of_the_day() {
    let settings = office(|_| {});
    let device = &settings.devices()[0];
    for (tapped, expected) in [
        ("2026-11-23 10:30", "2026-11-23 24:00"),
        ("2026-11-23 23:50", "2026-11-24 24:00"),
    ] {
        assert_eq!(
            due(&settings, device, local_date_time(tapped)),
            local_date_time(expected)
        );
    }
    let closed = office(|d| {
        d.site.opening_hours = Some(Week::default());
        d.devices[0].opening_hours = DeviceHours::AsSite;
    });
    let never = due(
        &closed,
        &closed.devices()[0],
        local_date_time("2026-11-23 10:30"),
    );
    assert_eq!(never, local_date_time("2026-11-23 24:00"));
}

#[test]
fn without_anybody_to_assign_a_message_takes_the_place_of_the_task() {
    let room = Destination::Room(room_id(1));
    let host = Destination::Account(account_id(101));
    assert_eq!(delivery_index(room, &[account_id(101)]), MISSED_TASK_INDEX);
    assert_eq!(delivery_index(room, &[]), MISSED_POST_INDEX);
    assert_eq!(delivery_index(host, &[]), MISSED_TASK_INDEX);
}
