//! Pieces that several screens share.

use leptos::either::Either;
use leptos::ev::MouseEvent;
use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use yobirin_domain::model::settings::Contact;

use crate::browser::sticky_bars;
use crate::browser::task::run_effect;
use crate::components::{Icon, Sign};
use crate::kiosk::navigation::Intent;
use crate::kiosk::state::KioskState;

/// A part of a view that is built anew whenever a signal it reads changes.
pub(super) type ErasedView = Box<dyn FnMut() -> AnyView + Send>;

/// Makes a part. `{part(move || …)}` does what `{move || …}` does, but all parts are of one type:
/// Leptos compiles its machinery once for each type of closure, 1.5 kB every time.
pub(super) fn erased<V: IntoAny>(mut build: impl FnMut() -> V + Send + 'static) -> ErasedView {
    Box::new(move || build().into_any())
}

/// A part that is made of new elements whenever its key changes. Leptos otherwise writes new words into
/// the text nodes that it remembers; where a page translation has put others in their place, a name
/// would stay on a button that calls somebody else by now.
pub(super) fn rebuilt_by_key<K: PartialEq + Send + 'static>(
    mut build: impl FnMut() -> (K, AnyView) + Send + 'static,
) -> ErasedView {
    let mut shown: Option<K> = None;
    let mut is_odd = false;
    erased(move || {
        let (key, view) = build();
        if shown.as_ref() != Some(&key) {
            is_odd = !is_odd;
            shown = Some(key);
        }
        match is_odd {
            true => Either::Left(view),
            false => Either::Right(view),
        }
    })
}

/// What a press on something does: one intent. The second click of a double tap is not a press: it
/// would hit whatever the first one brought under the finger.
pub(super) fn on_press(kiosk: KioskState, intent: Intent) -> impl Fn(MouseEvent) + 'static {
    ignore_double_click(move || kiosk.act(intent.clone()))
}

/// The same for what is no intent.
pub(super) fn ignore_double_click(act: impl Fn() + 'static) -> impl Fn(MouseEvent) + 'static {
    move |event| {
        if event.detail() <= 1 {
            act();
        }
    }
}

/// A bar whose height styles have to know (see [`bars`]).
pub(super) fn measured_bar<E>(property: &'static str) -> NodeRef<E>
where
    E: ElementType + 'static,
    E::Output: AsRef<web_sys::Element> + JsCast + Clone + 'static,
{
    let bar = NodeRef::<E>::new();
    run_effect(move || {
        if let Some(bar) = bar.get() {
            sticky_bars::observe_height(bar.as_ref(), property);
        }
    });
    bar
}

/// A screen's heading, which gets the focus when the screen comes.
pub(super) fn heading(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    view! { <h1 class="heading" tabindex="-1" data-focus="">{text}</h1> }.into_any()
}

/// Whom to ask instead: a name and a telephone number, or anybody nearby.
pub(super) fn contact(contact: &Contact, phone: &'static str, say: &'static str) -> AnyView {
    if contact.phone.trim().is_empty() {
        return view! {
            <p class="contact" data-state="contact">
                <span class="contact-say">{say}</span>
                <strong class="contact-name">{contact.name.clone()}</strong>
            </p>
        }
        .into_any();
    }
    view! {
        <p class="contact" data-state="contact">
            <span class="contact-say">{phone}</span>
            <strong class="contact-name">{contact.name.clone()}</strong>
            <span class="contact-phone">
                <Icon sign=Sign::PHONE />
                {contact.phone.clone()}
            </span>
        </p>
    }
    .into_any()
}
