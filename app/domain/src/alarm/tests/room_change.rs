//! Tests of incidents that last while the office chooses another room for alarms.

use super::super::simulation::{ALARM_ROOM, AlarmSimulation, StepEnd, at, delivered};
use super::super::{MINUTE, MovedPost};
use super::change;
use crate::model::delivery::DeliveryState;
use crate::test_office::room_id;

/// Last line of a post whose incident is posted in another room.
const MOVED: &str = "この件の続きは、別のルームでお知らせします。";

fn choose_room(simulation: &mut AlarmSimulation, room: Option<u64>) {
    change(simulation, |document| {
        document.site.alarms.room = room.map(room_id);
    });
}

/// Texts of one room, oldest first.
fn texts_of(simulation: &AlarmSimulation, room: u64) -> Vec<&str> {
    let posts = simulation
        .posts
        .values()
        .filter(|post| post.room == room_id(room));
    posts.map(|post| post.text.as_str()).collect()
}

/// Edits of the posts of one room.
fn edits_in(simulation: &AlarmSimulation, room: u64) -> usize {
    let posts = simulation
        .posts
        .values()
        .filter(|post| post.room == room_id(room));
    posts.map(|post| post.edits).sum()
}

/// A simulation with two open incidents and one that ended, all posted in the first room.
fn posted_in_the_first_room() -> AlarmSimulation {
    let mut simulation = AlarmSimulation::with_tablets(2);
    simulation.run_until(at(0, "10:00"), &[]);
    simulation.requests_left = 29;
    simulation.run_until(at(0, "10:05"), &[]);
    (simulation.requests_left, simulation.disk_free_percent) = (300, Some(3));
    simulation.run_until(at(0, "10:10"), &[0]);
    assert_eq!(simulation.posts.len(), 3);
    simulation
}

#[test]
fn a_new_room_is_notified_once_of_each_incident_that_lasts_and_the_old_posts_say_so() {
    let mut simulation = posted_in_the_first_room();
    choose_room(&mut simulation, Some(ALARM_ROOM + 1));
    simulation.run_until(at(0, "10:20"), &[0]);
    let [disk, silent] = texts_of(&simulation, ALARM_ROOM + 1)[..] else {
        panic!("{:?}", simulation.texts())
    };
    assert!(silent.contains("・端末00：10:05から"), "{silent}");
    assert!(disk.contains("残り3%"), "{disk}");
    let [limit, rest @ ..] = &texts_of(&simulation, ALARM_ROOM)[..] else {
        panic!("{:?}", simulation.texts())
    };
    assert!(
        limit.contains(" 復旧：") && !limit.contains(MOVED),
        "it ended before: {limit}"
    );
    assert_eq!(rest.len(), 2);
    assert!(rest.iter().all(|text| text.contains(MOVED)), "{rest:?}");

    let edits = edits_in(&simulation, ALARM_ROOM);
    simulation.disk_free_percent = Some(60);
    simulation.run_until(at(0, "10:30"), &[]);
    let new = texts_of(&simulation, ALARM_ROOM + 1);
    assert!(
        new.len() == 2 && new.iter().all(|text| text.contains(" 復旧：")),
        "{new:?}"
    );
    assert_eq!(
        edits_in(&simulation, ALARM_ROOM),
        edits,
        "the old posts stay"
    );
    assert_eq!(simulation.alarms.moved, []);
}

#[test]
fn the_first_room_is_notified_of_what_lasts_and_without_a_room_nothing_is_posted() {
    let mut simulation = AlarmSimulation::with_tablets(1);
    choose_room(&mut simulation, None);
    simulation.disk_free_percent = Some(3);
    simulation.run_until(at(0, "10:10"), &[0]);
    assert!(simulation.posts.is_empty());
    choose_room(&mut simulation, Some(ALARM_ROOM));
    simulation.run_until(at(0, "10:12"), &[0]);
    assert_eq!(texts_of(&simulation, ALARM_ROOM).len(), 2);
    choose_room(&mut simulation, None);
    simulation.run_until(at(0, "10:20"), &[]);
    let texts = texts_of(&simulation, ALARM_ROOM);
    assert!(
        texts.iter().any(|text| text.contains(" 復旧：")),
        "its posts are kept up to date: {texts:?}"
    );
    assert!(!texts.iter().any(|text| text.contains(MOVED)), "{texts:?}");
}

#[test]
fn a_room_that_is_changed_at_night_is_notified_when_the_office_opens_of_what_lasts_then() {
    let mut simulation = posted_in_the_first_room();
    simulation.run_until(at(0, "19:00"), &[0]);
    choose_room(&mut simulation, Some(ALARM_ROOM + 1));
    simulation.run_until(at(0, "22:00"), &[0]);
    simulation.disk_free_percent = Some(60);
    simulation.run_until(at(1, "08:59"), &[0]);
    assert_eq!(texts_of(&simulation, ALARM_ROOM + 1), [""; 0]);
    let texts = texts_of(&simulation, ALARM_ROOM);
    assert!(!texts.iter().any(|text| text.contains(MOVED)), "{texts:?}");
    assert!(
        texts
            .iter()
            .any(|text| text.contains("22:00 復旧：ディスク")),
        "it is over in the room that knows of it: {texts:?}"
    );
    simulation.run_until(at(1, "09:10"), &[0]);
    assert_eq!(texts_of(&simulation, ALARM_ROOM + 1).len(), 1, "the tablet");
}

#[test]
fn a_kill_while_the_room_changes_neither_loses_nor_repeats_a_post() {
    for (step, end) in [0, 1, 2]
        .into_iter()
        .flat_map(|step| [StepEnd::KilledBefore, StepEnd::KilledAfter].map(|end| (step, end)))
    {
        let mut simulation = posted_in_the_first_room();
        choose_room(&mut simulation, Some(ALARM_ROOM + 1));
        for _ in 0..step {
            simulation.step(|number| number != 0, StepEnd::Stored);
        }
        simulation.step(|number| number != 0, end);
        simulation.run_until(at(0, "10:20"), &[0]);
        assert_eq!(
            texts_of(&simulation, ALARM_ROOM + 1).len(),
            2,
            "{end:?} at {step}"
        );
        let old = texts_of(&simulation, ALARM_ROOM);
        let moved = old.iter().filter(|text| text.contains(MOVED)).count();
        assert_eq!((old.len(), moved), (3, 2), "{end:?} at {step}");
    }
}

#[test]
fn a_new_room_is_notified_even_if_nobody_knows_whether_the_old_one_was() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    simulation.disk_free_percent = Some(1);
    simulation.result = |_, _| DeliveryState::Unknown;
    simulation.run_until(at(0, "09:05"), &[]);
    simulation.result = |_, _| DeliveryState::Expired;
    simulation.run_until(at(0, "09:10"), &[]);
    simulation.result = delivered;
    choose_room(&mut simulation, Some(ALARM_ROOM + 1));
    simulation.run_until(at(0, "09:15"), &[]);
    assert_eq!(texts_of(&simulation, ALARM_ROOM + 1).len(), 1);
    assert_eq!(texts_of(&simulation, ALARM_ROOM), [""; 0]);
}

#[test]
fn an_old_post_that_cannot_be_edited_is_given_up_after_a_day() {
    let mut simulation = AlarmSimulation::with_tablets(0);
    simulation.run_until(at(0, "10:10"), &[]);
    simulation.alarms.moved.push(MovedPost {
        room: room_id(ALARM_ROOM),
        message: "9".to_owned().try_into().unwrap(),
        text: MOVED.to_owned(),
        at: simulation.now,
    });
    let steps = |simulation: &mut AlarmSimulation, until| {
        while simulation.now < until {
            simulation.now += 5 * MINUTE;
            let (settings, mut alarms) = (simulation.settings.clone(), simulation.alarms.clone());
            simulation.with_facts(|facts| {
                alarms.observe(&settings, facts, &mut || unreachable!("nothing begins"))
            });
            simulation.alarms = alarms;
        }
    };
    steps(&mut simulation, at(1, "10:00"));
    assert_eq!(simulation.alarms.moved.len(), 1);
    steps(&mut simulation, at(1, "10:20"));
    assert_eq!(simulation.alarms.moved, []);
}
