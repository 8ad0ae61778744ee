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
use crate::browser::task::run_effect;
use crate::browser::{Element, sticky_bars};
use crate::components::{Icon, Sign};

/// Reactive closure that renders a part of a view again whenever a signal that it reads changes.
pub(super) type ErasedView = Box<dyn FnMut() -> AnyView + Send>;

/// Boxes a reactive closure to make the program smaller. `{erased(move || …)}` renders the same as `{move || …}`, but
/// Leptos compiles its rendering code for each type of closure, 1.5 kB each time; boxed closures share one type.
pub(super) fn erased<V: IntoAny>(mut build: impl FnMut() -> V + Send + 'static) -> ErasedView {
    Box::new(move || build().into_any())
}

/// Renders a part of a view as new elements whenever its key changes.
///
/// Leptos updates existing text nodes otherwise. A browser's page translation replaces those nodes, so the update would
/// be invisible: a button would show the name of one host and call another.
pub(super) fn rebuilt_by_key<K: PartialEq + Send + 'static>(
    mut build: impl FnMut() -> (K, AnyView) + Send + 'static,
) -> ErasedView {
    let mut shown: Option<K> = None;
    // Switching between the two sides of `Either` makes Leptos build new elements.
    let mut is_left = false;
    erased(move || {
        let (key, view) = build();
        if shown.as_ref() != Some(&key) {
            is_left = !is_left;
            shown = Some(key);
        }
        match is_left {
            true => Either::Left(view),
            false => Either::Right(view),
        }
    })
}

/// Click handler that performs an intent, with [`ignore_double_click`].
pub(super) fn on_press(kiosk: KioskState, intent: Intent) -> impl Fn(MouseEvent) + 'static {
    ignore_double_click(move || controller::act(kiosk, intent.clone()))
}

/// Click handler that ignores the second click of a double tap: the first click may have shown another element under
/// the finger.
pub(super) fn ignore_double_click(act: impl Fn() + 'static) -> impl Fn(MouseEvent) + 'static {
    move |event| {
        if event.detail() <= 1 {
            act();
        }
    }
}

/// Reference for a sticky bar whose height is kept in a CSS custom property (see [`sticky_bars`]).
pub(super) fn measured_bar<E>(property: &'static str) -> NodeRef<E>
where
    E: ElementType + 'static,
    E::Output: AsRef<Element> + JsCast + Clone + 'static,
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

/// The name of a host as colleagues write it, where the visitor reads another one.
pub(super) fn own_name(name: Option<String>) -> Option<AnyView> {
    name.map(|name| view! { <span class="own-name" lang="ja">{name}</span> }.into_any())
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
                <span class="contact-text">{without_phone}</span>
                <strong class="contact-name">{contact.name.clone()}</strong>
            </p>
        }
        .into_any();
    }
    view! {
        <p class="contact" data-state="contact">
            <span class="contact-text">{with_phone}</span>
            <strong class="contact-name">{contact.name.clone()}</strong>
            <span class="contact-phone">
                <Icon sign=Sign::PHONE />
                {contact.phone.clone()}
            </span>
        </p>
    }
    .into_any()
}
