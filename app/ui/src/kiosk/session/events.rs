//! What reaches the kiosk from outside: the clock, the visitor's touch, the network, the relay's
//! events, and an admin's wish to reload.

use gloo_timers::callback::Interval;
use yobirin_api::ErrorCode;
use yobirin_api::device::Heartbeat;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::StateChange;
use yobirin_domain::stream::StreamHealth;

use super::boot;
use super::nightly_reload::{Renewal, moment};
use super::pairing::Trouble;
use crate::api::client;
use crate::api::event_stream::{self, Live};
use crate::browser::task::{spawn, whenever};
use crate::browser::{clock, navigation, random, watchdog, window_events};
use crate::kiosk::calls::queue::Queue;
use crate::kiosk::calls::sync;
use crate::kiosk::state::{Desk, Entry};
use crate::kiosk::static_signal::Lasting;

/// Seconds between two signs of life.
const HEARTBEAT: u64 = 60;
/// Seconds between two tries to reach a relay that has not answered yet.
const KNOCK: u64 = 3;

/// Starts watching, for the life of the page.
pub(crate) fn start(desk: Desk) {
    let renewal = Lasting::new(Renewal::new(random::random_minute()));
    tick(desk, renewal);
    window_events::forever("yobirin-update", move || {
        renewal.update_untracked(Renewal::ask);
    });
    window_events::any_input(move || desk.touch());
    window_events::forever("online", move || returned(desk));
    window_events::forever("visibilitychange", move || {
        if window_events::is_visible() {
            returned(desk);
        }
    });
    whenever(move || {
        if desk.device.with(Option::is_some) {
            let now = clock::now();
            desk.stream.update_untracked(|stream| stream.asked(now));
            event_stream::follow(None, move |live| follow(desk, renewal, live));
        }
    });
}

fn tick(desk: Desk, renewal: Lasting<Renewal>) {
    let mut seconds = 0..;
    let mut told = None;
    Interval::new(1_000, move || {
        let second = seconds.next().unwrap_or(0_u64);
        desk.tick(clock::now());
        desk.draw(); // whatever it is by now
        watchdog::tick();
        sync::run(desk);
        let trouble = desk.stream_trouble();
        if second.is_multiple_of(HEARTBEAT) || told != trouble {
            told = trouble;
            heartbeat(desk);
            look_at_the_clock(desk, renewal);
        }
        if second % KNOCK == KNOCK - 1 && desk.entry.get_untracked() == Entry::Loading {
            boot::check(desk);
        }
        if renewal.with_untracked(Renewal::is_due) && desk.is_idle() && !desk.is_lost() {
            navigation::reload();
        }
    })
    .forget();
}

fn look_at_the_clock(desk: Desk, renewal: Lasting<Renewal>) {
    let Some(office) = desk.office.get_untracked() else {
        return;
    };
    let zone = &office.settings().site().time_zone;
    let time = clock::time_of_day(clock::now(), zone);
    if let Some(now) = moment(clock::today(zone), &time) {
        renewal.update_untracked(|renewal| renewal.look(now));
    }
}

/// The network or the viewer may be back.
fn returned(desk: Desk) {
    sync::hurry(desk);
    if desk.entry.get_untracked() != Entry::Pairing {
        boot::check(desk);
    }
}

fn follow(desk: Desk, renewal: Lasting<Renewal>, live: Live) {
    match live {
        Live::Connected => {
            desk.lost.set(None);
            returned(desk);
            watchdog::connected();
        }
        Live::Alive => heard_of(desk),
        Live::Lost => {
            let now = clock::now();
            desk.stream.update_untracked(|stream| stream.broke(now));
            desk.lost.update(|lost| *lost = lost.or(Some(now)));
            boot::check(desk);
            heartbeat(desk); // the settings may be the service worker's: this tells whether the relay is there
        }
        Live::Event(sequence, event) => {
            heard_of(desk);
            hear(desk, renewal, sequence, event);
        }
    }
}

fn heard_of(desk: Desk) {
    desk.stream.update_untracked(StreamHealth::spoke);
}

fn hear(desk: Desk, renewal: Lasting<Renewal>, sequence: Option<u64>, event: Event) {
    match event {
        Event::Delivery { call, delivery, to } => {
            let sequence = sequence.unwrap_or_default();
            sync::heard(
                desk,
                call,
                &StateChange {
                    delivery,
                    sequence,
                    to,
                },
            );
        }
        Event::Settings => spawn(async move {
            let _ = boot::refresh(desk).await; // the next connection compares again
        }),
        Event::Chatwork { delivering } => desk.delivering.set(delivering),
        Event::Reload => renewal.update_untracked(Renewal::ask),
        Event::Revoked => boot::unpaired(desk, Some(Trouble::Revoked)),
    }
}

fn heartbeat(desk: Desk) {
    if desk.device.with_untracked(Option::is_none) {
        // A relay that knew nobody for a while, with the wrong folder say, may know this tablet again.
        return boot::check(desk);
    }
    let queued = desk.queue.with_untracked(Queue::open);
    let sign = Heartbeat {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        queued: u32::try_from(queued).unwrap_or(u32::MAX),
        battery: watchdog::battery(),
        crash: watchdog::last_crash(),
        stream: desk.stream_trouble(),
    };
    spawn(async move {
        match client::heartbeat(&sign).await {
            Ok(()) => desk.relay_answered(),
            Err(error) if error.code() == Some(ErrorCode::NotSignedIn) => {
                boot::unpaired(desk, None);
            }
            Err(_) => {}
        }
    });
}
