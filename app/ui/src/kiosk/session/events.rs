//! What reaches the kiosk from outside: the clock, the visitor's touch, the network, the relay's
//! events, and an admin's wish to reload.

use gloo_timers::callback::Interval;
use yobirin_api::ErrorCode;
use yobirin_api::device::Heartbeat;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::StateChange;
use yobirin_domain::stream::StreamHealth;

use super::boot;
use super::nightly_reload::{NightlyReload, moment};
use super::pairing::Trouble;
use crate::api::client;
use crate::api::event_stream::{self, StreamEvent};
use crate::browser::task::{spawn, whenever};
use crate::browser::{clock, navigation, random, watchdog, window_events};
use crate::kiosk::calls::queue::Queue;
use crate::kiosk::calls::sync;
use crate::kiosk::state::{KioskPhase, KioskState};
use crate::kiosk::static_signal::StaticSignal;

/// Seconds between two signs of life.
const HEARTBEAT_SECONDS: u64 = 60;
/// Seconds between two tries to reach a relay that has not answered yet.
const CONNECTION_CHECK_SECONDS: u64 = 3;

/// Starts watching, for the life of the page.
pub(crate) fn start(kiosk: KioskState) {
    let renewal = StaticSignal::new(NightlyReload::new(random::random_minute()));
    tick(kiosk, renewal);
    window_events::forever("yobirin-update", move || {
        renewal.update_untracked(NightlyReload::ask);
    });
    window_events::any_input(move || kiosk.on_input());
    window_events::forever("online", move || returned(kiosk));
    window_events::forever("visibilitychange", move || {
        if window_events::is_visible() {
            returned(kiosk);
        }
    });
    whenever(move || {
        if kiosk.device.with(Option::is_some) {
            let now = clock::now();
            kiosk
                .stream
                .update_untracked(|stream| stream.requested(now));
            event_stream::follow(None, move |live| follow(kiosk, renewal, live));
        }
    });
}

fn tick(kiosk: KioskState, renewal: StaticSignal<NightlyReload>) {
    let mut seconds = 0..;
    let mut told = None;
    Interval::new(1_000, move || {
        let second = seconds.next().unwrap_or(0_u64);
        kiosk.tick(clock::now());
        kiosk.draw(); // whatever it is by now
        watchdog::tick();
        sync::run(kiosk);
        let trouble = kiosk.stream_trouble();
        if second.is_multiple_of(HEARTBEAT_SECONDS) || told != trouble {
            told = trouble;
            heartbeat(kiosk);
            look_at_the_clock(kiosk, renewal);
        }
        if second % CONNECTION_CHECK_SECONDS == CONNECTION_CHECK_SECONDS - 1
            && kiosk.entry.get_untracked() == KioskPhase::Loading
        {
            boot::check(kiosk);
        }
        if renewal.with_untracked(NightlyReload::is_due) && kiosk.is_idle() && !kiosk.is_lost() {
            navigation::reload();
        }
    })
    .forget();
}

fn look_at_the_clock(kiosk: KioskState, renewal: StaticSignal<NightlyReload>) {
    let Some(office) = kiosk.office.get_untracked() else {
        return;
    };
    let zone = &office.settings().site().time_zone;
    let time = clock::time_of_day(clock::now(), zone);
    if let Some(now) = moment(clock::today(zone), &time) {
        renewal.update_untracked(|renewal| renewal.look(now));
    }
}

/// The network or the viewer may be back.
fn returned(kiosk: KioskState) {
    sync::flush_now(kiosk);
    if kiosk.entry.get_untracked() != KioskPhase::Pairing {
        boot::check(kiosk);
    }
}

fn follow(kiosk: KioskState, renewal: StaticSignal<NightlyReload>, live: StreamEvent) {
    match live {
        StreamEvent::Connected => {
            kiosk.lost.set(None);
            returned(kiosk);
            watchdog::connected();
        }
        StreamEvent::Alive => heard_of(kiosk),
        StreamEvent::Lost => {
            let now = clock::now();
            kiosk
                .stream
                .update_untracked(|stream| stream.disconnected(now));
            kiosk.lost.update(|lost| *lost = lost.or(Some(now)));
            boot::check(kiosk);
            heartbeat(kiosk); // the settings may be the service worker's: this tells whether the relay is there
        }
        StreamEvent::Event(sequence, event) => {
            heard_of(kiosk);
            hear(kiosk, renewal, sequence, event);
        }
    }
}

fn heard_of(kiosk: KioskState) {
    kiosk.stream.update_untracked(StreamHealth::received);
}

fn hear(
    kiosk: KioskState,
    renewal: StaticSignal<NightlyReload>,
    sequence: Option<u64>,
    event: Event,
) {
    match event {
        Event::Delivery { call, delivery, to } => {
            let sequence = sequence.unwrap_or_default();
            sync::heard(
                kiosk,
                call,
                &StateChange {
                    delivery,
                    sequence,
                    to,
                },
            );
        }
        Event::Settings => spawn(async move {
            let _ = boot::refresh(kiosk).await; // the next connection compares again
        }),
        Event::Chatwork { delivering } => kiosk.delivering.set(delivering),
        Event::Reload => renewal.update_untracked(NightlyReload::ask),
        Event::Revoked => boot::on_unpaired(kiosk, Some(Trouble::Revoked)),
    }
}

fn heartbeat(kiosk: KioskState) {
    if kiosk.device.with_untracked(Option::is_none) {
        // A relay that knew nobody for a while, with the wrong folder say, may know this tablet again.
        return boot::check(kiosk);
    }
    let queued = kiosk.queue.with_untracked(Queue::open);
    let sign = Heartbeat {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        queued: u32::try_from(queued).unwrap_or(u32::MAX),
        battery: watchdog::battery(),
        crash: watchdog::last_crash(),
        stream: kiosk.stream_trouble(),
    };
    spawn(async move {
        match client::heartbeat(&sign).await {
            Ok(()) => kiosk.relay_answered(),
            Err(error) if error.code() == Some(ErrorCode::NotSignedIn) => {
                boot::on_unpaired(kiosk, None);
            }
            Err(_) => {}
        }
    });
}
