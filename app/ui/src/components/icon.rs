//! Line icons in the text's color. Decoration only: the text beside them carries the meaning.

use leptos::prelude::*;
use yobirin_domain::model::menu::Icon;

/// An icon as an SVG path in a square of 24 by 24. The icons are constants and not variants of an enum, so that the
/// kiosk's program contains only those that it uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign(&'static str);

impl Sign {
    /// A tick.
    pub const DONE: Self = Self("M5 12.5l4.5 4.5L19 7.5");
    /// An exclamation mark in a triangle.
    pub const WARNING: Self = Self("M12 4L2.8 20h18.4L12 4zM12 10v4.5M12 17.2v.3");
    /// A cross.
    pub const CLOSE: Self = Self("M6 6l12 12M18 6L6 18");
    /// Back.
    pub const BACK: Self = Self("M15 5l-7 7 7 7");
    /// Forward.
    pub const ONWARD: Self = Self("M9 5l7 7-7 7");
    /// Up.
    pub const UP: Self = Self("M5 15l7-7 7 7");
    /// Down.
    pub const DOWN: Self = Self("M5 9l7 7 7-7");
    /// Plus.
    pub const ADD: Self = Self("M12 5v14M5 12h14");
    /// Minus.
    pub const LESS: Self = Self("M5 12h14");
    /// A bin.
    pub const REMOVE: Self = Self("M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5");
    /// Undo.
    pub const UNDO: Self = Self("M9 6L4.5 10.5L9 15M5 10.5h8.5a5 5 0 0 1 0 10H10");
    /// Redo.
    pub const REDO: Self = Self("M15 6l4.5 4.5L15 15M19 10.5h-8.5a5 5 0 0 0 0 10H14");
    /// Six dots: a drag handle.
    pub const GRIP: Self = Self("M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1");
    /// A pencil.
    pub const EDIT: Self = Self("M4.5 19.5l1-4L16 5l3 3L8.5 18.5l-4 1zM14 7l3 3");
    /// A telephone.
    pub const PHONE: Self = Self(
        "M6.5 4h3l1.5 4.5-2 1.5a12 12 0 0 0 5 5l1.5-2 4.5 1.5v3a2 2 0 0 1-2 2A14.5 14.5 0 0 1 4.5 6a2 2 0 0 1 2-2z",
    );
    /// A clock.
    pub const CLOCK: Self = Self("M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2");
    /// A speech bubble.
    pub const SPEECH: Self = Self("M4 5h16v11.5h-8.5L7 20.5v-4H4zM8 9.2h8M8 12.3h5");
    /// Two sheets.
    pub const COPY: Self = Self("M9 8.5h10.5v11H9zM15 8.5v-4H4.5v11H9");
    /// Sign out.
    pub const LEAVE: Self = Self("M13 4.5H5.5v15H13M10.5 12h9.5M16.5 8.5L20 12l-3.5 3.5");

    /// The icon of a menu button.
    #[must_use]
    pub const fn of(icon: Icon) -> Self {
        Self(match icon {
            Icon::Bell => "M4.5 17.5h15M6 17.5a6 6 0 0 1 12 0M12 11.5V8.5M9.5 8.5h5M3.5 20.5h17",
            Icon::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
            Icon::People => {
                "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5a6.5 6.5 0 0 1 13 0M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 13.8a6.5 6.5 0 0 1 3.5 5.7"
            }
            Icon::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20.5 20.5",
            Icon::Parcel => "M12 3.5l8 4v9l-8 4-8-4v-9l8-4zM4 7.5l8 4 8-4M12 11.5v9M8 5.5l8 4",
            Icon::Interview => {
                "M8.5 11a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM2.5 19.5a6 6 0 0 1 12 0M15.5 5h5.5v9h-4M17.5 8h1.5M17.5 11h1.5"
            }
            Icon::Building => {
                "M5 20.5V4.5h9v16M14 9.5h5v11M3 20.5h18M8 8h3M8 11.5h3M8 15h3M16.5 13h.5M16.5 16.5h.5"
            }
            Icon::Help => {
                "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-.7.4-1.1.9-1.1 1.7v.3M12 16.7v.3"
            }
        })
    }
}

/// An icon at the size of the text around it.
#[component]
pub fn Icon(
    /// The icon.
    sign: Sign,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=sign.0 />
        </svg>
    }
}
