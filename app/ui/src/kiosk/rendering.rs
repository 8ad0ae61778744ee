//! Reactive closures that render parts of a view: boxed, or with new elements for each key.

use leptos::either::Either;
use leptos::prelude::*;

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
