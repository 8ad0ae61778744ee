use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;

use super::*;

const TABLETS: [&str; 4] = ["lobby", "side-door", "garage", ""];
const ROOMS: usize = 4;

fn room(place: usize) -> Destination {
    Destination::Room((place as u64 + 1).try_into().unwrap())
}

/// A delivery that waits.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    number: u64,
    /// Most turns at which its room is free that may pass until it is sent.
    patience: usize,
}

/// Queues by tablet and room, served one turn at a time.
#[derive(Debug, Default)]
struct Desk {
    served: FairQueue,
    queues: BTreeMap<(usize, usize), VecDeque<Waiting>>,
    last: u64,
}

impl Desk {
    /// A call's wait depends on how many tablets and rooms there are and on the calls of its own queue
    /// before it, never on how many calls another tablet makes.
    fn arrive(&mut self, tablet: usize, to: usize) {
        self.last += 1;
        let queue = self.queues.entry((tablet, to)).or_default();
        let fair = TABLETS.len() * TABLETS.len() * ROOMS;
        queue.push_back(Waiting {
            number: self.last,
            patience: (queue.len() + 1) * fair,
        });
    }

    /// Takes one turn; rooms that are not `free` are at Chatwork's limit. Returns what was sent.
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
        let mut turns = self.served.order(&heads).into_iter();
        let turn = turns.find(|turn| free[keys[turn.delivery].1])?;
        self.served
            .record(&heads[turn.delivery], &heads[turn.owner], 0);
        let (tablet, to) = keys[turn.delivery];
        let sent = self.queues.get_mut(&(tablet, to))?.pop_front()?;
        for ((_, to), queue) in &mut self.queues {
            for waiting in queue.iter_mut().filter(|_| free[*to]) {
                waiting.patience = waiting
                    .patience
                    .checked_sub(1)
                    .unwrap_or_else(|| panic!("{} waits for too long", waiting.number));
            }
        }
        Some((tablet, to, sent.number))
    }
}

#[derive(Clone, Debug)]
enum Moment {
    Arrive {
        tablet: usize,
        to: usize,
        many: usize,
    },
    Serve {
        free: [bool; ROOMS],
        many: usize,
    },
}

fn moment() -> impl Strategy<Value = Moment> {
    // Now and then a tablet makes a thousand calls.
    let flood = (0..TABLETS.len(), 0..ROOMS, Just(1_000_usize));
    let arrive = |(tablet, to, many)| Moment::Arrive { tablet, to, many };
    let serve = (any::<[bool; ROOMS]>(), 1_usize..60);
    prop_oneof![
        4 => (0..TABLETS.len(), 0..ROOMS, 1_usize..4).prop_map(arrive),
        1 => (0..TABLETS.len(), 0..ROOMS, 1_usize..40).prop_map(arrive),
        1 => flood.prop_map(arrive),
        4 => serve.prop_map(|(free, many)| Moment::Serve { free, many }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_wait_never_grows_with_the_calls_of_another_tablet(moments in prop::collection::vec(moment(), 1..40)) {
        let mut desk = Desk::default();
        let mut sent: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        let mut check = |(tablet, to, number)| {
            let before = sent.insert((tablet, to), number);
            assert!(before < Some(number), "a queue keeps its order");
        };
        for moment in moments {
            match moment {
                Moment::Arrive { tablet, to, many } => {
                    (0..many).for_each(|_| desk.arrive(tablet, to));
                }
                Moment::Serve { free, many } => {
                    (0..many).map_while(|_| desk.serve(free)).for_each(&mut check);
                }
            }
        }
        while let Some(one) = desk.serve([true; ROOMS]) {
            check(one);
        }
        prop_assert!(desk.queues.values().all(VecDeque::is_empty), "everything is sent");
    }
}

#[test]
fn a_visitor_of_another_tablet_is_next_in_a_room_however_many_wait_there() {
    let mut desk = Desk::default();
    (0..1_000).for_each(|_| desk.arrive(0, 0));
    for _ in 0..10 {
        let _ = desk.serve([true; ROOMS]);
    }
    desk.arrive(1, 0);
    let next = desk.serve([true; ROOMS]).expect("somebody waits");
    assert_eq!(next.0, 1, "not the eleventh of the first tablet");
}

#[test]
fn a_visitor_is_next_however_many_rooms_another_tablet_calls() {
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
        let turn = served.order(&heads)[0];
        served.record(&heads[turn.delivery], &heads[turn.owner], 0);
        heads[turn.delivery].number += 1_000;
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
fn a_tablet_with_calls_everywhere_keeps_its_turn_in_a_room_that_another_one_fills() {
    let mut desk = Desk::default();
    (0..100).for_each(|_| desk.arrive(1, 0));
    for to in 1..ROOMS {
        (0..100).for_each(|_| desk.arrive(0, to));
    }
    // One post in each room, as at Chatwork's pace.
    for _ in 0..10 {
        for to in 0..ROOMS {
            desk.serve(std::array::from_fn(|place| place == to));
        }
    }
    desk.arrive(0, 0);
    let mut turns = 0;
    while desk.queues[&(0, 0)].len() == 1 {
        desk.serve([true, false, false, false]);
        turns += 1;
    }
    assert!(turns <= 2, "{turns} posts in its room until it is told");
}

#[test]
fn what_is_long_ago_is_forgotten() {
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
        "the first is five minutes ago"
    );
}
