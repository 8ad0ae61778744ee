//! Widgets that several screens share.

use leptos::either::Either;
use leptos::ev::MouseEvent;
use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use yobirin_domain::model::settings::Contact;

use super::controller;
use super::navigation::Intent;
use super::state::KioskState;
use crate::browser::sticky_bars;
use crate::browser::task::run_effect;
use crate::components::{Icon, Sign};

/// A part of a view that is rendered anew whenever a signal that it reads changes.
pub(super) type ErasedView = Box<dyn FnMut() -> AnyView + Send>;

/// Erases the type of a closure: `{erased(move || …)}` does what `{move || …}` does, but Leptos compiles its machinery once
/// for each type of closure, 1.5 kB each time.
pub(super) fn erased<V: IntoAny>(mut build: impl FnMut() -> V + Send + 'static) -> ErasedView {
    Box::new(move || build().into_any())
}

/// A part of a view that is made of new elements whenever its key changes. Otherwise Leptos updates the text nodes that
/// it has made; where a page translation has replaced those, a button that calls somebody else by now would keep the
/// old name.
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

/// Handler of a press that means an intent. The second click of a double tap is ignored: it would hit the element that the
/// first one brought under the finger.
pub(super) fn on_press(kiosk: KioskState, intent: Intent) -> impl Fn(MouseEvent) + 'static {
    ignore_double_click(move || controller::act(kiosk, intent.clone()))
}

/// Handler of a press that ignores the second click of a double tap.
pub(super) fn ignore_double_click(act: impl Fn() + 'static) -> impl Fn(MouseEvent) + 'static {
    move |event| {
        if event.detail() <= 1 {
            act();
        }
    }
}

/// A bar whose height is kept in a custom property (see [`sticky_bars`]).
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

/// Heading of a screen; it gets the focus when the screen is shown.
pub(super) fn heading(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    view! { <h1 class="heading" tabindex="-1" data-focus="">{text}</h1> }.into_any()
}

/// The site's contact: name and telephone number, or the name with the words of `without_phone`.
pub(super) fn contact(
    contact: &Contact,
    with_phone: &'static str,
    without_phone: &'static str,
) -> AnyView {
    if contact.phone.trim().is_empty() {
        return view! {
            <p class="contact" data-state="contact">
                <span class="contact-say">{without_phone}</span>
                <strong class="contact-name">{contact.name.clone()}</strong>
            </p>
        }
        .into_any();
    }
    view! {
        <p class="contact" data-state="contact">
            <span class="contact-say">{with_phone}</span>
            <strong class="contact-name">{contact.name.clone()}</strong>
            <span class="contact-phone">
                <Icon sign=Sign::PHONE />
                {contact.phone.clone()}
            </span>
        </p>
    }
    .into_any()
}
