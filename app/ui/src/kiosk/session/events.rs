//! Wires up the kiosk's events: clock ticks, input, network, the relay's event stream, and reload requests.

use gloo_timers::callback::Interval;
use yobirin_api::ErrorCode;
use yobirin_api::device::Heartbeat;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::StateChange;
use yobirin_domain::stream::StreamHealth;

use super::nightly_reload::{NightlyReload, local_date_time};
use super::pairing::PairingError;
use super::{boot, checklist, settings_sync};
use crate::api::client;
use crate::api::event_stream::{self, StreamEvent};
use crate::browser::task::{run_effect, spawn};
use crate::browser::{clock, navigation, random, watchdog, window_events};
use crate::kiosk::calls::queue::Queue;
use crate::kiosk::calls::sync;
use crate::kiosk::state::{KioskPhase, KioskState};
use crate::kiosk::static_signal::StaticSignal;

/// Seconds between two heartbeats of a tablet whose state does not change.
const HEARTBEAT_SECONDS: u64 = 60;
/// Seconds between two attempts to reach a relay that has not answered yet.
const CONNECTION_CHECK_SECONDS: u64 = 3;

/// Starts the timer and the listeners, for the life of the page.
pub(crate) fn start(kiosk: KioskState) {
    let nightly_reload = StaticSignal::new(NightlyReload::new(random::random_u16()));
    start_ticking(kiosk, nightly_reload);
    window_events::listen("yobirin-update", move || {
        nightly_reload.update_untracked(NightlyReload::request);
    });
    window_events::on_any_input(move || kiosk.on_input());
    window_events::listen("online", move || on_reconnected(kiosk));
    window_events::listen("visibilitychange", move || {
        if window_events::is_visible() {
            on_reconnected(kiosk);
        }
    });
    run_effect(move || {
        if kiosk.device.with(Option::is_some) {
            event_stream::subscribe(None, move |event| {
                on_stream_event(kiosk, nightly_reload, event);
            });
        }
    });
}

fn start_ticking(kiosk: KioskState, nightly_reload: StaticSignal<NightlyReload>) {
    let mut second: u64 = 0;
    let mut reported = None;
    Interval::new(1_000, move || {
        second += 1;
        kiosk.tick(clock::now());
        kiosk.finish_boot(); // at the latest after a second
        watchdog::signal_alive();
        sync::run(kiosk);
        boot::ask_for_pairing(kiosk);
        let is_paired = kiosk.device.with_untracked(Option::is_some);
        let state = (is_paired, kiosk.stream_trouble(), checklist::report(kiosk));
        if second.is_multiple_of(HEARTBEAT_SECONDS) || reported.as_ref() != Some(&state) {
            reported = Some(state);
            send_heartbeat(kiosk);
            observe_time(kiosk, nightly_reload);
        }
        if second.is_multiple_of(CONNECTION_CHECK_SECONDS)
            && kiosk.phase.get_untracked() == KioskPhase::Loading
        {
            boot::check_in(kiosk);
        }
        if nightly_reload.with_untracked(NightlyReload::is_due)
            && kiosk.is_idle()
            && !kiosk.is_disconnected()
        {
            navigation::reload();
        }
    })
    .forget();
}

fn observe_time(kiosk: KioskState, nightly_reload: StaticSignal<NightlyReload>) {
    let Some(settings) = kiosk.settings.get_untracked() else {
        return;
    };
    let zone = &settings.site().time_zone;
    let time = clock::time_of_day(clock::now(), zone);
    if let Some(now) = local_date_time(clock::today(zone), &time) {
        nightly_reload.update_untracked(|reload| reload.observe(now));
    }
}

/// Repeats requests at once, after the network or the stream came back or the page was shown again.
fn on_reconnected(kiosk: KioskState) {
    sync::flush_now(kiosk);
    if kiosk.phase.get_untracked() != KioskPhase::Pairing {
        boot::check_in(kiosk);
    }
}

fn on_stream_event(
    kiosk: KioskState,
    nightly_reload: StaticSignal<NightlyReload>,
    event: StreamEvent,
) {
    match event {
        StreamEvent::Requested => {
            let now = clock::now();
            kiosk
                .stream_health
                .update_untracked(|stream| stream.requested(now));
            sync::update_stream_reliability(kiosk);
        }
        StreamEvent::Paused => {
            kiosk.stream_health.update_untracked(StreamHealth::paused);
            sync::update_stream_reliability(kiosk);
        }
        StreamEvent::Connected => {
            if kiosk.disconnected_since.get_untracked().is_some() {
                send_heartbeat(kiosk); // the relay may have noticed the tablet's silence
            }
            kiosk.disconnected_since.set(None);
            on_reconnected(kiosk);
            watchdog::signal_connected();
        }
        StreamEvent::Alive => mark_stream_alive(kiosk),
        StreamEvent::Lost => {
            let now = clock::now();
            kiosk
                .stream_health
                .update_untracked(|stream| stream.disconnected(now));
            kiosk
                .disconnected_since
                .update(|since| *since = since.or(Some(now)));
            boot::check_in(kiosk);
            // Shows whether the relay can be reached: the settings may have come from the service worker.
            send_heartbeat(kiosk);
        }
        StreamEvent::Event(sequence, event) => {
            mark_stream_alive(kiosk);
            on_relay_event(kiosk, nightly_reload, sequence, event);
        }
    }
}

fn mark_stream_alive(kiosk: KioskState) {
    kiosk.stream_health.update_untracked(StreamHealth::received);
}

fn on_relay_event(
    kiosk: KioskState,
    nightly_reload: StaticSignal<NightlyReload>,
    sequence: Option<u64>,
    event: Event,
) {
    let sequence = sequence.unwrap_or_default();
    match event {
        Event::Delivery { call, delivery, to } => {
            sync::on_delivery_event(
                kiosk,
                call,
                &StateChange {
                    delivery,
                    sequence,
                    to,
                },
            );
        }
        Event::Answer { call, answer } => {
            sync::on_answer_event(kiosk, call, Some(&answer), sequence);
        }
        Event::AnswerWithdrawn { call } => sync::on_answer_event(kiosk, call, None, sequence),
        Event::Settings => spawn(async move {
            let _ = settings_sync::refresh(kiosk).await; // repeated when the event stream connects again
        }),
        Event::Chatwork { delivering } => kiosk.is_delivering.set(delivering),
        Event::Reload => nightly_reload.update_untracked(NightlyReload::request),
        Event::Revoked => settings_sync::on_unpaired(kiosk, Some(PairingError::Revoked)),
    }
}

fn send_heartbeat(kiosk: KioskState) {
    if kiosk.device.with_untracked(Option::is_none) {
        // A relay that did not know the tablet, with a wrong data folder for example, may know it again.
        return boot::check_in(kiosk);
    }
    let queued = kiosk.queue.with_untracked(Queue::undecided_count);
    let heartbeat = Heartbeat {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        queued: u32::try_from(queued).unwrap_or(u32::MAX),
        battery: watchdog::battery_percent(),
        lacks: watchdog::missing_features(),
        crash: watchdog::last_crash(),
        stream: kiosk.stream_trouble(),
        checks: Some(checklist::report(kiosk)),
    };
    spawn(async move {
        match client::heartbeat(&heartbeat).await {
            Ok(()) => kiosk.on_relay_response(),
            Err(error) if error.code() == Some(ErrorCode::NotSignedIn) => {
                settings_sync::on_unpaired(kiosk, None);
            }
            Err(_) => {} // the next heartbeat tries again, and the event stream notices a lost connection
        }
    });
}
