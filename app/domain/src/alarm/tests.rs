//! Tests of single rules about alarms.

mod notices;
mod room_change;
mod texts;

use super::sample::{ALARM_ROOM, Desk, StepEnd, at, delivered, tablet_name};
use super::*;
use crate::model::delivery::{DeliveryState, RejectReason};
use crate::model::id::CallId;
use crate::model::settings::{Settings, SettingsDocument};
use crate::test_office::room_id;

/// Changes the settings.
fn change(desk: &mut Desk, change: impl FnOnce(&mut SettingsDocument)) {
    let mut document = desk.settings.document().clone();
    change(&mut document);
    desk.settings = Settings::unvalidated(document);
}

#[test]
fn fifty_tablets_behind_one_dead_switch_are_one_post_that_is_edited_when_they_return() {
    let mut desk = Desk::with_tablets(50);
    desk.run_until(at(0, "10:39"), &[]);
    // Their last heartbeats are spread over a minute.
    desk.step(|number| number % 2 == 0, StepEnd::Stored);
    let all: Vec<usize> = (0..50).collect();
    desk.run_until(at(0, "10:50"), &all);
    let [text] = desk.texts()[..] else {
        panic!("{:?}", desk.texts())
    };
    assert!(
        text.starts_with("[info][title]受付端末の応答なし（50台）[/title]"),
        "{text}"
    );
    assert!(
        (0..50).all(|number| text.contains(&tablet_name(number))),
        "{text}"
    );
    assert!(text.contains("・端末49：10:39から"), "{text}");
    desk.run_until(at(0, "10:52"), &all[25..]);
    let text = desk.texts()[0];
    assert!(text.contains("（25台）"), "{text}");
    assert!(text.contains("・端末00：10:39から、10:50 復旧"), "{text}");
    desk.run_until(at(0, "11:00"), &[]);
    let text = desk.texts()[0];
    assert!(
        text.starts_with("[info][title]10:52 復旧：受付端末の応答なし（50台）[/title]"),
        "{text}"
    );
    assert_eq!((desk.room.len(), desk.open().len()), (1, 0));
}

#[test]
fn a_tablet_that_falls_silent_after_others_were_told_is_a_new_post() {
    let mut desk = Desk::with_tablets(2);
    desk.run_until(at(0, "10:00"), &[]);
    desk.run_until(at(0, "10:20"), &[0]);
    desk.run_until(at(0, "10:40"), &[0, 1]);
    let [first, second] = desk.texts()[..] else {
        panic!("{:?}", desk.texts())
    };
    assert!(
        first.contains(&tablet_name(0)) && !first.contains(&tablet_name(1)),
        "{first}"
    );
    assert!(
        second.contains(&tablet_name(1)) && !second.contains(&tablet_name(0)),
        "{second}"
    );
}

#[test]
fn a_tablet_that_flaps_is_one_post() {
    let mut desk = Desk::with_tablets(1);
    desk.run_until(at(0, "10:00"), &[]);
    for _ in 0..12 {
        desk.run_until(desk.now + 4 * MINUTE, &[0]);
        desk.run_until(desk.now + 2 * MINUTE, &[]);
    }
    let [text] = desk.texts()[..] else {
        panic!("{:?}", desk.texts())
    };
    assert!(
        text.contains("（12回目）") && text.contains(" 復旧："),
        "{text}"
    );
    desk.run_until(desk.now + 2 * HOUR, &[]);
    desk.run_until(desk.now + 4 * MINUTE, &[0]);
    assert_eq!(desk.room.len(), 2, "an hour later it is another incident");
}

#[test]
fn an_incident_of_the_night_is_told_when_the_office_opens_if_it_lasts() {
    let mut desk = Desk::with_tablets(2);
    desk.disk_free_percent = Some(3);
    desk.run_until(at(0, "08:50"), &[0, 1]);
    assert!(desk.room.is_empty());
    assert_eq!(desk.open(), ["disk_low"], "the overview shows it before");
    desk.run_until(at(0, "09:01"), &[0]);
    assert_eq!(
        desk.room.len(),
        1,
        "the disk; a tablet may be switched on at nine"
    );
    desk.run_until(at(0, "09:10"), &[0]);
    let text = desk.texts()[1];
    assert!(
        text.contains("・端末00：08:00から") && !text.contains("端末01"),
        "{text}"
    );
    desk.run_until(at(0, "18:00"), &[]);
    desk.disk_free_percent = Some(60);
    desk.run_until(at(0, "20:00"), &[]);
    let text = desk.texts()[0];
    assert!(
        text.contains("18:00 復旧："),
        "an edit disturbs nobody: {text}"
    );
    desk.disk_free_percent = Some(3);
    desk.run_until(at(1, "06:00"), &[]);
    desk.disk_free_percent = Some(60);
    desk.run_until(at(1, "12:00"), &[]);
    assert_eq!(desk.room.len(), 2, "what ended before opening is not told");
}

#[test]
fn a_tablet_with_hours_of_its_own_is_expected_in_them_only() {
    use crate::model::hours::{DeviceHours, Span, Week};
    let mut desk = Desk::with_tablets(1);
    change(&mut desk, |document| {
        let span = Span {
            from: "13:00".parse().unwrap(),
            to: "15:00".parse().unwrap(),
        };
        let week = Week::workdays(span);
        document.devices[0].opening_hours = DeviceHours::Own { week };
    });
    desk.run_until(at(0, "13:02"), &[0]);
    assert_eq!(desk.room.len(), 0);
    desk.run_until(at(0, "13:04"), &[0]);
    assert_eq!(desk.room.len(), 1);
}

#[test]
fn a_tablet_that_is_unpaired_or_removed_is_not_silent_any_more() {
    let mut desk = Desk::with_tablets(2);
    desk.run_until(at(0, "10:10"), &[0, 1]);
    desk.tablets.remove(&sample::tablet(1));
    change(&mut desk, |document| {
        document.devices.remove(0);
    });
    desk.run_until(at(0, "10:12"), &[0]);
    assert!(desk.open().is_empty());
}

#[test]
fn a_relay_that_was_down_gives_tablets_time_for_a_heartbeat() {
    let mut desk = Desk::with_tablets(1);
    desk.run_until(at(0, "10:00"), &[]);
    desk.now += 20 * MINUTE;
    desk.started = desk.now;
    desk.step(|_| false, StepEnd::Stored);
    assert!(desk.open().is_empty());
    desk.run_until(desk.now + 3 * MINUTE, &[0]);
    assert_eq!(desk.open(), ["tablets_silent"]);
    desk.now += 20 * MINUTE;
    desk.started = desk.now;
    desk.step(|_| false, StepEnd::Stored);
    assert_eq!(desk.open(), ["tablets_silent"], "it was not heard either");
}

#[test]
fn states_are_incidents_while_they_last() {
    let mut desk = Desk::with_tablets(0);
    change(&mut desk, |document| {
        document.site.alarms.backup_days = Some(2);
    });
    desk.run_until(at(0, "10:00"), &[]);
    for (kind, set) in [
        (
            "disk_low",
            (|desk| desk.disk_free_percent = Some(4)) as fn(&mut Desk),
        ),
        ("certificate_ends", |desk| {
            desk.certificate_ends = Some(desk.now + 13 * DAY);
        }),
        ("backup_old", |desk| desk.last_backup = LastBackup::Never),
        ("backup_old", |desk| {
            desk.last_backup = LastBackup::At(desk.now - 3 * DAY);
        }),
        // Recorded while the clock was ahead.
        ("backup_old", |desk| {
            desk.last_backup = LastBackup::At(desk.now + 300 * DAY);
        }),
        ("limit_nearly_used", |desk| desk.requests_left = 29),
        ("token_refused", |desk| desk.is_token_refused = true),
        ("chatwork_unreachable", |desk| {
            desk.is_chatwork_unreachable = true;
        }),
    ] {
        set(&mut desk);
        desk.run_until(desk.now + MINUTE, &[]);
        assert_eq!(desk.open(), [kind]);
        desk.disk_free_percent = Some(5);
        desk.certificate_ends = Some(desk.now + 15 * DAY);
        desk.last_backup = LastBackup::At(desk.now - DAY);
        desk.requests_left = 30;
        (desk.is_token_refused, desk.is_chatwork_unreachable) = (false, false);
        desk.run_until(desk.now + MINUTE, &[]);
        assert!(desk.open().is_empty(), "{kind}");
    }
    assert_eq!(desk.room.len(), 4, "{:?}", desk.texts());
    assert!(
        desk.texts().iter().all(|text| text.contains(" 復旧：")),
        "{:?}",
        desk.texts()
    );
}

#[test]
fn failed_calls_of_half_an_hour_are_one_incident_even_over_night() {
    let mut desk = Desk::with_tablets(0);
    let fail = |desk: &mut Desk, count| {
        desk.failed_calls = FailedCalls {
            count,
            last: desk.now,
            last_event: desk.failed_calls.last_event + 5,
        };
    };
    fail(&mut desk, 1);
    desk.run_until(at(0, "08:50"), &[]);
    assert!(desk.room.is_empty());
    desk.run_until(at(0, "09:10"), &[]);
    assert_eq!(desk.room.len(), 1, "a visitor stood there, whenever it was");
    desk.run_until(at(0, "10:00"), &[]);
    fail(&mut desk, 2);
    desk.run_until(at(0, "10:20"), &[]);
    fail(&mut desk, 1);
    desk.run_until(at(0, "10:40"), &[]);
    fail(&mut desk, 1);
    desk.run_until(at(0, "10:42"), &[]);
    let [_, second, third] = desk.texts()[..] else {
        panic!("{:?}", desk.texts())
    };
    assert!(
        second.contains("（3件）") && second.contains("最後は 10:20"),
        "{second}"
    );
    assert!(third.contains("（1件）"), "{third}");
    assert!(!second.contains("復旧"), "a failed call stays failed");
}

#[test]
fn calls_come_first_and_an_alarm_that_ended_meanwhile_is_told_late() {
    let mut desk = Desk::with_tablets(0);
    desk.run_until(at(0, "10:00"), &[]);
    (desk.requests_left, desk.calls_wait) = (5, true);
    desk.run_until(at(0, "10:04"), &[]);
    assert!(desk.room.is_empty() && desk.open() == ["limit_nearly_used"]);
    desk.requests_left = 300;
    desk.run_until(at(0, "10:05"), &[]);
    desk.calls_wait = false;
    desk.run_until(at(0, "10:06"), &[]);
    assert!(
        desk.texts()[0].contains("10:04 復旧：Chatwork"),
        "{:?}",
        desk.texts()
    );
}

#[test]
fn a_room_that_refuses_is_tried_once_an_hour_and_another_room_at_once() {
    let mut desk = Desk::with_tablets(0);
    desk.disk_free_percent = Some(1);
    desk.result = |_, _| DeliveryState::Rejected {
        reason: RejectReason::NoSuchRoom,
    };
    desk.run_until(at(0, "09:30"), &[]);
    let id = |desk: &Desk| desk.memory.incidents[0].post.clone();
    let first = id(&desk);
    assert!(matches!(first, PostState::Failed { .. }), "{first:?}");
    desk.run_until(at(0, "09:59"), &[]);
    assert_eq!(id(&desk), first, "not again yet");
    desk.result = delivered;
    desk.run_until(at(0, "10:05"), &[]);
    assert_eq!((desk.room.len(), desk.open()), (1, vec!["disk_low"]));

    let mut desk = Desk::with_tablets(0);
    desk.disk_free_percent = Some(1);
    desk.result = |_, _| DeliveryState::Expired;
    desk.run_until(at(0, "09:05"), &[]);
    let room = room_id(ALARM_ROOM + 1);
    change(&mut desk, |document| document.site.alarms.room = Some(room));
    let posts = desk.with_facts(|facts| {
        let new_id = &mut || CallId::new(9, &[9; 10]);
        desk.memory
            .clone()
            .take_posts(&desk.settings, facts, new_id)
    });
    assert_eq!(
        posts.iter().map(|post| post.room).collect::<Vec<_>>(),
        [room]
    );
}

#[test]
fn a_post_that_may_be_in_the_room_is_never_made_again() {
    let mut desk = Desk::with_tablets(0);
    desk.disk_free_percent = Some(1);
    desk.result = |_, _| DeliveryState::Unknown;
    desk.run_until(at(0, "09:05"), &[]);
    desk.result = |_, _| DeliveryState::Expired;
    desk.run_until(at(0, "09:10"), &[]);
    desk.result = delivered;
    desk.run_until(at(0, "17:00"), &[]);
    assert!(desk.room.is_empty(), "{:?}", desk.texts());
}

#[test]
fn a_clock_that_is_set_back_delays_nothing() {
    let mut desk = Desk::with_tablets(1);
    desk.run_until(at(1, "10:00"), &[]);
    desk.disk_free_percent = Some(1);
    desk.run_until(at(1, "10:10"), &[0]);
    assert_eq!(desk.room.len(), 2);
    desk.now = at(0, "10:00");
    desk.started = desk.now;
    desk.disk_free_percent = Some(60);
    desk.run_until(at(0, "10:02"), &[]);
    assert!(desk.open().is_empty());
    desk.run_until(at(0, "11:10"), &[]);
    desk.run_until(at(0, "11:20"), &[0]);
    assert_eq!(desk.room.len(), 3);
}

#[test]
fn the_memory_survives_its_json_and_an_unknown_field() {
    let mut desk = Desk::with_tablets(2);
    desk.disk_free_percent = Some(1);
    desk.run_until(at(0, "10:00"), &[0]);
    let json = serde_json::to_string(&desk.memory).unwrap();
    assert_eq!(
        serde_json::from_str::<AlarmMemory>(&json).unwrap(),
        desk.memory
    );
    let newer = json.replacen('{', r#"{"newer":1,"#, 1);
    assert_eq!(
        serde_json::from_str::<AlarmMemory>(&newer).unwrap(),
        desk.memory
    );
    assert_eq!(
        serde_json::from_str::<AlarmMemory>("{}").unwrap(),
        AlarmMemory::default()
    );
}
