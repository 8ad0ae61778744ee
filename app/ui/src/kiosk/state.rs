//! State of the kiosk: the signals that the screens read, and the transitions between its states. Only a change of the
//! language sends a request, for the words; all other requests are sent by `session` and `calls::sync`.

use std::sync::Arc;

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_domain::model::id::{CallId, DeviceId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Accessibility;
use yobirin_domain::stream::{StreamHealth, StreamTrouble};

use super::calls::build_call::{self, CallRequest};
use super::calls::prepared_call::PreparedCall;
use super::calls::queue::Queue;
use super::idle::{Countdown, IdleTimer};
use super::navigation::{Intent, Navigation, Overlay, Screen};
use super::session::kiosk_settings::KioskSettings;
use super::session::load_translations;
use super::session::pairing::{ApprovalRequest, PairingError};
use super::static_signal::StaticSignal;
use crate::browser::clock;
use crate::browser::task::spawn;
use crate::i18n::kiosk::{Words, loaded};

/// The screen says that the tablet is offline after this time: most interruptions are shorter.
const OFFLINE_NOTICE_MS: Millis = 5_000;

/// Phase of the app between its start and the first screen for visitors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KioskPhase {
    /// Waiting for the relay.
    Loading,
    /// Not paired.
    Pairing,
    /// Paired, but its settings are missing or cannot be read.
    NotSetUp,
    /// Showing screens to visitors.
    Open,
}

/// Handles to the kiosk's signals, copied freely.
#[derive(Clone, Copy)]
pub(super) struct KioskState {
    pub(super) phase: StaticSignal<KioskPhase>,
    /// True once the boot screen can be replaced.
    pub(super) is_boot_done: StaticSignal<bool>,
    /// Error that the loading screen and the pairing screen show.
    pub(super) pairing_error: StaticSignal<Option<PairingError>>,
    /// Request for an admin's approval, sent while this browser is not paired.
    pub(super) approval_request: StaticSignal<ApprovalRequest>,
    /// Time from which the request for approval may be sent again; 0 before it is first sent.
    pub(super) next_approval_poll: StaticSignal<Millis>,
    /// The device that this browser is paired as; `None` until it is known.
    pub(super) device: StaticSignal<Option<DeviceId>>,
    /// Settings that the screen uses; `None` until they are loaded.
    pub(super) settings: StaticSignal<Option<Arc<KioskSettings>>>,
    /// Settings that arrived while a visitor was using the old ones.
    pub(super) pending_settings: StaticSignal<Option<Arc<KioskSettings>>>,
    pub(super) navigation: StaticSignal<Navigation>,
    /// The visitor's language. A memo, because `navigation` changes with every letter that is typed.
    pub(super) lang: Memo<Lang>,
    pub(super) queue: StaticSignal<Queue>,
    /// Time by this machine's clock, updated once a second.
    pub(super) now: StaticSignal<Millis>,
    pub(super) countdown: StaticSignal<Countdown>,
    /// Time at which the connection to the relay was lost; `None` while it can be reached.
    pub(super) disconnected_since: StaticSignal<Option<Millis>>,
    /// Health of the event stream.
    pub(super) stream_health: StaticSignal<StreamHealth>,
    /// True while the relay can deliver to Chatwork.
    pub(super) is_delivering: StaticSignal<bool>,
    /// True outside opening hours.
    pub(super) is_closed: Memo<bool>,
    /// True once somebody has touched the screen outside opening hours.
    pub(super) is_awake: StaticSignal<bool>,
    idle: StaticSignal<IdleTimer>,
    /// The language that was chosen last; its words may still be loading.
    requested_language: StaticSignal<Lang>,
    /// Notifies when the words of a language were loaded.
    words_loaded: StaticSignal<()>,
}

impl KioskState {
    /// State at the start, in Japanese, whose words come with the app.
    pub(super) fn new() -> Self {
        let settings = StaticSignal::new(None::<Arc<KioskSettings>>);
        let navigation = StaticSignal::new(Navigation::new(Lang::Ja, Accessibility::default()));
        let now = StaticSignal::new(clock::now());
        let minute = Memo::new(move |_| now.get() / clock::MINUTE_MS);
        let is_closed = Memo::new(move |_| {
            minute.get(); // computed again each minute, because opening hours depend on the clock
            settings.with(|settings| {
                settings
                    .as_ref()
                    .is_some_and(|settings| !settings.is_open())
            })
        });
        Self {
            phase: StaticSignal::new(KioskPhase::Loading),
            is_boot_done: StaticSignal::new(false),
            pairing_error: StaticSignal::new(None),
            approval_request: StaticSignal::new(ApprovalRequest::default()),
            next_approval_poll: StaticSignal::new(0),
            device: StaticSignal::new(None),
            settings,
            pending_settings: StaticSignal::new(None),
            navigation,
            lang: Memo::new(move |_| navigation.with(Navigation::lang)),
            queue: StaticSignal::new(Queue::default()),
            now,
            countdown: StaticSignal::new(Countdown::default()),
            disconnected_since: StaticSignal::new(None),
            stream_health: StaticSignal::new(StreamHealth::default()),
            is_delivering: StaticSignal::new(true),
            is_closed,
            is_awake: StaticSignal::new(false),
            idle: StaticSignal::new(IdleTimer::default()),
            requested_language: StaticSignal::new(Lang::Ja),
            words_loaded: StaticSignal::new(()),
        }
    }

    /// Replaces the boot screen in a task of its own, so that requests whose tasks were spawned before are sent first.
    pub(super) fn finish_boot(self) {
        if !self.is_boot_done.get_untracked() {
            spawn(async move { self.is_boot_done.set(true) });
        }
    }

    /// Loads the words of the chosen language again, if loading them has failed before.
    pub(super) fn load_missing_words(self) {
        let lang = self.requested_language.get_untracked();
        if loaded::get_loaded(lang).is_none() {
            self.set_language(lang);
        }
    }

    /// Applies an intent to the navigation. Returns the call that it asks for; [`Self::record_call`] then shows it.
    #[must_use]
    pub(super) fn apply_intent(self, intent: Intent) -> Option<CallRequest> {
        let settings = self.settings.get_untracked()?;
        let request = self
            .navigation
            .update(|navigation| navigation.apply(intent, settings.device()));
        if request.is_none() {
            self.after_navigation();
        }
        request
    }

    /// Adds a call to the queue and shows it.
    pub(super) fn record_call(self, id: CallId, call: PreparedCall, now: Millis) {
        self.queue.update(|queue| queue.record(id, call, now));
        self.navigation
            .update(|navigation| navigation.show_call(id));
        self.after_navigation();
    }

    /// Shows a call of the queue again, in the language of its visitor. Once the app has started, the caller then
    /// calls [`Self::after_navigation`].
    pub(super) fn reopen_call(self, id: CallId) {
        let request = self.request_of_call(id);
        self.navigation
            .update(|navigation| navigation.show_call(id));
        if let Some(request) = request {
            self.set_language(request.language);
        }
    }

    /// The request that a call was built from; `None` when the call is not in the queue.
    pub(super) fn request_of_call(self, id: CallId) -> Option<CallRequest> {
        let office_language = self.latest_settings()?.office_language();
        self.queue.with_untracked(|queue| {
            let call = queue.call(id)?;
            Some(build_call::request_of(call, office_language))
        })
    }

    /// True while the screen shows a call to staff that is under way or has notified them.
    pub(super) fn is_calling_staff(self) -> bool {
        let screen = self
            .navigation
            .with(|navigation| navigation.screen().clone());
        matches!(screen, Screen::Call(id) if self.queue.with(|queue| queue.is_current_staff_call(id)))
    }

    /// The call on the screen.
    pub(super) fn shown_call(self) -> Option<CallId> {
        self.navigation
            .with_untracked(|navigation| match navigation.screen() {
                Screen::Call(id) => Some(*id),
                _ => None,
            })
    }

    /// Updates what depends on the shown screen: tidies the queue, applies settings that wait for the menu, and
    /// restarts the idle time of the screen.
    pub(super) fn after_navigation(self) {
        self.tidy_queue();
        self.apply_pending_settings();
        self.tick(clock::now());
    }

    /// Changes the language of the screen: at once if its words are loaded, else once they are.
    pub(super) fn set_language(self, lang: Lang) {
        self.requested_language.set(lang);
        if loaded::get_loaded(lang).is_some() {
            self.navigation
                .update(|navigation| navigation.set_language(lang));
            return;
        }
        spawn(async move {
            if load_translations::load(lang).await {
                self.words_loaded.set(());
            }
            if self.requested_language.get_untracked() == lang {
                self.navigation
                    .update(|navigation| navigation.set_language(lang));
            }
        });
    }

    /// Shows or closes an overlay.
    pub(super) fn show_overlay(self, overlay: Option<Overlay>) {
        self.navigation
            .update(|navigation| navigation.set_overlay(overlay));
        self.tick(clock::now());
    }

    /// True outside opening hours, until somebody touches the screen; tracked.
    pub(super) fn is_screensaver_on(self) -> bool {
        let lang = self.office_language();
        let accessibility = self.default_accessibility();
        self.is_closed.get()
            && !self.is_awake.get()
            && self.phase.get() == KioskPhase::Open
            && self
                .navigation
                .with(|navigation| navigation.is_untouched(lang, accessibility))
    }

    /// Goes back to the menu in the office's language; everything that the visitor typed is forgotten.
    pub(super) fn reset(self) {
        let lang = self.office_language();
        self.requested_language.set(lang);
        self.navigation
            .set(Navigation::new(lang, self.default_accessibility()));
        self.is_awake.set(false);
        self.tidy_queue();
        self.apply_pending_settings();
    }

    /// Applies settings: at once on the menu, else when the visitor is back there.
    pub(super) fn set_settings(self, settings: Arc<KioskSettings>) {
        self.pending_settings.set(Some(settings));
        self.tidy_queue();
        self.apply_pending_settings();
    }

    /// The latest settings, applied to the screen or not; calls are built with them.
    pub(super) fn latest_settings(self) -> Option<Arc<KioskSettings>> {
        self.pending_settings
            .get_untracked()
            .or_else(|| self.settings.get_untracked())
    }

    /// True when the relay has been out of reach for so long that the screen says so; tracked.
    pub(super) fn is_offline(self) -> bool {
        let now = self.now.get();
        self.disconnected_since
            .get()
            .is_some_and(|since| now.saturating_sub(since) >= OFFLINE_NOTICE_MS)
    }

    /// Notes that the relay has responded to a request: it can be reached, even while the event stream is interrupted.
    pub(super) fn on_relay_response(self) {
        let now = clock::now();
        self.stream_health
            .update_untracked(|stream| stream.relay_answered(now));
        if self.is_disconnected() {
            self.disconnected_since.set(None);
        }
    }

    /// True while the event stream brings events.
    pub(super) fn is_stream_reliable(self) -> bool {
        self.stream_health
            .with_untracked(|stream| stream.is_reliable(clock::now()))
    }

    /// Fault of the event stream, if there is any.
    pub(super) fn stream_trouble(self) -> Option<StreamTrouble> {
        self.stream_health
            .with_untracked(|stream| stream.trouble(clock::now()))
    }

    /// True while the relay is out of reach.
    pub(super) fn is_disconnected(self) -> bool {
        self.disconnected_since.with_untracked(Option::is_some)
    }

    /// Removes ended calls that are not on the screen, and records that the visitors of the others have left.
    /// Notifies no view, because none shows these calls.
    fn tidy_queue(self) {
        let shown_call = self.shown_call();
        self.queue.update_untracked(|queue| {
            queue.remove_ended(shown_call);
            queue.record_who_left(shown_call);
        });
    }

    /// Applies the settings that have arrived, unless a visitor is using the present ones.
    fn apply_pending_settings(self) {
        let is_on_menu = self
            .navigation
            .with_untracked(|navigation| *navigation.screen() == Screen::Menu);
        if !is_on_menu && self.settings.with_untracked(Option::is_some) {
            return;
        }
        if let Some(settings) = self.pending_settings.update_untracked(Option::take) {
            let is_first = self.settings.with_untracked(Option::is_none);
            let lang = settings.office_language();
            self.settings.set(Some(settings));
            if is_first {
                // The present visit began without the settings' defaults.
                let accessibility = self.default_accessibility();
                self.set_language(lang);
                self.navigation.update(|navigation| {
                    navigation.change_accessibility(|current| *current = accessibility);
                });
            }
        }
    }

    /// Handles a touch or a key: restarts the idle time.
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

    /// Updates the clock and the idle countdown, every second and after each change of the screen.
    pub(super) fn tick(self, now: Millis) {
        self.now.set(now);
        let phase = self.idle_phase(now);
        let countdown = self.idle.update_untracked(|idle| idle.tick(now, phase));
        if self.countdown.get_untracked() != countdown {
            self.countdown.set(countdown);
        }
        if countdown == Countdown::Elapsed {
            self.reset();
        }
    }

    /// True when nobody is using the tablet and no call is under way.
    pub(super) fn is_idle(self) -> bool {
        let lang = self.office_language();
        let accessibility = self.default_accessibility();
        self.navigation
            .with_untracked(|navigation| navigation.is_untouched(lang, accessibility))
            && self.queue.with_untracked(Queue::undecided_count) == 0
    }

    /// The office's language, in which each visit starts; without settings the screen's language.
    pub(super) fn office_language(self) -> Lang {
        let language = self.settings.with_untracked(|settings| {
            settings.as_ref().map(|settings| settings.office_language())
        });
        language.unwrap_or_else(|| self.navigation.with_untracked(Navigation::lang))
    }

    /// The device's accessibility options, with which each visit starts.
    pub(super) fn default_accessibility(self) -> Accessibility {
        let accessibility = self
            .settings
            .with_untracked(|settings| settings.as_ref().map(|settings| settings.device().access));
        accessibility.unwrap_or_default()
    }

    /// The words of the screen's language; tracked.
    pub(super) fn words(self) -> &'static Words {
        self.words_loaded.get();
        loaded::words(self.lang.get())
    }
}
