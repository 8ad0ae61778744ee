//! Relay, tablets and Chatwork room in simulated time, for tests of alarms. A step does what the relay does twice a
//! minute; it can be cut off before or after the memory is stored.

use std::collections::BTreeMap;

use super::{AlarmMemory, Facts, FailedCalls, LastBackup, MINUTE, TabletContact};
use crate::model::date::Date;
use crate::model::delivery::DeliveryState;
use crate::model::hours::{LocalDateTime, Span, TimeOfDay, Week};
use crate::model::id::{CallId, DeviceId, RoomId};
use crate::model::menu::Device;
use crate::model::settings::Settings;
use crate::outbound_policy::OutboundPolicy;
use crate::routing::Destination;
use crate::test_office::{office, room_id};

/// Time between two steps.
pub(super) const STEP_MILLIS: u64 = MINUTE / 2;
/// Room for alarms.
pub(super) const ALARM_ROOM: u64 = 77;
const DAY_MILLIS: u64 = 24 * 60 * MINUTE;

/// Monday 00:00 of the simulated week, by the clock of the office.
pub(super) const MONDAY: u64 = 20_000 * DAY_MILLIS;

/// Date and time of day of the office; its first day is 2026-11-23, a Monday.
pub(super) fn local(at: u64) -> LocalDateTime {
    let mut day: Date = "2026-11-23".parse().unwrap();
    for _ in 0..at.saturating_sub(MONDAY) / DAY_MILLIS {
        day = day.next().unwrap();
    }
    let minutes = u16::try_from(at % DAY_MILLIS / MINUTE).unwrap();
    LocalDateTime {
        day,
        time: TimeOfDay::new(minutes / 60, minutes % 60).unwrap(),
    }
}

/// Time of a day of the simulated week, 0 for Monday.
pub(super) fn at(day: u64, time: &str) -> u64 {
    let time: TimeOfDay = time.parse().unwrap();
    MONDAY + day * DAY_MILLIS + u64::from(time.minutes()) * MINUTE
}

/// End of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepEnd {
    /// Memory and posts are stored.
    Stored,
    /// The relay is killed after edits and before anything is stored.
    KilledBefore,
    /// The relay is killed after the memory was stored, and Chatwork's response to a post is lost.
    KilledAfter,
}

/// Post in the room.
#[derive(Clone, Debug)]
pub(super) struct RoomPost {
    pub room: RoomId,
    pub text: String,
    pub edits: usize,
}

/// The simulation.
pub(super) struct Desk {
    pub settings: Settings,
    pub now: u64,
    /// Memory as it is stored.
    pub memory: AlarmMemory,
    pub started: u64,
    pub tablets: BTreeMap<DeviceId, u64>,
    pub failed_calls: FailedCalls,
    pub disk_free_percent: Option<u8>,
    pub certificate_ends: Option<u64>,
    pub last_backup: LastBackup,
    pub requests_left: usize,
    pub is_connected: bool,
    pub is_token_refused: bool,
    pub is_chatwork_unreachable: bool,
    pub calls_wait: bool,
    /// Result of the next posts in the outbox.
    pub result: fn(CallId, RoomId) -> DeliveryState,
    /// Bot messages in the outbox that Chatwork has not stored.
    outbox: BTreeMap<CallId, (RoomId, String)>,
    states: BTreeMap<CallId, DeliveryState>,
    pub room: BTreeMap<CallId, RoomPost>,
    ids: u64,
}

/// Delivery into the room.
pub(super) fn delivered(id: CallId, room: RoomId) -> DeliveryState {
    // The last digits number the ids.
    let id = id.to_string();
    let number = u64::from_str_radix(&id[id.len() - 8..], 16).unwrap();
    DeliveryState::Delivered {
        message: number.to_string().try_into().unwrap(),
        room,
        at: 0,
    }
}

/// Device of a number.
pub(super) fn tablet(number: usize) -> DeviceId {
    format!("tablet-{number}").parse().unwrap()
}

/// Name of that device.
pub(super) fn tablet_name(number: usize) -> String {
    format!("端末{number:02}")
}

impl Desk {
    /// An office with so many tablets that is open from 9:00 to 18:00 on workdays, on Monday at 8:00.
    pub(super) fn with_tablets(count: usize) -> Self {
        let settings = office(|document| {
            let span = Span {
                from: "09:00".parse().unwrap(),
                to: "18:00".parse().unwrap(),
            };
            document.site.opening_hours = Some(Week::workdays(span));
            document.site.alarms.room = Some(room_id(ALARM_ROOM));
            let device = |number| Device::named(tablet(number), tablet_name(number));
            document.devices = (0..count).map(device).collect();
        });
        let now = at(0, "08:00");
        Self {
            settings,
            now,
            memory: AlarmMemory::default(),
            started: now,
            tablets: (0..count).map(|number| (tablet(number), now)).collect(),
            failed_calls: FailedCalls::default(),
            disk_free_percent: Some(50),
            certificate_ends: None,
            last_backup: LastBackup::Unknown,
            requests_left: 300,
            is_connected: true,
            is_token_refused: false,
            is_chatwork_unreachable: false,
            calls_wait: false,
            result: delivered,
            outbox: BTreeMap::new(),
            states: BTreeMap::new(),
            room: BTreeMap::new(),
            ids: 0,
        }
    }

    /// Facts of this time, for a function.
    pub(super) fn with_facts<T>(&self, use_facts: impl FnOnce(&Facts<'_>) -> T) -> T {
        let contacts = self.tablets.iter().map(|(device, seen)| TabletContact {
            device: device.clone(),
            last_seen: *seen,
        });
        let contacts: Vec<_> = contacts.collect();
        use_facts(&Facts {
            now: self.now,
            watched_since: self.started,
            tablets: &contacts,
            failed_calls: self.failed_calls,
            disk_free_percent: self.disk_free_percent,
            certificate_ends: self.certificate_ends,
            last_backup: self.last_backup,
            requests_left: self.requests_left,
            is_connected: self.is_connected,
            is_token_refused: self.is_token_refused,
            is_chatwork_unreachable: self.is_chatwork_unreachable,
            calls_wait: self.calls_wait,
            posts: &self.states,
            local: &local,
        })
    }

    /// One step of the relay. Tablets that `hears` admits have sent a heartbeat.
    pub(super) fn step(&mut self, hears: impl Fn(usize) -> bool, end: StepEnd) {
        self.now += STEP_MILLIS;
        for number in 0..self.tablets.len() {
            if hears(number) {
                self.tablets.insert(tablet(number), self.now);
            }
        }
        let (mut memory, mut ids) = (self.memory.clone(), self.ids);
        let now = self.now;
        let mut new_id = || {
            ids += 1;
            let mut random = [0; 10];
            random[2..].copy_from_slice(&ids.to_be_bytes());
            CallId::new(now, &random)
        };
        let (posts, edits) = self.with_facts(|facts| {
            memory.observe(&self.settings, facts, &mut new_id);
            let edits = memory.edits(&self.settings, facts);
            for edit in &edits {
                memory.record_edit(edit);
            }
            (memory.take_posts(&self.settings, facts, &mut new_id), edits)
        });
        self.ids = ids;
        for edit in edits {
            let is_edited = |id: &CallId| {
                self.states.get(id).is_some_and(
                    |state| matches!(state, DeliveryState::Delivered { message, .. } if *message == edit.message),
                )
            };
            let (_, post) = self
                .room
                .iter_mut()
                .find(|(id, _)| is_edited(id))
                .expect("a post");
            assert_eq!(edit.room, post.room);
            (post.text, post.edits) = (edit.text, post.edits + 1);
        }
        if end == StepEnd::KilledBefore {
            self.started = self.now;
            return;
        }
        self.memory = memory;
        for post in posts {
            let policy = OutboundPolicy::of(&self.settings);
            assert_eq!(
                policy.check_bot_message(
                    &Destination::Room(post.room),
                    &post.text,
                    post.id.reference()
                ),
                Ok(()),
                "{}",
                post.text
            );
            assert_eq!(Some(post.room), self.settings.site().alarms.room);
            let known = self.states.insert(post.id, DeliveryState::Waiting);
            assert_eq!(known, None, "an id is used once");
            self.outbox.insert(post.id, (post.room, post.text));
        }
        if end == StepEnd::KilledAfter {
            self.started = self.now;
            // Chatwork has stored the posts; the outbox finds them in the room at the next step.
            for (id, (room, text)) in &self.outbox {
                let (room, text, edits) = (*room, text.clone(), 0);
                self.room.insert(*id, RoomPost { room, text, edits });
                self.states.insert(*id, DeliveryState::Unknown);
            }
            return;
        }
        self.deliver();
    }

    /// The outbox delivers what waits, and finds what is in the room already.
    fn deliver(&mut self) {
        for (id, (room, text)) in std::mem::take(&mut self.outbox) {
            let state = (self.result)(id, room);
            if matches!(state, DeliveryState::Delivered { .. }) {
                let edits = 0;
                self.room
                    .entry(id)
                    .or_insert(RoomPost { room, text, edits });
            } else if !state.is_final() {
                self.outbox.insert(id, (room, text));
            }
            self.states.insert(id, state);
        }
    }

    /// Steps until a time, with all tablets but `silent` ones.
    pub(super) fn run_until(&mut self, until: u64, silent: &[usize]) {
        while self.now < until {
            self.step(|number| !silent.contains(&number), StepEnd::Stored);
        }
    }

    /// Texts of the room, oldest first.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.room.values().map(|post| post.text.as_str()).collect()
    }

    /// Names of the kinds of open incidents.
    pub(super) fn open(&self) -> Vec<&'static str> {
        self.memory
            .open()
            .map(|open| open.condition.key())
            .collect()
    }
}
