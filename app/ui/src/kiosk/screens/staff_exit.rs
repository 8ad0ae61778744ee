//! Leaving the kiosk, for staff: a long press on the clock, then the exit PIN if the site has one. The PIN only keeps
//! visitors in the kiosk; set-up has its own sign-in.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use yobirin_api::Millis;

use super::text_entry::apply_key;
use crate::browser::{self, clock, navigation};
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

/// Lockout after wrong PINs. It outlives the dialog, so that closing the dialog does not reset the count.
#[derive(Clone, Copy)]
pub(crate) struct PinLockout {
    /// Wrong PINs since the last lockout.
    wrong_attempts: RwSignal<u32>,
    /// Time until which no PIN is accepted.
    locked_until: RwSignal<Millis>,
}

impl PinLockout {
    pub(crate) fn new() -> Self {
        Self {
            wrong_attempts: RwSignal::new(0),
            locked_until: RwSignal::new(0),
        }
    }

    fn record_wrong_pin(self) {
        self.wrong_attempts.update(|wrong| *wrong += 1);
        if self.wrong_attempts.get_untracked() >= MAX_PIN_ATTEMPTS {
            self.wrong_attempts.set(0);
            self.locked_until.set(clock::now() + LOCKOUT_MS);
        }
    }

    /// Seconds left of a lockout; tracked.
    fn lockout_seconds(self, now: Millis) -> u64 {
        self.locked_until.get().saturating_sub(now).div_ceil(1_000)
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
        0 if lockout.wrong_attempts.get() > 0 => labels.wrong_pin.to_owned(),
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
