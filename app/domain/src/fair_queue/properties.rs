//! Waiting times and order of the fair queue.

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;

use super::*;

const TABLETS: [&str; 4] = ["lobby", "side-door", "garage", ""];
const ROOMS: usize = 4;

fn room(index: usize) -> Destination {
    Destination::Room((index as u64 + 1).try_into().unwrap())
}

/// A queued delivery.
#[derive(Clone, Copy, Debug)]
struct QueuedDelivery {
    number: u64,
    /// Deliveries that may still be sent, to any room, while this one waits and its room is free.
    remaining_rounds: usize,
}

/// Queues by tablet and room, served one delivery at a time.
#[derive(Debug, Default)]
struct Simulation {
    fair_queue: FairQueue,
    queues: BTreeMap<(usize, usize), VecDeque<QueuedDelivery>>,
    last_number: u64,
}

impl Simulation {
    /// Adds a delivery. Its maximum wait depends on the number of tablets and rooms and on its own queue, never on
    /// the number of another tablet's calls.
    fn arrive(&mut self, tablet: usize, to: usize) {
        self.last_number += 1;
        let queue = self.queues.entry((tablet, to)).or_default();
        // A loose bound. It depends on no number of calls of other tablets, which is the property under test.
        let rounds_per_delivery = TABLETS.len() * TABLETS.len() * ROOMS;
        queue.push_back(QueuedDelivery {
            number: self.last_number,
            remaining_rounds: (queue.len() + 1) * rounds_per_delivery,
        });
    }

    /// Sends one delivery and returns its tablet, room and number. Rooms that are not `free` are at Chatwork's limit.
    fn serve(&mut self, free: [bool; ROOMS]) -> Option<(usize, usize, u64)> {
        let nonempty = self.queues.iter().filter(|(_, queue)| !queue.is_empty());
        let (keys, heads): (Vec<_>, Vec<_>) = nonempty
            .map(|(&(tablet, to), queue)| {
                let head = QueueHead {
                    to: room(to),
                    tablet: TABLETS[tablet],
                    number: queue[0].number,
                };
                ((tablet, to), head)
            })
            .unzip();
        let mut candidates = self.fair_queue.order(&heads).into_iter();
        let candidate = candidates.find(|candidate| free[keys[candidate.delivery].1])?;
        self.fair_queue
            .record(&heads[candidate.delivery], &heads[candidate.owner], 0);
        let (tablet, to) = keys[candidate.delivery];
        let sent = self.queues.get_mut(&(tablet, to))?.pop_front()?;
        for ((_, to), queue) in &mut self.queues {
            for delivery in queue.iter_mut().filter(|_| free[*to]) {
                delivery.remaining_rounds = delivery
                    .remaining_rounds
                    .checked_sub(1)
                    .unwrap_or_else(|| panic!("{} waits too long", delivery.number));
            }
        }
        Some((tablet, to, sent.number))
    }
}

#[derive(Clone, Debug)]
enum Event {
    Arrive {
        tablet: usize,
        to: usize,
        count: usize,
    },
    Serve {
        free: [bool; ROOMS],
        count: usize,
    },
}

fn any_event() -> impl Strategy<Value = Event> {
    // Sometimes a tablet makes a thousand calls.
    let flood = (0..TABLETS.len(), 0..ROOMS, Just(1_000_usize));
    let arrive = |(tablet, to, count)| Event::Arrive { tablet, to, count };
    let serve = (any::<[bool; ROOMS]>(), 1_usize..60);
    prop_oneof![
        4 => (0..TABLETS.len(), 0..ROOMS, 1_usize..4).prop_map(arrive),
        1 => (0..TABLETS.len(), 0..ROOMS, 1_usize..40).prop_map(arrive),
        1 => flood.prop_map(arrive),
        4 => serve.prop_map(|(free, count)| Event::Serve { free, count }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_wait_never_grows_with_the_calls_of_another_tablet(events in prop::collection::vec(any_event(), 1..40)) {
        let mut simulation = Simulation::default();
        let mut last_numbers: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        let mut check = |(tablet, to, number)| {
            let last_number = last_numbers.insert((tablet, to), number);
            assert!(last_number < Some(number), "a queue keeps its order");
        };
        for event in events {
            match event {
                Event::Arrive { tablet, to, count } => {
                    (0..count).for_each(|_| simulation.arrive(tablet, to));
                }
                Event::Serve { free, count } => {
                    (0..count).map_while(|_| simulation.serve(free)).for_each(&mut check);
                }
            }
        }
        while let Some(sent) = simulation.serve([true; ROOMS]) {
            check(sent);
        }
        prop_assert!(simulation.queues.values().all(VecDeque::is_empty), "everything was sent");
    }
}

#[test]
fn another_tablet_is_next_in_a_room_regardless_of_queue_length() {
    let mut simulation = Simulation::default();
    (0..1_000).for_each(|_| simulation.arrive(0, 0));
    for _ in 0..10 {
        let _ = simulation.serve([true; ROOMS]);
    }
    simulation.arrive(1, 0);
    let next = simulation
        .serve([true; ROOMS])
        .expect("a delivery is queued");
    assert_eq!(
        next.0, 1,
        "the second tablet comes before the eleventh delivery of the first"
    );
}

#[test]
fn a_tablet_is_next_regardless_of_how_many_rooms_another_one_calls() {
    let mut heads: Vec<_> = (0..1_000)
        .zip(0..)
        .map(|(index, number)| QueueHead {
            to: room(index),
            tablet: "lobby",
            number,
        })
        .collect();
    let mut fair_queue = FairQueue::default();
    for _ in 0..300 {
        let candidate = fair_queue.order(&heads)[0];
        fair_queue.record(&heads[candidate.delivery], &heads[candidate.owner], 0);
        heads[candidate.delivery].number += 1_000;
    }
    heads.push(QueueHead {
        to: room(5_000),
        tablet: "side-door",
        number: 9_999,
    });
    let next = fair_queue.order(&heads)[0];
    assert_eq!(heads[next.delivery].tablet, "side-door");
}

#[test]
fn a_tablet_with_calls_in_all_rooms_is_served_in_a_flooded_room() {
    let mut simulation = Simulation::default();
    (0..100).for_each(|_| simulation.arrive(1, 0));
    for to in 1..ROOMS {
        (0..100).for_each(|_| simulation.arrive(0, to));
    }
    // One message per room, as Chatwork's limit allows.
    for _ in 0..10 {
        for to in 0..ROOMS {
            simulation.serve(std::array::from_fn(|room| room == to));
        }
    }
    simulation.arrive(0, 0);
    let mut sent = 0;
    while simulation.queues[&(0, 0)].len() == 1 {
        simulation.serve([true, false, false, false]);
        sent += 1;
    }
    assert!(sent <= 2, "{sent} messages in the room, its own included");
}

#[test]
fn old_deliveries_are_forgotten() {
    let mut fair_queue = FairQueue::default();
    for index in 0..3 * usize::try_from(MAX_REMEMBERED_DELIVERIES).unwrap() {
        let tablet = index.to_string();
        let head = QueueHead {
            to: room(index),
            tablet: &tablet,
            number: 1,
        };
        fair_queue.record(&head, &head, 0);
    }
    // Forgetting runs once per `MAX_REMEMBERED_DELIVERIES` deliveries, so up to twice as many are held.
    let max_held = usize::try_from(2 * MAX_REMEMBERED_DELIVERIES).unwrap();
    assert!(fair_queue.tablets.len() <= max_held && fair_queue.destinations.len() <= max_held);
}

#[test]
fn a_tablet_is_busy_for_five_minutes_after_ten_deliveries() {
    let head = |tablet| QueueHead {
        to: room(0),
        tablet,
        number: 1,
    };
    let (busy, quiet) = (head("lobby"), head("side-door"));
    let mut fair_queue = FairQueue::default();
    for second in 0..9 {
        fair_queue.record(&busy, &busy, second * 1_000);
    }
    assert!(
        !fair_queue.is_busy(&busy, 9_000),
        "nine deliveries are below the limit"
    );
    fair_queue.record(&busy, &busy, 9_000);
    assert!(fair_queue.is_busy(&busy, 9_000));
    assert!(
        !fair_queue.is_busy(&quiet, 9_000),
        "the other tablet has sent little"
    );
    assert!(fair_queue.is_busy(&busy, BUSY_WINDOW_MILLIS - 1));
    assert!(
        !fair_queue.is_busy(&busy, BUSY_WINDOW_MILLIS),
        "the first delivery has left the window"
    );
}
