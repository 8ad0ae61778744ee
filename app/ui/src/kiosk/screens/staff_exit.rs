//! Leaving the kiosk, for staff: a long press on the clock, then the exit PIN if the site has one. The PIN only keeps
//! visitors in the kiosk; set-up has its own sign-in.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use yobirin_api::Millis;

use super::text_entry::apply_key;
use crate::browser::{self, clock, navigation, storage};
use crate::i18n::fill;
use crate::i18n::kiosk::Words;
use crate::kiosk::click_handlers::ignore_double_click;
use crate::kiosk::navigation::Overlay;
use crate::kiosk::rendering::erased;
use crate::kiosk::state::KioskState;
use crate::router::{Page, SetupPage};

/// Duration of the long press.
const HOLD_MS: u32 = 3_000;
/// Number of wrong PINs that leads to a lockout.
const MAX_PIN_ATTEMPTS: u32 = 5;
/// Local storage: [`PinAttempts`].
const LOCKOUT_KEY: &str = "yobirin.pin_attempts";
/// Duration of a lockout, in which no PIN is accepted.
const LOCKOUT_MS: Millis = 30_000;

/// The clock; a long press opens the dialog.
pub(crate) fn clock_with_long_press(
    kiosk: KioskState,
    time: impl FnMut() -> Option<String> + Send + 'static,
) -> AnyView {
    let timer = StoredValue::new_local(None::<Timeout>);
    let release = move || timer.set_value(None); // dropping the timer stops it
    let press = move || {
        timer.set_value(Some(Timeout::new(HOLD_MS, move || {
            kiosk.show_overlay(Some(Overlay::Exit));
        })));
    };
    view! {
        <div
            class="clock"
            on:pointerdown=move |_| press()
            on:pointerup=move |_| release()
            on:pointerleave=move |_| release()
            on:pointercancel=move |_| release()
            on:contextmenu=|event| event.prevent_default()
        >
            {erased(time)}
        </div>
    }
    .into_any()
}

/// Lockout after wrong PINs. It outlives the dialog and, in local storage, a reload, so that neither resets the count.
#[derive(Clone, Copy)]
pub(crate) struct PinLockout(RwSignal<PinAttempts>);

/// Wrong PINs since the last lockout, and the time until which no PIN is accepted.
type PinAttempts = (u32, Millis);

impl PinLockout {
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(storage::get(LOCKOUT_KEY).unwrap_or_default()))
    }

    fn record_wrong_pin(self) {
        let (wrong_attempts, locked_until) = self.0.get_untracked();
        let attempts = match wrong_attempts + 1 {
            MAX_PIN_ATTEMPTS.. => (0, clock::now() + LOCKOUT_MS),
            wrong_attempts => (wrong_attempts, locked_until),
        };
        let _ = storage::set(LOCKOUT_KEY, &attempts); // without storage a reload resets the count
        self.0.set(attempts);
    }

    /// Seconds left of a lockout; tracked. None are left of a lockout that was stored before the clock was set back.
    fn lockout_seconds(self, now: Millis) -> u64 {
        let (_, locked_until) = self.0.get();
        match locked_until.saturating_sub(now) {
            left if left > LOCKOUT_MS => 0,
            left => left.div_ceil(1_000),
        }
    }

    /// True after a wrong PIN that led to no lockout; tracked.
    fn has_wrong_attempts(self) -> bool {
        let (wrong_attempts, _) = self.0.get();
        wrong_attempts > 0
    }
}

/// Content of the dialog: the PIN, then the actions of staff.
pub(crate) fn card(kiosk: KioskState, words: &'static Words, lockout: PinLockout) -> AnyView {
    let labels = &words.staff_exit;
    let pin = kiosk.settings.with_untracked(|settings| {
        settings
            .as_ref()
            .and_then(|settings| settings.site().exit_pin.clone())
    });
    let is_unlocked = RwSignal::new(pin.is_none());
    let typed = RwSignal::new(String::new());
    // The PIN is checked as soon as it is as long as the right one.
    let enter = move |text: String| {
        let Some(pin) = &pin else { return };
        if lockout.lockout_seconds(clock::now()) > 0 {
            return;
        }
        if text == *pin {
            is_unlocked.set(true);
        } else if text.chars().count() >= pin.len() {
            lockout.record_wrong_pin();
            typed.set(String::new());
        } else {
            typed.set(text);
        }
    };
    let enter = StoredValue::new_local(enter);
    let problem = move || match lockout.lockout_seconds(kiosk.now.get()) {
        0 if lockout.has_wrong_attempts() => labels.wrong_pin.to_owned(),
        0 => String::new(),
        seconds => fill(labels.locked_out, &[("n", &seconds.to_string())]),
    };
    let content = move || {
        if is_unlocked.get() {
            actions(kiosk, words)
        } else {
            view! {
                <label for="pin">{labels.pin}</label>
                <input
                    class="input pin"
                    id="pin"
                    type="password"
                    inputmode="none"
                    autocomplete="off"
                    prop:value=typed
                    on:input=move |event| enter.with_value(|enter| enter(event_target_value(&event)))
                />
                <p class="problem" role="alert">{erased(problem)}</p>
                <div
                    class="keys digits"
                    on:click=move |event| {
                        if let Some(key) = browser::pressed_key(&event) {
                            let text = apply_key(&typed.get_untracked(), &key);
                            enter.with_value(|enter| enter(text));
                        }
                    }
                >
                    {"1234567890".chars().map(digit).collect_view()}
                    <button type="button" class="key wide" data-key="erase">{words.keyboard.delete}</button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <h2>{labels.title}</h2>
        {erased(content)}
    }
    .into_any()
}

fn digit(c: char) -> AnyView {
    view! { <button type="button" class="key" data-key=c.to_string()>{c.to_string()}</button> }
        .into_any()
}

fn actions(kiosk: KioskState, words: &'static Words) -> AnyView {
    let labels = &words.staff_exit;
    let action = |name: &'static str, label: &'static str, act: fn()| {
        view! {
            <button type="button" class="button large" data-state=name on:click=ignore_double_click(act)>
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="exit-actions">
            {action("leave-full-screen", labels.leave_full_screen, browser::leave_full_screen)}
            {action("open-setup", labels.open_setup, || navigation::load(&Page::Setup(SetupPage::Overview)))}
            {action("reload", labels.reload, navigation::reload)}
            <button
                type="button"
                class="button large"
                data-state="checklist"
                on:click=ignore_double_click(move || kiosk.show_overlay(Some(Overlay::Checklist)))
            >
                {labels.checklist}
            </button>
        </div>
    }
    .into_any()
}
