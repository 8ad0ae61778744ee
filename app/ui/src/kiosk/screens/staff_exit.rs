//! The way out of the kiosk for staff: holding the clock for three seconds, then the PIN, if the
//! settings have one. It keeps visitors from what is behind the kiosk and guards nothing else.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use yobirin_api::Millis;

use crate::browser::{self, clock, navigation};
use crate::i18n::fill;
use crate::i18n::kiosk::Words;
use crate::kiosk::navigation::Overlay;
use crate::kiosk::state::KioskState;
use crate::kiosk::widgets::{erased, ignore_double_click};
use crate::router::{Page, SetupPage};

/// How long the clock is held, in milliseconds.
const HOLD_MS: u32 = 3_000;
/// Wrong PINs in a row before a pause, and how long that is.
const MAX_PIN_ATTEMPTS: u32 = 5;
const LOCKOUT_MS: Millis = 30_000;

/// The clock, which opens the way out when it is held.
pub(crate) fn clock_with_long_press(
    kiosk: KioskState,
    time: impl FnMut() -> Option<String> + Send + 'static,
) -> AnyView {
    let held = StoredValue::new_local(None::<Timeout>);
    let let_go = move || held.set_value(None);
    let hold = move || {
        held.set_value(Some(Timeout::new(HOLD_MS, move || {
            kiosk.show_overlay(Some(Overlay::Exit));
        })));
    };
    view! {
        <div
            class="clock"
            on:pointerdown=move |_| hold()
            on:pointerup=move |_| let_go()
            on:pointerleave=move |_| let_go()
            on:pointercancel=move |_| let_go()
            on:contextmenu=|event| event.prevent_default()
        >
            {erased(time)}
        </div>
    }
    .into_any()
}

/// Wrong PINs so far; kept while the card is closed.
#[derive(Clone, Copy)]
pub(crate) struct PinLockout {
    wrong_attempts: RwSignal<u32>,
    /// No PIN is looked at before this.
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

    /// Seconds left of a pause; tracked.
    fn lockout_seconds(self, now: Millis) -> u64 {
        self.locked_until.get().saturating_sub(now).div_ceil(1_000)
    }
}

/// The card: first the PIN, then what staff may do.
pub(crate) fn card(kiosk: KioskState, words: &'static Words, lock: PinLockout) -> AnyView {
    let says = &words.exit;
    let pin = kiosk.settings.with_untracked(|office| {
        office
            .as_ref()
            .and_then(|office| office.document().site().exit_pin.clone())
    });
    let open = RwSignal::new(pin.is_none());
    let typed = RwSignal::new(String::new());
    let enter = move |text: String| {
        let Some(pin) = pin
            .clone()
            .filter(|_| lock.lockout_seconds(clock::now()) == 0)
        else {
            return;
        };
        if text == pin {
            open.set(true);
        } else if text.chars().count() >= pin.len() {
            lock.record_wrong_pin();
            typed.set(String::new());
        } else {
            typed.set(text);
        }
    };
    let enter = StoredValue::new_local(enter);
    let trouble = move || match lock.lockout_seconds(kiosk.now.get()) {
        0 if lock.wrong_attempts.get() > 0 => says.wrong.to_owned(),
        0 => String::new(),
        left => fill(says.wait, &[("n", &left.to_string())]),
    };
    let inside = move || {
        if open.get() {
            actions(words)
        } else {
            view! {
                <label for="pin">{says.pin}</label>
                <input
                    class="input pin"
                    id="pin"
                    type="password"
                    inputmode="none"
                    autocomplete="off"
                    prop:value=typed
                    on:input=move |event| enter.with_value(|enter| enter(event_target_value(&event)))
                />
                <p class="problem" role="alert">{erased(trouble)}</p>
                <div
                    class="keys digits"
                    on:click=move |event| {
                        if let Some(key) = browser::pressed_key(&event) {
                            let text = crate::kiosk::screens::text_entry::apply_key(&typed.get_untracked(), &key);
                            enter.with_value(|enter| enter(text));
                        }
                    }
                >
                    {"1234567890".chars().map(digit).collect_view()}
                    <button type="button" class="key wide" data-key="erase">{words.keys.erase}</button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <h2>{says.title}</h2>
        {erased(inside)}
    }
    .into_any()
}

fn digit(c: char) -> AnyView {
    view! { <button type="button" class="key" data-key=c.to_string()>{c.to_string()}</button> }
        .into_any()
}

fn actions(words: &'static Words) -> AnyView {
    let says = &words.exit;
    let action = |name: &'static str, label: &'static str, act: fn()| {
        view! {
            <button type="button" class="button big" data-state=name on:click=ignore_double_click(act)>
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="exits">
            {action("leave-full-screen", says.window, browser::leave_full_screen)}
            {action("open-setup", says.setup, || navigation::load(&Page::Setup(SetupPage::Overview)))}
            {action("reload", says.reload, navigation::reload)}
        </div>
    }
    .into_any()
}
