//! What the whole kiosk shares: signals that views read, and the few things that can be done. A
//! `Desk` is only handles, so it is copied freely.

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_domain::model::id::DeviceId;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Access;
use yobirin_domain::stream::{StreamHealth, StreamTrouble};

use super::idle::{Countdown, Idle, Phase};
use crate::browser::clock;
use crate::browser::task::spawn;
use crate::i18n::kiosk::{Words, loaded};
use crate::kiosk::calls::queue::{LocalCallStatus, Queue};
use crate::kiosk::calls::sync;
use crate::kiosk::navigation::{Intent, Navigation, Overlay, Screen};
use crate::kiosk::session::kiosk_settings::KioskSettings;
use crate::kiosk::session::pairing::Trouble;
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
    pub(super) entry: StaticSignal<KioskPhase>,
    /// There is something in place of the boot screen.
    pub(super) drawn: StaticSignal<bool>,
    /// What the pairing screen has to say.
    pub(super) trouble: StaticSignal<Option<Trouble>>,
    /// The device this browser is paired as.
    pub(super) device: StaticSignal<Option<DeviceId>>,
    pub(super) office: StaticSignal<Option<Arc<KioskSettings>>>,
    /// Settings that arrived while a visitor is using the old ones.
    pub(super) newer: StaticSignal<Option<Arc<KioskSettings>>>,
    pub(super) navigation: StaticSignal<Navigation>,
    /// The visitor's language. What follows it does not follow every letter that is typed.
    pub(super) lang: Memo<Lang>,
    pub(super) queue: StaticSignal<Queue>,
    /// This machine's clock, once a second.
    pub(super) now: StaticSignal<Millis>,
    pub(super) countdown: StaticSignal<Countdown>,
    /// Since when the relay has been out of reach.
    pub(super) lost: StaticSignal<Option<Millis>>,
    /// Health of the event stream.
    pub(super) stream: StaticSignal<StreamHealth>,
    /// The relay can deliver to Chatwork.
    pub(super) delivering: StaticSignal<bool>,
    /// Outside opening hours.
    pub(super) closed: Memo<bool>,
    /// Outside opening hours somebody has touched the screen.
    pub(super) awake: StaticSignal<bool>,
    idle: StaticSignal<Idle>,
    /// The language the visitor has asked for last.
    wanted: StaticSignal<Lang>,
    /// The words of a language have arrived.
    learned: StaticSignal<()>,
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
            entry: StaticSignal::new(KioskPhase::Loading),
            drawn: StaticSignal::new(false),
            trouble: StaticSignal::new(None),
            device: StaticSignal::new(None),
            office,
            newer: StaticSignal::new(None),
            navigation,
            lang: Memo::new(move |_| navigation.with(Navigation::lang)),
            queue: StaticSignal::new(Queue::default()),
            now,
            countdown: StaticSignal::new(Countdown::default()),
            lost: StaticSignal::new(None),
            stream: StaticSignal::new(StreamHealth::default()),
            delivering: StaticSignal::new(true),
            closed,
            awake: StaticSignal::new(false),
            idle: StaticSignal::new(Idle::default()),
            wanted: StaticSignal::new(Lang::Ja),
            learned: StaticSignal::new(()),
        }
    }

    /// Puts the kiosk in place of the boot screen, once what has to be asked for is on its way. To draw
    /// first that things are loading would delay what comes after it.
    pub(super) fn draw(self) {
        if !self.drawn.get_untracked() {
            spawn(async move { self.drawn.set(true) });
        }
    }

    /// Loads the words that the screen speaks, if they could not be had when they were wanted.
    pub(super) fn learn(self) {
        let lang = self.wanted.get_untracked();
        if loaded::get_loaded(lang).is_none() {
            self.speak(lang);
        }
    }

    /// Follows an intent.
    pub(super) fn act(self, intent: Intent) {
        let Some(office) = self.office.get_untracked() else {
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
                .with_untracked(|queue| queue.is_ringing_staff(id)),
            _ => false,
        };
        if !is_ringing {
            self.act(Intent::CallStaff);
        }
    }

    /// Speaks a language: at once when its words are at hand, else when they are loaded.
    pub(super) fn speak(self, lang: Lang) {
        self.wanted.set(lang);
        if loaded::get_loaded(lang).is_some() {
            self.navigation.update(|navigation| navigation.speak(lang));
            return;
        }
        spawn(async move {
            if loaded::load(lang).await {
                self.learned.set(());
            }
            if self.wanted.get_untracked() == lang {
                self.navigation.update(|navigation| navigation.speak(lang));
            }
        });
    }

    /// Puts a card over the screen, or takes it away.
    pub(super) fn show(self, over: Option<Overlay>) {
        self.navigation.update(|navigation| navigation.show(over));
        self.tick(clock::now()); // patience begins with the card
    }

    /// True outside opening hours until somebody touches the screen; tracked.
    pub(super) fn is_resting(self) -> bool {
        let own = self.own_language();
        let usual = self.usual_access();
        self.closed.get()
            && !self.awake.get()
            && self.entry.get() == KioskPhase::Open
            && self
                .navigation
                .with(|navigation| navigation.is_at_rest(own, usual))
    }

    /// Back to the menu in the office's language, as if nobody had been here.
    pub(super) fn reset(self) {
        let own = self.own_language();
        self.wanted.set(own);
        self.navigation
            .set(Navigation::new(own, self.usual_access()));
        self.awake.set(false);
        self.apply_pending_settings();
    }

    /// Takes newer settings into use now, or when the visitor is done with the old ones.
    pub(super) fn adopt(self, office: Arc<KioskSettings>) {
        self.newer.set(Some(office));
        self.apply_pending_settings();
    }

    /// The settings a new wording is made from.
    pub(super) fn latest_office(self) -> Option<Arc<KioskSettings>> {
        self.newer
            .get_untracked()
            .or_else(|| self.office.get_untracked())
    }

    /// True when the relay has been out of reach long enough to be worth telling; tracked.
    pub(super) fn is_cut_off(self) -> bool {
        let now = self.now.get();
        self.lost
            .get()
            .is_some_and(|since| now.saturating_sub(since) >= OFFLINE_NOTICE_MS)
    }

    /// The relay answered a request: it can be reached, whatever becomes of the event stream.
    pub(super) fn relay_answered(self) {
        let now = clock::now();
        self.stream
            .update_untracked(|stream| stream.relay_answered(now));
        if self.is_lost() {
            self.lost.set(None);
        }
    }

    /// Fault of the event stream, if there is one.
    pub(super) fn stream_trouble(self) -> Option<StreamTrouble> {
        self.stream
            .with_untracked(|stream| stream.trouble(clock::now()))
    }

    /// True while the relay is out of reach: it may not be there to load anything from.
    pub(super) fn is_lost(self) -> bool {
        self.lost.with_untracked(Option::is_some)
    }

    fn apply_pending_settings(self) {
        let screen = self
            .navigation
            .with_untracked(|navigation| navigation.screen().clone());
        let shown = match &screen {
            Screen::Call(id) => Some(*id),
            _ => None,
        };
        self.queue.update_untracked(|queue| queue.sweep(shown));
        let free = screen == Screen::Menu || self.office.with_untracked(Option::is_none);
        if !free {
            return;
        }
        if let Some(office) = self.newer.update_untracked(Option::take) {
            let first = self.office.with_untracked(Option::is_none);
            let own = office.own_language();
            self.office.set(Some(office));
            if first {
                let usual = self.usual_access();
                self.speak(own);
                self.navigation
                    .update(|navigation| navigation.change_access(|access| *access = usual));
            }
        }
    }

    /// Somebody touched the tablet.
    pub(super) fn on_input(self) {
        let now = clock::now();
        self.idle.update_untracked(|idle| idle.touch(now));
        if self.closed.get_untracked() && !self.awake.get_untracked() {
            self.awake.set(true);
        }
        if self.countdown.get_untracked() != Countdown::Long {
            self.tick(now);
        }
    }

    /// One second has passed.
    pub(super) fn tick(self, now: Millis) {
        self.now.set(now);
        let phase = self.phase(now);
        let left = self.idle.update_untracked(|idle| idle.tick(now, phase));
        if self.countdown.get_untracked() != left {
            self.countdown.set(left);
        }
        if left == Countdown::Over {
            self.reset();
        }
    }

    fn phase(self, now: Millis) -> Phase {
        let own = self.own_language();
        let usual = self.usual_access();
        let (screen, at_rest) = self.navigation.with_untracked(|navigation| {
            (
                navigation.screen().clone(),
                navigation.is_at_rest(own, usual),
            )
        });
        let Screen::Call(id) = screen else {
            return match at_rest {
                false => Phase::Input,
                true if self.awake.get_untracked() => Phase::Awake,
                true => Phase::Rest,
            };
        };
        match self.queue.with_untracked(|queue| queue.standing(id, now)) {
            Some(standing) => standing.phase(),
            None => Phase::Input,
        }
    }

    /// True when nobody is using the tablet and no call is under way.
    pub(super) fn is_idle(self) -> bool {
        let own = self.own_language();
        let usual = self.usual_access();
        self.navigation
            .with_untracked(|navigation| navigation.is_at_rest(own, usual))
            && self.queue.with_untracked(Queue::open) == 0
    }

    fn own_language(self) -> Lang {
        let office = self
            .office
            .with_untracked(|office| office.as_ref().map(|o| o.own_language()));
        office.unwrap_or_else(|| self.navigation.with_untracked(Navigation::lang))
    }

    /// How the screen looks when a visit begins.
    fn usual_access(self) -> Access {
        let device = self
            .office
            .with_untracked(|office| office.as_ref().map(|o| o.device().access));
        device.unwrap_or_default()
    }

    /// The words of the visitor's language; tracked.
    pub(super) fn words(self) -> &'static Words {
        self.learned.get();
        loaded::words(self.lang.get())
    }
}

impl LocalCallStatus {
    fn phase(self) -> Phase {
        match self {
            Self::Sending { .. } | Self::Waiting => Phase::Waiting,
            Self::Over(end) if end.is_good() => Phase::Notified,
            Self::Cancelling { .. } | Self::Over(_) => Phase::Failed,
        }
    }
}
