//! What reaches the kiosk from outside: the clock, the visitor's touch, the network, the relay's
//! events, and an admin's wish to reload.

use gloo_timers::callback::Interval;
use yobirin_api::ErrorCode;
use yobirin_api::device::Heartbeat;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::StateChange;
use yobirin_domain::stream::StreamHealth;

use super::desk::{Desk, Entry};
use super::lasting::Lasting;
use super::pairing::Trouble;
use super::queue::Queue;
use super::renewal::{Renewal, moment};
use super::{courier, entry};
use crate::live::{self, Live};
use crate::platform::task::{spawn, whenever};
use crate::platform::{clock, guard, ids, listen, place};
use crate::relay_client;

/// Seconds between two signs of life.
const HEARTBEAT: u64 = 60;
/// Seconds between two tries to reach a relay that has not answered yet.
const KNOCK: u64 = 3;

/// Starts watching, for the life of the page.
pub(super) fn start(desk: Desk) {
    let renewal = Lasting::new(Renewal::new(ids::random_minute()));
    tick(desk, renewal);
    listen::forever("yobirin-update", move || {
        renewal.update_untracked(Renewal::ask);
    });
    listen::any_input(move || desk.touch());
    listen::forever("online", move || returned(desk));
    listen::forever("visibilitychange", move || {
        if listen::is_visible() {
            returned(desk);
        }
    });
    whenever(move || {
        if desk.device.with(Option::is_some) {
            let now = clock::now();
            desk.stream.update_untracked(|stream| stream.requested(now));
            live::follow(None, move |live| follow(desk, renewal, live));
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
        guard::tick();
        courier::run(desk);
        let trouble = desk.stream_trouble();
        if second.is_multiple_of(HEARTBEAT) || told != trouble {
            told = trouble;
            heartbeat(desk);
            look_at_the_clock(desk, renewal);
        }
        if second % KNOCK == KNOCK - 1 && desk.entry.get_untracked() == Entry::Loading {
            entry::check(desk);
        }
        if renewal.with_untracked(Renewal::is_due) && desk.is_idle() && !desk.is_lost() {
            place::reload();
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
    courier::hurry(desk);
    if desk.entry.get_untracked() != Entry::Pairing {
        entry::check(desk);
    }
}

fn follow(desk: Desk, renewal: Lasting<Renewal>, live: Live) {
    match live {
        Live::Connected => {
            desk.lost.set(None);
            returned(desk);
            guard::connected();
        }
        Live::Alive => heard_of(desk),
        Live::Lost => {
            let now = clock::now();
            desk.stream
                .update_untracked(|stream| stream.disconnected(now));
            desk.lost.update(|lost| *lost = lost.or(Some(now)));
            entry::check(desk);
            heartbeat(desk); // the settings may be the service worker's: this tells whether the relay is there
        }
        Live::Event(sequence, event) => {
            heard_of(desk);
            hear(desk, renewal, sequence, event);
        }
    }
}

fn heard_of(desk: Desk) {
    desk.stream.update_untracked(StreamHealth::received);
}

fn hear(desk: Desk, renewal: Lasting<Renewal>, sequence: Option<u64>, event: Event) {
    match event {
        Event::Delivery { call, delivery, to } => {
            let sequence = sequence.unwrap_or_default();
            courier::heard(
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
            let _ = entry::refresh(desk).await; // the next connection compares again
        }),
        Event::Chatwork { delivering } => desk.delivering.set(delivering),
        Event::Reload => renewal.update_untracked(Renewal::ask),
        Event::Revoked => entry::unpaired(desk, Some(Trouble::Revoked)),
    }
}

fn heartbeat(desk: Desk) {
    if desk.device.with_untracked(Option::is_none) {
        // A relay that knew nobody for a while, with the wrong folder say, may know this tablet again.
        return entry::check(desk);
    }
    let queued = desk.queue.with_untracked(Queue::open);
    let sign = Heartbeat {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        queued: u32::try_from(queued).unwrap_or(u32::MAX),
        battery: guard::battery(),
        crash: guard::last_crash(),
        stream: desk.stream_trouble(),
    };
    spawn(async move {
        match relay_client::heartbeat(&sign).await {
            Ok(()) => desk.relay_answered(),
            Err(error) if error.code() == Some(ErrorCode::NotSignedIn) => {
                entry::unpaired(desk, None);
            }
            Err(_) => {}
        }
    });
}
