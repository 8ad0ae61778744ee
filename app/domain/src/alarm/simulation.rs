//! Simulation of a relay, its tablets and the Chatwork room for alarms, for tests. Each step advances the time by half a
//! minute and runs the relay's task of alarms once. A step can end with a kill of the relay, before or after it has
//! stored the alarm state ([`AlarmState`]).

use std::collections::BTreeMap;

use super::{AlarmFacts, AlarmState, FailedCalls, LastBackup, MINUTE, PostEdit, TabletContact};
use crate::bot_message::BotMessage;
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
/// Room that the settings name for alarms.
pub(super) const ALARM_ROOM: u64 = 77;
const DAY_MILLIS: u64 = 24 * 60 * MINUTE;

/// Start of the simulated week in milliseconds, a multiple of a day: any large number, which [`local`] shows as Monday,
/// 2026-11-23, 00:00.
pub(super) const MONDAY: u64 = 20_000 * DAY_MILLIS;

/// Date and time that the office's clock shows at a simulated time.
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

/// Simulated time at this time of day, on day 0 (Monday) or later of the simulated week.
pub(super) fn at(day: u64, time: &str) -> u64 {
    let time: TimeOfDay = time.parse().unwrap();
    MONDAY + day * DAY_MILLIS + u64::from(time.minutes()) * MINUTE
}

/// End of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StepEnd {
    /// The alarm state is stored and the posts are delivered.
    Stored,
    /// The relay is killed before it stores the alarm state, and so before it edits posts.
    KilledBefore,
    /// The relay is killed after it has stored the alarm state and edited posts, and before it stores that it has edited
    /// them. Chatwork has received the posts, but the relay does not know their results.
    KilledAfter,
}

/// Post in the room.
#[derive(Clone, Debug)]
pub(super) struct RoomPost {
    pub room: RoomId,
    pub text: String,
    pub edits: usize,
}

/// State of the simulation. Times are milliseconds.
pub(super) struct AlarmSimulation {
    pub settings: Settings,
    pub now: u64,
    /// Alarm state in the relay's database.
    pub alarms: AlarmState,
    /// Time at which the relay was started last.
    pub started: u64,
    /// Time of the last heartbeat of each tablet.
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
    /// Result of the next attempts to deliver a bot message. A bot message has an id of the same type as a call.
    pub result: fn(CallId, RoomId) -> DeliveryState,
    /// Room and text of the bot messages that wait for their delivery, or whose result the relay does not know.
    outbox: BTreeMap<CallId, (RoomId, String)>,
    /// State of each bot message.
    delivery_states: BTreeMap<CallId, DeliveryState>,
    /// Posts in Chatwork's rooms.
    pub posts: BTreeMap<CallId, RoomPost>,
    /// Number of ids given to bot messages.
    id_count: u64,
}

/// Successful result of a delivery into the room.
pub(super) fn delivered(id: CallId, room: RoomId) -> DeliveryState {
    // The last digits of an id count the bot messages.
    let id = id.to_string();
    let number = u64::from_str_radix(&id[id.len() - 8..], 16).unwrap();
    DeliveryState::Delivered {
        message: number.to_string().try_into().unwrap(),
        room,
        at: 0,
    }
}

/// Id of the tablet with this number.
pub(super) fn tablet(number: usize) -> DeviceId {
    format!("tablet-{number}").parse().unwrap()
}

/// Name of the tablet with this number.
pub(super) fn tablet_name(number: usize) -> String {
    format!("端末{number:02}")
}

impl AlarmSimulation {
    /// Simulation that begins on Monday at 8:00, of an office with `count` tablets that is open from 9:00 to 18:00 on
    /// workdays.
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
            alarms: AlarmState::default(),
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
            delivery_states: BTreeMap::new(),
            posts: BTreeMap::new(),
            id_count: 0,
        }
    }

    /// Calls a function with the facts that the relay sees now.
    pub(super) fn with_facts<T>(&self, use_facts: impl FnOnce(&AlarmFacts<'_>) -> T) -> T {
        let contacts = self.tablets.iter().map(|(device, seen)| TabletContact {
            device: device.clone(),
            last_seen: *seen,
        });
        use_facts(&AlarmFacts {
            now: self.now,
            watched_since: self.started,
            tablets: contacts.collect(),
            failed_calls: self.failed_calls,
            disk_free_percent: self.disk_free_percent,
            certificate_ends: self.certificate_ends,
            last_backup: self.last_backup,
            requests_left: self.requests_left,
            is_connected: self.is_connected,
            is_token_refused: self.is_token_refused,
            is_chatwork_unreachable: self.is_chatwork_unreachable,
            calls_wait: self.calls_wait,
            posts: self.delivery_states.clone(),
            local: &local,
        })
    }

    /// One step of the simulation. The tablets for which `sends_heartbeat` returns true have sent a heartbeat.
    pub(super) fn step(&mut self, sends_heartbeat: impl Fn(usize) -> bool, end: StepEnd) {
        self.now += STEP_MILLIS;
        for number in 0..self.tablets.len() {
            if sends_heartbeat(number) {
                self.tablets.insert(tablet(number), self.now);
            }
        }
        let (mut alarms, mut id_count) = (self.alarms.clone(), self.id_count);
        let now = self.now;
        let mut new_id = || {
            id_count += 1;
            let mut random = [0; 10];
            random[2..].copy_from_slice(&id_count.to_be_bytes());
            CallId::new(now, &random)
        };
        let posts = self.with_facts(|facts| {
            alarms.observe(&self.settings, facts, &mut new_id);
            alarms.take_posts(&self.settings, facts, &mut new_id)
        });
        self.id_count = id_count;
        if end == StepEnd::KilledBefore {
            self.started = self.now;
            return;
        }
        self.alarms = alarms;
        self.add_to_outbox(posts);
        let edits = self.with_facts(|facts| self.alarms.edits(&self.settings, facts));
        for edit in &edits {
            self.apply_edit(edit);
        }
        if end == StepEnd::KilledAfter {
            self.started = self.now;
            // The posts stay in the outbox; `deliver` does not add them to the room a second time.
            for (id, (room, text)) in &self.outbox {
                let (room, text, edits) = (*room, text.clone(), 0);
                self.posts.insert(*id, RoomPost { room, text, edits });
                self.delivery_states.insert(*id, DeliveryState::Unknown);
            }
            return;
        }
        for edit in &edits {
            self.alarms.record_edit(edit);
        }
        self.deliver();
    }

    /// Adds posts to the outbox, which checks them as the relay does.
    fn add_to_outbox(&mut self, posts: Vec<BotMessage>) {
        for post in posts {
            let policy = OutboundPolicy::of(&self.settings);
            let checked = policy.check_bot_message(&post.to, &post.text, post.id.reference());
            assert_eq!(checked, Ok(()), "{}", post.text);
            let Destination::Room(room) = post.to else {
                panic!("an alarm is posted in a room: {post:?}");
            };
            assert_eq!(Some(room), self.settings.site().alarms.room);
            let earlier = self.delivery_states.insert(post.id, DeliveryState::Waiting);
            assert_eq!(earlier, None, "each bot message has an id of its own");
            self.outbox.insert(post.id, (room, post.text));
        }
    }

    /// Edits a post in the room.
    fn apply_edit(&mut self, edit: &PostEdit) {
        let is_edited = |id: &CallId| {
            self.delivery_states.get(id).is_some_and(
                |state| matches!(state, DeliveryState::Delivered { message, .. } if *message == edit.message),
            )
        };
        let (_, post) = self
            .posts
            .iter_mut()
            .find(|(id, _)| is_edited(id))
            .expect("the relay edits only posts that are in the room");
        assert_eq!(edit.room, post.room);
        post.text.clone_from(&edit.text);
        post.edits += 1;
    }

    /// Delivers the bot messages of the outbox. A message that is in the room already, from an attempt whose result was
    /// lost, is not posted again.
    fn deliver(&mut self) {
        for (id, (room, text)) in std::mem::take(&mut self.outbox) {
            let state = (self.result)(id, room);
            if matches!(state, DeliveryState::Delivered { .. }) {
                let edits = 0;
                self.posts
                    .entry(id)
                    .or_insert(RoomPost { room, text, edits });
            } else if !state.is_final() {
                self.outbox.insert(id, (room, text));
            }
            self.delivery_states.insert(id, state);
        }
    }

    /// Runs steps until a time. All tablets but the `silent` ones send heartbeats.
    pub(super) fn run_until(&mut self, until: u64, silent: &[usize]) {
        while self.now < until {
            self.step(|number| !silent.contains(&number), StepEnd::Stored);
        }
    }

    /// Texts of the posts in the room, oldest first.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.posts.values().map(|post| post.text.as_str()).collect()
    }

    /// Keys of the alarm conditions of the open incidents.
    pub(super) fn open(&self) -> Vec<&'static str> {
        self.alarms
            .open()
            .map(|open| open.condition.key())
            .collect()
    }
}
