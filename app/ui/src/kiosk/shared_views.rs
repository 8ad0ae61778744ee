//! Views that several screens share: heading, names, contact, and bars of measured height.

use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Site;

use crate::browser::task::run_effect;
use crate::browser::{Element, sticky_bars};
use crate::components::{Icon, Sign};

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

/// The name of a host as colleagues write it, beside the name that the visitor can read; `None` where both are the
/// same.
pub(super) fn own_name(name: Option<String>) -> Option<AnyView> {
    name.map(|name| view! { <span class="own-name" lang="ja">{name}</span> }.into_any())
}

/// The site's contact. The text above it is `with_phone` if there is a telephone number, else `without_phone`.
pub(super) fn contact(
    site: &Site,
    lang: Lang,
    with_phone: &'static str,
    without_phone: &'static str,
) -> AnyView {
    let name = site.contact_name(lang).to_owned();
    let phone = site.contact_phone(lang).to_owned();
    if phone.is_empty() {
        return view! {
            <p class="contact" data-state="contact">
                <span class="contact-text">{without_phone}</span>
                <strong class="contact-name">{name}</strong>
            </p>
        }
        .into_any();
    }
    view! {
        <p class="contact" data-state="contact">
            <span class="contact-text">{with_phone}</span>
            <strong class="contact-name">{name}</strong>
            <span class="contact-phone">
                <Icon sign=Sign::PHONE />
                {phone}
            </span>
        </p>
    }
    .into_any()
}
