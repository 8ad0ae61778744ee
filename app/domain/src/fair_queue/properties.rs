//! Waiting times and order of the fair queue.

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;

use super::*;

const TABLETS: [&str; 4] = ["lobby", "side-door", "garage", ""];
const ROOMS: usize = 4;

fn room(place: usize) -> Destination {
    Destination::Room((place as u64 + 1).try_into().unwrap())
}

/// A queued delivery.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    number: u64,
    /// Rounds with a free room that may pass until it is sent.
    max_rounds: usize,
}

/// Queues by tablet and room, served one delivery at a time.
#[derive(Debug, Default)]
struct Simulation {
    served: FairQueue,
    queues: BTreeMap<(usize, usize), VecDeque<Waiting>>,
    last: u64,
}

impl Simulation {
    /// Adds a delivery. Its maximum wait depends on the number of tablets and rooms and on its own queue, never on
    /// the number of another tablet's calls.
    fn arrive(&mut self, tablet: usize, to: usize) {
        self.last += 1;
        let queue = self.queues.entry((tablet, to)).or_default();
        let rounds = TABLETS.len() * TABLETS.len() * ROOMS;
        queue.push_back(Waiting {
            number: self.last,
            max_rounds: (queue.len() + 1) * rounds,
        });
    }

    /// Sends one delivery and returns it. Rooms that are not `free` are at Chatwork's limit.
    fn serve(&mut self, free: [bool; ROOMS]) -> Option<(usize, usize, u64)> {
        let waiting = self.queues.iter().filter(|(_, queue)| !queue.is_empty());
        let (keys, heads): (Vec<_>, Vec<_>) = waiting
            .map(|(&(tablet, to), queue)| {
                let head = QueueHead {
                    to: room(to),
                    tablet: TABLETS[tablet],
                    number: queue[0].number,
                };
                ((tablet, to), head)
            })
            .unzip();
        let mut candidates = self.served.order(&heads).into_iter();
        let candidate = candidates.find(|candidate| free[keys[candidate.delivery].1])?;
        self.served
            .record(&heads[candidate.delivery], &heads[candidate.owner], 0);
        let (tablet, to) = keys[candidate.delivery];
        let sent = self.queues.get_mut(&(tablet, to))?.pop_front()?;
        for ((_, to), queue) in &mut self.queues {
            for waiting in queue.iter_mut().filter(|_| free[*to]) {
                waiting.max_rounds = waiting
                    .max_rounds
                    .checked_sub(1)
                    .unwrap_or_else(|| panic!("{} waits too long", waiting.number));
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
        let mut sent: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        let mut check = |(tablet, to, number)| {
            let before = sent.insert((tablet, to), number);
            assert!(before < Some(number), "a queue keeps its order");
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
        while let Some(one) = simulation.serve([true; ROOMS]) {
            check(one);
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
    assert_eq!(next.0, 1, "not the eleventh of the first tablet");
}

#[test]
fn a_tablet_is_next_regardless_of_how_many_rooms_another_one_calls() {
    let number = |place: usize| place as u64;
    let mut heads: Vec<_> = (0..1_000)
        .map(|place| QueueHead {
            to: room(place),
            tablet: "lobby",
            number: number(place),
        })
        .collect();
    let mut served = FairQueue::default();
    for _ in 0..300 {
        let candidate = served.order(&heads)[0];
        served.record(&heads[candidate.delivery], &heads[candidate.owner], 0);
        heads[candidate.delivery].number += 1_000;
    }
    heads.push(QueueHead {
        to: room(5_000),
        tablet: "side-door",
        number: 9_999,
    });
    let next = served.order(&heads)[0];
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
            simulation.serve(std::array::from_fn(|place| place == to));
        }
    }
    simulation.arrive(0, 0);
    let mut sent = 0;
    while simulation.queues[&(0, 0)].len() == 1 {
        simulation.serve([true, false, false, false]);
        sent += 1;
    }
    assert!(sent <= 2, "{sent} messages in the room before its own");
}

#[test]
fn old_deliveries_are_forgotten() {
    let mut served = FairQueue::default();
    for place in 0..3 * usize::try_from(MAX_REMEMBERED_DELIVERIES).unwrap() {
        let tablet = place.to_string();
        let head = QueueHead {
            to: room(place),
            tablet: &tablet,
            number: 1,
        };
        served.record(&head, &head, 0);
    }
    let most = usize::try_from(2 * MAX_REMEMBERED_DELIVERIES).unwrap();
    assert!(served.tablets.len() <= most && served.destinations.len() <= most);
}

#[test]
fn a_tablet_is_busy_for_five_minutes_after_ten_deliveries() {
    let head = |tablet| QueueHead {
        to: room(0),
        tablet,
        number: 1,
    };
    let (busy, quiet) = (head("lobby"), head("side-door"));
    let mut served = FairQueue::default();
    for second in 0..9 {
        served.record(&busy, &busy, second * 1_000);
    }
    assert!(!served.is_busy(&busy, 9_000), "nine deliveries");
    served.record(&busy, &busy, 9_000);
    assert!(served.is_busy(&busy, 9_000));
    assert!(!served.is_busy(&quiet, 9_000), "another tablet");
    assert!(served.is_busy(&busy, BUSY_WINDOW_MILLIS - 1));
    assert!(
        !served.is_busy(&busy, BUSY_WINDOW_MILLIS),
        "the first was five minutes ago"
    );
}
