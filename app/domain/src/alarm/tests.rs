//! Tests of single rules about alarms.

mod notices;
mod room_change;
mod texts;

use super::simulation::{ALARM_ROOM, AlarmSimulation, StepEnd, at, delivered, tablet_name};
use super::*;
use crate::model::delivery::{DeliveryState, RejectReason};
use crate::model::id::CallId;
use crate::model::settings::{Settings, SettingsDocument};
use crate::routing::Destination;
use crate::test_office::room_id;

/// Changes the settings.
fn change(simulation: &mut AlarmSimulation, change: impl FnOnce(&mut SettingsDocument)) {
    let mut document = simulation.settings.document().clone();
    change(&mut document);
    simulation.settings = Settings::unvalidated(document);
}

#[test]
fn fifty_tablets_behind_one_dead_switch_are_one_post_that_is_edited_when_they_return() {
    let mut simulation = AlarmSimulation::with_tablets(50);
    simulation.run_until(at(0, "10:39"), &[]);
    // Their last heartbeats are spread over a minute.
    simulation.step(|number| number % 2 == 0, StepEnd::Stored);
    let all: Vec<usize> = (0..50).collect();
    simulation.run_until(at(0, "10:50"), &all);
    let [text] = simulation.texts()[..] else {
        panic!("{:?}", simulation.texts())
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
    simulation.run_until(at(0, "10:52"), &all[25..]);
    let text = simulation.texts()[0];
    assert!(text.contains("（25台）"), "{text}");
    assert!(text.contains("・端末00：10:39から、10:50 復旧"), "{text}");
    simulation.run_until(at(0, "11:00"), &[]);
    let text = simulation.texts()[0];
    assert!(
        text.starts_with("[info][title]10:52 復旧：受付端末の応答なし（50台）[/title]"),
        "{text}"
    );
    assert_eq!((simulation.posts.len(), simulation.open().len()), (1, 0));
}

#[test]
fn a_tablet_that_falls_silent_after_others_were_posted_is_a_new_post() {
    let mut simulation = AlarmSimulation::with_tablets(2);
    simulation.run_until(at(0, "10:00"), &[]);
    simulation.run_until(at(0, "10:20"), &[0]);
    simulation.run_until(at(0, "10:40"), &[0, 1]);
    let [first, second] = simulation.texts()[..] else {
        panic!("{:?}", simulation.texts())
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
    let mut simulation = AlarmSimulation::with_tablets(1);
    simulation.run_until(at(0, "10:00"), &[]);
    for _ in 0..12 {
        simulation.run_until(simulation.now + 4 * MINUTE, &[0]);
        simulation.run_until(simulation.now + 2 * MINUTE, &[]);
    }
    let [text] = simulation.texts()[..] else {
        panic!("{:?}", simulation.texts())
    };
    assert!(
        text.contains("（12回目）") && text.contains(" 復旧："),
        "{text}"
    );
    simulation.run_until(simulation.now + 2 * HOUR, &[]);
    simulation.run_until(simulation.now + 4 * MINUTE, &[0]);
    assert_eq!(
        simulation.posts.len(),
        2,
        "an hour later it is another incident"
    );
}

#[test]
fn an_incident_of_the_night_is_posted_when_the_office_opens_if_it_lasts() {
    let mut simulation = AlarmSimulation::with_tablets(2);
    simulation.disk_free_percent = Some(3);
    simulation.run_until(at(0, "08:50"), &[0, 1]);
    assert!(simulation.posts.is_empty());
    assert_eq!(
        simulation.open(),
        ["disk_low"],
        "the overview shows it before"
    );
    simulation.run_until(at(0, "09:01"), &[0]);
    assert_eq!(
        simulation.posts.len(),
        1,
        "the disk; a tablet may be switched on at nine"
    );
    simulation.run_until(at(0, "09:10"), &[0]);
    let text = simulation.texts()[1];
    assert!(
        text.contains("・端末00：08:00から") && !text.contains("端末01"),
        "{text}"
    );
    simulation.run_until(at(0, "18:00"), &[]);
    simulation.disk_free_percent = Some(60);
    simulation.run_until(at(0, "20:00"), &[]);
    let text = simulation.texts()[0];
    assert!(
        text.contains("18:00 復旧："),
        "an edit disturbs nobody: {text}"
    );
    simulation.disk_free_percent = Some(3);
    simulation.run_until(at(1, "06:00"), &[]);
    simulation.disk_free_percent = Some(60);
    simulation.run_until(at(1, "12:00"), &[]);
    assert_eq!(
        simulation.posts.len(),
        2,
        "what ended before opening is not posted"
    );
}

#[test]
fn a_tablet_with_hours_of_its_own_is_expected_in_them_only() {
    use crate::model::hours::{DeviceHours, Span, Week};
    let mut simulation = AlarmSimulation::with_tablets(1);
    change(&mut simulation, |document| {
        let span = Span {
            from: "13:00".parse().unwrap(),
            to: "15:00".parse().unwrap(),
        };
        let week = Week::workdays(span);
        document.devices[0].opening_hours = DeviceHours::Own { week };
    });
    simulation.run_until(at(0, "13:02"), &[0]);
    assert_eq!(simulation.posts.len(), 0);
    simulation.run_until(at(0, "13:04"), &[0]);
    assert_eq!(simulation.posts.len(), 1);
}

#[test]
fn a_tablet_that_is_unpaired_or_removed_is_not_silent_any_more() {
    let mut simulation = AlarmSimulation::with_tablets(2);
    simulation.run_until(at(0, "10:10"), &[0, 1]);
    simulation.tablets.remove(&simulation::tablet(1));
    change(&mut simulation, |document| {
        document.devices.remove(0);
    });
    simulation.run_until(at(0, "10:12"), &[0]);
    assert!(simulation.open().is_empty());
}

#[test]
fn a_relay_that_was_down_gives_tablets_time_for_a_heartbeat() {
    let mut simulation = AlarmSimulation::with_tablets(1);
    simulation.run_until(at(0, "10:00"), &[]);
    simulation.now += 20 * MINUTE;
    simulation.started = simulation.now;
    simulation.step(|_| false, StepEnd::Stored);
    assert!(simulation.open().is_empty());
    simulation.run_until(simulation.now + 3 * MINUTE, &[0]);
    assert_eq!(simulation.open(), ["tablets_silent"]);
    simulation.now += 20 * MINUTE;
    simulation.started = simulation.now;
    simulation.step(|_| false, StepEnd::Stored);
    assert_eq!(
        simulation.open(),
        ["tablets_silent"],
        "it was not heard either"
    );
}

#[test]
fn conditions_of_the_relay_are_incidents_while_they_last() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    change(&mut simulation, |document| {
        document.site.alarms.backup_days = Some(2);
    });
    simulation.run_until(at(0, "10:00"), &[]);
    for (kind, set) in [
        (
            "disk_low",
            (|simulation| simulation.disk_free_percent = Some(4)) as fn(&mut AlarmSimulation),
        ),
        ("certificate_ends", |simulation| {
            simulation.certificate_ends = Some(simulation.now + 13 * DAY);
        }),
        ("backup_old", |simulation| {
            simulation.last_backup = LastBackup::Never;
        }),
        ("backup_old", |simulation| {
            simulation.last_backup = LastBackup::At(simulation.now - 3 * DAY);
        }),
        // Recorded while the clock was ahead.
        ("backup_old", |simulation| {
            simulation.last_backup = LastBackup::At(simulation.now + 300 * DAY);
        }),
        ("limit_nearly_used", |simulation| {
            simulation.requests_left = 29;
        }),
        ("token_refused", |simulation| {
            simulation.is_token_refused = true;
        }),
        ("chatwork_unreachable", |simulation| {
            simulation.is_chatwork_unreachable = true;
        }),
    ] {
        set(&mut simulation);
        simulation.run_until(simulation.now + MINUTE, &[]);
        assert_eq!(simulation.open(), [kind]);
        // Just outside each limit.
        simulation.disk_free_percent = Some(5);
        simulation.certificate_ends = Some(simulation.now + 15 * DAY);
        simulation.last_backup = LastBackup::At(simulation.now - DAY);
        simulation.requests_left = 30;
        (
            simulation.is_token_refused,
            simulation.is_chatwork_unreachable,
        ) = (false, false);
        simulation.run_until(simulation.now + MINUTE, &[]);
        assert!(simulation.open().is_empty(), "{kind}");
    }
    assert_eq!(
        simulation.posts.len(),
        4,
        "one post for the disk, the certificate, the backups and the limit: {:?}",
        simulation.texts()
    );
    assert!(
        simulation
            .texts()
            .iter()
            .all(|text| text.contains(" 復旧：")),
        "{:?}",
        simulation.texts()
    );
}

#[test]
fn failed_calls_of_half_an_hour_are_one_incident_even_over_night() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    let fail = |simulation: &mut AlarmSimulation, count| {
        simulation.failed_calls = FailedCalls {
            count,
            last: simulation.now,
            last_event: simulation.failed_calls.last_event + 5,
        };
    };
    fail(&mut simulation, 1);
    simulation.run_until(at(0, "08:50"), &[]);
    assert!(simulation.posts.is_empty());
    simulation.run_until(at(0, "09:10"), &[]);
    assert_eq!(
        simulation.posts.len(),
        1,
        "a visitor stood there, whenever it was"
    );
    simulation.run_until(at(0, "10:00"), &[]);
    fail(&mut simulation, 2);
    simulation.run_until(at(0, "10:20"), &[]);
    fail(&mut simulation, 1);
    simulation.run_until(at(0, "10:40"), &[]);
    fail(&mut simulation, 1);
    simulation.run_until(at(0, "10:42"), &[]);
    let [_, second, third] = simulation.texts()[..] else {
        panic!("{:?}", simulation.texts())
    };
    assert!(
        second.contains("（3件）") && second.contains("最後は 10:20"),
        "{second}"
    );
    assert!(third.contains("（1件）"), "{third}");
    assert!(!second.contains("復旧"), "a failed call stays failed");
}

#[test]
fn calls_come_first_and_an_alarm_that_ended_meanwhile_is_posted_late() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    simulation.run_until(at(0, "10:00"), &[]);
    (simulation.requests_left, simulation.calls_wait) = (5, true);
    simulation.run_until(at(0, "10:04"), &[]);
    assert!(simulation.posts.is_empty() && simulation.open() == ["limit_nearly_used"]);
    simulation.requests_left = 300;
    simulation.run_until(at(0, "10:05"), &[]);
    simulation.calls_wait = false;
    simulation.run_until(at(0, "10:06"), &[]);
    assert!(
        simulation.texts()[0].contains("10:04 復旧：Chatwork"),
        "{:?}",
        simulation.texts()
    );
}

#[test]
fn a_room_that_refuses_is_tried_once_an_hour_and_another_room_at_once() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    simulation.disk_free_percent = Some(1);
    simulation.result = |_, _| DeliveryState::Rejected {
        reason: RejectReason::NoSuchRoom,
    };
    simulation.run_until(at(0, "09:30"), &[]);
    let post_state = |simulation: &AlarmSimulation| simulation.alarms.incidents[0].post.clone();
    let first = post_state(&simulation);
    assert!(matches!(first, PostState::Failed { .. }), "{first:?}");
    simulation.run_until(at(0, "09:59"), &[]);
    assert_eq!(post_state(&simulation), first, "not again yet");
    simulation.result = delivered;
    simulation.run_until(at(0, "10:05"), &[]);
    assert_eq!(
        (simulation.posts.len(), simulation.open()),
        (1, vec!["disk_low"])
    );

    let mut simulation = AlarmSimulation::with_tablets(0);
    simulation.disk_free_percent = Some(1);
    simulation.result = |_, _| DeliveryState::Expired;
    simulation.run_until(at(0, "09:05"), &[]);
    let room = room_id(ALARM_ROOM + 1);
    change(&mut simulation, |document| {
        document.site.alarms.room = Some(room);
    });
    let posts = simulation.with_facts(|facts| {
        let new_id = &mut || CallId::new(9, &[9; 10]);
        simulation
            .alarms
            .clone()
            .take_posts(&simulation.settings, facts, new_id)
    });
    let destinations: Vec<_> = posts.iter().map(|post| post.to).collect();
    assert_eq!(destinations, [Destination::Room(room)]);
}

#[test]
fn a_post_that_may_be_in_the_room_is_never_made_again() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    simulation.disk_free_percent = Some(1);
    simulation.result = |_, _| DeliveryState::Unknown;
    simulation.run_until(at(0, "09:05"), &[]);
    simulation.result = |_, _| DeliveryState::Expired;
    simulation.run_until(at(0, "09:10"), &[]);
    simulation.result = delivered;
    simulation.run_until(at(0, "17:00"), &[]);
    assert!(simulation.posts.is_empty(), "{:?}", simulation.texts());
}

#[test]
fn a_clock_that_is_set_back_delays_nothing() {
    let mut simulation = AlarmSimulation::with_tablets(1);
    simulation.run_until(at(1, "10:00"), &[]);
    simulation.disk_free_percent = Some(1);
    simulation.run_until(at(1, "10:10"), &[0]);
    assert_eq!(simulation.posts.len(), 2);
    simulation.now = at(0, "10:00");
    simulation.started = simulation.now;
    simulation.disk_free_percent = Some(60);
    simulation.run_until(at(0, "10:02"), &[]);
    assert!(simulation.open().is_empty());
    simulation.run_until(at(0, "11:10"), &[]);
    simulation.run_until(at(0, "11:20"), &[0]);
    assert_eq!(simulation.posts.len(), 3);
}

#[test]
fn the_alarm_state_survives_its_json_and_an_unknown_field() {
    let mut simulation = AlarmSimulation::with_tablets(2);
    simulation.disk_free_percent = Some(1);
    simulation.run_until(at(0, "10:00"), &[0]);
    let json = serde_json::to_string(&simulation.alarms).unwrap();
    assert_eq!(
        serde_json::from_str::<AlarmState>(&json).unwrap(),
        simulation.alarms
    );
    let newer = json.replacen('{', r#"{"newer":1,"#, 1);
    assert_eq!(
        serde_json::from_str::<AlarmState>(&newer).unwrap(),
        simulation.alarms
    );
    assert_eq!(
        serde_json::from_str::<AlarmState>("{}").unwrap(),
        AlarmState::default()
    );
}
