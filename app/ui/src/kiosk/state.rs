//! What the whole kiosk shares: signals that views read, and the few things that can be done. A
//! `Desk` is only handles, so it is copied freely.

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Access;
use yobirin_domain::stream::{StreamHealth, StreamTrouble};

use super::idle::{Countdown, IdlePhase, IdleTimer};
use crate::browser::clock;
use crate::browser::task::spawn;
use crate::i18n::kiosk::{Words, loaded};
use crate::kiosk::calls::queue::{LocalCallStatus, Queue};
use crate::kiosk::calls::sync;
use crate::kiosk::navigation::{Intent, Navigation, Overlay, Screen};
use crate::kiosk::session::kiosk_settings::KioskSettings;
use crate::kiosk::session::pairing::PairingError;
use crate::kiosk::static_signal::StaticSignal;

/// How long the stream may be broken before visitors are told: most breaks heal at once.
const OFFLINE_NOTICE_MS: Millis = 5_000;

/// How far the tablet has come before it can receive anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KioskPhase {
    /// Asking the relay, or waiting for it.
    Loading,
    /// Not paired.
    Pairing,
    /// Paired, but the settings have no menu for it.
    NotSetUp,
    /// Receiving.
    Open,
}

/// Handles to everything the kiosk shares.
#[derive(Clone, Copy)]
pub(super) struct KioskState {
    pub(super) phase: StaticSignal<KioskPhase>,
    /// There is something in place of the boot screen.
    pub(super) is_boot_done: StaticSignal<bool>,
    /// What the pairing screen has to say.
    pub(super) pairing_error: StaticSignal<Option<PairingError>>,
    /// The device this browser is paired as.
    pub(super) device: StaticSignal<Option<DeviceId>>,
    pub(super) settings: StaticSignal<Option<Arc<KioskSettings>>>,
    /// Settings that arrived while a visitor is using the old ones.
    pub(super) pending_settings: StaticSignal<Option<Arc<KioskSettings>>>,
    pub(super) navigation: StaticSignal<Navigation>,
    /// The visitor's language. What follows it does not follow every letter that is typed.
    pub(super) lang: Memo<Lang>,
    pub(super) queue: StaticSignal<Queue>,
    /// This machine's clock, once a second.
    pub(super) now: StaticSignal<Millis>,
    pub(super) countdown: StaticSignal<Countdown>,
    /// Since when the relay has been out of reach.
    pub(super) disconnected_since: StaticSignal<Option<Millis>>,
    /// Health of the event stream.
    pub(super) stream_health: StaticSignal<StreamHealth>,
    /// The relay can deliver to Chatwork.
    pub(super) is_delivering: StaticSignal<bool>,
    /// Outside opening hours.
    pub(super) is_closed: Memo<bool>,
    /// Outside opening hours somebody has touched the screen.
    pub(super) is_awake: StaticSignal<bool>,
    idle: StaticSignal<IdleTimer>,
    /// The language the visitor has asked for last.
    requested_language: StaticSignal<Lang>,
    /// The words of a language have arrived.
    words_loaded: StaticSignal<()>,
}

impl KioskState {
    /// In Japanese, whose words are at hand.
    pub(super) fn new() -> Self {
        let office = StaticSignal::new(None::<Arc<KioskSettings>>);
        let navigation = StaticSignal::new(Navigation::new(Lang::Ja, Access::default()));
        let now = StaticSignal::new(clock::now());
        let minute = Memo::new(move |_| now.get() / 60_000);
        let closed = Memo::new(move |_| {
            // Read, not only followed: a memo that nobody reads never looks at the clock.
            minute.get();
            office.with(|office| office.as_ref().is_some_and(|office| !office.is_open()))
        });
        Self {
            phase: StaticSignal::new(KioskPhase::Loading),
            is_boot_done: StaticSignal::new(false),
            pairing_error: StaticSignal::new(None),
            device: StaticSignal::new(None),
            settings: office,
            pending_settings: StaticSignal::new(None),
            navigation,
            lang: Memo::new(move |_| navigation.with(Navigation::lang)),
            queue: StaticSignal::new(Queue::default()),
            now,
            countdown: StaticSignal::new(Countdown::default()),
            disconnected_since: StaticSignal::new(None),
            stream_health: StaticSignal::new(StreamHealth::default()),
            is_delivering: StaticSignal::new(true),
            is_closed: closed,
            is_awake: StaticSignal::new(false),
            idle: StaticSignal::new(IdleTimer::default()),
            requested_language: StaticSignal::new(Lang::Ja),
            words_loaded: StaticSignal::new(()),
        }
    }

    /// Puts the kiosk in place of the boot screen, once what has to be asked for is on its way. To draw
    /// first that things are loading would delay what comes after it.
    pub(super) fn finish_boot(self) {
        if !self.is_boot_done.get_untracked() {
            spawn(async move { self.is_boot_done.set(true) });
        }
    }

    /// Loads the words that the screen speaks, if they could not be had when they were wanted.
    pub(super) fn load_missing_words(self) {
        let lang = self.requested_language.get_untracked();
        if loaded::get_loaded(lang).is_none() {
            self.set_language(lang);
        }
    }

    /// Follows an intent.
    pub(super) fn act(self, intent: Intent) {
        let Some(office) = self.settings.get_untracked() else {
            return;
        };
        let order = self
            .navigation
            .update(|navigation| navigation.apply(intent, office.device()));
        if let Some(order) = order {
            sync::call(self, order);
        }
        self.apply_pending_settings();
        self.tick(clock::now()); // patience begins with the screen
    }

    /// Calls staff, unless the screen shows that they have been called.
    pub(super) fn call_staff(self) {
        let screen = self
            .navigation
            .with_untracked(|navigation| navigation.screen().clone());
        let is_ringing = match screen {
            Screen::Call(id) => self
                .queue
                .with_untracked(|queue| queue.is_calling_staff(id)),
            _ => false,
        };
        if !is_ringing {
            self.act(Intent::CallStaff);
        }
    }

    /// Speaks a language: at once when its words are at hand, else when they are loaded.
    pub(super) fn set_language(self, lang: Lang) {
        self.requested_language.set(lang);
        if loaded::get_loaded(lang).is_some() {
            self.navigation
                .update(|navigation| navigation.set_language(lang));
            return;
        }
        spawn(async move {
            if loaded::load(lang).await {
                self.words_loaded.set(());
            }
            if self.requested_language.get_untracked() == lang {
                self.navigation
                    .update(|navigation| navigation.set_language(lang));
            }
        });
    }

    /// Puts a card over the screen, or takes it away.
    pub(super) fn show_overlay(self, over: Option<Overlay>) {
        self.navigation
            .update(|navigation| navigation.set_overlay(over));
        self.tick(clock::now()); // patience begins with the card
    }

    /// True outside opening hours until somebody touches the screen; tracked.
    pub(super) fn is_screensaver_on(self) -> bool {
        let own = self.own_language();
        let usual = self.default_access();
        self.is_closed.get()
            && !self.is_awake.get()
            && self.phase.get() == KioskPhase::Open
            && self
                .navigation
                .with(|navigation| navigation.is_untouched(own, usual))
    }

    /// Back to the menu in the office's language, as if nobody had been here.
    pub(super) fn reset(self) {
        let own = self.own_language();
        self.requested_language.set(own);
        self.navigation
            .set(Navigation::new(own, self.default_access()));
        self.is_awake.set(false);
        self.apply_pending_settings();
    }

    /// Takes newer settings into use now, or when the visitor is done with the old ones.
    pub(super) fn set_settings(self, office: Arc<KioskSettings>) {
        self.pending_settings.set(Some(office));
        self.apply_pending_settings();
    }

    /// The settings a new wording is made from.
    pub(super) fn latest_settings(self) -> Option<Arc<KioskSettings>> {
        self.pending_settings
            .get_untracked()
            .or_else(|| self.settings.get_untracked())
    }

    /// True when the relay has been out of reach long enough to be worth telling; tracked.
    pub(super) fn is_offline(self) -> bool {
        let now = self.now.get();
        self.disconnected_since
            .get()
            .is_some_and(|since| now.saturating_sub(since) >= OFFLINE_NOTICE_MS)
    }

    /// The relay answered a request: it can be reached, whatever becomes of the event stream.
    pub(super) fn on_relay_response(self) {
        let now = clock::now();
        self.stream_health
            .update_untracked(|stream| stream.relay_answered(now));
        if self.is_disconnected() {
            self.disconnected_since.set(None);
        }
    }

    /// Fault of the event stream, if there is one.
    pub(super) fn stream_trouble(self) -> Option<StreamTrouble> {
        self.stream_health
            .with_untracked(|stream| stream.trouble(clock::now()))
    }

    /// True while the relay is out of reach: it may not be there to load anything from.
    pub(super) fn is_disconnected(self) -> bool {
        self.disconnected_since.with_untracked(Option::is_some)
    }

    fn apply_pending_settings(self) {
        let screen = self
            .navigation
            .with_untracked(|navigation| navigation.screen().clone());
        let shown = match &screen {
            Screen::Call(id) => Some(*id),
            _ => None,
        };
        self.queue
            .update_untracked(|queue| queue.remove_ended(shown));
        let free = screen == Screen::Menu || self.settings.with_untracked(Option::is_none);
        if !free {
            return;
        }
        if let Some(office) = self.pending_settings.update_untracked(Option::take) {
            let first = self.settings.with_untracked(Option::is_none);
            let own = office.own_language();
            self.settings.set(Some(office));
            if first {
                let usual = self.default_access();
                self.set_language(own);
                self.navigation
                    .update(|navigation| navigation.change_access(|access| *access = usual));
            }
        }
    }

    /// Somebody touched the tablet.
    pub(super) fn on_input(self) {
        let now = clock::now();
        self.idle.update_untracked(|idle| idle.touch(now));
        if self.is_closed.get_untracked() && !self.is_awake.get_untracked() {
            self.is_awake.set(true);
        }
        if self.countdown.get_untracked() != Countdown::Hidden {
            self.tick(now);
        }
    }

    /// One second has passed.
    pub(super) fn tick(self, now: Millis) {
        self.now.set(now);
        let phase = self.idle_phase(now);
        let left = self.idle.update_untracked(|idle| idle.tick(now, phase));
        if self.countdown.get_untracked() != left {
            self.countdown.set(left);
        }
        if left == Countdown::Elapsed {
            self.reset();
        }
    }

    fn idle_phase(self, now: Millis) -> IdlePhase {
        let own = self.own_language();
        let usual = self.default_access();
        let (screen, at_rest) = self.navigation.with_untracked(|navigation| {
            (
                navigation.screen().clone(),
                navigation.is_untouched(own, usual),
            )
        });
        let Screen::Call(id) = screen else {
            return match at_rest {
                false => IdlePhase::Input,
                true if self.is_awake.get_untracked() => IdlePhase::ClosedNotice,
                true => IdlePhase::Untouched,
            };
        };
        match self.queue.with_untracked(|queue| queue.status(id, now)) {
            Some(standing) => standing.idle_phase(),
            None => IdlePhase::Input,
        }
    }

    /// True when nobody is using the tablet and no call is under way.
    pub(super) fn is_idle(self) -> bool {
        let own = self.own_language();
        let usual = self.default_access();
        self.navigation
            .with_untracked(|navigation| navigation.is_untouched(own, usual))
            && self.queue.with_untracked(Queue::open_count) == 0
    }

    fn own_language(self) -> Lang {
        let office = self
            .settings
            .with_untracked(|office| office.as_ref().map(|o| o.own_language()));
        office.unwrap_or_else(|| self.navigation.with_untracked(Navigation::lang))
    }

    /// How the screen looks when a visit begins.
    fn default_access(self) -> Access {
        let device = self
            .settings
            .with_untracked(|office| office.as_ref().map(|o| o.device().access));
        device.unwrap_or_default()
    }

    /// The words of the visitor's language; tracked.
    pub(super) fn words(self) -> &'static Words {
        self.words_loaded.get();
        loaded::words(self.lang.get())
    }
}

impl LocalCallStatus {
    fn idle_phase(self) -> IdlePhase {
        match self {
            Self::Sending { .. } | Self::Waiting => IdlePhase::Waiting,
            Self::Ended(end) if end.is_success() => IdlePhase::Notified,
            Self::Cancelling { .. } | Self::Ended(_) => IdlePhase::Failed,
        }
    }
}
